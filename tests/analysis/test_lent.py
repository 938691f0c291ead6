"""Memory that is lent to a function: put back if a caller reads it, saved by the caller if the function does."""

from __future__ import annotations

from typing import Any

import numpy as np

import srcgrad


def smooth(u: Any) -> None:
    u[1:-1] = 0.5 * (u[:-2] + u[2:])


def square(u: Any) -> None:
    u *= u


def often(x: Any) -> Any:
    u = x.copy()
    for _ in range(3):
        smooth(u)
    return np.sum(u**2)


def read_before(x: Any) -> Any:
    u = x.copy()
    total = np.sum(u**3)
    smooth(u)
    return total + np.sum(u)


def curved(x: Any) -> Any:
    u = x.copy()
    smooth(u)
    square(u)
    return np.sum(u)


def rows(A: Any) -> Any:
    total = 0.0
    for i in range(len(A)):
        row = A[i]
        total += row @ row
    return total


def changed_after_rows(x: Any) -> Any:
    A = np.outer(x, x)
    first = rows(A)
    A *= 2.0
    return first * A[0, 0]


def sizes(A: Any) -> Any:
    return np.sum(A, axis=0)


def changed_after_sizes(x: Any) -> Any:
    A = np.outer(x, x)
    total = sizes(A)
    A *= 2.0
    return total @ A[0]


def emitted(f: Any) -> str:
    gradient = srcgrad.grad(f)
    x = np.array([0.5, 1.25, -0.75, 1.0])
    found = gradient(x)
    for n in range(4):
        step = 1e-6 * np.eye(4)[n]
        assert abs(found[n] - (f(x + step) - f(x - step)) / 2e-6) < 1e-7
    return str(srcgrad.source(gradient))


def test_a_linear_function_saves_nothing_wherever_it_is_called() -> None:
    text = emitted(often)
    assert "stack" not in text
    assert "def smooth_bwd(d_u):" in text



def test_what_a_caller_reads_is_put_back() -> None:
    text = emitted(read_before)
    assert "def smooth_bwd(saved, u, d_u):" in text
    assert "u[1:-1] = u_kept" in text


def test_what_only_another_function_reads_is_not_put_back() -> None:
    text = emitted(curved)
    assert "def smooth_bwd(d_u):" in text
    assert "def square_bwd(saved, u, d_u):" in text


def test_a_caller_keeps_what_the_backward_half_reads() -> None:
    assert "A_kept" in emitted(changed_after_rows)
    assert "A_kept" not in emitted(changed_after_sizes)
