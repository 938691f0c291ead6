"""Values that are None at first, and are asked what None has not: where that does not raise, they are not None."""

from __future__ import annotations

import numpy as np
from case import case

X = np.array([0.6, 1.1, 1.7])


def prev_by_index(x):
    prev = None
    acc = 0.0
    for i, v in enumerate(x):
        if i > 0:
            acc += (v - prev) ** 2
        prev = v
    return acc


def prev_array_by_index(x):
    prev = None
    acc = 0.0
    for i, v in enumerate(x):
        if i > 0:
            prev[0] *= v
            prev += 1.0
            acc += prev[1] * v
        prev = x * v
    return acc


def list_by_flag(x):
    rows = None
    started = False
    for v in x:
        if not started:
            rows = [v]
            started = True
        else:
            rows.append(v * rows[-1])
    return sum(rows)


class Filter:
    def __init__(self):
        self.state = None
        self.first = True
        self.d = None

    def step(self, v, x):
        if self.first:
            self.state = x * v
            self.d = {"a": v}
            self.first = False
        else:
            self.state[1:] += v * self.state[:-1]
            self.d["a"] *= v
        return np.sum(self.state) * self.d["a"]


def by_flag(x):
    f = Filter()
    t = 0.0
    for v in x:
        t = t + f.step(v, x)
    return t + f.state[0]


def swapped_by_method(x):
    f = Filter()
    g = 0.0
    for n in range(3):
        if n > 0:
            g = g + np.dot(f.state, x)
        f.step(x[n], x)
    return g


def used_in_loop_over(x):
    rows = None
    t = 0.0
    for n in range(3):
        if n % 2 == 1:
            for r in rows:
                t = t + r * r
        rows = [x[n], x[n] * 2.0]
    return t


def always_raises_on_a_path(x, w=None):
    if x[0] > 5.0:
        return w[0] * x[0]
    return np.sum(x**2)


def asked_in_a_closure(x, w=None):
    def f(v):
        if v > 5.0:
            return np.sum(w.T) + len(w)
        return v * v

    return f(x[0]) + f(x[1])


class Box:
    def __init__(self):
        self.items = None
        self.size = 0

    def add(self, v):
        if self.size == 0:
            self.items = []
        self.items.append(v)
        self.size += 1
        return self.items[-1]

    def total(self):
        t = 0.0
        for v in self.items:
            t = t + v * v
        return t


def set_by_a_call_before(x):
    b = Box()
    y = b.add(x[0]) + b.items[0]
    z = b.add(x[1]) * len(b.items) + b.items[0]
    return y * z + b.total()


def set_in_one_expression(x):
    b = Box()
    return b.add(x[0]) * b.items[0] + b.add(x[2]) * b.items[1]


class Lazy:
    def __init__(self, x):
        self.x = x
        self._s = None

    @property
    def s(self):
        if self._s is None:
            self._s = np.sum(self.x**2) * self.x
        return self._s


def property_sets(x):
    p = Lazy(x)
    a = p.s[0] * p._s[1]
    q = Lazy(x * 2.0)
    b = np.sum(q.s) + q._s[0]
    return a * b


def bound_in_the_test(x):
    last = None
    t = 0.0
    for v in x:
        if last is not None and (last := last * v)[0] > 0.1:
            t = t + last[1]
        last = x * v
    return t


def tuple_or_none(x):
    state = None
    t = 0.0
    for i in range(3):
        if i:
            p, q = state
            t = t + p * q
        state = (x[i], x[i] * 2.0)
    return t


def in_a_comprehension(x):
    state = None
    t = 0.0
    for i in range(3):
        if i:
            t = t + sum([v * v for v in state])
        state = [x[i], x[i] * 2.0]
    return t


CASES = [
    case(prev_by_index, X),
    case(prev_array_by_index, X),
    case(list_by_flag, X),
    case(by_flag, X),
    case(swapped_by_method, X),
    case(used_in_loop_over, X),
    case(always_raises_on_a_path, X),
    case(asked_in_a_closure, X),
    case(set_by_a_call_before, X),
    case(set_in_one_expression, X),
    case(property_sets, X),
    case(bound_in_the_test, X),
    case(tuple_or_none, X),
    case(in_a_comprehension, X),
]
