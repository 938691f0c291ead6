"""Derivatives of what `jacobian`, `hessian` and `hvp` return, by themselves and inside of other functions."""

from __future__ import annotations

import functools
import inspect
from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad import grad, hessian, hvp, jacobian, jvp, vjp
from tests.trees import difference

X, V = np.array([0.3, -0.7, 1.2]), np.array([1.0, 0.5, -2.0])


def wave(x: Any, k: float = 1.5) -> Any:
    return np.sin(k * x) * x[0] + x[::-1] ** 2


def energy(x: Any, k: float = 1.5) -> Any:
    return np.sum(np.sin(k * x) * x**2) * x[0]


slope = jacobian(wave)
curvature = hessian(energy)
along = hvp(energy)


def numeric(f: Any, x: Any) -> Any:
    h = 1e-5
    columns = [(np.asarray(f(x + h * e)) - np.asarray(f(x - h * e))) / (2 * h) for e in np.eye(x.size)]
    return np.stack(columns, -1)


def close(found: Any, expected: Any) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-6)


def test_jacobians_of_jacobians() -> None:
    second = jacobian(jacobian(wave))
    close(second(X), numeric(slope, X))
    close(jacobian(jacobian(wave, mode="reverse"), mode="reverse")(X), second(X))
    close(jacobian(second)(X), numeric(second, X))
    close(jacobian(jacobian(wave), 0)(X, 0.7), numeric(lambda x: slope(x, 0.7), X))


def test_derivatives_of_hessians_and_products() -> None:
    close(jacobian(curvature)(X), numeric(curvature, X))
    close(jacobian(along)(X, 1.5, V), numeric(lambda x: along(x, 1.5, V), X))
    close(jacobian(along, "direction")(X, 1.5, V), curvature(X))
    _, tangent = jvp(curvature, (X,), (V,))
    close(tangent, numeric(curvature, X) @ V)
    value, pull = vjp(slope, X)
    close(value, slope(X))
    close(pull(np.ones((3, 3)))[0], np.sum(numeric(slope, X), (0, 1)))


def test_of_the_module_inside() -> None:
    close(grad(lambda x: np.sum(slope(x) ** 2))(X), numeric(lambda x: np.sum(slope(x) ** 2), X))
    close(grad(lambda x: np.sum(curvature(x) ** 2))(X), numeric(lambda x: np.sum(curvature(x) ** 2), X))
    close(grad(lambda v: np.sum(along(X, 1.5, v) ** 2))(V), numeric(lambda v: np.sum(along(X, 1.5, v) ** 2), V))


def test_by_several_parameters() -> None:
    def form(x: Any, y: Any) -> Any:
        return np.sum(np.outer(x, y**2) @ x)

    product = hvp(form, (0, 1))

    def inside(x: Any, y: Any) -> Any:
        a, b = hvp(form, (0, 1))(x, y, (V, x))
        return np.sum(a) * np.sum(b)

    assert list(inspect.signature(product).parameters) == ["x", "y", "direction"]
    found = jacobian(product)(X, V, (V, X))
    for n, part in enumerate(found):
        close(part, numeric(lambda x, n=n: product(x, V, (V, X))[n], X))
    gradient = grad(inside)(X, V)
    close(gradient @ V, difference(inside, [X, V], (0,), [V], 1.0, 1e-5))


def test_the_decorated_name() -> None:
    @hessian
    def quartic(x: Any) -> Any:
        return np.sum(x**4)

    close(grad(lambda x: np.sum(quartic(x)))(X), 24.0 * X)
    assert "jacobian" in srcgrad.source(jacobian_of(quartic))


def jacobian_of(f: Any) -> Any:
    found = jacobian(f)
    found(X)
    return found


slope_of_tanh, slopes_of_sin = grad(np.tanh), jacobian(np.sin)


def test_of_library_functions() -> None:
    close(grad(grad(grad(np.tanh)))(0.3), grad(grad(lambda x: 1.0 - np.tanh(x) ** 2))(0.3))
    close(jacobian(jacobian(np.sin))(X), numeric(slopes_of_sin, X))
    close(hvp(np.linalg.norm)(X, V), hessian(np.linalg.norm)(X) @ V)

    def inside(x: Any) -> Any:
        return grad(np.sinh)(x[0]) * slope_of_tanh(x[1]) + np.sum(slopes_of_sin(x) @ V) + np.sum(jacobian(np.exp)(x))

    close(grad(inside)(X), numeric(inside, X))


def repeated(x: float, n: int) -> Any:
    return x if n == 0 else np.sin(repeated(x, n - 1) * x)


def test_third_derivatives_of_recursive_functions() -> None:
    second = grad(grad(lambda x: repeated(x, 2)))
    expected = (second(1.1 + 1e-5) - second(1.1 - 1e-5)) / 2e-5
    assert abs(grad(second)(1.1) - expected) < 1e-6 * abs(expected)


def scaled(factor: float) -> Any:
    def decorate(f: Any) -> Any:
        @functools.wraps(f)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            return factor * f(*args, **kwargs)

        return wrapper

    return decorate


@scaled(2.5)
def power(x: Any, p: float = 0.5) -> Any:
    return np.sum(x**p)


def plain_power(x: Any, p: float = 0.5) -> Any:
    return 2.5 * np.sum(x**p)


def test_of_a_function_with_a_wrapper_that_takes_any_arguments() -> None:
    """Each call has parameters of its own; what is not given keeps its default, and takes no other's place."""
    u = np.abs(X)
    for words in ({}, {"p": 0.25}):
        expected = grad(grad(grad(plain_power)))(2.0, **words)
        assert grad(grad(grad(power)))(2.0, **words) == pytest.approx(expected, rel=1e-12)
        close(hessian(power)(u, **words), hessian(plain_power)(u, **words))
    expected = grad(grad(plain_power, "p"), "p")(2.0, 0.25)
    assert grad(grad(power, "p"), "p")(2.0, 0.25) == pytest.approx(expected, rel=1e-12)
    assert vjp(grad(power), 2.0, 0.25)[1](1.0) == pytest.approx(vjp(grad(plain_power), 2.0, 0.25)[1](1.0), rel=1e-12)
    close(hvp(power)(u, V), hvp(plain_power)(u, 0.5, V))


def test_of_library_functions_with_more_arguments() -> None:
    close(hessian(np.linalg.norm)(X, 3), numeric(lambda x: grad(np.linalg.norm)(x, 3), X))
    close(jvp(grad(np.linalg.norm), (X, 3), (V, None))[1], hessian(np.linalg.norm)(X, 3) @ V)
