"""`itemgetter`, `attrgetter` and `methodcaller` with names, in containers, and as arguments."""

from __future__ import annotations

import itertools
import operator

import numpy as np
from case import case

X = np.array([0.6, 1.1, 1.7])


class Body:
    def __init__(self, m, x):
        self.m = m
        self.x = x

    def energy(self, scale=1.0):
        return self.m * self.x**2 * scale


def caller(x):
    scale = operator.methodcaller("sum")
    return scale(x) * 2.0


def caller_args(x):
    m = operator.methodcaller("reshape", 3, 1)
    return np.sum(m(x) * x) + np.sum(operator.methodcaller("cumsum")(x) * x)


def caller_of_objects(x):
    bodies = [Body(v, 3.0 - v) for v in x]
    energy = operator.methodcaller("energy", scale=2.0)
    best = max(bodies, key=operator.methodcaller("energy"))
    return sum(map(energy, bodies)) + best.m + sum(energy(b) for b in bodies)


def getters(x):
    first, both = operator.itemgetter(0), operator.itemgetter(0, 2)
    a, b = both(x)
    body = Body(a, b)
    mass = operator.attrgetter("m")
    last = operator.itemgetter(-1)
    pairs = [(v, v * v) for v in x]
    pairs.sort(key=operator.itemgetter(1))
    return first(x) * b + mass(body) * last(x) + first(pairs[1]) + sum(map(operator.itemgetter(1), pairs))


def kept_in_a_dict(x):
    ways = {"sum": operator.methodcaller("sum"), "last": operator.itemgetter(2)}
    return ways["sum"](x) * ways["last"](x)


def grouped(x):
    rows = [("a", x[0]), ("b", x[1]), ("a", x[2])]
    rows = sorted(rows, key=operator.itemgetter(0))
    t = 1.0
    for name, group in itertools.groupby(rows, key=operator.itemgetter(0)):
        t = t * sum(v for _, v in group)
    return t


def by_attribute(x):
    bodies = [Body(v, 3.0 - v) for v in x]
    bodies.sort(key=operator.attrgetter("x"))
    low = min(bodies, key=operator.attrgetter("m"))
    return bodies[0].m * 2.0 + low.x


CASES = [case(f, X) for f in (caller, caller_args, caller_of_objects, getters, kept_in_a_dict, grouped, by_attribute)]
