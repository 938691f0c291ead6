"""Containers that hold the same memory in two places, which is changed: right, or refused."""

import numpy as np
from case import case


def one_array_twice(x):
    a = x * 2.0
    xs = [a, a]
    a = None
    xs[0][0] = x[1] * x[1]
    return xs[1] * x


def repeated(x):
    xs = [x * 2.0] * 2
    xs[0][0] = x[1] * x[1]
    return xs[1] * x


def one_array_in_every_trip(x):
    a = x * 2.0
    xs = [a for _ in range(2)]
    xs[0][0] = x[1] * x[1]
    return xs[1] * x


def copied_dict(x):
    d = {"a": x * 2.0}
    e = {**d, "b": d["a"]}
    e["a"][0] = x[1] * x[1]
    return e["b"] * x


def change(p, q):
    p[0] = q[1] * q[1]


def pair(a):
    return [a, a]


def two_names_for_one(n):
    r = np.zeros(n)
    return r, r


def result_holds_it_twice(x):
    xs = pair(x * 2.0)
    change(xs[0], x)
    return xs[1] * x


def result_is_it_twice(x):
    p = two_names_for_one(3)
    p[0][1] = x[0] * x[1]
    return p[1] * x


def unpacked_twice(x):
    p, q = two_names_for_one(3)
    p[1] = x[0] * x[1]
    return q * x


def in_turn(x):
    a = x * 1.0
    xs = [a, a * 2.0, a]
    for v in xs:
        v *= x
    return xs[2] * xs[1]


def rows_under_two_names(x):
    m = np.outer(x, x)
    rows = [m[0], m[1]]
    rows[0][1] = x[0]
    rows[1][1] = x[2]
    return rows[0] * rows[1]


def deep_down(x):
    r = x * 1.0
    t = (r, (r, x * 2.0))
    t[1][0][0] = x[1] ** 3
    return t[0] * t[1][1]


def set_under_another_key(x):
    r = x * 1.0
    t = {"a": r}
    t["b"] = r
    r = x
    t["b"][0] = x[1] ** 3
    return t["a"] * x


def from_a_closure(x):
    r = x * 1.0

    def get():
        return r

    s = get()
    s[0] = x[1] ** 3
    return get() * x


def rows_of_their_own(x):
    bufs = [np.zeros(3) for _ in range(3)]
    xs = [x * k for k in range(3)]
    for k in range(3):
        bufs[k][0] = x[1] ** 2
        xs[k][1] = x[0] * x[2]
    return bufs[1] * bufs[2] * xs[2]


X = np.array([0.5, 1.2, 0.3])

CASES = [
    case(one_array_twice, X), case(repeated, X), case(one_array_in_every_trip, X), case(copied_dict, X),
    case(result_holds_it_twice, X), case(result_is_it_twice, X), case(unpacked_twice, X), case(in_turn, X),
    case(rows_under_two_names, X), case(deep_down, X), case(set_under_another_key, X), case(from_a_closure, X),
    case(rows_of_their_own, X),
]  # fmt: skip
