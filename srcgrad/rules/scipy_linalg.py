"""Derivatives of functions of scipy.linalg, and the names in SciPy of functions that NumPy has too.

As in NumPy's table, where one triangle of a matrix is read, the gradient of the other is zero.
"""

# ruff: noqa: F821, F841  (templates are read as text: SciPy is not imported)
# mypy: ignore-errors
from __future__ import annotations

import numpy as np

from ..runtime import (
    block_pieces,
    cholesky_adjoint,
    cholesky_tangent,
    cofactors,
    eigh_adjoint,
    eigh_tangent,
    solve_adjoint_matrix,
)  # fmt: skip
from .declare import linear, rule

EITHER = (False, True)


@rule(
    "scipy.linalg.solve(a, b, lower=False, overwrite_a=False, overwrite_b=False, check_finite=True, assume_a=None, "
    "transposed=False)"
)
def solve(a, b, check_finite, out, d_out, t_a, t_b):
    d_b = scipy.linalg.solve(a.T, d_out)
    d_a = solve_adjoint_matrix(scipy.linalg.solve(a.T, d_out), out, b)
    t_out = -scipy.linalg.solve(a, t_a @ out)
    t_out += scipy.linalg.solve(a, t_b)


@rule(
    "scipy.linalg.solve_triangular(a, b, trans=0, lower=False, unit_diagonal=False, overwrite_b=False, "
    "check_finite=True)",
    trans=(0, 1), lower=EITHER,
)  # fmt: skip
def solve_triangular(a, b, trans, lower, check_finite, out, d_out, t_a, t_b):
    if trans == 0 and lower:
        d_b = scipy.linalg.solve_triangular(a, d_out, trans=1, lower=True)
        d_a = np.tril(solve_adjoint_matrix(d_b, out, b))
        t_out = -scipy.linalg.solve_triangular(a, np.tril(t_a) @ out, lower=True)
    elif trans == 0:
        d_b = scipy.linalg.solve_triangular(a, d_out, trans=1)
        d_a = np.triu(solve_adjoint_matrix(d_b, out, b))
        t_out = -scipy.linalg.solve_triangular(a, np.triu(t_a) @ out)
    elif lower:
        d_b = scipy.linalg.solve_triangular(a, d_out, lower=True)
        d_a = np.tril(solve_adjoint_matrix(d_b, out, b).T)
        t_out = -scipy.linalg.solve_triangular(a, np.tril(t_a).T @ out, trans=1, lower=True)
    else:
        d_b = scipy.linalg.solve_triangular(a, d_out)
        d_a = np.triu(solve_adjoint_matrix(d_b, out, b).T)
        t_out = -scipy.linalg.solve_triangular(a, np.triu(t_a).T @ out, trans=1)
    t_out += scipy.linalg.solve_triangular(a, t_b, trans=trans, lower=lower)


@rule("scipy.linalg.inv(a, overwrite_a=False, check_finite=True)")
def inv(a, check_finite, out, d_out, t_a):
    d_a = -out.T @ d_out @ out.T
    t_out = -out @ t_a @ out


@rule("scipy.linalg.det(a, overwrite_a=False, check_finite=True)")
def det(a, check_finite, d_out, t_a):
    d_a = d_out * cofactors(a)
    t_out = np.sum(t_a * cofactors(a))


@rule("scipy.linalg.cholesky(a, lower=False, overwrite_a=False, check_finite=True)", lower=EITHER)
def cholesky(a, lower, check_finite, out, d_out, t_a):
    if lower:
        d_a = cholesky_adjoint(d_out, out, False)
        t_out = cholesky_tangent(t_a, out, False)
    else:
        d_a = cholesky_adjoint(d_out, out, True)
        t_out = cholesky_tangent(t_a, out, True)


@rule("scipy.linalg.eigh(a, b=None, *, lower=True, eigvals_only=False, check_finite=True)", lower=EITHER)
def eigh(a, lower, check_finite, out, d_out, t_a):
    if lower:
        d_a = eigh_adjoint(d_out, out, "L")
        t_out = eigh_tangent(t_a, out, "L")
    else:
        d_a = eigh_adjoint(d_out, out, "U")
        t_out = eigh_tangent(t_a, out, "U")


@rule("scipy.linalg.expm(A)")
def expm(A, d_out, t_A):  # noqa: N803
    d_A = scipy.linalg.expm_frechet(A.T, d_out, compute_expm=False)
    t_out = scipy.linalg.expm_frechet(A, t_A, compute_expm=False)


@linear("scipy.linalg.block_diag(*arrs)")
def block_diag(arrs, d_out):
    d_arrs = block_pieces(d_out, arrs)


ALIASES = {
    "scipy.linalg.norm": "np.linalg.norm", "scipy.integrate.trapezoid": "np.trapezoid",
    **{f"scipy.fft.{name}": f"np.fft.{name}" for name in ("fft", "ifft", "rfft", "irfft")},
}  # fmt: skip
