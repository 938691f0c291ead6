"""Cumulative operations, and the reductions of ufuncs."""

# ruff: noqa: F841
from __future__ import annotations

import numpy as np

from ..runtime import (
    after_initial,
    behind_initial,
    cumprod_adjoint,
    cumprod_tangent,
    cumsum_adjoint,
    equal_shares,
    expand_reduced,
    extremes_adjoint,
    extremes_tangent,
    masked,
    prod_partials,
    reduceat_adjoint,
    summed_like,
)  # fmt: skip
from .declare import linear, rule


# ----- cumulative operations -----
@linear("np.cumsum(a, axis=None, dtype=None, out=None)")
def cumsum(a, axis, dtype, d_out):
    if axis is None and np.ndim(a) == 1:
        d_a = np.cumsum(d_out[::-1])[::-1]
    else:
        d_a = cumsum_adjoint(d_out, a, axis)


@linear("np.cumulative_sum(x, /, *, axis=None, dtype=None, out=None, include_initial=False)")
def cumulative_sum(x, axis, dtype, include_initial, d_out):
    d_x = cumsum_adjoint(after_initial(d_out, axis, include_initial), x, axis)


@rule("np.nancumsum(a, axis=None, dtype=None, out=None)")
def nancumsum(a, axis, d_out, t_a):
    d_a = np.where(np.isnan(a), 0.0, cumsum_adjoint(d_out, a, axis))
    t_out = np.cumsum(np.where(np.isnan(a), 0.0, t_a), axis)


@rule("np.cumprod(a, axis=None, dtype=None, out=None)")
def cumprod(a, axis, d_out, t_a):
    d_a = cumprod_adjoint(d_out, a, axis)
    t_out = cumprod_tangent(t_a, a, axis)


@rule("np.nancumprod(a, axis=None, dtype=None, out=None)")
def nancumprod(a, axis, d_out, t_a):
    valid = np.where(np.isnan(a), 1.0, a)
    d_a = np.where(np.isnan(a), 0.0, cumprod_adjoint(d_out, valid, axis))
    t_out = cumprod_tangent(np.where(np.isnan(a), 0.0, t_a), valid, axis)


@rule("np.cumulative_prod(x, /, *, axis=None, dtype=None, out=None, include_initial=False)")
def cumulative_prod(x, axis, include_initial, d_out, t_x):
    d_x = cumprod_adjoint(after_initial(d_out, axis, include_initial), x, axis)
    t_out = behind_initial(cumprod_tangent(t_x, x, axis), axis, include_initial)


# ----- the reductions of ufuncs: along the first axis unless told otherwise -----
@linear("np.add.reduce(array, axis=0, dtype=None, out=None, keepdims=False, initial=None, where=True)")
def add_reduce(array, axis, keepdims, initial, where, d_out):
    if where is True:
        d_array = np.broadcast_to(expand_reduced(d_out, array, axis, keepdims), np.shape(array))
    else:
        d_array = np.broadcast_to(np.where(where, expand_reduced(d_out, array, axis, keepdims), 0.0), np.shape(array))
    d_initial = summed_like(d_out, initial)


@rule("np.multiply.reduce(array, axis=0, dtype=None, out=None, keepdims=False, initial=None, where=True)")
def multiply_reduce(array, axis, keepdims, d_out, t_array):
    d_array = expand_reduced(d_out, array, axis, keepdims) * prod_partials(array, axis)
    t_out = np.sum(t_array * prod_partials(array, axis), axis=axis, keepdims=keepdims)


@rule("np.maximum.reduce(array, axis=0, dtype=None, out=None, keepdims=False, initial=None, where=True)")
def maximum_reduce(array, axis, keepdims, out, d_out, t_array):
    d_array = expand_reduced(d_out, array, axis, keepdims) * equal_shares(array, out, axis, keepdims)
    t_out = np.sum(t_array * equal_shares(array, out, axis, keepdims), axis=axis, keepdims=keepdims)


@rule("np.minimum.reduce(array, axis=0, dtype=None, out=None, keepdims=False, initial=None, where=True)")
def minimum_reduce(array, axis, keepdims, out, d_out, t_array):
    d_array = expand_reduced(d_out, array, axis, keepdims) * equal_shares(array, out, axis, keepdims)
    t_out = np.sum(t_array * equal_shares(array, out, axis, keepdims), axis=axis, keepdims=keepdims)


@rule("np.logaddexp.reduce(array, axis=0, dtype=None, out=None, keepdims=False, initial=None, where=True)")
def logaddexp_reduce(array, axis, keepdims, out, d_out, t_array):
    share = np.exp(array - expand_reduced(out, array, axis, keepdims))
    d_array = masked(expand_reduced(d_out, array, axis, keepdims), share)
    t_out = np.sum(masked(t_array, share), axis=axis, keepdims=keepdims)


@linear("np.add.accumulate(array, axis=0, dtype=None, out=None)")
def add_accumulate(array, axis, d_out):
    d_array = cumsum_adjoint(d_out, array, axis)


@rule("np.maximum.accumulate(array, axis=0, dtype=None, out=None)")
def maximum_accumulate(array, axis, out, d_out, t_array):
    d_array = extremes_adjoint(d_out, array, out, axis)
    t_out = extremes_tangent(t_array, array, out, axis)


@rule("np.minimum.accumulate(array, axis=0, dtype=None, out=None)")
def minimum_accumulate(array, axis, out, d_out, t_array):
    d_array = extremes_adjoint(d_out, array, out, axis)
    t_out = extremes_tangent(t_array, array, out, axis)


@linear("np.add.reduceat(array, indices, axis=0, dtype=None, out=None)")
def add_reduceat(array, indices, axis, d_out):
    d_array = reduceat_adjoint(d_out, array, indices, axis)


@rule("np.multiply.accumulate(array, axis=0, dtype=None, out=None)")
def multiply_accumulate(array, axis, d_out, t_array):
    d_array = cumprod_adjoint(d_out, array, axis)
    t_out = cumprod_tangent(t_array, array, axis)
