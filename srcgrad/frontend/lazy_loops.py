"""Loops over iterators that work out an item when the loop asks for it, and may never end.

    for y in map(f, x):             for item in x:
        if y > 1:            ->         y = f(item)
            break                       if y > 1:
                                            break

Nothing is worked out that the loop does not reach, and effects keep their order.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..ir import nodes as ir
from ..ir.origin import Origin
from ..ir.walk import assigned_in, reads, substitute, target_names
from .comprehensions import is_called
from .iteration_more import counted
from .iteration_tools import as_early_list, length, plus
from .loops import counted_loop, first_name

ENDLESS = ir.Const(True)


def lazy_loop(
    reader: Any, target: ir.Expr, iterable: ir.Expr, body: ir.Block, orelse: ir.Block, origin: Origin
) -> list[ir.Stmt] | None:
    """The loop that stands for `for target in iterable`; None for what has its items at hand."""
    match iterable:
        case ir.Comprehension("generator", element, (clause,)) if not assigned_in(iterable):
            return generated(reader, target, element, clause, body, orelse, origin)
        case ir.Call("itertools.count"):
            return counting_on(reader, target, iterable, body, origin)
        case ir.Call("itertools.cycle", (inner,), ()):
            return around(reader, target, inner, body, origin)
        case ir.Call("itertools.accumulate", (items, func), ()):
            return accumulated(reader, target, items, func, body, orelse, origin)
    return None


def generated(
    reader: Any, target: ir.Expr, element: ir.Expr, clause: ir.Clause, body: ir.Block, orelse: ir.Block, origin: Origin
) -> list[ir.Stmt]:
    """The variables of a generator are its own."""
    renamed: dict[str, ir.Expr] = {n: ir.Name(reader.fresh(n)) for n in target_names(clause.target)}
    found: ir.Block = (*reader.assign(target, substitute(element, renamed), origin.edit()), *body)
    for test in reversed(clause.conditions):
        found = (ir.If(substitute(test, renamed), found),)
    own = substitute(clause.target, renamed)
    inner = lazy_loop(reader, own, clause.iterable, found, orelse, origin)
    if inner is not None:
        return inner
    loop = counted_loop(own, clause.iterable, found, orelse, origin, reader.locals)
    if is_called(ir.Comprehension("generator", element, (clause,))):
        last = loop[-1]
        assert isinstance(last, ir.For), "what a loop needs stands before it"
        loop[-1] = replace(last, late=frozenset(reads(clause.iterable)))
    return loop


def counting_on(reader: Any, target: ir.Expr, e: ir.Expr, body: ir.Block, origin: Origin) -> list[ir.Stmt]:
    """The numbers are added up, as `itertools.count` does it."""
    found = counted(e)
    assert found is not None
    start, step = found
    name = reader.fresh(f"{first_name(target)}_next")
    edited = origin.edit()
    opening: list[ir.Stmt] = [ir.Assign((name,), (start,), origin=edited)]
    if not isinstance(step, ir.Const):
        by = reader.fresh(f"{first_name(target)}_step")
        opening.append(ir.Assign((by,), (step,), origin=edited))
        step = ir.Name(by)
    after = ir.Assign((name,), (plus(ir.Name(name), step),), origin=edited)
    return [*opening, ir.While(ENDLESS, (*reader.assign(target, ir.Name(name), edited), after, *body), (), edited)]


def around(reader: Any, target: ir.Expr, e: ir.Expr, body: ir.Block, origin: Origin) -> list[ir.Stmt]:
    name, items = reader.fresh(f"{first_name(target)}_next"), reader.fresh(f"{first_name(target)}_items")
    edited = origin.edit()
    found = as_early_list(e)
    opening = [ir.Assign((items,), (found,), origin=edited), ir.Assign((name,), (ir.Const(0),), origin=edited)]
    size = length(ir.Name(items))
    after = ir.Call("operator.mod", (plus(ir.Name(name), ir.Const(1)), size))
    steps = (
        *reader.assign(target, ir.Index(ir.Name(items), ir.Name(name)), edited),
        ir.Assign((name,), (after,), origin=edited),
    )
    return [*opening, ir.While(ir.Compare(size, (">",), (ir.Const(0),)), (*steps, *body), (), edited)]


def accumulated(
    reader: Any, target: ir.Expr, items: ir.Expr, func: ir.Expr, body: ir.Block, orelse: ir.Block, origin: Origin
) -> list[ir.Stmt]:
    """The first item as it is, then what the function makes of the last result and the next item."""
    total, n, item = (reader.fresh(f"{first_name(target)}_{part}") for part in ("total", "number", "item"))
    edited = origin.edit()
    step = ir.If(
        ir.Compare(ir.Name(n), ("==",), (ir.Const(0),)),
        (ir.Assign((total,), (ir.Name(item),), origin=edited),),
        (ir.Assign((total,), (ir.Apply(func, (ir.Name(total), ir.Name(item))),), origin=edited),),
    )
    pair = ir.Display("tuple", (ir.Name(n), ir.Name(item)))
    numbered = ir.Call("builtins.enumerate", (items,))
    found = (step, *reader.assign(target, ir.Name(total), edited), *body)
    return counted_loop(pair, numbered, found, orelse, origin, reader.locals)
