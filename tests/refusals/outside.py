"""Objects of the module that are no numbers and no arrays; what texts, asserts and functions in containers hold."""

from functools import partial

import numpy as np
import scipy.sparse

import srcgrad

matrix = np.asmatrix([[1.0, 2.0], [3.0, 4.0]])
masked = np.ma.array([1.0, 2.0], mask=[0, 1])
sparse = scipy.sparse.csr_array(np.array([[1.0, 2.0], [3.0, 4.0]]))
endless = iter([1.0, 2.0])


class Doubled:
    def __neg__(self):
        return 3.0

    def __mul__(self, other):
        return 2.0 * other

    def __rmul__(self, other):
        return 3.0 * other


class Sequence:
    def __init__(self, x):
        self.x = x

    def __len__(self):
        return 2

    def __getitem__(self, n):
        return self.x

    def __radd__(self, other):
        return other * self.x


doubled = Doubled()


def matrix_times_array(x):
    return np.sum(matrix * x.reshape(2, 1))


def array_times_matrix(x):
    return np.sum(x * matrix)


def row_of_a_matrix(x):
    return np.sum(matrix[0] * x.reshape(2, 1))


def transposed_matrix(x):
    return np.sum(matrix.T * x.reshape(2, 1))


def product_with_a_masked_array(x):
    return np.sum(masked * x)


def masked_array_given_to_a_function(x):
    return np.sum(np.multiply(x, 2.0 * masked))


def sparse_matrix(x):
    return np.sum(sparse @ x)


def transposed_sparse_matrix(x):
    return np.sum(sparse.T @ x)


def operator_of_a_constant(x):
    return (-doubled) * x[0]


def array_times_object(x):
    return np.sum(x * doubled)


def number_plus_sequence(x):
    return np.sum(x[0] + Sequence(x[1]))


def items_of_an_iterator(x):
    t = 0.0
    for v in endless:
        t = t * x[0] + v
    return t


class Square:
    def __init__(self, side):
        self.side = side

    @property
    def area(self):
        return self.side**2


def property_in_a_text(x):
    square = Square(x[0])
    return square.area * len(f"{square.area:.2f}")


def property_in_an_assert(x):
    square = Square(x[0])
    assert square.area > 0
    return square.area


def assigned_in_an_assert(x):
    assert (n := len(x)) == 2
    return x[0] * n


def assigned_in_a_text(x):
    shown = f"{(y := x[0] ** 2)}"
    return y * len(shown[:1])


def partials_of_a_comprehension(x):
    functions = [partial(np.multiply, v) for v in x] + [partial(product, v) for v in x]
    return functions[2](x[1])


def product(a, b):
    return a * b


def functions_with_defaults_of_a_loop(x):
    functions = []
    for v in x:
        functions.append(lambda y, v=v: y * v)
    return functions[0](x[1])


def greatest_of_several_tuples(x):
    take = max
    return take((x[0], 1), (x[1], 2))[0]


class Second:
    def __index__(self):
        return 1


def object_as_an_index(x):
    return x[Second()] * x[0]


def changed_behind_stop_gradient(x):
    a = x * 1.0
    b = srcgrad.stop_gradient(a)
    b[0] = 5.0
    return np.sum(a * a)


def part_changed_behind_stop_gradient(x):
    b = srcgrad.stop_gradient(x)[1:]
    b += 1.0
    return np.sum(x * x)


USUAL = np.array([0.7, 1.9])
INPUTS: dict[str, object] = {}
SKIPPED = {"product"}
