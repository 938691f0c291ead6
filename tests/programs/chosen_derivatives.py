"""Derivatives taken inside the program of functions that are chosen while it runs."""

import numpy as np
from case import case
from srcgrad import grad, value_and_grad, value_and_gradients_function


def cubes(z):
    return np.sum(z**3)


def waves(z):
    return np.sum(np.sin(z) * z)


FUNCTIONS = [cubes, waves]
TABLE = {"cubes": cubes, "waves": waves}
SLOPES = {"first": grad(cubes), "second": grad(waves)}


def by_number(x, w):
    total = 0.0
    for k in range(2):
        value, slope = value_and_grad(FUNCTIONS[k])(x * w)
        total = total + value * np.sum(slope**2)
    return total


def in_turn(x, w):
    total = 0.0
    for f in FUNCTIONS:
        total = total + np.sum(grad(f)(x * w) ** 2) + value_and_gradients_function(f)(x)[0]
    return total + sum(np.sum(grad(f)(x)) for f in FUNCTIONS)


def of_what_is_carried(x, w):
    total = 0.0
    for f in (np.sin, np.tanh, lambda z: z**2):
        total = total + np.sum(grad(lambda z: np.sum(f(z) * w))(x))
    return total


def over_keys(x, w):
    total = 0.0
    for name in TABLE:
        total = total * 0.5 + TABLE[name](x)
        for other in SLOPES:
            total = total + np.sum(SLOPES[other](x * w) * w)
    return total


def as_it_turns_out(x, w):
    k = 0
    while k < 3:
        f = FUNCTIONS[int(x[0] > 0.6)] if k % 2 else FUNCTIONS[0]
        x = x - 0.1 * w * grad(f)(x)
        k += 1
    return np.sum(x**2)


X, W = np.array([0.7, 1.2]), np.array([0.4, 0.9])
CASES = [
    case(by_number, X, W, file=False),
    case(in_turn, X, W, file=False),
    case(of_what_is_carried, X, W, file=False),
    case(over_keys, X, W, file=False),
    case(as_it_turns_out, X, W, file=False),
]
