"""Helpers of emitted code: arrays with borders around them, and views of windows."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import positions, scatter
from .placing import numbered, taken_like


def pad_mode(mode: Any) -> Any:
    """The mode of `np.pad`, if it is one whose result is linear in the array.

    >>> pad_mode("edge")
    'edge'
    """
    if mode not in ("constant", "edge", "reflect", "symmetric", "wrap", "mean", "linear_ramp", "empty"):
        raise ValueError(f"np.pad: mode {mode!r} has no derivative rule")
    return mode


def pad_matrices(x: Any, pad_width: Any, mode: Any, stat_length: Any, reflect_type: Any) -> list[Any]:
    """What `np.pad` makes of each axis of `x`, as matrices.

    >>> pad_matrices(np.ones(2), 1, "mean", None, "even")
    [array([[0.5, 0.5],
           [1. , 0. ],
           [0. , 1. ],
           [0.5, 0.5]])]
    """
    if isinstance(pad_width, dict):
        widths = np.zeros((np.ndim(x), 2), int)
        for axis, width in pad_width.items():
            widths[axis] = width
    else:
        widths = np.broadcast_to(pad_width, (np.ndim(x), 2))
    lengths = None if stat_length is None else np.broadcast_to(stat_length, (np.ndim(x), 2))
    found = []
    for n, (size, width) in enumerate(zip(np.shape(x), widths, strict=True)):
        around = [tuple(width), (0, 0)]
        if mode == "mean" and lengths is not None:
            found.append(np.pad(np.eye(size), around, mode, stat_length=[tuple(lengths[n]), (1, 1)]))
        elif mode in ("reflect", "symmetric"):
            found.append(np.pad(np.eye(size), around, mode, reflect_type=reflect_type))
        else:
            found.append(np.pad(np.eye(size), around, mode))
    return found


def along_axes(matrices: Any, x: Any) -> Any:
    """`x` with each of its axes multiplied by a matrix.

    >>> along_axes([np.array([[1.0, 1.0]])], np.array([2.0, 3.0]))
    array([5.])
    """
    for axis, m in enumerate(matrices):
        x = np.moveaxis(np.tensordot(m.astype(np.real(x).dtype), x, (1, axis)), 0, axis)
    return x


def unpad(
    d: Any, x: Any, pad_width: Any, mode: Any = "constant", stat_length: Any = None, reflect_type: Any = "even"
) -> Any:
    """The adjoint of `np.pad`.

    >>> unpad(np.array([1.0, 2.0, 3.0, 4.0]), np.ones(3), (1, 0), "constant")
    array([2., 3., 4.])
    """
    if pad_mode(mode) in ("constant", "empty"):
        return d[np.pad(np.ones(np.shape(x), bool), pad_width)].reshape(np.shape(x))
    if mode in ("mean", "linear_ramp") or reflect_type == "odd":
        matrices = pad_matrices(x, pad_width, mode, stat_length, reflect_type)
        return along_axes([m.T for m in matrices], d)
    return scatter(d, x, np.pad(positions(x), pad_width, mode))


def padded_tangent(
    t: Any, pad_width: Any, mode: Any = "constant", stat_length: Any = None, reflect_type: Any = "even"
) -> Any:
    """The tangent of `np.pad`, for borders that carry none.

    >>> padded_tangent(np.array([1.0, 3.0]), (1, 0), "mean")
    array([2., 1., 3.])
    """
    if pad_mode(mode) in ("constant", "empty"):
        return np.pad(t, pad_width)
    if mode in ("mean", "linear_ramp") or reflect_type == "odd":
        return along_axes(pad_matrices(t, pad_width, mode, stat_length, reflect_type), t)
    return np.ravel(t)[np.pad(positions(t), pad_width, mode)]


def border_adjoint(d: Any, x: Any, pad_width: Any, values: Any) -> Any:
    """The adjoint of the constants around an array, `constant_values` of `np.pad`.

    >>> border_adjoint(np.array([1.0, 2.0, 3.0, 4.0]), np.ones(2), 1, (5.0, 6.0))
    [np.float64(1.0), np.float64(4.0)]
    """
    numbers, count = numbered(values, 0)
    places = np.pad(np.full(np.shape(x), count), pad_width, constant_values=numbers)
    flat = np.zeros(count + 1, np.result_type(d))
    np.add.at(flat, places, d)
    return taken_like(flat, values, numbers)


def strided_places(x: Any, shape: Any, strides: Any) -> Any:
    """The elements that `np.lib.stride_tricks.as_strided` shows, as numbers in `x.flat`.

    >>> strided_places(np.ones(3), (2, 2), (8, 8))
    array([[0, 1],
           [1, 2]])
    """
    if not np.asarray(x).flags.c_contiguous:
        raise ValueError("as_strided: no derivative for an array that is not contiguous")
    shape = np.shape(x) if shape is None else (shape,) if np.ndim(shape) == 0 else shape
    steps = np.asarray(x).strides if strides is None else (strides,) if np.ndim(strides) == 0 else strides
    if any(step % np.asarray(x).itemsize for step in steps):
        raise ValueError("as_strided: no derivative for elements that overlap in part")
    found = np.zeros(tuple(shape), int)
    for axis, (size, step) in enumerate(zip(shape, steps, strict=True)):
        along = np.arange(size) * (step // np.asarray(x).itemsize)
        found = found + np.reshape(along, (size, *[1] * (len(shape) - axis - 1)))
    if found.size and (found.min() < 0 or found.max() >= np.size(x)):
        raise ValueError("as_strided: no derivative for elements outside of the array")
    return found
