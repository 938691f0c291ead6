"""Augmented stores with every operator, updates that read what they write, updates of a bare name."""

import operator

import numpy as np
from case import case


def add_slice(x, s):
    y = x * s
    y[1:4] += x[2:5] * s
    y[0] += y[1]
    return y * y


def subtract_slice(x, s):
    y = x * s
    y[::2] -= y[1::2] * s
    y[-1] -= s
    return y * y


def multiply_slice(x, s):
    y = x * s
    y[1:4] *= x[:3]
    y[2] *= y[1]
    y *= y
    return y


def divide_slice(x, s):
    y = x * s
    y[:3] /= x[3:]
    y[4] /= y[5]
    y /= s
    return y


def power_slice(x, s):
    y = x * x + 0.5
    y[:3] **= 2
    y[3:] **= s
    y[1] **= y[2]
    return y


def power_by_an_array(x, s):
    y = x * x + 0.5
    y **= x * s
    return y


def floor_divide_slice(x, s):
    """No derivative flows through a floor; what is not touched keeps its own."""
    y = x * 3.0 * s
    y[:2] //= 0.4
    y[2:4] //= s
    return y * x


def modulo_slice(x, s):
    y = x * 3.0
    y[:4] %= s
    y[4] %= 0.4
    return y * x


def matrix_product(M, s):
    y = M * s
    y @= np.array([[0.3, 0.1, 0.0, 0.2], [0.5, 0.2, 0.1, 0.0], [0.1, 0.7, 0.4, 0.3], [0.2, 0.1, 0.6, 0.5]]) * s
    return y * M


def matrix_product_with_itself(A):
    y = A + 0.1
    y @= y
    y @= A
    return y


def operators_on_integers(x, n):
    """Shifts and bitwise updates of an index array, which stays a constant."""
    k = np.arange(3)
    k <<= 1
    k ^= n
    k &= 7
    k |= 1
    k %= 6
    y = x * x
    y[k] *= y[5]
    return y


def itself_twice(x):
    y = x * 1.0
    y += y
    y *= y
    y -= 0.5 * y
    y /= y + 3.0
    return y


def overlap_forwards(x):
    a = x * 1.0
    a[1:] += a[:-1]
    return a * a


def overlap_backwards(x):
    a = x * 1.0
    a[:-1] += a[1:]
    a[1:] *= a[:-1]
    return a


def overlap_reversed(x):
    a = x * 1.0
    a += a[::-1]
    a *= a[::-1]
    return a


def overlap_store(x, s):
    a = x * s
    a[1:] = a[:-1]
    a[:-2] = a[2:] * s
    a[::-1] = a
    return a * x


def overlap_two_dimensions(M):
    a = M * 1.0
    a[1:, 1:] += a[:-1, :-1] * a[1:, :-1]
    a[:, :-1] -= a[:, 1:]
    return a * a


def overlap_transposed(A):
    a = A * 1.0
    a += a.T
    a *= a.T
    a[:, 0] = a[0]
    return a * A


def scan_by_loop(x, s):
    """Unlike the slice, the loop sees what it has just written."""
    a = x * 1.0
    for i in range(1, len(a)):
        a[i] += a[i - 1] * s
    return a * a


def scan_backwards(x, s):
    a = x * s
    for i in range(len(a) - 2, -1, -1):
        a[i] -= a[i + 1] ** 2
    return a


def duplicates_add_once(x, s):
    """`+=` through an integer array adds each place once: the last one written."""
    y = x * s
    y[[1, 1, 2, 1]] += x[:4]
    y[[0, 0]] *= x[4:]
    return y * y


def duplicates_read_then_store(x, s):
    y = x * s
    k = np.array([3, 3, 0])
    y[k] -= np.array([s, s * s, x[1]]) * y[k]
    return y


def pairs(M, x, s):
    y = M * s
    y[[0, 1, 1], [2, 0, 0]] += x[:3] * s
    y[[2, 2], [1, 3]] /= x[2:4]
    y[[0], [0]] **= 2
    return y * M


def mask(x, s):
    y = x * s
    m = y > 0.3
    y[m] *= y[m] * s
    y[~m] -= s
    y[y < -0.2] **= 2
    return y


def mask_of_itself(x):
    y = x * 1.0
    y[y > 0.7] -= 0.5
    y[y < 0] *= -y[y < 0]
    return y * y


def index_evaluated_once(x, s):
    """The function in the index has an effect; it must run once, and so must the right side."""
    calls = []

    def place():
        calls.append(1)
        return len(calls)

    y = x * s
    y[place()] += y[place()] * s
    y[place()] *= 2.0
    return y * len(calls)


def index_changed_by_the_right_side(x, s):
    k = [0]

    def value():
        k[0] = 2
        return s

    y = x * x
    y[k[0]] += value()
    return y


