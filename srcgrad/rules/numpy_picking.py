"""Operations that repeat or pick elements; triangles and diagonals."""

# ruff: noqa: F841
# mypy: ignore-errors
from __future__ import annotations

import numpy as np

from ..runtime import (
    border_adjoint,
    diag_adjoint,
    diagonal_adjoint,
    fold_tiles,
    padded_tangent,
    positions,
    scatter,
    strided_places,
    trace_adjoint,
    unbroadcast,
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


@rule("np.lib.stride_tricks.as_strided(x, shape=None, strides=None, subok=False, writeable=True)")
def as_strided(x, shape, strides, writeable, d_out, t_x):
    d_x = scatter(d_out, x, strided_places(x, shape, strides))
    t_out = np.ravel(t_x)[strided_places(x, shape, strides)]


@rule("np.pad(array, pad_width, mode='constant', *, constant_values=0, end_values=0, stat_length=None, "
      "reflect_type='even')")  # fmt: skip
def pad(array, pad_width, mode, constant_values, end_values, stat_length, reflect_type, d_out, t_array,
        t_constant_values):  # fmt: skip
    if mode in ("constant", "edge", "wrap", "reflect", "symmetric", "empty") and reflect_type == "even":
        d_array = unpad(d_out, array, pad_width, mode)
    else:
        d_array = unpad(d_out, array, pad_width, mode, stat_length, reflect_type)
    d_constant_values = border_adjoint(d_out, array, pad_width, constant_values)
    if mode in ("constant", "edge", "wrap", "reflect", "symmetric") and reflect_type == "even":
        t_out = np.pad(t_array, pad_width, mode)
    else:
        t_out = padded_tangent(t_array, pad_width, mode, stat_length, reflect_type)
    t_out += np.pad(np.zeros(np.shape(array)), pad_width, constant_values=t_constant_values)


# ----- triangles and diagonals -----
@linear("np.triu(m, k=0)")
def triu(m, k, d_out):
    if np.ndim(m) >= 2:
        d_m = np.triu(d_out, k)
    else:  # of a vector it makes a matrix
        d_m = unbroadcast(np.triu(d_out, k), m)


@linear("np.tril(m, k=0)")
def tril(m, k, d_out):
    if np.ndim(m) >= 2:
        d_m = np.tril(d_out, k)
    else:  # of a vector it makes a matrix
        d_m = unbroadcast(np.tril(d_out, k), m)


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
