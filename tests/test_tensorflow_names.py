"""value_and_grads and value_and_gradients_function: the published numbers, and every sentence of the contract."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad import value_and_gradients_function, value_and_grads


def add(x, y):
    return x + y


def quotient(x, y):
    return x / y


def cubic(x, y):
    return x * x * x * y - x * y * y


def test_sum() -> None:
    found = value_and_grads(add)([2.0, 3.0])
    value, grads = found
    assert (value, grads) == (found.value, found.grads) == (5.0, [1.0, 1.0])


def test_quotient_with_a_zero_divisor() -> None:
    x, y = np.array([4.7, 5.8, 3.0]), np.array([9.5, -20.5, 0.0])
    with np.errstate(divide="ignore"):
        value, (d_x, d_y) = value_and_grads(quotient)([x, y])
    np.testing.assert_allclose(value, [0.4947368, -0.2829268, np.inf], rtol=1e-6)
    np.testing.assert_allclose(d_x, [0.1052632, -0.0487805, np.inf], rtol=1e-6)
    np.testing.assert_allclose(d_y, [-0.0520776, -0.0138013, -np.inf], rtol=1e-5)


def test_dy_weighs_the_value() -> None:
    x, y = np.array([2.0, 3.0]), np.array([-2.0, -3.0])
    _, (d_x, d_y) = value_and_grads(lambda a, b: a * b)([x, y], dy=np.array([10.0, 20.0]))
    np.testing.assert_array_equal(d_x, [-20.0, -60.0])
    np.testing.assert_array_equal(d_y, [20.0, 60.0])


def test_dy_of_another_shape() -> None:
    with pytest.raises(ValueError, match="dy has shape"):
        value_and_grads(add)([np.ones(2), np.ones(2)], dy=np.ones(3))


@pytest.mark.parametrize(
    ("f", "dy"),
    [
        (lambda x, y: (x + y)[1:], np.ones(4)),
        (lambda x, y: np.sum(x + y), np.ones(4)),
        (lambda x, y: np.outer(x, y), np.ones(16)),
        (lambda x, y: (x, [y[:-1]]), (np.ones(4), [np.ones(4)])),
        (lambda x, y: (x, [y]), (np.ones(4), [])),
        (lambda x, y: [x, y], np.ones(4)),
    ],
)
def test_dy_of_another_shape_is_refused_before_anything_runs(
    f: Any, dy: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    def shown(x, y):
        print("called")
        return f(x, y)

    with pytest.raises(ValueError, match="the dy"):
        value_and_grads(shown)([np.ones(4), np.ones(4)], dy)
    assert capsys.readouterr().out == ""


def test_dy_that_only_the_value_can_refuse() -> None:
    def above(x):
        return x[x > 0.0]

    with pytest.raises(ValueError, match=r"the dy has shape \(3,\), and the value has shape \(2,\)"):
        value_and_grads(above)([np.array([-1.0, 1.0, 2.0])], np.ones(3))
    assert value_and_grads(above)([np.array([-1.0, 1.0])], np.ones(1)).grads[0].tolist() == [0.0, 1.0]


def test_what_to_differentiate_again() -> None:
    with pytest.raises(RuntimeError, match=r"cannot be .*\n.*`srcgrad.value_and_grad` of the function"):
        srcgrad.grad(value_and_gradients_function(cubic))


def test_inputs_come_in_a_list_and_are_numbers_with_a_derivative() -> None:
    with pytest.raises(TypeError, match="in a list"):
        value_and_grads(add)(2.0)
    with pytest.raises(TypeError, match="is an integer"):
        value_and_grads(add)([2, 3.0])


@pytest.mark.parametrize(("params", "expected"), [(None, [27.0, -4.0]), ([1], [-4.0]), (["y", "x"], [-4.0, 27.0])])
def test_cubic(params: Any, expected: list[float]) -> None:
    g = value_and_gradients_function(cubic, params)
    assert g(2.0, 3.0) == g(2.0, y=3.0) == g(x=2.0, y=3.0) == (6.0, expected)


@pytest.mark.parametrize("params", [["z"], [2], [-1], [True], ["x", 1], "x", 0, [1.0]])
def test_params_are_checked_when_the_function_is_built(params: Any) -> None:
    with pytest.raises(ValueError, match="parameters of `cubic` are x, y"):
        value_and_gradients_function(cubic, params)


def several(x, scale=2.0):
    return [x * scale, (x**2, x[0])]


def test_results_in_lists_are_summed_or_weighted() -> None:
    g, x = value_and_gradients_function(several), np.array([1.0, 3.0])
    _, (d_x, d_scale) = g(x)
    np.testing.assert_array_equal(d_x, [5.0, 8.0])
    assert d_scale == 4.0
    _, (d_x, d_scale) = g(x, scale=3.0, dy=[np.array([1.0, 0.0]), (np.array([0.0, 1.0]), 10.0)])
    np.testing.assert_array_equal(d_x, [13.0, 6.0])
    assert d_scale == 1.0


def nothing(x):
    print(x)


def test_no_result() -> None:
    with pytest.raises(ValueError, match="`nothing` returns None"):
        value_and_gradients_function(nothing)(2.0)


def noisy(x):
    print("called")
    return x * x


def test_what_the_user_sees_happens_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert value_and_grads(noisy)([3.0]) == (9.0, [6.0])
    assert capsys.readouterr().out == "called\n"
    assert "noisy" in srcgrad.source(_called(value_and_gradients_function(noisy)))


def _called(g: Any) -> Any:
    g(2.0)
    return g


def test_no_parameters_are_asked_for() -> None:
    assert value_and_gradients_function(cubic, [])(2.0, 3.0) == (6.0, [])
    assert value_and_grads(lambda: 3.0)([]) == (3.0, [])


def weighted(x, *ys, k=1.5):
    return x * k + sum(ys) * x


def test_inputs_that_a_star_takes_have_gradients_of_their_own() -> None:
    assert value_and_grads(weighted)([2.0, 3.0, 4.0]) == (17.0, [8.5, 2.0, 2.0])
    assert value_and_gradients_function(weighted, ["x", "k"])(2.0, 3.0, k=4.0) == (14.0, [7.0, 2.0])


def test_derivatives_are_functions_too() -> None:
    assert value_and_grads(srcgrad.grad(lambda x: x**3))([2.0]) == (12.0, [12.0])
