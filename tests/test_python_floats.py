"""Floats of Python raise where those of NumPy give inf: a derivative raises only where the value does."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

import srcgrad

CASES: list[tuple[Callable[[float], float], float]] = [
    (lambda x: x**-1, 1e-200),
    (lambda x: x**-1, 1e200),
    (lambda x: x**-1.5, 1e-200),
    (lambda x: x**-0.5, 1e-310),
    (lambda x: math.pow(x, -1.5), 1e-200),
    (lambda x: x**0.5, 0.0),
    (lambda x: math.sqrt(x) * 0.0, 0.0),
    (lambda x: (x * x) ** 0.5, 0.0),
    (lambda x: float(np.arctan(x)), 1e200),
    (lambda x: float(np.arcsinh(x)), 1e200),
    (lambda x: float(np.sinc(x)), 1e200),
    (lambda x: float(np.remainder(5.0, x)), 0.0),
    (lambda x: float(np.log(x) if x > 0.0 else x), 0.0),
    (lambda x: math.sqrt(x) if x > 1.0 else 3.0 * x, 0.0),
]


@pytest.mark.parametrize(("f", "x"), CASES)
def test_derivatives_are_those_of_numpys_floats(f: Callable[[float], float], x: float) -> None:
    with np.errstate(all="ignore"):
        f(x)
        plain, scalar = srcgrad.grad(f)(x), srcgrad.grad(f)(np.float64(x))
        np.testing.assert_allclose(plain, scalar)
        np.testing.assert_allclose(srcgrad.jvp(f, (x,), (1.0,))[1], srcgrad.jvp(f, (np.float64(x),), (1.0,))[1])


@pytest.mark.parametrize("f", [lambda x: math.sqrt(x), lambda x: x**0.5, lambda x: float(np.hypot(x, 0.0))])
def test_a_zero_wins_over_an_infinite_partial(f: Callable[[float], float]) -> None:
    assert srcgrad.vjp(f, 0.0)[1](0.0) == (0.0,)
    assert srcgrad.jvp(f, (0.0,), (0.0,))[1] == 0.0
