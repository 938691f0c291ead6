"""Adding to a part of a shadow: in place where the index picks no element twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..analysis import kinds as k
from ..analysis.paths import index_parts
from ..ir import nodes as ir
from ..ir.build import call
from .shadows import ACCUMULATE, add_to


def place_update(place: ir.Index, e: ir.Expr, base: k.Kind, kind: Callable[[ir.Expr], k.Kind]) -> ir.Stmt:
    """Add `e` to a part of a shadow, as `d_x[i] += e` where the index picks no element twice."""
    if not picks_once(place.index, kind) and not isinstance(base, k.Seq | k.Dict):
        return ir.Eval(call("srcgrad.runtime.add_at", place.base, place.index, e))
    if isinstance(base, k.Num):
        return add_to(place, e)
    return ir.Store(place, call(ACCUMULATE, place, e))


def picks_once(index: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> bool:
    """Whether an index certainly picks no element twice: ints, slices, None, Ellipsis, and masks."""
    return all(picks_once_part(p, kind) for p in index_parts(index))


def picks_once_part(p: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> bool:
    if isinstance(p, ir.Slice) or isinstance(p, ir.Const):
        return True
    found: Any = kind(p)
    match found:
        case k.Num():
            return found.is_scalar and found.dtype is not None or found.dtype == "bool"
        case k.Known(value):
            return value is None or value is ... or isinstance(value, slice)
    return False
