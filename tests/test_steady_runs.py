"""Derivatives that take several runs of a function: refused where each run draws numbers of its own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad import columns, hessian, jacobian, vjp

X = np.array([1.0, 2.0, 3.0])


def scaled(x: Any) -> Any:
    return x * np.random.normal(size=1)[0]


def noisy(x: Any) -> Any:
    total = 0.0
    for v in x:
        total += v**2 * np.random.normal()
    return total


def from_a_generator(x: Any, rng: Any) -> Any:
    return np.sum(x * rng.random(3))


def test_one_run_is_enough() -> None:
    for mode in ("forward", "reverse"):
        found = jacobian(scaled, mode=mode)(X)
        np.testing.assert_array_equal(found, np.eye(3) * found[0, 0])
    value, pull = vjp(noisy, X)
    np.testing.assert_allclose(pull(1.0)[0] @ X, 2.0 * value)
    np.testing.assert_allclose(pull(1.0)[0] @ X, 2.0 * value)


def test_blocks_of_directions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "ROOM", 1)
    monkeypatch.setattr(columns, "FEWEST", 2)
    np.testing.assert_array_equal(jacobian(lambda x: x**2, mode="forward")(X), np.diag(2.0 * X))
    with pytest.raises(RuntimeError, match="`scaled` gives another value when it runs again"):
        jacobian(scaled, mode="forward")(X)


def test_compiled_code() -> None:
    pytest.importorskip("numba")
    with pytest.raises(RuntimeError, match="`noisy` gives another value when it runs again"):
        hessian(noisy, compile="numba")(X)
    _, pull = vjp(from_a_generator, X, np.random.default_rng(0), compile="numba")
    with pytest.raises(RuntimeError, match="`from_a_generator` gives another value") as refused:
        pull(1.0)
    assert isinstance(refused.value, srcgrad.SrcgradError) and "draws numbers" in refused.value.hint
    _, pull = vjp(lambda x: np.sum(np.sin(x)), X, compile="numba")
    np.testing.assert_allclose(pull(2.0)[0], 2.0 * np.cos(X))
