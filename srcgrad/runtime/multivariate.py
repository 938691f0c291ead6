"""The density of several normal variables: its slopes as SciPy reads what it is given.

Points are the rows of `x`.  A covariance is a matrix, of which the lower triangle is read, the diagonal of one, or a
number; a single variable has numbers for points.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def normal_covariance(mean: Any, cov: Any) -> Any:
    """The covariance matrix, from its lower triangle, its diagonal, or the one number of which it is a multiple.

    >>> normal_covariance(np.zeros(2), np.array([[2.0, 9.0], [1.0, 3.0]]))
    array([[2., 1.],
           [1., 3.]])
    """
    if np.ndim(cov) == 2:
        return np.tril(cov) + np.tril(cov, -1).T
    if np.ndim(cov) == 1:
        return np.diag(cov)
    return cov * np.eye(1 if mean is None else np.size(mean))


def normal_rows(x: Any, mean: Any, size: int) -> Any:
    """The points less the mean, one in each row.

    >>> normal_rows(np.ones((2, 3)), np.ones(3), 3)
    array([[0., 0., 0.],
           [0., 0., 0.]])
    """
    return np.reshape(x if mean is None else x - mean, (-1, size))


def normal_scores(x: Any, mean: Any, cov: Any) -> Any:
    """The slope of the log-density in the mean, at each point: the inverse of the covariance times what is left of x.

    >>> normal_scores(np.array([1.0, 4.0]), np.zeros(2), 2.0)
    array([[0.5, 2. ]])
    """
    matrix = normal_covariance(mean, cov)
    return np.linalg.solve(matrix, normal_rows(x, mean, len(matrix)).T).T


def normal_adjoint_points(d: Any, x: Any, mean: Any, cov: Any) -> Any:
    """The adjoint of the points in `scipy.stats.multivariate_normal.logpdf`.

    >>> normal_adjoint_points(1.0, np.array([1.0, 4.0]), np.zeros(2), 2.0)
    array([-0.5, -2. ])
    """
    return np.reshape(-np.reshape(d, (-1, 1)) * normal_scores(x, mean, cov), np.shape(x))


def normal_adjoint_mean(d: Any, x: Any, mean: Any, cov: Any) -> Any:
    """The adjoint of the mean in `scipy.stats.multivariate_normal.logpdf`.

    >>> normal_adjoint_mean(1.0, np.array([1.0, 4.0]), np.zeros(2), 2.0)
    array([0.5, 2. ])
    """
    return np.reshape(np.sum(np.reshape(d, (-1, 1)) * normal_scores(x, mean, cov), axis=0), np.shape(mean))


def normal_adjoint_covariance(d: Any, x: Any, mean: Any, cov: Any) -> Any:
    """The adjoint of the covariance in `scipy.stats.multivariate_normal.logpdf` (Petersen and Pedersen, "The Matrix
    Cookbook", 2012, section 8.1.1), for what is read of it.

    >>> normal_adjoint_covariance(1.0, np.array([1.0, 4.0]), np.zeros(2), np.array([2.0, 2.0]))
    array([-0.125,  1.75 ])
    """
    scores, weights = normal_scores(x, mean, cov), np.reshape(d, (-1, 1))
    full = 0.5 * ((weights * scores).T @ scores - np.sum(d) * np.linalg.inv(normal_covariance(mean, cov)))
    if np.ndim(cov) == 2:
        return np.tril(full) + np.tril(full, -1)
    return np.diagonal(full) if np.ndim(cov) == 1 else np.trace(full)


def normal_tangent_rows(t: Any, x: Any, mean: Any, cov: Any, out: Any) -> Any:
    """The tangent of `scipy.stats.multivariate_normal.logpdf` when the points move by `t`, and the mean by `-t`.

    >>> normal_tangent_rows(np.ones(2), np.array([1.0, 4.0]), np.zeros(2), 2.0, -4.1)
    np.float64(-2.5)
    """
    scores = normal_scores(x, mean, cov)
    rows = np.reshape(t + np.zeros(np.shape(x)), np.shape(scores))
    return np.reshape(-np.sum(scores * rows, axis=1), np.shape(out))[()]


def normal_tangent_covariance(t: Any, x: Any, mean: Any, cov: Any, out: Any) -> Any:
    """The tangent of `scipy.stats.multivariate_normal.logpdf` in the covariance.

    >>> normal_tangent_covariance(1.0, np.array([1.0, 4.0]), np.zeros(2), 2.0, -4.1)
    np.float64(1.625)
    """
    scores, moved = normal_scores(x, mean, cov), normal_covariance(mean, t)
    trace = np.trace(np.linalg.solve(normal_covariance(mean, cov), moved))
    return np.reshape(0.5 * (np.sum((scores @ moved) * scores, axis=1) - trace), np.shape(out))[()]
