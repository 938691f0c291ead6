"""Arguments given by `*` and `**` to functions of libraries; arrays and lists unpacked into lists."""

import math

import numpy as np
from case import case

X = np.array([0.7, -1.3, 0.4, 1.1])
LIMITS = (-0.5, 0.9)
OPTIONS = {"axis": 0, "keepdims": True}


def within_limits(x, scale):
    """Bounds as a pair, options of a reduction as a dict."""
    lower_and_upper = [scale * v for v in LIMITS]
    return np.clip(x, *lower_and_upper) * np.mean(x**2, **OPTIONS) + np.clip(x * x, *LIMITS)


def polar(x):
    pair = (x[0], x[1])
    return math.atan2(*pair) * np.hypot(*pair) + np.dot(*[x, x])


def greatest_of_those(x, n):
    """Lists whose length is known when the program runs."""
    found = []
    for k in range(n):
        found.append(x[k] * (k + 1))
    return max(*found) * min(x[0], *found) + max(*x[1:], 0.2)


def there_and_back(x):
    return np.array([*x, *x[::-1]]) ** 2


def repeated_in_a_list(x):
    """An array unpacked beside its double, and added up."""
    doubled = x * 2
    return sum([*(x * 2), *x[::-1], 3.0]) * np.stack([*doubled, x[0]])[1:]


def rows_joined(a):
    rows = [row * row for row in a]
    return np.concatenate([*rows, *rows[::-1]]) * np.max([*rows[0], 0.3])


WEIGHTS = np.array([0.5, -1.5, 2.0])


def constants_first(x):
    """What is unpacked first carries no derivative, what comes later does."""
    padded = [*WEIGHTS, *x]
    w, v, *rest = padded
    several = {*WEIGHTS, 1.0}
    total = w * rest[1] + v * padded[-1] * len(several)
    for k in range(3):
        mixed = (*WEIGHTS[:k], 1.0, *x[k:], *WEIGHTS)
        total = total + mixed[0] * mixed[k + 1] * mixed[-1]
    rows = [*(WEIGHTS,), *[x[:3] * x[1]]]
    return total + np.sum(rows[0] * rows[1]) * dict(zip("abcde", padded))["d"]


CASES = [
    case(constants_first, X),
    case(within_limits, X, 0.8),
    case(polar, X),
    case(greatest_of_those, X, 3),
    case(there_and_back, X),
    case(repeated_in_a_list, X),
    case(rows_joined, np.outer(X[:3], X)),
]
