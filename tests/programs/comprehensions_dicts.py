"""Dict comprehensions over values, dicts made of pairs, and assignments inside comprehensions."""

import numpy as np
from case import case


def same_key_twice(u):
    """Of a key that comes again, only the last value is in the dict."""
    found = {i % 3: value * value for i, value in enumerate(u)}
    total = 0.0
    for k in found:
        total = total * 0.5 + found[k] * (k + 1)
    return total


def nested_dicts(u):
    """Lists in a dict, and a dict of dicts."""
    rows = {i: [v * w for w in u if w > 0] for i, v in enumerate(u)}
    table = {i: {j: v * w for j, w in enumerate(u)} for i, v in enumerate(u)}
    return rows[1][0] * rows[0][1] + table[1][2] * table[2][1]


def with_conditions(u, level):
    """Keys made of text, two loops, conditions on keys and values."""
    found = {f"{i}{j}": a * b for i, a in enumerate(u) if a < level for j, b in enumerate(u) if i < j}
    return sum(found.values()) * len(found) + sum(value for name, value in found.items() if name[0] == "0")


def returned(u):
    return {i: value * value for i, value in enumerate(u)}


def from_pairs(u, x):
    """dict of pairs, of two sequences and of keywords."""
    squares = dict([(i, value * value) for i, value in enumerate(u)])
    named = dict(zip(("a", "b", "c", "d"), u, strict=False))
    short = dict(zip(["p", "q"], u, strict=False))
    given = dict(first=x, second=x * u[0])
    return squares[1] * named["b"] + named["c"] ** 2 * given["second"] + given["first"] + short["q"]


def running_total(u):
    """The assignment is seen by the next round, and after the comprehension."""
    total = 0.0
    sums = [total := total + value * value for value in u]
    return sum(sums) * total


def found_by_any(u):
    """any stops at the first one, so the name keeps the value that was found."""
    seen = 0.0
    if any((seen := value * value) > 1.0 for value in u):
        return seen * u[0]
    return u[1]


def found_by_all(u):
    """all stops at the first pair that fails."""
    if not all((last := v) > 0.0 and w > 0.1 for v in u for w in u):
        return last * u[0]
    return u[1]


def position_found(u, n):
    """What is found is a whole number, the index of what is used."""
    if any((k := i) > n for i in range(10)):
        return u[k - 3] * k
    return u[0]


def assigned_in_rounds(u):
    total = 0.0
    for i in range(3):
        steps = {j: (total := total + value * value * i) for j, value in enumerate(u)}
        total = total * steps[1]
    return total


def from_iterator(u):
    first = np.fromiter((value * value for value in u), float)
    second = np.fromiter([value**3 for value in u], dtype=float, count=2)
    return np.sum(first) * second[1]


def text_of_renamed(x):
    """The variable of the second comprehension has the name of the first, and stands in a text."""
    powers = {k: x**k for k in range(1, 4)}
    named = {f"p{k}": value * k for k, value in powers.items() if k != 2}
    return named["p3"] * powers[1]


def items_shared(u):
    """The arrays of two dicts are the same ones, and those of a list, too."""
    rows = {"a": u[:2] * 1.0, "b": u[2:].copy()}
    same = {k: v for k, v in rows.items()}
    turned = {k: rows[k][::-1] for k in rows if k != "c"}
    same["b"][1] *= 3.0
    turned["a"][0] = same["b"][1] ** 2
    numbered = {i: row for i, row in enumerate([rows["a"], u[1:3] * 2.0])}
    numbered[0][0] += numbered[1][1]
    return np.sum(rows["a"] * rows["b"]) * np.sum(numbered[0])


def lists_shared(u):
    found = {"a": [u[0]], "b": [u[1]]}
    same = {k: v for k, v in found.items()}
    for k in same:
        same[k][0] *= u[2]
    return found["b"][0] * found["a"][0]


U = np.array([0.7, -0.4, 1.2, 0.9])

CASES = [
    case(same_key_twice, U),
    case(nested_dicts, U),
    case(with_conditions, U, 1.0),
    case(returned, U),
    case(from_pairs, U, 0.8),
    case(running_total, U),
    case(found_by_any, U),
    case(found_by_all, U),
    case(position_found, U, 4),
    case(assigned_in_rounds, U),
    case(from_iterator, U),
    case(text_of_renamed, 0.9),
    case(items_shared, U),
    case(lists_shared, U),
]
