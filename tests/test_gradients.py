"""srcgrad.gradients and srcgrad.function: the published numbers, and every sentence of the contract."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad import gradients


@srcgrad.function
def stopped() -> Any:
    a = 0.0
    b = 2 * a
    return gradients(a + b, [a, b], stop_gradients=[a, b])


@srcgrad.function
def through() -> Any:
    a = 0.0
    b = 2 * a
    return gradients(a + b, [a, b])


@srcgrad.function
def constant_by_hand() -> Any:
    a = srcgrad.stop_gradient(0.0)
    b = srcgrad.stop_gradient(2 * a)
    return gradients(a + b, [a, b])


@srcgrad.function
def cost() -> Any:
    weights = 0.0
    biases = 2 * weights
    total = weights + biases
    g = gradients(total, [weights, biases])
    d_weights, d_biases = g
    return d_weights, d_biases


def test_the_published_examples() -> None:
    assert stopped() == [1.0, 1.0]
    assert through() == [3.0, 1.0]
    assert constant_by_hand() == [1.0, 1.0]
    assert cost() == (3.0, 1.0)


@srcgrad.function
def unconnected(kind: str) -> Any:
    a, b = np.ones((1, 2)), np.ones((3, 1))
    return gradients([b], [a], unconnected_gradients=kind)


def test_unconnected() -> None:
    assert unconnected("none") == [None]
    np.testing.assert_array_equal(unconnected("zero"), [np.zeros((1, 2))])
    with pytest.raises(ValueError, match='"none" or "zero"'):
        unconnected("nothing")


@srcgrad.function
def several(x: Any, n: int, weights: Any = None) -> Any:
    print("called")
    y = x**n
    z = 0.0
    for _ in range(3):
        z = z + np.sum(x)
    found = gradients([y, z], [x, n, y], grad_ys=weights)
    return found, gradients(x, x), gradients(y, [])


def test_sums_weights_constants_and_empty_lists(capsys: pytest.CaptureFixture[str]) -> None:
    x = np.array([1.0, 2.0])
    (d_x, d_n, d_y), own, nothing = several(x, 3)
    np.testing.assert_array_equal(d_x, 3.0 * x**2 + 3.0)
    np.testing.assert_array_equal(d_y, np.ones(2))
    assert d_n is None and nothing == [] and own[0].tolist() == [1.0, 1.0]
    assert capsys.readouterr().out == "called\n"
    (d_x, _, d_y), _, _ = several(x, 3, [np.array([2.0, 0.0]), None])
    np.testing.assert_array_equal(d_x, [9.0, 3.0])
    np.testing.assert_array_equal(d_y, [2.0, 0.0])
    with pytest.raises(ValueError, match="2 ys and 1 grad_ys"):
        several(x, 3, [x])
    with pytest.raises(ValueError, match=r"grad_ys has shape \(\), and ys has shape \(2,\)"):
        several(x, 3, [1.0, 1.0])


@srcgrad.function
def second_order(x: Any) -> Any:
    y = x**4
    (dy,) = gradients(y, [x])
    return gradients(dy, [x])


def test_gradients_of_gradients() -> None:
    assert second_order(2.0) == [48.0]


@srcgrad.function
def slopes(x: Any, c: float) -> Any:
    h = np.tanh(x * c)
    y = np.sum(h * h)
    d_x, d_h = gradients(y, [x, h], grad_ys=c)
    return np.sum(d_x * d_h)


@srcgrad.function
def held_fixed(x: Any) -> Any:
    h = x * x
    (d_x,) = gradients(x * h, [x], stop_gradients=[h], grad_ys=x)
    return np.sum(d_x)


def test_inside_functions_that_are_differentiated() -> None:
    x = np.array([0.4, -0.3])
    srcgrad.check_grads(slopes, (x, 1.5))
    srcgrad.check_grads(held_fixed, (x,))
    assert srcgrad.value_and_grad(slopes)(x, 1.5)[0] == pytest.approx(slopes(x, 1.5), rel=1e-14)
    np.testing.assert_allclose(held_fixed(x), np.sum(x**3), rtol=1e-14)


class Fit:
    scale = 2.0

    @srcgrad.function
    def slope(self, x: Any) -> Any:
        """A method, with a docstring."""
        y = self.scale * x * x
        if np.sum(y) > 100.0:
            return None
        return gradients(y, x)

    def helper(self, x: Any) -> Any:
        return gradients(x * x, x)

    @srcgrad.function
    def by_helper(self, x: Any) -> Any:
        return self.helper(x)


def test_methods_and_functions_that_are_not_decorated() -> None:
    fit = Fit()
    assert fit.slope(3.0) == [12.0] and fit.slope(30.0) is None
    for call in (fit.helper, fit.by_helper, lambda x: gradients(x, x)):
        with pytest.raises(RuntimeError, match="outside of a function of srcgrad"):
            call(3.0)


@srcgrad.function
def no_rule(x: Any) -> Any:
    y = np.polydiv(x, np.ones(2))[0][0]
    return gradients(y, [x])


@srcgrad.function
def no_name(x: Any) -> Any:
    y = x * x
    return gradients(y, [x[0]])


@srcgrad.function
def nothing(x: Any) -> Any:
    y = print(x)
    return gradients(y, [x])


@srcgrad.function
def in_a_loop(x: Any) -> Any:
    y = x
    for _ in range(2):
        y = y * x
        g = gradients(y, [x])
    return g


@srcgrad.function
def in_a_lambda(x: Any) -> Any:
    y = x * x
    return (lambda: gradients(y, [x]))()


class Spring:
    def __init__(self, stiffness: float) -> None:
        self.stiffness = stiffness


@srcgrad.function
def of_an_attribute(spring: Spring, x: Any) -> Any:
    scale = spring.stiffness
    y = scale * x**2
    return gradients(y, [x, scale])


@srcgrad.function
def of_a_class(fit: Fit, x: Any) -> Any:
    scale = fit.scale
    y = scale * x**2
    return gradients(y, [x, scale])


@srcgrad.function
def left_early(x: Any) -> Any:
    y = x * x
    if x > 1.0:
        return gradients(y, [x])
    z = y * x
    return gradients(z, [x])


@srcgrad.function
def changed_in_place(x: Any) -> Any:
    u = x.copy()
    u[0] = u[1] * u[2]
    seen = [u]
    seen.append(u[1:] * 2.0)
    y = np.sum(seen[0] ** 2) + np.sum(seen[1])
    return gradients(y, [x])


@srcgrad.function
def broken_off(x: Any) -> Any:
    y, n = x, 0
    while n < 4:
        y = y * x
        n += 1
        if n == 2:
            break
    return gradients(y, [x])


def slope_of(a: Any) -> Any:
    @srcgrad.function
    def inner(x: Any) -> Any:
        b = a
        y = b * x * x
        return gradients(y, [x, b])

    return inner


def test_closures_attributes_early_exits_and_changes() -> None:
    assert of_an_attribute(Spring(2.0), 3.0) == [12.0, 9.0]
    assert (left_early(2.0), left_early(0.5)) == ([4.0], [0.75])
    np.testing.assert_array_equal(changed_in_place(np.array([1.0, 2.0, 3.0]))[0], [0.0, 42.0, 32.0])
    assert broken_off(2.0) == [12.0]
    assert slope_of(5.0)(2.0) == [20.0, 4.0]
    assert srcgrad.grad(lambda x: broken_off(x)[0])(2.0) == 12.0
    assert srcgrad.grad(lambda x: of_an_attribute(Spring(2.0), x)[1])(2.0) == 4.0
    with pytest.raises(srcgrad.SrcgradError, match="asked for in a nested function"):
        srcgrad.grad(lambda x: slope_of(x)(x)[0])(2.0)


def test_faults() -> None:
    with pytest.raises(RuntimeError, match="called in a function inside of `in_a_lambda`"):
        in_a_lambda(2.0)
    with pytest.raises(ValueError, match="reads `scale` from outside") as refused:
        of_a_class(Fit(), 2.0)
    assert "scale = fit.scale" in str(refused.value)
    x = np.array([1.0, 3.0, 2.0])
    with pytest.raises(LookupError, match="`numpy.polydiv` has no derivative rule"):
        no_rule(x)
    with pytest.raises(ValueError, match="`xs` holds something else than names of local variables"):
        no_name(x)
    with pytest.raises(TypeError, match="ys is None"):
        nothing(x)
    with pytest.raises(ValueError, match="inside a loop, and `y` is read and bound anew"):
        in_a_loop(2.0)
    with pytest.raises(TypeError, match="missing 1 required positional argument"):
        no_name()


# ----- third derivatives -----


@srcgrad.function
def third(x):
    y = x**4
    g = gradients(y, x)[0]
    h = gradients(g, x)[0]
    return gradients(h, x)[0]


@srcgrad.function
def fourth(x, w):
    y = np.sum(x**4 * w)
    [g] = gradients(y, [x])
    h, h_w = gradients(np.sum(g), [x, w])
    q = gradients([np.sum(h)], [x], grad_ys=[2.0])[0]
    return np.sum(gradients(np.sum(q * h_w), x)[0])


@srcgrad.function
def third_with_a_stop(x):
    y = x**2
    z = y * x
    g = gradients(z, x, stop_gradients=[y])[0]
    return gradients(g, [x])[0]


@srcgrad.function
def by_an_intermediate(x):
    y = x**2
    z = y**3
    g = gradients(z, y)[0]
    h = gradients(g, y)[0]
    return gradients(h, [x, y])


def test_of_gradients_of_gradients() -> None:
    """Any number of them in one function, and derivatives of that."""
    assert third(2.0) == 48.0
    assert srcgrad.grad(third)(2.0) == srcgrad.jvp(third, (2.0,), (1.0,))[1] == 24.0
    x = np.array([0.5, 1.2, 0.3])
    assert fourth(x, 2.0 * x) == pytest.approx(np.sum(48.0 * 2.0 * x * 4.0 * x**3 + 48.0 * x * 2.0 * x * 12.0 * x**2))
    assert third_with_a_stop(3.0) == 6.0 and srcgrad.grad(third_with_a_stop)(3.0) == 2.0
    assert by_an_intermediate(2.0) == [24.0, 6.0]
