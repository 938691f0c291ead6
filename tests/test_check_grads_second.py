"""check_grads of order 2: Hessian times direction, by forward mode over the gradient, against differences."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad.review import check


def energy(x: Any, c: Any, n: int) -> Any:
    return np.sum(np.sin(x[1:] * x[:-1]) * c) + np.sum(x**n) * c


ARGS = (np.array([0.3, -0.8, 1.2]), 0.7, 4)


def test_products_with_the_hessian_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    srcgrad.check_grads(energy, ARGS)
    right = check.Point.product

    def wrong(self: Any, gradient: Any, direction: Any) -> Any:
        d_x, d_c = right(self, gradient, direction)
        return d_x * 1.01, d_c

    monkeypatch.setattr(check.Point, "product", wrong)
    with pytest.raises(ValueError, match="SG412 .*Hessian times direction"):
        srcgrad.check_grads(energy, ARGS)
    srcgrad.check_grads(energy, ARGS, order=1)


def test_where_there_is_no_second_derivative() -> None:
    srcgrad.check_grads(lambda x: x * x, (np.ones(3),))
    srcgrad.check_grads(lambda z: np.abs(z) ** 2, (1.0 + 2.0j,))
