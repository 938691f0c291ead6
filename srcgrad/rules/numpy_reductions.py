"""Reductions, differences and integrals."""

# ruff: noqa: F841
from __future__ import annotations

import numpy as np

from ..runtime import (
    chosen_prod_partials,
    chosen_shares,
    count_along,
    deviation_partials,
    diff_adjoint,
    diff_parts,
    equal_shares,
    expand_reduced,
    gradient_adjoint,
    masked,
    median_shares,
    norm_partials,
    prod_partials,
    range_shares,
    spread_weights,
    summed_like,
    trapezoid_adjoint,
    trapezoid_step,
    trapezoid_weights,
    valid_shares,
    vector_norm_partials,
    weight_adjoint,
    weight_shares,
)  # fmt: skip
from . import numpy_cumulative  # noqa: F401  (the rest of this table)
from .declare import linear, rule


# ----- sums and means -----
@linear("np.sum(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True)")
def sum_(a, axis, dtype, keepdims, initial, where, d_out):
    if where is True and (axis is None or keepdims):
        d_a = np.broadcast_to(d_out, np.shape(a))
    elif where is True and axis is not None and not keepdims and np.ndim(a) > 0:
        d_a = np.broadcast_to(np.expand_dims(d_out, axis), np.shape(a))
    elif where is True:
        d_a = np.broadcast_to(expand_reduced(d_out, a, axis, keepdims), np.shape(a))
    else:
        d_a = np.broadcast_to(np.where(where, expand_reduced(d_out, a, axis, keepdims), 0.0), np.shape(a))
    d_initial = summed_like(d_out, initial)


@linear("np.mean(a, axis=None, dtype=None, out=None, keepdims=False, where=True)")
def mean(a, axis, dtype, keepdims, where, d_out):
    if where is True and axis is None:
        d_a = np.broadcast_to(d_out / max(np.size(a), 1), np.shape(a))
    elif where is True and isinstance(axis, int) and not keepdims and np.ndim(a) > 0:
        d_a = np.broadcast_to(np.expand_dims(d_out / max(np.shape(a)[axis], 1), axis), np.shape(a))
    elif where is True:
        d_a = np.broadcast_to(expand_reduced(d_out / max(count_along(a, axis), 1), a, axis, keepdims), np.shape(a))
    else:
        share = expand_reduced(d_out, a, axis, keepdims) / count_along(a, axis, where)
        d_a = np.broadcast_to(np.where(where, share, 0.0), np.shape(a))


@rule("np.average(a, axis=None, weights=None, returned=False, *, keepdims=False)")
def average(a, axis, weights, keepdims, out, d_out, t_a, t_weights):
    if weights is None and axis is None:
        d_a = np.broadcast_to(d_out / max(np.size(a), 1), np.shape(a))
        t_out = np.mean(t_a, keepdims=keepdims)
    elif weights is None:
        d_a = np.broadcast_to(expand_reduced(d_out / max(count_along(a, axis), 1), a, axis, keepdims), np.shape(a))
        t_out = np.mean(t_a, axis=axis, keepdims=keepdims)
    else:
        whole = spread_weights(weights, a, axis)
        centred = np.subtract(a, expand_reduced(out, a, axis, keepdims)) / np.sum(
            np.broadcast_to(whole, np.shape(a)), axis=axis, keepdims=True
        )
        d_a = summed_like(expand_reduced(d_out, a, axis, keepdims) * weight_shares(weights, a, axis), a)
        d_weights = summed_like(
            weight_adjoint(expand_reduced(d_out, a, axis, keepdims) * centred, weights, a, axis), weights
        )
        t_out = np.average(t_a, axis, weights, keepdims=keepdims) + np.sum(
            centred * spread_weights(t_weights, a, axis), axis=axis, keepdims=keepdims
        )


# ----- maxima and minima: ties share -----
@rule("np.max(a, axis=None, out=None, keepdims=False, initial=None, where=True)")
def max_(a, axis, keepdims, initial, where, out, d_out, t_a, t_initial):
    if where is True and initial is None:
        d_a = expand_reduced(d_out, a, axis, keepdims) * equal_shares(a, out, axis, keepdims)
        t_out = np.sum(t_a * equal_shares(a, out, axis, keepdims), axis=axis, keepdims=keepdims)
    else:
        d_a = masked(expand_reduced(d_out, a, axis, keepdims), chosen_shares(a, out, axis, keepdims, where, initial))
        others = np.sum(chosen_shares(a, out, axis, keepdims, where, initial), axis=axis, keepdims=keepdims)
        d_initial = summed_like(d_out * (1.0 - others), initial)
        t_out = np.sum(masked(t_a, chosen_shares(a, out, axis, keepdims, where, initial)), axis=axis, keepdims=keepdims)
        t_out += t_initial * (1.0 - others)


