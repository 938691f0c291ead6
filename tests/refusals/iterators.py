"""Iterators, and variables of functions around, that must be refused; `USUAL` and `INPUTS` give arguments."""

import numpy as np

USUAL = np.array([0.6, 1.1, 1.7])
INPUTS = {}


def counter():
    calls = 0

    def counts_outside(x):
        nonlocal calls
        calls += 1
        return x[0] * calls

    return counts_outside


counts_outside = counter()


def nonlocal_of_an_error(x):
    last = None

    def attempt(v):
        nonlocal last
        try:
            return 1.0 / v
        except ZeroDivisionError as last:
            print(last)
            return 0.0

    return attempt(x[0])


def nonlocal_walrus(x):
    total = 0.0

    def add(v):
        nonlocal total
        return (total := total + v)

    add(x[0])
    return total * x[1]


def nonlocal_of_a_pattern(x):
    seen = None

    def match_one(v):
        nonlocal seen
        match v:
            case [_, *seen]:
                return 1.0
        return 2.0

    return match_one([x[0], x[1]]) * x[0]


def nonlocal_shown_with_its_name(x):
    total = 0.0

    def add(v):
        nonlocal total
        total = total + v
        print(f"{total = }")

    add(x[0])
    return total


def nonlocal_in_a_try(x):
    count = 0

    def grow():
        nonlocal count
        count = count + 1

    try:
        grow()
    except ValueError:
        return x[0]
    return x[0] * count


def nonlocal_kept_elsewhere(x):
    """What the variable was is in a list, and srcgrad cannot tell it from what it is."""
    u = x * 1.0
    history = [u]

    def step():
        nonlocal u
        u = u * u
        history.append(u)

    step()
    step()
    return np.sum(u) + np.sum(history[1] * history[0])


SKIPPED = {"counter"}
