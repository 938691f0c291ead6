"""Calls that give something else each time: made once, where the function makes them, in either mode."""

import random
from random import gauss
from random import random as chance

import numpy as np
from case import case
from numpy.random import normal, randn


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


def unpacked_beside_what_changes(x):
    """Draws that carry no derivative in places that get one."""
    rng = np.random.default_rng(23)
    w, b = rng.random((2, 3))
    both = [w, b, rng.random(3)]
    both[0] = both[0] + x
    return both[0] * both[1] * both[2] + rng.random()


def drawn_into_a_dict(x):
    random.seed(29)
    p = {"a": random.random(), "b": random.gauss(0.0, 1.0)}
    p["a"] *= x[0]
    q = (p["a"], random.random())
    return q[0] * q[1] * p["b"] * x


def added_to_in_place(x):
    """An array where a size is asked for, whatever the rank of what is added to it."""
    rng = np.random.default_rng(31)
    sizes = [3, 4]
    w = rng.normal(size=sizes[0])
    parts = [rng.random((sizes[0],)), x, rng.random()]
    sizes[1] = x
    parts[2] = x[0] * parts[2]
    w[1] += x[0]
    w *= x
    return w * parts[0] * parts[1] * parts[2]


class Layer:
    """Weights that start at random, and are trained in place."""

    def __init__(self, x, width):
        self.input = x
        self.weights = np.random.randn(self.input.shape[1], width)
        self.bias = np.random.normal(0.0, 0.1, width)

    def forward(self):
        self.output = np.tanh(np.dot(self.input, self.weights) + self.bias)
        return self.output

    def train(self, y, steps):
        for _ in range(steps):
            error = (y - self.forward()) * (1.0 - self.output**2)
            self.weights += 0.1 * np.dot(self.input.T, error)
            self.bias += 0.1 * np.sum(error, axis=0)


def trained_from_random_weights(x, y):
    np.random.seed(37)
    layer = Layer(x, 2)
    layer.train(y, 3)
    return layer.forward()


def by_names_of_their_own(x, noise=0.1):
    """Functions of `random` and `numpy.random` that are imported by name, and one under another name."""
    random.seed(41)
    np.random.seed(41)
    draw = randn
    total = x[0] * chance() + normal(0.0, 1.0) * x[1]
    for k in range(3):
        total = total * x[k] + noise * gauss(0.0, 1.0) * total + draw() * x[2]
    return total + np.sum(x * randn(3))


X = np.array([0.8, 1.1, 0.6])
Y = np.array([[0.3, -0.2], [0.1, 0.7], [-0.4, 0.5]])
CASES = [
    case(in_an_expression, X), case(in_a_loop, X, 3), case(in_a_condition, X, 5), case(by_a_helper, X),
    case(of_numpy, X), case(shuffled_order, X), case(shuffled_in_every_round, X, 3), case(shuffled_by_numpy, X),
    case(shuffled_row, X), case(shuffled_values, X), case(unpacked_beside_what_changes, X),
    case(drawn_into_a_dict, X), case(added_to_in_place, X), case(by_names_of_their_own, X),
    case(trained_from_random_weights, np.outer(X, [0.5, -1.0]), Y),
]  # fmt: skip
