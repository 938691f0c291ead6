"""Functions that are written alike are written once."""

from __future__ import annotations

import re

import numpy as np

import srcgrad


class Recorded:
    def __init__(self, mass):
        self.mass = mass
        self.history = []

    def step(self, k):
        self.mass = self.mass * k
        self.history.append(self.mass)


def twice(x):
    """The list is empty for the first step, and has one item for the second."""
    cell = Recorded(x[0])
    cell.step(x[1])
    cell.step(x[1])
    return sum(cell.history)


def applied(f, v):
    return f(v) * v


def of_two_texts(x):
    return applied(np.sin, x[0]) + applied(np.exp, x[1])


def source_of(f):
    x = np.array([0.3, 0.7])
    gradient = srcgrad.grad(f)
    found = gradient(x)
    steps = [(f(x + 1e-6 * d) - f(x - 1e-6 * d)) / 2e-6 for d in np.eye(2)]
    np.testing.assert_allclose(found, steps, rtol=1e-7)
    return srcgrad.source(gradient)


def test_a_method_called_with_lists_of_two_lengths_is_written_once():
    assert re.findall(r"^def (\w+)", source_of(twice), re.MULTILINE) == [
        "Recorded_fwd", "Recorded_bwd", "step_fwd", "step_bwd", "twice_grad",
    ]  # fmt: skip


def test_functions_whose_derivatives_differ_stay_apart():
    found = re.findall(r"^def (\w+)", source_of(of_two_texts), re.MULTILINE)
    assert found == ["applied_sin_fwd", "applied_sin_bwd", "applied_fwd", "applied_bwd", "of_two_texts_grad"]
