"""Functions that give back their argument, or a view of it, for some arguments only: the result is changed."""

import numpy as np
from case import case


def differences_of_order_zero(x, s):
    y = x * s
    z = np.diff(y, n=0)
    z *= s
    return y * z


def differences_of_order_one(x, s):
    y = x * s
    z = np.diff(y)
    z *= s
    w = np.diff(y, 2)
    w[0] = s
    return y[:5] * z + w.sum()


def first_power(A, s):
    y = A * s
    z = np.linalg.matrix_power(y, 1)
    z *= s
    return y * z


def third_power(A, s):
    y = A * s
    z = np.linalg.matrix_power(y, 3)
    z *= s
    return y * z


def conjugate_of_real_numbers(x, s):
    y = x * s
    z = y.conjugate()
    z *= s
    return y * z


def checked_for_infinities(x, s):
    y = x * s
    z = np.asarray_chkfinite(y)
    z *= s
    return y * z


def einsum_that_turns(A, s):
    y = A * s
    z = np.einsum("ij->ji", y)
    z *= s
    return y * z


def einsum_of_the_diagonal(A, x, s):
    y = A * s
    np.einsum("ii->i", y)[:] = x[:3]
    return y * A


def einsum_of_two_arrays(A, s):
    y = A * s
    z = np.einsum("ij,jk->ik", y, A)
    z *= s
    return y * z


def array_given_by_keyword(A, s):
    y = A * s
    z = np.fliplr(m=y)
    z[0] = s
    return y * z


def astype_without_copy(x):
    b = x.astype(np.float64, copy=False)
    b[1:] *= x[0]
    return np.sum(x)


def array_that_says_it_copies(x, s):
    b = np.array(x, dtype=float, copy=True, order="C")
    b[1:] *= s
    c = np.array(x, copy=True)
    c[0] = b[1]
    return np.sum(x * b) + np.sum(c)


X = np.array([0.8, -0.5, 1.1, 0.6, -0.9, 1.4])
S = 0.7
A = np.array([[0.5, -1.2, 0.8], [0.9, 0.4, -0.6], [-0.7, 1.5, 0.2]])

CASES = [
    case(array_that_says_it_copies, X, S),
    case(astype_without_copy, X), case(differences_of_order_zero, X, S), case(differences_of_order_one, X, S),
    case(first_power, A, S),
    case(third_power, A, S), case(conjugate_of_real_numbers, X, S), case(checked_for_infinities, X, S),
    case(einsum_that_turns, A, S), case(einsum_of_the_diagonal, A, X, S), case(einsum_of_two_arrays, A, S),
    case(array_given_by_keyword, A, S),
]  # fmt: skip
