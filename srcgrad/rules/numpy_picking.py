"""Operations that repeat or pick elements; triangles and diagonals."""

# ruff: noqa: F841
# mypy: ignore-errors
from __future__ import annotations

import numpy as np

from ..runtime import (
    diag_adjoint,
    diagonal_adjoint,
    fold_tiles,
    pad_mode,
    positions,
    scatter,
    trace_adjoint,
    unpad,
)  # fmt: skip
from .declare import linear, rule


# ----- repeating and picking -----
@linear("np.tile(A, reps)")
def tile(A, reps, d_out):  # noqa: N803
    d_A = fold_tiles(d_out, A, reps)


@linear("np.repeat(a, repeats, axis=None)")
def repeat(a, repeats, axis, d_out):
    d_a = scatter(d_out, a, np.repeat(positions(a), repeats, axis))


@linear("np.resize(a, new_shape)")
def resize(a, new_shape, d_out):
    d_a = scatter(d_out, a, np.resize(positions(a), new_shape))


@linear("np.take(a, indices, axis=None, out=None, mode='raise')")
def take(a, indices, axis, mode, d_out):
    d_a = scatter(d_out, a, np.take(positions(a), indices, axis, mode=mode))


@linear("np.take_along_axis(arr, indices, axis=-1)")
def take_along_axis(arr, indices, axis, d_out):
    d_arr = scatter(d_out, arr, np.take_along_axis(positions(arr), indices, axis))


@linear("np.compress(condition, a, axis=None, out=None)")
def compress(condition, a, axis, d_out):
    d_a = scatter(d_out, a, np.compress(condition, positions(a), axis))


@linear("np.extract(condition, arr)")
def extract(condition, arr, d_out):
    d_arr = scatter(d_out, arr, np.extract(condition, positions(arr)))


@linear("np.delete(arr, obj, axis=None)")
def delete(arr, obj, axis, d_out):
    d_arr = scatter(d_out, arr, np.delete(positions(arr), obj, axis))


@linear("np.lib.stride_tricks.sliding_window_view(x, window_shape, axis=None, *, subok=False, writeable=False)")
def sliding_window_view(x, window_shape, axis, d_out):
    d_x = scatter(d_out, x, np.lib.stride_tricks.sliding_window_view(positions(x), window_shape, axis))


@rule("np.pad(array, pad_width, mode='constant', *, constant_values=0)")
def pad(array, pad_width, mode, constant_values, d_out, t_array):
    d_array = unpad(d_out, array, pad_width, mode)
    t_out = np.pad(t_array, pad_width, pad_mode(mode))


# ----- triangles and diagonals -----
@linear("np.triu(m, k=0)")
def triu(m, k, d_out):
    d_m = np.triu(d_out, k)


@linear("np.tril(m, k=0)")
def tril(m, k, d_out):
    d_m = np.tril(d_out, k)


@linear("np.diag(v, k=0)")
def diag(v, k, d_out):
    d_v = diag_adjoint(d_out, v, k)


@linear("np.diagflat(v, k=0)")
def diagflat(v, k, d_out):
    d_v = np.reshape(np.diagonal(d_out, k), np.shape(v))


@linear("np.diagonal(a, offset=0, axis1=0, axis2=1)")
def diagonal(a, offset, axis1, axis2, d_out):
    d_a = diagonal_adjoint(d_out, a, offset, axis1, axis2)


@linear("np.linalg.diagonal(x, /, *, offset=0)")
def linalg_diagonal(x, offset, d_out):
    d_x = diagonal_adjoint(d_out, x, offset, -2, -1)


@linear("np.trace(a, offset=0, axis1=0, axis2=1, dtype=None, out=None)")
def trace(a, offset, axis1, axis2, d_out):
    d_a = trace_adjoint(d_out, a, offset, axis1, axis2)


@linear("np.linalg.trace(x, /, *, offset=0, dtype=None)")
def linalg_trace(x, offset, d_out):
    d_x = trace_adjoint(d_out, x, offset, -2, -1)
