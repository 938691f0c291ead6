"""Helpers of emitted code: polynomials by their coefficients, highest power first."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import summed_like


def tail_like(d: Any, p: Any) -> Any:
    """The derivatives of the last coefficients, as many as `p` has.

    >>> tail_like(np.array([1.0, 2.0, 3.0]), np.ones(2))
    array([2., 3.])
    """
    return summed_like(np.reshape(d[len(d) - np.size(p) :], np.shape(p)), p)


def derivative_adjoint(d: Any, p: Any, m: int = 1) -> Any:
    """The adjoint of `np.polyder`.

    >>> derivative_adjoint(np.array([1.0, 1.0]), np.ones(3))
    array([2., 1., 0.])
    """
    size = len(p)
    for n in range(min(m, size - 1), 0, -1):
        d = np.append(d * np.arange(size - n, 0, -1), 0.0)
    return d if m < size else np.zeros(size)


def integral_adjoint(d: Any, p: Any, m: int = 1) -> Any:
    """The adjoint of `np.polyint`.

    >>> integral_adjoint(np.array([2.0, 3.0, 5.0]), np.ones(2))
    array([1., 3.])
    """
    for _ in range(m):
        d = d[:-1] / np.arange(len(d) - 1, 0, -1)
    return d


def integral_constants(d: Any, m: int, k: Any) -> Any:
    """The adjoint of the constants of `np.polyint`, one for each time it integrates.

    >>> integral_constants(np.array([2.0, 3.0, 5.0]), 2, [0.0, 0.0])
    [np.float64(3.0), np.float64(5.0)]
    """
    found: list[Any] = []
    for _ in range(m):
        found.insert(0, d[-1])
        d = d[:-1] / np.arange(len(d) - 1, 0, -1)
    if np.size(k) != m:
        total = np.reshape(sum(found), np.shape(k))
        return list(total) if isinstance(k, (list, tuple)) else total
    return found if isinstance(k, (list, tuple)) else np.reshape(np.stack(found), np.shape(k))


def one_base(base: Any) -> Any:
    """The base of `np.logspace`, if it is one number.

    >>> one_base(10.0)
    10.0
    """
    if np.ndim(base):
        raise ValueError("np.logspace: no derivative for an array of bases")
    return base


def vander_slope(x: Any, out: Any, increasing: Any = False) -> Any:
    """The derivative of each element of `np.vander(x)`.

    >>> vander_slope(np.array([2.0]), np.ones((1, 3)))
    array([[4., 1., 0.]])
    """
    powers = np.arange(np.shape(out)[1])
    slope = powers * np.power(np.expand_dims(x, 1), np.maximum(powers - 1, 0))
    return (slope if increasing else slope[:, ::-1]).astype(np.asarray(x).dtype, copy=False)
