"""Products of vectors, matrices and arrays of any rank."""

# ruff: noqa: F841
from __future__ import annotations

import numpy as np

from ..runtime import (
    dot_adjoint_left,
    dot_adjoint_right,
    einsum_adjoints,
    einsum_tangent,
    matmul_adjoint_left,
    matmul_adjoint_right,
    tensordot_adjoints,
)  # fmt: skip
from .declare import bilinear, rule


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
    elif np.ndim(a) == 0 or np.ndim(b) == 0:
        d_a = dot_adjoint_left(d_out, a, b)
        d_b = dot_adjoint_right(d_out, a, b)
    else:
        d_a = tensordot_adjoints(d_out, a, b, ([-1], [-1]))[0]
        d_b = tensordot_adjoints(d_out, a, b, ([-1], [-1]))[1]


@bilinear("np.outer(a, b, out=None)")
def outer(a, b, d_out):
    d_a = np.reshape(d_out @ np.ravel(b), np.shape(a))
    d_b = np.reshape(np.ravel(a) @ d_out, np.shape(b))


@bilinear("np.tensordot(a, b, axes=2)")
def tensordot(a, b, axes, d_out):
    d_a = tensordot_adjoints(d_out, a, b, axes)[0]
    d_b = tensordot_adjoints(d_out, a, b, axes)[1]


@rule("np.einsum(subscripts, *operands, out=None, optimize=False)")
def einsum(subscripts, operands, optimize, d_out, t_operands):
    d_operands = einsum_adjoints(d_out, subscripts, operands)
    t_out = einsum_tangent(subscripts, operands, t_operands)


ALIASES = {"operator.matmul": "np.matmul", "numpy.linalg.outer": "np.outer", "numpy.linalg.matmul": "np.matmul"}
