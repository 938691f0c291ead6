"""Conversions: what becomes whole numbers carries no derivative, also where only the running program knows."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import conversions
import numpy as np
import pytest

import srcgrad
from srcgrad.files import Request, emit_text

X = np.array([1.5, 2.5])
WHOLE, SINGLE = np.arange(2), np.ones(2, np.float32)
FILE = Path(conversions.__file__)
NAMES = [n for n, f in vars(conversions).items() if inspect.isfunction(f) and f.__module__ == conversions.__name__]


def differences(f: Any, like: Any) -> Any:
    return np.array([(f(X + h, like) - f(X - h, like)) / 2e-3 for h in 1e-3 * np.eye(2)])


@pytest.mark.parametrize("like", [WHOLE, SINGLE, X], ids=["whole", "single", "double"])
@pytest.mark.parametrize("name", NAMES)
def test_conversion_to_a_dtype_found_at_run_time(name: str, like: Any) -> None:
    f = getattr(conversions, name)
    expected = differences(f, like)
    np.testing.assert_allclose(srcgrad.grad(f)(X, like), expected, rtol=1e-3)
    for n, direction in enumerate(np.eye(2)):
        np.testing.assert_allclose(srcgrad.jvp(f, (X, like), (direction, None))[1], expected[n], rtol=1e-3)
    scope: dict[str, Any] = {}
    exec(emit_text(Request(f"{FILE}:{name}", wrt=("x",))), scope)
    np.testing.assert_allclose(scope[f"{name}_grad"](X, conversions.Like(like))[1][0], expected, rtol=1e-3)
