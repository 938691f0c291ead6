"""Calls whose `*` passes as many arguments as the function has parameters, and other uses of `*` on arrays."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from case import case


def scaled_square(x, c=1.0):
    return np.sum(x**2) * c


def mixed(a, b, c):
    return a * b + np.sin(c)


@dataclass
class Point:
    a: float
    b: float
    c: float


class Model:
    def __init__(self, mass, speed):
        self.mass, self.speed = mass, speed

    def __call__(self, a, b):
        return self.mass * a + self.speed * b

    def moved(self, a, b, c):
        return self.mass * mixed(a, b, c)


def array_of_parameters(x):
    return mixed(*x)


def rows_of_parameters(A):
    total = 0.0
    for row in A:
        total += mixed(*row)
    return total


def rows_in_comprehension(A):
    return sum(mixed(*row) for row in A) + sum([mixed(*row) * 2.0 for row in A if row[0] > 0.1])


def part_of_array(x):
    return mixed(1.0, *x[1:]) * mixed(*x[:2], 2.0)


def keyword_after(x):
    return mixed(*x[:2], c=x[2])


def parameters_of_a_map(x):
    return mixed(*map(np.sin, x)) + mixed(*(v * v for v in x)) + mixed(*list(x))


def object_of_an_array(x):
    p = Point(*x)
    return p.a * p.b + p.c


def methods_of_arrays(x):
    model = Model(*x[:2])
    return model(*x[1:]) * model.moved(*x)


def partial_of_array(x):
    return partial(mixed, x[0])(*x[1:]) * (lambda a, b, c: a * b * c)(*x)


def in_branches(x, n):
    if n > 2:
        return mixed(*x) ** 2
    while n > 0:
        x = x * mixed(*x)
        n -= 1
    return np.sum(x)


def changed_later(x):
    y = x * 2.0
    first = mixed(*y)
    y[1] = first
    return first * mixed(*y)


def items_of_a_comprehension(x):
    args = (x, 2.0)
    return scaled_square(*[0.5 * a for a in args]) + scaled_square(*tuple(0.5 * a for a in args))


def any_number(*args):
    return scaled_square(*[0.5 * a for a in args])


def any_number_passed(x):
    return any_number(x, 2.0) + any_number(x)


def rest_of_array(x):
    a, *rest = x
    return a * mixed(*rest, a)


def unzipped(x):
    pairs = [(v, v * v) for v in x]
    a, b = zip(*pairs)
    return np.dot(a, b)


def unzipped_in_loop(x):
    total = 0.0
    for n in range(2):
        firsts, seconds = zip(*[(v * n, v + n) for v in x])
        total += sum(f * s for f, s in zip(firsts, seconds))
    return total


def unzipped_beside_constants(x):
    """Columns of constants first, of numbers and of lists later."""
    order, values, pairs = zip(*[(2, x[0], [x[1], 3]), (1, 0.5, [x[2], 4])])
    names, firsts = list(zip(*[("a", x[1]), ("b", x[0])]))
    found = values[0] * values[1] * order[0] + pairs[1][0] * pairs[0][1] * pairs[0][0]
    return found * firsts[0] + firsts[1] ** len(names)


class Base:
    def __init__(self, k):
        self.k = k

    def scaled(self, a, b=1.0):
        return np.sum(a) * b * self.k


class Derived(Base):
    def __init__(self, *args):
        super().__init__(*args)

    def scaled(self, *args, **options):
        return super().scaled(*args, **options) * 2.0


class Named(Base):
    def __init__(self, name, *args, **options):
        super().__init__(*args, **options)
        self.name = name


def method_of_one_item(x):
    return Base(2.0).scaled(*(x,)) + Base(x[0]).scaled(*[x, x[1]])


def method_of_made_object(x):
    return Model(x[0], 2.0).moved(*x)


def passed_to_the_base(x):
    return Derived(x[0]).scaled(x) + Derived(x[1]).scaled(x[0], b=x[1])


def options_to_the_base(x):
    return Named("a", x[0]).scaled(x[1]) * Named("b", k=x[1]).scaled(x[0], **{"b": x[2]})


x = np.array([0.5, 1.2, 0.3])
A = np.arange(6.0).reshape(2, 3) * 0.3
CASES = [
    *(case(f, x) for f in (
        array_of_parameters, part_of_array, keyword_after, parameters_of_a_map, object_of_an_array, methods_of_arrays,
        partial_of_array, changed_later, items_of_a_comprehension, any_number_passed, rest_of_array, unzipped,
        unzipped_in_loop, unzipped_beside_constants, method_of_one_item, method_of_made_object, passed_to_the_base,
        options_to_the_base,
    )),
    case(rows_of_parameters, A),
    case(rows_in_comprehension, A),
    case(in_branches, x, 3),
    case(in_branches, x, 2, label="loop"),
]  # fmt: skip
