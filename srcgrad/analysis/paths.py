"""Places: expressions that name a part of the memory of a name, and so a part of its shadow as well.

    A[i]    A.T[1:]    np.transpose(A)    state["u"][0]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..ir import nodes as ir
from . import kinds as k

KindOf = Callable[[ir.Expr], k.Kind]
VIEW_CALLS = frozenset({
    "numpy.transpose", ".transpose", "numpy.swapaxes", ".swapaxes", "numpy.moveaxis", "numpy.expand_dims",
    "numpy.squeeze", ".squeeze", "numpy.flip", "numpy.fliplr", "numpy.flipud", "numpy.rot90", "numpy.rollaxis",
    "numpy.matrix_transpose",
})  # fmt: skip


MAY_COPY = frozenset({
    "numpy.reshape", ".reshape", "numpy.ravel", ".ravel", "numpy.asarray", "numpy.asanyarray", "numpy.atleast_1d",
    "numpy.atleast_2d", "numpy.atleast_3d", "numpy.ascontiguousarray", "numpy.asfortranarray",
})  # fmt: skip


def is_part(e: ir.Expr, kind: KindOf) -> bool:
    """Whether `e` is a view of memory that a name stands for, or a copy of that view: only the run tells."""
    return is_view(e, kind, VIEW_CALLS | MAY_COPY)


def is_view(e: ir.Expr, kind: KindOf, calls: frozenset[str] = VIEW_CALLS) -> bool:
    """Whether `e` is certainly a view of memory that a name stands for."""
    match e:
        case ir.Name():
            return True
        case ir.Index(base, index):
            whole, part = kind(base), kind(e)
            parts = index_parts(index)
            shared = isinstance(part, k.Num) and part.kind == "array"
            if isinstance(whole, k.Seq | k.Dict):
                held = shared or isinstance(part, k.Seq | k.Dict)
                return held and picks_one(index, kind) and is_view(base, kind, calls)
            arrays = isinstance(whole, k.Num) and shared
            return arrays and all(is_basic(p, kind) for p in parts) and is_view(base, kind, calls)
        case ir.Attribute(base, "T" | "mT"):
            return isinstance(kind(base), k.Num) and is_view(base, kind, calls)
        case ir.Attribute(base, "real"):
            whole = kind(base)
            return isinstance(whole, k.Num) and whole.is_complex is not None and is_view(base, kind, calls)
        case ir.Call(op, (base, *_)) if op in calls:
            return isinstance(kind(base), k.Num) and is_view(base, kind, calls)
    return False


def index_parts(index: ir.Expr) -> tuple[ir.Expr, ...]:
    """The parts of `i, j`; anything else is one part, a list of positions too."""
    return index.items if isinstance(index, ir.Display) and index.kind == "tuple" else (index,)


def picks_one(index: ir.Expr, kind: KindOf) -> bool:
    """Whether an index is that of one item of a list or dict."""
    if isinstance(index, ir.Slice):
        return False
    found = kind(index)
    return isinstance(found, k.Known) or isinstance(found, k.Num) and found.is_scalar


def is_in_slot(e: ir.Expr, kind: KindOf) -> bool:
    """Whether a place is found by way of a list or dict, whose slots may be given to something else."""
    return any(isinstance(x, ir.Index) and isinstance(kind(x.base), k.Seq | k.Dict) for x in spine(e))


def is_basic(p: ir.Expr, kind: KindOf) -> bool:
    """Whether one part of an index is certainly an int, a slice, None or Ellipsis."""
    if isinstance(p, ir.Slice):
        return True
    match kind(p):
        case k.Num(_, dtype) as found:
            return found.is_scalar and dtype is not None and "int" in dtype
        case k.Known(value):
            return value is None or value is ... or isinstance(value, str)
    return False


def path_root(e: ir.Expr) -> str:
    """The name that a place, or a view of it, starts from."""
    for part in spine(e):
        if isinstance(part, ir.Name):
            return part.id
    return ""


def spine(e: ir.Expr) -> Iterator[ir.Expr]:
    while True:
        yield e
        match e:
            case ir.Index(base, _) | ir.Attribute(base, _) | ir.Call(_, (base, *_)):
                e = base
            case _:
                return


def rerooted(place: ir.Expr, name: str) -> ir.Expr:
    """The same part of other memory: `A[i]` in d_A is `d_A[i]`."""
    match place:
        case ir.Name():
            return ir.Name(name)
        case ir.Index(base, index):
            return ir.Index(rerooted(base, name), index)
        case ir.Attribute(base, attr):
            return ir.Attribute(rerooted(base, name), attr)
        case ir.Call(op, (base, *rest), keywords):
            return ir.Call(op, (rerooted(base, name), *rest), keywords)
    raise AssertionError(f"not a place: {place!r}")
