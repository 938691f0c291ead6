"""Linear algebra: solve, inverse, determinant, Cholesky, for one matrix or a stack."""

# ruff: noqa: F841
from __future__ import annotations

import numpy as np

from ..runtime import cholesky_adjoint, cholesky_tangent, solve_adjoint_matrix, transposed, unbroadcast
from .declare import rule


@rule("np.linalg.solve(a, b)")
def solve(a, b, out, d_out, t_a, t_b):
    if np.ndim(a) == 2 and np.ndim(b) == 1:
        d_b = np.linalg.solve(a.T, d_out)
        d_a = -np.outer(d_b, out)
        t_out = -np.linalg.solve(a, t_a @ out)
    elif np.ndim(a) == 2 and np.ndim(b) == 2:
        d_b = np.linalg.solve(a.T, d_out)
        d_a = -d_b @ out.T
        t_out = -np.linalg.solve(a, t_a @ out)
    else:
        d_b = unbroadcast(np.linalg.solve(transposed(a), d_out), b)
        d_a = unbroadcast(solve_adjoint_matrix(np.linalg.solve(transposed(a), d_out), out, b), a)
        t_out = -np.linalg.solve(a, t_a @ out)
    t_out += np.linalg.solve(a, t_b)


@rule("np.linalg.inv(a)")
def inv(a, out, d_out, t_a):
    if np.ndim(a) == 2:
        d_a = -out.T @ d_out @ out.T
    else:
        d_a = -transposed(out) @ d_out @ transposed(out)
    t_out = -out @ t_a @ out


@rule("np.linalg.det(a)")
def det(a, out, d_out, t_a):
    if np.ndim(a) == 2:
        d_a = d_out * out * np.linalg.inv(a).T
        t_out = out * np.trace(np.linalg.solve(a, t_a))
    else:
        d_a = np.expand_dims(d_out * out, (-1, -2)) * transposed(np.linalg.inv(a))
        t_out = out * np.trace(np.linalg.solve(a, t_a), axis1=-2, axis2=-1)


@rule("np.linalg.cholesky(a, /, *, upper=False)")
def cholesky(a, out, d_out, t_a):
    d_a = cholesky_adjoint(d_out, out)
    t_out = cholesky_tangent(t_a, out)


@rule("np.linalg.slogdet(a)")
def slogdet(a, out, d_out, t_a):
    d_a = np.expand_dims(d_out[1], (-1, -2)) * transposed(np.linalg.inv(a))
    t_out = (0.0, np.trace(np.linalg.solve(a, t_a), axis1=-2, axis2=-1))
