"""Operations that give an array another shape, or its axes and elements another order; joining and splitting."""

# ruff: noqa: F841
from __future__ import annotations

import numpy as np

from ..runtime import (
    element_order,
    inverse_axes,
    join_like,
    joined_pieces,
    joined_tangent,
    positions,
    reshape_each,
    scatter,
    sort_tangent,
    split_like,
    split_stacked,
    unbroadcast,
    unbroadcast_each,
    unsort,
)  # fmt: skip
from . import numpy_creation, numpy_picking, numpy_placing  # noqa: F401  (the rest of this table)
from .declare import linear, rule

ORDERS = ("C", "F")  # the others depend on how an array lies in memory


# ----- shape -----
@linear("np.reshape(a, shape, order='C', *, copy=None)", order=ORDERS)
def reshape(a, shape, order, copy, d_out):
    if order == "C":
        d_a = np.reshape(d_out, np.shape(a))
    elif order == "F":
        d_a = np.reshape(d_out, np.shape(a), order="F")
    else:
        d_a = np.reshape(d_out, np.shape(a), element_order(order))


@linear("ndarray.reshape(a, *shape, order='C', copy=None)", order=ORDERS)
def reshape_method(a, shape, order, copy, d_out):
    if order == "C":
        d_a = np.reshape(d_out, np.shape(a))
    elif order == "F":
        d_a = np.reshape(d_out, np.shape(a), order="F")
    else:
        d_a = np.reshape(d_out, np.shape(a), element_order(order))


@linear("np.ravel(a, order='C')", order=ORDERS)
def ravel(a, order, d_out):
    if order == "C":
        d_a = np.reshape(d_out, np.shape(a))
    elif order == "F":
        d_a = np.reshape(d_out, np.shape(a), order="F")
    else:
        d_a = np.reshape(d_out, np.shape(a), element_order(order))


@linear("np.squeeze(a, axis=None)")
def squeeze(a, axis, d_out):
    d_a = np.reshape(d_out, np.shape(a))


@linear("np.expand_dims(a, axis)")
def expand_dims(a, axis, d_out):
    d_a = np.reshape(d_out, np.shape(a))


@linear("np.atleast_1d(*arys)")
def atleast_1d(arys, d_out):
    if len(arys) == 1:
        d_arys = [np.reshape(d_out, np.shape(arys[0]))]
    else:
        d_arys = reshape_each(d_out, arys)


@linear("np.atleast_2d(*arys)")
def atleast_2d(arys, d_out):
    if len(arys) == 1:
        d_arys = [np.reshape(d_out, np.shape(arys[0]))]
    else:
        d_arys = reshape_each(d_out, arys)


@linear("np.atleast_3d(*arys)")
def atleast_3d(arys, d_out):
    if len(arys) == 1:
        d_arys = [np.reshape(d_out, np.shape(arys[0]))]
    else:
        d_arys = reshape_each(d_out, arys)


@linear("np.broadcast_to(array, shape, subok=False)")
def broadcast_to(array, shape, d_out):
    d_array = unbroadcast(d_out, array)


@linear("np.broadcast_arrays(*args, subok=False)")
def broadcast_arrays(args, d_out):
    d_args = unbroadcast_each(d_out, args)


# ----- order of axes and elements -----
@linear("np.transpose(a, axes=None)")
def transpose(a, axes, d_out):
    if axes is None:
        d_a = np.transpose(d_out)
    else:
        d_a = np.transpose(d_out, inverse_axes(axes))


@linear("ndarray.transpose(a, *axes)")
def transpose_method(a, axes, d_out):
    if len(axes) == 0:
        d_a = np.transpose(d_out)
    else:
        d_a = np.transpose(d_out, inverse_axes(axes))


@linear("np.matrix_transpose(x, /)")
def matrix_transpose(x, d_out):
    d_x = np.swapaxes(d_out, -1, -2)


@linear("np.swapaxes(a, axis1, axis2)")
def swapaxes(a, axis1, axis2, d_out):
    d_a = np.swapaxes(d_out, axis1, axis2)


@linear("np.moveaxis(a, source, destination)")
def moveaxis(a, source, destination, d_out):
    d_a = np.moveaxis(d_out, destination, source)


@linear("np.rollaxis(a, axis, start=0)")
def rollaxis(a, axis, start, d_out):
    d_a = scatter(d_out, a, np.rollaxis(positions(a), axis, start))


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


@rule("np.sort(a, axis=-1, kind=None, order=None, *, stable=None)")
def sort(a, axis, kind, stable, d_out, t_a):
    d_a = unsort(d_out, a, axis)
    t_out = sort_tangent(t_a, a, axis)


# ----- joining and splitting -----
@linear("np.concatenate(arrays, axis=0, out=None, *, dtype=None, casting='same_kind')")
def concatenate(arrays, axis, d_out):
    d_arrays = split_like(d_out, arrays, axis)


@linear("np.stack(arrays, axis=0, out=None, *, dtype=None, casting='same_kind')")
def stack(arrays, axis, d_out):
    if isinstance(arrays, (list, tuple)):
        d_arrays = list(np.moveaxis(d_out, axis, 0))
    else:
        d_arrays = np.moveaxis(d_out, axis, 0)


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


@rule("np.r_.__getitem__(*key)")
def r_(key, d_out, t_key):
    d_key = joined_pieces(d_out, key, "r")
    t_out = joined_tangent(t_key, key, "r")


@rule("np.c_.__getitem__(*key)")
def c_(key, d_out, t_key):
    d_key = joined_pieces(d_out, key, "c")
    t_out = joined_tangent(t_key, key, "c")


@linear("np.append(arr, values, axis=None)")
def append(arr, values, axis, d_out):
    d_arr = split_like(d_out, (arr, values), axis)[0]
    d_values = split_like(d_out, (arr, values), axis)[1]


@linear("np.split(ary, indices_or_sections, axis=0)")
def split(ary, indices_or_sections, axis, d_out):
    d_ary = join_like(d_out, ary, axis)


@linear("np.array_split(ary, indices_or_sections, axis=0)")
def array_split(ary, indices_or_sections, axis, d_out):
    d_ary = join_like(d_out, ary, axis)


@linear("np.vsplit(ary, indices_or_sections)")
def vsplit(ary, indices_or_sections, d_out):
    d_ary = join_like(d_out, ary, 0)


@linear("np.hsplit(ary, indices_or_sections)")
def hsplit(ary, indices_or_sections, d_out):
    d_ary = join_like(d_out, ary, min(np.ndim(ary) - 1, 1))


@linear("np.dsplit(ary, indices_or_sections)")
def dsplit(ary, indices_or_sections, d_out):
    d_ary = join_like(d_out, ary, 2)


@linear("np.unstack(x, /, *, axis=0)")
def unstack(x, axis, d_out):
    d_x = np.stack(d_out, axis)


ALIASES = {
    "numpy.concat": "np.concatenate", "numpy.permute_dims": "np.transpose", "numpy.row_stack": "np.vstack",
    "numpy.linalg.matrix_transpose": "np.matrix_transpose", "numpy.asanyarray": "np.asarray",
}  # fmt: skip
