"""Lists sorted in place and as copies, by keys; the items of a dict in order; dicts made of pairs and keywords."""

import operator

import numpy as np
from case import case

X = np.array([0.7, -1.3, 0.4, 1.1])
WEIGHTS = {"late": 0.7, "early": 1.3, "noon": -0.4}


def order_statistics(x):
    """Sorted in place, forwards and backwards, and by size."""
    values = [v * v - v for v in x]
    values.sort()
    lowest = values[0] * 3.0 + values[1]
    values.sort(reverse=True)
    by_size = list(x)
    by_size.sort(key=abs)
    return lowest * values[0] + by_size[0] * by_size[-1] ** 2


def area_below_points(x, y):
    """Points collected in any order, sorted by their first coordinate."""
    points = []
    for k in range(len(x)):
        points.append((x[k], y[k]))
    points.sort(key=lambda p: p[0])
    area = 0.0
    for (a, fa), (b, fb) in zip(points, points[1:], strict=False):
        area += 0.5 * (b - a) * (fa + fb)
    return area


def events_in_order(x, decay):
    events = [{"at": x[0], "size": x[1]}, {"at": x[2], "size": x[3] * x[0]}]
    events.sort(key=lambda e: e["at"])
    state = 1.0
    for event in events:
        state = state * np.exp(-decay * event["at"]) + event["size"]
    return state


def items_in_order(weights, x):
    """The items of a dict by their keys and by their values."""
    total = 0.0
    for n, (_, w) in enumerate(sorted(weights.items(), key=operator.itemgetter(0))):
        total = total * x[n] + w
    by_value = sorted(weights.items(), key=lambda item: -item[1])
    return total * by_value[0][1] + sum(v for _, v in sorted(weights.items()))


def made_of_pairs(x, y):
    given = dict([("a", x), ("b", x * y)], c=x**2)
    more = dict(given, b=y, d=3.0)
    return given["a"] * given["b"] + given["c"] * more["b"] * more["a"] + more["d"] * x


def nearest_and_greatest(x, target):
    """The extremes, by a key, of what a generator and a comprehension give."""
    nearest = min((v * v for v in x), key=lambda v: abs(v - target))
    place = max((n for n in range(len(x)) if n != 1), key=lambda n: x[n])
    return nearest * x[place] + max([v for v in x if v > 0.0], key=lambda v: -v)


def greatest_tuple(x, w):
    first, other = (x[0], w[0]), (x[1], w[1])
    pairs = [(a * b, a) for a, b in zip(x, w)]
    m, n, p, q = max(first, other), min(first, other), max(pairs), min(pairs)
    return m[0] * m[1] + n[0] * n[1] ** 2 + p[0] * q[1]


def best_so_far(x):
    best = (9.0, -1)
    for i in range(len(x)):
        found = (x[i] ** 2, i)
        best = min(best, found)
    return best[0] * x[best[1]]


def nearest_pair(points):
    """The least of tuples that have no names: of a generator, and beside the best one so far."""
    gaps = ((points[i] - points[j]) ** 2 for i in range(len(points)) for j in range(i))
    d, i, j = min((np.sum((points[i] - points[j]) ** 2), i, j) for i in range(len(points)) for j in range(i))
    best = (0.0, -1)
    for n, p in enumerate(points):
        best = max(best, (p * p, n))
    return d * points[i] + best[0] * points[best[1]] ** 3 + sum(gaps) * points[j]


def extreme_of_many_tuples(x, w):
    pairs = [(a, b) for a, b in zip(x, w)]
    named = {"a": (x[0] * x[1], w[0]), "b": (x[2], w[1])}
    low, high = min(*pairs), max((x[0], w[0]), (x[1], w[1]), (x[2], w[2]))
    numbered = max(zip(x * x, range(9), "abcd"))
    return low[0] * high[1] + max(zip(x * w, w))[0] + max(named.values())[0] + min(named.items())[1][1] * numbered[0]


def tuples_in_comprehensions(x):
    first = [max((v, 1.0), (v * v, 2.0))[0] for v in x]
    return sum(first) * sum(sum(min((w * v, n) for n, v in enumerate([w, 1.5]))[0] for w in row) for row in (x, x[1:]))


def extreme_or_default(x):
    """With a default, which is worked out whether it is taken or not."""
    positive, asked = [v for v in x if v > 0.0], []

    def bound():
        asked.append(x[1] * x[1])
        return asked[-1]

    total = max(positive, default=bound()) * max([v for v in x if v > 9.0], default=bound()) * len(asked)
    least = min(((v * v, n) for n, v in enumerate(x)), default=(0.0, 0), key=lambda p: -p[0])
    none = max([v for v in x if v > 9.0], default=None)
    for n in range(max([1, 2], default=0)):
        total = total * x[n] + least[0]
    while max(positive, default=-1.0) > 0.5 and total < 9.0:
        total += min(positive, default=0.0) * positive.pop()
    return total if none is None else none


CASES = [
    case(nearest_and_greatest, X, 0.5),
    case(order_statistics, X),
    case(area_below_points, X, X[::-1] ** 2),
    case(events_in_order, X, 0.8),
    case(items_in_order, WEIGHTS, X, file=False),
    case(made_of_pairs, 1.3, 0.4),
    case(greatest_tuple, X, X[::-1] ** 2),
    case(best_so_far, X),
    case(nearest_pair, X),
    case(extreme_of_many_tuples, X, X[::-1] ** 2),
    case(tuples_in_comprehensions, X),
    case(extreme_or_default, X),
]
