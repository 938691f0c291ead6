"""Derivatives inside the program of functions that read an element of a comprehension, or repeat a short array."""

import numpy as np
from case import case
from srcgrad import grad, hessian


def slope_of_each(x):
    return np.sum([grad(lambda s: s**3 * x[i])(x[i]) for i in range(len(x))])


def slopes_of_pairs(x, w):
    return sum(grad(lambda s: s**2 * c * w)(v) for v, c in zip(x, x[::-1], strict=True))


def slopes_in_a_dict(x, w):
    found = {i: grad(lambda s: np.sin(s) * x[i] * w)(x[i]) for i in range(len(x))}
    return found[0] * found[1] + found[2]


def hessians(x):
    return np.sum(np.array([hessian(lambda v: np.sum(v**3 * x * k))(x) for k in (1.0, 2.0)]) ** 2)


def one_for_all(w, x):
    """The array of size one is repeated along x."""
    for _ in range(2):
        w = w - 0.1 * grad(lambda p: np.sum(p * x) ** 2)(w)
    return np.sum(w**2)


def one_for_all_in_a_dict(w, x):
    slope = grad(lambda p: np.sum(np.sin(p["w"] * x)))({"w": w})
    return np.sum(slope["w"] ** 3)


def column_by_row(x):
    """Both operands are repeated."""
    column = np.reshape(x, (-1, 1))
    return np.sum(grad(lambda c: np.sum((c * x) ** 2))(column) * column)


X = np.array([0.7, 1.2, 1.9])
W = np.array([0.4])
CASES = [
    case(slope_of_each, X, file=False),
    case(slopes_of_pairs, X, 0.8, file=False),
    case(slopes_in_a_dict, X, 0.8, file=False),
    case(hessians, X, file=False),
    case(one_for_all, W, X, file=False),
    case(one_for_all_in_a_dict, W, X, file=False),
    case(column_by_row, X, file=False),
]
