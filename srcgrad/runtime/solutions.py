"""Helpers of emitted code: derivatives of the solution of an equation."""

from __future__ import annotations

from typing import Any

import numpy as np


def solution(x: Any, residual: Any, slope: Any) -> Any:
    """`x`, where `residual` is zero and has the derivative `slope`; its own derivative follows from theirs.

    >>> solution(np.array([3.0]), np.array([0.0]), np.array([[2.0]]))
    array([3.])
    """
    if np.shape(residual) != np.shape(x):
        raise ValueError(f"the equation has the shape {np.shape(residual)}, its solution {np.shape(x)}")
    return np.array(x) if isinstance(x, np.ndarray) else x


def held(x: Any) -> Any:
    """`x`, without a derivative where it stands; what is written for it is `x` alone, which has one again.

    >>> held(2.0)
    2.0
    """
    return x


def solution_adjoint(d: Any, slope: Any) -> Any:
    """The adjoint of the equation, from that of its solution.

    >>> solution_adjoint(np.array([1.0]), np.array([[2.0]]))
    array([-0.5])
    """
    return np.reshape(-np.linalg.solve(np.transpose(slope), np.ravel(d)), np.shape(d))[()]


def solution_tangent(t: Any, slope: Any) -> Any:
    """The tangent of the solution, from that of its equation.

    >>> solution_tangent(np.array([1.0]), np.array([[2.0]]))
    array([-0.5])
    """
    if np.shape(slope)[0] != np.shape(slope)[1]:
        raise ValueError(f"the equation has {np.shape(slope)[0]} numbers, its solution {np.shape(slope)[1]}")
    return np.reshape(-np.linalg.solve(slope, np.ravel(t)), np.shape(t))[()]
