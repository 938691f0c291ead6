"""Generators and `map` of functions that change something: how often they are called, and when, is seen afterwards."""

from __future__ import annotations

import numpy as np
from case import case

X = np.array([0.6, -1.1, 1.7, 0.9])


def weighed(seen):
    """The items, each times its place."""
    return sum(n * v for n, v in enumerate(seen, 1))


def mapped_in_a_sum(x):
    seen = []

    def noted(v):
        seen.append(v)
        return v * v

    total = sum(3.0 * v for v in map(noted, x))
    return total * weighed(seen)


def in_turns(x):
    """The two functions take turns."""
    seen = []

    def first(v):
        seen.append(v)
        return v * v

    def second(v):
        seen.append(10.0 * v)
        return np.sin(v)

    total = sum(second(v) for v in map(first, x))
    return total * weighed(seen)


def pairs_in_turns(x):
    seen = []

    def first(v, w):
        seen.append(v * w)
        return v * v, w

    def second(v):
        seen.append(2.0 * v)
        return v + 1.0

    made = [second(a) * b for a, b in (first(v, w) for v in x[:2] for w in x[2:] if w > v) if b > 0.0]
    return made[0] * made[-1] * weighed(seen)


def found_in_what_is_mapped(x):
    seen = []

    def noted(v):
        seen.append(v)
        return v * v

    found = next(v for v in map(noted, x) if v > 1.0)
    return found * weighed(seen)


def any_of_what_is_mapped(x):
    seen = []

    def noted(v):
        seen.append(v)
        return v * v

    found = any(v > 1.0 for v in map(noted, x))
    return (2.0 if found else 3.0) * weighed(seen)


def counted_on_the_way(x):
    """A running total that each item is multiplied by."""
    total = 0.0

    def grown(v):
        nonlocal total
        total += v * v
        return total

    return sum(v * total for v in (grown(w) for w in x)) * total


CASES = [
    case(mapped_in_a_sum, X),
    case(in_turns, X),
    case(pairs_in_turns, X),
    case(found_in_what_is_mapped, X),
    case(any_of_what_is_mapped, X),
    case(counted_on_the_way, X),
]
