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


def is_generator(kind: k.Kind) -> bool:
    """Whether what has a method of these names draws numbers: no array has, and objects of users are other kinds."""
    match kind:
        case k.Num("any", active=False):
            return True
        case k.Obj(value):
            return isinstance(value, np.random.Generator | np.random.RandomState)
    return False
