"""Helpers of tangents along several directions at once: arrays with one axis more, the last, for the directions."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import unbroadcast
from .checks import of_result
from .memory import shadow_of


def for_each_leaf(f: Any, x: Any) -> Any:
    """What `f` makes of each value that is no container, in lists and dicts as they hold them.

    >>> for_each_leaf(abs, {"a": (-1.0, [2.0])})
    {'a': [1.0, [2.0]]}
    """
    if isinstance(x, (list, tuple)):
        return [for_each_leaf(f, item) for item in x]
    if isinstance(x, dict):
        found = x.copy()
        for key, item in x.items():
            found[key] = for_each_leaf(f, item)
        return found
    return f(x)


def zeros_along(x: Any, directions: int) -> Any:
    """Zero tangents of `x`, which may be a container, along each direction; None for what is no number.

    >>> zeros_along([np.ones(2), 1, "name"], 3)
    [array([[0., 0., 0.],
           [0., 0., 0.]]), array([0., 0., 0.]), None]
    """

    def zeros(x: Any) -> Any:
        if isinstance(x, np.ndarray) or isinstance(x, np.generic) and x.dtype.kind in "fc":
            return np.zeros((*np.shape(x), directions), np.result_type(x))
        if isinstance(x, (int, np.integer, np.bool_)):
            return np.zeros(directions)
        return np.zeros(directions, type(x)) if isinstance(x, (float, complex)) else None

    return for_each_leaf(zeros, x)


def same_along(t: Any, directions: int) -> Any:
    """A tangent that is the same along each direction.

    >>> same_along([2.0], 3)
    [array([2., 2., 2.])]
    """
    return for_each_leaf(lambda x: None if x is None else np.repeat(np.expand_dims(x, -1), directions, -1), t)


def direction_of(t: Any, n: int) -> Any:
    """The tangent along the n-th direction alone.

    >>> direction_of([np.array([[1.0, 2.0]]), None], 1)
    [array([2.]), None]
    """
    return for_each_leaf(lambda x: None if x is None else x[..., n][()], t)


def gathered(ts: Any) -> Any:
    """One tangent from those along each direction.

    >>> gathered([(1.0, None), (2.0, None)])
    [array([1., 2.]), None]
    """
    first = ts[0]
    if isinstance(first, (list, tuple)):
        return [gathered([t[n] for t in ts]) for n in range(len(first))]
    if isinstance(first, dict):
        found = first.copy()
        for key in first:
            found[key] = gathered([t[key] for t in ts])
        return found
    return None if first is None else np.stack([np.asarray(t) for t in ts], -1)


def each_direction(f: Any, directions: int, *ts: Any) -> Any:
    """What `f` gives for each direction of tangents by itself.

    >>> each_direction(lambda t: np.sort(t), 2, np.array([[2.0, 1.0], [1.0, 3.0]]))
    array([[1., 1.],
           [2., 3.]])
    """
    return gathered([f(*(direction_of(t, n) for t in ts)) for n in range(directions)])


def axes_before(t: Any) -> Any:
    """All axes of a tangent but that of its directions.

    >>> axes_before(np.ones((2, 3, 4)))
    (0, 1)
    """
    return tuple(range(np.ndim(t) - 1))


def transposed_along(t: Any) -> Any:
    """The transpose of a tangent along each direction.

    >>> transposed_along(np.ones((2, 3, 4))).shape
    (3, 2, 4)
    """
    return np.transpose(t, (*reversed(range(np.ndim(t) - 1)), np.ndim(t) - 1))


def before_directions(index: Any) -> Any:
    """An index of a value as one of its tangent: with an Ellipsis in it, it counts from the last axis.

    >>> before_directions((..., 0))
    (Ellipsis, 0, slice(None, None, None))
    """
    if isinstance(index, tuple) and len(index) > 1 and any(i is ... for i in index):
        return (*index, slice(None))
    return index


def squeezed_along(t: Any) -> Any:
    """A tangent without the axes of size one, but for that of its directions.

    >>> squeezed_along(np.ones((1, 3, 1, 1))).shape
    (3, 1)
    """
    return np.squeeze(t, tuple(n for n, size in enumerate(np.shape(t)[:-1]) if size == 1))


def unbroadcast_along(t: Any, x: Any, directions: int) -> Any:
    """`unbroadcast` of a tangent along each direction.

    >>> unbroadcast_along(np.ones((2, 3, 4)), np.ones(3), 4).shape
    (3, 4)
    """
    return unbroadcast(t, np.broadcast_to(np.expand_dims(x, -1), (*np.shape(x), directions)))


def of_result_along(t: Any, directions: int, value: Any, what: str, others: Any = ()) -> Any:
    """`of_result` of a tangent along each direction.

    >>> of_result_along(np.ones((3, 4)), 4, np.zeros(3), "t_out of `energy`").shape
    (3, 4)
    """

    def along(x: Any) -> Any:
        return np.broadcast_to(np.expand_dims(x, -1), (*np.shape(x), directions))

    return of_result(t, along(value), what, tuple(map(along, others)))


def full_along(x: Any, t: Any, directions: int) -> Any:
    """The tangent of an array of the shape and dtype of `x` that is full of a value with the tangent `t`.

    >>> full_along(np.ones(2), np.array([1.0, 2.0]), 2)
    array([[1., 2.],
           [1., 2.]])
    """
    return np.full((*np.shape(x), directions), t, np.result_type(x))


def matmul_after(t: Any, b: Any) -> Any:
    """`t @ b` along each direction of `t`.

    >>> matmul_after(np.ones((3, 2, 4)), np.ones((2, 5))).shape
    (3, 5, 4)
    """
    if np.ndim(t) == 2:  # of a vector
        return b @ t if np.ndim(b) == 1 else np.swapaxes(b, -1, -2) @ t
    if np.ndim(t) == 3 and np.ndim(b) == 1:
        return np.tensordot(t, b, ((1,), (0,)))
    if np.ndim(b) == 1:
        return np.moveaxis(np.moveaxis(t, -1, 0) @ b, 0, -1)
    if np.ndim(t) == 3 and np.ndim(b) == 2:
        return np.moveaxis(np.tensordot(t, b, ((1,), (0,))), -1, 1)
    return np.moveaxis(raised(t, np.ndim(b)) @ b, 0, -1)


def matmul_before(a: Any, t: Any) -> Any:
    """`a @ t` along each direction of `t`.

    >>> matmul_before(np.ones((5, 3)), np.ones((3, 2, 4))).shape
    (5, 2, 4)
    """
    if np.ndim(t) == 2:
        return a @ t
    if np.ndim(t) == 3 and np.ndim(a) < 3:
        return np.tensordot(a, t, 1)
    if np.ndim(a) == 1:
        return np.moveaxis(a @ np.moveaxis(t, -1, 0), 0, -1)
    return np.moveaxis(a @ raised(t, np.ndim(a)), 0, -1)


def raised(t: Any, rank: int) -> Any:
    """A stack of tangents with their directions first, each of at least this rank.

    >>> raised(np.ones((2, 3, 4)), 3).shape
    (4, 1, 2, 3)
    """
    first = np.moveaxis(t, -1, 0)
    return np.reshape(first, (first.shape[0], *(1,) * (rank + 1 - np.ndim(first)), *first.shape[1:]))


def laid_out_along(t: Any, x: Any) -> Any:
    """`t` itself if it lies in memory as `x` does, with its directions side by side, else a copy that does.

    >>> x = np.ones((2, 3)).T; laid_out_along(np.ones((3, 2, 4)), x).strides
    (32, 96, 8)
    """
    if not isinstance(x, np.ndarray):
        return t
    like, size = shadow_of(x), t.shape[-1] * t.itemsize
    strides = (*(s // x.itemsize * size for s in like.strides), t.itemsize)
    if t.strides == strides:
        return t
    low, high = np.lib.array_utils.byte_bounds(like)
    start = (like.__array_interface__["data"][0] - low) // x.itemsize
    room = np.zeros(((high - low) // x.itemsize, t.shape[-1]), t.dtype)
    found = np.lib.stride_tricks.as_strided(room[start:], t.shape, strides)
    found[...] = t
    return found
