"""Places that the statement itself cannot move: what they read is computed before, under a name.

    a[find(x)] = g(x)        ->      value = g(x)
                                     index = find(x)
                                     a[index] = value
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..ir import nodes as ir
from ..ir.naming import describe
from .evaluation_order import changes_something, comes_first
from .moved import edited, has_call

if TYPE_CHECKING:
    from .hoist import Hoist


def steady_statements(at: Hoist, s: ir.Store | ir.Update) -> list[ir.Stmt]:
    """A place that the statement itself cannot move: what it reads is computed before, under a name."""
    if isinstance(s.place, ir.Name) or not at.resolve.places:
        return []
    before: list[ir.Stmt] = []
    place = steady_place(at, s, s.place, before)
    if not before:
        return []
    at.changed = True
    first: list[ir.Stmt] = []
    both = has_call(s.value) and any(has_call(a.values[0]) for a in before)  # type: ignore[union-attr]
    if isinstance(s, ir.Store) and (both or comes_first(at, s.value, before)):
        name = at.names.fresh("value")
        first.append(ir.Assign((name,), (s.value,), origin=edited(s)))
        s = replace(s, value=ir.Name(name))
    return [*first, *before, replace(s, place=place, origin=edited(s))]  # type: ignore[arg-type]


def steady_place(at: Hoist, s: ir.Stmt, e: ir.Expr, before: list[ir.Stmt]) -> ir.Expr:
    match e:
        case ir.Name() | ir.Attribute(ir.Name(), "flat"):
            return e
        case ir.Attribute(base, name) if name != "flat" and e is not s.place:  # type: ignore[union-attr]
            if not at.resolve.is_array(s, base):
                return ir.Attribute(steady_place(at, s, base, before), name)
        case ir.Attribute(base, name):
            return ir.Attribute(steady_place(at, s, base, before), name)
        case ir.Index(base, index) if e is s.place or at.resolve.is_container(s, base):  # type: ignore[union-attr]
            return ir.Index(steady_place(at, s, base, before), steady_index(at, s, index, before))
        case ir.Index(base, index) if at.resolve.is_view(s, e):
            return ir.Index(steady_place(at, s, base, before), steady_index(at, s, index, before))
    name = at.names.fresh(describe(e))
    before.append(ir.Assign((name,), (e,), origin=edited(s)))
    return ir.Name(name)


def steady_index(at: Hoist, s: ir.Stmt, e: ir.Expr, before: list[ir.Stmt]) -> ir.Expr:
    match e:
        case ir.Display("tuple", items):
            return ir.Display("tuple", tuple(steady_index(at, s, i, before) for i in items))
        case ir.Slice(a, b, c):
            parts = (steady_index(at, s, p, before) if p is not None else None for p in (a, b, c))
            return ir.Slice(*parts)
        case ir.Name() | ir.Const():
            return e
    if not has_call(e) and not at.resolve.moves(s, e) and not changes_something(at, e):
        return e
    name = at.names.fresh("mask" if isinstance(e, ir.Compare) else "index")
    before.append(ir.Assign((name,), (e,), origin=edited(s)))
    return ir.Name(name)
