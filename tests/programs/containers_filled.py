"""Lists, dicts and objects that a function fills with memory of the caller, which is changed in there afterwards."""

from dataclasses import dataclass, field

import numpy as np
from case import case


def append(items, item):
    items.append(item)


def append_inside(items, item):
    append(items, [item])


def set_item(table, key, value):
    table[key] = value


def filled_list(x):
    a = x * 1.0
    items = []
    append(items, a)
    items[0] *= x
    return np.sum(a**2)


def filled_by_a_function_of_a_function(x):
    a, items = x * 1.0, []
    append_inside(items, a)
    items[0][0] *= x[::-1]
    return np.sum(a**2)


def filled_dict_in_a_branch(x, chosen):
    a = x * 1.0
    table = {"a": x * 2.0}
    if chosen:
        set_item(table, "a", a)
    table["a"] *= x
    return np.sum(a**2)


def filled_in_a_loop(x):
    rows, seen = [x * 1.0, x + 2.0, x * x], []
    for i in range(3):
        append(seen, rows[i])
        for s in seen:
            s *= x[i]
    return np.sum(rows[0] * rows[1] * rows[2])


def filled_with_a_part(x):
    a, items = x * 1.0, []
    append(items, a[1:])
    items[0] *= x[1:]
    return np.sum(a**2)


def append_all(items, *more):
    items.extend(more)


def filled_with_all(x):
    a, b, items = x * 1.0, x[::-1] * 2.0, []
    append_all(items, a, b)
    items[0] *= x
    return np.sum(a * b)


def call(function, *args):
    function(*args)


def filled_by_a_given_function(x):
    a, items = x * 1.0, []
    call(append, items, a)
    items[0] *= x
    return np.sum(a**2)


def append_twice(items, item):
    items.append(item)
    items.append(item)


def filled_twice(x):
    items = []
    append_twice(items, x[::-1] * 1.0)
    items[0] *= x
    return np.sum(items[1] ** 2)


def exchange(a, b, i):
    kept = a[i]
    a[i] = b[i]
    b[i] = kept


def items_exchanged(x):
    p, q = [x * 1.0, x * 3.0], [x * 2.0, x * x]
    exchange(p, q, 1)
    p[1] *= x[::-1]
    return np.sum(q[1] * p[1]) + np.sum(p[0] * q[0])


class Spring:
    def __init__(self, a, b):
        self.a, self.b = a, b

    def pull(self):
        self.a *= self.b


class World:
    def __init__(self):
        self.bodies, self.springs = [], []

    def connect(self, i, j):
        self.springs.append(Spring(self.bodies[i], self.bodies[j]))


def connected_bodies(x):
    world = World()
    for v in x:
        world.bodies.append(v * x)
    for i in range(2):
        world.connect(i, i + 1)
    for spring in world.springs:
        spring.pull()
    return sum(np.sum(b * b) for b in world.bodies)


@dataclass
class Record:
    items: list = field(default_factory=list)

    def push(self, item):
        self.items.append(item)
        return len(self.items)


def pushed_to_two(x):
    first, second, a = Record(), Record(), x[::-1] * 1.0
    n = first.push(a) + second.push(a)
    first.items[0] *= x * n
    second.items[0] += x
    return np.sum(first.items[0] * a)


def set_value(o, v):
    o.a = v


def attribute_set_by_a_function(x):
    spring, a = Spring(x * 2.0, x), x * 1.0
    set_value(spring, a)
    spring.a *= x
    return np.sum(a**2)


def scale(a, s):
    a *= s


def first(items):
    return items[0]


class Basket:
    def __init__(self, v):
        self.v, self.items = v, [v]

    def push(self, item):
        self.items.append(item)

    def add_to_all(self, s):
        for item in self.items:
            item += s


def named_after_its_memory_has_changed(x, s):
    """In the first round nothing has the name yet of memory that each round changes first."""
    rows, basket = [x * 1.5], Basket(x[::-1] * 0.7)
    if x[0] > 1.0:
        rows[-1][1:] *= 1.1
    else:
        for _ in range(2):
            basket.add_to_all(s)
            basket.push(first(rows))
            scale(basket.v, s)
    return np.sum(basket.v * x) + np.sum(rows[0] ** 2) * s + sum(np.sum(v * v) for v in rows)


X = np.array([0.5, -1.2, 0.7])
CASES = [
    case(filled_list, X), case(filled_by_a_function_of_a_function, X), case(filled_in_a_loop, X),
    case(filled_dict_in_a_branch, X, True), case(filled_dict_in_a_branch, X, False, label="not"),
    case(filled_with_a_part, X), case(filled_with_all, X), case(filled_by_a_given_function, X), case(filled_twice, X),
    case(items_exchanged, X), case(connected_bodies, X), case(pushed_to_two, X), case(attribute_set_by_a_function, X),
    case(named_after_its_memory_has_changed, X, 0.8),
]  # fmt: skip
