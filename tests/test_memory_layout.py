"""What is a view and what a copy depends on the strides of an argument: for the value and for the derivative."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import srcgrad

A = np.array([[0.5, 1.5, 2.5], [0.7, 1.1, 0.9]])


def reshaped(a):
    b = a.reshape(-1)
    b *= b
    return np.sum(a * a) + np.sum(b[1:] * b[:-1])


def contiguous(a):
    b = np.ascontiguousarray(a)
    b[0] = b[1] * b[2 % len(b)]
    return np.sum(a * a) + np.sum(b)


def flattened_in_a_helper(a):
    def flat(m):
        return m.ravel()

    b = flat(a)
    b[::2] *= 3.0
    return np.sum(a * b.reshape(a.shape))


def of_a_transpose(a):
    b = a.T.reshape(-1)
    a[0] *= b[1]
    b[2] *= a[1, 1]
    return np.sum(a * a) + np.sum(b)


def with_gaps(a: Any) -> Any:
    found = np.repeat(a, 2, axis=1)[:, ::2]
    assert not found.flags.forc
    return found


@pytest.mark.parametrize("laid_out", [np.ascontiguousarray, np.asfortranarray, with_gaps])
@pytest.mark.parametrize("f", [reshaped, contiguous, flattened_in_a_helper, of_a_transpose])
def test_strides_of_an_argument(f: Any, laid_out: Any) -> None:
    def at(a: Any) -> Any:
        return f(laid_out(a.copy()))

    expected = np.zeros_like(A)
    for place in np.ndindex(A.shape):
        step = np.zeros_like(A)
        step[place] = 1e-6
        expected[place] = (at(A + step) - at(A - step)) / 2e-6
    value, gradient = srcgrad.value_and_grad(f)(laid_out(A))
    assert value == at(A)
    np.testing.assert_allclose(gradient, expected, rtol=1e-7, atol=1e-7)
    _, along = srcgrad.jvp(f, (laid_out(A),), (np.cos(A),))
    np.testing.assert_allclose(along, np.sum(expected * np.cos(A)), rtol=1e-7)


def both_changed(x, y):
    x[0] = y[1] * 2.0
    y[1] += x[0]
    return np.sum(x * y)


def test_columns_of_one_array() -> None:
    """Arguments that lie between each other share no element."""
    a = np.array([[0.5, 1.5], [0.7, 1.1], [0.9, 2.5]])
    derivative = srcgrad.value_and_grad(both_changed, wrt=(0, 1))
    value, gradients = derivative(a[:, 0], a[:, 1])
    apart, expected = derivative(a[:, 0].copy(), a[:, 1].copy())
    assert value == apart
    np.testing.assert_array_equal(gradients, expected)
    with pytest.raises(srcgrad.SrcgradError, match="SG421 x and y share memory"):
        derivative(a[:2, 0], a[1:, 0])


def first_scaled(v, s):
    w = v.reshape(-1)
    w[:3] *= s
    v[1] += w[2]


def of_sums(x):
    """The sum lies in memory as the transpose does, and its tangent as `x`."""
    m = A.T + x[:2]
    first_scaled(m, x[0])
    return np.sum(m * m)


def of_several_sums(x):
    made = [A.T + x[:2], np.full((3, 2), x[0])]
    for m in made:
        first_scaled(m, x[1])
    return sum(np.sum(m * m) for m in made)


def given_back_in_order(x):
    def flat(m):
        return m, m.ravel()

    m, w = flat(A.T + x[:2])
    w[:3] *= x[2]
    m[1] *= w[0]
    return np.sum(m * m) + np.sum(w)


@pytest.mark.parametrize("f", [of_sums, of_several_sums, given_back_in_order])
def test_strides_of_a_tangent(f: Any) -> None:
    """The tangent of changed memory is taken apart as the memory is, or that is refused when the program runs."""
    x, t = np.array([0.5, 1.5, 0.7]), np.array([1.0, 0.3, -2.0])
    expected = (f(x + 1e-6 * t) - f(x - 1e-6 * t)) / 2e-6
    try:
        _, along = srcgrad.jvp(f, (x,), (t,))
    except ValueError as e:
        assert str(e) == "a tangent lies in memory in another way than its primal, part of which is changed by a view"  # noqa: PT017
    else:
        np.testing.assert_allclose(along, expected, rtol=1e-7)
    np.testing.assert_allclose(srcgrad.grad(f)(x) @ t, expected, rtol=1e-7)


def changed_below_its_windows(x):
    a = x * 2.0
    w = np.lib.stride_tricks.as_strided(a, (2, 2), (8, 8))
    a[1] *= a[0]
    return np.sum(w * w)


def test_tangent_of_strided_windows() -> None:
    message = "SG219 the memory that `as_strided` shows is changed while it is in use"
    with pytest.raises(srcgrad.SrcgradError, match=message):
        srcgrad.jvp(changed_below_its_windows, (A[0].copy(),), (A[0].copy(),))
