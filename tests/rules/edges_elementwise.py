"""Derivatives of the rows of numpy_elementwise and python_math at the edges.

`EDGES`: (expression, point, derivatives by name) of single calls; `COMPOSED_EDGES` the same for programs of several
operations, where only the whole has that derivative.
"""

from __future__ import annotations

from typing import Any

Edge = tuple[str, dict[str, Any], dict[str, float]]

EDGES: list[Edge] = [
    # a kink at 0
    ("np.abs(x)", {"x": 0.0}, {"x": 0.0}),
    ("abs(x)", {"x": 0.0}, {"x": 0.0}),
    ("abs(x)", {"x": 0j}, {"x": 0.0}),
    ("np.fabs(x)", {"x": 0.0}, {"x": 0.0}),
    ("math.fabs(x)", {"x": 0.0}, {"x": 0.0}),
    ("np.copysign(x, y)", {"x": 0.0, "y": -1.0}, {"x": 0.0, "y": 0.0}),
    ("math.copysign(x, y)", {"x": 0.0, "y": -1.0}, {"x": 0.0, "y": 0.0}),
    ("np.heaviside(x, y)", {"x": 0.0, "y": 0.3}, {"x": 0.0, "y": 1.0}),
    # ties are shared equally, so that max(x, x) has derivative 1
    ("np.maximum(x, y)", {"x": 1.0, "y": 1.0}, {"x": 0.5, "y": 0.5}),
    ("np.minimum(x, y)", {"x": 1.0, "y": 1.0}, {"x": 0.5, "y": 0.5}),
    ("np.fmax(x, y)", {"x": 1.0, "y": 1.0}, {"x": 0.5, "y": 0.5}),
    ("np.fmin(x, y)", {"x": 1.0, "y": 1.0}, {"x": 0.5, "y": 0.5}),
    ("np.maximum(x, 0.0)", {"x": 0.0}, {"x": 0.5}),
    ("np.maximum(x, x)", {"x": 2.0}, {"x": 1.0}),
    ("max(x, x)", {"x": 2.0}, {"x": 1.0}),
    ("max(x, y)", {"x": 1.0, "y": 1.0}, {"x": 0.5, "y": 0.5}),
    ("max(x, y, z)", {"x": 1.0, "y": 1.0, "z": 0.0}, {"x": 0.5, "y": 0.5, "z": 0.0}),
    ("min(x, y)", {"x": 1.0, "y": 1.0}, {"x": 0.5, "y": 0.5}),
    ("min(x, y, z)", {"x": 1.0, "y": 1.0, "z": 1.0}, {"x": 1 / 3, "y": 1 / 3, "z": 1 / 3}),
    ("np.fmax(x, y)", {"x": 1.0, "y": float("nan")}, {"x": 1.0, "y": 0.0}),
    ("np.fmin(x, y)", {"x": float("nan"), "y": 1.0}, {"x": 0.0, "y": 1.0}),
    # clip keeps the derivative on the closed interval
    ("np.clip(x, 0.0, 1.0)", {"x": 0.0}, {"x": 1.0}),
    ("np.clip(x, 0.0, 1.0)", {"x": 1.0}, {"x": 1.0}),
    ("np.clip(x, 0.0, 1.0)", {"x": 1.5}, {"x": 0.0}),
    ("np.clip(x, y, y)", {"x": 2.0, "y": 1.0}, {"x": 0.0, "y": 1.0}),
    ("np.clip(x, y, y)", {"x": 0.0, "y": 1.0}, {"x": 0.0, "y": 1.0}),
    # powers of 0 and to the 0
    ("np.power(x, 0)", {"x": 0.0}, {"x": 0.0}),
    ("np.power(x, 0.0)", {"x": 2.0}, {"x": 0.0}),
    ("np.power(x, y)", {"x": 0.0, "y": 0.0}, {"x": 0.0, "y": 0.0}),
    ("np.power(x, y)", {"x": 0.0, "y": 1.0}, {"x": 1.0, "y": 0.0}),
    ("np.power(x, y)", {"x": 0.0, "y": 2.0}, {"x": 0.0, "y": 0.0}),
    ("np.power(x, y)", {"x": 0.0, "y": 0.5}, {"x": float("inf"), "y": 0.0}),
    ("math.pow(x, y)", {"x": 0.0, "y": 0.0}, {"x": 0.0, "y": 0.0}),
    ("math.pow(x, y)", {"x": 0.0, "y": 0.5}, {"x": float("inf"), "y": 0.0}),
    ("pow(x, y)", {"x": 0.0, "y": 1.0}, {"x": 1.0, "y": 0.0}),
    ("math.prod([x, y])", {"x": 0.0, "y": 3.0}, {"x": 3.0, "y": 0.0}),
    # infinite at a finite value
    ("np.sqrt(x)", {"x": 0.0}, {"x": float("inf")}),
    ("math.sqrt(x)", {"x": 0.0}, {"x": float("inf")}),
    ("np.cbrt(x)", {"x": 0.0}, {"x": float("inf")}),
    ("np.arcsin(x)", {"x": 1.0}, {"x": float("inf")}),
    ("np.arccos(x)", {"x": -1.0}, {"x": float("-inf")}),
    ("math.asin(x)", {"x": 1.0}, {"x": float("inf")}),
    ("np.arccosh(x)", {"x": 1.0}, {"x": float("inf")}),
    ("math.acosh(x)", {"x": 1.0}, {"x": float("inf")}),
    # limits
    ("np.sinc(x)", {"x": 0.0}, {"x": 0.0}),
    ("np.tanh(x)", {"x": 1000.0}, {"x": 0.0}),
    ("np.logaddexp(x, y)", {"x": 1000.0, "y": -1000.0}, {"x": 1.0, "y": 0.0}),
    ("np.logaddexp(x, y)", {"x": float("-inf"), "y": float("-inf")}, {"x": 0.0, "y": 0.0}),
    ("np.fmod(x, y)", {"x": 1.0, "y": 0.1}, {"x": 1.0, "y": -9.0}),
    ("np.remainder(x, y)", {"x": 1.0, "y": 0.1}, {"x": 1.0, "y": -9.0}),
]

