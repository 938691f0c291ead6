"""What a tape keeps of its block: the statements, what their names stood for when it began and when it ended.

Arrays, containers and objects are copied at the beginning, since the block, or what comes after it, may change them.
"""

from __future__ import annotations

import ast
import io
import logging
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .diagnostics import SrcgradError, refuse
from .frontend.blocks import names_in, needed, suspended
from .frontend.frames import FrameText, called, entered, span_in, text_of_frame
from .objects import as_records, fields_of, is_taken_apart
from .replay import Draws, Path, generators
from .runtime import private
from .runtime.records import record

STATIC = (types.ModuleType, type, types.FunctionType, types.BuiltinFunctionType, types.MethodType, np.ufunc)
MUTED = logging.Logger("srcgrad.muted", logging.CRITICAL + 1)
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


@dataclass(eq=False)
class Recorded:
    """A block from the moment it is entered."""

    text: FrameText
    node: ast.With
    body: list[ast.stmt]
    code: Any
    global_names: dict[str, Any]
    originals: dict[str, Any] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)
    entry: dict[str, Any] = field(default_factory=dict)
    watched: list[tuple[Any, Ref | None]] = field(default_factory=list)
    exit: dict[str, Any] = field(default_factory=dict)
    tapes: set[str] = field(default_factory=set)
    draws: Any = None
    failed: bool = False

    def span(self, node: Any = None) -> Any:
        return span_in(self.text.file, node if node is not None else self.node.items[0].context_expr)

    def refuse(self, code: str, message: str, node: Any, hint: str) -> Any:
        refuse(code, message, self.span(node), self.text.file, hint)

    # ----- the beginning and the end -----

    def begin(self, frame: Any) -> None:
        """Keep what the names of the block stand for now."""
        local = frame.f_locals
        known: dict[str, Any] = {}
        for name in needed(self.body):
            value = local.get(name, self.global_names.get(name, MISSING))
            if value is MISSING or is_tape(value):
                continue
            if is_static(value):
                if local is not self.global_names and name in local:
                    self.constants[name] = value
            else:
                known[name] = value
        self.originals = known
        self.draws = Draws(generators([*known.values(), *self.global_names.values()]))
        began = {n: silent(records(v)) for n, v in known.items()}
        self.entry = private(began)
        relink(self.entry, began)

    def end(self, frame: Any) -> None:
        """Keep what the names of the block stand for in the end."""
        local = frame.f_locals
        self.exit = {}
        bound = {n for s in self.body for n in names_in(s, ast.Store)} | set(self.originals)
        for n in bound.union(*(names_in(s) for s in self.body)):
            value = local.get(n, self.global_names.get(n, MISSING))
            if is_tape(value):
                self.tapes.add(n)
            elif value is not MISSING and n in bound:
                self.exit[n] = value

    def is_intermediate(self, name: str) -> bool:
        """Whether the block has bound a name to something else than it began with."""
        return name in self.exit and self.exit[name] is not self.originals.get(name, MISSING)

    def take(self, name: str, frame: Any) -> None:
        """Keep what a name stands for now that the block itself does not read."""
        value = frame.f_locals.get(name, self.global_names.get(name, MISSING))
        if name not in self.originals and value is not MISSING and not is_static(value) and not is_tape(value):
            bound = {n for s in self.body for n in names_in(s, ast.Store)}
            if name not in bound:
                self.originals[name] = value
                began = silent(records(value))
                self.entry[name] = private(began)
                relink(self.entry[name], began)

    # ----- where a value is -----

    def ref_in(self, frame: Any, node: Any) -> Ref | None:
        """A value by how a call names it, where that is a name of the block's own frame."""
        return ref_of(node) if frame.f_code is self.code and node is not None else None

    def found_at(self, ref: Ref, value: Any) -> bool:
        held = self.exit if ref.name in self.exit else self.originals
        return ref.name in held and follow(held[ref.name], ref.path) is value

    def began_at(self, value: Any) -> list[Ref]:
        """The places where a value was when the block began."""
        return [r for n, v in self.originals.items() for r, leaf in leaves(v, Ref(n)) if leaf is value]

    def ended_at(self, value: Any) -> list[Ref]:
        """The places where a value was when the block ended, those that the block has bound first."""
        names = sorted(self.exit, key=lambda n: not self.is_intermediate(n))
        return [r for n in names for r, leaf in leaves(self.exit[n], Ref(n)) if leaf is value]


def is_tape(value: Any) -> bool:
    return getattr(type(value), "records_a_block", False)


def is_static(value: Any) -> bool:
    return isinstance(value, STATIC) or callable(value) and not is_taken_apart(value)


def records(value: Any) -> Any:
    try:
        return as_records(value)
    except SrcgradError:  # an object that holds itself is read as it is
        return value


def relink(copy: Any, value: Any) -> None:
    """Give copied records the classes of their originals."""
    if type(value) is record:
        vars(copy).update(vars(value))
    if isinstance(value, dict):
        for n, v in value.items():
            relink(copy[n], v)
    elif isinstance(value, tuple | list):
        for c, v in zip(copy, value, strict=True):
            relink(c, v)


def silent(value: Any) -> Any:
    """`value` with a logger that says nothing, and a file that keeps nothing, for those in it."""
    match value:
        case logging.Logger() | logging.LoggerAdapter():
            return MUTED
        case io.TextIOBase():
            return NOWHERE
        case dict():
            changes = {n: s for n, v in value.items() if (s := silent(v)) is not v}
            if changes:
                link = vars(value) if type(value) is record else None
                value = value.copy()
                value.update(changes)
                if link is not None:
                    vars(value).update(link)
    return value


class Nowhere(io.TextIOBase):
    def write(self, text: str) -> int:
        return len(text)


NOWHERE = Nowhere()


# ----- beginnings -----


def recorded(frame: Any) -> Recorded:
    """The block that a frame is entering; refused where its source is not known."""
    text = text_of_frame(frame)
    node = entered(frame, text)
    if node is None:
        hint = "Write `with srcgrad.GradientTape() as tape:` around the block."
        message = "a tape is entered here, but not by a `with` statement of its own"
        where = line_span(text, frame.f_lineno)
        refuse("SG209", message, where, text.file, hint)
    found = Recorded(text, node, node.body, frame.f_code, frame.f_globals)
    stop = suspended(node.body)
    if stop is not None:
        found.refuse("SG203", "the block of a tape is left here, and entered again", stop, "Take it out of the block.")
    found.begin(frame)
    return found


def line_span(text: FrameText, number: int) -> Any:
    from .ir.origin import Span

    line = text.file.line(number)
    return Span(number, len(line) - len(line.lstrip()), number, len(line))


def restarted(old: Recorded, frame: Any) -> Recorded:
    """The rest of a block, after a statement that resets its tape."""
    found = called(frame) if frame.f_code is old.code else None
    at = [n for n, s in enumerate(old.body) if found is not None and isinstance(s, ast.Expr) and s.value is found[1]]
    if not at or at[0] == len(old.body) - 1:
        old.refuse(
            "SG209", "a tape is reset inside a statement of its block, or at its end", found and found[1],
            "Reset it in a statement of the block itself, before others.",
        )  # fmt: skip
    again = Recorded(old.text, old.node, old.body[at[0] + 1 :], old.code, old.global_names)
    again.begin(frame)
    return again


# ----- structures -----


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
    made = object.__new__(type(value))
    made.__dict__.update({s.name: v for s, v in found.items()})
    return made


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
