"""From a function as read to the form the analyses work on: one exit per block, loops that count, no walrus.

    for i in range(n):              i_range = range(n)
        n = g(n)            ->      for i in i_range:
                                        n = g(n)

What the user wrote is kept wherever it can be: a statement that needs nothing stays the same object.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.walk import block_reads, block_writes, reads
from .broken_off import without_breaks
from .defaults import Defaults
from .loops import may_run_again
from .lower import Names, lower
from .named_ranges import counting_for_themselves
from .walrus import without_walrus


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
    body = without_breaks(lower(counting_for_themselves(function), result, names), names)
    body = steady_block(without_walrus(steady_block(body, names), names), names)
    defaults = Defaults(names, block_writes(body))
    body = defaults.block(body)
    return Prepared(body, result, frozenset(names.taken), frozenset(defaults.frozen))


def steady_loops(s: ir.Stmt, names: Names) -> list[ir.Stmt]:
    """Loops whose range the body cannot change, nor another look at it; and whose counter the body cannot change."""
    match s:
        case ir.If(_, body, orelse):
            return [replace(s, body=steady_block(body, names), orelse=steady_block(orelse, names))]
        case ir.While(_, body):
            return [replace(s, body=steady_block(body, names))]
        case ir.For():
            s = replace(s, body=steady_block(s.body, names))
            written = block_writes(s.body) | {s.target}
            setup: list[ir.Stmt] = []
            if s.header is None and (reads(s.iterable) & written or not may_run_again(s.iterable)):
                name = names.fresh(f"{s.target}_range")
                steps, iterable = kept_range(s.iterable, ir.Name(name))
                setup.append(ir.Assign((name,), (steps,)))
                s = replace(s, iterable=iterable, header=(ir.Name(s.target), iterable))
            return [*setup, s]
    return [s]


def kept_range(iterable: ir.Expr, name: ir.Name) -> tuple[ir.Expr, ir.Expr]:
    """What `name` is bound to, and what the loop goes through then: an iterator would be used up by one look at it."""
    match iterable:
        case ir.Call("builtins.reversed", (steps,), ()):
            return steps, ir.Call("builtins.reversed", (name,), ())
    return iterable, name


def steady_block(block: ir.Block, names: Names) -> ir.Block:
    return tuple(x for s in block for x in steady_loops(s, names))
