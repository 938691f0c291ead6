"""Generator functions whose items are used where they are called."""

from __future__ import annotations

import itertools

import numpy as np
from case import case

X = np.array([0.6, 1.1, 1.7])


def running(x):
    total = 0.0
    for v in x:
        total = total + v
        yield total


def pairs(x, y):
    """The pairs whose first one is large."""
    for a, b in zip(x, y):
        if a < 1.0:
            continue
        yield a * b, b


def trajectory(state, steps, dt):
    position, speed = state[0], state[1]
    for _ in range(steps):
        speed = speed - dt * np.sin(position)
        position = position + dt * speed
        yield position


def both(x):
    yield x[0]
    yield from running(x)
    if len(x) > 10:
        return
    yield x[-1] * x[0]


def counting(n):
    k = 0
    while k < n:
        yield k
        k = k + 2


def summed(x):
    return sum(running(x)) ** 2


def in_a_loop(x, y):
    total = 1.0
    for a, b in pairs(x, y):
        total = total * a + b
    return total


def left_early(state):
    total = 0.0
    for n, p in enumerate(trajectory(state, 20, 0.1)):
        total = total + p * p * n
        if n == 12:
            break
    return total


def as_a_list(x):
    items = list(both(x))
    return np.sum(np.array(items) ** 2) + items[-1]


def in_a_comprehension(x):
    return [v * v for v in running(x) if v > 1.0]


def positions(x):
    return sum(x[k] ** 2 for k in counting(3)) + x[1] * sum(counting(5))


def side_by_side(x, y):
    return sum(a * b for a, b in zip(running(x), y))


def squares_inside(x):
    scale = x[0]

    def squares():
        total = 0.0
        for v in x:
            total = total + v
            if total > 2.5:
                return
            yield total**2 * scale

    return sum(squares()) + max(squares())


def pairs_inside(x):
    def lower(a):
        for i in range(len(a)):
            for j in range(i):
                yield a[i], a[j]

    return sum(p * q * q for p, q in lower(2.0 * x))


def every_second(x):
    def picked(a):
        n, step = 0, 2
        while n < len(a):
            yield a[n] ** 2
            n += step

    a, b = picked(x)
    return a / b + sum(v for v in picked(x[1:]) if v > 0.4)


def decaying(v: float, rate: float):
    """A number that each round changes, until it is small."""
    n = 0
    while v > 0.1:
        v *= rate
        n += 1
        yield v * n


def until_it_is_small(v: float, rate: float):
    return sum(w * w for w in decaying(v, rate))


def counted_up(n):
    for i in range(n):
        yield float(i + 1)


def constants_from_generators(x):
    def letters():
        yield "ab"
        yield "c"

    t = x
    for v in counted_up(3):
        t = t * x + v
    for word in letters():
        t = t * x + len(word)
    for v in map(lambda q: q * 2.0, counted_up(2)):
        t = t * x + v
    for a, b in itertools.product(counted_up(2), [0.5, 1.5]):
        t = t * x + a * b
    return t




def grown_one_by_one(x):
    """A list that grows by the items of a generator is in view of it."""
    found = [x[0]]
    found.extend(found[-1] * v for v in x[1:])
    found += (len(found) * v for v in x if v < found[0])

    def last():
        return found[-1]

    found.extend(map(lambda v: last() - v, x))
    held = {"all": [x[1]], "one": x[2]}
    same = held["all"]
    held["all"].extend(held["one"] * v + same[-1] for v in x for w in held["all"][:1])
    weights = [x[0], 2.0]
    apart = [0.5]
    apart.extend(weights[0] * v for v in x)
    return sum(v * (k + 1) for k, v in enumerate(found)) * sum(held["all"]) + sum(apart) ** 2


CASES = [
    case(grown_one_by_one, np.array([0.6, 1.1, 0.7])),
    case(until_it_is_small, 1.3, 0.7),
    case(squares_inside, X),
    case(pairs_inside, X),
    case(every_second, X),
    case(summed, X),
    case(in_a_loop, X, X + 1.0),
    case(left_early, np.array([0.5, 0.1])),
    case(as_a_list, X),
    case(in_a_comprehension, X),
    case(positions, X),
    case(side_by_side, X, X + 1.0),
    case(constants_from_generators, 0.7),
]
