"""Calls that change memory inside of expressions: what Python evaluates before them keeps the value it had then.

    while d and d.pop() > s:             while True:
        ...                                  chosen = d
                                             if chosen:
                                ->               d_item = d[-1]
                                                 d.pop()
                                                 chosen = d_item > s
                                             if not chosen: break
                                             ...
    y = len(d) * d.pop()        ->       len_d = len(d)
                                         d_item = d[-1]
                                         d.pop()
                                         y = len_d * d_item
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from ..ir import nodes as ir
from ..ir.naming import describe
from ..ir.walk import map_children, reads, subexpressions, target_names
from .moved import edited, within

if TYPE_CHECKING:
    from .hoist import Hoist


def changes_something(hoist: Hoist, e: ir.Expr) -> bool:
    """Whether evaluating an expression changes memory that others read."""
    return any(hoist.resolve.alters(hoist.current, x) for x in (e, *within(e)))


def must_leave(hoist: Hoist, e: ir.Expr) -> bool:
    """Whether a call in a test, or in what a loop counts through, cannot be made there: it is given objects."""
    return changes_something(hoist, e) or any(hoist.resolve.takes_objects(x) for x in (e, *within(e)))


def counts_by_name(hoist: Hoist, e: ir.Expr) -> bool:
    """Whether how often a loop runs has to have a name: it may be another number later."""
    return must_leave(hoist, e) or any(hoist.stands_alone(x) for x in (e, *within(e)))


def in_order(hoist: Hoist, s: ir.Stmt) -> list[ir.Stmt] | None:
    """A test, or what a loop counts through, with the calls before it that must be; None where none must."""
    before: list[ir.Stmt] = []
    match s:
        case ir.If(test) if must_leave(hoist, test):
            test = hoist.out(test, before)
            return [*before, replace(s, test=test, origin=edited(s))]
        case ir.While(test, body) if must_leave(hoist, test):
            test = hoist.out(test, before)
            leave = ir.If(ir.Call("operator.not_", (test,)), (ir.Break(),), body, flat=True)
            return [ir.While(ir.Const(True), (*before, leave), (), edited(s))]
        case ir.For(_, iterable) if counts_by_name(hoist, iterable):
            iterable = hoist.out(iterable, before)
            return [*before, replace(counting(s), iterable=iterable, origin=edited(s))]
        case ir.Update(ir.Index() as place, op, value) if op.startswith("operator.") and (
            is_overtaken(hoist, place, [value]) and not hoist.resolve.is_part(s, place)
        ):
            if not hoist.resolve.is_number(s, place):
                hoist.resolve.refuse_either(s, describe(place))
                return None
            name = hoist.names.fresh(describe(place))
            before.append(ir.Assign((name,), (place,), origin=edited(s)))
            return [*before, ir.Store(place, ir.Call(op, (ir.Name(name), value)), edited(s))]
        case ir.Assign((_,), (ir.Call() | ir.Apply() as value,)) | ir.Unpack(_, ir.Call() | ir.Apply() as value):
            return named_before(hoist, s, value)
    return None


def counting(s: ir.For) -> ir.For:
    """A loop over items as one that counts, and gets them in statements of its body."""
    if s.header is None:
        return s
    return replace(s, header=None, body=tuple(in_the_open(x, s) for x in s.body), origin=edited(s))


def in_the_open(x: ir.Stmt, loop: ir.For) -> ir.Stmt:
    """A statement of a loop that counts; one that the header of a loop over items said no longer does."""
    if isinstance(x, ir.Assign | ir.Unpack) and x.implicit and x.origin is loop.origin:
        return replace(x, implicit=False, origin=edited(loop))
    return x


def named_before(hoist: Hoist, s: ir.Assign | ir.Unpack, value: ir.Call | ir.Apply) -> list[ir.Stmt] | None:
    """`u = step(u, u[0] * k)`, where `step` changes u: what it is given besides is worked out in a line of its own.

    The adjoint of u is passed to the backward half, which leaves that of u before; to it the arguments add theirs.
    """
    if not hoist.resolve.alters(s, value):
        return None
    bound = frozenset(s.names if isinstance(s, ir.Assign) else target_names(s.target)) & hoist.resolve.altered(s)
    before: list[ir.Stmt] = []

    def named(e: ir.Expr) -> ir.Expr:
        plain = isinstance(e, ir.Name | ir.Star | ir.Lambda) or isinstance(e, ir.Call) and e.op == "builtins.super"
        if plain or not reads(e) & bound:
            return e
        name = hoist.names.fresh(describe(e))
        before.append(ir.Assign((name,), (e,), origin=edited(s)))
        return ir.Name(name)

    args = tuple(map(named, value.args))
    keywords = tuple((n, named(e)) for n, e in value.keywords)
    if not before:
        return None
    called = replace(value, args=args, keywords=keywords)  # type: ignore[arg-type]
    new = replace(s, values=(called,)) if isinstance(s, ir.Assign) else replace(s, value=called)
    return [*before, replace(new, origin=edited(s))]


def is_overtaken(hoist: Hoist, e: ir.Expr, later: Iterable[ir.Expr]) -> bool:
    """Whether what is evaluated later may change the value of an expression."""
    if isinstance(e, ir.Name | ir.Const | ir.Text | ir.Lambda) or getattr(e, "kind", "") == "generator":
        return False
    return any(changes_something(hoist, x) for x in later) and bool(reads(e) & hoist.resolve.altered(hoist.current))


def kept_from_changes(hoist: Hoist, e: ir.Expr, later: tuple[ir.Expr, ...], before: list[ir.Stmt]) -> ir.Expr:
    """An expression, or a name for its value where calls that come later in the statement change that."""
    if not is_overtaken(hoist, e, later):
        return e
    if isinstance(e, ir.Slice | ir.Star):
        return map_children(lambda x: kept_from_changes(hoist, x, later, before), e)
    name = hoist.names.fresh(describe(e))
    before.append(ir.Assign((name,), (e,), origin=edited(hoist.current)))
    return ir.Name(name)


def comes_first(hoist: Hoist, value: ir.Expr, place: list[ir.Stmt]) -> bool:
    """Whether the value of an assignment needs a name before its place is found, which changes something."""
    found = [a.values[0] for a in place if isinstance(a, ir.Assign)]
    return is_overtaken(hoist, value, found) or any(
        changes_something(hoist, x) for e in found for x in subexpressions(e)
    ) and changes_something(hoist, value)


def as_pairs(hoist: Hoist, e: ir.Compare, before: list[ir.Stmt]) -> ir.BoolOp:
    """`a < b < c` as `a < b and b < c`, each evaluated once: c only where a < b."""
    first, second = hoist.one_by_one((e.first, e.rest[0]), before)
    name = hoist.names.fresh(describe(second))
    before.append(ir.Assign((name,), (second,), origin=edited(hoist.current)))
    one = ir.Compare(first, e.ops[:1], (ir.Name(name),))
    return ir.BoolOp("and", (one, ir.Compare(ir.Name(name), e.ops[1:], e.rest[1:])))
