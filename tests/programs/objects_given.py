"""Objects as arguments: by annotations, as `self` of a method, or by the attributes that are used of them."""

from __future__ import annotations

from collections import namedtuple
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from case import case


class Wall(NamedTuple):
    place: float
    hardness: float = 2.0

    def push(self, x):
        return self.hardness * (x - self.place) ** 2


Grid = namedtuple("Grid", "points spacing")


@dataclass
class Body:
    mass: float
    position: np.ndarray
    name: str = "body"
    pushes: list[float] = field(default_factory=list)

    def kick(self, impulse):
        self.pushes.append(impulse)
        self.position = self.position + impulse / self.mass


@dataclass
class Scene:
    """Objects within an object."""

    first: Body
    others: list[Body]
    wall: Wall
    drag: float | None = None

    def energy(self):
        total = self.wall.push(self.first.position[0]) * self.first.mass
        for b in self.others:
            total = total + b.mass * np.sum(b.position**2)
        return total


class Filter:
    """Nothing is annotated."""

    def __init__(self, taps, gain=1.5):
        self.taps = taps
        self.gain = gain
        self.calls = 0
        self.memory = []

    def response(self, x):
        self.calls += 1
        self.memory.append(np.sum(x))
        return self.gain * np.convolve(x, self.taps)

    def soften(self, rate):
        self.taps *= 1.0 - rate
        self.gain -= rate * np.sum(self.taps)

    def two(self, x, rate: float):
        """A method that is differentiated itself."""
        y = self.response(x)
        self.soften(rate)
        return np.sum(y * self.response(x)) + self.memory[0] * self.calls


class Circle:
    def __init__(self, r):
        self.r = r

    def area(self):
        return 3.0 * self.r**2


class Box:
    def __init__(self, a, b):
        self.a, self.b = a, b
        self.reset()

    def reset(self):
        self.visits = 0

    def area(self):
        self.visits += 1
        return self.a * self.b * self.visits


class Chain:
    """What is in the list shows in the methods."""

    def __init__(self, shapes, scale=1.0):
        self.shapes = shapes
        self.scale = scale

    def whole(self):
        return self.scale * sum(s.area() for s in self.shapes)


def by_annotation(wall: Wall, x):
    return wall.push(x) * wall.place


def lists_of_them(bodies: list[Body], impulse):
    for b in bodies:
        b.kick(impulse * b.mass)
    return sum(np.sum(b.position) * b.mass for b in bodies) + bodies[0].pushes[-1] ** 2


def dicts_of_them(bodies: dict[str, Body], x):
    return {name: b.position * b.mass * x for name, b in bodies.items()}


def one_that_is_missing(wall: Wall | None, x):
    if wall is None:
        return x * x
    return wall.push(x)


def several_in_a_tuple(pair: tuple[Wall, Body], x):
    wall, body = pair
    return wall.push(x) * body.mass + body.position @ body.position


def scene_by_use(scene, s):
    scene.first.kick(s)
    scene.others[0].mass *= s
    return scene.energy()


def one_object_twice(a: Body, b: Body, s):
    a.mass *= s
    return b.mass * np.sum(b.position) + a.mass


def by_use(f, x, rate):
    y = f.response(x)
    f.soften(rate)
    return y[:3] * f.gain


def by_a_helper(f, x):
    def inner(v):
        return v * f.gain

    return inner(softened(f, x))


def softened(g, x):
    g.soften(0.1)
    return g.response(x)


def shapes_by_use(shapes, x):
    """Of either class."""
    total = 0.0
    for n, s in enumerate(shapes):
        total = total * x + s.area() * (n + 1)
    return total


def chain_by_use(chain, x):
    return chain.whole() * x


def grid_by_use(grid, x):
    return np.sum(grid.points * x) * grid.spacing


def unread(wall: Wall, x):
    """An argument that is not used, and one that is returned."""
    return x**2


def returned(wall: Wall, x):
    moved = Wall(wall.place * x, wall.hardness)
    return wall, [moved, Wall(x)]


def made_of_it(body, s):
    body.kick(s)
    return Body(body.mass * s, body.position, "made", [s * s])


def body(m=1.2, n=2):
    return Body(m, np.linspace(0.3, 0.9, n))


def filtered():
    return Filter(np.array([0.5, 0.3]))


def scene():
    return Scene(body(), [body(0.8), body(1.7, 3)], Wall(0.2))


U = np.array([0.7, -0.4, 1.1, 0.2])
SHARED = body()

CASES = [
    case(by_annotation, Wall(0.4), 0.7, wrt=(0, 1)),
    case(lists_of_them, [body(), body(0.7)], 0.3, wrt=(0, 1)),
    case(dicts_of_them, {"a": body(), "b": body(0.6, 3)}, 0.7, wrt=(0, 1)),
    case(one_that_is_missing, Wall(0.4), 0.7, wrt=(0, 1)),
    case(several_in_a_tuple, (Wall(0.4), body()), 0.7, wrt=(0, 1)),
    case(scene_by_use, scene(), 0.7, wrt=(0, 1)),
    case(one_object_twice, body(), body(0.7), 0.8, wrt=(0, 1, 2)),
    case(by_use, filtered(), U, 0.2, wrt=(0, 1, 2)),
    case(Filter.two, filtered(), U, 0.2, wrt=(0, 1, 2)),
    case(by_a_helper, filtered(), U, wrt=(0, 1)),
    case(shapes_by_use, [Circle(0.7), Box(0.8, 1.2), Circle(0.4)], 0.9, wrt=(0, 1)),
    case(chain_by_use, Chain([Box(0.4, 0.6), Circle(0.3)]), 0.9, wrt=(0, 1)),
    case(grid_by_use, Grid(U, 0.2), 0.9, wrt=(0, 1)),
    case(unread, Wall(0.4), 0.7, wrt=(0, 1), zero=(0,)),
    case(returned, Wall(0.4), 0.7, wrt=(0, 1)),
    case(made_of_it, body(), 0.7, wrt=(0, 1)),
]
