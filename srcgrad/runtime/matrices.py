"""Helpers of emitted code: solutions, inverses, determinants and powers of matrices."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import summed_like
from .reductions import prod_partials


def transposed(a: Any) -> Any:
    """A matrix, or each of a stack of matrices, transposed.

    >>> transposed(np.array([[1.0, 2.0], [3.0, 4.0]]))
    array([[1., 3.],
           [2., 4.]])
    """
    return np.swapaxes(a, -1, -2)


def adjoint_matrix(a: Any) -> Any:
    """The conjugate transpose of a matrix, or of each of a stack of matrices.

    >>> adjoint_matrix(np.array([[1.0, 2.0j]]))
    array([[1.-0.j],
           [0.-2.j]])
    """
    return np.conj(np.swapaxes(a, -1, -2))


def solve_like(a: Any, right: Any, b: Any) -> Any:
    """`np.linalg.solve(a, right)`, where `right` holds vectors if `b` is a vector, and matrices if not.

    >>> solve_like(np.array([np.eye(2), 2.0 * np.eye(2)]), np.ones((2, 2)), np.ones(2))
    array([[1. , 1. ],
           [0.5, 0.5]])
    """
    if np.ndim(b) == 1:
        return np.linalg.solve(a, np.expand_dims(right, -1))[..., 0]
    return np.linalg.solve(a, right)


def solve_adjoint_matrix(d_b: Any, out: Any, b: Any) -> Any:
    """The adjoint of the matrix in `np.linalg.solve(a, b)`, from that of the right side.

    >>> solve_adjoint_matrix(np.array([1.0, 2.0]), np.array([3.0, 4.0]), np.ones(2))
    array([[-3., -4.],
           [-6., -8.]])
    """
    if np.ndim(b) == 1:
        return -np.expand_dims(d_b, -1) * np.expand_dims(out, -2)
    return -np.matmul(d_b, transposed(out))


def solve_tangent(t_a: Any, a: Any, out: Any, b: Any) -> Any:
    """The tangent of `np.linalg.solve(a, b)` along that of the matrix.

    >>> solve_tangent(np.eye(2), np.eye(2), np.array([3.0, 4.0]), np.ones(2))
    array([-3., -4.])
    """
    if np.ndim(b) == 1:
        return -solve_like(a, np.matmul(t_a, np.expand_dims(out, -1))[..., 0], b)
    return -np.linalg.solve(a, np.matmul(t_a, out))


def cofactors(a: Any) -> Any:
    """The derivative of the determinant with respect to each element, also of a singular matrix.

    >>> np.round(cofactors(np.array([[1.0, 2.0], [3.0, 6.0]])), 12)
    array([[ 6., -3.],
           [-2.,  1.]])
    """
    u, s, v = np.linalg.svd(a)
    sign = np.linalg.det(u) * np.linalg.det(v)
    minors = np.expand_dims(sign, -1) * prod_partials(s, -1)
    return np.matmul(np.conj(u) * np.expand_dims(minors, -2), np.conj(v))


def slogdet_adjoint(d: Any, a: Any, out: Any) -> Any:
    """The adjoint of `np.linalg.slogdet`: the sign of a complex determinant varies with the matrix.

    >>> slogdet_adjoint([0.0, 1.0], 2.0 * np.eye(2), [1.0, 1.4])
    array([[0.5, 0. ],
           [0. , 0.5]])
    """
    trace = d[1] + 1j * np.imag(d[0] * out[0]) if np.iscomplexobj(a) else d[1]
    return np.expand_dims(trace, (-1, -2)) * transposed(np.linalg.inv(a))


def slogdet_tangent(t: Any, a: Any, out: Any) -> tuple[Any, Any]:
    """The tangent of `np.linalg.slogdet`.

    >>> slogdet_tangent(np.eye(2), np.eye(2), [1.0, 0.0])
    (np.float64(0.0), np.float64(2.0))
    """
    trace = np.trace(np.linalg.solve(a, t), axis1=-2, axis2=-1)
    sign = 1j * np.imag(trace) * out[0] if np.iscomplexobj(a) else np.imag(trace)
    return sign, np.real(trace)


def block_pieces(d: Any, blocks: Any) -> list[Any]:
    """The parts of `d` at the places of the blocks of a block-diagonal matrix, which may be numbers and rows.

    >>> block_pieces(np.array([[1.0, 2.0], [3.0, 4.0]]), (1.0, np.ones((1, 1))))
    [np.float64(1.0), array([[4.]])]
    """
    found: list[Any] = []
    row = column = 0
    for block in blocks:
        rows, columns = np.shape(np.atleast_2d(block))
        part = d[row : row + rows, column : column + columns]
        found.append(summed_like(np.reshape(part, np.shape(block)), block))
        row, column = row + rows, column + columns
    return found
