"""From a function as read to the form the analyses work on: one exit per block, loops that count, temporaries out.

What the user wrote is kept wherever it can be: a statement that needs nothing stays the same object.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.walk import assigned_in, block_reads, block_writes, map_children, reads, statements
from .comprehensions import as_loop, as_search
from .defaults import Defaults
from .hoist import edited
from .lower import Names, lower


@dataclass(frozen=True, eq=False)
class Prepared:
    """`taken`: every name the function uses, the lowering's own included; `frozen`: those of one definition each."""

    body: ir.Block
    result: str
    taken: frozenset[str]
    frozen: frozenset[str] = frozenset()


def prepare(function: Function) -> Prepared:
    taken = set(function.locals) | set(function.captures) | block_reads(function.body) | block_writes(function.body)
    names = Names(taken)
    result = names.fresh("out" if "out" not in taken else "result")
    body = lower(function.body, result, names)
    body = tuple(s for x in body for s in steady_loops(x, names))
    body = without_walrus(body, names)
    defaults = Defaults(names, block_writes(body))
    body = defaults.block(body)
    return Prepared(body, result, frozenset(names.taken), frozenset(defaults.frozen))


def steady_loops(s: ir.Stmt, names: Names) -> list[ir.Stmt]:
    """Loops whose range the body cannot change, and whose counter it cannot either."""
    match s:
        case ir.If(_, body, orelse):
            return [replace(s, body=steady_block(body, names), orelse=steady_block(orelse, names))]
        case ir.While(_, body):
            return [replace(s, body=steady_block(body, names))]
        case ir.For():
            s = replace(s, body=steady_block(s.body, names))
            written = block_writes(s.body) | {s.target}
            setup: list[ir.Stmt] = []
            if s.header is None and reads(s.iterable) & written:
                name = names.fresh(f"{s.target}_range")
                setup.append(ir.Assign((name,), (s.iterable,)))
                s = replace(s, iterable=ir.Name(name), header=(ir.Name(s.target), ir.Name(name)))
            return [*setup, s]
    return [s]


def steady_block(block: ir.Block, names: Names) -> ir.Block:
    return tuple(x for s in block for x in steady_loops(s, names))


# ----- walrus -----


def without_walrus(block: ir.Block, names: Names) -> ir.Block:
    """`if (n := f(x)) > 1:` as `n = f(x)` before it; what was evaluated earlier keeps its place before it."""
    found: list[ir.Stmt] = []
    for s in block:
        match s:
            case ir.If(test, body, orelse):
                before, test = pulled(test, names)
                inner = replace(s, test=test, body=without_walrus(body, names), orelse=without_walrus(orelse, names))
                found += [*before, inner]
            case ir.While(test, body) if has_walrus(test):
                before, test = pulled(test, names)
                leave = ir.If(ir.Call("operator.not_", (test,)), (ir.Break(),), without_walrus(body, names), flat=True)
                found.append(ir.While(ir.Const(True), (*before, leave), (), s.origin))
            case ir.While(_, body) | ir.For(_, _, body):
                found.append(replace(s, body=without_walrus(body, names)))
            case ir.Assign(_, values) if any(has_walrus(v) for v in values):
                before, new = pulled_all(values, names)
                found += [*before, replace(s, values=new, origin=edited(s))]
            case ir.Unpack(_, value) | ir.Update(_, _, value) | ir.Store(_, value) if has_walrus(value):
                before, value = pulled(value, names)
                found += [*before, replace(s, value=value, origin=edited(s))]
            case ir.Eval(value) if has_walrus(value):
                before, value = pulled(value, names)
                found += [*before, replace(s, expr=value, origin=edited(s))]
            case _:
                found.append(s)
    return tuple(found)


def has_walrus(e: ir.Expr) -> bool:
    return bool(assigned_in(e))


def pulled(e: ir.Expr, names: Names) -> tuple[list[ir.Stmt], ir.Expr]:
    before, (new,) = pulled_all((e,), names)
    return before, new


def pulled_all(values: tuple[ir.Expr, ...], names: Names) -> tuple[list[ir.Stmt], tuple[ir.Expr, ...]]:
    """The assignments inside expressions, in order of evaluation, and the expressions without them.

    A name that an assignment rebinds and that was read before it is kept under another name.
    """
    before: list[ir.Stmt] = []
    rebound = {n for e in values for n in assigned_in(e)}

    def visit(e: ir.Expr) -> ir.Expr:
        if isinstance(e, ir.Walrus):
            value = visit(e.value)
            before.append(ir.Assign((e.name,), (value,)))
            return ir.Name(e.name)
        if isinstance(e, ir.Name) and e.id in rebound and not any(e.id in s.names for s in assigned(before)):
            return keep(e)
        if isinstance(e, ir.Select | ir.BoolOp) and has_walrus(e):
            return choose(e)
        match e:
            case ir.Call("builtins.any" | "builtins.all" as op, (ir.Comprehension() as inner,)) if has_walrus(inner):
                return looped(lambda n: as_search(n, inner, names, op == "builtins.any"), "found")
            case ir.Comprehension() if has_walrus(e):
                return looped(lambda n: as_loop(n, e, names, None), "items")
        return map_children(visit, e)

    def looped(make: Callable[[str], list[ir.Stmt]], name: str) -> ir.Expr:
        name = names.fresh(name)
        loop = tuple(x for s in make(name) for x in steady_loops(s, names))
        before.extend(without_walrus(loop, names))
        return ir.Name(name)

    def keep(e: ir.Name) -> ir.Expr:
        name = names.fresh(f"{e.id}_before")
        before.append(ir.Assign((name,), (e,)))
        return ir.Name(name)

    def choose(e: ir.Select | ir.BoolOp) -> ir.Expr:
        name = names.fresh("chosen")
        nonlocal before
        if isinstance(e, ir.Select):
            test = visit(e.test)
            sides = []
            outer = before
            for side in (e.then, e.other):
                before = []
                value = visit(side)
                sides.append((*before, ir.Assign((name,), (value,))))
            before = outer
            before.append(ir.If(test, sides[0], sides[1]))
            return ir.Name(name)
        first, *rest = e.values
        before.append(ir.Assign((name,), (visit(first),)))
        outer = before
        before = []
        tail = rest[0] if len(rest) == 1 else ir.BoolOp(e.op, tuple(rest))
        value = visit(tail)
        inner = (*before, ir.Assign((name,), (value,)))
        before = outer
        test: ir.Expr = ir.Name(name) if e.op == "and" else ir.Call("operator.not_", (ir.Name(name),))  # type: ignore[no-redef]
        before.append(ir.If(test, inner))
        return ir.Name(name)

    return before, tuple(visit(v) for v in values)


def assigned(block: list[ir.Stmt]) -> list[ir.Assign]:
    return [s for s in statements(tuple(block)) if isinstance(s, ir.Assign)]
