"""Properties that are worked out once, `functools.cached_property`: the object keeps the value."""

import functools
from functools import cached_property

import numpy as np
from case import case


class Regression:
    def __init__(self, A, b):
        self.A, self.b = A, b

    @cached_property
    def gram(self):
        return self.A.T @ self.A

    @functools.cached_property
    def right(self):
        return self.A.T @ self.b

    @cached_property
    def solution(self):
        return np.linalg.solve(self.gram + np.eye(len(self.right)), self.right)

    def energy(self):
        return np.sum(self.solution**2) + np.sum(self.gram)


def asked_by_a_method(A, b):
    return Regression(A, b).energy()


def kept_when_the_object_changes(A, b):
    m = Regression(A, b)
    s = np.sum(m.gram)
    m.A = m.A * 2
    return s * np.sum(m.gram) + np.sum(m.A) + np.sum(m.right**2)


def asked_on_one_path(A, b):
    m = Regression(A, b)
    if b[0] > 100.0:
        m.gram
    m.A = m.A * 2
    return np.sum(m.gram) * np.sum(b)


def asked_in_a_loop(A, b):
    models, total = [Regression(A, b), Regression(A * 2, b)], 0.0
    for _ in range(2):
        for m in models:
            total = total * 0.5 + np.sum(m.right) * m.right[0]
            m.b = m.b * 3.0
    return total


def replaced_and_forgotten(A, b):
    m = Regression(A, b)
    m.gram = m.gram * 2.0
    s = np.sum(m.gram * m.gram)
    del m.gram
    return s + np.sum(m.gram**2) + b[0] * b[1]


def changed_in_place(A, b):
    m = Regression(A, b)
    m.right[0] = 3.0 * b[0]
    m.right *= 2.0
    return np.sum(m.right**2)


def under_two_names(A, b):
    m = n = Regression(A, b)
    s = np.sum(m.right)
    n.b = n.b * 2.0
    return s * np.sum(n.right**2)


class Kept:
    """The same, written out."""

    def __init__(self, x):
        self.x = x

    @property
    def square(self):
        if not hasattr(self, "kept"):
            self.kept = self.x**2
        return self.kept

    @square.setter
    def square(self, value):
        self.kept = value


def in_a_condition(x: np.ndarray):
    p = Kept(x)
    if p.square[0] > 0.1:
        p.square[1] = 4.0 * x[0]
        p.square *= 2.0
    return np.sum(p.square**2)


def in_a_comprehension(x: np.ndarray):
    p = Kept(x)
    p.square[0] = sum([p.square[i] * i for i in range(3)])
    p.square *= 2.0
    return np.sum(p.square**2)


def on_both_sides(x):
    p = Kept(x)
    p.x = p.square * 2.0
    p.square[0] += p.square[1] * p.square[2]
    p.square *= p.x
    return np.sum(p.square**2) + np.sum(p.x)


r = np.random.default_rng(0)
X = np.array([0.5, 1.2, 0.7])
GIVEN = (r.normal(size=(4, 3)), r.normal(size=4))
CASES = [
    case(asked_by_a_method, *GIVEN), case(kept_when_the_object_changes, *GIVEN), case(asked_on_one_path, *GIVEN),
    case(asked_in_a_loop, *GIVEN), case(replaced_and_forgotten, *GIVEN), case(changed_in_place, *GIVEN, file=False),
    case(under_two_names, *GIVEN),
    case(in_a_condition, X), case(in_a_comprehension, X), case(on_both_sides, X, file=False),
]  # fmt: skip
