"""Objects copied in depth: what is changed in the copy stays as it was in the original, and the other way round."""

import copy
from copy import deepcopy

import numpy as np
from case import case


class Inner:
    def __init__(self, w):
        self.w = w


class Params:
    def __init__(self, a, b):
        self.a, self.b = a, [b, b * 2.0]
        self.inner = Inner(a * b)
        self.name = "params"
        self.last = None


def copy_changed(a, b):
    p = Params(a.copy(), b)
    q = copy.deepcopy(p)
    q.a *= 2.0
    q.b[0] = q.b[1] * a
    q.inner.w[0] = 5.0 * b[1]
    return np.sum(p.a * q.a) + np.sum(p.b[0] * q.b[0]) + np.sum(p.inner.w * q.inner.w)


def original_changed(a, b):
    p = Params(a.copy(), b)
    q = deepcopy(p)
    p.a *= 2.0
    p.b.append(a)
    p.inner.w = p.inner.w**2
    p.inner.w[1] = a[0]
    return np.sum(p.a * q.a) + len(q.b) * np.sum(p.b[2]) + np.sum(p.inner.w * q.inner.w)


def best_of_several(a, b):
    p, best = Params(a.copy(), b), None
    for i in range(3):
        p.a += 0.1 * np.sin(p.a) * i
        if best is None or i == 1:
            best = deepcopy(p)
    return np.sum(best.a * p.a * best.b[0])


def in_a_list(a, b):
    history, p = [], Inner(a.copy())
    for _ in range(3):
        history.append(deepcopy(p))
        p.w *= b
    return sum(np.sum(h.w**2) for h in history)


def last_copy(a, b):
    p, best = Inner(a * b), None
    for _ in range(2):
        p.w = np.sin(p.w)
        best = deepcopy(p)
    return np.sum(best.w * p.w)


X, Z = np.array([0.5, 1.2, 0.7]), np.array([0.3, -0.2, 0.9])
CASES = [case(f, X, Z) for f in (copy_changed, original_changed, best_of_several, in_a_list, last_copy)]
