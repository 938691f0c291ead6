"""Linear algebra, for one matrix or a stack: solutions, inverses, determinants, powers and factors.

Where NumPy reads one triangle of a symmetric matrix (cholesky, eigh), so does the derivative: the gradient of the
other triangle is zero.  Eigenvectors and singular vectors have a derivative where their values differ from each other.
"""

# ruff: noqa: F841
from __future__ import annotations

import numpy as np

from ..runtime import (
    chain_adjoints,
    chain_tangent,
    cholesky_adjoint,
    cholesky_tangent,
    cofactors,
    cond_partials,
    eig_adjoint,
    eig_tangent,
    eigh_adjoint,
    eigh_tangent,
    eigvals_adjoint,
    eigvals_tangent,
    eigvalsh_adjoint,
    lstsq_adjoints,
    lstsq_tangent,
    pinv_adjoint,
    pinv_tangent,
    power_adjoint,
    power_tangent,
    qr_adjoint,
    qr_tangent,
    slogdet_adjoint,
    slogdet_tangent,
    solve_adjoint_matrix,
    solve_like,
    solve_tangent,
    summed_like,
    svd_adjoint,
    svd_tangent,
    tensorinv_adjoint,
    tensorinv_tangent,
    transposed,
)  # fmt: skip
from .declare import rule


# ----- systems and inverses -----
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
        d_b = summed_like(solve_like(transposed(a), d_out, b), b)
        d_a = summed_like(solve_adjoint_matrix(solve_like(transposed(a), d_out, b), out, b), a)
        t_out = solve_tangent(t_a, a, out, b)
    t_out += np.linalg.solve(a, t_b)


@rule("np.linalg.inv(a)")
def inv(a, out, d_out, t_a):
    if np.ndim(a) == 2:
        d_a = -out.T @ d_out @ out.T
    else:
        d_a = -transposed(out) @ d_out @ transposed(out)
    t_out = -out @ t_a @ out


@rule("np.linalg.pinv(a, rcond=None, hermitian=False, *, rtol=None)")
def pinv(a, rcond, rtol, out, d_out, t_a):
    d_a = pinv_adjoint(d_out, a, out)
    t_out = pinv_tangent(t_a, a, out)


# ----- determinants and powers -----
@rule("np.linalg.det(a)")
def det(a, d_out, t_a):
    if np.ndim(a) == 2:
        d_a = d_out * cofactors(a)
        t_out = np.sum(t_a * cofactors(a))
    else:
        d_a = np.expand_dims(d_out, (-1, -2)) * cofactors(a)
        t_out = np.sum(t_a * cofactors(a), axis=(-2, -1))


@rule("np.linalg.slogdet(a)")
def slogdet(a, out, d_out, t_a):
    if np.ndim(a) == 2 and not np.iscomplexobj(a):
        d_a = d_out[1] * np.linalg.inv(a).T
    else:
        d_a = slogdet_adjoint(d_out, a, out)
    t_out = slogdet_tangent(t_a, a, out)


@rule("np.linalg.matrix_power(a, n)")
def matrix_power(a, n, d_out, t_a):
    d_a = power_adjoint(d_out, a, n)
    t_out = power_tangent(t_a, a, n)


@rule("np.linalg.multi_dot(arrays, *, out=None)")
def multi_dot(arrays, d_out, t_arrays):
    d_arrays = chain_adjoints(d_out, arrays)
    t_out = chain_tangent(arrays, t_arrays)


# ----- factors -----
@rule("np.linalg.cholesky(a, /, *, upper=False)")
def cholesky(a, upper, out, d_out, t_a):
    d_a = cholesky_adjoint(d_out, out, upper)
    t_out = cholesky_tangent(t_a, out, upper)


@rule("np.linalg.qr(a, mode='reduced')")
def qr(a, out, d_out, t_a):
    d_a = qr_adjoint(d_out, a, out)
    t_out = qr_tangent(t_a, a, out)


@rule("np.linalg.eigh(a, UPLO='L')")
def eigh(a, UPLO, out, d_out, t_a):  # noqa: N803
    d_a = eigh_adjoint(d_out, out, UPLO)
    t_out = eigh_tangent(t_a, out, UPLO)


@rule("np.linalg.eigvalsh(a, UPLO='L')")
def eigvalsh(a, UPLO, d_out, t_a):  # noqa: N803
    d_a = eigvalsh_adjoint(d_out, a, UPLO)
    t_out = eigh_tangent(t_a, np.linalg.eigh(a, UPLO), UPLO)[0]


@rule("np.linalg.svd(a, full_matrices=True, compute_uv=True, hermitian=False)")
def svd(a, full_matrices, compute_uv, out, d_out, t_a):
    d_a = svd_adjoint(d_out, a, out)
    t_out = svd_tangent(t_a, a, out)


@rule("np.linalg.svdvals(x, /)")
def svdvals(x, out, d_out, t_x):
    d_x = svd_adjoint(d_out, x, out)
    t_out = svd_tangent(t_x, x, out)


@rule("np.linalg.eigvals(a)")
def eigvals(a, out, d_out, t_a):
    d_a = eigvals_adjoint(d_out, a, out)
    t_out = eigvals_tangent(t_a, a, out)


@rule("np.linalg.eig(a)")
def eig(a, out, d_out, t_a):
    d_a = eig_adjoint(d_out, a, out)
    t_out = eig_tangent(t_a, out)


# ----- conditions, least squares, tensors -----
@rule("np.linalg.cond(x, p=None)")
def cond(x, p, d_out, t_x):
    d_x = np.expand_dims(d_out, (-1, -2)) * cond_partials(x, p)
    t_out = np.sum(np.real(t_x * cond_partials(x, p)), axis=(-2, -1))


@rule("np.linalg.lstsq(a, b, rcond=None)")
def lstsq(a, b, rcond, out, d_out, t_a, t_b):
    d_a = lstsq_adjoints(d_out, a, b, out)[0]
    d_b = lstsq_adjoints(d_out, a, b, out)[1]
    t_out = lstsq_tangent(t_a, t_b, a, b, out)


@rule("np.linalg.tensorsolve(a, b, axes=None)")
def tensorsolve(a, b, out, d_out, t_a, t_b):
    d_b = np.reshape(np.linalg.solve(np.reshape(a, (np.size(b), -1)).T, np.ravel(d_out)), np.shape(b))
    d_a = -np.multiply.outer(d_b, out)
    t_out = -np.linalg.tensorsolve(a, np.tensordot(t_a, out, np.ndim(out)))
    t_out += np.linalg.tensorsolve(a, t_b)


@rule("np.linalg.tensorinv(a, ind=2)")
def tensorinv(a, ind, out, d_out, t_a):
    d_a = tensorinv_adjoint(d_out, a, out, ind)
    t_out = tensorinv_tangent(t_a, a, out, ind)
