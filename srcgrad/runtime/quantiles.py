"""Helpers of emitted code: quantiles, which lie between two of the values."""

from __future__ import annotations

from typing import Any

import numpy as np

from .reductions import equal_shares, reduced_axes


def quantile_place(count: Any, q: Any, method: Any = "linear") -> tuple[Any, Any]:
    """Where among sorted values a quantile is, and how fast it moves with `q` (Hyndman and Fan, 1996).

    >>> [float(v) for v in quantile_place(5, 0.25, "weibull")]
    [0.5, 6.0]
    """
    offsets = {"linear": 1.0, "hazen": 0.5, "weibull": 0.0, "median_unbiased": 1.0 / 3.0, "normal_unbiased": 0.375}
    if method not in offsets:
        raise ValueError(f"np.quantile: method {method!r} has no derivative rule")
    slope = count + 1.0 - 2.0 * offsets[method]
    place = slope * q + offsets[method] - 1.0
    return np.clip(place, 0.0, count - 1.0), np.where((place >= 0.0) & (place <= count - 1.0), slope, 0.0)


def quantile_bounds(x: Any, q: Any, axis: Any = None, method: Any = "linear") -> tuple[Any, Any, Any, Any]:
    """The values that one quantile lies between, the share of the upper one, and its slope in `q`; nan does not count.

    >>> quantile_bounds(np.array([4.0, 1.0, 2.0]), 0.25)
    (array([1.]), array([2.]), array([0.5]), array([2.]))
    """
    if method in ("lower", "higher", "nearest", "inverted_cdf", "closest_observation", "midpoint"):
        first: Any = "lower" if method == "midpoint" else method
        last: Any = "higher" if method == "midpoint" else method
        low, high = (np.nanquantile(x, q, axis=axis, method=m, keepdims=True) for m in (first, last))
        return low, high, 0.5, 0.0
    axes = reduced_axes(x, axis)
    kept = [n for n in range(np.ndim(x)) if n not in axes]
    moved = np.transpose(x, (*kept, *axes))
    rows = np.sort(np.reshape(moved, (*moved.shape[: len(kept)], -1)), -1)
    place, slope = quantile_place(np.sum(~np.isnan(rows), axis=-1, keepdims=True), q, method)
    below = np.floor(place)
    low, high = (np.take_along_axis(rows, n.astype(int), -1) for n in (below, np.ceil(place)))
    return tuple(np.expand_dims(v[..., 0], tuple(axes)) for v in (low, high, place - below, slope))  # type: ignore[return-value]


def quantile_shares(x: Any, q: Any, axis: Any = None, method: Any = "linear") -> Any:
    """The derivative of one quantile with respect to each element.

    >>> quantile_shares(np.array([4.0, 1.0, 2.0]), 0.25)
    array([0. , 0.5, 0.5])
    """
    if np.size(x) == 0:
        return np.zeros_like(x)
    low, high, part, _ = quantile_bounds(x, q, axis, method)
    shares = (1.0 - part) * equal_shares(x, low, axis, True) + part * equal_shares(x, high, axis, True)
    return shares.astype(np.asarray(x).dtype, copy=False)


def quantile_slope(x: Any, q: Any, axis: Any = None, keepdims: Any = False, method: Any = "linear") -> Any:
    """The derivative of each quantile with respect to its `q`, in the shape of the result.

    >>> quantile_slope(np.array([4.0, 1.0, 2.0]), 0.75)
    np.float64(4.0)
    """
    if np.ndim(q):
        parts = [quantile_slope(x, p, axis, keepdims, method) for p in np.ravel(q)]
        return np.reshape(np.stack(parts), (*np.shape(q), *np.shape(parts[0])))
    low, high, _, slope = quantile_bounds(x, q, axis, method)
    found = (high - low) * slope
    return found if keepdims else np.squeeze(found, tuple(reduced_axes(x, axis)))[()]


def levels_adjoint(d: Any, x: Any, q: Any, axis: Any = None, keepdims: Any = False, method: Any = "linear") -> Any:
    """The adjoint of `q` in `np.quantile`; `d` has the axes of q first.

    >>> levels_adjoint(np.array([1.0, 10.0]), np.array([4.0, 1.0, 2.0]), np.array([0.25, 0.75]))
    array([ 2., 40.])
    """
    found = d * quantile_slope(x, q, axis, keepdims, method)
    return np.reshape(np.sum(found, axis=tuple(range(np.ndim(q), np.ndim(found)))), np.shape(q))


def quantile_spread(t: Any, out: Any, q: Any) -> Any:
    """The tangent of `q` in a shape that meets that of the result.

    >>> quantile_spread(np.array([1.0, 2.0]), np.ones((2, 3)), np.array([0.1, 0.2]))
    array([[1.],
           [2.]])
    """
    return np.reshape(t, (*np.shape(q), *[1] * (np.ndim(out) - np.ndim(q))))


def quantile_adjoint(
    d: Any, x: Any, q: Any, axis: Any = None, keepdims: Any = False, method: Any = "linear"
) -> Any:
    """The adjoint of the array of `np.quantile`, of one quantile or of several.

    >>> quantile_adjoint(np.array([1.0, 10.0]), np.array([4.0, 1.0, 2.0]), [0.0, 1.0])
    array([10.,  1.,  0.])
    """
    if np.ndim(q):
        rows = np.reshape(d, (np.size(q), *np.shape(d)[np.ndim(q) :]))
        parts = [quantile_adjoint(row, x, p, axis, keepdims, method) for row, p in zip(rows, np.ravel(q), strict=True)]
        return sum(parts)
    axes = tuple(range(np.ndim(x))) if axis is None else axis
    whole = d if keepdims or np.ndim(x) == 0 else np.expand_dims(d, axes)
    return whole * quantile_shares(x, q, axis, method)


def quantile_tangent(
    t: Any, x: Any, q: Any, axis: Any = None, keepdims: Any = False, method: Any = "linear"
) -> Any:
    """The tangent of `np.quantile` along one of its array.

    >>> quantile_tangent(np.array([4.0, 1.0, 2.0]), np.array([4.0, 1.0, 2.0]), 0.25)
    np.float64(1.5)
    """
    if np.ndim(q):
        parts = [quantile_tangent(t, x, p, axis, keepdims, method) for p in np.ravel(q)]
        return np.reshape(np.stack(parts), (*np.shape(q), *np.shape(parts[0])))
    shares = quantile_shares(x, q, axis, method)
    return np.sum(np.where(shares == 0.0, 0.0, t * shares), axis=axis, keepdims=keepdims)
