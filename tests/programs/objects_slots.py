"""Objects whose attributes are in slots."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

import numpy as np
from case import case

X = np.array([0.6, 1.1, 1.7])


class Body:
    __slots__ = ("mass", "place", "speed")

    def __init__(self, place, speed, mass=2.0):
        self.place, self.speed, self.mass = place, speed, mass

    def step(self, dt):
        self.speed = self.speed - dt * self.place
        self.place += dt * self.speed

    @property
    def energy(self):
        return 0.5 * self.mass * np.sum(self.speed**2) + np.sum(self.place**2)


class Charged(Body):
    __slots__ = "charge"

    def __init__(self, place, speed, charge):
        super().__init__(place, speed)
        self.charge = charge

    def step(self, dt):
        super().step(dt * self.charge)
        self.charge *= 0.9


class Noted(Body):
    """Without slots of its own: it has a `__dict__` too."""

    def __init__(self, place, speed):
        super().__init__(place, speed, 1.5)
        self.path = []

    def step(self, dt):
        super().step(dt)
        self.path.append(self.energy)


@dataclass(slots=True)
class Spring:
    stiffness: float
    length: float = 1.0

    def force(self, x):
        return self.stiffness * (x - self.length)


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float

    def __add__(self, other):
        return Point(self.x + other.x, self.y * other.y)


def swings(x):
    body = Body(x * 1.0, x[::-1] * 0.5)
    for _ in range(3):
        body.step(0.1)
    return body.energy * body.mass


def inherits(x: np.ndarray, q: float):
    bodies = [Charged(x * 1.0, x * 0.5, q), Noted(x * 2.0, np.sin(x))]
    for _ in range(2):
        for b in bodies:
            b.step(0.1)
    return bodies[0].energy * bodies[0].charge + sum(bodies[1].path)


def of_a_dataclass(x):
    spring = Spring(x[0])
    spring.length = spring.length * x[1]
    other = replace(spring, stiffness=spring.length * x[2])
    return spring.force(x[2]) * other.stiffness + asdict(other)["length"]


def frozen_points(x):
    total = Point(0.0, 1.0)
    for v in x:
        total = total + Point(v, v * v)
    return total.x * total.y


def given(spring, x):
    return np.sum(spring.force(x) ** 2)


def changed_and_returned(body, x):
    body.step(x[0])
    return body, body.energy


SPRING = Spring(1.3, 0.4)


def of_the_module(x):
    return np.sum(SPRING.force(x)) * SPRING.length


CASES = [
    case(swings, X),
    case(inherits, X, 0.7),
    case(of_a_dataclass, X, file=False),
    case(frozen_points, X),
    case(given, Spring(0.8, 0.3), X, wrt=(0, 1)),
    case(changed_and_returned, Body(X * 1.0, X * 0.5), X, wrt=(0, 1), file=False),
    case(of_the_module, X, file=False),
]
