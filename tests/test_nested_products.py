"""jvp, vjp, jacobian, hessian and hvp inside functions that are differentiated, of closures over active values, too."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad import grad, hessian, hvp, jacobian, jvp, vjp

X = np.array([0.3, 0.7, -0.4])


def along_a_direction(x: Any, c: float) -> Any:
    def model(v: Any, k: float) -> Any:
        return np.tanh(v * c) * k

    y, dy = jvp(model, (x, 2.0), (x * x, None))
    return np.sum(y * dy)


def pulled_back(x: Any, c: float) -> Any:
    y, pull = vjp(lambda v: np.sin(v * c), x)
    (g,) = pull(y * c)
    return np.sum(g * y)


def pulled_back_twice(x: float) -> Any:
    y, pull = vjp(lambda a, n: a**n, x, 3)
    d_a, d_n = pull(1.0)
    return d_a * pull(y)[0] + y


def neighbours(v: Any) -> Any:
    return v[1:] * np.exp(v[:-1])


def squares_of_a_jacobian(x: Any) -> Any:
    j = jacobian(neighbours)(x)
    return np.sum(j * j)


def jacobian_of_a_closure(x: Any, c: float) -> Any:
    return np.sum(jacobian(lambda v: np.outer(v, v * c))(x) ** 2)


def slope_of_numbers(x: float) -> Any:
    return jacobian(lambda t: t * t * x)(x)


def energy(v: Any, c: float) -> Any:
    return np.sum(c * v**3) + np.prod(v)


def along_the_curvature(x: Any, c: float) -> Any:
    return np.sum(hvp(energy)(x, c, x * x))


def newton_step(x: Any, c: float) -> Any:
    step = np.linalg.solve(hessian(energy)(x, c), grad(energy)(x, c))
    return np.sum((x - step) ** 2)


def of_the_closure(x: float) -> Any:
    return x * jvp(lambda y: x + y, (1.0,), (1.0,))[1]


@pytest.mark.parametrize(
    ("f", "args"),
    [
        (along_a_direction, (X, 1.5)), (pulled_back, (X, 1.5)), (pulled_back_twice, (1.2,)),
        (squares_of_a_jacobian, (X,)), (jacobian_of_a_closure, (X, 1.5)), (slope_of_numbers, (1.3,)),
        (along_the_curvature, (X, 1.5)), (newton_step, (X, 1.5)), (of_the_closure, (1.5,)),
    ],
)  # fmt: skip
def test_derivatives_of_derivatives(f: Any, args: Any) -> None:
    srcgrad.check_grads(f, args)
    assert srcgrad.value_and_grad(f)(*args)[0] == pytest.approx(f(*args), rel=1e-13)


def test_directions_are_not_confused() -> None:
    """x * d(x + y)/dy at y = 1 is x, and its derivative 1; 2 where the two directions are taken for one."""
    assert grad(of_the_closure)(1.5) == 1.0
    assert jvp(of_the_closure, (1.5,), (1.0,)) == (1.5, 1.0)
    assert jvp(lambda x: jvp(lambda y: x * y, (x,), (x,))[1], (3.0,), (1.0,)) == (9.0, 6.0)


def test_second_derivative_of_a_pullback_that_is_called_twice() -> None:
    """9 x**7 + x**3; each call of the pullback has the stacks for itself."""
    assert grad(grad(pulled_back_twice))(1.0) == pytest.approx(9.0 * 42.0 + 6.0, rel=1e-13)


def several_parameters(x: Any) -> Any:
    return np.sum(jacobian(lambda a, b: a * b * x, (0, 1))(x, x)[0])


def any_arguments(x: Any) -> Any:
    return np.sum(hvp(lambda a, *b: np.sum(a**2 * x))(x, x))


def tangents_in_a_variable(x: Any) -> Any:
    tangents = (x,)
    return jvp(np.tanh, (x,), tangents)[1]


def a_pullback_kept_elsewhere(x: Any) -> Any:
    both = vjp(neighbours, x)
    return np.sum(both[0])


def another_shape(x: Any) -> Any:
    y, pull = vjp(lambda v: v * 2.0, x)
    return np.sum(pull(1.0)[0]) + y[0]


def another_shape_of_something_active(x: Any) -> Any:
    y, pull = vjp(lambda v: v * v, x)
    return np.sum(pull(x[0])[0]) + y[0]


def parts_of_a_list(x: Any) -> Any:
    return jacobian(lambda v: [v, v])(x)[0][0][0]


@pytest.mark.parametrize(
    ("f", "message"),
    [
        (several_parameters, "a jacobian inside a function is by one parameter"),
        (any_arguments, "a function with `*` or keyword parameters is differentiated here"),
        (tangents_in_a_variable, "write its primals and tangents out as tuples"),
        (a_pullback_kept_elsewhere, "write `value, pullback = srcgrad.vjp"),
        (another_shape, "the cotangent has shape"),
        (another_shape_of_something_active, "the cotangent has another shape than the value"),
        (parts_of_a_list, "is that of one array by one array"),
    ],
)
def test_refusals(f: Any, message: str) -> None:
    with pytest.raises((srcgrad.SrcgradError, ValueError), match=re.escape(message)):
        srcgrad.grad(f)(X)
