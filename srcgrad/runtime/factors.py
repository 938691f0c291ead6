"""Helpers of emitted code: factors of matrices."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import masked, summed_like
from .matrices import adjoint_matrix, transposed


def real_diagonal(m: Any) -> Any:
    """The real part of the diagonal, and zeros beside it.

    >>> real_diagonal(np.array([[1.0, 2.0], [3.0, 4.0]]))
    array([[1., 0.],
           [0., 4.]])
    """
    return np.where(np.eye(np.shape(m)[-1], dtype=bool), np.real(m), 0.0)


def hermitian(t: Any, upper: Any = False) -> Any:
    """The Hermitian matrix that one triangle of `t` stands for.

    >>> hermitian(np.array([[1.0, 9.0], [2.0, 3.0]]))
    array([[1., 2.],
           [2., 3.]])
    """
    own = np.triu(t, 1) if upper else np.tril(t, -1)
    return own + adjoint_matrix(own) + real_diagonal(t)


def triangle_adjoint(d: Any, upper: Any = False) -> Any:
    """The adjoint of taking a Hermitian matrix from one triangle: what belongs to the other comes to it.

    >>> triangle_adjoint(np.array([[1.0, 2.0], [2.0, 3.0]]))
    array([[1., 0.],
           [4., 3.]])
    """
    low, high = np.tril(d, -1), np.triu(d, 1)
    return (high + adjoint_matrix(low) if upper else low + adjoint_matrix(high)) + real_diagonal(d)


def half_lower(m: Any) -> Any:
    """The lower triangle, with half of the diagonal.

    >>> half_lower(np.array([[2.0, 4.0], [6.0, 8.0]]))
    array([[1., 0.],
           [6., 4.]])
    """
    return 0.5 * (np.tril(m) + np.tril(m, -1))


def cholesky_adjoint(d: Any, out: Any, upper: Any = False) -> Any:
    """The adjoint of `np.linalg.cholesky`, which reads one triangle (Murray, arXiv 1602.07527, eq. 10).

    >>> cholesky_adjoint(np.array([[1.0]]), np.array([[2.0]]))
    array([[0.25]])
    """
    low, d_low = (adjoint_matrix(out), transposed(d)) if upper else (out, np.conj(d))
    high = adjoint_matrix(low)
    inner = half_lower(np.matmul(high, d_low))
    whole = np.linalg.solve(high, adjoint_matrix(np.linalg.solve(high, adjoint_matrix(inner))))
    return triangle_adjoint(np.conj(whole), upper)


def cholesky_tangent(t: Any, out: Any, upper: Any = False) -> Any:
    """The tangent of `np.linalg.cholesky`, which reads one triangle (Murray, arXiv 1602.07527, eq. 8).

    >>> cholesky_tangent(np.array([[1.0]]), np.array([[2.0]]))
    array([[0.25]])
    """
    low = adjoint_matrix(out) if upper else out
    inner = np.linalg.solve(low, adjoint_matrix(np.linalg.solve(low, hermitian(t, upper))))
    found = np.matmul(low, half_lower(inner))
    return adjoint_matrix(found) if upper else found


def pinv_adjoint(d: Any, a: Any, out: Any) -> Any:
    """The adjoint of `np.linalg.pinv`, where the rank does not change (Golub and Pereyra, 1973).

    >>> pinv_adjoint(np.array([[1.0]]), np.array([[2.0]]), np.array([[0.5]]))
    array([[-0.25]])
    """
    p, g = adjoint_matrix(out), transposed(d)
    across = np.matmul(g, np.matmul(out, p))
    along = np.matmul(np.matmul(p, out), g)
    across = across - np.matmul(a, np.matmul(out, across))
    along = along - np.matmul(np.matmul(along, out), a)
    return np.conj(across + along - np.matmul(p, np.matmul(np.conj(d), p)))


def pinv_tangent(t: Any, a: Any, out: Any) -> Any:
    """The tangent of `np.linalg.pinv`, where the rank does not change (Golub and Pereyra, 1973).

    >>> pinv_tangent(np.array([[1.0]]), np.array([[2.0]]), np.array([[0.5]]))
    array([[-0.25]])
    """
    p, h = adjoint_matrix(out), adjoint_matrix(t)
    across = np.matmul(np.matmul(out, p), h)
    along = np.matmul(h, np.matmul(p, out))
    across = across - np.matmul(np.matmul(across, a), out)
    along = along - np.matmul(out, np.matmul(a, along))
    return across + along - np.matmul(out, np.matmul(t, out))


def power_adjoint(d: Any, a: Any, n: int) -> Any:
    """The adjoint of `np.linalg.matrix_power(a, n)`.

    >>> power_adjoint(np.array([[1.0]]), np.array([[3.0]]), 2)
    array([[6.]])
    """
    if n < 0:
        b = np.linalg.inv(a)
        return -np.matmul(transposed(b), np.matmul(power_adjoint(d, b, -n), transposed(b)))
    found = np.zeros_like(d)
    for _ in range(n):
        found, d = np.matmul(transposed(a), found) + d, np.matmul(d, transposed(a))
    return found


def power_tangent(t: Any, a: Any, n: int) -> Any:
    """The tangent of `np.linalg.matrix_power(a, n)`.

    >>> power_tangent(np.array([[1.0]]), np.array([[3.0]]), 2)
    array([[6.]])
    """
    if n < 0:
        b = np.linalg.inv(a)
        return power_tangent(-np.matmul(b, np.matmul(t, b)), b, -n)
    if n == 1:
        return t  # the matrix itself is the value
    found = np.zeros_like(t)
    for _ in range(n):
        found, t = np.matmul(a, found) + t, np.matmul(t, a)
    return found


def chain_adjoints(d: Any, arrays: Any) -> list[Any]:
    """The adjoints of all factors of `np.linalg.multi_dot(arrays)`.

    >>> chain_adjoints(1.0, [np.array([1.0, 2.0]), np.array([3.0, 4.0])])
    [array([3., 4.]), array([1., 2.])]
    """
    factors = [np.asarray(x) for x in arrays]
    if any(x.ndim not in (1, 2) for x in factors):
        raise ValueError("np.linalg.multi_dot: no derivative for stacks of matrices; use np.matmul")
    factors[0], factors[-1] = np.atleast_2d(factors[0]), np.reshape(factors[-1], (len(factors[-1]), -1))
    d = np.reshape(d, (len(factors[0]), factors[-1].shape[1]))
    found = []
    for n, x in enumerate(arrays):
        tail = d
        for f in reversed(factors[n + 1 :]):
            tail = np.matmul(tail, f.T)
        found.append(summed_like(np.reshape(tail, np.shape(x)), x))
        d = np.matmul(factors[n].T, d)
    return found


def chain_tangent(arrays: Any, tangents: Any) -> Any:
    """The tangent of `np.linalg.multi_dot(arrays)`.

    >>> chain_tangent([np.ones((1, 1)), np.full((1, 1), 3.0)], [np.ones((1, 1)), None])
    array([[3.]])
    """
    known = [(k, t) for k, t in enumerate(tangents) if t is not None]
    return sum(np.linalg.multi_dot([*arrays[:k], t, *arrays[k + 1 :]]) for k, t in known)


def inverse_gaps(w: Any) -> Any:
    """1 / (w[j] - w[i]) for all pairs, 0 on the diagonal; infinite for equal values.

    >>> inverse_gaps(np.array([1.0, 3.0]))
    array([[ 0. ,  0.5],
           [-0.5,  0. ]])
    """
    apart = np.expand_dims(w, -2) - np.expand_dims(w, -1)
    same = np.arange(np.shape(w)[-1])
    apart[..., same, same] = np.inf
    with np.errstate(divide="ignore"):
        return 1.0 / apart


def eigh_adjoint(d: Any, out: Any, uplo: Any = "L") -> Any:
    """The adjoint of `np.linalg.eigh`; a nonzero adjoint of vectors with equal values gives infinity.

    >>> eigh_adjoint([np.array([1.0, 0.0]), np.zeros((2, 2))], [np.array([1.0, 2.0]), np.eye(2)])
    array([[1., 0.],
           [0., 0.]])
    """
    w, v = out
    inner = masked(np.matmul(adjoint_matrix(v), np.conj(d[1])), inverse_gaps(w))
    same = np.arange(np.shape(w)[-1])
    inner[..., same, same] = d[0]
    return triangle_adjoint(np.conj(np.matmul(np.matmul(v, inner), adjoint_matrix(v))), uplo in "Uu")


def eigvalsh_adjoint(d: Any, a: Any, uplo: Any = "L") -> Any:
    """The adjoint of `np.linalg.eigvalsh`.

    >>> eigvalsh_adjoint(np.array([1.0, 0.0]), np.diag([1.0, 2.0]))
    array([[1., 0.],
           [0., 0.]])
    """
    v = np.linalg.eigh(a, uplo)[1]
    return triangle_adjoint(np.matmul(np.conj(v) * np.expand_dims(d, -2), transposed(v)), uplo in "Uu")


def eigh_tangent(t: Any, out: Any, uplo: Any = "L") -> tuple[Any, Any]:
    """The tangent of `np.linalg.eigh`.

    >>> eigh_tangent(np.eye(2), [np.array([1.0, 2.0]), np.eye(2)])[0]
    array([1., 1.])
    """
    w, v = out
    inner = np.matmul(adjoint_matrix(v), np.matmul(hermitian(t, uplo in "Uu"), v))
    return np.real(np.diagonal(inner, 0, -2, -1)), np.matmul(v, masked(inner, inverse_gaps(w)))


def qr_adjoint(d: Any, a: Any, out: Any) -> Any:
    """The adjoint of `np.linalg.qr` (Walter and Lehmann, arXiv 1009.6112; wide: Roberts, arXiv 2009.10071).

    >>> qr_adjoint([np.zeros((1, 1)), np.ones((1, 1))], np.array([[3.0]]), [np.ones((1, 1)), np.array([[3.0]])])
    array([[1.]])
    """
    q, r = out
    k = np.shape(q)[-1]
    left, right, rest = np.conj(d[0]), np.conj(d[1]), np.asarray(a)[..., k:]
    left = left + np.matmul(rest, adjoint_matrix(right[..., k:]))
    r, first = r[..., :k], right[..., :k]
    m = np.matmul(r, adjoint_matrix(first)) - np.matmul(adjoint_matrix(left), q)
    inner = left + np.matmul(q, hermitian(m))
    whole = adjoint_matrix(np.linalg.solve(r, adjoint_matrix(inner)))
    return np.conj(np.concatenate([whole, np.matmul(q, right[..., k:])], -1))


def qr_tangent(t: Any, a: Any, out: Any) -> tuple[Any, Any]:
    """The tangent of `np.linalg.qr`.

    >>> qr_tangent(np.array([[1.0]]), np.array([[3.0]]), [np.array([[1.0]]), np.array([[3.0]])])
    (array([[0.]]), array([[1.]]))
    """
    (q, r), t, a = out, np.asarray(t), np.asarray(a)
    k = np.shape(q)[-1]
    inner = adjoint_matrix(np.linalg.solve(adjoint_matrix(r[..., :k]), adjoint_matrix(t[..., :k])))
    m = np.matmul(adjoint_matrix(q), inner)
    turn = adjoint_matrix(half_lower(m + adjoint_matrix(m)))
    t_q = inner - np.matmul(q, turn)
    rest = np.matmul(adjoint_matrix(t_q), a[..., k:]) + np.matmul(adjoint_matrix(q), t[..., k:])
    return t_q, np.concatenate([np.matmul(turn, r[..., :k]), rest], -1)


def svd_thin(out: Any, d: Any) -> tuple[Any, Any, Any]:
    """The part of `np.linalg.svd` that belongs to singular values, if nothing else has an adjoint in `d`.

    >>> svd_thin([np.eye(2), np.ones(1), np.ones((1, 1))], [np.zeros((2, 2)), np.ones(1), np.zeros((1, 1))])[0]
    array([[1.],
           [0.]])
    """
    u, s, v = out
    k = np.shape(s)[-1]
    if np.any(d[0][..., k:]) or np.any(d[2][..., k:, :]):
        raise ValueError("np.linalg.svd: vectors without a singular value have no derivative; set full_matrices=False")
    if np.iscomplexobj(u) and (np.any(d[0]) or np.any(d[2])):
        raise ValueError("np.linalg.svd: the phase of complex vectors is arbitrary, so they have no derivative")
    return u[..., :k], s, v[..., :k, :]


def svd_adjoint(d: Any, a: Any, out: Any) -> Any:
    """The adjoint of `np.linalg.svd`, of all parts or of the values alone.

    >>> svd_adjoint(np.array([1.0, 0.0]), np.diag([3.0, 2.0]), np.array([3.0, 2.0]))
    array([[1., 0.],
           [0., 0.]])
    """
    if not isinstance(out, (tuple, list)):
        u, _, v = np.linalg.svd(a, full_matrices=False)
        return np.matmul(np.conj(u) * np.expand_dims(d, -2), np.conj(v))
    u, s, v = svd_thin(out, d)
    k = np.shape(s)[-1]
    inner = svd_inner(u, d[0][..., :k], s) + transposed(svd_inner(transposed(v), transposed(d[2][..., :k, :]), s))
    whole = np.matmul(np.matmul(np.conj(u), inner) + svd_outer(u, d[0][..., :k], s), np.conj(v))
    values = np.matmul(np.conj(u) * np.expand_dims(d[1], -2), np.conj(v))
    return whole + values + np.matmul(u, transposed(svd_outer(transposed(v), transposed(d[2][..., :k, :]), s)))


def svd_inner(u: Any, d: Any, s: Any) -> Any:
    """What the adjoint `d` of singular vectors `u` says of the matrix, as seen between singular vectors.

    >>> svd_inner(np.eye(2), np.array([[0.0, 1.0], [0.0, 0.0]]), np.array([2.0, 1.0]))
    array([[ 0.        , -0.33333333],
           [-0.66666667,  0.        ]])
    """
    m = np.matmul(transposed(u), d)
    return masked(m - transposed(m), inverse_gaps(s * s)) * np.expand_dims(s, -2)


def svd_outer(u: Any, d: Any, s: Any) -> Any:
    """The part of `d` orthogonal to the singular vectors `u`, over the singular values.

    >>> svd_outer(np.array([[1.0], [0.0]]), np.array([[5.0], [6.0]]), np.array([2.0]))
    array([[0.],
           [3.]])
    """
    rest = d - np.matmul(u, np.matmul(adjoint_matrix(u), d))
    with np.errstate(divide="ignore"):
        return masked(rest, 1.0 / np.expand_dims(s, -2))


def svd_tangent(t: Any, a: Any, out: Any) -> Any:
    """The tangent of `np.linalg.svd`, of all parts or of the values alone; nan where a vector has none.

    >>> svd_tangent(np.eye(2), np.diag([3.0, 2.0]), np.array([3.0, 2.0]))
    array([1., 1.])
    """
    whole = isinstance(out, (tuple, list))
    u, s, v = out if whole else np.linalg.svd(a, full_matrices=False)
    k = np.shape(s)[-1]
    u, v = u[..., :k], adjoint_matrix(v[..., :k, :])
    p = np.matmul(adjoint_matrix(u), np.matmul(t, v))
    values = np.real(np.diagonal(p, 0, -2, -1))
    if not whole:
        return values
    t_u = svd_vectors(u, p, s) + svd_outer(u, np.matmul(t, v), s)
    t_v = svd_vectors(v, transposed(p), s) + svd_outer(v, np.matmul(adjoint_matrix(t), u), s)
    return nan_padded(t_u, out[0]), values, transposed(nan_padded(t_v, transposed(out[2])))


def svd_vectors(u: Any, p: Any, s: Any) -> Any:
    """The tangent of singular vectors within their own span; `p` is that of the matrix between singular vectors.

    >>> svd_vectors(np.eye(2), np.array([[0.0, 1.0], [0.0, 0.0]]), np.array([2.0, 1.0]))
    array([[ 0.        , -0.33333333],
           [ 0.33333333,  0.        ]])
    """
    scaled = p * np.expand_dims(s, -2)
    return np.matmul(u, masked(scaled + transposed(scaled), inverse_gaps(s * s)))


def nan_padded(t: Any, x: Any) -> Any:
    """`t` as the first columns of an array like `x`, with nan for the others, and for all of a complex one.

    >>> nan_padded(np.ones((1, 1)), np.ones((1, 2)))
    array([[ 1., nan]])
    """
    found = np.full_like(x, np.nan)
    if not np.iscomplexobj(x):
        found[..., : np.shape(t)[-1]] = t
    return found
