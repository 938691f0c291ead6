"""What `isinstance` and `type` say of numbers that are of Python on one path and of NumPy on another."""

from __future__ import annotations

import numpy as np
from case import case

X = np.array([1.3, 2.2, 0.7])


class Scale:
    def __init__(self, k):
        self.k = k

    def of(self, v):
        if isinstance(v, np.generic):
            return self.k * v
        return self.k * v * 7.0

    def __add__(self, other):
        if isinstance(other, Scale):
            return Scale(self.k + other.k)
        if isinstance(other, (int, float)):
            return Scale(self.k + 3.0 * other)
        return Scale(other)


def weighted(v):
    return v * (2.0 if isinstance(v, np.floating) else 3.0)


def typed(v):
    if type(v) is float:
        return v * 2.0
    return v * 3.0


def called_with_both(x):
    return weighted(x[0]) * weighted(2.0) + typed(2.0) * typed(x[1])


def method_called_with_both(x):
    scale = Scale(x[0])
    return scale.of(x[1]) * scale.of(2.0)


def chosen(x):
    v = 2.0 if x[0] > 0.0 else x[1]
    return x[0] * weighted(v) * (2.0 if type(v) is float else 5.0)


def items_of_both(x):
    total = 0.0
    for v in [x[0], 2.0, x[1]]:
        total = total + weighted(v) * x[2]
        total = weighted(total)
    return total


def integers_and_floats(x):
    scale = Scale(x[0])
    return (scale + 1).k * (scale + 2.0).k * (scale + scale).k


def whole_numbers(x):
    n = 2
    for k in np.arange(3):
        x = x * (2.0 if isinstance(n, int) else 3.0)
        n = k
    return np.sum(x)


CASES = [
    case(called_with_both, X),
    case(method_called_with_both, X),
    case(chosen, X),
    case(items_of_both, X),
    case(integers_and_floats, X, file=False),
    case(whole_numbers, X),
]
