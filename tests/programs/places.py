"""Unpacking into elements, and `del`."""

import numpy as np
from case import case


def swap_elements(x, s):
    y = x * s
    y[0], y[2] = y[2] * s, y[0]
    y[-1], y[1] = y[1], y[-1]
    return y * x


def swap_rows(A, s):
    B = A * s
    B[[0, 1]] = B[[1, 0]]
    B[0], B[1] = B[1].copy(), B[0].copy()
    B[:, 0], B[:, 1] = B[:, 1] * s, B[:, 0].copy()
    return B * A


def names_among_them(x, s):
    y = x * s
    i, y[1], (t, y[i]) = 2, s, (x[0] * s, y[0])
    y[i], i = t * t, 0
    y[i], *rest = x
    return y * rest[0] * i + y


def in_lists(x, s):
    a = [x[0], x[1], s]
    a[0], a[2] = a[2] * s, a[0]
    d = {}
    d["a"], d["b"], a[1] = a
    return a[0] * d["a"] + a[1] * d["b"]


def bubble_sort(x, s):
    a = [v * s for v in x]
    for i in range(len(a)):
        for j in range(len(a) - 1 - i):
            if a[j] > a[j + 1]:
                a[j], a[j + 1] = a[j + 1], a[j]
    return sum(v * k for k, v in enumerate(a))


def loop_targets(x, s):
    y = np.zeros(3)
    total = 0.0
    for y[0], v in zip(x, x[1:]):
        total += y[0] * v * s
    return total * y


def deletions(x, s):
    t = x * s
    u = t * t
    del t
    a = [x[0], 2.0, x[1] * s, x[2], s]
    del a[1], a[-1]
    del a[:1]
    d = {"a": x[0], "b": s, "c": 3.0}
    del d["c"]
    v = d.pop("b") * len(d)
    return u * a[0] * a[1] * d["a"] * v


def deleted_in_a_loop(x, s):
    d = {}
    for k, v in enumerate(x):
        d[k] = v * s
        if k > 0:
            d[k] *= d[k - 1]
            del d[k - 1]
    return sum(d.values()) * len(d)


def chained_stores(u, s):
    """Both ends are restored, each to what it held."""
    new = np.empty_like(u)
    for t in range(3):
        new[1:-1] = u[1:-1] + s * (u[2:] - 2.0 * u[1:-1] + u[:-2])
        new[0] = new[-1] = 0.0
        u, new = new, u
    k = u[0] = t = u[1] * s
    u[1] = w = t * k
    a = [s, s]
    a[0] = a[1] = w
    return u * a[0] * a[1]


X = np.array([0.8, -0.5, 1.1])
A = np.array([[0.5, 1.2], [-0.3, 0.7]])
S = 0.7

CASES = [
    case(swap_elements, X, S), case(swap_rows, A, S), case(names_among_them, X, S), case(in_lists, X, S),
    case(bubble_sort, X, S), case(loop_targets, X, S), case(deletions, X, S), case(deleted_in_a_loop, X, S),
    case(chained_stores, np.array([0.4, -1.2, 0.9, 0.3, 1.5]), 0.2),
]  # fmt: skip
