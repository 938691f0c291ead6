"""What NumPy calls for each item is called as often, in the same order and with the same arguments, in emitted code."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import srcgrad


def noted(v: Any) -> Any:
    print(type(v).__name__, np.shape(v), v)
    return v * v


def for_each(x: Any) -> Any:
    return np.sum(np.vectorize(noted)(x))


def for_each_of_a_type(x: Any) -> Any:
    return np.sum(np.vectorize(noted, otypes=[float])(x))


def for_each_row(x: Any) -> Any:
    return np.sum(np.apply_along_axis(noted, 1, x))


@pytest.mark.parametrize("f", [for_each, for_each_of_a_type, for_each_row])
def test_calls_are_those_of_numpy(f: Any, capsys: Any) -> None:
    x = np.array([[1.0, 2.0], [3.0, 5.0]])
    f(x)
    expected = capsys.readouterr().out
    assert expected.count("\n") >= 2
    for derivative in (srcgrad.grad(f), lambda x: srcgrad.jvp(f, (x,), (np.ones_like(x),))):
        derivative(x)
        assert capsys.readouterr().out == expected


@pytest.mark.parametrize("f", [for_each, for_each_row])
def test_no_items_are_an_error_as_they_are_in_numpy(f: Any) -> None:
    for run in (f, srcgrad.grad(f)):
        with pytest.raises(ValueError, match=r"`size|size 0|dimensions are 0"):
            run(np.ones((0, 2)))


def test_float32_stays() -> None:
    x = np.array([0.5, 1.5], dtype=np.float32)
    value, pullback = srcgrad.vjp(lambda x: np.vectorize(lambda v: v * v + 1.0)(x), x)
    assert value.dtype == np.float32
    (d_x,) = pullback(np.ones(2, dtype=np.float32))
    assert d_x.dtype == np.float32
    np.testing.assert_allclose(d_x, 2.0 * x)
