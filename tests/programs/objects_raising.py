"""Methods and properties that always raise, and comparisons that Python asks a subclass for first."""

from __future__ import annotations

import numpy as np
from case import case

X = np.array([1.3, 2.2, 0.7])


class Layer:
    def __init__(self, w):
        self.w = w

    def forward(self, x):
        raise NotImplementedError("a layer says what it computes")

    def fail(self, why):
        raise ValueError(why)

    @property
    def size(self):
        raise NotImplementedError

    def __add__(self, other):
        raise TypeError("layers are not added")


def chosen(x):
    layer = Layer(x[0])
    return x[1] * layer.w if x[0] > 0.0 else layer.forward(x)


def checked(x):
    layer = Layer(x[0])
    if layer.w < 0.0:
        layer.fail("negative")
    if x[1] < 0.0:
        return layer.size
    return layer.w * x[1] ** 2


def in_a_loop(x):
    layer, total = Layer(x[0]), 0.0
    for v in x:
        if v > 100.0:
            layer = layer + v
        total = total + layer.w * v
    return total


class Length:
    def __init__(self, v):
        self.v = v

    def __eq__(self, other):
        return self.v == other.v

    def __lt__(self, other):
        return self.v < other.v

    def __gt__(self, other):
        return self.v > 3.0 * other.v


class Any(Length):
    def __eq__(self, other):
        return True


class Rough(Length):
    pass


def unequal_to_a_subclass(x):
    a, b = Length(x[0]), Any(x[1])
    return x[1] ** 2 if a != b else x[2] ** 3


def less_than_a_subclass(x):
    """`a < b` is `b > a` where `b` is of a subclass, whether it has a method of its own or not."""
    a, b = Length(x[0]), Rough(x[1])
    return x[1] ** 2 if a < b else x[2] ** 3


CASES = [
    case(chosen, X),
    case(checked, X),
    case(in_a_loop, X),
    case(unequal_to_a_subclass, X),
    case(less_than_a_subclass, X),
]
