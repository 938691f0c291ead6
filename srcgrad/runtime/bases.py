"""Helpers of emitted code: operations along the first axis that are known by their matrices."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import summed_like


def first_axis(m: Any, x: Any) -> Any:
    """The matrix `m` times the first axis of `x`.

    >>> first_axis(np.array([[1.0, 1.0]]), np.array([2.0, 3.0]))
    array([5.])
    """
    return np.tensordot(m, x, (1, 0))


def along_one_axis(m: Any, x: Any, axis: int) -> Any:
    """The matrix `m` times an axis of `x`.

    >>> along_one_axis(np.array([[1.0, 1.0]]), np.array([[2.0, 3.0]]), -1)
    array([[5.]])
    """
    return np.moveaxis(np.tensordot(m, x, (1, axis)), 0, axis)


def coefficients_adjoint(d: Any, basis: Any, c: Any) -> Any:
    """The adjoint of the coefficients of a sum of functions, whose values are along the last axis of `basis`.

    >>> coefficients_adjoint(np.array([1.0, 2.0]), np.array([[1.0, 3.0], [1.0, 4.0]]), np.ones(2))
    array([ 3., 11.])
    """
    row = one_row(c)
    return summed_like(np.tensordot(d, basis, np.ndim(d)), row)


def coefficients_tangent(t: Any, basis: Any) -> Any:
    """The tangent of a sum of functions along that of its coefficients.

    >>> coefficients_tangent(np.array([1.0, 2.0]), np.array([[1.0, 3.0], [1.0, 4.0]]))
    array([7., 9.])
    """
    return np.tensordot(basis, one_row(t), (-1, 0))


def one_row(c: Any) -> Any:
    """The coefficients of one polynomial.

    >>> one_row(np.array([1.0, 2.0]))
    array([1., 2.])
    """
    if np.ndim(c) != 1:
        raise ValueError("no derivative of a polynomial with an array of coefficients; evaluate it row by row")
    return c
