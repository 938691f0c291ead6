"""Names of an array or a number that change in place, and are items of a list afterwards: a file does not say which."""

import numpy as np
from case import case


def counted_up(w):
    d = np.zeros_like(w)
    for t in range(3):
        d += w * t
    for p in [d, w * 2.0]:
        np.clip(p, -5.0, 5.0, out=p)
    return np.sum(d**2)


def scaled_once(w):
    d = w * 2.0
    d *= w
    for p in [d, w * 2.0]:
        p[...] = p * 2.0
    return np.sum(d**2)


def scaled_and_shifted(w):
    d = w * 2.0
    for t in range(2):
        d *= w
        d += 1.0
    for p in [d, w * 2.0]:
        p *= 2.0
    return np.sum(d**2)


def in_a_branch(w):
    d = w * 2.0
    if np.sum(w) > -100.0:
        d += w * w
        d -= 0.5
    for p in [d, w * 2.0]:
        p[...] = np.sin(p)
    return np.sum(d**2)


def under_another_name(w):
    d = w * 2.0
    d *= w
    items = [d, w * 3.0]
    e = items[0]
    e *= 2.0
    return np.sum(d**2) + np.sum(items[1])


w = np.random.default_rng(0).normal(size=(3, 3))
def list_into_an_array(x):
    b = x * 1.5
    b[:] = [q * x[0] for q in b]
    rows = [v * b[1] for v in x]
    grid = np.zeros((2, len(x)))
    grid[1] = rows
    grid[0, ::-1] = rows
    return np.sum(grid * b) + rows[0]


CASES = [case(f, w) for f in (counted_up, scaled_once, scaled_and_shifted, in_a_branch, under_another_name)]
