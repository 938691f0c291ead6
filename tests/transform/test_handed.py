"""Memory that a callee changes is handed to its backward half again, not kept in what is saved."""

from __future__ import annotations

from typing import Any

import numpy as np

import srcgrad


def scale(u: Any, s: float) -> float:
    u[0] = u[0] * s
    return u[0] * u[1]


def scaled_often(x: Any, s: float) -> float:
    u = x.copy()
    total = 0.0
    for _ in range(3):
        total = total + scale(u, s)
    return total


def scaled_under_other_names(x: Any, s: float) -> float:
    pair = [x.copy(), x * 2.0]
    return scale(pair[0], s) + scale(pair[1], s)


def emitted(f: Any) -> str:
    gradient = srcgrad.grad(f, wrt=(0, 1))
    gradient(np.array([1.5, 0.5]), 1.25)
    return str(srcgrad.source(gradient))


def test_what_has_a_name_is_handed_over_again() -> None:
    text = emitted(scaled_often)
    assert "return out, (s, u_kept)" in text
    assert "def scale_bwd(saved, u, d_out, d_u):" in text
    assert "= scale_bwd(scale_out_saved, u, d_scale_out, d_u)" in text


def test_what_has_none_is_saved() -> None:
    text = emitted(scaled_under_other_names)
    assert "def scale_bwd(saved, d_out, d_u):" in text


def test_second_order() -> None:
    gradient = srcgrad.grad(scaled_often, wrt=(0, 1))
    x, s, v = np.array([1.5, 0.5]), 1.25, (np.array([0.3, -0.7]), 0.2)
    _, pullback = srcgrad.vjp(gradient, x, s)
    by_x, by_s = pullback(v)
    step = 1e-6
    ends = [gradient(x + h * v[0], s + h * v[1]) for h in (step, -step)]
    np.testing.assert_allclose(by_x, (ends[0][0] - ends[1][0]) / (2.0 * step), rtol=1e-6)
    np.testing.assert_allclose(by_s, (ends[0][1] - ends[1][1]) / (2.0 * step), rtol=1e-6)
