"""Programs with operations whose rules hold for real numbers only."""

from __future__ import annotations

import math

import numpy as np

scale = 0.5 * np.ones(2)
turn = np.exp(0.5j * math.pi * np.ones(2))


def relu(*layers):
    return sum(np.sum(np.maximum(x, 0.0)) for x in layers)


def scaled(x):
    return np.sum(np.maximum(scale * x, 0.1))


def turned(x):
    return np.real(np.sum(np.maximum(turn * x, 0.1)))


def rotated(x):
    return np.real(np.sum(np.maximum(scale * x * 1j, 0.1)))


def of_conversion(x):
    return np.real(np.sum(np.sign((scale * x).astype(complex) + x) * 2.0 * x))


def largest(z):
    return np.abs(np.sum(np.maximum(z, 0.0)))


def smallest(z):
    return np.abs(np.sum(np.minimum(0.0, z)))


def largest_number(z):
    return np.abs(np.sum(np.fmax(z, 0.0)))


def smallest_number(z):
    return np.abs(np.sum(np.fmin(z, 0.0)))


def direction(z):
    return np.abs(np.sum(np.sign(z) * z))


def middle(z):
    return np.abs(np.median(z))


def of_moduli(z):
    return np.sum(np.maximum(np.abs(z), 0.5)) + np.sum(np.sign(np.real(z)) * np.imag(z))


def of_pairs(pair):
    return np.sum(np.maximum(pair[0], pair[1]))


def selected(z):
    """Picks elements, which is right for complex ones too."""
    return np.abs(np.max(z)) + np.sum(np.abs(np.sort(z) * np.arange(3.0)) ** 2) + np.abs(np.clip(z, 0.3, 5.0)[0])
