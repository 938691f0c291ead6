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
    eigvalsh_adjoint,
    one_matrix,
    right_side,
    solve_adjoint_matrix,
    transposed,
)  # fmt: skip
from .declare import linear, rule

EITHER = (False, True)


@rule(
    "scipy.linalg.solve(a, b, lower=False, overwrite_a=False, overwrite_b=False, check_finite=True, assume_a=None, "
    "transposed=False)"
)
def solve(a, b, check_finite, out, d_out, t_a, t_b):
    d_b = scipy.linalg.solve(one_matrix(a).T, d_out)
    d_a = solve_adjoint_matrix(scipy.linalg.solve(one_matrix(a).T, d_out), out, right_side(b))
    t_out = -scipy.linalg.solve(one_matrix(a), t_a @ right_side(out))
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
    if np.ndim(a) == 2:
        d_a = -out.T @ d_out @ out.T
    else:
        d_a = -transposed(out) @ d_out @ transposed(out)
    t_out = -out @ t_a @ out


@rule("scipy.linalg.det(a, overwrite_a=False, check_finite=True)")
def det(a, check_finite, d_out, t_a):
    d_a = np.expand_dims(d_out, (-1, -2)) * cofactors(a)
    t_out = np.sum(t_a * cofactors(a), axis=(-2, -1))


@rule("scipy.linalg.cholesky(a, lower=False, overwrite_a=False, check_finite=True)", lower=EITHER)
def cholesky(a, lower, check_finite, out, d_out, t_a):
    if lower:
        d_a = cholesky_adjoint(d_out, out, False)
        t_out = cholesky_tangent(t_a, out, False)
    else:
        d_a = cholesky_adjoint(d_out, out, True)
        t_out = cholesky_tangent(t_a, out, True)


@rule("scipy.linalg.eigh(a, b=None, *, lower=True, eigvals_only=False, check_finite=True)", lower=EITHER,
      eigvals_only=EITHER)  # fmt: skip
def eigh(a, lower, eigvals_only, check_finite, out, d_out, t_a):
    if lower and eigvals_only:
        d_a = eigvalsh_adjoint(d_out, a, "L")
        t_out = eigh_tangent(t_a, np.linalg.eigh(a, "L"), "L")[0]
    elif eigvals_only:
        d_a = eigvalsh_adjoint(d_out, a, "U")
        t_out = eigh_tangent(t_a, np.linalg.eigh(a, "U"), "U")[0]
    elif lower:
        d_a = eigh_adjoint(d_out, out, "L")
        t_out = eigh_tangent(t_a, out, "L")
    else:
        d_a = eigh_adjoint(d_out, out, "U")
        t_out = eigh_tangent(t_a, out, "U")


@linear("scipy.linalg.block_diag(*arrs)")
def block_diag(arrs, d_out):
    d_arrs = block_pieces(d_out, arrs)


ALIASES = {
    "scipy.linalg.norm": "np.linalg.norm", "scipy.integrate.trapezoid": "np.trapezoid",
}  # fmt: skip
