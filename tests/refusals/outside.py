"""Objects of the module that are no numbers and no arrays, where values that carry a derivative meet them."""

import numpy as np
import scipy.sparse

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


USUAL = np.array([0.7, 1.9])
INPUTS: dict[str, object] = {}
SKIPPED: set[str] = set()
