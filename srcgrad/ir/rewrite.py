"""Statements made anew: with other expressions, with other blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from . import nodes as ir
from .walk import blocks as inner, map_children, with_blocks


def map_blocks(f: Callable[[ir.Block], Iterable[ir.Stmt]], s: ir.Stmt) -> ir.Stmt:
    """A compound statement with other blocks; any other as it is."""
    return with_blocks(s, *(tuple(f(b)) for b in inner(s)))


def map_statement(f: Callable[[ir.Expr], ir.Expr], s: Any, blocks: bool = True) -> ir.Stmt:
    """The statement with other expressions, with `blocks` in its blocks, too."""
    new: Any
    match s:
        case ir.Assign(_, values):
            new = replace(s, values=tuple(f(v) for v in values))
        case ir.Unpack(target, value):
            new = replace(s, target=f(target), value=f(value))
        case ir.Update(place, _, value) | ir.Store(place, value):
            new = replace(s, place=map_children(f, place), value=f(value))  # type: ignore[arg-type]
        case ir.Eval(e):
            new = replace(s, expr=f(e))
        case ir.Return(value) if value is not None:
            new = replace(s, value=f(value))
        case ir.If(test) | ir.While(test):
            new = replace(s, test=f(test))
        case ir.For(_, iterable):
            header = (s.header[0], f(s.header[1])) if s.header is not None else None
            new = replace(s, iterable=f(iterable), header=header)
        case _:
            return s  # type: ignore[no-any-return]
    if blocks:
        new = map_blocks(lambda b: [map_statement(f, x) for x in b], new)
    if new == s or new.origin is None:
        return s if new == s else new  # type: ignore[no-any-return]
    return replace(new, origin=new.origin.edit())  # type: ignore[no-any-return]


def map_inside(f: Callable[[ir.Expr], ir.Expr], e: ir.Expr) -> ir.Expr:
    """The expression with other parts, those in comprehensions and functions without a name, too."""
    match e:
        case ir.Comprehension():
            clauses = tuple(
                replace(c, iterable=f(c.iterable), conditions=tuple(map(f, c.conditions))) for c in e.clauses
            )
            return replace(e, element=f(e.element), clauses=clauses, key=f(e.key) if e.key is not None else None)
        case ir.Lambda():
            return replace(e, body=f(e.body))
    return map_children(f, e)
