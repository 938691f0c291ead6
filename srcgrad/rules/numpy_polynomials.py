"""Polynomials by their coefficients, and spaced values."""

# ruff: noqa: F841
from __future__ import annotations

import numpy as np

from ..runtime import (
    derivative_adjoint,
    fit_adjoints,
    fit_tangent,
    fit_weights_tangent,
    integral_adjoint,
    integral_constants,
    linspace_adjoint,
    one_base,
    poly_partials,
    polymul_adjoint,
    polymul_tangent,
    roots_partials,
    tail_like,
    unbroadcast,
    vander_slope,
)  # fmt: skip
from .declare import linear, rule


@linear("np.polyadd(a1, a2)")
def polyadd(a1, a2, d_out):
    d_a1 = tail_like(d_out, a1)
    d_a2 = tail_like(d_out, a2)


@linear("np.polysub(a1, a2)")
def polysub(a1, a2, d_out):
    d_a1 = tail_like(d_out, a1)
    d_a2 = -tail_like(d_out, a2)


@linear("np.polyder(p, m=1)")
def polyder(p, m, d_out):
    d_p = derivative_adjoint(d_out, p, m)


@linear("np.polyint(p, m=1, k=None)")
def polyint(p, m, k, d_out):
    d_p = integral_adjoint(d_out, p, m)
    d_k = integral_constants(d_out, m, k)


@rule("np.polymul(a1, a2)")
def polymul(a1, a2, d_out, t_a1, t_a2):
    d_a1 = polymul_adjoint(d_out, a1, a2)
    d_a2 = polymul_adjoint(d_out, a2, a1)
    t_out = polymul_tangent(t_a1, a1, a2)
    t_out += polymul_tangent(t_a2, a2, a1)


@rule("np.poly(seq_of_zeros)")
def poly(seq_of_zeros, d_out, t_seq_of_zeros):
    d_seq_of_zeros = poly_partials(seq_of_zeros) @ d_out
    t_out = t_seq_of_zeros @ poly_partials(seq_of_zeros)


@rule("np.roots(p)")
def roots(p, out, d_out, t_p):
    d_p = unbroadcast(d_out @ roots_partials(p, out), p)
    t_out = roots_partials(p, out) @ t_p


@rule("np.polyfit(x, y, deg, rcond=None, full=False, w=None, cov=False)")
def polyfit(x, y, deg, w, out, d_out, t_x, t_y, t_w):
    basis = np.vander(x, deg + 1)
    slope = vander_slope(x, basis)
    weights = 1.0 if w is None else w
    d_x = np.sum(fit_adjoints(d_out, basis, y, weights, out)[0] * slope, axis=1)
    d_y = fit_adjoints(d_out, basis, y, weights, out)[1]
    d_w = fit_adjoints(d_out, basis, y, weights, out)[2]
    t_out = fit_tangent(np.expand_dims(t_x, 1) * slope, 0.0, basis, y, weights, out)
    t_out += fit_tangent(np.zeros_like(basis), t_y, basis, y, weights, out)
    t_out += fit_weights_tangent(t_w, basis, y, weights, out)


@rule("np.vander(x, N=None, increasing=False)")
def vander(x, N, increasing, out, d_out, t_x):  # noqa: N803
    d_x = np.sum(d_out * vander_slope(x, out, increasing), axis=1)
    t_out = np.expand_dims(t_x, 1) * vander_slope(x, out, increasing)


@rule("np.logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0)")
def logspace(start, stop, num, endpoint, base, axis, out, d_out, t_start, t_stop, t_base):
    slope = out * np.log(one_base(base))
    ratio = out * np.linspace(start, stop, num, endpoint, axis=axis) / base
    d_start = linspace_adjoint(d_out * slope, 1.0, endpoint, axis, start)
    d_stop = linspace_adjoint(d_out * slope, 0.0, endpoint, axis, stop)
    d_base = unbroadcast(d_out * ratio, base)
    t_out = np.linspace(t_start, np.zeros_like(stop), num, endpoint, axis=axis) * slope
    t_out += np.linspace(np.zeros_like(start), t_stop, num, endpoint, axis=axis) * slope
    t_out += t_base * ratio


@rule("np.geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0)")
def geomspace(start, stop, num, endpoint, axis, out, d_out, t_start, t_stop):
    d_start = np.divide(linspace_adjoint(d_out * out, 1.0, endpoint, axis, start), start)
    d_stop = np.divide(linspace_adjoint(d_out * out, 0.0, endpoint, axis, stop), stop)
    t_out = np.linspace(np.divide(t_start, start), np.zeros_like(stop), num, endpoint, axis=axis) * out
    t_out += np.linspace(np.zeros_like(start), np.divide(t_stop, stop), num, endpoint, axis=axis) * out
