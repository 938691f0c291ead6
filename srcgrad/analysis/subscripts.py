"""The kind of `base[index]`: basic indices keep sizes, of others only the rank is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..ir import nodes as ir
from . import kinds as k
from .containers import INT


@dataclass(frozen=True)
class Range:
    """A slice; each bound an int, None, or UNSET where it is not known."""

    lower: Any
    upper: Any
    step: Any


def index_part(e: ir.Expr, value: Callable[[ir.Expr], k.Kind]) -> Any:
    """One part of a subscript: Range, None, Ellipsis or the kind of an expression; `np.newaxis` is None."""
    match e:
        case ir.Slice(lower, upper, step):
            return Range(*(bound(p, value) for p in (lower, upper, step)))
        case ir.Const(None):
            return None
        case ir.Const(v) if v is ...:
            return ...
    return part_of_tuple(value(e))


def bound(e: ir.Expr | None, value: Callable[[ir.Expr], k.Kind]) -> Any:
    if e is None:
        return None
    match e:
        case ir.Call("operator.neg", (ir.Const(int(n)),)):
            return -n
    kind = value(e)
    return kind.value if isinstance(kind, k.Num) and isinstance(kind.value, int) else k.UNSET


def index_kind(base: k.Kind, parts: tuple[Any, ...]) -> k.Kind:
    match base:
        case k.Num(_, dtype, _, active):
            found = array_item(base, parts)
            return k.Num(found[0], dtype, found[1], active)
        case k.Seq():
            return sequence_item(base, parts)
        case k.Dict():
            return dict_item(base, parts)
        case k.Never():
            return base
        case k.Known() if k.is_text(base):
            return k.WORDS if k.is_plain(base) else k.TEXT
        case k.Known(range()):
            return base if isinstance(parts[0], Range) else INT
    return k.Unknown(base.active)


def sequence_item(base: k.Seq, parts: tuple[Any, ...]) -> k.Kind:
    match parts:
        case (k.Num(_, _, _, _, int(n)),) if base.items is not None and -len(base.items) <= n < len(base.items):
            return base.items[n]
        case (Range(),) if base.items == ():
            return base
        case (Range(a, b, c),):
            if base.items is not None and k.UNSET not in (a, b, c):
                return k.Seq(base.kind, base.items[a:b:c])
            return k.Seq(base.kind, None, k.element_of(base))
    return k.element_of(base) if base.items != () else k.Unknown()


def dict_item(base: k.Dict, parts: tuple[Any, ...]) -> k.Kind:
    match parts:
        case (k.Known(value) | k.Num(_, _, _, _, value),) if value is not k.UNSET and base.items is not None:
            for key, kind in base.items:
                if k.same_constant(key, value):
                    return kind
            if k.is_record(base) and isinstance(value, ir.Field):  # not set yet: it is none of the others
                return k.Never()
            if isinstance(k.value_of(base), k.Mixed):
                return k.Unknown(base.active)
    return k.value_of(base)


def array_item(base: k.Num, parts: tuple[Any, ...]) -> tuple[str, k.Dims]:
    """(kind, dims) of an item or part of an array."""
    match parts:
        case (k.Seq("tuple", items),):  # `ij = (0, 1)`, `x[ij]`
            parts = tuple(map(part_of_tuple, items)) if items is not None else (k.Unknown(),)
    if not isinstance(base.dims, tuple):
        some = any(isinstance(p, Range) or p is ... for p in parts)
        return "array" if some and base.kind == "array" else "any", None
    match parts:
        case (k.Seq("tuple", items),):  # an index of several parts, and no array of indices
            if items is None or not all(isinstance(i, k.Num) for i in items):
                return "any", None
            parts = items
    if not all(is_basic(p) for p in parts):
        return advanced_item(base.dims, parts)
    taken = sum(1 for p in parts if p is not None and p is not ...)
    if taken > len(base.dims):
        return "any", None
    explicit = ... in [p for p in parts if not isinstance(p, k.Num)]  # then even one element is a view
    if not explicit:
        parts = (*parts, ...)
    dims: list[k.Dim] = []
    rest = list(base.dims)
    for p in parts:
        if p is None:
            dims.append(1)
        elif p is ...:
            spread = len(rest) - sum(1 for q in parts[parts.index(...) + 1 :] if q is not None)
            dims += rest[:spread]
            rest = rest[spread:]
        elif isinstance(p, Range):
            dims.append(sliced(rest.pop(0), p))
        else:
            rest.pop(0)
    return ("array" if dims or explicit else "scalar"), tuple(dims)


def part_of_tuple(kind: k.Kind) -> Any:
    match kind:
        case k.Known(value) if value is None or value is ...:
            return value
        case k.Known(slice()):
            return Range(k.UNSET, k.UNSET, k.UNSET)
    return kind


def is_basic(p: Any) -> bool:
    return p is None or p is ... or isinstance(p, Range) or isinstance(p, k.Num) and p.is_scalar and p.dtype != "bool"


def sliced(size: k.Dim, r: Range) -> k.Dim:
    """The size of `x[a:b]` for constant bounds."""
    lower = 0 if r.lower is None else r.lower
    upper = 0 if r.upper is None else r.upper
    if r.step not in (None, 1, -1) or k.UNSET in (r.lower, r.upper):
        return k.Sym("?")
    if r.step == -1:
        return size if r.lower is None and r.upper is None else k.Sym("?")
    if isinstance(size, int):
        return len(range(*slice(r.lower, r.upper).indices(size)))
    if lower < 0 or upper > 0 or (r.upper == 0):
        return k.Sym("?")
    return size if not lower and not upper else k.Sym(size.name, size.offset - lower + upper, size.above_one)


def advanced_item(dims: tuple[k.Dim, ...], parts: tuple[Any, ...]) -> tuple[str, k.Dims]:
    """The rank of a read by masks or integer arrays, found on a dummy."""
    sample: list[Any] = []
    for p in parts:
        match p:
            case Range():
                sample.append(slice(None))
            case k.Num(_, dtype, tuple(d)) if dtype is not None:
                one = True if dtype == "bool" else 0  # a bool adds an axis
                sample.append(np.zeros((2,) * len(d), "bool" if dtype == "bool" else "int64") if d else one)
            case k.Seq(_, items) if items is not None and all(isinstance(i, k.Num) for i in items):
                sample.append([0] * len(items))
            case _ if p is None or p is ...:
                sample.append(p)
            case _:
                return "any", None
    try:
        rank = np.zeros((2,) * len(dims))[tuple(sample)].ndim
    except IndexError:
        return "any", None
    return ("array" if rank else "any"), tuple(k.Sym("?") for _ in range(rank))
