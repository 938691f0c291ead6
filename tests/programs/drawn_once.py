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


def shuffled_in_every_round(x, rounds):
    """Stochastic gradient descent: the order changes in place."""
    rng = np.random.default_rng(3)
    order = np.arange(3)
    w = x[0] * 1.0
    for _ in range(rounds):
        rng.shuffle(order)
        for i in order:
            w = w - 0.1 * (w * x[i] - 1.0) * x[i]
    return w


def shuffled_by_numpy(x):
    np.random.seed(4)
    order = np.arange(3)
    np.random.shuffle(order)
    y = x[order] * x
    np.random.shuffle(order)
    return y * x[order]


def shuffled_row(x):
    k = np.arange(6).reshape(2, 3)
    np.random.default_rng(5).shuffle(k[1])
    return x[k[1] - 3] * x


def shuffled_values(x):
    y = x * x
    np.random.default_rng(1).shuffle(y)
    y[1:] *= x[1:]
    np.random.seed(2)
    np.random.shuffle(y)
    return y * x


X = np.array([0.8, 1.1, 0.6])
CASES = [
    case(in_an_expression, X), case(in_a_loop, X, 3), case(in_a_condition, X, 5), case(by_a_helper, X),
    case(of_numpy, X), case(shuffled_order, X), case(shuffled_in_every_round, X, 3), case(shuffled_by_numpy, X),
    case(shuffled_row, X), case(shuffled_values, X),
]  # fmt: skip
