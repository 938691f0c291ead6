"""Generators that keep a list or an array of their own, and give away what they read of it."""

from __future__ import annotations

import numpy as np
from case import case

X = np.array([0.6, -1.1, 1.7, 0.9])


def running_means(values, n):
    recent = []
    for v in values:
        recent.append(v)
        if len(recent) > n:
            recent.pop(0)
        if len(recent) == n:
            yield sum(recent) / n


def heat(start, n):
    u = start.copy()
    for _ in range(n):
        u[1:-1] += 0.1 * (u[2:] - 2.0 * u[1:-1] + u[:-2])
        yield u.copy(), u.sum()


def lucas(a, b, n):
    found = [a, b]
    while len(found) < n:
        found.append(found[-1] * 0.5 + found[-2])
        yield found[-1]


def in_pairs(values):
    pair = []
    for v in values:
        pair.append(v)
        if len(pair) == 2:
            yield list(pair)
            pair.clear()
    yield pair[:]


def depth_first(root):
    waiting = [root]
    while waiting:
        v = waiting.pop()
        if v < 3.0:
            waiting.append(v * 2.0)
            waiting += [v * 3.0]
        yield v


def filtered(weights, values):
    state = np.zeros(len(weights))
    for n, v in enumerate(values):
        state[n % 2] = weights[n % 2] * v + 0.5 * state.sum()
        yield state @ weights


def means(x):
    return sum(n * m * m for n, m in enumerate(running_means(x, 2), 1))


def steps(x):
    total = 0.0
    for u, s in heat(x, 3):
        total = total * u[1] + s * s
    return total


def sequence(x):
    return sum(n * v for n, v in enumerate(lucas(x[0], x[1] * x[2], 6)))


def pairs(x):
    return sum(p[0] * p[1] for p in in_pairs(x * x) if p)


def tree(x):
    return sum(n * v for n, v in enumerate(depth_first(x[3])))


def filters(x):
    for n, y in enumerate(filtered(x[:2], x)):
        if n == 2:
            break
    return y * n


CASES = [
    case(means, X),
    case(steps, X),
    case(sequence, X),
    case(pairs, X),
    case(tree, X),
    case(filters, X),
]
