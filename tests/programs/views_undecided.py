"""Memory that may or may not be shared: by a condition, by the strides of an argument, from round to round."""

from __future__ import annotations

import numpy as np
from case import case


def one_of_two_arrays(x):
    a, b = x * 1.0, x * 2.0
    c = a if x[0] > 0.0 else b
    d = c.reshape(3, 1)[::-1].ravel()
    d *= 2.0
    c[0] = x[1] * d[0]
    return np.sum(a * b)


def copy_only_on_one_path(A):
    b = A.T
    if A[0, 0] > 0.0:
        b = np.asfortranarray(b)
    b[0, 0] = A[1, 1] ** 2
    return np.sum(A * b.T)


def kept_view_of_a_result(x):
    def halves(v):
        return v[:2], v[1:]

    a, b = halves(x)
    a *= b
    return np.sum(x * x)


def names_in_turn(x):
    a = x * 1.0
    b = a
    for _ in range(2):
        a = b
        b = a
        a[0] *= x[1]
    return np.sum(b)


def reshape_of_a_transpose_then_both_changed(x):
    a = np.outer(x, x)
    b = a.T.reshape(-1)
    a[0, 1] = 2.0 * x[0]
    b[1] *= x[1]
    return np.sum(a) + np.sum(b * b)


def ravel_then_base_changed(A):
    b = A[:, ::2].ravel()
    A[0, 0] = A[1, 1] ** 2
    return np.sum(b * b)


def reshape_of_an_argument(A):
    """A view or a copy by the caller's strides."""
    b = A.reshape(-1)
    b *= b
    return np.sum(A)


def ascontiguousarray_then_changed(A):
    b = np.ascontiguousarray(A.T)
    b *= 2.0
    return np.sum(A.T * b)


def asarray_with_a_dtype(x):
    b = np.asarray(x, dtype=np.result_type(x, np.float32))
    b[0] = x[1] ** 2
    return np.sum(x * x)


X = np.array([0.5, 1.5, 2.5])
A = np.array([[0.5, 1.5, 2.5], [0.7, 1.1, 0.9]])
CASES = [
    case(one_of_two_arrays, X), case(one_of_two_arrays, -X, label="other"), case(copy_only_on_one_path, A),
    case(kept_view_of_a_result, X), case(names_in_turn, X), case(reshape_of_a_transpose_then_both_changed, X),
    case(ravel_then_base_changed, A), case(ravel_then_base_changed, A[:, :2].T.copy(), label="turned"),
    case(reshape_of_an_argument, A),
    case(ascontiguousarray_then_changed, A), case(asarray_with_a_dtype, X),
]  # fmt: skip
