"""Covariances, correlations, quantiles, weighted counts."""

# ruff: noqa: F841
# mypy: ignore-errors
from __future__ import annotations

import numpy as np

from ..runtime import (
    corrcoef_adjoint,
    corrcoef_tangent,
    cov_adjoint,
    cov_tangent,
    histogram_adjoints,
    histogram_tangent,
    levels_adjoint,
    paired,
    paired_tangent,
    quantile_adjoint,
    quantile_slope,
    quantile_spread,
    quantile_tangent,
    unpaired,
)  # fmt: skip
from .declare import linear, rule


# ----- covariances -----
@rule("np.cov(m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None)")
def cov(m, y, rowvar, bias, ddof, d_out, t_m, t_y):
    if y is None:
        d_m = cov_adjoint(d_out, m, rowvar, bias, ddof)
        t_out = cov_tangent(t_m, m, rowvar, bias, ddof)
    else:
        d_m = unpaired(cov_adjoint(d_out, paired(m, y, rowvar), True, bias, ddof), m, y, rowvar)[0]
        d_y = unpaired(cov_adjoint(d_out, paired(m, y, rowvar), True, bias, ddof), m, y, rowvar)[1]
        t_out = cov_tangent(paired_tangent(t_m, t_y, m, y, rowvar), paired(m, y, rowvar), True, bias, ddof)


@rule("np.corrcoef(x, y=None, rowvar=True, *, dtype=None)")
def corrcoef(x, y, rowvar, out, d_out, t_x, t_y):
    if y is None:
        d_x = corrcoef_adjoint(d_out, x, out, rowvar)
        t_out = corrcoef_tangent(t_x, x, out, rowvar)
    else:
        d_x = unpaired(corrcoef_adjoint(d_out, paired(x, y, rowvar), out), x, y, rowvar)[0]
        d_y = unpaired(corrcoef_adjoint(d_out, paired(x, y, rowvar), out), x, y, rowvar)[1]
        t_out = corrcoef_tangent(paired_tangent(t_x, t_y, x, y, rowvar), paired(x, y, rowvar), out)


# ----- quantiles: the derivative goes to the two values between which they lie -----
@rule(
    "np.nanquantile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, *, weights=None)"
)
@rule("np.quantile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, *, weights=None)")
def quantile(a, q, axis, method, keepdims, out, d_out, t_a, t_q):
    if method == "linear":
        d_a = quantile_adjoint(d_out, a, q, axis, keepdims)
        d_q = levels_adjoint(d_out, a, q, axis, keepdims)
        t_out = quantile_tangent(t_a, a, q, axis, keepdims)
        t_out += quantile_spread(t_q, out, q) * quantile_slope(a, q, axis, keepdims)
    else:
        d_a = quantile_adjoint(d_out, a, q, axis, keepdims, method)
        d_q = levels_adjoint(d_out, a, q, axis, keepdims, method)
        t_out = quantile_tangent(t_a, a, q, axis, keepdims, method)
        t_out += quantile_spread(t_q, out, q) * quantile_slope(a, q, axis, keepdims, method)


@rule(
    "np.nanpercentile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, *, "
    "weights=None)"
)
@rule(
    "np.percentile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, *, weights=None)"
)
def percentile(a, q, axis, method, keepdims, out, d_out, t_a, t_q):
    if method == "linear":
        d_a = quantile_adjoint(d_out, a, np.divide(q, 100.0), axis, keepdims)
        d_q = levels_adjoint(d_out, a, np.divide(q, 100.0), axis, keepdims) / 100.0
        t_out = quantile_tangent(t_a, a, np.divide(q, 100.0), axis, keepdims)
        t_out += quantile_spread(t_q, out, q) / 100.0 * quantile_slope(a, np.divide(q, 100.0), axis, keepdims)
    else:
        d_a = quantile_adjoint(d_out, a, np.divide(q, 100.0), axis, keepdims, method)
        d_q = levels_adjoint(d_out, a, np.divide(q, 100.0), axis, keepdims, method) / 100.0
        t_out = quantile_tangent(t_a, a, np.divide(q, 100.0), axis, keepdims, method)
        t_out += quantile_spread(t_q, out, q) / 100.0 * quantile_slope(a, np.divide(q, 100.0), axis, keepdims, method)


@rule("np.nanmedian(a, axis=None, out=None, overwrite_input=False, keepdims=False)")
def nanmedian(a, axis, keepdims, d_out, t_a):
    d_a = quantile_adjoint(d_out, a, 0.5, axis, keepdims)
    t_out = quantile_tangent(t_a, a, 0.5, axis, keepdims)


# ----- weighted counts -----
@linear("np.bincount(x, weights=None, minlength=0)")
def bincount(x, weights, minlength, d_out):
    d_weights = d_out[x]


@rule("np.histogram(a, bins=10, range=None, density=None, weights=None)")
def histogram(a, bins, range, density, weights, out, d_out, t_a, t_bins, t_weights):
    d_a = histogram_adjoints(d_out, a, bins, range, density, weights, out)[0]
    d_bins = histogram_adjoints(d_out, a, bins, range, density, weights, out)[1]
    d_weights = histogram_adjoints(d_out, a, bins, range, density, weights, out)[2]
    t_out = histogram_tangent(t_a, t_bins, t_weights, a, bins, range, density, weights, out)
