"""Helpers of emitted code: systems solved with factors of SciPy, functions of matrices, matrices with structure."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import summed_like
from .factors import cholesky_adjoint, cholesky_tangent
from .matrices import transposed


def one_matrix(a: Any) -> Any:
    """A matrix, and no stack of them.

    >>> one_matrix(np.eye(1))
    array([[1.]])
    """
    if np.ndim(a) != 2:
        raise ValueError("scipy.linalg: no derivative for stacks of matrices; use the function of np.linalg")
    return a


def right_side(b: Any) -> Any:
    """A vector, or vectors as columns, and no stack of them.

    >>> right_side(np.ones(1))
    array([1.])
    """
    if np.ndim(b) > 2:
        raise ValueError("scipy.linalg: no derivative for stacks of matrices; use the function of np.linalg")
    return b


def blocked(a: Any, t: Any) -> Any:
    """A matrix of blocks, of which a function has its own derivative along `t` at the upper right.

    >>> blocked(np.array([[1.0]]), np.array([[2.0]]))
    array([[1., 2.],
           [0., 1.]])
    """
    low = np.concatenate((np.zeros_like(a), a), -1)
    return np.concatenate((np.concatenate((a, t), -1), low), -2)


def upper_right(m: Any) -> Any:
    """The block at the upper right of four.

    >>> upper_right(np.array([[1.0, 2.0], [0.0, 1.0]]))
    array([[2.]])
    """
    n = np.shape(m)[-1] // 2
    return m[..., :n, n:]


def triangle(m: Any, lower: Any) -> Any:
    """One triangle of a matrix.

    >>> triangle(np.ones((2, 2)), False)
    array([[1., 1.],
           [0., 1.]])
    """
    return np.tril(m) if lower else np.triu(m)


def factored_adjoint(d: Any, c: Any, lower: Any) -> Any:
    """The adjoint of the matrix in `scipy.linalg.cho_factor`, which leaves the other triangle as it was.

    >>> factored_adjoint(np.array([[1.0]]), np.array([[2.0]]), True)
    array([[0.25]])
    """
    own = triangle(d, lower)
    return cholesky_adjoint(own, triangle(c, lower), not lower) + (d - own)


def factored_tangent(t: Any, c: Any, lower: Any) -> Any:
    """The tangent of the matrix that `scipy.linalg.cho_factor` gives.

    >>> factored_tangent(np.array([[1.0]]), np.array([[2.0]]), True)
    array([[0.25]])
    """
    return triangle(cholesky_tangent(t, triangle(c, lower), not lower), lower) + (t - triangle(t, lower))


def factor_adjoint(d_b: Any, out: Any, c: Any, lower: Any) -> Any:
    """The adjoint of the factor in `scipy.linalg.cho_solve`, from that of the right side.

    >>> factor_adjoint(np.array([1.0]), np.array([3.0]), np.array([[2.0]]), True)
    array([[-12.]])
    """
    whole = -np.outer(d_b, out) if np.ndim(out) == 1 else -np.matmul(d_b, out.T)
    whole = whole + whole.T
    return np.tril(np.matmul(whole, np.tril(c))) if lower else np.triu(np.matmul(np.triu(c), whole))


def factor_product(t: Any, c: Any, lower: Any) -> Any:
    """The tangent of the matrix with the Cholesky factor `c` along that of the factor.

    >>> factor_product(np.array([[1.0]]), np.array([[2.0]]), True)
    array([[4.]])
    """
    t, c = triangle(t, lower), triangle(c, lower)
    return t @ c.T + c @ t.T if lower else t.T @ c + c.T @ t


def band_product(ab: Any, lower: int, upper: int, x: Any) -> Any:
    """A matrix in banded form, as `scipy.linalg.solve_banded` has it, times `x`.

    >>> band_product(np.array([[0.0, 5.0], [1.0, 2.0]]), 0, 1, np.array([1.0, 10.0]))
    array([51., 20.])
    """
    n = np.shape(ab)[1]
    found = np.zeros_like(x)
    for k in range(-upper, lower + 1):
        columns = np.arange(max(-k, 0), n - max(k, 0))
        row = ab[upper + k, columns]
        found[columns + k] += (np.expand_dims(row, 1) if np.ndim(x) == 2 else row) * x[columns]
    return found


def band_transposed(ab: Any, lower: int, upper: int) -> Any:
    """The transpose of a matrix in banded form.

    >>> band_transposed(np.array([[0.0, 5.0], [1.0, 2.0]]), 0, 1)
    array([[1., 2.],
           [5., 0.]])
    """
    n = np.shape(ab)[1]
    found = np.zeros_like(ab)
    for k in range(-upper, lower + 1):
        columns = np.arange(max(-k, 0), n - max(k, 0))
        found[lower - k, columns + k] = ab[upper + k, columns]
    return found


def band_adjoint(d_b: Any, out: Any, ab: Any, lower: int, upper: int) -> Any:
    """The adjoint of a banded matrix in `scipy.linalg.solve_banded`, from that of the right side.

    >>> band_adjoint(np.array([1.0, 2.0]), np.array([3.0, 4.0]), np.ones((2, 2)), 0, 1)
    array([[ 0., -4.],
           [-3., -8.]])
    """
    n = np.shape(ab)[1]
    found = np.zeros(np.shape(ab), np.result_type(d_b, out))
    for k in range(-upper, lower + 1):
        columns = np.arange(max(-k, 0), n - max(k, 0))
        pairs = d_b[columns + k] * out[columns]
        found[upper + k, columns] = -np.sum(pairs, axis=1) if np.ndim(out) == 2 else -pairs
    return found


def toeplitz_adjoints(d: Any, c: Any, r: Any) -> tuple[Any, Any]:
    """The adjoints of the first column and row in `scipy.linalg.toeplitz`; the row may be None, for the conjugate.

    >>> toeplitz_adjoints(np.array([[1.0, 2.0], [4.0, 8.0]]), np.ones(2), None)[0]
    array([9., 6.])
    """
    if np.ndim(c) > 1 or np.ndim(r) > 1:
        raise ValueError("scipy.linalg.toeplitz: no derivative for stacks of matrices")
    rows, columns = np.shape(d)
    apart = np.arange(rows)[:, None] - np.arange(columns)
    first = np.zeros(rows, np.result_type(d))
    second = np.zeros(columns, np.result_type(d))
    np.add.at(first, np.where(apart >= 0, apart, 0), np.where(apart >= 0, d, 0.0))
    np.add.at(second, np.where(apart < 0, -apart, 0), np.where(apart < 0, d, 0.0))
    if r is None:
        return summed_like(np.reshape(first + np.conj(second), np.shape(c)), c), None
    return summed_like(np.reshape(first, np.shape(c)), c), summed_like(np.reshape(second, np.shape(r)), r)


def lu_parts(lu: Any) -> tuple[Any, Any]:
    """The lower and the upper factor that `scipy.linalg.lu_factor` gives in one matrix.

    >>> lu_parts(np.array([[2.0, 3.0], [0.5, 4.0]]))[0]
    array([[1. , 0. ],
           [0.5, 1. ]])
    """
    return np.tril(lu, -1) + np.eye(np.shape(lu)[-1]), np.triu(lu)


def row_order(pivots: Any) -> Any:
    """The order of rows after the exchanges that `scipy.linalg.lu_factor` gives.

    >>> row_order([1, 2, 2])
    array([1, 2, 0])
    """
    order = np.arange(len(pivots))
    for n, m in enumerate(pivots):
        order[[n, m]] = order[[m, n]]
    return order


def lu_adjoint(d: Any, a: Any, out: Any) -> Any:
    """The adjoint of the square matrix in `scipy.linalg.lu_factor`.

    >>> lu_adjoint([np.array([[1.0]]), None], np.array([[2.0]]), [np.array([[2.0]]), np.array([0])])
    array([[1.]])
    """
    if np.ndim(a) != 2 or np.shape(a)[0] != np.shape(a)[1]:
        raise ValueError("scipy.linalg.lu_factor: no derivative for stacks, and for a matrix that is not square")
    low, high = lu_parts(out[0])
    inner = np.tril(np.matmul(low.T, np.tril(d[0], -1)), -1) + np.triu(np.matmul(np.triu(d[0]), high.T))
    whole = transposed(np.linalg.solve(high, transposed(np.linalg.solve(low.T, inner))))
    return whole[np.argsort(row_order(out[1]))]


def lu_tangent(t: Any, a: Any, out: Any) -> tuple[Any, Any]:
    """The tangent of `scipy.linalg.lu_factor` of a square matrix.

    >>> lu_tangent(np.array([[1.0]]), np.array([[2.0]]), [np.array([[2.0]]), np.array([0])])[0]
    array([[1.]])
    """
    if np.ndim(a) != 2 or np.shape(a)[0] != np.shape(a)[1]:
        raise ValueError("scipy.linalg.lu_factor: no derivative for stacks, and for a matrix that is not square")
    low, high = lu_parts(out[0])
    moved = np.linalg.solve(low, t[row_order(out[1])])
    inner = transposed(np.linalg.solve(high.T, transposed(moved)))
    return np.matmul(low, np.tril(inner, -1)) + np.matmul(np.triu(inner), high), np.zeros(np.shape(out[1]))


def lu_solve_adjoint(d_b: Any, out: Any, lu: Any, pivots: Any, trans: int) -> Any:
    """The adjoint of the factors in `scipy.linalg.lu_solve`, from that of the right side.

    >>> lu_solve_adjoint(np.array([1.0]), np.array([3.0]), np.array([[2.0]]), np.array([0]), 0)
    array([[-3.]])
    """
    low, high = lu_parts(lu)
    left, right = (d_b, out) if trans == 0 else (out, d_b)
    order = row_order(pivots)
    whole = -np.outer(left[order], right) if np.ndim(out) == 1 else -np.matmul(left[order], right.T)
    return np.tril(np.matmul(whole, high.T), -1) + np.triu(np.matmul(low.T, whole))


def lu_product(t: Any, lu: Any, pivots: Any) -> Any:
    """The tangent of the matrix with the factors `lu` along that of the factors.

    >>> lu_product(np.array([[1.0]]), np.array([[2.0]]), np.array([0]))
    array([[1.]])
    """
    low, high = lu_parts(lu)
    moved = np.matmul(np.tril(t, -1), high) + np.matmul(low, np.triu(t))
    return moved[np.argsort(row_order(pivots))]


def reduced_q(out: Any) -> Any:
    """The factors that `scipy.linalg.qr` gives, if Q has no more columns than there are rows in R that are not 0.

    >>> reduced_q((np.eye(1), np.eye(1)))[0]
    array([[1.]])
    """
    if np.shape(out[1])[-2] > np.shape(out[1])[-1]:
        raise ValueError("scipy.linalg.qr: no derivative for more rows than columns; set mode='economic'")
    return out
