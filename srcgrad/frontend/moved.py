"""Statements and names for what is moved out of an expression."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..ir import nodes as ir
from ..ir.naming import describe
from ..ir.origin import Origin
from ..ir.rewrite import map_blocks
from ..ir.walk import children, subexpressions


def within(e: ir.Expr) -> Iterator[ir.Expr]:
    """The expressions inside of one, those of comprehensions too."""
    inner = list(children(e))
    if isinstance(e, ir.Comprehension):
        inner += [e.element, *([e.key] if e.key is not None else [])]
        inner += [x for clause in e.clauses for x in (clause.iterable, *clause.conditions)]
    for c in inner:
        yield c
        yield from within(c)


def edited(s: ir.Stmt) -> Origin | None:
    return s.origin.edit() if s.origin is not None else None


def placed_in(s: Any, origin: Origin | None) -> ir.Stmt:
    """A new statement, and those in it, where another one was."""
    if isinstance(s, ir.For):  # a loop that the user did not write
        return replace(s, body=tuple(x if getattr(x, "implicit", False) else placed_in(x, origin) for x in s.body))
    return replace(map_blocks(lambda b: [placed_in(x, origin) for x in b], s), origin=origin)  # type: ignore[call-arg]


def has_call(e: ir.Expr) -> bool:
    """Whether evaluating an expression may do more than give its value."""
    return any(isinstance(x, ir.Apply | ir.Walrus) for x in subexpressions(e))


def name_for(e: ir.Expr) -> str:
    """A name for a value that is moved out of its expression."""
    match e:
        case ir.Apply(ir.Name(name)) | ir.Apply(ir.Attribute(_, name)):
            return f"{name}_out"
        case ir.Call(op) if op.startswith("."):
            return f"{op.rpartition('.')[2]}_out"
        case ir.Select() | ir.BoolOp():
            return "chosen"
        case ir.Comprehension():
            return "items"
        case ir.Call():
            return describe(e)
        case ir.Index(base, ir.Const(ir.Field() as name)):
            return f"{describe(base)}_{name}"
    return "value"
