"""Library operations whose result's sizes follow from the kinds of their arguments."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from . import kinds as k
from .dummies import scalar_result

Special = Callable[[list[k.Kind], dict[str, k.Kind]], "k.Kind | None"]
SPECIAL: dict[str, Special] = {}
WIDE = {"float": "float64", "complex": "complex128"}


def special(*ops: str) -> Callable[[Special], Special]:
    def add(f: Special) -> Special:
        SPECIAL.update(dict.fromkeys(ops, f))
        return f

    return add


def size_of_int(kind: k.Kind) -> k.Dim:
    """The size an integer argument stands for: `x.shape[0]` is the first size of x."""
    if isinstance(kind, k.Num) and isinstance(kind.value, int) and kind.value >= 0:
        return kind.value
    if isinstance(kind, k.Num) and isinstance(kind.value, k.Sym):
        return kind.value
    return k.Sym("?")


def sizes_of_shape(kind: k.Kind) -> k.Dims:
    match kind:
        case k.Num() if kind.is_scalar:
            return (size_of_int(kind),)
        case k.Seq(_, items) if items is not None:
            return tuple(size_of_int(i) for i in items)
    return None


@special("numpy.shape")
def shape_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    if isinstance(args[0], k.Num) and isinstance(args[0].dims, tuple):
        return k.Seq("tuple", tuple(int_of_size(d) for d in args[0].dims))
    return k.Seq("tuple", None, k.Num("python", "int", ()))


def int_of_size(d: k.Dim) -> k.Num:
    known = isinstance(d, int) or d.name != "?"
    return k.Num("python", "int", (), value=d if known else k.UNSET)


@special("builtins.len")
def len_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    match args[0]:
        case k.Num(_, _, (first, *_)):
            return int_of_size(first)
        case k.Seq(_, items) if items is not None:
            return k.Num("python", "int", (), value=len(items))
    return k.Num("python", "int", ())


@special("srcgrad.runtime.heap_order", "srcgrad.runtime.heap_pushed", "srcgrad.runtime.heap_popped")
def positions_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    return k.Seq("list", None, k.Num("python", "int", ()))


@special("builtins.int")
def int_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    return k.Num("python", "int", ())


@special("builtins.float")
def float_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """Of text as well."""
    return k.Num("python", "float", ())


@special("builtins.complex")
def complex_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """Of text as well."""
    return k.Num("python", "complex", ())


@special("numpy.zeros", "numpy.ones", "numpy.empty")
def filled_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    shape = args[0] if args else keywords.get("shape")
    dtype = args[1] if len(args) > 1 else keywords.get("dtype")
    name = dtype_name(dtype)
    return k.Num("array", name, sizes_of_shape(shape) if shape is not None else None) if name is not None else None


@special("numpy.zeros_like", "numpy.ones_like", "numpy.empty_like", "numpy.copy")
def like_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """An array, of a number too."""
    match args:
        case [k.Num("array" | "any", dtype, dims)] if not keywords:
            return k.Num("array", dtype, dims)
    return None


@special("srcgrad.runtime.solution", "srcgrad.runtime.held")
def same_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    match args:
        case [k.Num(kind, dtype, dims), *_]:
            return k.Num(kind, dtype, dims)
    return None


@special("srcgrad.api.stop_gradient", "srcgrad.runtime.stopped")
def stopped_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    return k.deactivate(args[0]) if args and not keywords else None


@special(".copy")
def copied_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """Also of what may be a scalar of NumPy, which has that method."""
    return k.Num(args[0].kind, args[0].dtype, args[0].dims) if isinstance(args[0], k.Num) else None


def dtype_name(kind: k.Kind | None) -> str | None:
    if kind is None:
        return "float64"
    if isinstance(kind, k.Known):
        try:
            return np.dtype(kind.value).name
        except TypeError:
            return None
    return None


@special("numpy.reshape", "ndarray.reshape", ".reshape")
def reshape_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """An array: also of a number, and where its rank is not known."""
    if not isinstance(args[0], k.Num):
        return None
    sizes = [a for a in args[1:] if not isinstance(a, k.Known | k.Unknown)]  # `np.reshape(a, shape, "F")`
    shape = sizes[0] if len(sizes) == 1 else k.Seq("tuple", tuple(sizes))
    dims = sizes_of_shape(shape) if len(sizes) == 1 or all(isinstance(i, k.Num) for i in sizes) else None
    dtype = WIDE.get(args[0].dtype or "", args[0].dtype)
    if not isinstance(dims, tuple) or not sizes:
        return k.Num("array", dtype)
    return k.Num("array", dtype, tuple(k.Sym("?") if d == -1 else d for d in dims))


@special("numpy.broadcast_to")
def broadcast_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    match args:
        case [k.Num(_, dtype), shape] if not keywords:
            dtype = WIDE.get(dtype or "", dtype)
            return k.Num("array", dtype, sizes_of_shape(shape))
    return None


@special("numpy.broadcast_shapes")
def broadcast_shapes_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    found: k.Dims = ()
    for a in args:
        several = isinstance(a, k.Seq) and not all(isinstance(i, k.Num) for i in a.items or ())  # that a star gives
        found = k.broadcast_dims(found, sizes_of_shape(a) if not several else None)
    if isinstance(found, tuple):
        return k.Seq("tuple", tuple(map(int_of_size, found)))
    return k.Seq("tuple", None, k.Num("python", "int", ()))


@special("numpy.transpose", ".transpose", "numpy.matrix_transpose")
def transpose_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    match args, keywords:
        case [k.Num("python", dtype)], {}:
            return k.Num("array", WIDE.get(dtype or "", dtype), ())
        case [k.Num(kind, dtype, tuple(dims))], {}:
            return k.Num(kind, dtype, dims[::-1])
        case [k.Num(kind, dtype, dims)], {}:
            return k.Num(kind, dtype, None)
    return None


@special("operator.matmul", "numpy.matmul", "numpy.dot", ".dot")
def matmul_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    match args:
        case [k.Num(_, x, tuple(a)), k.Num(_, y, tuple(b))] if x and y and 1 <= len(a) <= 2 and 1 <= len(b) <= 2:
            dtype = scalar_result("operator.mul", (("array", x), ("array", y)))
            dims = a[:-1] + (b[1:] if len(b) == 2 else ())
            return k.Num("array" if dims else "scalar", dtype[1] if dtype else None, dims)
    return None


@special("numpy.linalg.lstsq")
def lstsq_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """The third of its results counts."""
    solution, rest, values = k.Num("any", None, None), k.Num("array", None, None), k.Num("array", None, None)
    return k.Seq("tuple", (solution, rest, k.Num("scalar", "int32", ()), values))


REDUCTIONS = (
    "sum",
    "mean",
    "max",
    "min",
    "prod",
    "amax",
    "amin",
    "var",
    "std",
    "nansum",
    "nanmean",
    "nanmax",
    "nanmin",
)


@special(*[f"numpy.{n}" for n in REDUCTIONS], *[f".{n}" for n in REDUCTIONS])
def reduction_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    x = args[0] if args else None
    axis = args[1] if len(args) == 2 else keywords.get("axis", k.Known(None))
    keep = keywords.get("keepdims", k.Num("python", "bool", (), value=False))
    if not isinstance(x, k.Num) or len(args) > 2 or set(keywords) - {"axis", "keepdims"}:
        return None
    kept = keep.value if isinstance(keep, k.Num) else k.UNSET
    axes = constant_axes(axis, x.rank)
    if axes is None or not isinstance(kept, bool):
        whole = isinstance(axis, k.Known) and axis.value is None and kept is False
        return k.Num("scalar", reduced_dtype(x.dtype), ()) if whole else None
    if isinstance(x.dims, tuple):
        dims = tuple(1 if i in axes else d for i, d in enumerate(x.dims) if kept or i not in axes)
        return k.Num("array" if dims else "scalar", reduced_dtype(x.dtype), dims)
    return k.Num("scalar", reduced_dtype(x.dtype), ()) if not kept else None


def constant_axes(axis: k.Kind, rank: int | None) -> tuple[int, ...] | None:
    if isinstance(axis, k.Known) and axis.value is None:
        return tuple(range(rank)) if rank is not None else None
    if rank is None:
        return None
    values = [axis] if isinstance(axis, k.Num) else list(axis.items or ()) if isinstance(axis, k.Seq) else None
    if values is None or any(not isinstance(v, k.Num) or not isinstance(v.value, int) for v in values):
        return None
    return tuple(v.value % rank for v in values if isinstance(v, k.Num)) if rank else None


def reduced_dtype(dtype: str | None) -> str | None:
    """Floats keep their dtype in every reduction; that of integers differs from one to the other."""
    if dtype is None:
        return None
    name = {"float": "float64", "complex": "complex128"}.get(dtype, dtype)
    return name if name.startswith(("float", "complex", "longdouble", "clongdouble")) else None


ITEMS = {
    **dict.fromkeys(("float16", "float32", "float64"), "float"),
    **dict.fromkeys(("complex64", "complex128"), "complex"),
    **dict.fromkeys(("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"), "int"), "bool": "bool",
}  # fmt: skip


@special("srcgrad.runtime.of_type")
def of_type_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """An array of items that are alike."""
    item = k.element_of(args[0]) if isinstance(args[0], k.Seq) else k.Unknown()
    dims = item.dims if isinstance(item, k.Num) else None
    return k.Num("array", dtype_name(args[1]), (k.Sym("?"), *dims) if isinstance(dims, tuple) else None)


@special("ndarray.dtype")
def dtype_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    match args:
        case [k.Num("array" | "scalar", str(name))] if name[:1] in "fciub" and hasattr(np, name):
            return k.Known(np.dtype(name))
    return None


@special(".item", "ndarray.item")
def item_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """A number of Python; of a long double, Python has none."""
    match args:
        case [k.Num(_, str(name)), *_] if name in ITEMS:
            return k.Num("python", ITEMS[name], ())
    return None


@special("srcgrad.runtime.loop_shape")
def loop_shape_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    return k.Seq("tuple", None, k.Num("python", "int", ()))


@special("srcgrad.runtime.resized")
def resized_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    array, *shape = args
    dims = sizes_of_shape(shape[0] if len(shape) == 1 else k.Seq("tuple", tuple(shape)))
    return k.Num("array", array.dtype, dims) if isinstance(array, k.Num) and dims is not None else None


@special("srcgrad.runtime.with_real", "srcgrad.runtime.with_imag")
def kind_of_the_first(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    return args[0]


@special("numpy.histogram")
def histogram_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """Without weights it counts, and counts carry no derivative; nor do edges that are given as whole numbers."""
    places = ((1, "bins"), (3, "density"), (4, "weights"))
    bins, density, weights = (args[n] if len(args) > n else keywords.get(word, k.NONE) for n, word in places)
    plain = density == k.NONE or isinstance(density, k.Num) and density.value is False
    counts = "int64" if weights == k.NONE and plain else None
    return k.Seq("tuple", (k.Num("array", counts, (k.Sym("?"),)), k.Num("array", edges_dtype(bins), (k.Sym("?"),))))


def edges_dtype(bins: k.Kind) -> str | None:
    """Of the edges for a number of bins, or for edges that are given; None where it may be either."""
    if isinstance(bins, k.Num) and bins.kind in ("array", "any") and bins.dims != ():
        return bins.dtype if bins.rank else None
    if not isinstance(bins, k.Seq):
        return "float64"
    given = k.element_of(bins)
    dtype = given.dtype if isinstance(given, k.Num) else None
    return {"int": "int64", "float": "float64"}.get(dtype or "", dtype)


@special("numpy.take", ".take")
def taken_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """Of positions in a flattened array: there may be larger ones than in the arrays that stand for it."""
    match args:
        case [k.Num("array", str(dtype)), k.Seq("list" | "tuple", items)] if items and not keywords:
            flat = all(isinstance(i, k.Num) and i.is_scalar for i in items)
            return k.Num("array", dtype, (len(items),)) if flat else None
    return None
