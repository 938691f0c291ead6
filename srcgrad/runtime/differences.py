"""Helpers of emitted code: differences and integrals."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import unbroadcast
from .reductions import diff_adjoint, reduced_axes


def gradient_adjoint(d: Any, f: Any, spacing: Any, axis: Any = None, edge_order: Any = 1) -> Any:
    """The adjoint of `np.gradient(f, *spacing, axis=axis)`.

    >>> gradient_adjoint(np.array([1.0, 0.0, 0.0]), np.ones(3), ())
    array([-1.,  1.,  0.])
    """
    axes = reduced_axes(f, axis)
    parts = [d] if len(axes) == 1 else list(d)
    steps = [1.0] * len(axes) if len(spacing) == 0 else list(spacing) * (len(axes) if len(spacing) == 1 else 1)
    along = [gradient_adjoint_along(*p, edge_order) for p in zip(parts, steps, axes, strict=True)]
    return np.sum(along, axis=0)


def gradient_adjoint_along(d: Any, step: Any, axis: int, edge_order: Any) -> Any:
    """The adjoint of `np.gradient` along one axis.

    Each difference is made of three neighbours, so three combs of ones tell all coefficients.

    >>> gradient_adjoint_along(np.array([0.0, 1.0, 0.0]), 1.0, 0, 1)
    array([-0.5,  0. ,  0.5])
    """
    d = np.moveaxis(d, axis, 0)
    n, found = len(d), np.zeros_like(d)
    combs = np.arange(3)[:, None] == np.arange(n) % 3
    coefficients = np.gradient(combs * 1.0, step, axis=1, edge_order=edge_order).astype(np.real(d).dtype)
    first = np.clip(np.arange(n) - 1, 0, max(n - 3, 0))
    for k in range(3):
        column = np.reshape(coefficients[k], (n, *[1] * (d.ndim - 1)))
        np.add.at(found, np.minimum(first + (k - first) % 3, n - 1), column * d)
    return np.moveaxis(found, 0, axis)


def trapezoid_weights(y: Any, x: Any = None, dx: Any = 1.0, axis: int = -1) -> Any:
    """The derivative of `np.trapezoid` with respect to each ordinate.

    >>> trapezoid_weights(np.ones(3))
    array([0.5, 1. , 0.5])
    """
    axis = axis % np.ndim(y)
    if np.shape(y)[axis] == 0:
        return np.zeros_like(y)
    shape = [np.shape(y)[n] - 1 if n == axis else 1 for n in range(np.ndim(y))]
    if x is None:
        steps = np.full(shape, dx, np.result_type(np.asarray(np.real(y)), dx))
    else:
        steps = np.reshape(np.diff(x), shape) if np.ndim(x) == 1 else np.diff(x, axis=axis)
    ends = [[(1 - late, late) if n == axis else (0, 0) for n in range(np.ndim(y))] for late in (0, 1)]
    return 0.5 * (np.pad(steps, ends[0]) + np.pad(steps, ends[1]))


def trapezoid_step(y: Any, x: Any = None, axis: int = -1) -> Any:
    """The derivative of `np.trapezoid` with respect to `dx`, which counts only without abscissae.

    >>> trapezoid_step(np.array([1.0, 3.0]))
    np.float64(2.0)
    """
    return np.trapezoid(y, axis=axis) if x is None else 0.0


def trapezoid_adjoint(d: Any, y: Any, x: Any, axis: int = -1) -> Any:
    """The adjoint of the abscissae `x` of `np.trapezoid(y, x)`.

    >>> trapezoid_adjoint(1.0, np.array([1.0, 3.0]), np.array([0.0, 1.0]))
    array([-2.,  2.])
    """
    y = np.moveaxis(y, axis, -1)
    whole = diff_adjoint(0.5 * (y[..., 1:] + y[..., :-1]) * np.expand_dims(d, -1), y)
    return unbroadcast(whole if np.ndim(x) == 1 else np.moveaxis(whole, -1, axis), x)