def broadcast_onto_rows(M, x, s):
    y = M * s
    y += x[:4]
    y *= x[:3, None]
    y[:, 1:] -= x[0]
    y /= np.array([[s]])
    return y * M


def name_of_a_scalar(x, s):
    """`+=` on a number rebinds: `t` keeps the old value."""
    t = u = s * x[0]
    t += x[1]
    t *= t
    return t * u


def name_of_an_array(x, s):
    """`+=` on an array is seen through every name."""
    t = u = s * x
    t += x[1]
    t *= t
    return t * u


def name_that_may_be_either(values, s):
    """The same line rebinds a number and changes an array."""
    result = []
    for v in values:
        t = v * s
        u = t
        t += s
        t *= s
        result.append(np.sum(t * u))
    return result


def reduction_rebinds(x):
    s = x.sum()
    t = s
    s += 1
    s *= s
    return s * t


def rank_zero_array_mutates(x):
    s = np.array(0.0)
    t = s
    s += x[0]
    s += x[1] * x[2]
    s *= s
    return s * t


def row_of_a_matrix(M, s):
    """A row is a view, an element of a row is a number."""
    y = M * s
    r = y[1]
    r += s
    e = y[2, 2]
    e += 100.0
    r[0] *= e
    return y * e


def attribute_and_item(x, s):
    """An augmented store where the target is itself read through another index.  Shapes: x[n], s[]"""
    y = {"a": x * s, "b": [x * x, s]}
    y["a"][1] += s
    y["a"] *= s
    y["b"][0][2:] -= y["a"][2:]
    y["b"][1] *= s
    return y["a"] * y["b"][0] * y["b"][1]


def operator_functions(x, s):
    """operator.iadd and its siblings change arrays, and give numbers back."""
    y = x * s
    z = operator.iadd(y, x)
    operator.imul(z, y)
    t = operator.isub(s, 0.2)
    operator.setitem(y, slice(0, 2), s * t)
    return y * operator.getitem(z, 3)


def dunder_methods(x, s):
    y = x * s
    y.__iadd__(x)
    y.__setitem__(0, y.__getitem__(1) * s)
    y.__imul__(y)
    return y


def integer_exponents(x):
    y = x * 1.0
    y[:2] **= 3
    y[2:4] **= -2
    y[4:] **= 0
    return y * x


def scaled_in_turns(x, s):
    """Saved values of different length from one statement."""
    y = x * 1.0
    for k in range(1, 5):
        y[:k] *= y[k]
        y[k:] /= 1.0 + s * s
    return y


def counted_and_weighted(x, labels: list[int], s):
    sums, counts = np.zeros(3), np.zeros(3, dtype=int)
    for value, label in zip(x, labels):
        sums[label] += value * value * s
        counts[label] += 1
    sums /= counts
    return sums


X = np.array([0.8, -0.5, 1.1, 0.6, -0.9, 1.4])
S = 0.7
M = np.array([[0.5, -1.2, 0.8, 1.1], [0.9, 0.4, -0.6, 1.3], [-0.7, 1.5, 0.2, -0.3]])
A = np.array([[0.5, -1.2, 0.8], [0.9, 0.4, -0.6], [-0.7, 1.5, 0.2]])

CASES = [
    case(add_slice, X, S), case(subtract_slice, X, S), case(multiply_slice, X, S), case(divide_slice, X, S),
    case(power_slice, X, S), case(power_by_an_array, X, S), case(floor_divide_slice, X, S, wrt=(0, 1)),
    case(modulo_slice, X, 0.37), case(matrix_product, M, S), case(matrix_product_with_itself, A),
    case(operators_on_integers, X, 5), case(itself_twice, X), case(overlap_forwards, X), case(overlap_backwards, X),
    case(overlap_reversed, X), case(overlap_store, X, S), case(overlap_two_dimensions, M), case(overlap_transposed, A),
    case(scan_by_loop, X, S), case(scan_backwards, X, S), case(duplicates_add_once, X, S),
    case(duplicates_read_then_store, X, S), case(pairs, M, X, S), case(mask, X, S), case(mask_of_itself, X),
    case(index_evaluated_once, X, S), case(index_changed_by_the_right_side, X, S), case(broadcast_onto_rows, M, X, S),
    case(name_of_a_scalar, X, S), case(name_of_an_array, X, S),
    case(name_that_may_be_either, [0.8, X, 1.2, M], S, file=False),
    case(reduction_rebinds, X), case(rank_zero_array_mutates, X), case(row_of_a_matrix, M, S),
    case(attribute_and_item, X, S), case(operator_functions, X, S), case(dunder_methods, X, S),
    case(integer_exponents, X), case(scaled_in_turns, X, S), case(counted_and_weighted, X, [0, 2, 1, 0, 1, 1], S),
]  # fmt: skip