@rule("np.min(a, axis=None, out=None, keepdims=False, initial=None, where=True)")
def min_(a, axis, keepdims, initial, where, out, d_out, t_a, t_initial):
    if where is True and initial is None:
        d_a = expand_reduced(d_out, a, axis, keepdims) * equal_shares(a, out, axis, keepdims)
        t_out = np.sum(t_a * equal_shares(a, out, axis, keepdims), axis=axis, keepdims=keepdims)
    else:
        d_a = masked(expand_reduced(d_out, a, axis, keepdims), chosen_shares(a, out, axis, keepdims, where, initial))
        others = np.sum(chosen_shares(a, out, axis, keepdims, where, initial), axis=axis, keepdims=keepdims)
        d_initial = summed_like(d_out * (1.0 - others), initial)
        t_out = np.sum(masked(t_a, chosen_shares(a, out, axis, keepdims, where, initial)), axis=axis, keepdims=keepdims)
        t_out += t_initial * (1.0 - others)


@rule("np.ptp(a, axis=None, out=None, keepdims=False)")
def ptp(a, axis, keepdims, d_out, t_a):
    d_a = expand_reduced(d_out, a, axis, keepdims) * range_shares(a, axis)
    t_out = np.sum(t_a * range_shares(a, axis), axis=axis, keepdims=keepdims)


@rule("np.median(a, axis=None, out=None, overwrite_input=False, keepdims=False)")
def median(a, axis, keepdims, d_out, t_a):
    d_a = expand_reduced(d_out, a, axis, keepdims) * median_shares(a, axis)
    t_out = np.sum(t_a * median_shares(a, axis), axis=axis, keepdims=keepdims)


# ----- products, exact at zeros -----
@rule("np.prod(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True)")
def prod(a, axis, keepdims, initial, where, d_out, t_a, t_initial):
    if where is True and initial is None:
        d_a = expand_reduced(d_out, a, axis, keepdims) * prod_partials(a, axis)
        t_out = np.sum(t_a * prod_partials(a, axis), axis=axis, keepdims=keepdims)
    else:
        d_a = masked(expand_reduced(d_out, a, axis, keepdims), chosen_prod_partials(a, axis, where, initial))
        others = np.prod(a, axis=axis, keepdims=keepdims, where=where)
        d_initial = summed_like(d_out * others, initial)
        t_out = np.sum(masked(t_a, chosen_prod_partials(a, axis, where, initial)), axis=axis, keepdims=keepdims)
        t_out += t_initial * others


# ----- spread -----
@rule("np.var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None, correction=None)")
def var(a, axis, ddof, keepdims, where, d_out, t_a):
    if axis is None and not keepdims and where is True and not np.iscomplexobj(a):
        d_a = np.divide(d_out * 2.0, np.size(a) - ddof) * (a - np.mean(a))  # of one number with ddof=1: nan
    else:
        d_a = expand_reduced(d_out, a, axis, keepdims) * deviation_partials(a, axis, ddof, where)
    t_out = np.sum(np.real(t_a * deviation_partials(a, axis, ddof, where)), axis=axis, keepdims=keepdims)


@rule("np.std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None, correction=None)")
def std(a, axis, ddof, keepdims, where, out, d_out, t_a):
    d_a = expand_reduced(masked(d_out, 0.5 / out), a, axis, keepdims) * deviation_partials(a, axis, ddof, where)
    t_out = masked(
        np.sum(np.real(t_a * deviation_partials(a, axis, ddof, where)), axis=axis, keepdims=keepdims), 0.5 / out
    )


@rule("np.linalg.norm(x, ord=None, axis=None, keepdims=False)")
def norm(x, ord, axis, keepdims, out, d_out, t_x):
    if ord is None and axis is None and not np.iscomplexobj(x):
        d_x = masked(d_out, x / out)
        t_out = np.sum(masked(t_x, x / out), keepdims=keepdims)
    else:
        d_x = masked(expand_reduced(d_out, x, axis, keepdims), norm_partials(x, out, ord, axis, keepdims))
        t_out = np.sum(np.real(masked(t_x, norm_partials(x, out, ord, axis, keepdims))), axis=axis, keepdims=keepdims)


@rule("np.linalg.vector_norm(x, /, *, axis=None, keepdims=False, ord=2)")
def vector_norm(x, axis, keepdims, ord, out, d_out, t_x):
    d_x = masked(expand_reduced(d_out, x, axis, keepdims), vector_norm_partials(x, out, ord, axis, keepdims))
    t_out = np.sum(
        np.real(masked(t_x, vector_norm_partials(x, out, ord, axis, keepdims))), axis=axis, keepdims=keepdims
    )


