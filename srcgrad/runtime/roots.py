"""Helpers of emitted code: polynomials, their roots, and polynomials through points."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import summed_like
from .products import convolve_adjoint


def roots_partials(p: Any, out: Any) -> Any:
    """The derivative of each root with respect to each coefficient, highest power first; infinite at multiple roots.

    >>> roots_partials(np.array([1.0, -5.0, 6.0]), np.array([3.0, 2.0]))
    array([[-9., -3., -1.],
           [ 4.,  2.,  1.]])
    """
    slope = np.zeros_like(out)
    value = np.zeros_like(out)
    for c in p:
        value, slope = value * out + c, slope * out + value
    powers = np.arange(len(p) - 1, -1, -1)
    return -np.expand_dims(1.0 / slope, 1) * np.power(np.expand_dims(out, 1), powers)


def poly_partials(zeros: Any) -> Any:
    """The derivative of each coefficient of `np.poly(zeros)` with respect to each root.

    >>> poly_partials(np.array([3.0, 2.0]))
    array([[ 0., -1.,  2.],
           [ 0., -1.,  3.]])
    """
    if np.ndim(zeros) != 1:
        raise ValueError("np.poly: no derivative of the characteristic polynomial; take np.linalg.eigvals first")
    others = [np.atleast_1d(np.poly(np.delete(zeros, n))) for n in range(len(zeros))]
    return np.stack([np.concatenate((np.zeros(1), -c)) for c in others])


def without_leading_zeros(p: Any) -> Any:
    """The coefficients that `np.poly1d` keeps.

    >>> without_leading_zeros(np.array([0.0, 2.0, 0.0]))
    array([2., 0.])
    """
    p = np.atleast_1d(p)
    kept = np.flatnonzero(p)
    return p[kept[0] :] if len(kept) else p[:0]


def polymul_adjoint(d: Any, p: Any, other: Any) -> Any:
    """The adjoint of `p` in `np.polymul(p, other)`; of leading coefficients that are 0 it is 0.

    >>> polymul_adjoint(np.array([1.0, 10.0]), np.array([0.0, 2.0]), np.array([3.0, 4.0]))
    array([ 0., 43.])
    """
    mine, theirs = without_leading_zeros(p), without_leading_zeros(other)
    if len(mine) == 0 or len(theirs) == 0:
        raise ValueError("np.polymul: no derivative where one polynomial is 0")
    found = convolve_adjoint(d, mine, theirs)
    return summed_like(np.reshape(np.append(np.zeros(np.size(p) - len(mine)), found), np.shape(p)), p)


def polymul_tangent(t: Any, p: Any, other: Any) -> Any:
    """The tangent of `np.polymul(p, other)` along that of `p`.

    >>> polymul_tangent(np.array([1.0, 1.0]), np.array([1.0, 2.0]), np.array([3.0, 4.0]))
    array([3., 7., 4.])
    """
    mine, theirs = without_leading_zeros(p), without_leading_zeros(other)
    if len(mine) == 0 or len(theirs) == 0:
        raise ValueError("np.polymul: no derivative where one polynomial is 0")
    return np.convolve(np.atleast_1d(t)[np.size(p) - len(mine) :], theirs)


def fit_tangent(t_a: Any, t_y: Any, a: Any, y: Any, w: Any, c: Any) -> Any:
    """The tangent of the coefficients `c` with the least squares of `w * (a @ c - y)`.

    >>> fit_tangent(np.zeros((2, 1)), np.array([1.0, 3.0]), np.ones((2, 1)), np.zeros(2), 1.0, np.zeros(1))
    array([2.])
    """
    square = row_weights(w * w, y)
    rest = square * (y - np.matmul(a, c))
    moved = np.matmul(t_a.T, rest) + np.matmul(a.T, square * (t_y - np.matmul(t_a, c)))
    return np.linalg.solve(np.matmul(a.T, row_weights(w * w, a) * a), moved)


def row_weights(w: Any, y: Any) -> Any:
    """Weights of the rows of `y`, in a shape that meets it.

    >>> row_weights(np.array([1.0, 2.0]), np.ones((2, 3)))
    array([[1.],
           [2.]])
    """
    return np.expand_dims(w, 1) if np.ndim(w) == 1 and np.ndim(y) == 2 else w


def fit_weights_tangent(t_w: Any, a: Any, y: Any, w: Any, c: Any) -> Any:
    """The tangent of the coefficients `c` with the least squares of `w * (a @ c - y)` along that of `w`.

    >>> fit_weights_tangent(np.array([1.0, 0.0]), np.ones((2, 1)), np.array([1.0, 0.0]), np.ones(2), np.array([0.5]))
    array([0.5])
    """
    moved = np.matmul(a.T, row_weights(2.0 * w * t_w, y) * (y - np.matmul(a, c)))
    return np.linalg.solve(np.matmul(a.T, row_weights(w * w, a) * a), moved)


def fit_adjoints(d: Any, a: Any, y: Any, w: Any, c: Any) -> tuple[Any, Any, Any]:
    """The adjoints of `a`, `y` and `w` in the coefficients `c` with the least squares of `w * (a @ c - y)`.

    >>> fit_adjoints(np.array([1.0]), np.ones((2, 1)), np.array([1.0, 3.0]), 1.0, np.array([2.0]))[1]
    array([0.5, 0.5])
    """
    square = row_weights(w * w, y)
    rest = y - np.matmul(a, c)
    u = np.linalg.solve(np.matmul(a.T, row_weights(w * w, a) * a), d)
    along = np.matmul(a, u)
    if np.ndim(y) == 2:
        d_a = np.matmul(square * rest, u.T) - np.matmul(square * along, c.T)
        return d_a, square * along, np.sum(2.0 * row_weights(w, y) * along * rest, axis=1)
    return np.outer(square * rest, u) - np.outer(square * along, c), square * along, 2.0 * w * along * rest
