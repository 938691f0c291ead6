"""What is called for each item is called as often, in the same order and with the same arguments, in emitted code."""

from __future__ import annotations

import itertools
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


def for_each_with_the_first_kept(x: Any) -> Any:
    return np.sum(np.vectorize(noted, cache=True)(x))


def for_each_converted(x: Any) -> Any:
    return np.sum(np.frompyfunc(noted, 1, 1)(x).astype(float))


def for_each_vector(x: Any) -> Any:
    return np.sum(np.vectorize(noted, signature="(n)->(n)")(x)) + np.sum(np.vectorize(noted, signature="()->()")(x))


def for_each_row(x: Any) -> Any:
    return np.sum(np.apply_along_axis(noted, 1, x))


def left_when_large(x: Any) -> Any:
    total = 0.0
    for row in x:
        for y in map(noted, row):
            print("taken", y)
            total = total + y
            if y > 5.0:
                break
    return total


def only_large_ones(x: Any) -> Any:
    total = 0.0
    for y in (noted(v) for v in x[1] if noted(v) > 10.0):
        print("taken")
        total = total + y
    return total


def first_large_one(x: Any) -> Any:
    return next(v * w for row in x for v in row for w in row if noted(v) > 3.0)


def a_default_that_is_made(x: Any) -> Any:
    return next((v for v in x[0] if noted(v) > 100.0), noted(x[1, 1]))


def running(x: Any) -> Any:
    total = 0.0
    for s in itertools.accumulate(x[1], lambda a, b: noted(a) + b):
        print("taken")
        total = total + s
    return total + sum(itertools.accumulate(x[0], lambda a, b: noted(a * b), initial=2.0))


def by_key(x: Any) -> Any:
    return sum(sum(g) * k for k, g in itertools.groupby(np.ravel(x), key=noted))


def by_hand(x: Any) -> Any:
    items = iter(x[0])
    first = noted(next(items))
    return first * noted(next(items)) + noted(next(items, first))


NUMPY = [for_each, for_each_of_a_type, for_each_with_the_first_kept, for_each_converted, for_each_vector, for_each_row]
PYTHON = [left_when_large, only_large_ones, first_large_one, a_default_that_is_made, running, by_key, by_hand]


@pytest.mark.parametrize("f", NUMPY + PYTHON)
def test_calls_are_those_of_the_primal(f: Any, capsys: Any) -> None:
    x = np.array([[1.0, 2.0], [3.0, 5.0]])
    f(x)
    expected = capsys.readouterr().out
    assert expected.count("\n") >= 2
    for derivative in (srcgrad.grad(f), lambda x: srcgrad.jvp(f, (x,), (np.ones_like(x),))):
        assert derivative(x) is not None
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
