"""Functions that are defaults of what is called, or arguments that a partial has."""

from __future__ import annotations

from functools import partial

import numpy as np
from case import case

X = np.array([0.6, 1.1, 1.7])
WEIGHTS = np.array([0.5, -1.0, 2.0])


class Spring:
    def __init__(self, stiffness, rest):
        self.stiffness, self.rest = stiffness, rest

    def force(self, x):
        return self.stiffness * (x - self.rest)


class Scaled:
    unit = 1.5

    def __init__(self, value):
        self.value = value

    @classmethod
    def of(cls, x, shape=np.tanh):
        return cls(shape(x) * cls.unit)

    def add(self, x, *, by=1.0, weights=WEIGHTS):
        self.value += x * by * weights
        return self


def softened(x):
    return np.log1p(np.exp(x))


def lorentz(x, width=0.5):
    return width / (x * x + width)


SPRING = Spring(2.0, 0.3)


def applied(x, f=softened, g=lambda v: v * v, *, h=np.exp):
    return f(x) * h(x) + g(x)


def pulled(x, force=SPRING.force, narrow=partial(lorentz, width=0.2)):
    return force(x) * narrow(x)


def summed(f, x, g, n):
    total = 0.0
    for i in range(n):
        total = total + np.sum(f(x * i)) * g(x[0])
    return total


WIDE = partial(lorentz, width=2.0)
TOTAL = partial(summed, softened, g=np.sin, n=3)
NARROW = partial(summed, WIDE, g=SPRING.force, n=2)


def left_to_defaults(x):
    return np.sum(applied(x) * applied(x, np.sin) + applied(x, h=np.cos))


def methods_and_partials_as_defaults(x):
    return np.sum(pulled(x) + pulled(x, np.sin))


def arguments_of_partials(x):
    return TOTAL(x) * NARROW(x)


def class_methods_with_defaults(x):
    a = Scaled.of(x)
    b = type(a).of(x, softened)
    return np.sum(a.add(x).value * b.add(x, by=0.5).value)


def handed_on(x):
    return np.sum(np.array([f(v) for f, v in zip([applied, softened, pulled], x, strict=True)]))


def functions_beside_values(x):
    t = 0.0
    for f, v in zip([softened, lorentz, np.sin], x):
        t += f(v) * v
    return t


CASES = [
    case(left_to_defaults, X, file=False),
    case(methods_and_partials_as_defaults, X, file=False),
    case(arguments_of_partials, X, file=False),
    case(class_methods_with_defaults, X, file=False),
    case(handed_on, X, file=False),
    case(functions_beside_values, X),
]
