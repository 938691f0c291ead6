"""Loops over dicts whose values change meanwhile."""

from __future__ import annotations

import numpy as np
from case import case

X = np.array([0.6, 1.1, 0.7])


def values_set_while_a_dict_is_walked(x):
    """The loop comes to what it has set before, under this name and others."""
    d = {"a": x[0], "b": x[1], "c": x[2]}
    same, total = d, 0.0
    for k, v in d.items():
        d["c"] = d["c"] * v
        total += v * v
    for n, (k, v) in enumerate(d.items()):
        d[k] += v * n
        d["abc"[2 - n]] = d[k] * 1.5
        total += v
    for v in d.values():
        same["b"] *= 2.0
        total += v * d["b"]
    held = {"inner": {"a": x[0], "b": x[1]}}
    for v in held["inner"].values():
        held["inner"]["b"] = held["inner"]["b"] * x[2]
        total += v
    return total * d["c"] + held["inner"]["b"]


def the_same(d):
    return d


def values_set_elsewhere_while_a_dict_is_walked(a: float, b: float, c: float):
    """By a function, under another name, and by a method of the dict."""
    held = {"inner": {"a": a, "b": b}}
    same, total = held["inner"], 0.0

    def grow(k):
        held["inner"]["b"] = held["inner"]["b"] * k

    for k, v in held["inner"].items():
        grow(c)
        total += v * len(k)
    for v in held["inner"].values():
        same["b"] = same["b"] * v
        total += v
    d = {"a": a, "b": b}
    for k, v in d.items():
        d.__setitem__("b", v * 2.0)
        d[k] = d[k] + total
        total += v
    for v in the_same(d).values():
        d["b"] = d["b"] * v
        total += v
    return total


def squared(d, k):
    d["b"] = d["b"] * k
    return d["b"]


def own_values_and_those_of_a_function(x):
    d, total = {"a": x[0], "b": x[1]}, 0.0
    for k, v in d.items():
        total += v
        d[k] = v * x[2]
        total += squared(d, len(k) * x[0])
    return total * d["a"]


def sum_of(values):
    return sum(v * v for v in values)


def views_given_before_a_change(x):
    """What is kept is a number."""
    d = {"a": x[0], "b": x[1]}
    total = sum_of(d.values())
    d["a"] = x[2]
    return total * sum_of(d.values())


CASES = [
    case(own_values_and_those_of_a_function, X),
    case(views_given_before_a_change, X),
    case(values_set_while_a_dict_is_walked, X),
    case(values_set_elsewhere_while_a_dict_is_walked, 0.6, 1.1, 0.7),
]
