"""Objects and tuples that hold others of their kind, as deep as the program builds them, and functions that go down."""

import math
from dataclasses import dataclass

import numpy as np
from case import case


class Expression:
    def __init__(self, op, *children):
        self.op, self.children = op, children

    def __add__(self, other):
        return Expression("add", self, other)

    def __mul__(self, other):
        return Expression("mul", self, other)

    def evaluate(self, env):
        if self.op == "add":
            return self.children[0].evaluate(env) + self.children[1].evaluate(env)
        if self.op == "mul":
            return self.children[0].evaluate(env) * self.children[1].evaluate(env)
        if self.op == "sin":
            return math.sin(self.children[0].evaluate(env))
        return env[self.op]

    def depth(self):
        return 1 + max([c.depth() for c in self.children], default=0)


def expression(x, y):
    a, b = Expression("x"), Expression("y")
    tree = Expression("sin", (a + b) * (a * b + a)) * a
    return tree.evaluate({"x": x, "y": y}) * tree.depth()


class Branch:
    def __init__(self, weight, *parts):
        self.weight, self.parts = weight, parts

    def total(self, x):
        found = self.weight * x
        for part in self.parts:
            found = found + part.total(x * self.weight)
        return found

    def scale(self, k):
        self.weight = self.weight * k
        for part in self.parts:
            part.scale(k)


def weights_of_a_tree(x, k):
    tree = Branch(x[0], Branch(x[1]), Branch(k, Branch(x[0] * k), Branch(2.0)))
    return tree.total(k)


def weights_changed(x, k):
    tree = Branch(x[0], Branch(x[1]), Branch(k, Branch(x[0] * k)))
    tree.scale(k)
    tree.scale(x[1])
    return tree.total(k)


class Growing:
    def __init__(self, weight, parts=None):
        self.weight, self.parts = weight, parts or []

    def add(self, part):
        self.parts.append(part)
        return self

    def total(self, x):
        return self.weight * x + sum(part.total(x * self.weight) for part in self.parts)


def list_of_parts(x, k):
    tree = Growing(x[0], [Growing(x[1]), Growing(k, [Growing(x[0] * k)])])
    return tree.total(k)


def parts_appended(x, k):
    tree = Growing(x[0])
    tree.add(Growing(x[1])).add(Growing(k))
    return tree.total(x[2])


@dataclass
class Binary:
    value: float
    left: "Binary" = None
    right: "Binary" = None

    def squares(self):
        found = self.value**2
        if self.left is not None:
            found += self.left.squares()
        if self.right is not None:
            found += 2.0 * self.right.squares()
        return found


def binary_method(x, y):
    return Binary(x * y, Binary(x, None, Binary(y)), Binary(y, Binary(x * x))).squares()


def walk(node, found):
    if node is None:
        return found
    found = walk(node.left, found)
    return walk(node.right, found * 0.5 + node.value)


def binary_function(x, y):
    return walk(Binary(x * y, Binary(x, None, Binary(y)), Binary(y, Binary(x * x))), x)


def chain(x):
    head = Binary(x[0])
    head.left = Binary(x[1])
    head.left.left = Binary(x[2] * x[0])
    node, total = head, 0.0
    while node is not None:
        total += node.value**2
        node = node.left
    return total


def prefix(e, env):
    op = e[0]
    if op == "var":
        return env[e[1]]
    if op == "const":
        return e[1]
    if op == "add":
        return prefix(e[1], env) + prefix(e[2], env)
    if op == "mul":
        return prefix(e[1], env) * prefix(e[2], env)
    return np.exp(prefix(e[1], env))


FORMULA = ("add", ("mul", ("var", "x"), ("const", 2.0)), ("exp", ("mul", ("var", "x"), ("var", "y"))))


def formula_of_tuples(x, y):
    return prefix(FORMULA, {"x": x, "y": y})


@dataclass
class Vec:
    x: float
    y: float

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Vec(self.x - other.x, self.y - other.y)

    def __mul__(self, s):
        return Vec(self.x * s, self.y * s)

    def dot(self, other):
        return self.x * other.x + self.y * other.y


@dataclass
class Disc:
    centre: Vec
    colour: float

    def met(self, start, along):
        near = along.dot(self.centre - start)
        return near if near > 0.0 else None


def traced(start, along, discs, depth):
    nearest, hit = 1e9, None
    for disc in discs:
        t = disc.met(start, along)
        if t is not None and t < nearest:
            nearest, hit = t, disc
    if hit is None:
        return 0.1 * along.y
    at = start + along * nearest
    normal = at - hit.centre
    colour = hit.colour * normal.dot(along)
    if depth < 2:
        colour = colour + 0.5 * traced(at, along - normal * along.dot(normal), discs, depth + 1)
    return colour


def rays(x, y):
    """Inside of a loop it is known last which disc is hit, and what is done with it."""
    discs = [Disc(Vec(x, x * y), 0.9), Disc(Vec(-y, 1.0), 0.7)]
    total = 0.0
    for k in range(3):
        total += traced(Vec(0.1, 0.2), Vec(x + 0.3 * k, y), discs, 0)
    return total


X = np.array([0.5, 1.2, 0.7])

CASES = [
    case(expression, 0.7, 1.2), case(weights_of_a_tree, X, 0.8), case(weights_changed, X, 0.8),
    case(list_of_parts, X, 0.8, file=False), case(parts_appended, X, 0.8, file=False),
    case(binary_method, 0.7, 1.2), case(binary_function, 0.7, 1.2), case(chain, X), case(formula_of_tuples, 0.7, 1.2),
    case(rays, 0.7, 1.2),
]  # fmt: skip
