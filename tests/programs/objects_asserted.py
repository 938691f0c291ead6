"""Objects in asserts, constructors that return early, and objects that hold closures and change."""

from __future__ import annotations

import numpy as np
from case import case

X = np.array([1.3, 2.2, 0.7])


class Part:
    def __init__(self, w):
        self.w = w


class Whole:
    def __init__(self, x):
        self.note = None
        self.parts = [Part(v) for v in x]
        self.first = Part(2.0 * x[0])

    def total(self):
        assert isinstance(self, Whole) and self.note is None, "no note"
        return sum(p.w**2 for p in self.parts)


def asserted(x):
    whole = Whole(x)
    assert whole and not whole.note and len(whole.parts) == 3 and hasattr(whole, "parts")
    assert all(p.w > 0.0 for p in whole.parts) and whole.parts[0].w > 0.0, f"{whole.first.w}"
    assert whole.first is not whole.parts
    return whole.total() * whole.first.w


class Scaled:
    """Whose `__init__` returns before its end."""

    def __init__(self, w, n):
        self.w = w
        if n == 0:
            return
        for _ in range(n):
            if self.w > 4.0:
                return
            self.w = self.w * 1.5


def returned_early(x):
    made = [Scaled(x[0], 0), Scaled(x[1], 1), Scaled(x[1], 5)]
    return made[0].w * made[1].w + sum(s.w**2 for s in made if s)


class Lazy:
    def __init__(self, make):
        self.make = make
        self.kept = None
        self.asked = 0

    def value(self):
        self.asked += 1
        if self.kept is None:
            self.kept = self.make()
        return self.kept


def lazily(x):
    scale = x[0] * 2.0
    one = Lazy(lambda: scale * x[1])
    return one.value() * one.value() * one.asked


class Fit:
    def __init__(self, loss, w):
        self.loss, self.w, self.history = loss, w, []

    def step(self, rate):
        value = self.loss(self.w)
        self.history.append(value)
        self.w = self.w - rate * value


def fitted(x):
    fit = Fit(lambda w: w * x[0] + x[1], x[2])
    for _ in range(3):
        fit.step(0.1)
    fit.step(0.3)
    return fit.w + sum(fit.history)


class Holder:
    def __init__(self):
        self.f = None
        self.total = 0.0

    def keep(self, f):
        self.f = f

    def call(self, v):
        self.total += v
        return self.f(v)


def handed_on(x):
    scale = x[0] * 2.0

    def scaled(v):
        return v * scale

    holder = Holder()
    holder.keep(scaled)
    return holder.call(x[1]) * holder.call(x[2]) * holder.total


CASES = [
    case(asserted, X),
    case(returned_early, X),
    case(lazily, X),
    case(fitted, X, file=False),
    case(handed_on, X),
]
