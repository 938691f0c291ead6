"""Stopped values and functions with rules, in programs that change arrays, use containers, loop and differentiate."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad import stop_gradient

X = np.array([1.0, 2.0, 3.0])


def energy(x: Any, m: Any) -> float:
    return float(np.dot(x, x)) * m


@srcgrad.rule("energy(x, m)")
def energy_rule(x, m, d_out, t_x, t_m):
    d_x = d_out * 2.0 * x * m  # noqa: F841
    d_m = d_out * np.dot(x, x)  # noqa: F841
    t_out = 2.0 * np.dot(x, t_x) * m
    t_out += np.dot(x, x) * t_m


class Body:
    def __init__(self, mass: Any) -> None:
        self.mass = mass

    def energy(self, x: Any) -> Any:
        return energy(x, self.mass)


def in_a_loop(x: Any) -> Any:
    total = 0.0
    for _ in range(3):
        x = x * 1.1
        total = total + energy(x, total + 1.0)
    return total


def of_an_array_that_changes(x: Any) -> Any:
    u = x.copy()
    s = energy(u, 2.0)
    u[0] = s
    e = energy(u, s)
    u *= 3.0
    return e * np.sum(u)


def of_a_method(x: Any) -> Any:
    return Body(x[0]).energy(x)


def by_keywords(x: Any) -> Any:
    return energy(m=x[1], x=x)


def over_containers(x: Any) -> Any:
    d = {"u": x * 1.0}
    d["u"][1] = energy(d["u"], 0.5)
    return sum(energy(v, 1.5) for v in [x, d["u"]]) + sum(map(lambda v: energy(x, v), x))


def differentiated_inside(x: Any) -> Any:
    return np.sum(srcgrad.grad(lambda y: energy(y, 2.0) * y[0])(x) ** 2)


RULED = [in_a_loop, of_an_array_that_changes, of_a_method, by_keywords, over_containers, differentiated_inside]


@pytest.mark.parametrize("f", RULED, ids=lambda f: f.__name__)
def test_functions_with_rules(f: Any) -> None:
    srcgrad.check_grads(f, (X,), order=1 if f is differentiated_inside else 2)


def halves(x: Any, y: Any, scale: float = 2.0) -> Any:
    return x * y * scale, (np.sum(np.sin(x) + y), x[0])


@srcgrad.rule("halves(x, y)")
def halves_rule(x, y, d_out, t_x, t_y):
    first = d_out[0] * 2.0
    rest = d_out[1]
    d_x = first * y + rest[0] * np.cos(x) + rest[1] * np.eye(3)[0]  # noqa: F841
    d_y = first * x + rest[0]  # noqa: F841
    t_out = (2.0 * (t_x * y + x * t_y), (np.sum(np.cos(x) * t_x + t_y), t_x[0]))  # noqa: F841


def both_unpacked(x: Any) -> Any:
    a, (b, c) = halves(x, 0.5 * x)
    return np.sum(a * b) * c


def one_unpacked(x: Any) -> Any:
    a, _ = halves(x, np.cos(x))
    return np.sum(a**3)


def one_by_index(x: Any) -> Any:
    return halves(x, x)[1][0] ** 2


def tuples_in_a_loop(x: Any) -> Any:
    total, found = 0.0, []
    for n in range(3):
        pair = halves(x, x * n)
        found.append(pair)
        total += np.sum(pair[0]) * pair[1][0] ** 2
        if n > 1:
            total *= found[1][1][1]
    return total


@pytest.mark.parametrize("f", [both_unpacked, one_unpacked, one_by_index, tuples_in_a_loop], ids=lambda f: f.__name__)
def test_functions_with_rules_that_give_tuples(f: Any) -> None:
    srcgrad.check_grads(f, (X / 3.0,), order=2)
    gradient = srcgrad.grad(f)
    again = srcgrad.grad(lambda x: np.sum(gradient(x) ** 2))(X / 3.0)
    np.testing.assert_allclose(again, 2.0 * srcgrad.hessian(f)(X / 3.0) @ gradient(X / 3.0))


def test_the_third_derivative_of_a_function_with_a_rule() -> None:
    f = lambda x: energy(x, x[0])  # noqa: E731
    first = lambda x: np.sum(srcgrad.grad(f)(x) ** 2)  # noqa: E731
    second = lambda x: np.sum(srcgrad.grad(first)(x) ** 2)  # noqa: E731
    srcgrad.check_grads(second, (X,), order=1, modes=("reverse",))


def under_a_second_name(x: Any) -> Any:
    u = x * 2.0
    w = stop_gradient(u)
    u[0] = 5.0
    return np.sum(w * x)


def put_into_an_array(x: Any) -> Any:
    u = np.zeros(3)
    u[:] = stop_gradient(x)
    u[1] = x[1]
    return np.sum(u * x)


def again_and_again(x: Any) -> Any:
    for _ in range(3):
        x = x * stop_gradient(x)
    return np.sum(x)


def in_containers(x: Any) -> Any:
    xs = [x, stop_gradient({"a": x})["a"]]
    xs.append(stop_gradient(xs[0]) * x)
    return np.sum(xs[1] * xs[2])


def inside_a_derivative(x: Any) -> Any:
    return np.sum(srcgrad.grad(lambda y: np.sum(stop_gradient(y) * y * y))(x))


@pytest.mark.parametrize(
    ("f", "expected"),
    [
        (under_a_second_name, [5.0, 4.0, 6.0]),
        (put_into_an_array, [1.0, 4.0, 3.0]),
        (again_and_again, X**7),
        (in_containers, X**2),
        (inside_a_derivative, 2.0 * X),
    ],
)
def test_stopped_values(f: Any, expected: Any) -> None:
    """What is stopped is a constant in both modes, under whatever name it is read."""
    np.testing.assert_allclose(srcgrad.grad(f)(X), expected)
    np.testing.assert_allclose([srcgrad.jvp(f, (X,), (e,))[1] for e in np.eye(3)], expected)


def clipped(x: Any, low: float, high: float) -> Any:
    return x


@srcgrad.rule("clipped(x, low, high)")
def clipped_rule(x, low, high, d_out):
    d_x = np.clip(d_out, low, high)  # noqa: F841


def doubled(x: Any) -> Any:
    return x + x


@srcgrad.rule("doubled(x)")
def doubled_rule(x, t_x):
    t_out = 2.0 * t_x  # noqa: F841


def sine(x: Any) -> Any:
    return np.sin(clipped(x, -0.75, 0.75))


def test_a_jacobian_takes_the_mode_that_its_rules_have() -> None:
    """JAX's example of a clipped gradient; by cost it would be forward mode, and reverse mode for the other."""
    assert srcgrad.jacobian(sine)(0.0) == 0.75
    np.testing.assert_array_equal(srcgrad.jacobian(lambda x: np.sum(doubled(x)))(X), 2.0 * np.ones(3))
    for mode in ("forward", "reverse"):
        with pytest.raises(srcgrad.SrcgradError, match="SG302"):
            srcgrad.jacobian(sine if mode == "forward" else doubled, mode=mode)(1.0)
    with pytest.raises(srcgrad.SrcgradError, match="SG302"):
        srcgrad.jacobian(lambda x: sine(doubled(x)))(1.0)


