"""Products of vectors, matrices and arrays of any rank."""

# ruff: noqa: F841
from __future__ import annotations

import numpy as np

from ..runtime import (
    convolve_adjoint,
    correlate_adjoints,
    cross_adjoint,
    dot_adjoint_left,
    dot_adjoint_right,
    einsum_adjoint,
    einsum_adjoints,
    einsum_tangent,
    inner_axes,
    kron_adjoint_left,
    kron_adjoint_right,
    matmul_adjoint_left,
    matmul_adjoint_right,
    polyval_adjoint,
    polyval_slope,
    summed_like,
    tensordot_adjoint_left,
    tensordot_adjoint_right,
)  # fmt: skip
from .declare import bilinear, linear, rule


# ----- matrices and vectors -----
@bilinear("np.matmul(a, b)")
def matmul(a, b, d_out):
    if np.ndim(a) == 2 and np.ndim(b) == 2:
        d_a = d_out @ b.T
        d_b = a.T @ d_out
    elif np.ndim(a) == 2 and np.ndim(b) == 1:
        d_a = np.outer(d_out, b)
        d_b = a.T @ d_out
    elif np.ndim(a) == 1 and np.ndim(b) == 2:
        d_a = b @ d_out
        d_b = np.outer(a, d_out)
    elif np.ndim(a) == 1 and np.ndim(b) == 1:
        d_a = d_out * b
        d_b = d_out * a
    else:
        d_a = matmul_adjoint_left(d_out, a, b)
        d_b = matmul_adjoint_right(d_out, a, b)


@bilinear("np.dot(a, b, out=None)")
def dot(a, b, d_out):
    if np.ndim(a) == 2 and np.ndim(b) == 2:
        d_a = d_out @ b.T
        d_b = a.T @ d_out
    elif np.ndim(a) == 2 and np.ndim(b) == 1:
        d_a = np.outer(d_out, b)
        d_b = a.T @ d_out
    elif np.ndim(a) == 1 and np.ndim(b) == 2:
        d_a = b @ d_out
        d_b = np.outer(a, d_out)
    elif np.ndim(a) == 1 and np.ndim(b) == 1:
        d_a = d_out * b
        d_b = d_out * a
    else:
        d_a = dot_adjoint_left(d_out, a, b)
        d_b = dot_adjoint_right(d_out, a, b)


@bilinear("np.inner(a, b)")
def inner(a, b, d_out):
    if np.ndim(a) == 1 and np.ndim(b) == 1:
        d_a = d_out * b
        d_b = d_out * a
    else:
        d_a = tensordot_adjoint_left(d_out, a, b, inner_axes(a, b))
        d_b = tensordot_adjoint_right(d_out, a, b, inner_axes(a, b))


@bilinear("np.outer(a, b, out=None)")
def outer(a, b, d_out):
    d_a = np.reshape(d_out @ np.ravel(b), np.shape(a))
    d_b = np.reshape(np.ravel(a) @ d_out, np.shape(b))


# these conjugate their first operand
@bilinear("np.vdot(a, b, /)")
def vdot(a, b, d_out):
    d_a = np.reshape(np.conj(d_out * np.ravel(b)), np.shape(a))
    d_b = np.reshape(d_out * np.conj(np.ravel(a)), np.shape(b))


@bilinear("np.vecdot(x1, x2, /, out=None, *, axis=-1)")
def vecdot(x1, x2, axis, d_out):
    if axis == -1:
        d_x1 = summed_like(np.conj(np.expand_dims(d_out, -1) * x2), x1)
        d_x2 = summed_like(np.expand_dims(d_out, -1) * np.conj(x1), x2)
    else:
        last1, last2 = np.moveaxis(x1, axis, -1), np.moveaxis(x2, axis, -1)
        d_x1 = np.moveaxis(summed_like(np.conj(np.expand_dims(d_out, -1) * last2), last1), -1, axis)
        d_x2 = np.moveaxis(summed_like(np.expand_dims(d_out, -1) * np.conj(last1), last2), -1, axis)


@bilinear("np.matvec(x1, x2, /)")
def matvec(x1, x2, d_out):
    d_x1 = summed_like(np.expand_dims(d_out, -1) * np.expand_dims(x2, -2), x1)
    d_x2 = summed_like(np.sum(np.expand_dims(d_out, -1) * x1, axis=-2), x2)


