"""Helpers of emitted code: moving, joining and repeating elements."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import summed_like, unbroadcast


def element_order(order: str) -> str:
    """The order of elements, if it does not depend on how an array lies in memory.

    >>> element_order("F")
    'F'
    """
    if order not in ("C", "F"):
        raise ValueError(f"no derivative for order={order!r}: the result depends on how the array lies in memory")
    return order


def inverse_axes(axes: Any) -> Any:
    """The permutation that undoes `np.transpose(x, axes)`.

    >>> inverse_axes((1, 2, 0)), inverse_axes(None)
    ((2, 0, 1), None)
    """
    axes = axes[0] if isinstance(axes, (list, tuple)) and len(axes) == 1 and not isinstance(axes[0], int) else axes
    if axes is None or len(axes) == 0:
        return None
    return tuple(int(n) for n in np.argsort([a % len(axes) for a in axes]))


def reshape_each(d: Any, arrays: Any) -> list[Any]:
    """Adjoints in the shapes of `arrays`.

    >>> reshape_each([np.ones(1)], [2.0])
    [array(1.)]
    """
    parts = d if isinstance(d, (list, tuple)) else [d]
    return [np.reshape(part, np.shape(x)) for part, x in zip(parts, arrays, strict=True)]


def unbroadcast_each(d: Any, arrays: Any) -> list[Any]:
    """Adjoints summed to the shapes of `arrays`: the adjoint of `np.broadcast_arrays`.

    >>> unbroadcast_each([np.ones(3), np.ones(3)], [2.0, np.ones(3)])
    [np.float64(3.0), array([1., 1., 1.])]
    """
    return [summed_like(part, x) for part, x in zip(d, arrays, strict=True)]


def real_items(d: Any, items: Any) -> Any:
    """The derivatives of items, without the imaginary part that those of real items have beside complex ones.

    >>> real_items(np.array([1.0 + 2.0j, 3.0 + 4.0j]), [0.5, 1j])
    [np.float64(1.0), np.complex128(3+4j)]
    """
    if isinstance(items, (list, tuple)):
        return [real_items(part, item) for part, item in zip(d, items, strict=True)]
    return d if np.iscomplexobj(items) else np.real(d)


def split_like(d: Any, arrays: Any, axis: Any = 0) -> Any:
    """The pieces of `d` that came from each of `arrays`: the adjoint of joining them.

    >>> split_like(np.array([1.0, 2.0, 3.0]), [np.ones(1), np.ones(2)])
    [array([1.]), array([2., 3.])]
    """
    sizes = [np.size(x) if axis is None else np.shape(x)[axis] for x in arrays]
    pieces = np.split(d, np.cumsum(sizes)[:-1], 0 if axis is None else axis)
    found = [summed_like(np.reshape(p, np.shape(x)), x) for p, x in zip(pieces, arrays, strict=True)]
    return np.stack(found) if isinstance(arrays, np.ndarray) else found


def split_stacked(d: Any, arrays: Any, kind: str) -> Any:
    """The adjoint of vstack, hstack, dstack or column_stack.

    >>> split_stacked(np.array([[1.0, 2.0], [3.0, 4.0]]), [np.ones(2), np.ones(2)], "column_stack")
    [array([1., 3.]), array([2., 4.])]
    """
    rank = {"hstack": 1, "vstack": 2, "column_stack": 2, "dstack": 3}[kind]
    axis = {"hstack": min(np.ndim(d) - 1, 1), "vstack": 0, "column_stack": 1, "dstack": 2}[kind]
    sizes = [np.shape(x)[axis] if np.ndim(x) >= rank else 1 for x in arrays]
    pieces = np.split(d, np.cumsum(sizes)[:-1], axis)
    found = [summed_like(np.reshape(p, np.shape(x)), x) for p, x in zip(pieces, arrays, strict=True)]
    return np.stack(found) if isinstance(arrays, np.ndarray) else found


def join_like(parts: Any, x: Any, axis: int = 0) -> Any:
    """Adjoints of the parts of a split, joined.

    >>> join_like([np.zeros(1), np.ones(2)], np.ones(3))
    array([0., 1., 1.])
    """
    return np.concatenate(list(parts), axis)


def fold_tiles(d: Any, x: Any, reps: Any) -> Any:
    """The sum of the copies: the adjoint of `np.tile(x, reps)`.

    >>> fold_tiles(np.array([1.0, 2.0, 3.0, 4.0]), np.ones(2), 2)
    array([4., 6.])
    """
    reps = tuple(np.ravel(reps))
    rank = max(len(reps), np.ndim(x))
    reps = (1,) * (rank - len(reps)) + reps
    shape = (1,) * (rank - np.ndim(x)) + np.shape(x)
    split = np.reshape(d, tuple(n for pair in zip(reps, shape, strict=True) for n in pair))
    return np.reshape(np.sum(split, axis=tuple(range(0, 2 * rank, 2))), np.shape(x))


def unsort(d: Any, x: Any, axis: Any = -1) -> Any:
    """The adjoint of sorting `x`: each derivative back in its old place.

    >>> unsort(np.array([1.0, 2.0, 3.0]), np.array([5.0, 4.0, 6.0]))
    array([2., 1., 3.])
    """
    if axis is None:
        return np.reshape(unsort(d, np.ravel(x), -1), np.shape(x))
    found = np.zeros(np.shape(x), np.result_type(d))
    np.put_along_axis(found, np.argsort(x, axis, kind="stable"), d, axis)
    return found


def sort_tangent(t: Any, x: Any, axis: Any = -1) -> Any:
    """The tangent of sorting `x`: in the order of x.

    >>> sort_tangent(np.array([1.0, 2.0, 3.0]), np.array([5.0, 4.0, 6.0]))
    array([2., 1., 3.])
    """
    if axis is None:
        return sort_tangent(np.ravel(t), np.ravel(x), -1)
    return np.take_along_axis(np.asarray(t), np.argsort(x, axis, kind="stable"), axis)


def meshgrid_adjoints(d: Any, arrays: Any, indexing: str = "xy") -> list[Any]:
    """The adjoints of the coordinates in `np.meshgrid(*arrays)`.

    >>> meshgrid_adjoints([np.ones((2, 3)), np.ones((2, 3))], [np.ones(3), np.ones(2)])
    [array([2., 2., 2.]), array([3., 3.])]
    """
    own = list(range(len(arrays)))
    if indexing == "xy" and len(arrays) > 1:
        own[:2] = [1, 0]
    summed = [np.sum(part, axis=tuple(m for m in own if m != n)) for part, n in zip(d, own, strict=True)]
    return [np.reshape(part, np.shape(x)) for part, x in zip(summed, arrays, strict=True)]


def diagonal_adjoint(d: Any, x: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    """The adjoint of `np.diagonal`.

    >>> diagonal_adjoint(np.array([1.0]), np.ones((2, 2)), 1)
    array([[0., 1.],
           [0., 0.]])
    """
    found = np.zeros(np.shape(x), np.result_type(d))
    view = np.moveaxis(found, (axis1, axis2), (-2, -1))
    n = np.arange(np.shape(d)[-1])
    view[..., n + max(-offset, 0), n + max(offset, 0)] = d
    return found


def trace_adjoint(d: Any, x: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    """The adjoint of the sum of a diagonal.

    >>> trace_adjoint(2.0, np.ones((2, 2)))
    array([[2., 0.],
           [0., 2.]])
    """
    rows, columns = np.shape(x)[axis1], np.shape(x)[axis2]
    count = max(min(rows - max(-offset, 0), columns - max(offset, 0)), 0)
    whole = np.broadcast_to(np.expand_dims(d, -1), (*np.shape(d), count))
    return diagonal_adjoint(whole, x, offset, axis1, axis2)


def diag_adjoint(d: Any, v: Any, k: int = 0) -> Any:
    """The adjoint of `np.diag`, of a vector or a matrix.

    >>> diag_adjoint(np.array([[1.0, 2.0], [3.0, 4.0]]), np.ones(2))
    array([1., 4.])
    """
    return np.diagonal(d, k).copy() if np.ndim(v) == 1 else diagonal_adjoint(d, v, k)


def linspace_adjoint(d: Any, low: Any, endpoint: Any, axis: int, x: Any) -> Any:
    """The adjoint of an end `x` of `np.linspace`, which has the weight `low` at the start and 1 - low at the end.

    >>> linspace_adjoint(np.ones(3), 1.0, True, 0, 5.0)
    np.float64(1.5)
    """
    shape = [1] * np.ndim(d)
    shape[axis] = np.shape(d)[axis]
    weights = np.linspace(low, 1.0 - low, shape[axis], endpoint, dtype=np.real(d).dtype)
    return unbroadcast(np.sum(np.reshape(weights, shape) * d, axis=axis), x)


def values_and_step(d: Any, retstep: Any, count: int) -> Any:
    """The adjoints of the values that `np.linspace` gives, and of the distance of its ends: `count` steps.

    >>> values_and_step((np.ones(3), 4.0), True, 2)
    (array([1., 1., 1.]), 2.0)
    """
    return (d[0], d[1] / count) if retstep else (d, 0.0)


def node_interval(x: Any, xp: Any) -> Any:
    """The interval of the nodes `xp` that holds each of `x`, and how far along it x lies; nodes beyond count as ends.

    >>> node_interval(2.5, np.array([1.0, 2.0, 4.0]))
    (np.int64(1), np.float64(0.25))
    """
    n = np.clip(np.searchsorted(xp, x, side="right") - 1, 0, len(xp) - 2)
    x = np.clip(x, xp[0], xp[-1])
    return n, (x - xp[n]) / (xp[n + 1] - xp[n])


def interp_slope(x: Any, xp: Any, fp: Any) -> Any:
    """The derivative of `np.interp` with respect to x: the slope of each interval, 0 outside.

    >>> interp_slope(np.array([0.5, 9.0]), np.array([0.0, 1.0]), np.array([3.0, 5.0]))
    array([2., 0.])
    """
    xp, fp = np.asarray(xp), np.asarray(fp)
    n, _ = node_interval(x, xp)
    slope = (fp[n + 1] - fp[n]) / (xp[n + 1] - xp[n])
    return np.where((x >= xp[0]) & (x <= xp[-1]), slope, 0.0)[()]


def interp_adjoint(d: Any, x: Any, xp: Any, left: Any = None, right: Any = None) -> Any:
    """The adjoint of the values at the nodes `xp` in `np.interp`.

    >>> interp_adjoint(1.0, 0.25, np.array([0.0, 1.0]))
    array([0.75, 0.25])
    """
    xp = np.asarray(xp)
    n, along = node_interval(x, xp)
    d = np.where(((left is not None) & (x < xp[0])) | ((right is not None) & (x > xp[-1])), 0.0, d)
    found = np.zeros(len(xp), np.result_type(d, along))
    np.add.at(found, n, d * (1.0 - along))
    np.add.at(found, n + 1, d * along)
    return found


def period_order(xp: Any, period: Any) -> Any:
    """The nodes of a periodic interpolation in their order, with the last one before and the first one behind them.

    >>> period_order(np.array([5.0, 2.0, 3.5]), 4.0)
    array([2, 0, 1, 2, 0])
    """
    if period is None:
        return np.arange(len(xp))
    order = np.argsort(np.remainder(xp, period))
    return np.concatenate((order[-1:], order, order[:1]))


def period_turns(order: Any, period: Any) -> Any:
    """How far the nodes of a periodic interpolation are moved: one before the period, one behind it.

    >>> period_turns(np.array([1, 0, 2, 1]), 4.0)
    array([-4.,  0.,  0.,  4.])
    """
    found = np.zeros(len(order))
    if period is not None:
        found[0], found[-1] = -np.abs(period), np.abs(period)
    return found


def in_period(x: Any, period: Any) -> Any:
    """Where in the first period `x` lies; None is for no period.

    >>> in_period(5.0, 4.0), in_period(5.0, None)
    (np.float64(1.0), 5.0)
    """
    return x if period is None else np.remainder(x, period)
