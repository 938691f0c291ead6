"""Lists and dicts that have nothing in them, where the program asks for what they have."""

from collections import Counter, OrderedDict, defaultdict

import numpy as np
from case import case


def weights_of_nobody(x, s):
    """Gone through before anything is stored, and after it."""
    weights = defaultdict(float)
    total = s + sum(weights[name] * 2.0 for name in weights)
    for n in range(3):
        for name in weights:
            total += weights[name] * s
        weights[n % 2] += x[n] * total
    return total


def tables_made_of_nothing(x, s):
    table = {}
    doubled = {name: table[name] * s for name in table}
    doubled["x"] = x[0] * s
    return sum(doubled.values()) + np.sum([table[name] for name in list(table)])


def filled_by_another_name(x, s):
    table, counts = {}, Counter()
    same = table
    same["a"] = x[0] * s
    counts["b"] += x[1]
    return sum(table[name] * s for name in table) + sum(counts[name] ** 2 for name in counts)


def two_taken_of_one(x, s):
    """The branch takes out more than there is; no run gets there."""
    waiting = OrderedDict(first=x[0] * s)
    total = x[1]
    if len(waiting) > 1:
        total = waiting.popitem(last=False)[1] - waiting.popitem(last=False)[1]
    left = {"only": x[2]}
    if len(left) > 1:
        total = left.popitem()[1] * s
        total -= left.popitem()[1]
    return total * s + sum(waiting.values()) + sum(left.values())


def taken_until_there_is_none(x, s):
    left = {n: v * s for n, v in enumerate(x[:3])}
    total = 0.0
    while left:
        total = total * s + left.popitem()[1]
    if left:
        total = total - left[0] * s
    return total + len(left)


X = np.array([0.7, -0.4, 1.3, 0.6])
S = 0.8

CASES = [
    case(weights_of_nobody, X, S), case(tables_made_of_nothing, X, S), case(filled_by_another_name, X, S),
    case(two_taken_of_one, X, S), case(taken_until_there_is_none, X, S),
]  # fmt: skip
