"""Objects that the module has, and the program takes as they are: their operators, and their items."""

from collections import Counter, OrderedDict, deque

import numpy as np
from case import case


class Quadratic:
    """Its operators are no products and sums."""

    def __init__(self, k):
        self.k = k

    def __mul__(self, x):
        return self.k * x * x

    def __rmul__(self, x):
        return x**3

    def __add__(self, x):
        return self.k * np.sin(x)

    def __matmul__(self, x):
        return x * x

    def __pow__(self, n):
        return self.k**n * n


class Weight(float):
    def __mul__(self, x):
        return float(self) * x * x


class Squares(np.ndarray):
    def __mul__(self, x):
        return np.asarray(self) * x * x


class Batches:
    """Gives other items to a loop than to brackets."""

    def __init__(self, items):
        self.items = items

    def __len__(self):
        return len(self.items)

    def __iter__(self):
        return iter(self.items)

    def __getitem__(self, n):
        return 100.0


quadratic, weight, squares = Quadratic(2.0), Weight(0.7), np.array([0.4, 1.2, -0.3]).view(Squares)
batches, members, counted = Batches([3.0, 4.0]), {0.5, 1.5}, Counter("aab")
ordered, keys, recent = OrderedDict(a=0.3, b=0.9), {"ab": 1.0, "c": 2.0}.keys(), deque([0.4, 0.6])


def operator_of_an_object(x):
    return (quadratic * x[0]) ** 2 + (quadratic + x[1]) * x[2]


def reflected_operator(x):
    return float(x[0]) * quadratic + x[1]


def other_operators(x):
    return np.sum(quadratic @ x) + quadratic ** x[0]


def object_that_is_given(x, q):
    return (q * x[0]) * x[1]


def operator_of_a_number(x):
    return weight * x[0] + weight * (x[1] + x[2])


def operator_of_an_array(x):
    return np.sum(squares * x)


def items_of_an_object(x):
    t = x[0]
    for v in batches:
        t = t * x[1] + v * x[2]
    return t


def numbered_items_of_an_object(x):
    t = x[0]
    for n, v in enumerate(batches):
        t = t * x[1] + v * n * x[2]
    return t


def items_of_several(x):
    t = x[0]
    for v, w in zip(batches, ordered.values()):
        t = t * x[1] + v * w * x[2]
    return t


def items_of_an_object_that_is_given(x, given):
    t = x[0]
    for v in given:
        t = t * x[1] + v
    return t


def members_of_a_set(x):
    t = x[0]
    for v in members:
        t = t * x[1] + v
    return t + sum([v * x[2] for v in batches])


def keys_of_dicts(x):
    t = x[0]
    for k in counted:
        t = t * x[1] + counted[k]
    for k in ordered:
        t = t * x[2] + ordered[k]
    for k in keys:
        t = t * x[1] + len(k)
    for v in recent:
        t = t * x[2] + v
    return t


def set_made_of_a_list(x):
    t = x[0]
    for v in set([0.5, 1.5]) | {2.5}:
        t = t * x[1] + v
    return t * x[2]


X = np.array([0.7, 1.3, -0.4])

CASES = [
    case(operator_of_an_object, X, file=False),
    case(reflected_operator, X, file=False),
    case(other_operators, X, file=False),
    case(object_that_is_given, X, Quadratic(0.6), wrt=0, file=False),
    case(operator_of_a_number, X, file=False),
    case(operator_of_an_array, X, file=False),
    case(items_of_an_object, X, file=False),
    case(numbered_items_of_an_object, X, file=False),
    case(items_of_several, X, file=False),
    case(items_of_an_object_that_is_given, X, Batches([0.3, 0.8]), wrt=0, file=False),
    case(members_of_a_set, X, file=False),
    case(keys_of_dicts, X, file=False),
    case(set_made_of_a_list, X),
]
