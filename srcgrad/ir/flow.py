"""Which names a block needs from before it, and which it binds on every path."""

from __future__ import annotations

from . import nodes as ir
from .walk import bound_names, reads, statement_expressions


def exposed(block: ir.Block | list[ir.Stmt]) -> list[str]:
    """Names read before the block itself has certainly bound them, in order of first use."""
    found: dict[str, None] = {}
    scan(block, frozenset(), found)
    return list(found)


def scan(block: ir.Block | list[ir.Stmt], bound: frozenset[str], found: dict[str, None]) -> frozenset[str]:
    """Adds what is read too early to `found`; returns the names bound after the block."""
    for s in block:
        for e in statement_expressions(s):
            found.update((n, None) for n in sorted(reads(e) - bound))
        match s:
            case ir.Opaque(_, names, writes):
                found.update((n, None) for n in names if n not in bound)
                bound |= set(writes)
            case ir.Pop(_, stack) | ir.Push(stack, _):
                if stack not in bound:
                    found[stack] = None
                bound |= set(bound_names(s))
            case ir.If(_, body, orelse):
                bound = scan(body, bound, found) & scan(orelse, bound, found)
            case ir.For(target, _, body):
                scan(body, bound | {target}, found)
            case ir.While(_, body):
                scan(body, bound, found)
            case ir.Store() | ir.Update():
                pass
            case _:
                bound |= set(bound_names(s))
    return bound
