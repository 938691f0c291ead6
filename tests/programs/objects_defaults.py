"""Attributes that are first constants of the class, and then each object's own."""

import numpy as np
from case import case


class Sum:
    total = 0.0

    def add(self, v):
        self.total += v * v


class Meter:
    count = 0
    scale = 2.0
    unit = "m"

    def __init__(self, gain):
        self.gain = gain

    def read(self, v):
        self.count += 1
        self.scale *= 1.5
        return v * self.scale * self.gain


class Tuned(Meter):
    def __init__(self, gain):
        super().__init__(gain)
        self.scale = self.scale * gain


class Log:
    size = 0.0

    def __init__(self):
        self.items = []

    def __iadd__(self, v):
        self.items.append(v)
        self.size += v * v
        return self

    def __getitem__(self, k):
        return self.items[k]


def without_a_constructor(x):
    found = Sum()
    for v in x:
        found.add(v)
    return found.total


def one_for_each_object(x, gain):
    first, second = Meter(gain), Meter(2.0 * gain)
    total = sum(first.read(v) for v in x) + second.read(x[0])
    return total * first.count + second.count


def set_by_a_subclass(x, gain):
    meter = Tuned(gain)
    return sum(meter.read(v) for v in x) * meter.count


def operator_in_place(x):
    log = Log()
    for v in x:
        log += v
    return log.size * log[0]


X = np.array([0.6, -1.1, 1.7])

CASES = [
    case(without_a_constructor, X),
    case(one_for_each_object, X, 0.7),
    case(set_by_a_subclass, X, 0.7),
    case(operator_in_place, X),
]
