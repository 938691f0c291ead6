"""The dimensions of arrays, as far as they are known before the program runs.

A size is 1, another int, or a symbol (axis of an argument, offset): `u[1:]` of u with n elements has n - 1.
Two equal sizes are equal at run time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union


@dataclass(frozen=True, slots=True)
class Sym:
    """A length that is only known when the program runs, plus `offset`; `above_one`: it is never 1."""

    name: str
    offset: int = 0
    above_one: bool = False


Dim = Union[int, Sym]
Dims = Union[tuple[Dim, ...], str, None]


def join_dims(a: Dims, b: Dims) -> Dims:
    if a == b:
        return a
    if not isinstance(a, tuple) or not isinstance(b, tuple) or len(a) != len(b):
        return None
    return tuple(x if x == y else Sym("?", 0, never_one(x) and never_one(y)) for x, y in zip(a, b, strict=True))


def same_size(a: Dim, b: Dim) -> bool:
    """Certainly equal at run time; a size called "?" is equal to nothing."""
    return a == b and not (isinstance(a, Sym) and a.name == "?")


def never_one(d: Dim) -> bool:
    return d != 1 if isinstance(d, int) else d.above_one and d.offset == 0


def broadcast_dims(a: Dims, b: Dims) -> Dims:
    """The sizes of an elementwise result (NumPy's broadcasting rule)."""
    if a == () or a == b:
        return b
    if b == ():
        return a
    if not isinstance(a, tuple) or not isinstance(b, tuple):
        return None
    n = max(len(a), len(b))
    left = (1,) * (n - len(a)) + a
    right = (1,) * (n - len(b)) + b
    return tuple(broadcast_dim(x, y) for x, y in zip(left, right, strict=True))


def broadcast_dim(x: Dim, y: Dim) -> Dim:
    if x == 1 or same_size(x, y):
        return y
    if y == 1 or never_one(x):
        return x
    return y if never_one(y) else Sym("?")


def same_shape(a: Dims, b: Dims) -> bool:
    """Whether two values certainly have the same shape."""
    if not isinstance(a, tuple) or not isinstance(b, tuple):
        return a is not None and a == b
    return len(a) == len(b) and all(same_size(x, y) for x, y in zip(a, b, strict=True))


def fits(operand: Dims, result: Dims) -> bool:
    """Whether an operand of an elementwise operation certainly has the shape of the result."""
    if not isinstance(operand, tuple) or not isinstance(result, tuple):
        return operand is not None and operand == result
    return len(operand) == len(result) and all(
        same_size(x, y) or never_one(x) for x, y in zip(operand, result, strict=True)
    )
