"""Items made from items: itertools, sorted and max with a key, itemgetter, fromfunction."""

from __future__ import annotations

import itertools
import operator
from itertools import chain, combinations

import numpy as np
from case import case

X = np.array([0.6, -1.1, 1.7])
Y = np.array([0.4, 0.9])


def pairs_of_items(x):
    total = 0.0
    for a, b in combinations(x, 2):
        total += a * b
    return total


def pair_energy(positions):
    energy = 0.0
    for i, j in itertools.combinations(range(len(positions)), 2):
        energy += 1.0 / np.sqrt(np.sum((positions[i] - positions[j]) ** 2))
    return energy


def triples(x):
    return sum(a * b * c for a, b, c in itertools.combinations_with_replacement(x, 3))


def determinant(m):
    total = 0.0
    for p in itertools.permutations(range(3), 3):
        sign = 1.0
        for a, b in itertools.combinations(p, 2):
            if a > b:
                sign = -sign
        total += sign * m[0, p[0]] * m[1, p[1]] * m[2, p[2]]
    return total


def on_a_grid(x, y):
    total = 0.0
    for (i, a), b in itertools.product(enumerate(x), y):
        total += np.sin(a * b) * (i + 1)
    return total


def grid_of_points(x, y):
    total = 0.0
    for a, b in itertools.product(x, y):
        if a < 0:
            continue
        total += np.exp(a * b)
    return total


def repeated_product(x):
    return sum(a * b**2 for a, b in itertools.product(x, repeat=2))


def chained(x, y):
    total = 1.0
    for v in chain(x, y):
        total = total * (v + 2.0)
    return total


def flattened(x, y):
    rows = [[x[0], y[0]], [x[1]], [y[1], x[2]]]
    return sum(w * v for w, v in enumerate(itertools.chain.from_iterable(rows)))


def path_length(x, y):
    total = 0.0
    for a, b in itertools.pairwise(x):
        total += np.sqrt(1.0 + (b - a) ** 2)
    return total * y[0]


def sliced(x, y):
    return sum(v * v for v in itertools.islice(x, 1, None)) + sum(itertools.islice(y, 1))


def running_sums(x):
    return [s * s for s in itertools.accumulate(x)]


def repeated(x, y):
    return sum(a * b for a, b in zip(x, itertools.repeat(y[0], 3)))


def starred(x, y):
    return sum(itertools.starmap(lambda a, b: a * b**2, zip(x, y)))


def compressed(x):
    return sum(v**3 for v in itertools.compress(x, [True, False, True]))


def sorted_values(x):
    a, b, c = sorted(x)
    return a + 2.0 * b + 3.0 * c * a


def sorted_by_key(x):
    values = list(x)
    return [v * n for n, v in enumerate(sorted(values, key=abs, reverse=True))]


def sorted_pairs(x):
    pairs = [(3, x[0]), (1, x[1]), (2, x[2])]
    return sum(n * v * v for n, (_, v) in enumerate(sorted(pairs, key=operator.itemgetter(0))))


def largest_by_key(x):
    best = max(x, key=lambda v: v * v)
    least = min(x, key=abs)
    return best * least + best


def getters(x):
    return operator.mul(x[0], operator.add(x[1], x[2])) + operator.itemgetter(1)(x) ** 2


def on_indices(x):
    return np.sum(np.fromfunction(lambda i, j: x[0] * i + np.sin(x[1] * j), (2, 3)) ** 2)


def keys_in_order(x):
    """The keys 0, 1, 2 are not in this order."""
    d = {2: x[0], 0: x[1] * x[2], 1: x[2]}
    total = 1.0
    for k in sorted(d):
        total = total * 2.0 + d[k] * k
    for k in sorted(d, key=lambda k: d[k]):
        total = total * 2.0 + d[k]
    for a, b in itertools.combinations(d, 2):
        total = total * d[a] + d[b]
    for a, b in itertools.pairwise(d):
        total = total * d[a] + d[b]
    return total + d[max(d, key=lambda k: -k)]


def constant_table(x):
    table = {"b": 2, "a": 1}
    total = 0.0
    for k in sorted(table):
        total = total * 2.0 + x[table[k]]
    return total * len(min(table, key=len))


def key_with_names_like_ours(x):
    items, n = [3.0, 1.0, 2.0], 2.0
    return [x[k] * n for k in sorted([0, 1, 2], key=lambda i: items[i] * n)]


def made_of_unnamed_items(x, y):
    total = sum(a * b for a, b in itertools.pairwise([x[0] * x[1], *y, 2.0]))
    total += sum(a * b**2 for a, b in itertools.permutations([x[0], x[1] ** 2, 2.0], 2))
    total += sum(a * b for a, b in itertools.combinations((v * v for v in x), 2))
    total += sum(a * b for a, b in itertools.product([x[0], x[1] * x[2]], y[::-1] * 2.0))
    total += sum(a * b**2 for a, b in itertools.pairwise(sorted(x)))
    return total * sum(a * b for a, b in itertools.combinations_with_replacement(list(y), 2))


CASES = [
    case(key_with_names_like_ours, X),
    case(keys_in_order, X),
    case(constant_table, X),
    case(pairs_of_items, X),
    case(pair_energy, np.array([[0.0, 0.1], [1.0, 0.3], [0.4, 1.2]]), tol=1e-6),
    case(triples, X),
    case(determinant, np.array([[2.0, 0.3, 0.1], [0.2, 1.5, 0.4], [0.7, 0.1, 1.1]])),
    case(on_a_grid, X, Y),
    case(grid_of_points, X, Y),
    case(repeated_product, X),
    case(chained, X, Y),
    case(flattened, X, Y),
    case(path_length, X, Y),
    case(sliced, X, Y),
    case(running_sums, X),
    case(made_of_unnamed_items, X, Y),
    case(repeated, X, Y),
    case(starred, X, Y),
    case(compressed, X),
    case(sorted_values, X),
    case(sorted_by_key, X),
    case(sorted_pairs, X),
    case(largest_by_key, X),
    case(getters, X),
    case(on_indices, X),
]
