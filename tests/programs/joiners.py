"""Arrays joined by what stands in brackets: np.r_ and np.c_, with slices, numbers and directives among the items."""

import numpy as np
from case import case
from numpy import c_

X, Y, A = np.array([0.7, -1.1, 0.4]), np.array([1.3, 0.2, -0.6]), np.array([[0.4, -0.3], [0.2, 0.5], [1.1, -0.7]])


def padded_by_its_ends(x):
    """A signal with its first and last value repeated."""
    longer = np.r_[x[0], x, x[-1]]
    return longer[2:] - 2.0 * longer[1:-1] + longer[:-2]


def among_slices(x, y, s):
    return np.r_[x, 0:3, y * s, s, 5.0, x[::-1]] * np.r_[0:1:13j, 2.0] ** 2


def design_matrix(x, y):
    """A column of ones, and one for each variable and their product."""
    columns = c_[np.ones(3), x, y, x * y]
    return columns.T @ columns @ np.array([1.0, 2.0, -1.0, 0.5])


def column_beside_a_matrix(a, x):
    return np.linalg.norm(np.c_[a, x]) * np.c_[x, a][:, 1]


def with_directives(x, a):
    return np.sum(np.r_["1,2,0", x, x * x] ** 2) + np.sum(np.r_["-1", a, a * a], axis=1)


def real_beside_complex(x, z):
    return np.abs(np.r_[x, z, 1j]) ** 2


def joined_in_a_loop(x, steps):
    path = np.r_[x[:1]]
    for k in range(steps):
        path = np.r_[path, np.sin(path[-1]) + x[k % 3]]
    return path * path


def join_of_a_tuple(x, s, steps):
    """What stands in the brackets under one name: items of a tuple, as many as there are."""
    coefficients = (1.0, s * x, -x[0])
    pieces = []
    for k in range(steps):
        pieces.append(x**k * s)
    columns = np.c_[tuple(pieces)]
    one = (x,)
    return np.sum(np.r_[coefficients] ** 2) + np.sum(np.r_[tuple(pieces)] ** 2) + np.sum(columns[0] * s) + np.r_[one][1]


def moving_average(params, y, order):
    """Errors of an ARMA model, with its polynomials joined from a slice each."""
    ar, ma = np.r_[1, -params[:order]], np.r_[1, params[order : 2 * order]]
    errors = np.zeros(len(y))
    for t in range(len(y)):
        s = y[t]
        for i in range(1, min(t, order) + 1):
            s += ar[i] * y[t - i]
            s -= ma[i] * errors[t - i]
        errors[t] = s
    return np.sum(errors**2)


CASES = [
    case(padded_by_its_ends, X),
    case(among_slices, X, Y, 0.7),
    case(design_matrix, X, Y),
    case(column_beside_a_matrix, A, X),
    case(with_directives, X, A),
    case(real_beside_complex, X, Y + 1j * X),
    case(joined_in_a_loop, X, 5),
    case(join_of_a_tuple, X, 1.3, 3),
    case(moving_average, np.array([0.3, -0.2, 0.4, 0.1]), X, 2),
]
