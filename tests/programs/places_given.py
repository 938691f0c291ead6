"""Stores into what functions and methods give: a dict, a view of an array, an object."""

import numpy as np
from case import case


def note(table, v):
    table["n"] = v * 2
    return table


def rest(a, i):
    return a[i:]


class Model:
    def __init__(self, w):
        self.w = w
        self.table = {"a": w * 2}

    def own_table(self):
        return self.table

    def itself(self):
        return self


def dict_of_a_function(x, s):
    """The value is worked out first: it reads what the dict was."""
    table = {"v": x[0]}
    note(table, x[1])["v"] = x[2] * table["v"] * s
    note(table, s)["n"] += x[0] * table["v"]
    return table["v"] * table["n"]


def view_of_a_function(x, s):
    a = x * s
    rest(a, 1)[0] *= x[0]
    rest(a, 0)[2] = a[1] * x[1]
    rest(a, 1)[1:], rest(a, 0)[0] = x[:2] * a[0], x[0] * a[1]
    return np.sum(a * a)


def given_by_methods(x, s):
    model = Model(x[0])
    model.own_table()["a"] += x[1] * model.w
    model.itself().w = x[2] * model.w
    model.itself().w *= s
    return model.w * model.table["a"]


def in_a_loop(x, s):
    table = {}
    for i in range(3):
        note(table, x[i])[i] = x[i] * table.get(i - 1, s)
    return sum(table.values())


def inside_of_what_is_given(x, s):
    table = {"v": [x[0], x[1]]}
    note(table, 3.0)["v"][0] += note(table, x[2])["n"] * s
    return table["v"][0] * table["n"]


X = np.array([0.7, -0.4, 1.3, 0.6])
S = 0.8

CASES = [
    case(dict_of_a_function, X, S), case(view_of_a_function, X, S), case(given_by_methods, X, S),
    case(in_a_loop, X, S), case(inside_of_what_is_given, X, S),
]  # fmt: skip
