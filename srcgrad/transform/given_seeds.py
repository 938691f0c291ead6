"""Numbers taken out of the cotangent that a caller gives, which may be an array of rank 0, before they are added to.

    d_s = d_out          d_s = +d_out
    d_s += d_u           d_s += d_u

What is only read stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ..analysis import kinds as k
from ..analysis.instance import Instance
from ..ir import nodes as ir
from ..ir.build import call
from ..ir.rewrite import map_blocks
from ..ir.walk import root, statements
from .names import Names


def with_numbers_taken_out(sweep: list[ir.Stmt], seed: str, instance: Instance, names: Names) -> list[ir.Stmt]:
    """A reverse sweep in which no adjoint of a number that is changed in place is memory of the caller."""
    numbers = {names.d_prefix + n for n, kind in instance.names.items() if is_number(kind)}
    block = tuple(sweep)
    bindings = [b for s in statements(block) for b in bound(s)]
    changed = {s.place.id for s in statements(block) if isinstance(s, ir.Update) and isinstance(s.place, ir.Name)}
    while more := {v.id for n, v in bindings if n in changed and isinstance(v, ir.Name)} - changed - {seed}:
        changed |= more
    whole = is_number(instance.result)

    def taken_out(name: str, value: ir.Expr) -> ir.Expr:
        match value:
            case ir.Name() | ir.Index() if root(value) == seed and name in changed & numbers:
                return call("operator.pos", value)
            case ir.Apply(_, args) if whole:  # the backward half of a callee may change what it is given
                own = tuple(call("operator.pos", a) if a == ir.Name(seed) else a for a in args)
                return replace(value, args=own)
        return value

    return [rewritten(s, taken_out) for s in sweep]


def is_number(kind: k.Kind) -> bool:
    return isinstance(kind, k.Num) and kind.is_scalar


def bound(s: ir.Stmt) -> Iterator[tuple[str, ir.Expr]]:
    if isinstance(s, ir.Assign):
        yield from zip(s.names, s.values, strict=True)


def rewritten(s: ir.Stmt, change: Callable[[str, ir.Expr], ir.Expr]) -> ir.Stmt:
    match s:
        case ir.Assign():
            return replace(s, values=tuple(change(n, v) for n, v in bound(s)))
        case ir.Unpack(_, value):
            return replace(s, value=change("", value))
    return map_blocks(lambda b: [rewritten(x, change) for x in b], s)