@rule("np.linalg.matrix_norm(x, /, *, keepdims=False, ord='fro')")
def matrix_norm(x, keepdims, ord, out, d_out, t_x):
    d_x = masked(expand_reduced(d_out, x, (-2, -1), keepdims), norm_partials(x, out, ord, (-2, -1), keepdims))
    t_out = np.sum(
        np.real(masked(t_x, norm_partials(x, out, ord, (-2, -1), keepdims))), axis=(-2, -1), keepdims=keepdims
    )


# ----- without nan -----
@rule("np.nansum(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=None)")
def nansum(a, axis, keepdims, d_out, t_a):
    d_a = np.where(np.isnan(a), 0.0, expand_reduced(d_out, a, axis, keepdims))
    t_out = np.sum(np.where(np.isnan(a), 0.0, t_a), axis=axis, keepdims=keepdims)


@rule("np.nanmean(a, axis=None, dtype=None, out=None, keepdims=False, *, where=None)")
def nanmean(a, axis, keepdims, d_out, t_a):
    d_a = expand_reduced(d_out, a, axis, keepdims) * valid_shares(a, axis)
    t_out = np.sum(t_a * valid_shares(a, axis), axis=axis, keepdims=keepdims)


@rule("np.nanmax(a, axis=None, out=None, keepdims=False, initial=None, where=None)")
def nanmax(a, axis, keepdims, out, d_out, t_a):
    d_a = expand_reduced(d_out, a, axis, keepdims) * equal_shares(a, out, axis, keepdims)
    t_out = np.sum(t_a * equal_shares(a, out, axis, keepdims), axis=axis, keepdims=keepdims)


@rule("np.nanmin(a, axis=None, out=None, keepdims=False, initial=None, where=None)")
def nanmin(a, axis, keepdims, out, d_out, t_a):
    d_a = expand_reduced(d_out, a, axis, keepdims) * equal_shares(a, out, axis, keepdims)
    t_out = np.sum(t_a * equal_shares(a, out, axis, keepdims), axis=axis, keepdims=keepdims)


@rule("np.nanprod(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=None)")
def nanprod(a, axis, keepdims, d_out, t_a):
    others = prod_partials(np.where(np.isnan(a), 1.0, a), axis)
    d_a = np.where(np.isnan(a), 0.0, expand_reduced(d_out, a, axis, keepdims) * others)
    t_out = np.sum(np.where(np.isnan(a), 0.0, t_a * others), axis=axis, keepdims=keepdims)


@rule("np.nanvar(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=None, mean=None)")
def nanvar(a, axis, ddof, keepdims, d_out, t_a):
    d_a = expand_reduced(d_out, a, axis, keepdims) * deviation_partials(a, axis, ddof, np.logical_not(np.isnan(a)))
    t_out = np.sum(
        np.real(t_a * deviation_partials(a, axis, ddof, np.logical_not(np.isnan(a)))), axis=axis, keepdims=keepdims
    )


@rule("np.nanstd(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=None, mean=None)")
def nanstd(a, axis, ddof, keepdims, out, d_out, t_a):
    valid = np.logical_not(np.isnan(a))
    d_a = expand_reduced(masked(d_out, 0.5 / out), a, axis, keepdims) * deviation_partials(a, axis, ddof, valid)
    t_out = masked(
        np.sum(np.real(t_a * deviation_partials(a, axis, ddof, valid)), axis=axis, keepdims=keepdims), 0.5 / out
    )


# ----- differences and integrals -----
@linear("np.diff(a, n=1, axis=-1, prepend=None, append=None)")
def diff(a, n, axis, prepend, append, d_out):
    if prepend is None and append is None:
        d_a = diff_adjoint(d_out, a, n, axis)
    else:
        d_a = diff_parts(d_out, a, n, axis, prepend, append)[0]
        d_prepend = diff_parts(d_out, a, n, axis, prepend, append)[1]
        d_append = diff_parts(d_out, a, n, axis, prepend, append)[2]


@linear("np.gradient(f, *varargs, axis=None, edge_order=1)")
def gradient(f, varargs, axis, edge_order, d_out):
    d_f = gradient_adjoint(d_out, f, varargs, axis, edge_order)


@rule("np.trapezoid(y, x=None, dx=1.0, axis=-1)")
def trapezoid(y, x, dx, axis, d_out, t_y, t_x, t_dx):
    d_y = np.expand_dims(d_out, axis) * trapezoid_weights(y, x, dx, axis)
    if x is None:
        d_dx = np.sum(d_out * np.trapezoid(y, axis=axis))
        t_out = np.trapezoid(t_y, dx=dx, axis=axis) + t_dx * np.trapezoid(y, axis=axis)
    else:
        d_x = trapezoid_adjoint(d_out, y, x, axis)
        d_dx = np.sum(d_out * trapezoid_step(y, x, axis))
        t_out = np.trapezoid(t_y, x, dx, axis) + np.trapezoid(y, t_x, axis=axis) + t_dx * trapezoid_step(y, x, axis)


ALIASES = {"numpy.amax": "np.max", "numpy.amin": "np.min"}
