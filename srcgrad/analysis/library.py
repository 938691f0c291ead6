"""What a library operation returns: kind, dtype and dimensions of its result.

Elementwise operations broadcast; a few operations give their sizes by rule; of all others the rank and dtype
are found by calling them once on small dummies, so that no rule declares them.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from ..frontend.scope import MISSING, library_object
from ..ir import nodes as ir
from ..rules.declare import Rule
from ..rules.registry import is_elementwise
from ..runtime.records import record
from . import kinds as k

PYTHON = {"float": 1.0, "int": 1, "bool": True, "complex": 1.0 + 0.0j}
DUMMY_SIZE = 2


def dummy(kind: k.Kind) -> Any:
    """An object like the value will be; MISSING where too little is known."""
    match kind:
        case k.Num(_, _, _, _, value) if value is not k.UNSET:
            return value
        case k.Num("python", dtype):
            return PYTHON.get(dtype or "", MISSING)
        case k.Num("scalar", dtype) if dtype is not None:
            return np.dtype(dtype).type(1)
        case k.Num("array", dtype, dims) if dtype is not None and isinstance(dims, tuple):
            return dummy_array(dtype, tuple(d if isinstance(d, int) else DUMMY_SIZE for d in dims))
        case k.Known(value):
            return value
        case k.Seq(kind, items) if items is not None:  # type: ignore[misc]
            found = [dummy(i) for i in items]
            return MISSING if any(f is MISSING for f in found) else (tuple if kind == "tuple" else list)(found)  # type: ignore[comparison-overlap]
        case k.Seq(_, None, element) if element is not None:
            found = [dummy(element)] * DUMMY_SIZE
            return MISSING if found[0] is MISSING else found
    return MISSING


@lru_cache(maxsize=512)
def dummy_array(dtype: str, shape: tuple[int, ...]) -> Any:
    """Identity matrices, so that factorisations and inverses go through."""
    if len(shape) >= 2:
        return np.broadcast_to(np.eye(shape[-2], shape[-1], dtype=dtype), shape)
    return np.ones(shape, dtype)


def kind_of_object(value: Any, name: str | None = None) -> k.Kind:
    """The kind of a live object.  Sizes of named arrays are symbols, except 1; unnamed ones keep their sizes."""
    match value:
        case bool() | int() | float() | complex():
            if type(value) in (bool, int, float, complex):
                return k.Num("python", type(value).__name__, (), value=value if name is None else k.UNSET)
    if isinstance(value, np.generic):
        return k.Num("scalar", value.dtype.name, ()) if value.dtype.kind in "fciub" else k.Known(value)
    if isinstance(value, np.ndarray) and type(value) is np.ndarray:
        if value.dtype.kind not in "fciub":
            return k.Unknown()
        sizes: tuple[k.Dim, ...] = tuple(
            n if n == 1 or name is None else k.Sym(f"{name}.{axis}", 0, True) for axis, n in enumerate(value.shape)
        )
        return k.Num("array", value.dtype.name, sizes)
    if type(value) in (tuple, list):
        items = tuple(kind_of_object(v, f"{name}[{i}]" if name else None) for i, v in enumerate(value))
        return k.Seq(type(value).__name__, items)
    if type(value) is dict and all(isinstance(key, str | int) for key in value):
        return k.Dict(tuple((key, kind_of_object(v, f"{name}[{key!r}]" if name else None)) for key, v in value.items()))
    if type(value) is record:
        pairs = tuple((ir.Field(n), kind_of_object(v, f"{name}.{n}" if name else None)) for n, v in value.items())
        return k.Dict(pairs, None, vars(value)["_srcgrad_class"])
    if value is None or isinstance(value, str | bytes | slice | type(...) | np.dtype | type | range):
        return k.Known(value)
    return k.Obj(value)


def result_kind(op: str, rule: Rule | None, args: list[k.Kind], keywords: dict[str, k.Kind], active: bool) -> k.Kind:
    """The kind of `op(*args, **keywords)`."""
    if any(isinstance(a, k.Never) for a in args):
        return k.Never()
    special = SPECIAL.get(op)
    if special is not None:
        found = special(args, keywords)
        if found is not None:
            return k.with_activity(found, active) if active else found
    if is_elementwise(op, len(args)) and all(isinstance(a, k.Num) for a in args) and not keywords:
        return elementwise_kind(op, [a for a in args if isinstance(a, k.Num)], active)
    return called_kind(op, rule, args, keywords, active)


def elementwise_kind(op: str, args: list[k.Num], active: bool) -> k.Kind:
    dims: k.Dims = ()
    for a in args:
        dims = k.broadcast_dims(dims, a.dims)
    found = scalar_result(op, tuple((a.kind, a.dtype) for a in args)) if safe_to_call(op) else None
    if found is None:
        return k.Num("any", None, dims, active)
    kind, dtype = found
    if any(a.kind == "any" for a in args):
        return k.Num("any", dtype, dims, active)
    return k.Num("array" if dims != () else kind, dtype, dims, active)


@lru_cache(maxsize=4096)
def scalar_result(op: str, operands: tuple[tuple[str, str | None], ...]) -> tuple[str, str] | None:
    """Kind and dtype of an elementwise operation, found on operands of rank 0 and kept."""
    values = []
    for kind, dtype in operands:
        if dtype is None or dtype.startswith(("str", "bytes", "void", "object", "datetime", "timedelta")):
            return None
        if kind == "python":
            values.append(PYTHON[dtype])
        else:
            values.append(np.ones((), dtype) if kind in ("array", "any") else np.dtype(dtype).type(1))  # type: ignore[arg-type]
    result = quiet_call(op, values, {})
    if isinstance(result, bool | int | float | complex) and not isinstance(result, np.generic):
        return "python", type(result).__name__
    if isinstance(result, np.generic | np.ndarray):
        return "scalar", result.dtype.name
    return None


def quiet_call(op: str, args: list[Any], keywords: dict[str, Any]) -> Any:
    """The operation on dummies; MISSING if it raises."""
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            if op.startswith("."):
                return getattr(args[0], op[1:])(*args[1:], **keywords)
            function = library_object(op)
            return MISSING if function is MISSING else function(*args, **keywords)
    except Exception:  # dummies are not real data
        return MISSING


SAFE_TO_CALL = ("numpy.", "scipy.", "math.", "cmath.", "operator.", "builtins.", ".", "statistics.")
NEVER_CALLED = frozenset({"builtins.print", "builtins.input", "builtins.open", "builtins.breakpoint", "builtins.exit"})


def called_kind(
    op: str, rule: Rule | None, args: list[k.Kind], keywords: dict[str, k.Kind], active: bool
) -> k.Kind:
    values = [dummy(a) for a in args]
    named = {name: dummy(v) for name, v in keywords.items()}
    numeric = numeric_result(op) or rule is not None and rule.of_user
    unknown = k.Num("any", None, None, active) if numeric else k.Unknown(active)
    if any(v is MISSING for v in (*values, *named.values())) or not safe_to_call(op):
        return unknown
    result = quiet_call(op, values, named)
    if result is MISSING:
        return unknown
    found = open_sizes(kind_of_object(result))
    return k.activate(found) if active else found


def safe_to_call(op: str) -> bool:
    if op in NEVER_CALLED or op.startswith(
        ("numpy.random", "numpy.save", "numpy.load", "numpy.testing", "numpy.fromfile")
    ):
        return False
    return op.startswith(SAFE_TO_CALL)


def numeric_result(op: str) -> bool:
    return op.startswith(("numpy.", "math.", "operator.", "scipy."))


def open_sizes(kind: k.Kind) -> k.Kind:
    """Sizes and values seen on dummies say nothing of the real ones."""
    match kind:
        case k.Num(kind_, dtype, dims, active):
            sizes = tuple(k.Sym("?") for _ in dims) if isinstance(dims, tuple) else dims
            return k.Num(kind_, dtype, sizes, active)
        case k.Seq(kind_, items) if items is not None:
            found = k.Seq(kind_, tuple(open_sizes(i) for i in items))
            return found if kind_ == "tuple" else k.Seq(kind_, None, k.element_of(found))
        case k.Known(value) if isinstance(value, range):
            return k.Known(range(0))
        case k.Known(value) if isinstance(value, str | bytes):
            return k.TEXT
    return kind


# ----- operations whose sizes follow from their arguments -----

Special = Callable[[list[k.Kind], dict[str, k.Kind]], "k.Kind | None"]
SPECIAL: dict[str, Special] = {}


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
        case k.Num():
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


@special("numpy.zeros", "numpy.ones", "numpy.empty")
def filled_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    shape = args[0] if args else keywords.get("shape")
    dtype = args[1] if len(args) > 1 else keywords.get("dtype")
    dims = sizes_of_shape(shape) if shape is not None else None
    name = dtype_name(dtype)
    return k.Num("array", name, dims) if dims is not None and name is not None else None


@special("numpy.zeros_like", "numpy.ones_like", "numpy.empty_like", "numpy.copy")
def like_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    match args, keywords:
        case [k.Num("array", dtype, dims)], {} if dims is not None:
            return k.Num("array", dtype, dims)
    return None


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
    if not isinstance(args[0], k.Num) or len(args) < 2:
        return None
    shape = args[1] if len(args) == 2 else k.Seq("tuple", tuple(args[1:]))
    dims = sizes_of_shape(shape)
    if dims is None:
        return None
    return k.Num("array", args[0].dtype, tuple(k.Sym("?") if d == -1 else d for d in dims))  # type: ignore[misc]


@special("numpy.transpose", ".transpose", "numpy.matrix_transpose")
def transpose_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    match args, keywords:
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


@special("ndarray.dtype")
def dtype_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    match args:
        case [k.Num("array" | "scalar", str(name))] if name[:1] in "fciub" and hasattr(np, name):
            return k.Known(np.dtype(name))
    return None
