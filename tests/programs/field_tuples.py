"""NamedTuples used as the tuples that they are: given to operations, indexed, iterated over, taken apart in loops."""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np
from case import case


class Point(NamedTuple):
    u: float
    v: float = 2.0


class Fields(NamedTuple):
    a: np.ndarray
    b: np.ndarray


def given_to_operations(x):
    p = Point(x * x, x + 1.0)
    norms = np.linalg.norm(p) + np.sum(np.array(p) ** 3) + np.dot(p, p) * np.prod(p)
    return norms * sum(p) + max(p) * min(p) * len(p) + list(p)[1] * tuple(p)[0] + sorted(p)[0]


def indexed(x):
    p = Point(x, x**3)
    total = p[0] * p[-1] + np.sum(np.array(p[::-1]) * np.array([1.0, 2.0]))
    for k in range(2):
        total += p[k] ** 2 * (k + 1)
    return total


def iterated(x):
    p = Point(x, x**3)
    total = 0.0
    for v in p:
        p = p._replace(u=2.0 * v)
        total += v * p.u
    for k, v in enumerate(p):
        for w, z in zip(p, (x, 3.0)):
            total += v * w * z * (k + 1)
    return total + sum(v * k for k, v in enumerate(p)) * sum([a * b for a, b in zip(p, p)]) + sum(v * v for v in p)


def taken_apart_in_loops(x):
    points = [Point(x, 2.0 * x), Point(x**2)]
    total = 0.0
    for a, b in points:
        total += a * b
    for k, (a, b) in enumerate(points):
        total += a * b * k
    for (a, b), w in zip(points, [x, x * x]):
        total += a * b * w
    for (a, b), c in [(Point(x, x * 2), x**2), (Point(x * 3, 1.0), x)]:
        total += a * b * c if a > b else c
    return total


def in_functions(x):
    def norm(q):
        return np.sqrt(np.sum(np.array(q) ** 2)) * q[1]

    points = [Point(x, x * x), Point(x * 2, 1.0)]
    weights = [sum(p) for p in points]
    return norm(points[0]) * norm(np.array([x, 2.0])) + sum(map(lambda p: sum(p), points)) + weights[1] ** 2


def arrays_changed(x):
    f = Fields(np.array([x, 1.0]), np.array([x * 2, x]))
    for part in f:
        part *= x
    f[0][1] += f[1][0]
    return np.sum(f.a * f.b) + np.sum(np.stack(f) ** 2)


def product(a, b):
    return a * b * b


def passed_by_star(x):
    points = [Point(x, x * x), Point(x * 2, 1.0)]
    total = max(*Point(x, x * 0.5)) + np.hypot(*points[0]) + sum((*points[1], x))
    for p in points:
        total += product(*p) + product(p[0], *p[1:])
    return total + sum([product(*p) for p in points])


def taken_apart_in_comprehensions(x):
    points = [Point(x, x * x), Point(x * 2, 1.0)]
    named = {"first": Point(x, 2.0), "other": Point(1.0, x)}
    pairs = sum(a * b for (a, _), (_, b) in zip(points, points[1:]))
    weighted = sum([n * a * b for n, (a, b) in enumerate(points) if a < b + 5.0])
    inner = [a * b for p in points for a, b in [p, Point(p.v, x)]]
    a = 3.0
    return pairs + weighted + sum(len(k) * u * v for k, (u, v) in named.items()) + sum(inner) * a


class Turned(NamedTuple):
    v: float
    u: float


def taken_apart_behind_a_star(x):
    """Which of them is taken apart is counted from the end."""
    rows = [(Point(x, 2.0), Point(5.0, x), Turned(x, x * x), Point(1.0, 2.0))]
    *_, (a, b), last = rows[0]
    return sum(p * p * q for *t, (p, q), z in rows) + a * b * b + last.u


def made(x):
    return Point(x, x * 3.0)


def put_into_arrays(x):
    rows, total = np.zeros((3, 2)), np.zeros(2)
    points = [Point(x, 3.0), Point(x * x)]
    for k, p in enumerate(points):
        rows[k] = p
        total += p
    rows[2, :] = Point(x * 2.0, total[0])
    last = points[1]
    rows[0] *= last
    if x > 0.5:
        rows[1] -= last
        rows[1] += points[0]
        rows[1] += Point(x, x * x)
        rows[0] += made(x)
    return np.sum(rows**2) + total @ total


class Cell(NamedTuple):
    row: int
    column: int


def joined_and_repeated(x):
    p = Point(x, x * x)
    q, r = p + (x**3,), p + p
    return q[2] * r[3] * len(r) + sum(p * 2) * len(q)


def asked_what_is_in_them(x):
    p, q = Point(x, 3.0), Point(3.0, x)
    chosen = p.u * x if 3.0 in q and 4.0 not in p else q.v
    return chosen * (1.0 + p.index(3.0)) + q.count(3.0) * x


def lists_of_them(x):
    points = [Point(x, 3.0), Point(x * x)]
    us, vs = zip(*points, strict=True)
    pairs = np.array(points) @ np.hstack([points[0], points[1]])[:2]
    ws, zs = zip(*[Point(x, x**3), Point(2.0, x)], strict=True)
    return sum(us) * vs[1] + np.sum(pairs**2) + np.linalg.norm(points[:2]) * ws[0] * zs[1]


def two_at_once(x):
    p, q = Point(x, x * x), Point(x**3)
    products = sum(u * v for u, v in itertools.product(p, q)) + sum([u * w for u in [x, 2.0] for w in p])
    return products * sum(itertools.chain(p, [x])) + sum(u * (k + 1) for p in [p, q] for k, u in enumerate(p))


def as_indices(a):
    cell = Cell(0, 1)
    for other in (Cell(1, 1), Cell(1, 0)):
        a = a * a[cell] + a[other]
    return np.sum(a[:, 0] * a[cell])


CASES = [
    case(passed_by_star, 0.7), case(taken_apart_behind_a_star, 0.7), case(taken_apart_in_comprehensions, 0.7),
    case(given_to_operations, 0.7), case(indexed, 0.7), case(iterated, 0.7), case(taken_apart_in_loops, 0.7),
    case(in_functions, 0.7), case(arrays_changed, 0.7), case(put_into_arrays, 0.7), case(joined_and_repeated, 0.7),
    case(asked_what_is_in_them, 0.7), case(lists_of_them, 0.7), case(two_at_once, 0.7),
    case(as_indices, np.array([[0.7, -0.4], [1.2, 0.3]])),
]  # fmt: skip
