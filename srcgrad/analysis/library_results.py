"""Library operations whose results depend on sizes and values, which small stand-ins for arguments do not show.

The cross product of vectors of length two is a number, that of longer ones a vector; squeezing takes out the axes of
length one; eigenvalues of a real matrix may be complex.
"""

from __future__ import annotations

from dataclasses import replace

from ..ir import nodes as ir
from . import kinds as k
from .library_sizes import constant_axes, reduction_kind, special


@special("numpy.unstack")
def unstacked_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """As many arrays as the axis is long, which nothing tells."""
    if not isinstance(args[0], k.Num):
        return None
    rank = args[0].rank
    part = k.Num("any" if rank is None else "array" if rank > 1 else "scalar", args[0].dtype,
                 None if rank is None else tuple(k.Sym("?") for _ in range(rank - 1)))  # fmt: skip
    return k.Seq("tuple", None, part)


@special("numpy.split", "numpy.array_split", "numpy.hsplit", "numpy.vsplit", "numpy.dsplit")
def pieces_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """A list of arrays, also of three pieces where what stands for the array has two items."""
    if not args or not isinstance(args[0], k.Num):
        return None
    rank = args[0].rank
    sizes = None if rank is None else tuple(k.Sym("?") for _ in range(rank))
    return k.Seq("list", None, k.Num("array", args[0].dtype, sizes))


@special("numpy.gradient")
def slopes_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """One array for each axis; `edge_order` asks for arrays that are longer than those on which functions are tried."""
    if "edge_order" not in keywords or not isinstance(args[0], k.Num):
        return None
    axis = keywords.get("axis", k.Known(None))
    if axis == k.Known(None):
        count = args[0].rank
    else:
        count = 1 if isinstance(axis, k.Num) else len(axis.items or ()) or None if isinstance(axis, k.Seq) else None
    dtype = args[0].dtype if k.carries_derivative(args[0]) else None
    slope = k.Num("array", dtype, tuple(k.Sym("?") for _ in range(args[0].rank)) if args[0].rank else None)
    return None if count is None else slope if count == 1 else k.Seq("tuple", (slope,) * count)


@special("numpy.cross")
def cross_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    match args, keywords:
        case [k.Num(_, _, (*_, 3)) as a, k.Num(_, _, (*_, 3)) as b], {} if a.dtype == b.dtype:
            return k.Num("array", a.dtype, k.broadcast_dims(a.dims, b.dims))
    dtypes = {a.dtype if isinstance(a, k.Num) else None for a in args[:2]}
    return k.Num("any", dtypes.pop() if len(dtypes) == 1 else None)


@special("numpy.squeeze", ".squeeze")
def squeezed_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    x = args[0]
    axis = args[1] if len(args) > 1 else keywords.get("axis", k.NONE)
    if not isinstance(x, k.Num) or not isinstance(x.dims, tuple) or x.kind == "python":
        return None
    if axis == k.NONE and all(isinstance(d, int) for d in x.dims):
        return k.Num(x.kind, x.dtype, tuple(d for d in x.dims if d != 1))
    axes = constant_axes(axis, x.rank) if axis != k.NONE else None
    if axes is None:
        return k.Num(x.kind, x.dtype) if x.dims else x
    return k.Num(x.kind, x.dtype, tuple(d for n, d in enumerate(x.dims) if n not in axes))


@special("numpy.var", "numpy.std", ".var", ".std", "numpy.nanvar", "numpy.nanstd")
def spread_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """Real, also of complex numbers."""
    found = reduction_kind(args, keywords)
    if not isinstance(found, k.Num) or not found.is_complex:
        return found
    return k.Num(found.kind, "float64" if found.dtype == "complex128" else None, found.dims)


@special("numpy.linalg.eigvals", "numpy.roots", "scipy.linalg.eigvals")
def eigenvalues_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """Complex or real: that is in the values."""
    x = args[0] if args else None
    if not isinstance(x, k.Num) or x.is_complex or not isinstance(x.dims, tuple):
        return None
    return k.Num("array", None, x.dims[:-1] if len(x.dims) > 1 else (k.Sym("?"),))


@special("scipy.linalg.cho_factor")
def cholesky_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """A factor, and whether it is the lower one."""
    return k.Seq("tuple", (factor_kind(args), k.Num("python", "bool", ())))


@special("scipy.linalg.lu_factor")
def factors_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """Two factors in one matrix, and how the rows were exchanged."""
    return k.Seq("tuple", (factor_kind(args), k.Num("array", "int32", (k.Sym("?"),))))


def factor_kind(args: list[k.Kind]) -> k.Num:
    dtype = args[0].dtype if args and isinstance(args[0], k.Num) and k.carries_derivative(args[0]) else None
    return k.Num("array", dtype, (k.Sym("?"), k.Sym("?")))


@special("scipy.linalg.sqrtm", "scipy.linalg.logm")
def root_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """Complex or real: that is in the values."""
    x = args[0] if args else None
    if not isinstance(x, k.Num) or x.is_complex:
        return None
    return k.Num("array", None, x.dims)


@special("numpy.linalg.eig", "scipy.linalg.eig")
def eigenvectors_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    x = args[0] if args else None
    if not isinstance(x, k.Num) or x.is_complex or keywords or len(args) > 1:
        return None
    values = x.dims[:-1] if isinstance(x.dims, tuple) else None
    return k.Seq("tuple", (k.Num("array", None, values), k.Num("array", None, x.dims)))


@special("numpy.i0")
def array_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """An array, also of a number."""
    match args:
        case [k.Num(_, str(dtype), ()) as x] if k.carries_derivative(x):
            return k.Num("array", {"float": "float64"}.get(dtype, dtype), ())
    return None


@special("numpy.real", "numpy.imag")
def kept_array_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """Of an array without axes an array, and no number."""
    match args:
        case [k.Num("array", dtype, ())]:
            return k.Num("array", {"complex128": "float64", "complex64": "float32"}.get(dtype or "", dtype), ())
    return None


FIELDS = {"sign": 0, "logabsdet": 1, "eigenvalues": 0, "eigenvectors": 1, "Q": 0, "R": 1, "U": 0, "S": 1, "Vh": 2}


def field_of_result(e: ir.Attribute, base: k.Kind) -> ir.Index | None:
    """`np.linalg.svd(a).S` as the part of a tuple that it is: no other tuple has attributes of such names."""
    n = FIELDS.get(e.name)
    if n is None or not isinstance(base, k.Seq) or base.kind != "tuple" or n >= len(base.items or ()):
        return None
    return ir.Index(e.base, ir.Const(n))


@special("builtins.max", "builtins.min")
def extreme_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """Of whole and other numbers it may be one of the others: `max(1, x)`."""
    match args:
        case [k.Seq(_, items)]:
            args = list(items or ())
    numbers = [a for a in args if isinstance(a, k.Num)]
    if keywords or len(numbers) < len(args) or all(a.value is not k.UNSET for a in numbers):
        return None
    inexact = [a for a in numbers if k.carries_derivative(a)]
    if len(inexact) in (0, len(numbers)):
        return None
    found = inexact[0]
    for a in inexact[1:]:
        found = k.join_numbers(found, a)
    return replace(found, value=k.UNSET)
