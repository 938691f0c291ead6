"""Derivatives of scipy.signal's filters forward and backward, and of scipy.ndimage's shifted and zoomed images.

A filter that runs forward, and then backward from its steady state, is transposed by the same two runs; what has been
put beyond the ends is folded back.  An image is shifted and zoomed along one axis after the other.
"""

# ruff: noqa: F821, F841  (templates are read as text: SciPy is not imported)
# mypy: ignore-errors
from __future__ import annotations

import numpy as np

from ..runtime import (
    along_each_axis,
    along_one_axis,
    filter_reach,
    run_back,
    section_taps,
    shift_matrices,
    unbroadcast,
    unextended,
    with_ends,
    zoom_matrices,
)  # fmt: skip
from .declare import rule


@rule("scipy.signal.sosfilt(sos, x, axis=-1, zi=None)")
def sosfilt(sos, x, axis, d_out, t_x):
    d_x = unbroadcast(np.flip(scipy.signal.sosfilt(sos, np.flip(d_out, axis), axis), axis), x)
    t_out = scipy.signal.sosfilt(sos, t_x, axis)


@rule("scipy.signal.filtfilt(b, a, x, axis=-1, padtype='odd', padlen=None, method='pad', irlen=None)")
def filtfilt(b, a, x, axis, padtype, padlen, method, irlen, d_out, t_x):
    if method == "pad":
        reach = filter_reach(padtype, padlen, max(np.size(a), np.size(b)))
        wide = with_ends(d_out, reach, axis)
        start = scipy.signal.lfilter(b, a, np.zeros(np.shape(x)[axis] + 2 * reach), zi=scipy.signal.lfilter_zi(b, a))[0]
        once = run_back(scipy.signal.lfilter(b, a, wide), wide, start)
        d_x = unextended(run_back(scipy.signal.lfilter(b, a, once), once, start), x, reach, padtype, axis)
    else:
        matrix = scipy.signal.filtfilt(b, a, np.eye(np.shape(x)[axis]), 0, padtype, padlen, method, irlen)
        d_x = unbroadcast(along_one_axis(matrix.T, d_out, axis), x)
    t_out = scipy.signal.filtfilt(b, a, t_x, axis, padtype, padlen, method, irlen)


@rule("scipy.signal.sosfiltfilt(sos, x, axis=-1, padtype='odd', padlen=None)")
def sosfiltfilt(sos, x, axis, padtype, padlen, d_out, t_x):
    reach = filter_reach(padtype, padlen, section_taps(sos))
    wide = with_ends(d_out, reach, axis)
    start = scipy.signal.sosfilt(sos, np.zeros(np.shape(x)[axis] + 2 * reach), zi=scipy.signal.sosfilt_zi(sos))[0]
    once = run_back(scipy.signal.sosfilt(sos, wide), wide, start)
    d_x = unextended(run_back(scipy.signal.sosfilt(sos, once), once, start), x, reach, padtype, axis)
    t_out = scipy.signal.sosfiltfilt(sos, t_x, axis, padtype, padlen)


@rule("scipy.ndimage.shift(input, shift, output=None, order=3, mode='constant', cval=0.0, prefilter=True)")
def shift(input, shift, order, mode, cval, prefilter, d_out, t_input):
    d_input = unbroadcast(along_each_axis(d_out, shift_matrices(input, shift, order, mode, prefilter)), input)
    t_out = scipy.ndimage.shift(t_input, shift, None, order, mode, 0.0, prefilter)


@rule("scipy.ndimage.zoom(input, zoom, output=None, order=3, mode='constant', cval=0.0, prefilter=True, *, "
      "grid_mode=False)")  # fmt: skip
def zoom(input, zoom, order, mode, cval, prefilter, grid_mode, d_out, t_input):
    d_input = unbroadcast(
        along_each_axis(d_out, zoom_matrices(input, zoom, order, mode, prefilter, grid_mode)), input
    )
    t_out = scipy.ndimage.zoom(t_input, zoom, None, order, mode, 0.0, prefilter, grid_mode=grid_mode)
