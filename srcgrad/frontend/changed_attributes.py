"""Attributes of objects in files that are arrays, or numbers, judging by how they are used and changed."""

from __future__ import annotations

import ast
from dataclasses import replace
from typing import Any

from ..analysis import kinds as k
from .arrays import ATTRIBUTES, METHODS
from .axes import AS_ARRAYS, WITH_AXES
from .file_classes import file_classes
from .given_forms import ARRAY, NUMBER, holds_records
from .several_classes import classes_of

TAKING_ARRAYS = AS_ARRAYS | WITH_AXES.keys() | {"numpy.convolve", "numpy.interp", "numpy.einsum"}


def with_changed_attributes(kinds: dict[str, k.Kind], scope: Any) -> dict[str, k.Kind]:
    """The same kinds: attributes that are used as arrays are arrays, others that `self.w -= e` changes are numbers."""
    while not hasattr(scope, "tree"):
        scope = scope.scope
    plain = by_use([n for s in scope.tree.body if not isinstance(s, ast.ClassDef) for n in ast.walk(s)])

    def sharper(kind: k.Kind) -> k.Kind:
        match kind:
            case k.Maybe(inner=inner):
                return k.perhaps(sharper(inner))
            case k.Seq(_, items, element):
                parts = tuple(map(sharper, items)) if items is not None else None
                return replace(kind, items=parts, element=sharper(element) if element is not None else None)
            case k.Dict(items, element):
                pairs = tuple((n, of(str(n), own, kind.cls)) for n, own in items or ())
                rest = sharper(element) if element is not None else None
                return replace(kind, items=pairs if items is not None else None, element=rest)
        return kind

    def of(name: str, kind: k.Kind, cls: Any) -> k.Kind:
        if kind != NUMBER or cls is None:
            return sharper(kind)
        known = [attributes_by_use(c) for c in classes_of(cls)]
        changed, arrays = (plain[n].union(*(found[n] for found in known)) for n in (0, 1))
        return ARRAY if name in arrays else k.Num("scalar", "float64", ()) if name in changed else kind

    return {n: sharper(kind) if holds_records(kind) else kind for n, kind in kinds.items()}


def attributes_by_use(cls: Any) -> tuple[set[str], set[str]]:
    """Names of attributes that `self.w -= e` changes in the methods of a class, and of those that are arrays there."""
    return by_use([n for c in file_classes(cls.value) for n in ast.walk(c.node)])


def by_use(nodes: list[ast.AST]) -> tuple[set[str], set[str]]:
    changed = {n.target.attr for n in nodes if isinstance(n, ast.AugAssign) and isinstance(n.target, ast.Attribute)}
    return changed, {name for n in nodes for name in array_attributes(n)}


def attributes_of_parameters(cls: Any) -> dict[str, str]:
    """By parameter of a class of a file, the attribute that it becomes."""
    fields = cls.fields
    if fields is not None:
        return {f.name: f.name for f in fields}
    node = next((s for s in cls.node.body if isinstance(s, ast.FunctionDef) and s.name == "__init__"), None)
    found: dict[str, str] = {}
    for s in ast.walk(node) if node is not None else ():
        match s:
            case ast.Assign([ast.Attribute(_, name)], ast.Name(given)):
                found[given] = name
            case ast.Assign([ast.Tuple(targets)], ast.Tuple(values)):
                pairs = zip(targets, values, strict=False)
                found |= {v.id: t.attr for t, v in pairs if isinstance(t, ast.Attribute) and isinstance(v, ast.Name)}
    order = [a.arg for a in node.args.args[1:]] if node is not None else []
    return {n: found.get(n, "") for n in order}


def array_attributes(n: ast.AST) -> list[str]:
    """Attributes that an expression uses as arrays, or `self.w -= rate * x.T @ g` changes like one."""
    match n:
        case ast.BinOp(a, ast.MatMult(), b):
            return [e.attr for e in (a, b) if isinstance(e, ast.Attribute) and e.attr != "T"]
        case ast.Subscript(ast.Attribute(_, name)):
            return [name]
        case ast.Attribute(ast.Attribute(_, name), inner) if inner in ATTRIBUTES or f".{inner}" in METHODS:
            return [name]
        case ast.Call(ast.Attribute(_, op), args) if f"numpy.{op}" in TAKING_ARRAYS:
            return [e.attr for e in args if isinstance(e, ast.Attribute)]
        case ast.AugAssign(ast.Attribute(_, name), _, value):
            inside = ast.walk(value)
            return [name] if any(isinstance(e, ast.BinOp) and isinstance(e.op, ast.MatMult) for e in inside) else []
    return []
