"""Derivatives of further functions of scipy.linalg: factors and their solutions, functions of matrices, structure."""

# ruff: noqa: F821, F841  (templates are read as text: SciPy is not imported)
# mypy: ignore-errors
from __future__ import annotations

import numpy as np

from ..runtime import (
    band_adjoint,
    band_product,
    band_transposed,
    eigh_tangent,
    eigvals_adjoint,
    eigvals_tangent,
    eigvalsh_adjoint,
    factor_adjoint,
    factor_product,
    factored_adjoint,
    factored_tangent,
    lu_adjoint,
    lu_product,
    lu_solve_adjoint,
    lu_tangent,
    pinv_adjoint,
    pinv_tangent,
    positions,
    qr_adjoint,
    qr_tangent,
    reduced_q,
    scatter,
    svd_adjoint,
    svd_tangent,
    toeplitz_adjoints,
)  # fmt: skip
from .declare import linear, rule
from .numpy_families import written


# ----- solutions with factors -----
@rule("scipy.linalg.cho_factor(a, lower=False, overwrite_a=False, check_finite=True)")
def cho_factor(a, lower, check_finite, out, d_out, t_a):
    d_a = factored_adjoint(d_out[0], out[0], lower)
    t_out = (factored_tangent(t_a, out[0], lower), 0.0)


@rule("scipy.linalg.cho_solve(c_and_lower, b, overwrite_b=False, check_finite=True)")
def cho_solve(c_and_lower, b, check_finite, out, d_out, t_c_and_lower, t_b):
    d_b = scipy.linalg.cho_solve(c_and_lower, d_out)
    d_c_and_lower = [factor_adjoint(d_b, out, c_and_lower[0], c_and_lower[1]), 0.0]
    t_out = scipy.linalg.cho_solve(
        c_and_lower, -(factor_product(t_c_and_lower[0], c_and_lower[0], c_and_lower[1]) @ out)
    )
    t_out += scipy.linalg.cho_solve(c_and_lower, t_b)


@rule("scipy.linalg.lu_factor(a, overwrite_a=False, check_finite=True)")
def lu_factor(a, check_finite, out, d_out, t_a):
    d_a = lu_adjoint(d_out, a, out)
    t_out = lu_tangent(t_a, a, out)


@rule("scipy.linalg.lu_solve(lu_and_piv, b, trans=0, overwrite_b=False, check_finite=True)", trans=(0, 1))
def lu_solve(lu_and_piv, b, trans, check_finite, out, d_out, t_lu_and_piv, t_b):
    if trans == 0:
        d_b = scipy.linalg.lu_solve(lu_and_piv, d_out, 1)
        d_lu_and_piv = [lu_solve_adjoint(d_b, out, lu_and_piv[0], lu_and_piv[1], 0), 0.0]
        t_out = scipy.linalg.lu_solve(lu_and_piv, -(lu_product(t_lu_and_piv[0], lu_and_piv[0], lu_and_piv[1]) @ out))
    else:
        d_b = scipy.linalg.lu_solve(lu_and_piv, d_out)
        d_lu_and_piv = [lu_solve_adjoint(d_b, out, lu_and_piv[0], lu_and_piv[1], 1), 0.0]
        t_out = scipy.linalg.lu_solve(
            lu_and_piv, -(lu_product(t_lu_and_piv[0], lu_and_piv[0], lu_and_piv[1]).T @ out), 1
        )
    t_out += scipy.linalg.lu_solve(lu_and_piv, t_b, trans)


@rule("scipy.linalg.solve_banded(l_and_u, ab, b, overwrite_ab=False, overwrite_b=False, check_finite=True)")
def solve_banded(l_and_u, ab, b, check_finite, out, d_out, t_ab, t_b):
    d_b = scipy.linalg.solve_banded(
        (l_and_u[1], l_and_u[0]), band_transposed(ab, l_and_u[0], l_and_u[1]), d_out
    )
    d_ab = band_adjoint(d_b, out, ab, l_and_u[0], l_and_u[1])
    t_out = scipy.linalg.solve_banded(l_and_u, ab, -band_product(t_ab, l_and_u[0], l_and_u[1], out))
    t_out += scipy.linalg.solve_banded(l_and_u, ab, t_b)


