"""Cotangents and directions of rank 0 that are given to emitted files: read as numbers, and left as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from srcgrad.files import Request, emit_text

X = np.array([0.3, 0.7])


def added_twice(x):
    s = np.sum(x)
    t = s * s
    u = s + t
    return u + s


def in_a_loop(x):
    s = x[0]
    for v in x:
        s = s + np.sin(s) * v
    return s


def branching(x):
    s = np.sum(x)
    if s > 0.0:
        t = s * s
        return t + s
    return s


def handed_on(x):
    return added_twice(x * x)


def several(x):
    s = np.sum(x)
    t = s * x[0]
    u = s + t
    return u + s, t + u


def handed_on_together(x):
    return several(x * x)


def emitted(f: Any, mode: str) -> Any:
    scope: dict[str, Any] = {}
    exec(emit_text(Request(f"{Path(__file__)}:{f.__name__}", wrt=("x",), mode=mode)), scope)
    return scope[f.__name__ + ("_grad" if mode == "reverse" else "_jvp")]


@pytest.mark.parametrize("f", [added_twice, in_a_loop, branching, handed_on, several, handed_on_together])
def test_a_cotangent_of_rank_zero(f: Any) -> None:
    gradient, count = emitted(f, "reverse"), len(np.ravel(f(X)))
    given = [np.array(2.0 + n) for n in range(count)]
    numbers = [float(g) for g in given]
    _, (found,) = gradient(X, d_out=given if count > 1 else given[0])
    _, (expected,) = gradient(X, d_out=numbers if count > 1 else numbers[0])
    np.testing.assert_array_equal(found, expected)
    assert [float(g) for g in given] == numbers


def powers(x):
    y = x
    for n in range(3):
        y = y * x + n * y
    return y + x


@pytest.mark.parametrize("x", [0.5, np.array(0.5)])
def test_a_direction_of_rank_zero(x: Any) -> None:
    given = np.array(2.0)
    assert emitted(powers, "forward")(x, t_x=given)[1] == emitted(powers, "forward")(x, t_x=2.0)[1]
    assert given == 2.0
