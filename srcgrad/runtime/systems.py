"""Helpers of emitted code: eigenvalues of any matrix, conditions, least squares, inverses of tensors."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import masked, summed_like
from .factors import inverse_gaps, pinv_adjoint, pinv_tangent, svd_adjoint, svd_tangent
from .matrices import transposed
from .reductions import matrix_norm_partials


def eigvals_vectors(a: Any, out: Any) -> Any:
    """The eigenvectors that belong to the eigenvalues `out`.

    >>> eigvals_vectors(np.diag([1.0, 2.0]), np.array([1.0, 2.0]))
    array([[1., 0.],
           [0., 1.]])
    """
    w, v = np.linalg.eig(a)
    if not np.allclose(w, out):
        raise ValueError("np.linalg.eigvals: the eigenvectors cannot be told apart; use np.linalg.eigvalsh")
    return v


def vectors_adjoint(d: Any, a: Any, w: Any, v: Any) -> Any:
    """The adjoint of the matrix in its eigenvectors `v`, whose lengths do not count, where the eigenvalues `w` differ.

    >>> vectors_adjoint(np.array([[0.0, 1.0], [0.0, 0.0]]), np.diag([1.0, 2.0]), np.array([1.0, 2.0]), np.eye(2))
    array([[0., 1.],
           [0., 0.]])
    """
    inner = inverse_gaps(w) * np.matmul(transposed(v), d)
    return summed_like(np.matmul(transposed(np.linalg.inv(v)), np.matmul(inner, transposed(v))), a)


def vectors_tangent(t: Any, w: Any, v: Any) -> Any:
    """The tangent of eigenvectors `v`, but for their lengths.

    >>> vectors_tangent(np.array([[0.0, 1.0], [0.0, 0.0]]), np.array([1.0, 2.0]), np.eye(2))
    array([[0., 1.],
           [0., 0.]])
    """
    return np.matmul(v, inverse_gaps(w) * np.matmul(np.linalg.inv(v), np.matmul(t, v)))


def eigvals_adjoint(d: Any, a: Any, out: Any) -> Any:
    """The adjoint of `np.linalg.eigvals`, where the eigenvalues differ.

    >>> eigvals_adjoint(np.array([1.0, 0.0]), np.diag([1.0, 2.0]), np.array([1.0, 2.0]))
    array([[1., 0.],
           [0., 0.]])
    """
    v = eigvals_vectors(a, out)
    return summed_like(transposed(np.matmul(v * np.expand_dims(d, -2), np.linalg.inv(v))), a)


def eigvals_tangent(t: Any, a: Any, out: Any) -> Any:
    """The tangent of `np.linalg.eigvals`, where the eigenvalues differ.

    >>> eigvals_tangent(np.ones((2, 2)), np.diag([1.0, 2.0]), np.array([1.0, 2.0]))
    array([1., 1.])
    """
    v = eigvals_vectors(a, out)
    return np.diagonal(np.matmul(np.linalg.inv(v), np.matmul(t, v)), 0, -2, -1)


def largest_part(v: Any) -> Any:
    """Marks in each column of `v` the part of largest modulus, which LAPACK makes real.

    >>> largest_part(np.array([[0.6, 0.0], [-0.8, 1.0]]))
    array([[0., 0.],
           [1., 1.]])
    """
    size = np.abs(v)
    return (np.arange(np.shape(v)[-2])[:, None] == np.expand_dims(np.argmax(size, axis=-2), -2)) * 1.0


def eig_adjoint(d: Any, a: Any, out: Any) -> Any:
    """The adjoint of `np.linalg.eig`, whose vectors have length one and a real part of largest modulus.

    >>> eig_adjoint([np.array([1.0, 0.0]), np.zeros((2, 2))], np.diag([1.0, 2.0]), [np.array([1.0, 2.0]), np.eye(2)])
    array([[1., 0.],
           [0., 0.]])
    """
    w, v = out
    whole = np.sum(d[1] * v, axis=-2, keepdims=True)
    moved = d[1] - np.conj(v) * np.real(whole)
    if np.iscomplexobj(v):
        best = largest_part(v)
        moved = moved - 1j * best * np.imag(whole) / np.sum(best * np.real(v), axis=-2, keepdims=True)
    inner = masked(np.matmul(transposed(v), moved), inverse_gaps(w))
    inner = inner + np.expand_dims(d[0], -1) * np.eye(np.shape(w)[-1])
    return summed_like(np.matmul(transposed(np.linalg.inv(v)), np.matmul(inner, transposed(v))), a)


def eig_tangent(t: Any, out: Any) -> tuple[Any, Any]:
    """The tangent of `np.linalg.eig`.

    >>> eig_tangent(np.ones((2, 2)), [np.array([1.0, 2.0]), np.eye(2)])[0]
    array([1., 1.])
    """
    w, v = out
    inner = np.matmul(np.linalg.inv(v), np.matmul(t, v))
    moved = np.matmul(v, masked(inner, inverse_gaps(w)))
    moved = moved - v * np.real(np.sum(np.conj(v) * moved, axis=-2, keepdims=True))
    if np.iscomplexobj(v):
        best = largest_part(v)
        turn = np.imag(np.sum(best * moved, axis=-2, keepdims=True)) / np.sum(best * np.real(v), axis=-2, keepdims=True)
        moved = moved - 1j * v * turn
    return np.diagonal(inner, 0, -2, -1), moved


def cond_partials(x: Any, p: Any = None) -> Any:
    """The derivative of `np.linalg.cond` with respect to each element.

    >>> cond_partials(np.diag([4.0, 2.0]))
    array([[ 0.5,  0. ],
           [ 0. , -1. ]])
    """
    if p is None or p == 2 or p == -2:
        s = np.linalg.svd(x, compute_uv=False)
        high, low = np.expand_dims(s[..., 0], (-1, -2)), np.expand_dims(s[..., -1], (-1, -2))
        d_high, d_low = matrix_norm_partials(x, 2), matrix_norm_partials(x, -2)
        return d_low / high - low / high**2 * d_high if p == -2 else d_high / low - high / low**2 * d_low
    y = np.linalg.inv(x)
    a, b = (np.linalg.norm(m, p, (-2, -1), True) for m in (x, y))
    d_y = np.conj(y) / b if p == "fro" else matrix_norm_partials(y, p)
    d_x = np.conj(x) / a if p == "fro" else matrix_norm_partials(x, p)
    return b * d_x - a * np.matmul(transposed(y), np.matmul(d_y, transposed(y)))


def require_kept(out: Any) -> None:
    """Refuse a solution by least squares for which `rcond` has left out singular values that are not 0.

    >>> require_kept((np.zeros(2), np.zeros(0), 1, np.array([2.0, 0.0])))
    """
    if np.size(out[3]) > out[2] and out[3][out[2]] > 1e-12 * out[3][0]:
        raise ValueError("np.linalg.lstsq: no derivative where `rcond` leaves out singular values that are not 0")


def lstsq_adjoints(d: Any, a: Any, b: Any, out: Any) -> tuple[Any, Any]:
    """The adjoints of `np.linalg.lstsq`, where the rank does not change.

    >>> d = [np.array([1.0]), np.zeros(0), None, np.zeros(1)]
    >>> lstsq_adjoints(d, np.array([[2.0]]), np.array([6.0]), (np.array([3.0]), np.zeros(0), 1, np.array([2.0])))
    (array([[-1.5]]), array([0.5]))
    """
    require_kept(out)
    columns = np.reshape(b, (len(b), -1))
    x, d_x = (np.reshape(part, (np.shape(a)[1], -1)) for part in (out[0], d[0]))
    inverse = np.linalg.pinv(a)
    d_b = np.matmul(inverse.T, d_x)
    d_a = pinv_adjoint(np.matmul(d_x, columns.T), a, inverse) + svd_adjoint(d[3], a, out[3])
    if np.size(out[1]):
        rest = 2.0 * np.conj(columns - np.matmul(a, x)) * d[1]
        d_b, d_a = d_b + rest, d_a - np.matmul(rest, x.T)
    return summed_like(d_a, a), summed_like(np.reshape(d_b, np.shape(b)), b)


def lstsq_tangent(t_a: Any, t_b: Any, a: Any, b: Any, out: Any) -> tuple[Any, Any, Any, Any]:
    """The tangent of `np.linalg.lstsq`, where the rank does not change; a tangent may be 0.0.

    >>> lstsq_tangent(0.0, np.array([1.0]), np.array([[2.0]]), np.array([6.0]), (np.array([3.0]), np.zeros(0), 1, 0))[0]
    array([0.5])
    """
    require_kept(out)
    t_a = np.zeros_like(a) if np.ndim(t_a) == 0 else t_a
    inverse = np.linalg.pinv(a)
    t_x = np.matmul(pinv_tangent(t_a, a, inverse), b) + np.matmul(inverse, np.zeros_like(b) + t_b)
    rest = b - np.matmul(a, out[0])
    t_rest = t_b - np.matmul(t_a, out[0])
    t_r = out[1]
    if np.size(t_r):
        t_r = np.reshape(2.0 * np.sum(np.real(np.conj(rest) * t_rest), axis=0), np.shape(t_r))
    return t_x, t_r, 0, svd_tangent(t_a, a, out[3])


def tensorinv_adjoint(d: Any, a: Any, out: Any, ind: int = 2) -> Any:
    """The adjoint of `np.linalg.tensorinv`.

    >>> tensorinv_adjoint(np.ones((1, 1)), np.full((1, 1), 2.0), np.full((1, 1), 0.5), 1)
    array([[-0.25]])
    """
    size = int(np.prod(np.shape(a)[:ind]))
    y, d = np.reshape(out, (-1, size)), np.reshape(d, (-1, size))
    return np.reshape(-np.matmul(y.T, np.matmul(d, y.T)), np.shape(a))


def tensorinv_tangent(t: Any, a: Any, out: Any, ind: int = 2) -> Any:
    """The tangent of `np.linalg.tensorinv`.

    >>> tensorinv_tangent(np.ones((1, 1)), np.full((1, 1), 2.0), np.full((1, 1), 0.5), 1)
    array([[-0.25]])
    """
    size = int(np.prod(np.shape(a)[:ind]))
    y = np.reshape(out, (-1, size))
    return np.reshape(-np.matmul(y, np.matmul(np.reshape(t, (size, -1)), y)), np.shape(out))
