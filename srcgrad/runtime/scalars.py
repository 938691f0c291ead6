"""Helpers of emitted code: Python's own functions, and special functions."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import summed_like


def sum_adjoint(d: Any, items: Any) -> Any:
    """The adjoint of Python's `sum`: the same for every item.

    >>> sum_adjoint(2.0, [1.0, np.float64(3.0)])
    [2.0, 2.0]
    """
    if isinstance(items, np.ndarray):
        return np.broadcast_to(d, np.shape(items))
    return [summed_like(d, item) for item in items]


def i0_partial(x: Any) -> Any:
    """The derivative of the Bessel function I0, I1, by its integral (Abramowitz and Stegun 9.6.19).

    >>> np.round(i0_partial(1.0), 12)
    np.float64(0.565159103992)
    """
    nodes = (np.arange(400) + 0.5) * (np.pi / 400.0)
    return np.mean(np.exp(np.multiply.outer(x, np.cos(nodes))) * np.cos(nodes), -1)


def digamma(x: float) -> float:
    """The derivative of log(gamma), by recurrence and the asymptotic series (Abramowitz and Stegun 6.3.5, 6.3.18).

    >>> round(digamma(1.0), 12)
    -0.577215664902
    """
    if x <= 0.0 and x == np.floor(x):
        return float("nan")
    if x < 0.0:
        return digamma(1.0 - x) - np.pi / np.tan(np.pi * x)
    shift = 0.0
    while x < 10.0:
        shift, x = shift - 1.0 / x, x + 1.0
    y = 1.0 / (x * x)
    series = y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y * (1 / 132 - y * 691 / 32760)))))
    return float(shift + np.log(x) - 0.5 / x - series)
