"""Helpers of emitted code: derivatives of the solution of an equation, and of what has none."""

from __future__ import annotations

from typing import Any

import numpy as np


class EquationError(ValueError):
    """An equation from which the derivative of its solution does not follow."""


def require_solution(x: Any, solver: str) -> None:
    """Refuse what is no solution; the text of its solver does not say what it is.

    >>> require_solution(np.array([3.0]), "solve")
    """
    if not isinstance(x, (float, np.ndarray, np.generic)):
        raise EquationError(f"`{solver}` returned a {type(x).__name__}; return an array of floats, or a float")


def solution(x: Any, residual: Any, slope: Any, solver: str) -> Any:
    """`x`, where `residual` is zero and has the derivative `slope`; its own derivative follows from theirs.

    >>> solution(np.array([3.0]), np.array([0.0]), np.array([[2.0]]), "solve")
    array([3.])
    """
    if np.shape(residual) != np.shape(x):
        raise EquationError(
            f"the equation of `{solver}` has the shape {np.shape(residual)}, its solution {np.shape(x)}"
        )
    if np.result_type(residual).kind != "f":
        raise EquationError(f"the equation of `{solver}` is not real; take real and imaginary parts apart")
    return np.array(x) if isinstance(x, np.ndarray) else x


def held(x: Any) -> Any:
    """`x`, without a derivative where it stands; what is written for it is `x` alone, which has one again.

    >>> held(2.0)
    2.0
    """
    return x


def stopped(x: Any) -> Any:
    """`x`, without a derivative, however often what is written is differentiated.

    >>> stopped(2.0)
    2.0
    """
    return x


def solution_adjoint(d: Any, slope: Any, solver: str) -> Any:
    """The adjoint of the equation, from that of its solution.

    >>> solution_adjoint(np.array([1.0]), np.array([[2.0]]), "solve")
    array([-0.5])
    """
    size = np.size(d)
    return np.reshape(-solve_equation(np.reshape(slope, (size, size)).T, np.ravel(d), solver), np.shape(d))[()]


def solution_tangent(t: Any, slope: Any, solver: str) -> Any:
    """The tangent of the solution, from that of its equation.

    >>> solution_tangent(np.array([1.0]), np.array([[2.0]]), "solve")
    array([-0.5])
    """
    size = np.size(t)
    if np.size(slope) != size * size:
        found = np.shape(slope)[np.ndim(t) :]
        raise EquationError(f"the equation of `{solver}` has the shape {np.shape(t)}, its solution {found}")
    return np.reshape(-solve_equation(np.reshape(slope, (size, size)), np.ravel(t), solver), np.shape(t))[()]


def solve_equation(a: Any, b: Any, solver: str) -> Any:
    """`np.linalg.solve` with the derivative of an equation.

    >>> solve_equation(np.array([[2.0]]), np.array([1.0]), "solve")
    array([0.5])
    """
    try:
        return np.linalg.solve(a, b)
    except np.linalg.LinAlgError:
        reason = "does not fix its solution: its derivative by the solution is singular there"
        raise EquationError(f"the equation of `{solver}` {reason}") from None
