"""Shadows that are looked up by where values lie in memory: what the caller sees of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import srcgrad


def shares(rows: Any, s: Any) -> Any:
    first = rows[0]
    both = [first, rows[1], first]
    both.append(both[1])
    both[2][0] *= s
    both[3][1] = first[0] * s
    return np.sum(rows[0] * rows[1])


def test_an_argument_that_holds_memory_twice_is_no_argument_of_such_a_program() -> None:
    a = np.array([1.0, 2.0])
    with pytest.raises(ValueError, match="there twice"):
        srcgrad.grad(shares)([a, a], 3.0)


def grows(x: Any, y: Any) -> Any:
    xs = [x, y]
    ys = xs if x[0] > 0.0 else [y]
    ys.append(x * y)
    return np.sum(xs[2] * xs[1] * xs[0])


def test_one_array_may_be_passed_for_two_parameters_whose_shadows_are_looked_up() -> None:
    a = np.array([1.0, 2.0])
    assert "shared_shadow(xs, shadows)" in srcgrad.source(srcgrad.vjp(grows, a, a)[1])
    assert list(srcgrad.grad(grows)(a, a)) == [2.0, 16.0]  # of x^2 y^2
    assert [list(d) for d in srcgrad.grad(grows, wrt=(0, 1))(a, a)] == [[2.0, 16.0]] * 2


def test_the_arguments_stay_as_they_are_and_their_gradients_share_no_memory() -> None:
    rows = [np.array([1.0, 2.0]), np.array([4.0, 5.0])]
    d_rows, d_s = srcgrad.grad(shares, wrt=(0, 1))(rows, 3.0)
    assert [list(v) for v in rows] == [[1.0, 2.0], [4.0, 5.0]]
    assert [list(v) for v in d_rows] == [[30.0, 9.0], [3.0, 0.0]]  # of s a e + b s s a
    assert d_s == 4.0 + 2.0 * 2.0 * 3.0
    assert not np.shares_memory(*d_rows)


def test_a_container_of_shadows_changes_as_the_container_does() -> None:
    text = srcgrad.source(srcgrad.vjp(shares, [np.ones(2), np.ones(2)], 3.0)[1])
    forward, _, backward = text.partition("def shares_bwd")
    assert "d_both.append(shared_shadow(both[-1], shadows))" in forward
    assert "d_both.pop()" in backward
