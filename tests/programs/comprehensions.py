"""Comprehensions and generator expressions over values."""

import itertools
import math
import operator
from functools import reduce

import numpy as np
from case import case


def list_of_terms(x, n):
    terms = [x**k / math.factorial(k) for k in range(n)]
    return terms[-1] * terms[1] + sum(terms)


def generator_in_sum(u, w):
    """Generators in sum, with a start and over several sequences."""
    a = sum(value * value for value in u)
    b = sum((p * q for p, q in zip(u, w, strict=True)), a)
    return b * sum(i * value for i, value in enumerate(w))


def generator_in_max(u, x):
    """The largest and the smallest of computed values."""
    top = max(np.sin(value * x) for value in u)
    low = min([value + x * i for i, value in enumerate(u)])
    return top * low + max(abs(value) for value in u if value < 1.0)


def built_array(x, n):
    grid = np.array([np.cos(k * x) for k in range(n)])
    table = np.array([[i * x + j * x * x for j in range(3)] for i in range(2)])
    return np.sum(grid[:3] * table) + grid[-1]


def dictionary(x, y):
    powers = {k: x**k * y for k in range(1, 4)}
    renamed = {f"p{k}": value * k for k, value in powers.items() if k != 2}
    return powers[2] * renamed["p3"] + sum(renamed.values())


def nested_loops(u, v):
    """Two loops and a condition in one comprehension; the inner one depends on the outer."""
    products = [a * b + i for i, a in enumerate(u) for b in v[: i + 1] if a > b]
    return sum(products) * len(products)


def filtered(u, level):
    """Conditions on values, on the index, and a conditional expression as the element."""
    above = [value for value in u if value > level]
    signed = [value if i % 2 else -value * level for i, value in enumerate(u) if i != 1 if value]
    return sum(above) * sum(signed) + len(above)


def scope_of_its_own(x):
    """The loop variable of a comprehension does not touch the name outside."""
    k = x * x
    doubled = [k * c for c in (1.0, 2.0)]
    squares = [k * k for k in (x, x + 1.0)]
    nested = [[k + j * x for j in range(k)] for k in range(3)]
    return k * doubled[1] + squares[0] * squares[1] + nested[2][1]


def comprehension_in_loop(x, n):
    """Each round makes a new list from the one before."""
    values = [x, x * x, 0.5]
    for i in range(n):
        values = [a * b + i for a, b in zip(values, values[1:] + values[:1], strict=True)]
        values = [np.tanh(v) for v in values]
    return values[0] + values[1] * values[2]


def walrus_inside(u):
    """A walrus in a comprehension sets the name outside."""
    last = 0.0
    kept = [last * 0.5 for value in u if (last := value * value) > 0.3]
    return sum(kept) * last


def rows_of_matrix(a, x):
    norms = [math.sqrt(row @ row) for row in a]
    scaled = np.array([row / norm for row, norm in zip(a, norms, strict=True)]) * x
    weights = tuple(n * x for n in norms)
    return np.sum(scaled[:, 0]) + weights[0] * weights[-1]


def names_of_the_function(a, x):
    """The comprehensions have a `row` and a `norm` of their own."""
    row = norm = x
    norms = [math.sqrt(row @ row) for row in a]
    scaled = np.array([row / norm for row, norm in zip(a, norms, strict=True)])
    return np.sum(scaled[:, 0]) * row + norm


def truth_of_generators(u, x):
    """any, all and len: constants that steer."""
    if any(value > 1.0 for value in u) and not all(value > 1.0 for value in u):
        x = x * u[0]
    count = len([value for value in u if value > 0.5])
    longest = max(value * x for value in u)
    return longest * count


def stacked(u, k):
    """A list of arrays, made and joined."""
    shifted = [np.roll(u, i) * k**i for i in range(3)]
    return np.sum(np.stack(shifted) ** 2) + np.prod(np.concatenate([s[:1] for s in shifted]))


U = np.array([0.7, -0.4, 1.2, 0.9])
A = np.random.default_rng(2).normal(size=(3, 4))

def reduced_in_a_comprehension(x):
    """Calls that become loops, inside of comprehensions and generators."""
    rows = [[v, v * v, 1.5] for v in x]
    products = sum(reduce(operator.mul, row) for row in rows)
    sums = {n: reduce(lambda a, b: a * b + 1.0, row, 0.5) for n, row in enumerate(rows)}
    partial = [max(itertools.accumulate(row, operator.mul)) for row in rows]
    first = sum(next(w * w for w in (v, v + 1.0) if w > 0.5) for v in x)
    return products + sums[0] * sums[1] + sum(partial) + first


def reduced_by_groups(x):
    groups = {}
    for n, v in enumerate(x):
        groups.setdefault(n % 2, []).append(np.sin(v))
    return sum(len(g) * reduce(operator.mul, g) for _, g in sorted(groups.items()))


def functions_made_in_a_comprehension(x):
    """They take the variable of the comprehension along."""
    squares = sum((lambda: v * v)() for v in x)
    products = [(lambda w: w * u)(2.0) + (lambda f: f(u))(np.sin) for u in x if (lambda: u > 0.0)()]
    return squares * products[0] + sum(products)


CASES = [
    case(functions_made_in_a_comprehension, np.array([0.6, 1.3, 0.8])),
    case(reduced_in_a_comprehension, np.array([0.6, 1.3, 0.8])), case(reduced_by_groups, np.array([0.6, 1.3, 0.8])),
    case(list_of_terms, 0.8, 5),
    case(generator_in_sum, U, U[::-1] * 0.5 + 0.1),
    case(generator_in_max, U, 0.6),
    case(built_array, 0.7, 5),
    case(dictionary, 0.9, 1.3),
    case(nested_loops, U, np.array([0.2, 1.5, -0.5])),
    case(filtered, U, 0.5),
    case(scope_of_its_own, 0.7),
    case(comprehension_in_loop, 0.8, 3),
    case(walrus_inside, U),
    case(names_of_the_function, np.array([[1.0, 2.0, 0.5], [0.3, -1.0, 2.0]]), 0.7),
    case(rows_of_matrix, A, 1.4),
    case(truth_of_generators, U, 0.8),
    case(stacked, U, 0.6),
]
