"""Objects whose classes say themselves what operators mean: matrices, masked arrays, sparse matrices, user numbers.

Where one of them is a constant of the program and meets a value that carries a derivative, no rule holds: `*` may be a
product of matrices, or anything else.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from types import FunctionType
from typing import Any

import numpy as np

from ..frontend.bindings import root_package
from ..frontend.operators import BINARY, UNARY
from . import kinds as k

AS_NUMBERS = (Fraction,)  # with floats, they are floats
OPERATORS = {f"__{op.removeprefix('operator.').rstrip('_')}__" for op in (*BINARY.values(), *UNARY.values())}
REFLECTED = {f"__r{name[2:]}" for name in OPERATORS}
PLAIN = frozenset({
    "toarray", "sum", "mean", "max", "min", "trace", "diagonal", "item", "tolist", "filled", "compressed",
})  # fmt: skip
OF_NUMPY = ("__array_ufunc__", "__array_function__", "__array_priority__")


class Like:
    """Stands for an object that is made of one with arithmetic of its own, and has that too."""

    __array_ufunc__ = None

    def __init__(self, cls: type) -> None:
        self.cls = cls


def made_of(kind: k.Kind, name: str) -> k.Kind:
    """What a method of an object gives, of which no more is known."""
    cls = own_arithmetic([kind]) if name not in PLAIN else None
    return k.Obj(Like(cls)) if cls is not None else k.Unknown()


def item_of(kind: k.Kind) -> k.Kind:
    """What brackets take out of a matrix, or of what is like one."""
    cls = own_arithmetic([kind])
    if cls is not None and (issubclass(cls, np.ndarray) or root_package(cls.__module__) == "scipy"):
        return k.Obj(Like(cls))
    return k.Unknown()


def own_arithmetic(kinds: Iterable[k.Kind]) -> Any:
    """The class of the first object that has arithmetic of its own; None if there is none."""
    for kind in kinds:
        match kind:
            case k.Obj(Like() as value):
                return value.cls
            case k.Obj(value) if has_own(value):
                return type(value)
            case k.Seq(_, items, element) if (found := own_arithmetic(items or (element or k.Unknown(),))):
                return found
    return None


def has_own(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return type(value) is not np.ndarray
    if isinstance(value, AS_NUMBERS):
        return False
    cls = type(value)
    return any(hasattr(cls, n) for n in OF_NUMPY) or any(
        isinstance(vars(c).get(n), FunctionType) for c in cls.__mro__ for n in OPERATORS | REFLECTED
    )


def way_out(cls: type) -> str:
    if issubclass(cls, np.ma.MaskedArray):
        return "Pass its data and its mask as plain arrays, for example to np.where."
    if issubclass(cls, np.ndarray):
        return "Pass a plain array: np.asarray(...) of it."
    if root_package(cls.__module__) == "scipy":
        return "Pass its `.toarray()`, or declare a rule for a function of your own that computes the product."
    return "Pass the numbers it holds."
