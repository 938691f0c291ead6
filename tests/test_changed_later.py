"""Globals, functions, attributes and defaults that change after a derivative was emitted."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pytest

import srcgrad

N, AXIS, FLAG, SHAPE, TABLE = 2, 0, True, (2, 3), {"k": 2}
act = np.tanh


class Held:
    w = 2


held = Held()


def helper(x):
    return x * x


def other(x):
    return x * x * x


def deeper(x):
    return helper(x) + x


def power(x):
    return x**N


def axis(x):
    return np.sum(np.cumsum(x, axis=AXIS) * x)


def flag(x):
    return x * x if FLAG else x


def shape(x):
    return np.sum(np.reshape(x, SHAPE)[1] ** 2)


def table(x):
    return x ** TABLE["k"]


def activation(x):
    return act(x)


def called(x):
    return 2.0 * helper(x)


def called_deeper(x):
    return 2.0 * deeper(x)


def passed(x):
    return functools.reduce(lambda a, b: a * b, map(helper, [x, x]))


def attribute(x):
    return x**held.w


def default(x, h=helper):
    return h(x)


FUNCTIONS = [power, axis, flag, shape, table, activation, called, called_deeper, passed, attribute, default]
ARRAYS = {"axis": np.array([[1.0, 2.0], [3.0, 5.0]]), "shape": np.arange(1.0, 7.0)}


def check(f: Any, g: Any) -> None:
    x = ARRAYS.get(f.__name__, 1.3)
    value, slope = g(x)
    assert value == f(x)
    assert np.isclose(np.sum(slope), (f(x + 1e-6) - f(x - 1e-6)) / 2e-6, rtol=1e-6)


@pytest.mark.parametrize("f", FUNCTIONS, ids=lambda f: f.__name__)
def test_the_derivative_follows(f: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    g = srcgrad.value_and_grad(f)
    check(f, g)
    before = g(ARRAYS.get(f.__name__, 1.3))
    new = {"N": 3, "AXIS": 1, "FLAG": False, "SHAPE": (3, 2), "act": np.sin, "helper": other}
    for name, value in new.items():
        monkeypatch.setitem(globals(), name, value)
    monkeypatch.setitem(TABLE, "k", 3)
    monkeypatch.setattr(held, "w", 4, raising=False)
    monkeypatch.setattr(default, "__defaults__", (other,))
    check(f, g)
    assert not np.array_equal(before[1], g(ARRAYS.get(f.__name__, 1.3))[1])


def test_a_function_reloaded_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """What IPython's autoreload does."""
    g, caller = srcgrad.value_and_grad(helper), srcgrad.value_and_grad(called)
    assert (g(2.0), caller(2.0)) == ((4.0, 4.0), (8.0, 8.0))
    code = helper.__code__
    try:
        helper.__code__ = other.__code__
        assert (g(2.0), caller(2.0)) == ((8.0, 12.0), (16.0, 24.0))
    finally:
        helper.__code__ = code
    assert (g(2.0), caller(2.0)) == ((4.0, 4.0), (8.0, 8.0))


def test_a_closure_variable() -> None:
    def outer() -> Any:
        h = helper

        def inner(x):
            return h(x)

        def change() -> None:
            nonlocal h
            h = other

        return inner, change

    inner, change = outer()
    g = srcgrad.grad(inner)
    assert g(2.0) == 4.0
    change()
    assert g(2.0) == 12.0
