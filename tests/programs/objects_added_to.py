"""`body.place += step`, where a class says what `+` is: attributes and items that hold objects with operators."""

from collections import namedtuple
from typing import NamedTuple

import numpy as np
from case import case


class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor)

    def length(self):
        return np.sqrt(self.x**2 + self.y**2)


class Gathered:
    """What `+=` changes in place, and other names see."""

    def __init__(self, x):
        self.x = x

    def __iadd__(self, other):
        self.x = self.x * other
        return self


class Pair(NamedTuple):
    x: float
    y: float

    def __add__(self, other):
        return Pair(self.x + other.x, self.y + other.y)

    def __mul__(self, factor):
        return Pair(self.x * factor, self.y * factor)


class Point(namedtuple("Point", ("x", "y"))):
    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def turned(self, most):
        return Point(most * self.y, self.x) if self.x > most else self


class Body:
    def __init__(self, place, speed):
        self.place = place
        self.speed = speed

    def step(self, dt):
        self.place += self.speed * dt
        self.speed *= 0.9

    def push(self, other, dt):
        apart = other.place - self.place
        self.speed += apart * (dt / apart.length() ** 3)
        return dt


def drawn_to_another(a, speed, steps):
    body, other = Body(Vector(a[0], a[1]), Vector(speed, 0.0)), Body(Vector(1.4, -0.2), None)
    for _ in range(steps):
        body.push(other, 0.1)
        body.step(0.1)
    return body.place.x * body.place.y + body.speed.length()


def items_of_a_list_and_of_a_dict(x, y):
    held = [Vector(x, y), Vector(y, x)]
    named = {"p": Pair(x, y)}
    for k in range(3):
        held[k % 2] += Vector(x, 2.0) * y
        named["p"] += Pair(y, x * k)
    return held[0].x * held[1].y + named["p"].x * named["p"].y


def other_names_keep_what_they_had(x, y):
    """Without `__iadd__`, `+=` makes another object."""
    body = Body(Vector(x, y), Vector(y, 1.0))
    before = body.place
    body.place += body.speed
    return before.x * body.place.x + before.y * body.place.y


def other_names_see_what_changes_in_place(x, y):
    body = Body(Gathered(x), y)
    same = body.place
    for _ in range(2):
        body.place += body.speed
    return same.x + body.place.x * x


def in_one_branch(x, y):
    body = Body(Vector(x, y), Vector(y, x))
    if x > y:
        body.place += body.speed
        body.speed -= body.place * y
    else:
        body.place *= 3.0
    return body.place.x * body.speed.y


def the_value_moves_what_is_added_to(x, y):
    """The place is read, and known, before the value is computed."""

    def swap():
        bodies.reverse()
        bodies[0].place = Vector(y, y)
        return bodies[1].speed

    bodies = [Body(Vector(x, y), Vector(2.0 * x, y)), Body(Vector(y, x), Vector(y, y))]
    bodies[0].place += swap()
    return bodies[0].place.x + 3.0 * bodies[1].place.x * x + bodies[0].place.y


def named_tuples_turned(x, y, steps):
    body = Body(Point(x, y), Pair(x, 1.0))
    for _ in range(steps):
        body.place += body.speed
        body.place = body.place.turned(y)
        body.speed += Pair(y, x)
    return body.place.x * body.place.y


CASES = [
    case(drawn_to_another, np.array([0.3, 1.1]), 0.7, 3), case(items_of_a_list_and_of_a_dict, 0.8, 1.3),
    case(other_names_keep_what_they_had, 0.8, 1.3), case(other_names_see_what_changes_in_place, 0.8, 1.3),
    case(in_one_branch, 0.8, 1.3, zero=(1,)), case(in_one_branch, 1.3, 0.8, label="other"),
    case(the_value_moves_what_is_added_to, 0.8, 1.3),
    case(named_tuples_turned, 0.8, 1.3, 3, wrt=(0, 1)),
]  # fmt: skip
