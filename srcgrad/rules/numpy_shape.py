"""Operations that move, join, repeat or pick elements."""

# ruff: noqa: F841
from __future__ import annotations

import numpy as np

from ..runtime import (
    diagonal_adjoint,
    fold_repeats,
    fold_tiles,
    join_like,
    sort_tangent,
    split_like,
    split_stacked,
    take_adjoint,
    trace_adjoint,
    unbroadcast,
    unsort,
    unstack,
)  # fmt: skip
from .declare import linear, rule


# ----- shape -----
@linear("np.reshape(a, shape, order='C', *, copy=None)")
def reshape(a, shape, d_out):
    d_a = np.reshape(d_out, np.shape(a))


@linear("ndarray.reshape(a, *shape, order='C')")
def reshape_method(a, shape, d_out):
    d_a = np.reshape(d_out, np.shape(a))


@linear("np.ravel(a, order='C')")
def ravel(a, d_out):
    d_a = np.reshape(d_out, np.shape(a))


@linear("np.squeeze(a, axis=None)")
def squeeze(a, axis, d_out):
    d_a = np.reshape(d_out, np.shape(a))


@linear("np.expand_dims(a, axis)")
def expand_dims(a, axis, d_out):
    d_a = np.reshape(d_out, np.shape(a))


@linear("np.atleast_1d(*arys)")
def atleast_1d(arys, d_out):
    d_arys = [np.reshape(d_out, np.shape(arys[0]))]


@linear("np.atleast_2d(*arys)")
def atleast_2d(arys, d_out):
    d_arys = [np.reshape(d_out, np.shape(arys[0]))]


@linear("np.atleast_3d(*arys)")
def atleast_3d(arys, d_out):
    d_arys = [np.reshape(d_out, np.shape(arys[0]))]


@linear("np.broadcast_to(array, shape, subok=False)")
def broadcast_to(array, shape, d_out):
    d_array = unbroadcast(d_out, array)


# ----- order of axes -----
@linear("np.transpose(a, axes=None)")
def transpose(a, axes, d_out):
    if axes is None:
        d_a = np.transpose(d_out)
    else:
        d_a = np.transpose(d_out, np.argsort(np.arange(np.ndim(d_out))[list(axes)]))


@linear("ndarray.transpose(a, *axes)")
def transpose_method(a, axes, d_out):
    if len(axes) == 0:
        d_a = np.transpose(d_out)
    else:
        d_a = np.transpose(d_out, np.argsort(np.arange(np.ndim(d_out))[np.ravel(axes)]))


@linear("np.matrix_transpose(x)")
def matrix_transpose(x, d_out):
    d_x = np.swapaxes(d_out, -1, -2)


@linear("np.swapaxes(a, axis1, axis2)")
def swapaxes(a, axis1, axis2, d_out):
    d_a = np.swapaxes(d_out, axis1, axis2)


@linear("np.moveaxis(a, source, destination)")
def moveaxis(a, source, destination, d_out):
    d_a = np.moveaxis(d_out, destination, source)


@linear("np.flip(m, axis=None)")
def flip(m, axis, d_out):
    d_m = np.flip(d_out, axis)


@linear("np.fliplr(m)")
def fliplr(m, d_out):
    d_m = np.fliplr(d_out)


@linear("np.flipud(m)")
def flipud(m, d_out):
    d_m = np.flipud(d_out)


@linear("np.roll(a, shift, axis=None)")
def roll(a, shift, axis, d_out):
    if isinstance(shift, int):
        d_a = np.roll(d_out, -shift, axis)
    else:
        d_a = np.roll(d_out, np.negative(shift), axis)


@linear("np.rot90(m, k=1, axes=(0, 1))")
def rot90(m, k, axes, d_out):
    d_m = np.rot90(d_out, -k, axes)


# ----- joining and splitting -----
@linear("np.concatenate(arrays, axis=0, out=None, *, dtype=None, casting='same_kind')")
def concatenate(arrays, axis, d_out):
    d_arrays = split_like(d_out, arrays, axis)


@linear("np.stack(arrays, axis=0, out=None, *, dtype=None, casting='same_kind')")
def stack(arrays, axis, d_out):
    d_arrays = unstack(d_out, axis)


@linear("np.vstack(tup, *, dtype=None, casting='same_kind')")
def vstack(tup, d_out):
    d_tup = split_stacked(d_out, tup, "vstack")


@linear("np.hstack(tup, *, dtype=None, casting='same_kind')")
def hstack(tup, d_out):
    d_tup = split_stacked(d_out, tup, "hstack")


