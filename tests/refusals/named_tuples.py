"""NamedTuples where tuples are taken apart that they cannot stand for."""

from typing import NamedTuple

import numpy as np


class Place(NamedTuple):
    u: float
    v: float


def named_tuple_or_tuple(x):
    p = Place(x[0], 1.0)
    if x[1] > 5.0:
        p = (x[1], 2.0)
    a, b = p
    return x[0] if a > b else 3.0 * x[1]


def named_tuples_unpacked_with_a_star(x):
    return sum(a * b[0] * w for (a, *b), w in [(Place(x[0], x[1]), 2.0)])


def made(x):
    return Place(x[0], x[1])


def named_tuple_of_a_call_passed_by_star(x):
    return np.hypot(*made(x))


def nested_list_of_named_tuples_as_an_array(x):
    places = [[Place(x[0], x[1]), Place(x[1], 1.0)]]
    return np.sum(np.array(places))


def named_tuples_of_a_list_put_into_an_array(x):
    rows = np.zeros((2, 2))
    rows[:] = [Place(x[0], x[1]), Place(x[1], 1.0)]
    return np.sum(rows**2)


USUAL = np.array([0.7, 1.9])
INPUTS: dict[str, object] = {}
SKIPPED: set[str] = {"Place", "made"}
