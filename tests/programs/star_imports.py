"""Names that another module of the user gives with `from module import *`."""

import numpy as np
from case import case
from helpers import *  # noqa: F403


def soften(x):
    """Of this module: it comes after the import of the other one."""
    return 0.5 * x


def names_of_another_module(x, angle):
    a, b = rotate(x[0], x[1], angle)  # noqa: F405
    weight = horner(a, *COEFFICIENTS) + GRAVITY  # noqa: F405
    return weight * soften(b) + damped(x[1], 2)  # noqa: F405


def the_first_of_several(x):
    total = np.sum(logistic(x, scale=2.0))  # noqa: F405
    for _ in range(CUT):  # noqa: F405
        total = pressure(total, gamma=1.2)  # noqa: F405
    return total


CASES = [
    case(names_of_another_module, np.array([0.7, -1.1]), 0.4),
    case(the_first_of_several, np.array([0.7, -1.1, 0.3])),
]
