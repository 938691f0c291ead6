"""Functions at the points where a derivative jumps, is infinite or does not exist; see test_edges.py."""

from __future__ import annotations

import cmath
import math

import numpy as np


# ----- abs, sign at 0 -> 0 -----
def modulus(x):
    return np.sum(np.abs(x))


def modulus_of_python(x):
    return abs(x)


def signed(x):
    return np.sum(np.sign(x) * x)


# ----- ties are shared -----
def larger(x, y):
    return np.sum(np.maximum(x, y))


def smaller(x, y):
    return np.sum(np.minimum(x, y))


def larger_of_python(x, y):
    return max(x, y)


def smaller_of_python(x, y):
    return min(x, y)


def relu(x):
    return np.sum(np.maximum(x, 0.0))


def relu_of_python(x):
    return max(0.0, x)


def largest(x):
    return np.max(x)


def smallest(x):
    return np.min(x)


def same_twice(x):
    return np.sum(np.maximum(x, x)) + np.sum(np.minimum(x, x))


def same_twice_in_python(x):
    return max(x, x)


# ----- clip -> 1 on the closed interval -----
def clipped(x):
    return np.sum(np.clip(x, 0.0, 1.0))


# ----- x**0 and 0**0 -> 0 -----
def power_zero(x):
    return np.sum(x**0)


def power_zero_float(x):
    return np.sum(x**0.0)


def power_of_both(x, y):
    return np.sum(x**y)


def product(x):
    return np.prod(x)


def running_product(x):
    return np.sum(np.cumprod(x) * np.arange(1.0, 4.0))


# ----- norm, std at 0 -> 0 where the cotangent is 0 -----
def norm_discarded(x):
    return np.where(np.sum(x * x) > 0.0, np.linalg.norm(x), 0.0)


def norm_left_out(x):
    return np.linalg.norm(x) if np.any(x) else 0.0 * x[0]


def norm_times_zero(x):
    return np.linalg.norm(x) * 0.0 + np.linalg.norm(x, 3) * 0.0


def spread_discarded(x):
    """The standard deviation of each column, where it has one."""
    s = np.std(x, axis=0)
    return np.sum(np.where(s > 0.0, s, 1.0))


def standardised(x):
    s = np.std(x, axis=0)
    safe = np.where(s > 0.0, s, 1.0)
    return np.sum((x - np.mean(x, axis=0)) ** 3 / safe)


def rows_of_length(x):
    """Directions of the rows that have one."""
    length = np.linalg.norm(x, axis=1)
    unit = x / np.where(length > 0.0, length, 1.0)[:, None]
    return np.sum(unit[:, 0] * 2.0 + unit[:, 1])


# ----- means of nothing -----
def mean_left_out(x):
    m = np.mean(x[x > 1.0])
    return np.sum(x) if np.isnan(m) else m * x[0]


def means_left_out(x):
    """Each way to take one, of which nothing is left."""
    chosen = x[x > 5.0]
    rest = np.mean(chosen, axis=0) + np.average(chosen) + np.var(chosen) + np.mean(chosen, axis=(0,)) + chosen.mean()
    return x[0] ** 2 if np.isnan(rest) else rest


# ----- sqrt'(0) = inf; a zero cotangent times an infinite or nan partial is 0 -----
def root(x):
    return np.sum(np.sqrt(x))


def root_of_python(x):
    return math.sqrt(x)


def half_power(x):
    return np.sum(x**0.5)


def masked_root(x):
    return np.sum(np.where(x > 0.0, np.sqrt(x), 0.0))


def masked_root_of_python(x):
    return math.sqrt(x) if x > 0.0 else 0.0


def masked_half_power(x):
    return np.sum(np.where(x > 0.0, x**0.5, 0.0))


def masked_power(x):
    return np.sum(np.where(x > 0.0, np.abs(x) ** -1.5, 0.0))


def masked_log(x):
    return np.sum(np.where(x > 0.0, np.log(x), 0.0))


def masked_entropy(x):
    return -np.sum(np.where(x > 0.0, x * np.log(x), 0.0))


def masked_reciprocal(x):
    return np.sum(np.where(x != 0.0, 1.0 / x, 0.0)) if np.ndim(x) else x * 0.0


def masked_quotient(x):
    return np.sum(np.where(x != 0.0, np.divide(1.0, x), 0.0))


def masked_sinc(x):
    return np.sum(np.where(x == 0.0, 1.0, np.divide(np.sin(x), x)))


def masked_arccos(x):
    return np.sum(np.where(np.abs(x) < 1.0, np.arccos(x), 0.0))


def masked_arctanh(x):
    return np.sum(np.where(np.abs(x) < 1.0, np.arctanh(x), 0.0))


def masked_exp(x):
    return np.sum(np.where(x < 700.0, np.exp(x), 0.0))


def masked_angle(x):
    return np.sum(np.where(x != 0.0, np.arctan2(x, 2.0 * x), 0.0))


def masked_hypot(x):
    return np.sum(np.where(x != 0.0, np.hypot(x, 2.0 * x), 0.0))


def chosen_root(x):
    """By a mask of its own, and by np.select."""
    found = np.sqrt(x)
    return np.sum(np.select([x > 0.0], [found], 0.0)) + np.sum(found[x > 0.0])


def root_of_clipped(x):
    return np.sum(np.sqrt(np.clip(x, 0.0, 4.0))) + np.sum(np.sqrt(np.maximum(x, 0.0)))


def discarded_later(x):
    """Through a reduction and a name."""
    r = np.sqrt(x)
    kept = np.where(x > 0.0, r, 0.0)
    total = np.sum(kept)
    return total * total


def root_times_zero(x):
    return np.sum(np.sqrt(x)) * 0.0


def log_times_zero(x):
    return np.sum(np.log(x) * 0.0)


def branch_not_taken(x):
    total = 0.0 * x
    if x > 0.0:
        total = total + math.log(x) + math.sqrt(x)
    return total


def forces(x):
    """Distances of all pairs, with the diagonal masked out."""
    apart = x[:, None] - x[None, :]
    square = apart * apart
    np_inverse = np.where(square > 0.0, square**-1.5, 0.0)
    return np.sum(apart * np_inverse * np.arange(3.0)[:, None])


def potential(x):
    distance = np.sqrt(np.sum((x[:, None, :] - x[None, :, :]) ** 2, axis=-1))
    with_itself = np.eye(len(x), dtype=bool)
    return np.sum(np.where(with_itself, 0.0, 1.0 / np.where(with_itself, 1.0, distance)))


def phase_discarded(x):
    z = x * np.exp(1j * x)
    return np.sum(np.where(x != 0.0, np.angle(z) * np.abs(z), 0.0))


def phase_of_python(x):
    z = complex(x, x)
    return (cmath.phase(z) + cmath.polar(z)[0]) * 0.0


# ----- zero by mathematics -----
def rounded(x):
    return np.sum(np.round(x) + np.floor(x) + np.ceil(x) + np.trunc(x) + np.rint(x) + x)


def counted(x):
    return np.sum(x * (x > 0.0)) + np.argmax(np.ravel(x)) + np.size(x)
