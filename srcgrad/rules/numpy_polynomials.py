"""Polynomials by their coefficients, and spaced values."""

# ruff: noqa: F841
from __future__ import annotations

import numpy as np

from ..runtime import derivative_adjoint, integral_adjoint, linspace_adjoint, tail_like, vander_slope
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
def polyint(p, m, d_out):
    d_p = integral_adjoint(d_out, p, m)


@rule("np.vander(x, N=None, increasing=False)")
def vander(x, N, increasing, out, d_out, t_x):  # noqa: N803
    d_x = np.sum(d_out * vander_slope(x, out, increasing), axis=1)
    t_out = np.expand_dims(t_x, 1) * vander_slope(x, out, increasing)


@rule("np.logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0)")
def logspace(start, stop, num, endpoint, base, out, d_out, t_start, t_stop):
    slope = out * np.log(base)
    d_start = linspace_adjoint(d_out * slope, 1.0, endpoint, 0, start)
    d_stop = linspace_adjoint(d_out * slope, 0.0, endpoint, 0, stop)
    t_out = np.linspace(t_start, 0.0, num, endpoint) * slope
    t_out += np.linspace(0.0, t_stop, num, endpoint) * slope
