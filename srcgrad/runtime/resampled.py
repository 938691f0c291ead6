"""Helpers of emitted code: filters forward and backward, images shifted and zoomed."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import summed_like
from .bases import along_one_axis


def filter_reach(padtype: Any, padlen: Any, taps: int) -> int:
    """How far beyond the ends `scipy.signal.filtfilt` starts and stops.

    >>> filter_reach("odd", None, 3)
    9
    """
    if padtype is None:
        return 0
    return 3 * taps if padlen is None else padlen


def section_taps(sos: Any) -> int:
    """How many coefficients the sections of a filter have together, as `scipy.signal.sosfiltfilt` counts them.

    >>> section_taps(np.ones((2, 6)))
    5
    """
    zeros = np.sum(np.asarray(sos)[:, [2, 5]] == 0, axis=0)
    return int(2 * len(sos) + 1 - np.min(zeros))


def with_ends(d: Any, reach: int, axis: int) -> Any:
    """`d` with an axis moved to the end, and zeros before and after.

    >>> with_ends(np.array([1.0]), 1, 0)
    array([0., 1., 0.])
    """
    return np.pad(np.moveaxis(d, axis, -1), [(0, 0)] * (np.ndim(d) - 1) + [(reach, reach)])


def run_back(y: Any, d: Any, start: Any) -> Any:
    """The adjoint of reversing what a filter gives that starts in the steady state of its first item.

    `y` is what the filter makes of `d` without that; `start` what it makes of that state alone.

    >>> run_back(np.array([1.0, 2.0]), np.array([1.0, 2.0]), np.array([0.0, 3.0]))
    array([5., 1.])
    """
    found = np.flip(y, -1).copy()
    found[..., 0] += np.sum(start * np.flip(d, -1), axis=-1)
    return found


def unextended(d: Any, x: Any, reach: int, padtype: Any, axis: int) -> Any:
    """The adjoint of what `scipy.signal.filtfilt` puts before and after `x`, whose axis is the last of `d`.

    >>> unextended(np.array([1.0, 2.0, 4.0, 8.0, 16.0]), np.ones(3), 1, "even", 0)
    array([ 2., 21.,  8.])
    """
    last = np.shape(d)[-1] - 2 * reach - 1
    found = d[..., reach : reach + last + 1].copy()
    if reach > 0:
        before, after = d[..., :reach], d[..., reach + last + 1 :]
        if padtype in ("odd", "constant"):
            times = 2.0 if padtype == "odd" else 1.0
            found[..., 0] += times * np.sum(before, axis=-1)
            found[..., last] += times * np.sum(after, axis=-1)
        if padtype in ("odd", "even"):
            sign = -1.0 if padtype == "odd" else 1.0
            found[..., 1 : reach + 1] += sign * np.flip(before, -1)
            found[..., last - reach : last] += sign * np.flip(after, -1)
    return summed_like(np.moveaxis(found, -1, axis), x)


def shift_matrices(x: Any, shift: Any, order: Any, mode: Any, prefilter: Any) -> list[Any]:
    """What `scipy.ndimage.shift` does along each axis of `x`.

    >>> shift_matrices(np.ones(2), 1, 1, "constant", True)
    [array([[0., 0.],
           [1., 0.]])]
    """
    import scipy.ndimage

    found = []
    for n, by in zip(np.shape(x), np.broadcast_to(shift, np.ndim(x)), strict=True):
        columns = [scipy.ndimage.shift(unit, by, None, order, mode, 0.0, prefilter) for unit in np.eye(n)]
        found.append(np.stack(columns, axis=1))
    return found


def zoom_matrices(x: Any, zoom: Any, order: Any, mode: Any, prefilter: Any, grid_mode: Any) -> list[Any]:
    """What `scipy.ndimage.zoom` does along each axis of `x`.

    >>> zoom_matrices(np.ones(2), 1.5, 1, "constant", True, False)
    [array([[1. , 0. ],
           [0.5, 0.5],
           [0. , 1. ]])]
    """
    import scipy.ndimage

    found, options = [], (None, order, mode, 0.0, prefilter)
    for n, by in zip(np.shape(x), np.broadcast_to(zoom, np.ndim(x)), strict=True):
        columns = [scipy.ndimage.zoom(unit, by, *options, grid_mode=grid_mode) for unit in np.eye(n)]
        found.append(np.stack(columns, axis=1))
    return found


def along_each_axis(d: Any, matrices: Any) -> Any:
    """The adjoint of an image of which each axis is multiplied by a matrix.

    >>> along_each_axis(np.array([1.0, 2.0]), [np.array([[1.0, 3.0], [0.0, 1.0]])])
    array([1., 5.])
    """
    for n, matrix in enumerate(matrices):
        d = along_one_axis(matrix.T, d, n)
    return d
