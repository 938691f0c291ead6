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
