"""Places: expressions that name a part of the memory of a name, and so a part of its shadow as well.

    A[i]    A.T[1:]    np.transpose(A)    state["u"][0]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..ir import nodes as ir
from . import kinds as k

EVERY = ir.Slice(None, None, None)
KindOf = Callable[[ir.Expr], k.Kind]
VIEW_CALLS = frozenset({
    "numpy.transpose", ".transpose", "numpy.swapaxes", ".swapaxes", "numpy.moveaxis", "numpy.expand_dims",
    "numpy.squeeze", ".squeeze", "numpy.flip", "numpy.fliplr", "numpy.flipud", "numpy.rot90", "numpy.rollaxis",
    "numpy.matrix_transpose", "numpy.linalg.matrix_transpose", "numpy.permute_dims", "numpy.einsum",
    "numpy.split", "numpy.array_split", "numpy.hsplit", "numpy.vsplit", "numpy.dsplit", "numpy.unstack",
    "numpy.real", "numpy.diff", "numpy.linalg.matrix_power", ".conj", ".conjugate",
})  # fmt: skip
# which give back their argument as it is, if they give a view of it
SAME = frozenset({"numpy.diff", "numpy.linalg.matrix_power", ".conj", ".conjugate", "numpy.asarray_chkfinite"})

MAY_COPY = frozenset({
    "numpy.reshape", ".reshape", "numpy.ravel", ".ravel", "numpy.asarray", "numpy.asanyarray", "numpy.atleast_1d",
    "numpy.atleast_2d", "numpy.atleast_3d", "numpy.ascontiguousarray", "numpy.asfortranarray",
    "numpy.asarray_chkfinite", ".astype", "numpy.astype",
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
                key = isinstance(whole, k.Dict) and not isinstance(index, ir.Slice)  # whatever finds something in it
                one = key or picks_one(index, kind)
                return held and one and is_view(base, kind, calls)
            if calls >= MAY_COPY and may_be_view(whole, part, [kind(p) for p in index_parts(index) if p != EVERY]):
                return is_view(base, kind, calls)
            arrays = isinstance(whole, k.Num) and shared
            return arrays and all(is_basic(p, kind) for p in parts) and is_view(base, kind, calls)
        case ir.Attribute(base, "T" | "mT"):
            return isinstance(kind(base), k.Num) and is_view(base, kind, calls)
        case ir.Attribute(base, "real"):
            whole = kind(base)
            return isinstance(whole, k.Num) and whole.is_complex is not None and is_view(base, kind, calls)
        case ir.Attribute(base, "imag") if "numpy.imag" in calls:
            return is_complex_array(kind(base)) and is_view(base, kind, calls)
        case ir.Call(op) if op in calls:
            array = viewed(e)
            if array is None or not isinstance(kind(array), k.Num):
                return False
            return gives_view(e, kind(array)) and is_view(array, kind, calls)
    return False


def may_be_view(whole: k.Kind, part: k.Kind, index: list[k.Kind]) -> bool:
    """Whether only the run tells if what an index picks is a number, or a view, or a copy."""
    if not isinstance(whole, k.Num) or not isinstance(part, k.Num) or part.kind != "any":
        return False
    numbers = [i for i in index if not isinstance(i, k.Known)]
    return all(isinstance(i, k.Num) and i.kind != "array" and i.dtype != "bool" for i in numbers)


def by_layout(e: ir.Expr) -> bool:
    """Whether the strides of an array decide if a part of it is a view or a copy."""
    return any(isinstance(x, ir.Call) and x.op in MAY_COPY for x in spine(e))


def is_complex_array(kind: k.Kind) -> bool:
    return isinstance(kind, k.Num) and kind.kind == "array" and kind.is_complex is True


def viewed(e: ir.Call) -> ir.Expr | None:
    """The argument that a call gives a view of, if it gives one."""
    if e.op == "numpy.einsum":
        return e.args[1] if len(e.args) == 2 and not e.keywords else None
    return e.args[0] if e.args else None


def gives_view(e: ir.Call, base: k.Kind) -> bool:
    """Whether a function that computes in some cases only gives a view, or may give one, in this one."""
    match e:
        case ir.Call("numpy.einsum", (ir.Const(str(text)), _)):
            return is_rearranged(text)
        case ir.Call("numpy.atleast_1d" | "numpy.atleast_2d" | "numpy.atleast_3d", args):
            return len(args) == 1  # of several arrays they make a tuple
        case ir.Call("numpy.imag"):
            return is_complex_array(base)
        case ir.Call("numpy.real"):
            return isinstance(base, k.Num) and base.kind == "array" and base.is_complex is not None
        case ir.Call(".conj" | ".conjugate", (_,)):
            return isinstance(base, k.Num) and base.kind == "array" and base.is_complex is False
        case ir.Call("numpy.diff", (_, ir.Const(n)), ()) | ir.Call("numpy.diff", (_,), (("n", ir.Const(n)),)):
            return n == 0
        case ir.Call("numpy.linalg.matrix_power", (_, ir.Const(n)), ()):
            return n == 1
        case ir.Call("numpy.asarray_chkfinite", args, keywords):
            return len(args) == 1 and not keywords and isinstance(base, k.Num) and base.kind == "array"
        case ir.Call(op, _, keywords) if op in SAME:
            return False
        case ir.Call(".astype" | "numpy.astype", _, keywords):
            return dict(keywords).get("copy") == ir.Const(False)
    return True


def is_rearranged(text: str) -> bool:
    """Whether an einsum of one array sums over nothing, which gives a view: "ij->ji", "ii->i"."""
    before, arrow, after = text.replace(" ", "").partition("->")
    if not arrow:  # the letters that occur once, in alphabetical order
        return "," not in before and len(set(before.replace(".", ""))) == len(before.replace(".", ""))
    return "," not in before and set(before) == set(after) and "..." not in after.replace("...", "", 1)


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
            case ir.Index(base, _) | ir.Attribute(base, _):
                e = base
            case ir.Call() if (array := viewed(e)) is not None:
                e = array
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
        case ir.Call("numpy.einsum", (text, base), keywords):
            return ir.Call("numpy.einsum", (text, rerooted(base, name)), keywords)
        case ir.Call(op, (base, *rest), keywords):
            own = rerooted(base, name)
            return own if op in SAME else ir.Call(op, (own, *rest), keywords)
    raise AssertionError(f"not a place: {place!r}")