@rule("scipy.linalg.solve_sylvester(a, b, q)")
def solve_sylvester(a, b, q, out, d_out, t_a, t_b, t_q):
    d_q = scipy.linalg.solve_sylvester(a.T, b.T, d_out)
    d_a = -(d_q @ out.T)
    d_b = -(out.T @ d_q)
    t_out = scipy.linalg.solve_sylvester(a, b, t_q)
    t_out += scipy.linalg.solve_sylvester(a, b, -(t_a @ out))
    t_out += scipy.linalg.solve_sylvester(a, b, -(out @ t_b))


@rule("scipy.linalg.solve_continuous_lyapunov(a, q)")
def solve_continuous_lyapunov(a, q, out, d_out, t_a, t_q):
    d_q = scipy.linalg.solve_sylvester(a.T, a, d_out)
    d_a = -(d_q @ out.T) - d_q.T @ out
    t_out = scipy.linalg.solve_sylvester(a, a.T, t_q)
    t_out += scipy.linalg.solve_sylvester(a, a.T, -(t_a @ out + out @ t_a.T))


# ----- factors -----
@rule("scipy.linalg.qr(a, overwrite_a=False, lwork=None, mode='full', pivoting=False, check_finite=True)",
      mode=("full", "economic"))  # fmt: skip
def qr(a, mode, check_finite, out, d_out, t_a):
    d_a = qr_adjoint(d_out, a, reduced_q(out))
    t_out = qr_tangent(t_a, a, reduced_q(out))


@rule("scipy.linalg.svd(a, full_matrices=True, compute_uv=True, overwrite_a=False, check_finite=True, "
      "lapack_driver='gesdd')")  # fmt: skip
def svd(a, full_matrices, compute_uv, check_finite, lapack_driver, out, d_out, t_a):
    d_a = svd_adjoint(d_out, a, out)
    t_out = svd_tangent(t_a, a, out)


@rule("scipy.linalg.svdvals(a, overwrite_a=False, check_finite=True)")
def svdvals(a, check_finite, out, d_out, t_a):
    d_a = svd_adjoint(d_out, a, out)
    t_out = svd_tangent(t_a, a, out)


@rule("scipy.linalg.pinv(a, *, atol=None, rtol=None, return_rank=False, check_finite=True)")
def pinv(a, atol, rtol, check_finite, out, d_out, t_a):
    d_a = pinv_adjoint(d_out, a, out)
    t_out = pinv_tangent(t_a, a, out)


@rule("scipy.linalg.eigvals(a, b=None, overwrite_a=False, check_finite=True, homogeneous_eigvals=False)")
def eigvals(a, check_finite, out, d_out, t_a):
    d_a = eigvals_adjoint(d_out, a, out)
    t_out = eigvals_tangent(t_a, a, out)


@rule("scipy.linalg.eigvalsh(a, b=None, *, lower=True, overwrite_a=False, overwrite_b=False, check_finite=True)",
      lower=(False, True))  # fmt: skip
def eigvalsh(a, lower, check_finite, d_out, t_a):
    if lower:
        d_a = eigvalsh_adjoint(d_out, a, "L")
        t_out = eigh_tangent(t_a, np.linalg.eigh(a, "L"), "L")[0]
    else:
        d_a = eigvalsh_adjoint(d_out, a, "U")
        t_out = eigh_tangent(t_a, np.linalg.eigh(a, "U"), "U")[0]


# ----- functions of matrices: that of a matrix of blocks holds its own derivative (Mathias, 1996) -----
for name in ("expm", "sqrtm", "logm", "cosm", "sinm", "tanm", "coshm", "sinhm", "tanhm"):
    text = f"""
def function(A, d_out, t_A):
    d_A = unbroadcast(upper_right(scipy.linalg.{name}(blocked(transposed(A), d_out))), A)
    t_out = upper_right(scipy.linalg.{name}(blocked(A, t_A)))
"""
    written("rule", f"scipy.linalg.{name}(A)", text)


# ----- matrices with structure -----
@linear("scipy.linalg.toeplitz(c, r=None)")
def toeplitz(c, r, d_out):
    d_c = toeplitz_adjoints(d_out, c, r)[0]
    d_r = toeplitz_adjoints(d_out, c, r)[1]


@linear("scipy.linalg.circulant(c)")
def circulant(c, d_out):
    d_c = scatter(d_out, c, scipy.linalg.circulant(positions(c)))
