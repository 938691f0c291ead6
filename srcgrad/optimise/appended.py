"""What is added to a zero that was just put at the end of a list of adjoints is put there itself.

d_xs.append(0.0)
d_xs[-1] += d_x         ->      d_xs.append(d_x)
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..analysis.container_changes import APPEND, LAST
from ..ir import nodes as ir
from ..ir.rewrite import map_blocks
from ..ir.walk import reads, root

ADDING = ("operator.add", "srcgrad.runtime.accumulate")


def without_zeros(f: Any) -> Any:
    """An emitted function in which no number is added to a zero of its own making."""
    return replace(f, parts=[(banner, list(joined(tuple(block))), reverse) for banner, block, reverse in f.parts])


def joined(block: ir.Block) -> ir.Block:
    kept: list[ir.Stmt] = []
    for s in block:
        s = map_blocks(joined, s)
        at = len(kept) - (2 if says_again(kept) else 1)
        match kept[at] if at >= 0 else None:
            case ir.Update(xs, op, ir.Const(0.0)) as zero if op == APPEND:
                value = added_to_last(s, xs)
                kept[at:] = [*kept[at:], s] if value is None else [replace(zero, value=value)]
            case _:
                kept.append(s)
    return tuple(kept)


def says_again(lines: list[ir.Stmt]) -> bool:
    """Whether lines end in the comment that they already have, about one statement of the source."""
    if not lines or not isinstance(lines[-1], ir.Comment):
        return False
    about = (s.origin.node for s in reversed(lines) if isinstance(s, ir.Comment) and s.origin is not None)
    last = next(about, None)
    return last is not None and next(about, None) is last


def added_to_last(s: ir.Stmt, xs: ir.Expr) -> ir.Expr | None:
    """What a statement adds to the last item of a list, read from elsewhere."""
    last = ir.Index(xs, LAST)
    match s:
        case ir.Update(place, op, value) | ir.Store(place, ir.Call(op, (_, value), ())) if place == last:
            own = s.value.args[0] if isinstance(s, ir.Store) else last  # type: ignore[union-attr]
            return value if op in ADDING and own == last and root(xs) not in reads(value) else None
    return None
