"""Names that statements bind to something else: always, on some path, or never."""

from __future__ import annotations

from collections import Counter

from ..ir import nodes as ir
from ..ir.walk import bound_names, reads, statement_expressions, statements

Names = frozenset[str]
NONE: Names = frozenset()
UNDECIDED = "`{}` may be changed in place here, and other names may refer to it"  # an array may, a number not


def rebound_names(s: ir.Stmt) -> tuple[str, ...]:
    """Names a statement binds to something else, not those whose contents it changes."""
    if isinstance(s, ir.Store) or isinstance(s, ir.Update) and s.op != "append":
        return ()
    return bound_names(s)


def block_rebinds(block: ir.Block) -> Names:
    return frozenset(n for s in statements(block) for n in rebound_names(s))


def header_names(s: ir.For | ir.While) -> Names:
    """Names that the header of a loop binds and that the reverse header does not give back."""
    implicit = {n for x in s.body if isinstance(x, ir.Assign | ir.Unpack) and x.implicit and x.origin is s.origin
                for n in bound_names(x)}  # fmt: skip
    return frozenset(implicit | (set(bound_names(s)) & block_rebinds(s.body)))


def definite(s: ir.Stmt) -> Names:
    """Names bound on every path through a statement."""
    match s:
        case ir.If(_, body, orelse):
            return frozenset(n for x in body for n in definite(x)) & frozenset(n for x in orelse for n in definite(x))
        case ir.For() | ir.While():
            return NONE
    return frozenset(rebound_names(s))


def count_writes(block: ir.Block) -> Counter[str]:
    """How many statements of a block bind each name."""
    return Counter(n for s in statements(block) for n in rebound_names(s))


def never_rebound(block: ir.Block) -> Names:
    """Names that keep their first value: parameters never assigned, and loop counters."""
    counters = {s.target for s in statements(block) if isinstance(s, ir.For)}
    written = {n for s in statements(block) if not isinstance(s, ir.For) for n in bound_names(s)}
    everything = {n for s in statements(block) for e in statement_expressions(s) for n in reads(e)}
    repeated = [s.target for s in statements(block) if isinstance(s, ir.For)]
    return frozenset((everything | counters) - written - {c for c in counters if repeated.count(c) > 1})