@bilinear("np.vecmat(x1, x2, /)")
def vecmat(x1, x2, d_out):
    d_x1 = summed_like(np.conj(np.sum(np.expand_dims(d_out, -2) * x2, axis=-1)), x1)
    d_x2 = summed_like(np.expand_dims(d_out, -2) * np.expand_dims(np.conj(x1), -1), x2)


# ----- sums over chosen indices -----
@bilinear("np.tensordot(a, b, axes=2)")
def tensordot(a, b, axes, d_out):
    d_a = tensordot_adjoint_left(d_out, a, b, axes)
    d_b = tensordot_adjoint_right(d_out, a, b, axes)


@rule("np.einsum(subscripts, *operands, out=None, optimize=False)")
def einsum(subscripts, operands, optimize, d_out, t_operands):
    if len(operands) == 1:
        d_operands = [einsum_adjoint(d_out, subscripts, operands, 0)]
    elif len(operands) == 2:
        d_operands = [
            einsum_adjoint(d_out, subscripts, operands, 0),
            einsum_adjoint(d_out, subscripts, operands, 1),
        ]
    elif len(operands) == 3:
        d_operands = [
            einsum_adjoint(d_out, subscripts, operands, 0),
            einsum_adjoint(d_out, subscripts, operands, 1),
            einsum_adjoint(d_out, subscripts, operands, 2),
        ]
    else:
        d_operands = einsum_adjoints(d_out, subscripts, operands)
    t_out = einsum_tangent(subscripts, operands, t_operands)


@bilinear("np.kron(a, b)")
def kron(a, b, d_out):
    d_a = kron_adjoint_left(d_out, a, b)
    d_b = kron_adjoint_right(d_out, a, b)


@bilinear("np.cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None)")
def cross(a, b, axisa, axisb, axisc, axis, d_out):
    d_a = cross_adjoint(d_out, a, b, axisa, axisb, axisc, axis)
    d_b = cross_adjoint(-d_out, b, a, axisb, axisa, axisc, axis)


# ----- tables of all pairs -----
@linear("np.add.outer(A, B, /)")
def add_outer(A, B, d_out):  # noqa: N803
    d_A = np.reshape(np.sum(np.reshape(d_out, (np.size(A), np.size(B))), axis=1), np.shape(A))
    d_B = np.reshape(np.sum(np.reshape(d_out, (np.size(A), np.size(B))), axis=0), np.shape(B))


@linear("np.subtract.outer(A, B, /)")
def subtract_outer(A, B, d_out):  # noqa: N803
    d_A = np.reshape(np.sum(np.reshape(d_out, (np.size(A), np.size(B))), axis=1), np.shape(A))
    d_B = -np.reshape(np.sum(np.reshape(d_out, (np.size(A), np.size(B))), axis=0), np.shape(B))


@bilinear("np.multiply.outer(A, B, /)")
def multiply_outer(A, B, d_out):  # noqa: N803
    d_A = np.reshape(np.reshape(d_out, (np.size(A), np.size(B))) @ np.ravel(B), np.shape(A))
    d_B = np.reshape(np.ravel(A) @ np.reshape(d_out, (np.size(A), np.size(B))), np.shape(B))


# ----- convolutions and polynomials -----
@bilinear("np.convolve(a, v, mode='full')")
def convolve(a, v, mode, d_out):
    d_a = convolve_adjoint(d_out, a, v, mode)
    d_v = convolve_adjoint(d_out, v, a, mode)


@bilinear("np.correlate(a, v, mode='valid')")
def correlate(a, v, mode, d_out):
    d_a = correlate_adjoints(d_out, a, v, mode)[0]
    d_v = correlate_adjoints(d_out, a, v, mode)[1]


@rule("np.polyval(p, x)")
def polyval(p, x, d_out, t_p, t_x):
    d_p = polyval_adjoint(d_out, p, x)
    d_x = d_out * polyval_slope(p, x)
    t_out = np.polyval(t_p, x) + t_x * polyval_slope(p, x)


ALIASES = {
    "operator.matmul": "np.matmul", "numpy.linalg.outer": "np.outer", "numpy.linalg.matmul": "np.matmul",
    "numpy.linalg.vecdot": "np.vecdot", "numpy.linalg.tensordot": "np.tensordot", "numpy.linalg.cross": "np.cross",
}  # fmt: skip
