"""Operations without a derivative refuse what makes them do more than give their result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import srcgrad

X = np.array([0.4, 1.7])


def rounded_into(x):
    y = np.zeros(2)
    z = np.floor(x, y)
    return np.sum(z * x) + y[0]


def rounded_into_by_keyword(x):
    y = np.zeros(2)
    z = np.round(x, out=y)
    return np.sum(z * x)


def rounded_by_position(x):
    y = np.zeros(2)
    z = np.round(x, 0, y)
    return np.sum(z * x) + y[0]


def compared_in_part(x):
    chosen = np.greater(x, 1.0, where=np.array([True, False]))
    return np.sum(chosen * x)


def largest_into(x):
    place = np.zeros(2, int)
    found = np.argmax(np.reshape(x, (1, 2)), 0, place)
    return x[found[0]] * place[0]


def constant_in_part(x):
    half = np.exp(np.zeros(2), where=np.array([True, False]))
    return np.sum(half * x)


def nothing_unusual(x):
    rounded = np.round(x, 0, None) + np.floor(x, None) + np.floor(x, out=None, where=True)
    return np.sum(rounded * x) + np.sum(np.any(x > 1.0, where=x > 0.0) * x)


UNSET = "keyword `where` leaves elements of the result unset"


@pytest.mark.parametrize(("f", "op", "reason"), [
    (compared_in_part, "numpy.greater", UNSET), (constant_in_part, "numpy.exp", UNSET),
])  # fmt: skip
def test_it_is_refused(f: Callable[..., Any], op: str, reason: str) -> None:
    with pytest.raises(srcgrad.SrcgradError) as caught:
        srcgrad.grad(f)(X)
    assert str(caught.value).partition("SG302 ")[2].splitlines()[0] == f"`{op}`: {reason}"
    assert caught.value.lineno is not None


def test_defaults_are_not() -> None:
    np.testing.assert_array_equal(srcgrad.grad(nothing_unusual)(X), np.round(X) + 2.0 * np.floor(X) + 1.0)


@pytest.mark.parametrize(("f", "expected"), [
    (rounded_into, np.floor(X)), (rounded_into_by_keyword, np.round(X)), (rounded_by_position, np.round(X)),
    (largest_into, np.zeros(2)),
])  # fmt: skip
def test_results_written_into_an_array_are_understood(f: Callable[..., Any], expected: Any) -> None:
    np.testing.assert_array_equal(srcgrad.grad(f)(X), expected)
