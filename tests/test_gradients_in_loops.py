"""srcgrad.gradients in loops and branches: training loops; what would lack a way through earlier rounds is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad import grad, gradients

RNG = np.random.default_rng(0)
X, Y, W = RNG.normal(size=(5, 3)), RNG.normal(size=5), RNG.normal(size=3)


def numeric(f: Any, x: Any, h: float = 1e-5) -> Any:
    return np.stack([(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(x.size)], -1)


def close(found: Any, expected: Any) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-7)


# ----- training loops -----


@srcgrad.function
def of_two(w: Any, b: Any, steps: int) -> Any:
    for _ in range(steps):
        loss = np.mean((X @ w + b - Y) ** 2)
        g_w, g_b = gradients(loss, [w, b])
        w = w - 0.1 * g_w
        b = b - 0.1 * g_b
    return np.append(w, b)


@srcgrad.function
def in_place(w: Any, b: Any, steps: int) -> Any:
    w = w.copy()
    for _ in range(steps):
        loss = np.mean((X @ w + b - Y) ** 2)
        g_w, g_b = gradients(loss, [w, b])
        w -= 0.1 * g_w
        b -= 0.1 * g_b
    return np.append(w, b)


def by_hand(w: Any, b: Any, steps: int) -> Any:
    for _ in range(steps):
        r = X @ w + b - Y
        w, b = w - 0.1 * 2.0 * X.T @ r / 5.0, b - 0.1 * 2.0 * np.mean(r)
    return np.append(w, b)


def test_two_parameters() -> None:
    for f in (of_two, in_place):
        close(f(W, 0.3, 4), by_hand(W, 0.3, 4))
        close(grad(lambda w, f=f: np.sum(f(w, 0.3, 3) ** 2))(W), numeric(lambda w: np.sum(by_hand(w, 0.3, 3) ** 2), W))


def model(w: Any, x: Any) -> Any:
    return np.tanh(x @ w)


@srcgrad.function
def in_batches(w: Any, steps: int) -> Any:
    rng = np.random.default_rng(3)
    history = []
    m = np.zeros_like(w)
    for n in range(steps):
        chosen = rng.integers(0, 5, size=2)
        x, y = X[chosen], Y[chosen]
        loss = np.mean((model(w, x) - y) ** 2)
        history.append(loss)
        if n % 3 < 2:
            g = gradients(loss, w)[0]
            m = 0.9 * m + 0.1 * g
            w = w - 0.5 * m
        else:
            w = 0.9 * w
    return np.append(w, history[-1])


def batches_by_hand(w: Any, steps: int) -> Any:
    rng, m = np.random.default_rng(3), np.zeros_like(w)
    for n in range(steps):
        chosen = rng.integers(0, 5, size=2)
        p = np.tanh(X[chosen] @ w)
        loss = np.mean((p - Y[chosen]) ** 2)
        if n % 3 < 2:
            m = 0.9 * m + 0.1 * (X[chosen].T @ ((p - Y[chosen]) * (1.0 - p**2)))
            w = w - 0.5 * m
        else:
            w = 0.9 * w
    return np.append(w, loss)


def test_batches_drawn_at_random() -> None:
    close(in_batches(W, 5), batches_by_hand(W, 5))
    close(grad(lambda w: np.sum(in_batches(w, 4)))(W), numeric(lambda w: np.sum(batches_by_hand(w, 4)), W))


@srcgrad.function
def newton(x: float, steps: int) -> Any:
    while steps > 0:
        f = x**3 - 2.0 * x - 5.0
        slope = gradients(f, x)[0]
        x = x - f / slope
        steps -= 1
    return x


@srcgrad.function
def newton_for_a_minimum(x: float, steps: int) -> Any:
    for _ in range(steps):
        f = np.cosh(x) - x
        g = gradients(f, x)[0]
        h = gradients(g, x)[0]
        x = x - g / h
    return x


@srcgrad.function
def through_epochs(w: Any) -> Any:
    rate = 0.05
    for _ in range(2):
        for x, y in zip(X, Y, strict=True):
            error = (x @ w - y) ** 2
            if error < 1e-12:
                continue
            w = w - rate * gradients(error, w)[0]
        rate = rate * 0.9
    return w


def test_newton_and_epochs() -> None:
    assert newton(2.0, 6) ** 3 - 2.0 * newton(2.0, 6) == pytest.approx(5.0)
    assert np.sinh(newton_for_a_minimum(1.0, 6)) == pytest.approx(1.0)
    step = lambda x: x - (x**3 - 2.0 * x - 5.0) / (3.0 * x * x - 2.0)  # noqa: E731
    assert grad(newton)(2.0, 2) == pytest.approx((step(step(2.0 + 1e-6)) - step(step(2.0 - 1e-6))) / 2e-6)
    w = W
    for rate in (0.05, 0.045):
        for x, y in zip(X, Y, strict=True):
            w = w - rate * 2.0 * (x @ w - y) * x
    close(through_epochs(W), w)
    close(grad(lambda w: np.sum(through_epochs(w)))(W), numeric(lambda w: np.sum(through_epochs(w)), W))


@srcgrad.function
def in_branches(x: Any, first: bool) -> Any:
    y = x * x
    if first:
        z = y * 2.0
        g = gradients(z, [x, y])
    elif x > 0.0:
        g = gradients(y, [x, y])
    else:
        g = [0.0, 0.0]
    return g


@srcgrad.function
def bound_in_the_round(w: Any) -> Any:
    found = []
    for n in range(2):
        v = np.maximum(w, 0.0) + n
        found.append(gradients(np.sum(v**2), v)[0])
        w = w - 1.0
    return found


def test_branches() -> None:
    assert [in_branches(3.0, True), in_branches(3.0, False), in_branches(-3.0, False)] == [
        [12.0, 2.0], [6.0, 1.0], [0.0, 0.0]]  # fmt: skip
    assert grad(lambda x: in_branches(x, True)[0])(3.0) == 4.0
    assert grad(lambda x: in_branches(x, False)[0])(3.0) == 2.0
    close(bound_in_the_round(np.array([2.0, -1.0])), [[4.0, 0.0], [4.0, 2.0]])


# ----- what goes through earlier rounds -----


@srcgrad.function
def computed_before(x: Any) -> Any:
    y = x * x
    for _ in range(2):
        g = gradients(y * x, x)[0]
        x = x + 1.0
    return g


@srcgrad.function
def carried_along(x: Any) -> Any:
    h = x * 2.0
    for _ in range(2):
        z = h * x
        g = gradients(z, [x])[0]
        h = z * 1.0
        x = x - g
    return g


@srcgrad.function
def from_each_other(w: Any, b: Any) -> Any:
    for _ in range(3):
        z = w * b
        g_w, g_b = gradients(z, [w, b])
        w = w - g_w
        b = b + w
    return g_b


@srcgrad.function
def in_a_dict(w: Any) -> Any:
    kept = {}
    keep(kept, w)
    for _ in range(2):
        z = kept["w"] * w
        g = gradients(z, w)[0]
        w = w * 0.5
        keep(kept, w)
    return g


def keep(kept: Any, w: Any) -> None:
    kept["w"] = 2.0 * w


@srcgrad.function
def in_a_closure(w: Any) -> Any:
    s = w * 3.0

    def scaled(v: Any) -> Any:
        return v * s

    for _ in range(2):
        z = scaled(w)
        g = gradients(z, w)[0]
        w = w * 0.5
    return g


@srcgrad.function
def under_another_name(w: Any) -> Any:
    w = w.copy()
    v = w[:1]
    for _ in range(2):
        z = np.sum(v * w)
        g = gradients(z, w)[0]
        w *= 0.5
    return g


@srcgrad.function
def sometimes_bound(w: Any) -> Any:
    y = w * w
    for _ in range(2):
        z = y + w
        g = gradients(z, w)[0]
        if g < 0.0:
            w = w + 1.0
    return g


@pytest.mark.parametrize(
    ("f", "args"),
    [
        (computed_before, (2.0,)), (carried_along, (2.0,)), (from_each_other, (2.0, 1.0)), (in_a_dict, (2.0,)),
        (under_another_name, (W,)), (sometimes_bound, (2.0,)),
    ],
)  # fmt: skip
def test_refusals(f: Any, args: Any) -> None:
    with pytest.raises(srcgrad.SrcgradError, match="they go through, may have been computed from") as refused:
        f(*args)
    assert refused.value.code == "SG209" and refused.value.lineno
    with pytest.raises(srcgrad.SrcgradError, match="may have been computed from|function called here is not known"):
        grad(lambda *a: np.sum(f(*a)))(*args)


def test_a_closure_that_another_variable_moves() -> None:
    with pytest.raises(srcgrad.SrcgradError, match="function called here is not known"):
        in_a_closure(2.0)


@srcgrad.function
def changed_before(w: Any) -> Any:
    for _ in range(2):
        w = np.maximum(w, 0.0)
        g = gradients(np.sum(w**2), w)[0]
    return g


def test_sources_bound_anew() -> None:
    with pytest.raises(srcgrad.SrcgradError, match="`w` is read and bound anew, or changed, before them in the same"):
        changed_before(W)
