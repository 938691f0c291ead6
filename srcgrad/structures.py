"""Containers and objects as trees: the way to each value in them, and maps over them."""

from __future__ import annotations

import ast
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from .objects import fields_of, is_taken_apart
from .runtime.given import object_of

Path = tuple[Any, ...]  # the keys, positions and attributes that lead from a name to a value
STATIC = (types.ModuleType, type, types.FunctionType, types.BuiltinFunctionType, types.MethodType, np.ufunc)
MISSING = object()


@dataclass(frozen=True)
class Ref:
    """A value by the name it is in, and the keys, positions and attributes that lead to it."""

    name: str
    path: Path = ()

    def __str__(self) -> str:
        return self.name + "".join(f".{p.name}" if isinstance(p, Field) else f"[{p!r}]" for p in self.path)

    def then(self, step: Any) -> Ref:
        return Ref(self.name, (*self.path, step))


@dataclass(frozen=True)
class Field:
    """An attribute of an object."""

    name: str


RETURNED = Ref("return")  # what the block returns, where that has no name


def children(value: Any) -> list[tuple[Any, Any]]:
    """What is in a container or object, with the key, position or attribute that leads to it."""
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return [(Field(n), getattr(value, n)) for n in value._fields]
    if isinstance(value, tuple | list):
        return list(enumerate(value))
    if isinstance(value, dict):
        return list(value.items())
    if isinstance(value, STATIC) or isinstance(value, np.ndarray | np.generic | float | int | str | complex):
        return []
    return [(Field(n), v) for n, v in fields_of(value).items()] if is_taken_apart(value) else []


def leaves(value: Any, ref: Ref, around: tuple[int, ...] = ()) -> Iterator[tuple[Ref, Any]]:
    """A value and everything in it, with the way to it."""
    yield ref, value
    if id(value) not in around:
        for step, v in children(value):
            yield from leaves(v, ref.then(step), (*around, id(value)))


def follow(value: Any, path: Path) -> Any:
    for step in path:
        value = next((v for s, v in children(value) if s == step and type(s) is type(step)), MISSING)
    return value


def is_structure(value: Any) -> bool:
    return isinstance(value, tuple | list | dict) or bool(children(value))


def mapped(value: Any, f: Callable[[Any, Any, Ref | None], Any], node: Any = None, ref: Ref | None = None) -> Any:
    """A structure with `f` of each value in it, and of the expression for it and the way to it where they are known."""
    ref = ref_of(node) if ref is None and node is not None else ref
    if not is_structure(value):
        return f(value, node, ref)
    nodes = displayed(value, node)

    def inner(step: Any, v: Any, position: int) -> Any:
        return mapped(v, f, nodes[position] if nodes else None, ref.then(step) if ref is not None else None)

    found = {step: inner(step, v, n) for n, (step, v) in enumerate(children(value))}
    if isinstance(value, dict):
        return found
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*found.values())
    if isinstance(value, tuple | list):
        return type(value)(found.values())
    return object_of(type(value), {s.name: v for s, v in found.items()})


def displayed(value: Any, node: Any) -> list[Any] | None:
    """The expressions of a list, tuple or dict that is written out."""
    match node:
        case ast.List(elts) | ast.Tuple(elts) if len(elts) == len(value) and not any(
            isinstance(e, ast.Starred) for e in elts
        ):
            return elts
        case ast.Dict(keys, values) if [getattr(key, "value", MISSING) for key in keys] == list(value):
            return values
    return None


def ref_of(node: Any) -> Ref | None:
    """`a.b[0]` as a way from the name `a`."""
    match node:
        case ast.Name(name):
            return Ref(name)
        case ast.Attribute(base, name):
            found = ref_of(base)
            return found.then(Field(name)) if found is not None else None
        case ast.Subscript(base, ast.Constant(key)) if isinstance(key, int | str):
            found = ref_of(base)
            return found.then(key) if found is not None else None
    return None
