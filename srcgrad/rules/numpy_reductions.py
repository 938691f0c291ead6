"""Reductions and cumulative operations."""

# ruff: noqa: F841
from __future__ import annotations

import numpy as np

from ..runtime import (
    count_along,
    cumprod_adjoint,
    cumprod_tangent,
    cumsum_adjoint,
    deviation_partials,
    diff_adjoint,
    equal_shares,
    expand_reduced,
    masked,
    norm_partials,
    prod_partials,
)  # fmt: skip
from .declare import linear, rule


# ----- sums and means -----
@linear("np.sum(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True)")
def sum_(a, axis, keepdims, d_out):
    if axis is None and not keepdims or keepdims:
        d_a = np.broadcast_to(d_out, np.shape(a))
    elif axis is not None and not keepdims and np.ndim(a) > 0:
        d_a = np.broadcast_to(np.expand_dims(d_out, axis), np.shape(a))
    else:
        d_a = np.broadcast_to(expand_reduced(d_out, a, axis, keepdims), np.shape(a))


@linear("np.mean(a, axis=None, dtype=None, out=None, keepdims=False, where=True)")
def mean(a, axis, keepdims, d_out):
    if axis is None and not keepdims or axis is None and keepdims:
        d_a = np.broadcast_to(d_out / np.size(a), np.shape(a))
    elif isinstance(axis, int) and not keepdims and np.ndim(a) > 0:
        d_a = np.broadcast_to(np.expand_dims(d_out / np.shape(a)[axis], axis), np.shape(a))
    else:
        d_a = np.broadcast_to(expand_reduced(d_out / count_along(a, axis), a, axis, keepdims), np.shape(a))


# ----- maxima and minima: ties share -----
@rule("np.max(a, axis=None, out=None, keepdims=False, initial=None, where=True)")
def max_(a, axis, keepdims, out, d_out, t_a):
    d_a = expand_reduced(d_out, a, axis, keepdims) * equal_shares(a, out, axis, keepdims)
    t_out = np.sum(t_a * equal_shares(a, out, axis, keepdims), axis=axis, keepdims=keepdims)


@rule("np.min(a, axis=None, out=None, keepdims=False, initial=None, where=True)")
def min_(a, axis, keepdims, out, d_out, t_a):
    d_a = expand_reduced(d_out, a, axis, keepdims) * equal_shares(a, out, axis, keepdims)
    t_out = np.sum(t_a * equal_shares(a, out, axis, keepdims), axis=axis, keepdims=keepdims)


# ----- products, exact at zeros -----
@rule("np.prod(a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True)")
def prod(a, axis, keepdims, d_out, t_a):
    d_a = expand_reduced(d_out, a, axis, keepdims) * prod_partials(a, axis)
    t_out = np.sum(t_a * prod_partials(a, axis), axis=axis, keepdims=keepdims)


# ----- spread -----
@rule("np.var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True)")
def var(a, axis, ddof, keepdims, d_out, t_a):
    if axis is None and not keepdims and not np.iscomplexobj(a):
        d_a = d_out * 2.0 / (np.size(a) - ddof) * (a - np.mean(a))
    else:
        d_a = expand_reduced(d_out, a, axis, keepdims) * deviation_partials(a, axis, ddof)
    t_out = np.sum(np.real(t_a * deviation_partials(a, axis, ddof)), axis=axis, keepdims=keepdims)


@rule("np.std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True)")
def std(a, axis, ddof, keepdims, out, d_out, t_a):
    d_a = expand_reduced(masked(d_out, 0.5 / out), a, axis, keepdims) * deviation_partials(a, axis, ddof)
    t_out = masked(np.sum(np.real(t_a * deviation_partials(a, axis, ddof)), axis=axis, keepdims=keepdims), 0.5 / out)


@rule("np.linalg.norm(x, ord=None, axis=None, keepdims=False)")
def norm(x, ord, axis, keepdims, out, d_out, t_x):
    d_x = masked(expand_reduced(d_out, x, axis, keepdims), norm_partials(x, out, ord, axis, keepdims))
    t_out = np.sum(np.real(masked(t_x, norm_partials(x, out, ord, axis, keepdims))), axis=axis, keepdims=keepdims)


# ----- cumulative operations and differences -----
@linear("np.cumsum(a, axis=None, dtype=None, out=None)")
def cumsum(a, axis, d_out):
    d_a = cumsum_adjoint(d_out, a, axis)


@rule("np.cumprod(a, axis=None, dtype=None, out=None)")
def cumprod(a, axis, d_out, t_a):
    d_a = cumprod_adjoint(d_out, a, axis)
    t_out = cumprod_tangent(t_a, a, axis)


@linear("np.diff(a, n=1, axis=-1, prepend=None, append=None)")
def diff(a, n, axis, d_out):
    d_a = diff_adjoint(d_out, a, n, axis)


@linear("np.average(a, axis=None, weights=None, returned=False, *, keepdims=False)")
def average(a, axis, keepdims, d_out):
    d_a = np.broadcast_to(expand_reduced(d_out / count_along(a, axis), a, axis, keepdims), np.shape(a))


@rule("np.ptp(a, axis=None, out=None, keepdims=False)")
def ptp(a, axis, keepdims, d_out, t_a):
    d_a = expand_reduced(d_out, a, axis, keepdims) * (
        equal_shares(a, np.max(a, axis=axis, keepdims=keepdims), axis, keepdims)
        - equal_shares(a, np.min(a, axis=axis, keepdims=keepdims), axis, keepdims)
    )
    t_out = np.sum(
        t_a
        * (
            equal_shares(a, np.max(a, axis=axis, keepdims=keepdims), axis, keepdims)
            - equal_shares(a, np.min(a, axis=axis, keepdims=keepdims), axis, keepdims)
        ),
        axis=axis,
        keepdims=keepdims,
    )


ALIASES = {"numpy.amax": "np.max", "numpy.amin": "np.min"}
