"""Functions and constants that other programs of the corpus import."""

import math

import numpy as np

GRAVITY = 9.81
COEFFICIENTS = (0.5, -1.25, 2.0)


def logistic(x, scale=1.0):
    return 1.0 / (1.0 + np.exp(-x / scale))


def horner(x, *coefficients):
    total = 0.0
    for c in reversed(coefficients):
        total = total * x + c
    return total


def rotate(p, q, angle):
    """Two results, each of which reads all three arguments."""
    c, s = math.cos(angle), math.sin(angle)
    return c * p - s * q, s * p + c * q


def pressure(density, *, gamma=1.4, floor=0.0):
    return floor + density**gamma


def sizes(n):
    """Integers in, integers out."""
    return n // 2, n - n // 2


def damped(x, level):
    """Calls back into itself, and into a neighbour defined below."""
    if level == 0:
        return soften(x)
    return 0.5 * damped(x * 1.1, level - 1) + soften(x)


def soften(x):
    return x / np.sqrt(1.0 + x * x)


CUT = 2


def halves(a):
    """Two views, parted where a constant of this module says."""
    return a[:CUT], a[CUT:]
