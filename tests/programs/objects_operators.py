"""Operators of objects as they are written with care: they ask what they are given, and sum() adds to 0."""

import functools
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from case import case


class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, other):
        if not isinstance(other, Vector):
            return NotImplemented
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, other):
        if isinstance(other, Vector):
            return self.x * other.x + self.y * other.y
        if isinstance(other, (int, float)):
            return Vector(self.x * other, self.y * other)
        return NotImplemented

    __rmul__ = __mul__

    def __radd__(self, other):
        if other == 0:
            return self
        return self + other

    def __eq__(self, other):
        return isinstance(other, Vector) and self.x == other.x and self.y == other.y

    def scaled(self, k):
        return Vector(self.x * k, self.y)


class Directed(Vector):
    """Python asks the class of the right operand first, if it is the more special one."""

    def __radd__(self, other):
        return Directed(self.x * 3.0 + other.x, self.y - other.y)


class Signal:
    """An array, or what can be added to one."""

    def __init__(self, values):
        self.values = np.array(values)

    def __add__(self, other):
        if isinstance(other, Signal):
            other = other.values
        return Signal(self.values + other)

    __radd__ = __add__

    def __matmul__(self, other):
        if not isinstance(other, (Signal, np.ndarray)):
            return NotImplemented
        return self.values @ (other.values if isinstance(other, Signal) else other)


def operands_of_several_classes(x, y):
    p, q = Vector(x, y), Vector(y, x * x)
    r = p + q * 2.0 + 3.0 * p
    return r * q + (p * q) * (r.x if p == q else r.y)


def subclass_comes_first(x, y):
    r = Vector(x, y) + Directed(y, x * x)
    return r.x * r.y


def sums_of_objects(u, k):
    points = [Vector(v, k * v) for v in u]
    total = sum(points) + sum(points, Vector(0.5, k))
    mirrored = sum(p.scaled(k) for p in points)
    return total.x * total.y * mirrored.x


def sum_of_signals(u, k):
    signals = [Signal(u), Signal(u * k)]
    total = sum(signals) + u
    return total @ u + total @ total


@functools.total_ordering
class Weighted:
    def __init__(self, value, weight):
        self.value, self.weight = value, weight

    def __lt__(self, other):
        return self.value < other.value

    def __eq__(self, other):
        return isinstance(other, Weighted) and self.value == other.value


class ByWeight(Weighted):
    def __gt__(self, other):
        return self.weight > other.value


@dataclass(order=True)
class Level:
    height: float
    width: float
    name: str = field(default="level", compare=False)


class Pair(NamedTuple):
    a: float
    b: float


def totally_ordered(x: float, y: float):
    a, b, total = Weighted(x, y), Weighted(y, x), 0.0
    if a >= b:
        total += x
    if a > b:
        total += x * y
    if a <= b:
        total += y * y
    if a != b:
        total *= 3.0
    other = x if a < ByWeight(y, x) else y * y
    return total * max(a, b).weight + min(a, b).value * other


def ordered_by_fields(x: float, y: float):
    a, b, c = Level(x, y), Level(x, x * y, "above"), Level(x, y, "same")
    total = x if a < b else y
    if a >= b:
        total += x * y
    if a == c and a != b:
        total *= y
    first, last = Pair(y, x), Pair(x, y)
    return total * max(a, b).width * (first.a if first < last else last.b * x)


class Growing:
    """Changed in place by some operators, and not by others."""

    def __init__(self, values):
        self.values = np.array(values)

    def __add__(self, other):
        return Growing(self.values * other.values)

    def __iadd__(self, other):
        self.values += other.values
        return self

    def __isub__(self, other):
        return Growing(self.values - other.values)


class Shelf:
    def __init__(self, items):
        self.items = items

    def __getitem__(self, k):
        return self.items[k]


def augmented(u: np.ndarray, k: float):
    a, b = Growing(u), Growing(u * k)
    a += b
    a += a
    other = a
    other += b
    return np.sum(a.values**2 * b.values)


def augmented_by_a_new_object(u: np.ndarray, k: float):
    a = Growing(u)
    before = a
    a -= Growing(u * k)
    return np.sum(a.values * before.values**2)


def parts_of_items(u: np.ndarray, k: float):
    shelf = Shelf([Growing(u), Growing(u * k)])
    shelf[0].values[1] *= k
    shelf[1].values += shelf[0].values
    shelf[0].values = shelf[1].values * 2.0
    return np.sum(shelf[0].values * shelf[1].values)


class Parts:
    """Brackets read and write one part or the other."""

    def __init__(self, a, b):
        self.a, self.b = a, b

    def __getitem__(self, i):
        return (self.a, self.b)[i]

    def __setitem__(self, i, v):
        if i == 0:
            self.a = v
        else:
            self.b = v


def parts_by_number(x, k):
    p = Parts(x[0], x[1])
    p[0] = p[1] * x[2]
    p[1] += p[0]
    return p[0] * p[1] * k


class Grid:
    def __init__(self, m):
        self.m = m

    def __getitem__(self, at):
        return self.m[at]

    def __setitem__(self, at, v):
        self.m[at] = v


def parts_by_tuple(x, k):
    grid = Grid(np.outer(x, x))
    grid[0, 1] = x[2] ** 2
    return np.sum(grid[0, :]) + grid[1, 0] * k


class Body:
    def __init__(self, place, mass):
        self.place, self.mass = place, mass


def equal_only_to_themselves(u, k):
    bodies = [Body(u[0], k), Body(u[1], k * k), Body(u[0], k)]
    energy = 0.0
    for a in bodies:
        for b in bodies:
            if a != b:
                energy += a.mass * b.mass / (0.5 + (a.place - b.place) ** 2)
            if a == bodies[1]:
                energy *= a.place
    return energy


class Times:
    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        return Times(self.x * other.x)


class Turned(Times):
    def __add__(self, other):
        return Times(self.x * other.x + 1.0)


def with_itself(u, k):
    p = Turned(u * k)
    for _ in range(3):
        if isinstance(p, Turned):
            p = p + Turned(u)
        else:
            p = p + p
    return np.sum(p.x)


U = np.array([0.3, -0.7, 1.1])

CASES = [
    case(equal_only_to_themselves, U, 0.7, file=False),
    case(operands_of_several_classes, 0.8, 1.3), case(subclass_comes_first, 0.8, 1.3),
    case(totally_ordered, 0.8, 1.3), case(totally_ordered, 1.4, 1.3, label="turned"),
    case(ordered_by_fields, 0.8, 1.3), case(ordered_by_fields, 1.4, 0.6, label="turned"),
    case(augmented, U, 0.7), case(augmented_by_a_new_object, U, 0.7),
    case(parts_of_items, U, 0.7), case(with_itself, U, 0.7),
    case(sums_of_objects, U, 0.7), case(sum_of_signals, U, 0.7),
    case(parts_by_number, U, 0.7), case(parts_by_tuple, U, 0.7),
]  # fmt: skip
