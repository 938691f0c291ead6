"""Statements and library calls that must be refused; `USUAL` and `INPUTS` give arguments."""

import contextlib

import numpy as np


def set_of_assigned_values(u):
    last = 0.0
    found = {(last := value) for value in u}
    return last * len(found)


def lazy_assigned_value(u):
    last = 0.0
    found = ((last := value) for value in u)
    return last + next(found)


class Opaque:
    def __init__(self, part):
        self.part = part


def class_without_positions(u):
    match Opaque(2.0):
        case Opaque(part):
            return part * u[0]
    return u[1]


def pattern_of_a_set(u):
    match {value for value in u}:
        case found:
            return max(found)


def rows_zipped_among_others(u):
    M = np.outer(u, u)
    total = 0.0
    for a, b, c in zip(u, *M[:2], strict=False):
        total += a * b * c
    return total


ARRAY = np.array([0.5, 1.5, 2.5])
USUAL = ARRAY
class Steep:
    """What its brackets give depends on what is in them."""

    def __getitem__(self, place):
        return 3.0 * place


STEEP = Steep()


def looked_up_in_an_object(x):
    return STEEP[x] * 2.0


@contextlib.contextmanager
def caught(a):
    try:
        yield a
    except ValueError:
        a *= 2.0


@contextlib.contextmanager
def halved(a):
    a *= 0.5 * np.ones(1)
    yield
    a *= 2.0


def context_that_catches(u):
    with caught(u * 1.0) as b:
        total = np.sum(b)
    return total


def context_with_another_meaning(u):
    np = halved
    y = u * 1.0
    with halved(y):
        total = y[0] * y[1]
    return total if np else y


def left_early_in_a_try(x):
    y = x
    try:
        try:
            return y / x
        finally:
            y = y * 2.0
    except ZeroDivisionError:
        return y


def loop_whose_items_may_not_fit(x):
    y = x
    try:
        for a, b in zip([x, x], [2.0, 3.0, 4.0], strict=True):
            y = y * a * b
    except ValueError:
        y = y * 2.0
    return y


INPUTS: dict[str, object] = {}
SKIPPED = {"caught", "halved"}
