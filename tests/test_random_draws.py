"""Random numbers drawn inside a differentiated function: once, where they stand, from whatever generator."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

import srcgrad

RNG = np.random.default_rng(5)


def of_the_module(x: float) -> Any:
    noise = RNG.normal(size=3)
    return np.sum(x * noise)


def of_the_caller(x: float, rng: np.random.Generator) -> Any:
    return x * np.sum(rng.uniform(0.0, 1.0, 4)) + rng.normal()


def of_python(x: float, rng: random.Random) -> float:
    return x * rng.random()


def test_a_generator_draws_once_per_call() -> None:
    global RNG
    before = RNG
    RNG = np.random.default_rng(7)
    value, slope = srcgrad.value_and_grad(of_the_module)(2.0)
    RNG, expected = before, np.sum(np.random.default_rng(7).normal(size=3))
    np.testing.assert_allclose((value, slope), (2.0 * expected, expected), rtol=1e-14)


def test_a_generator_is_an_argument() -> None:
    value, slope = srcgrad.value_and_grad(of_the_caller)(2.0, np.random.default_rng(3))
    rng = np.random.default_rng(3)
    expected = np.sum(rng.uniform(0.0, 1.0, 4))
    np.testing.assert_allclose((value, slope), (2.0 * expected + rng.normal(), expected), rtol=1e-14)
    value, slope = srcgrad.value_and_grad(of_python)(2.0, random.Random(1))
    assert slope == random.Random(1).random() and value == 2.0 * slope


def of_signs(w: Any) -> Any:
    """Hutchinson's estimate of a trace."""
    rng, total = np.random.default_rng(0), 0.0
    for _ in range(3):
        z = rng.choice([-1.0, 1.0], size=3)
        total += z @ srcgrad.hvp(lambda v: np.sum(np.cosh(v) * v))(w, z)
    return total


def of_chosen_items(w: Any) -> Any:
    rng = np.random.default_rng(0)
    part = w[rng.integers(0, 3, size=2)]
    part *= 2.0
    return np.sum(part * w[rng.permutation(3)[:2]]) + np.sum(w[rng.choice(3, 2, replace=False)] ** 2)


def of_vectors(w: Any) -> Any:
    rng = np.random.default_rng(0)
    one = rng.multivariate_normal(np.zeros(3), np.eye(3))
    return w @ one + np.sum((rng.multivariate_normal(one, np.eye(3), 4) @ w) ** 2)


def test_what_draws_give_is_known() -> None:
    for f in (of_signs, of_chosen_items, of_vectors):
        srcgrad.check_grads(f, (np.array([0.3, 0.4, 0.5]),), order=1)