@linear("np.dstack(tup)")
def dstack(tup, d_out):
    d_tup = split_stacked(d_out, tup, "dstack")


@linear("np.column_stack(tup)")
def column_stack(tup, d_out):
    d_tup = split_stacked(d_out, tup, "column_stack")


@linear("np.split(ary, indices_or_sections, axis=0)")
def split(ary, indices_or_sections, axis, d_out):
    d_ary = join_like(d_out, ary, axis)


@linear("np.array_split(ary, indices_or_sections, axis=0)")
def array_split(ary, indices_or_sections, axis, d_out):
    d_ary = join_like(d_out, ary, axis)


# ----- repeating and picking -----
@linear("np.tile(A, reps)")
def tile(A, reps, d_out):  # noqa: N803
    d_A = fold_tiles(d_out, A, reps)


@linear("np.repeat(a, repeats, axis=None)")
def repeat(a, repeats, axis, d_out):
    d_a = fold_repeats(d_out, a, repeats, axis)


@linear("np.take(a, indices, axis=None, out=None, mode='raise')")
def take(a, indices, axis, d_out):
    d_a = take_adjoint(d_out, a, indices, axis)


@rule("np.sort(a, axis=-1, kind=None, order=None, *, stable=None)")
def sort(a, axis, d_out, t_a):
    d_a = unsort(d_out, a, axis)
    t_out = sort_tangent(t_a, a, axis)


# ----- triangles and diagonals -----
@linear("np.triu(m, k=0)")
def triu(m, k, d_out):
    d_m = np.triu(d_out, k)


@linear("np.tril(m, k=0)")
def tril(m, k, d_out):
    d_m = np.tril(d_out, k)


@linear("np.diag(v, k=0)")
def diag(v, k, d_out):
    d_v = diagonal_adjoint(d_out, v, k)


@linear("np.diagonal(a, offset=0, axis1=0, axis2=1)")
def diagonal(a, offset, d_out):
    d_a = diagonal_adjoint(d_out, a, offset)


@linear("np.trace(a, offset=0, axis1=0, axis2=1, dtype=None, out=None)")
def trace(a, offset, d_out):
    d_a = trace_adjoint(d_out, a, offset)


# ----- new arrays -----
@linear("np.full(shape, fill_value, dtype=None, order='C')")
def full(shape, fill_value, d_out):
    d_fill_value = unbroadcast(d_out, fill_value)


@linear("np.array(object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0)")
def array(object, dtype, d_out):
    if isinstance(object, (list, tuple)):
        d_object = list(d_out)
    else:
        d_object = d_out


@linear("np.asarray(a, dtype=None, order=None)")
def asarray(a, dtype, d_out):
    if isinstance(a, (list, tuple)):
        d_a = list(d_out)
    else:
        d_a = d_out


@linear("np.copy(a, order='K', subok=False)")
def copy(a, d_out):
    d_a = d_out


@linear("np.ascontiguousarray(a, dtype=None)")
def ascontiguousarray(a, d_out):
    d_a = np.reshape(d_out, np.shape(a))


@linear("ndarray.astype(a, dtype, order='K', casting='unsafe', subok=True, copy=True)")
def astype(a, dtype, d_out):
    d_a = d_out


@linear("ndarray.item(a, *args)")
def item(a, args, d_out):
    d_a = np.reshape(d_out, np.shape(a))


@linear("ndarray.tolist(a)")
def tolist(a, d_out):
    d_a = np.array(d_out)


@linear("np.float64(x)")
def float64(x, d_out):
    d_x = d_out


@linear("np.float32(x)")
def float32(x, d_out):
    d_x = d_out


@linear("np.float16(x)")
def float16(x, d_out):
    d_x = d_out


@linear("np.longdouble(x)")
def longdouble(x, d_out):
    d_x = d_out


@linear("np.complex128(x)")
def complex128(x, d_out):
    d_x = d_out


@linear("np.complex64(x)")
def complex64(x, d_out):
    d_x = d_out


@linear("np.linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0)")
def linspace(start, stop, num, endpoint, d_out):
    d_start = np.sum(np.linspace(1.0, 0.0, num, endpoint) * d_out)
    d_stop = np.sum(np.linspace(0.0, 1.0, num, endpoint) * d_out)


ALIASES = {
    "numpy.concat": "np.concatenate", "numpy.permute_dims": "np.transpose", "numpy.asanyarray": "np.asarray",
    "numpy.row_stack": "np.vstack",
    "numpy.linalg.matrix_transpose": "np.matrix_transpose",
}  # fmt: skip
