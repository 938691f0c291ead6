"""Names and attributes that are None at the same time, of which a test asks one; and those that are on some paths."""

from __future__ import annotations

import numpy as np
from case import case

X = np.array([0.6, 1.1, 1.7])
SMALL = np.array([0.6, 0.7, 0.8])


def best_and_its_place(x, s):
    best = None
    place = None
    for v in x:
        row = x * v * s
        value = np.sum(row**2)
        if best is None or value > best:
            best, place = value, row
    if best is None:
        return s
    place[0] *= best
    place += x
    return np.sum(place)


def kept_for_later(x):
    last, kept, count = None, None, 0
    t = 0.0
    for v in x:
        older, store = last, kept
        if older is not None:
            store.append(v * older[0])
            older[1] *= v
            t = t + np.sum(older) * store[-1]
        last = x * v
        kept = [v]
        count += 1
    return t * count


def set_on_different_paths(x):
    a = None
    b = None
    for v in x:
        if v > 0.5:
            a = x * v
        if v > 1.0:
            b = x + v
    if a is None:
        return np.sum(x)
    a[0] *= 3.0
    if b is not None:
        b[0] *= a[1]
        return np.sum(a * b)
    return np.sum(a)


def one_is_taken_back(x):
    a = None
    b = None
    for v in x:
        if a is not None:
            a[0] *= v
            if b is None:
                b = a * 2.0
            b[1] += v
        a = x * v
        b = x + v
        if v > 1.0:
            b = None
    return np.sum(a) if b is None else np.sum(a * b)


def list_is_taken_back(x):
    a = None
    items = None
    for v in x:
        if a is not None:
            if items is None:
                items = [a[0]]
            items.append(v * items[-1])
        a = x * v
        items = [v, v * v]
        if v > 1.0:
            items = None
    return np.sum(a) if items is None else np.sum(a) * items[1]


def trade_places(x):
    a = b = c = None
    for v in x:
        a, b, c = b, c, a
        if a is None:
            a = x * v
        if c is not None:
            c[0] *= v
    t = np.sum(a * x)
    if b is not None:
        b[1] *= 2.0
        t += np.sum(b)
    return t if c is None else t + np.sum(c)


def other_before_the_test(x):
    a = None
    b = None
    t = 0.0
    for v in x:
        if v > 1.0:
            a = x * v
            b = a * v
        b = None if v > 1.5 else b
        if a is not None:
            a[0] += v
            t += np.sum(a)
        if b is not None:
            b[0] += v
            t += np.sum(b)
    return t


class State:
    def __init__(self, rate):
        self.rate = rate
        self.m = None
        self.v = None
        self.count = 0

    def step(self, g):
        if self.m is None:
            self.m = np.zeros(len(g))
            self.v = np.zeros(len(g))
        self.m += (1 - self.rate) * g
        self.v[:] = self.rate * self.v + g**2
        self.count += 1
        return self.m / (1.0 + self.v)

    def restart(self):
        self.m, self.v = None, None


def two_arrays(x, r):
    s = State(r)
    w = x * 1.0
    for _ in range(3):
        w = w - s.step(np.sin(w))
    return np.sum(w**2)


def restarted(x, r):
    s = State(r)
    w = x * 1.0
    for n in range(4):
        if n == 2:
            s.restart()
        w = w - s.step(np.sin(w))
    return np.sum(w**2)


def several_objects(x, r):
    states = [State(r), State(r * 0.5)]
    w = x * 1.0
    for n in range(4):
        s = states[n % 2]
        w = w - s.step(np.sin(w))
    return np.sum(w**2)


def kept_of_best(x, r):
    best = State(r)
    for v in x:
        row = x * v
        if best.m is None or np.sum(row) > np.sum(best.m):
            best.m, best.v = row, x + v
    if best.v is None:
        return r
    best.m[0] *= 2.0
    best.v += best.m
    return np.sum(best.v * best.m)


def two_steps(x, r):
    s = State(r)
    a = s.step(x)
    b = s.step(a * x)
    return np.sum(b * a)


def one_before_the_other(x, r):
    s = State(r)
    t = 0.0
    for v in x:
        if s.m is None:
            s.m = x * v
            if v > 1.0:
                s.v = x + v
        elif s.v is None:
            s.v = s.m * v
        else:
            s.v[0] *= v
            s.m += s.v
        t = t + np.sum(s.m)
    return t


CASES = [
    case(best_and_its_place, X, 0.7),
    case(best_and_its_place, X[:0].copy(), 0.7, label="no items"),
    case(kept_for_later, X),
    case(set_on_different_paths, X),
    case(set_on_different_paths, SMALL, label="small"),
    case(one_is_taken_back, X),
    case(one_is_taken_back, SMALL, label="small"),
    case(list_is_taken_back, X),
    case(list_is_taken_back, SMALL, label="small"),
    case(trade_places, X),
    case(trade_places, X[:2].copy(), label="two items"),
    case(other_before_the_test, X),
    case(other_before_the_test, SMALL, label="small"),
    case(two_arrays, X, 0.7),
    case(restarted, X, 0.7),
    case(several_objects, X, 0.7),
    case(kept_of_best, X, 0.7),
    case(two_steps, X, 0.7),
    case(one_before_the_other, X, 0.7),
]
