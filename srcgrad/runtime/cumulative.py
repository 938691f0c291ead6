"""Helpers of emitted code: cumulative operations, and sums over stretches of an axis."""

from __future__ import annotations

from typing import Any

import numpy as np


def cumsum_adjoint(d: Any, x: Any, axis: Any = None) -> Any:
    """The adjoint of a cumulative sum: the cumulative sum from the other end.

    >>> cumsum_adjoint(np.array([1.0, 2.0, 3.0]), np.ones(3))
    array([6., 5., 3.])
    """
    if axis is None:
        return np.reshape(np.cumsum(d[::-1])[::-1], np.shape(x))
    return np.reshape(np.flip(np.cumsum(np.flip(d, axis), axis), axis), np.shape(x))


def after_initial(d: Any, axis: Any, given: Any) -> Any:
    """The adjoint of running sums or products without that of the value before all items, if that is `given`.

    >>> after_initial(np.array([5.0, 1.0, 2.0]), None, True)
    array([1., 2.])
    """
    return np.delete(d, 0, 0 if axis is None else axis) if given else d


def behind_initial(t: Any, axis: Any, given: Any) -> Any:
    """The tangent of running products with that of the value before all items, if that is `given`.

    >>> behind_initial(np.array([1.0, 2.0]), None, True)
    array([0., 1., 2.])
    """
    return np.insert(t, 0, 0.0, 0 if axis is None else axis) if given else t


def extremes_adjoint(d: Any, x: Any, out: Any, axis: int = 0) -> Any:
    """The adjoint of a running maximum or minimum `out` of `x`: equal values so far share equally.

    >>> extremes_adjoint(np.array([1.0, 1.0, 4.0]), np.array([2.0, 1.0, 2.0]), np.array([2.0, 2.0, 2.0]))
    array([4., 0., 2.])
    """
    hits, new, count = running_hits(x, out, axis)
    d = np.moveaxis(np.asarray(d), axis, 0)
    found, rest = np.zeros(hits.shape, d.dtype), np.zeros(hits.shape[1:], d.dtype)
    for n in reversed(range(len(hits))):
        rest = rest + d[n] / count[n]
        found[n] = np.where(hits[n], rest, 0.0)
        rest = np.where(new[n], 0.0, rest)
    return np.moveaxis(found, 0, axis)


def extremes_tangent(t: Any, x: Any, out: Any, axis: int = 0) -> Any:
    """The tangent of a running maximum or minimum `out` of `x`.

    >>> extremes_tangent(np.array([1.0, 5.0, 3.0]), np.array([2.0, 1.0, 2.0]), np.array([2.0, 2.0, 2.0]))
    array([1., 1., 2.])
    """
    hits, new, count = running_hits(x, out, axis)
    t = np.moveaxis(np.asarray(t), axis, 0)
    found, total = np.zeros(hits.shape, t.dtype), np.zeros(hits.shape[1:], t.dtype)
    for n in range(len(hits)):
        total = np.where(new[n], 0.0, total) + np.where(hits[n], t[n], 0.0)
        found[n] = total / count[n]
    return np.moveaxis(found, 0, axis)


def running_hits(x: Any, out: Any, axis: int) -> tuple[Any, Any, Any]:
    """Along the first axis: which elements equal the extreme so far, where it changes, how many equal it by then.

    >>> running_hits(np.array([2.0, 1.0, 2.0]), np.array([2.0, 2.0, 2.0]), 0)[2]
    array([1., 1., 2.])
    """
    x, out = np.moveaxis(np.asarray(x), axis, 0), np.moveaxis(np.asarray(out), axis, 0)
    hits, new = np.equal(x, out), np.ones(out.shape, bool)
    new[1:] = out[1:] != out[:-1]
    count = np.ones(out.shape, np.result_type(out))
    for n in range(len(out)):
        count[n] = np.where(new[n], hits[n], count[n - 1] + hits[n])
    return hits, new, np.maximum(count, 1.0)


def reduceat_adjoint(d: Any, x: Any, indices: Any, axis: int = 0) -> Any:
    """The adjoint of `np.add.reduceat`: what a sum receives goes to every element in it.

    >>> reduceat_adjoint(np.array([1.0, 2.0]), np.ones(4), [0, 3])
    array([1., 1., 1., 2.])
    """
    starts = np.asarray(indices)
    size = np.shape(x)[axis]
    ends = np.maximum(np.append(starts[1:], size), starts + 1)
    found = np.zeros(np.shape(x), np.result_type(d))
    moved, d = np.moveaxis(found, axis, 0), np.moveaxis(d, axis, 0)
    for n, (start, end) in enumerate(zip(starts, ends, strict=True)):
        moved[start:end] += d[n]
    return found


def cumprod_adjoint(d: Any, x: Any, axis: Any = None) -> Any:
    """The adjoint of a cumulative product, right also at zeros.

    >>> cumprod_adjoint(np.array([0.0, 0.0, 1.0]), np.array([2.0, 0.0, 3.0]))
    array([0., 6., 0.])
    """
    shape = np.shape(x)
    if axis is None or np.ndim(x) == 0:
        x, d, axis = np.ravel(x), np.ravel(d), 0
    x, d = np.moveaxis(np.asarray(x), axis, 0), np.moveaxis(d, axis, 0)
    before = np.concatenate([np.ones_like(x[:1]), np.cumprod(x, 0)[:-1]])
    found = np.zeros(x.shape, np.result_type(d, x))
    rest = np.zeros(x.shape[1:], found.dtype)
    for n in reversed(range(len(x))):
        rest = rest + d[n]
        found[n] = rest * before[n]
        rest = rest * x[n]
    return np.reshape(np.moveaxis(found, 0, axis), shape)


def cumprod_tangent(t: Any, x: Any, axis: Any = None) -> Any:
    """The tangent of a cumulative product, right also at zeros.

    >>> cumprod_tangent(np.array([0.0, 1.0, 0.0]), np.array([2.0, 0.0, 3.0]))
    array([0., 2., 6.])
    """
    if axis is None or np.ndim(x) == 0:
        x, t, axis = np.ravel(x), np.ravel(t), 0
    x, t = np.moveaxis(np.asarray(x), axis, 0), np.moveaxis(np.asarray(t), axis, 0)
    before = np.concatenate([np.ones_like(x[:1]), np.cumprod(x, 0)[:-1]])
    found = np.zeros(x.shape, np.result_type(t, x))
    for n in range(len(x)):
        found[n] = t[n] * before[n] + (found[n - 1] * x[n] if n else 0.0)
    return np.moveaxis(found, 0, axis)
