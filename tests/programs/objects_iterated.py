"""Objects that are gone through: tuples of their attributes, lists that they keep, generators; and `in`."""

from typing import NamedTuple

import numpy as np
from case import case


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __iter__(self):
        return iter((self.x, self.y))

    def __len__(self):
        return 2

    def __getitem__(self, k):
        return (self.x, self.y)[k]


class Samples:
    def __init__(self, values):
        self.values = list(values)

    def __iter__(self):
        return iter(self.values)

    def __contains__(self, value):
        return value in self.values


class Positive:
    def __init__(self, values):
        self.values = values

    def __iter__(self):
        for v in self.values:
            if v > 0:
                yield v * 2.0


class Reading(NamedTuple):
    value: float
    weight: float


def taken_apart(u, k):
    p = Point(u[0], k)
    a, b = p
    total = sum(v * v for v in p)
    for v in p:
        total += v**3
    for n, (v, w) in enumerate(zip(p, Point(k, u[1]))):
        total += n * v * w
    return a * b + total * p[0] + len(p) * p[1]


def a_list_of_its_own(u, k):
    samples, total = Samples(u * k), 0.0
    for v in samples:
        samples.values[2] = samples.values[2] * v
        total += v * v
    if 3.0 in samples or k not in samples:
        total *= 2.0
    return total + max(samples) * sum(list(samples))


def a_generator(u, k):
    positive, total = Positive(u * k), 0.0
    for v in positive:
        total = total * k + v
    return total * sum([v * total for v in positive])


def points_in_a_loop(u, k):
    total = 0.0
    for p in [Point(v, k * v) for v in u]:
        for c in p:
            total += c * c
        x, y = p
        total += x * y
    for n, (value, weight) in enumerate([Reading(v, v * k) for v in u]):
        total += value * weight * n
    return total


U = np.array([0.3, -0.7, 1.1])


class Body:
    def __init__(self, mass, place):
        self.mass, self.place, self.trail = mass, np.array(place), []

    def pulled_by(self, other):
        d = other.place - self.place
        return d * self.mass * other.mass / (np.sqrt(d @ d) ** 3 + 0.1)


class Cluster:
    def __init__(self, bodies):
        self.bodies = bodies

    def step(self, dt):
        """A generator inside of a comprehension asks objects that change afterwards."""
        forces = [sum((a.pulled_by(b) for b in self.bodies if b is not a), np.zeros(2)) for a in self.bodies]
        for body, force in zip(self.bodies, forces, strict=True):
            body.place += dt * force / body.mass
            body.trail.append(body.place.copy())


def pulls_of_pairs(masses, places):
    cluster = Cluster([Body(m, p) for m, p in zip(masses, places, strict=True)])
    for _ in range(2):
        cluster.step(0.1)
    return sum(b.trail[0][0] * b.place[1] for b in cluster.bodies)


class Bag:
    def __init__(self, items):
        self.items = items

    def __iter__(self):
        return iter(self.items)


class Holder:
    def __init__(self, items):
        self.bag = Bag(items)


def inside_of_comprehensions(x):
    """What a comprehension goes through are the items, however it is written: how many attributes there are is not."""
    held, bag = Holder([x, x * x, 2.0]), Bag([x**3, x])
    total = sum([1.0 for _ in zip(held.bag, [x, x], strict=False)])
    total += sum(a * b for a, b in zip(held.bag, bag, strict=False)) + sum(i * v for i, v in enumerate(bag))
    total *= sum([1.0 for _ in range(2) for _ in zip(bag, [x, x, x], strict=False)])
    return total * sum(v * w for w in (x, 2.0) for i, v in enumerate(held.bag, 1)) + sum(v * x for v in list(bag))


def bags_of_bags(x):
    bags = Bag([Bag([x]), Bag([x * x, 2.0])])
    total = sum(v * v for b in bags for v in b) + sum(sum(b) for b in bags)
    for i, b in enumerate(bags):
        for v, w in zip(b, [x, 3.0], strict=False):
            total += v * w * (i + 1)
    return total + sum(v * w for b in [bags] for (v, *_), w in zip(b, [x, 3.0], strict=True))


def taken_apart_inside(x):
    (a, b), c = Bag([x, x * x]), x**3
    for (u, v), w in [(Bag([x, 2.0]), x), (Bag([x * x, x]), 3.0)]:
        a += u * v * w
    named = dict(zip("ab", Bag([x, b]), strict=True))
    three = Bag([x, b, c])
    return a * b * c + named["b"] * named["a"] + max(three, key=lambda v: -v * x) * np.prod(list(Bag([x, c])))


def emptied_first(x):
    stack = Stack(2)
    for v in (x, x * x, x**3):
        stack.push(v)
    return sum(stack.held) * stack.held[0]


class Stack:
    def __init__(self, size, first=()):
        self.held, self.size = list(first), size
        if len(self.held) > size:
            self.held.pop()

    def push(self, v):
        self.held.append(v)
        if len(self.held) > self.size:
            self.held = self.held[len(self.held) - self.size :]


CASES = [
    case(taken_apart, U, 0.7), case(a_list_of_its_own, U, 0.7), case(a_generator, U, 0.7),
    case(points_in_a_loop, U, 0.7), case(inside_of_comprehensions, 0.7), case(bags_of_bags, 0.7),
    case(taken_apart_inside, 0.7), case(emptied_first, 0.7),
    case(pulls_of_pairs, [1.0, 2.0, 0.7], [[0.3, -0.4], [1.1, 0.2], [-0.6, 0.9]], file=False),
]  # fmt: skip