def log1pexp(x: Any) -> Any:
    return np.log(1.0 + np.exp(x))


@srcgrad.rule("log1pexp(x)")
def log1pexp_rule(x, d_out, t_x):
    d_x = d_out * (1.0 - 1.0 / (1.0 + np.exp(x)))  # noqa: F841
    t_out = t_x * (1.0 - 1.0 / (1.0 + np.exp(x)))  # noqa: F841


def step(x: Any, a: Any) -> Any:
    return 0.5 * (x + a / x)


@srcgrad.implicit(fixed_point=step)
def square_root(a: Any) -> Any:
    """JAX's example of a fixed point."""
    x = a / 2.0
    for _ in range(60):
        x = step(x, a)
    return x


def on_a_tape(x: Any) -> Any:
    with srcgrad.GradientTape() as tape:
        tape.watch(x)
        y = log1pexp(x) * square_root(x)
    return tape.gradient(y, x)


def in_checkpointed_steps(x: Any) -> Any:
    for _ in srcgrad.checkpoint(range(5), snapshots=2):
        x = square_root(x + 1.0) + log1pexp(0.1 * x)
    return x


def descent(w: Any) -> Any:
    def loss(w: Any) -> Any:
        return log1pexp(w) + square_root(w * w + 1.0)

    for _ in range(3):
        w = w - 0.1 * srcgrad.grad(loss)(w)
    return loss(w)


def test_published_examples_of_custom_derivatives() -> None:
    sigmoid = 1.0 / (1.0 + np.exp(-3.0))
    first = srcgrad.grad(lambda x: log1pexp(x))
    second = srcgrad.grad(first)
    assert first(100.0) == 1.0
    assert second(3.0) == pytest.approx(sigmoid * (1.0 - sigmoid), rel=1e-12)
    third = sigmoid * (1.0 - sigmoid) * (1.0 - 2.0 * sigmoid)
    assert srcgrad.grad(second)(3.0) == pytest.approx(third, rel=1e-12)
    assert srcgrad.grad(square_root)(2.0) == pytest.approx(0.5 / 2.0**0.5, rel=1e-12)
    assert srcgrad.hessian(square_root)(2.0) == pytest.approx(-0.25 / 2.0**1.5, rel=1e-12)


@pytest.mark.parametrize("f", [on_a_tape, in_checkpointed_steps, descent], ids=lambda f: f.__name__)
def test_rules_and_solvers_together(f: Any) -> None:
    srcgrad.check_grads(f, (1.3,), order=1 if f is on_a_tape else 2)
    if f is on_a_tape:
        slope = srcgrad.grad(lambda x: log1pexp(x) * square_root(x))
        assert on_a_tape(1.3) == pytest.approx(slope(1.3), rel=1e-12)
