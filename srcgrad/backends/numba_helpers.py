"""The helpers of emitted code for the numba target; each is copied into modules that stand alone."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, types, vectorize
from numba.extending import overload


@njit
def spread(d: Any, shape: Any) -> Any:
    """`d` in a shape, as an array of its own."""
    return np.broadcast_to(d, shape).copy()


@vectorize  # type: ignore[untyped-decorator]
def masked(d: Any, partial: Any) -> Any:
    """The product of an adjoint and a partial derivative, where zero times infinity is zero."""
    return d * partial if d != 0.0 else d * 0.0


@njit
def add_at(d: Any, index: Any, e: Any) -> None:
    """Add `e` to the elements of `d` that an array of integers picks, as often as it picks them."""
    whole = np.broadcast_to(e, index.shape)
    for n in range(index.size):
        d[index.flat[n]] += whole.flat[n]


def unbroadcast(d: Any, x: Any) -> Any:
    """Sum an adjoint over the dimensions that broadcasting added to, or stretched in, `x`."""


@overload(unbroadcast)
def unbroadcast_typed(d: Any, x: Any) -> Any:
    if not isinstance(x, types.Array):
        return summed if isinstance(d, types.Array) else unchanged
    if not isinstance(d, types.Array) or d.ndim != x.ndim or d.ndim > 2:
        return None
    return fitted_rows if d.ndim == 1 else fitted_matrix


def summed(d: Any, x: Any) -> Any:
    return np.sum(d)


def unchanged(d: Any, x: Any) -> Any:
    return d


def fitted_rows(d: Any, x: Any) -> Any:
    if d.size == x.size:
        return d.copy()
    return np.full(x.shape, np.sum(d))


def fitted_matrix(d: Any, x: Any) -> Any:
    found = np.zeros(x.shape, d.dtype)
    for i in range(d.shape[0]):
        for j in range(d.shape[1]):
            found[min(i, x.shape[0] - 1), min(j, x.shape[1] - 1)] += d[i, j]
    return found
