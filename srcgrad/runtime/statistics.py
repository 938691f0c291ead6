"""Helpers of emitted code: covariances and quantiles."""

from __future__ import annotations

from typing import Any

import numpy as np


def observations(m: Any, rowvar: Any = True) -> tuple[Any, int]:
    """Samples of each variable in a row, centred, and how many there are.

    >>> observations(np.array([1.0, 3.0]))
    (array([[-1.,  1.]]), 2)
    """
    x = np.atleast_2d(m)
    x = x.T if not rowvar and np.ndim(m) != 1 else x
    return x - np.mean(x, axis=1, keepdims=True), x.shape[1]


def paired(m: Any, y: Any, rowvar: Any = True) -> Any:
    """The rows of one or two arrays, of variables that a covariance is taken of together.

    >>> paired(np.array([1.0, 3.0]), np.array([2.0, 5.0]))
    array([[1., 3.],
           [2., 5.]])
    """
    rows = np.atleast_2d(m)
    rows = rows.T if not rowvar and np.ndim(m) != 1 else rows
    if y is None:
        return rows
    more = np.atleast_2d(y)
    return np.concatenate((rows, more.T if not rowvar and len(more) != 1 else more))


def paired_tangent(t_m: Any, t_y: Any, m: Any, y: Any, rowvar: Any = True) -> Any:
    """The tangent of `paired`; that of one array may be 0.0.

    >>> paired_tangent(np.array([1.0, 3.0]), 0.0, np.zeros(2), np.zeros(2))
    array([[1., 3.],
           [0., 0.]])
    """
    return paired(np.zeros_like(m) + t_m, None if y is None else np.zeros_like(y) + t_y, rowvar)


def unpaired(d: Any, m: Any, y: Any, rowvar: Any = True) -> tuple[Any, Any]:
    """The adjoints of one or two arrays, from that of their rows; see `paired`.

    >>> unpaired(np.array([[1.0, 3.0], [2.0, 5.0]]), np.zeros(2), np.zeros(2))
    (array([1., 3.]), array([2., 5.]))
    """
    turned = not rowvar and np.ndim(m) != 1
    count = np.atleast_2d(m).shape[1 if turned else 0]
    d_m = np.reshape(d[:count].T if turned else d[:count], np.shape(m))
    if y is None:
        return d_m, None
    turned = not rowvar and len(np.atleast_2d(y)) != 1
    return d_m, np.reshape(d[count:].T if turned else d[count:], np.shape(y))


def divisor(count: int, bias: Any, ddof: Any) -> Any:
    """What the sums of a covariance are divided by.

    >>> divisor(5, False, None)
    4
    """
    return count - (ddof if ddof is not None else 0 if bias else 1)


def cov_adjoint(d: Any, m: Any, rowvar: Any = True, bias: Any = False, ddof: Any = None) -> Any:
    """The adjoint of `np.cov` of one array.

    >>> cov_adjoint(np.array(1.0), np.array([1.0, 3.0]))
    array([-2.,  2.])
    """
    x, count = observations(m, rowvar)
    d = np.reshape(d, (len(x), len(x)))
    found = np.matmul(d + d.T, x) / divisor(count, bias, ddof)
    return np.reshape(found.T if not rowvar and np.ndim(m) != 1 else found, np.shape(m))


def cov_tangent(t: Any, m: Any, rowvar: Any = True, bias: Any = False, ddof: Any = None) -> Any:
    """The tangent of `np.cov` of one array.

    >>> cov_tangent(np.array([1.0, 0.0]), np.array([1.0, 3.0]))
    array(-2.)
    """
    x, count = observations(m, rowvar)
    half = np.matmul(observations(t, rowvar)[0], x.T) / divisor(count, bias, ddof)
    return np.squeeze(half + half.T)


def corrcoef_adjoint(d: Any, m: Any, out: Any, rowvar: Any = True) -> Any:
    """The adjoint of `np.corrcoef` of one array.

    >>> corrcoef_adjoint(np.eye(2), np.array([[1.0, 3.0, 4.0], [2.0, 1.0, 0.0]]), np.eye(2))
    array([[0., 0., 0.],
           [0., 0., 0.]])
    """
    c = np.reshape(np.cov(m, rowvar=rowvar), np.shape(np.atleast_2d(out)))
    s = np.sqrt(np.diagonal(c))
    d = np.reshape(d, c.shape)
    d_c = d / np.multiply.outer(s, s)
    both = d_c * c
    spread = np.diag((np.sum(both, axis=0) + np.sum(both, axis=1)) / (2.0 * s * s))
    return cov_adjoint(d_c - spread, m, rowvar)


def corrcoef_tangent(t: Any, m: Any, out: Any, rowvar: Any = True) -> Any:
    """The tangent of `np.corrcoef` of one array.

    >>> x = np.array([[1.0, 3.0, 4.0], [2.0, 1.0, 0.0]])
    >>> np.round(corrcoef_tangent(x, x, np.corrcoef(x)), 12) + 0.0
    array([[0., 0.],
           [0., 0.]])
    """
    shape = np.shape(np.atleast_2d(out))
    c, t_c = np.reshape(np.cov(m, rowvar=rowvar), shape), np.reshape(cov_tangent(t, m, rowvar), shape)
    s = np.sqrt(np.diagonal(c))
    relative = np.diagonal(t_c) / (2.0 * s * s)
    found = t_c / np.multiply.outer(s, s) - c / np.multiply.outer(s, s) * np.add.outer(relative, relative)
    return np.reshape(found, np.shape(out))
