"""Globals, functions, attributes and defaults that change after a derivative was emitted."""

from __future__ import annotations

import functools
import sys
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


class Model:
    def __init__(self, act: Any) -> None:
        self.act = act

    def loss(self, x):
        return self.act(x) * self.power(x)

    def power(self, x):
        return x**2


class Inherited(Model):
    def __init__(self, x: Any) -> None:
        self.x = x

    def loss(self):
        return self.x * self.power(self.x)


model = Model(np.tanh)


def of_a_method(x):
    return model.loss(x)


def of_a_record(x):
    return Inherited(x).loss()


def of_a_module(x):
    return beside.helper(x)


def of_a_class(x):
    return beside.Model.power(model, x)


beside = sys.modules[__name__]


@pytest.mark.parametrize(
    ("f", "owner", "name", "value"),
    [
        (of_a_method, model, "act", np.sin),
        (of_a_method, model, "act", lambda x: x * x),
        (of_a_method, model, "power", lambda x: x**3),
        (of_a_method, Model, "power", lambda self, x: x**3),
        (of_a_method, Model, "loss", lambda self, x: x**3),
        (of_a_record, Model, "power", lambda self, x: x**3),
        (of_a_record, Inherited, "power", lambda self, x: x**3),
        (of_a_module, beside, "helper", other),
        (of_a_class, Model, "power", lambda self, x: x**3),
    ],
)  # fmt: skip
def test_functions_in_other_places(f: Any, owner: Any, name: str, value: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    g = srcgrad.value_and_grad(f)
    check(f, g)
    before = g(1.3)
    monkeypatch.setattr(owner, name, value, raising=False)
    check(f, g)
    assert before[1] != g(1.3)[1]
    monkeypatch.undo()
    assert g(1.3) == before


def with_default(x, k=2.0):
    return k * x * x


def with_keyword(x, *, k=2.0):
    return k * x * x


def with_either(x):
    return with_default(x) * with_keyword(x)


def test_defaults_that_are_not_those_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    derivatives = [srcgrad.value_and_grad(f) for f in (with_default, with_keyword, with_either)]
    assert [g(1.0) for g in derivatives] == [(2.0, 4.0), (2.0, 4.0), (4.0, 16.0)]
    monkeypatch.setattr(with_default, "__defaults__", (3.0,))
    monkeypatch.setattr(with_keyword, "__kwdefaults__", {"k": 5.0})
    assert [g(1.0) for g in derivatives] == [(3.0, 6.0), (5.0, 10.0), (15.0, 60.0)]
    with_keyword.__kwdefaults__["k"] = 7.0
    assert [g(1.0) for g in derivatives] == [(3.0, 6.0), (7.0, 14.0), (21.0, 84.0)]
    assert srcgrad.grad(with_either)(1.0) == 84.0
    monkeypatch.setattr(with_default, "__defaults__", (np.array([1.0, 2.0]),))
    assert np.array_equal(srcgrad.vjp(with_either, 1.0)[0], [7.0, 14.0])
    monkeypatch.setattr(with_default, "__defaults__", None)
    with pytest.raises(srcgrad.SrcgradError, match="without `k`"):
        derivatives[2](1.0)
