"""Parameters with integers as defaults that are differentiated."""

import numpy as np
from case import case


def scaled(x, n=10):
    return np.sum(x) * n


def shifted(x, start=1, steps=2):
    for _ in range(steps):
        x = (x - start) ** 2
    return np.sum(x)


def powered(x, p=2):
    return np.sum(x**p)


x = np.array([0.5, 1.2, 0.3])
CASES = [
    case(scaled, x),
    case(scaled, x, 2.5, label="float"),
    case(shifted, x, 0.5),
    case(shifted, x, 0.5, 3, label="steps"),
    case(powered, x, 1.5),
]
