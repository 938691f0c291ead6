"""Loops over a name that is always bound to a range count for themselves, like those over `range(...)`.

r = range(1, n)                        r = range(1, n)
for i_index in range(len(r)):          for i in r:
    i = r[i_index]           ->            ...
    ...

So are ranges that are taken off a list into which only ranges are put, as reverse sweeps do.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.rewrite import map_blocks
from ..ir.walk import bound_names, statement_expressions, statements, subexpressions


@dataclass
class Uses:
    """What a function does with a name: values it is bound to, what is put into it, and whether anything else."""

    values: list[ir.Expr] = field(default_factory=list)
    put: list[ir.Expr] = field(default_factory=list)
    other: bool = False


def counting_for_themselves(function: Function) -> ir.Block:
    """The body of a function, with what its loops over named ranges count."""
    body = function.body
    if not any(is_counted(s) for s in statements(body)):
        return body
    ranges = named_ranges(body, function.locals - {*function.param_names, *function.captures, *captured(body)})
    return restored(body, ranges) if ranges else body


def captured(body: ir.Block) -> set[str]:
    """Names that inner functions read, and may bind."""
    return {n for s in statements(body) if isinstance(s, ir.Define) for n in s.function.captures}


def is_counted(s: ir.Stmt) -> bool:
    return isinstance(s, ir.For) and s.header is not None and plain(s.header[1]) is not None


def plain(iterable: ir.Expr) -> str | None:
    """The name that a loop goes through, forwards or backwards."""
    match iterable:
        case ir.Name(name) | ir.Call("builtins.reversed", (ir.Name(name),), ()):
            return name
    return None


def named_ranges(body: ir.Block, own: frozenset[str]) -> frozenset[str]:
    """Those of a function's own names that are never bound to anything but a range."""
    uses = {n: u for n, u in uses_of(body).items() if n in own}
    ranges = {n for n, u in uses.items() if u.values and not u.put}
    stacks = {n for n, u in uses.items() if u.put and not u.other and u.values == [ir.Display("list", ())]}

    def fits(e: ir.Expr) -> bool:
        match e:
            case ir.Name(name):
                return name in ranges
            case ir.Call(".pop", (ir.Name(name),), ()):
                return name in stacks
        return isinstance(e, ir.Call) and e.op == "builtins.range" and not e.keywords

    while True:
        unfit = {n for n in ranges if not all(map(fits, uses[n].values))}
        odd = {n for n in stacks if not all(map(fits, uses[n].put))}
        if not unfit and not odd:
            return frozenset(ranges)
        ranges -= unfit
        stacks -= odd


def uses_of(body: ir.Block) -> dict[str, Uses]:
    found: dict[str, Uses] = {}

    def use(name: str) -> Uses:
        return found.setdefault(name, Uses())

    for s in statements(body):
        match s:
            case ir.Assign(names, values):
                for n, v in zip(names, values, strict=True):
                    use(n).values.append(v)
            case ir.Eval(ir.Call(".append", (ir.Name(stack), value), ())):
                use(stack).put.append(value)
                continue
            case _:
                for n in bound_names(s):  # in another way
                    use(n).values.append(ir.Const(None))
        for e in statement_expressions(s):
            for n in seen_otherwise(e):
                use(n).other = True
    return found


def seen_otherwise(e: ir.Expr) -> list[str]:
    """Names in an expression, but for those of which the last item is taken."""
    taken = {id(x.args[0]) for x in subexpressions(e) if isinstance(x, ir.Call) and x.op == ".pop" and len(x.args) == 1}
    return [x.id for x in subexpressions(e) if isinstance(x, ir.Name) and id(x) not in taken]


def restored(block: ir.Block, ranges: frozenset[str]) -> ir.Block:
    return tuple(loop(map_blocks(lambda b: restored(b, ranges), s), ranges) for s in block)


def loop(s: ir.Stmt, ranges: frozenset[str]) -> ir.Stmt:
    match s:
        case ir.For(_, _, (ir.Assign((target,), _, implicit=True), *rest), _, (ir.Name(shown), iterable)) if (
            target == shown and plain(iterable) in ranges
        ):
            written = {n for x in statements(tuple(rest)) for n in bound_names(x)}
            if not written & {target, plain(iterable)}:
                return replace(s, target=target, iterable=iterable, body=tuple(rest))
    return s
