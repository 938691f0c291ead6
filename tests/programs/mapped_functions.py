"""What `map` and its like are given is worked out once: methods, closures, partials, lambdas with defaults."""

from __future__ import annotations

from functools import partial, reduce

import numpy as np
from case import case

X = np.array([0.6, -1.1, 1.7])


def scaled(k, v):
    return v * k


def doubled(buffer):
    buffer[0] *= 2.0
    k = buffer[0] * 1.0
    return lambda v: v * k


class System:
    def __init__(self, a, b):
        self.a, self.b = list(map(self.convert, (a, b)))
        self.limit = a[0]

    def convert(self, v):
        return np.atleast_2d(v)

    def is_large(self, v):
        return v > self.limit


def methods(x):
    s = System(x, x * 2.0)
    return np.sum(s.a * s.b[:, ::-1]) + sum(filter(s.is_large, x))


def named_first(x):
    a = x * 1.0
    f = doubled(a)
    g = partial(scaled, a[0])
    total = sum(map(f, x))
    for v in map(g, x):
        total += v * a[1]
        a[0] = total
    return total


def of_names_and_numbers(x):
    k = x[0]
    return sum(map(partial(scaled, k), x)) + sum(map(lambda v, w=2.0: v * w, x))


def made_in_its_place(x):
    a = x * 1.0
    return sum(map(doubled(a), x)) + a[0]


def read_in_its_place(x):
    a = x * 1.0
    total = 0.0
    for v in map(partial(scaled, a[0]), x):
        total += v
        a[0] = total
    return total


def default_in_its_place(x):
    k, total = 1.0, 0.0
    for v in map(lambda u, k=k: u * k, x):
        total += v
        k += x[0]
    return total


def reduced_by_what_is_made(x):
    a = x * 1.0
    f = doubled(a)
    return reduce(partial(lambda k, u, v: u * k + f(v), a[0]), list(x)) + a[0]


CASES = [
    case(methods, X), case(named_first, X), case(of_names_and_numbers, X), case(made_in_its_place, X),
    case(read_in_its_place, X), case(default_in_its_place, X), case(reduced_by_what_is_made, X),
]  # fmt: skip