COMPOSED_EDGES: list[Edge] = [
    # what is selected away has derivative 0, even where it is infinite
    ("np.where(x > 0.0, np.sqrt(x), 0.0)", {"x": 0.0}, {"x": 0.0}),
    ("np.where(x > 0.0, np.sqrt(x), 0.0)", {"x": -1.0}, {"x": 0.0}),
    ("np.where(x > 0.0, np.log(x), 0.0)", {"x": 0.0}, {"x": 0.0}),
    ("np.where(x > 0.0, x * np.log(x), 0.0)", {"x": 0.0}, {"x": 0.0}),
    ("np.where(x < 700.0, np.exp(x), 0.0)", {"x": 1000.0}, {"x": 0.0}),
    ("np.where(x >= 0.0, 1.0 / (1.0 + np.exp(-x)), np.exp(x) / (1.0 + np.exp(x)))", {"x": 1000.0}, {"x": 0.0}),
    ("np.sqrt(np.maximum(x, 0.0))", {"x": -1.0}, {"x": 0.0}),
    ("math.sqrt(max(x, 0.0))", {"x": -1.0}, {"x": 0.0}),
    ("np.sqrt(np.clip(x, 0.0, 1.0))", {"x": -1.0}, {"x": 0.0}),
    ("np.sqrt(x) * 0.0", {"x": 0.0}, {"x": 0.0}),
    ("x ** 0", {"x": 0.0}, {"x": 0.0}),
    ("x ** 0.0 + x ** 2", {"x": 0.0}, {"x": 0.0}),
    ("x ** x", {"x": 1.0}, {"x": 1.0}),
    ("np.sign(x) * x", {"x": 0.0}, {"x": 0.0}),
    ("np.round(x) + np.floor(x) + x", {"x": 1.4}, {"x": 1.0}),
]
