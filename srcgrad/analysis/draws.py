"""What random draws give: an array where a size is asked for, a number where none is.

    w = rng.normal(size=(3, n))         an array of two dimensions, so that `w += step` changes it in place
    p = random_state.rand()             a number
"""

from __future__ import annotations

import numpy as np

from . import kinds as k

# The position of the size among the arguments, and the dtype of what is drawn.
DRAWN: dict[str, tuple[int, str]] = {
    **dict.fromkeys(("random", "random_sample", "standard_normal", "standard_exponential"), (0, "float64")),
    **dict.fromkeys(("exponential", "rayleigh", "standard_gamma", "standard_t"), (1, "float64")),
    **dict.fromkeys(("normal", "uniform", "beta", "gamma", "laplace", "logistic", "lognormal"), (2, "float64")),
    "triangular": (3, "float64"), "poisson": (1, "int64"), "binomial": (2, "int64"),
    "integers": (2, "int64"), "randint": (2, "int64"),
}  # fmt: skip
DIMENSIONS = ("rand", "randn")  # the arguments are the size
MODULE = "numpy.random."


def drawn_kind(op: str, args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Num | None:
    """The kind of what `np.random.normal(...)` or `.normal` of a generator gives; None where it is not known."""
    name = op.removeprefix(MODULE) if op.startswith(MODULE) else op[1:]
    if not op.startswith(MODULE):
        if not op.startswith(".") or not args or not is_generator(args[0]):
            return None
        args = args[1:]
    if name in DIMENSIONS and not keywords:
        return drawn(k.Seq("tuple", tuple(args)), "float64") if args else k.Num("python", "float", ())
    if name in OF_ARGUMENTS:
        size = args[SIZE[name]] if len(args) > SIZE[name] else keywords.get("size", k.NONE)
        return OF_ARGUMENTS[name](args[0], size) if args else None
    if name not in DRAWN or set(keywords) - {"size", "loc", "scale", "low", "high"}:
        return None
    position, dtype = DRAWN[name]
    if len(args) > position + 1:  # the dtype
        return None
    size = args[position] if len(args) > position else keywords.get("size", k.Known(None))
    if size == k.Known(None):
        parameters = [*args[:position], *(v for n, v in keywords.items() if n != "size")]
        numbers = all(isinstance(a, k.Num) and a.is_scalar for a in parameters)
        return k.Num("python", "float", ()) if numbers and dtype == "float64" else None
    return drawn(size, dtype)


def drawn(size: k.Kind, dtype: str) -> k.Num | None:
    match size:
        case k.Seq("tuple" | "list", items) if items is not None and all(isinstance(i, k.Num) for i in items):
            return k.Num("array", dtype, tuple(k.Sym("?") for _ in items))
        case k.Seq("tuple" | "list"):
            return k.Num("array", dtype)
        case k.Num() if size.is_scalar:
            return k.Num("array", dtype, (k.Sym("?"),))
    return None


def chosen(of: k.Kind, size: k.Kind) -> k.Num | None:
    """Items of a list or of an array of one dimension, or of the numbers below one."""
    match of:
        case k.Num(dtype=str("int" | "int64")) if of.is_scalar:
            dtype: str | None = "int64"
        case k.Num("array", str(), (_,)):
            dtype = of.dtype
        case k.Seq():
            dtype = {"float": "float64", "int": "int64"}.get(getattr(k.element_of(of), "dtype", None) or "")
        case _:
            return None
    if dtype is None or size == k.NONE:
        return k.Num("scalar", dtype, ()) if dtype == "float64" else None
    return drawn(size, dtype)


def permuted(of: k.Kind, size: k.Kind) -> k.Num | None:
    match of:
        case k.Num(dtype=str("int" | "int64")) if of.is_scalar:
            return k.Num("array", "int64", (k.Sym("?"),))
        case k.Num("array", str(), tuple()):
            return of
    return None


def of_several(mean: k.Kind, size: k.Kind) -> k.Num | None:
    """Vectors, one or as many as a size says."""
    found = k.Num("array", "float64", ()) if size == k.NONE else drawn(size, "float64")
    dims = None if found is None else found.dims
    return k.Num("array", "float64", (*dims, k.Sym("?"))) if isinstance(dims, tuple) else None


OF_ARGUMENTS = {"choice": chosen, "permutation": permuted, "multivariate_normal": of_several}
SIZE = {"choice": 1, "permutation": 2, "multivariate_normal": 2}  # the position of the size


def is_generator(kind: k.Kind) -> bool:
    """Whether what has a method of these names draws numbers: no array has, and objects of users are other kinds."""
    match kind:
        case k.Num("any", active=False):
            return True
        case k.Obj(value):
            return isinstance(value, np.random.Generator | np.random.RandomState)
    return False
