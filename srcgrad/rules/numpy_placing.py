"""Operations that put elements between others, or choose among arrays; parts of orders."""

# ruff: noqa: F841
# mypy: ignore-errors
from __future__ import annotations

import numpy as np

from ..runtime import (
    block_adjoint,
    chosen_adjoints,
    diff_adjoint,
    ediff_parts,
    insert_adjoints,
    partition_order,
    positions,
    scatter,
)  # fmt: skip
from .declare import linear, rule


@linear("np.insert(arr, obj, values, axis=None)")
def insert(arr, obj, values, axis, d_out):
    d_arr = insert_adjoints(d_out, arr, obj, values, axis)[0]
    d_values = insert_adjoints(d_out, arr, obj, values, axis)[1]


@linear("np.block(arrays)")
def block(arrays, d_out):
    d_arrays = block_adjoint(d_out, arrays)


@linear("np.choose(a, choices, out=None, mode='raise')")
def choose(a, choices, d_out):
    d_choices = chosen_adjoints(d_out, a, choices)


@linear("ndarray.compress(a, condition, axis=None, out=None)")
def compress_method(a, condition, axis, d_out):
    d_a = scatter(d_out, a, np.compress(condition, positions(a), axis))


@linear("np.ediff1d(ary, to_end=None, to_begin=None)")
def ediff1d(ary, to_end, to_begin, d_out):
    d_ary = np.reshape(diff_adjoint(ediff_parts(d_out, to_begin, to_end)[1], np.ravel(ary)), np.shape(ary))
    d_to_end = ediff_parts(d_out, to_begin, to_end)[2]
    d_to_begin = ediff_parts(d_out, to_begin, to_end)[0]


@rule("np.partition(a, kth, axis=-1, kind='introselect', order=None)")
def partition(a, kth, axis, kind, d_out, t_a):
    d_a = scatter(d_out, a, partition_order(a, kth, axis))
    t_out = np.ravel(t_a)[partition_order(a, kth, axis)]


@rule("np.unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True, "
      "sorted=True)")  # fmt: skip
def unique(ar, d_out, t_ar):
    # of equal elements the first one counts
    d_ar = scatter(d_out, ar, np.unique(ar, return_index=True)[1])
    t_out = np.ravel(t_ar)[np.unique(ar, return_index=True)[1]]
