"""Calls that give something else each time: made once, where the function makes them, in either mode."""

import random

import numpy as np
from case import case


def noise():
    return random.uniform(0.5, 1.5)


def in_an_expression(x):
    random.seed(3)
    return random.random() * x[0] * x[1] + random.gauss(0.0, 1.0) * np.sum(x * x)


def in_a_loop(x, steps):
    random.seed(5)
    total = 0.0
    for k in range(steps):
        total = total * random.random() + x[k] * total * random.random() + x[0]
    return total


def in_a_condition(x, steps):
    """A random walk with steps that depend on its state."""
    random.seed(7)
    position = x[0]
    for _ in range(steps):
        position = position * x[1] if random.random() < 0.5 else position + noise() * position * x[2]
    return position


def by_a_helper(x):
    random.seed(11)
    return noise() * x[0] * (noise() * x[1])


def of_numpy(x):
    np.random.seed(13)
    rng = np.random.default_rng(17)
    scaled = np.random.normal(size=3) * x * rng.uniform(0.5, 1.5)
    return np.sum(scaled * scaled) * np.random.rand() * x[0]


def shuffled_order(x):
    rng = np.random.default_rng(19)
    total = 1.0
    for k in rng.permutation(3):
        total = total * x[k] + rng.integers(1, 5) * x[0] * total
    return total


X = np.array([0.8, 1.1, 0.6])
CASES = [
    case(in_an_expression, X), case(in_a_loop, X, 3), case(in_a_condition, X, 5), case(by_a_helper, X),
    case(of_numpy, X), case(shuffled_order, X),
]  # fmt: skip
