"""jvp, vjp, jacobian, hessian and hvp inside functions that are differentiated, of closures over active values, too."""

from __future__ import annotations

import functools
import re
from typing import Any, NamedTuple

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


def weighted(v: Any, w: float = 2.0, *, c: float = 3.0) -> Any:
    return np.sum(v**3) * w * w * c


class Layer:
    def __init__(self, w: Any) -> None:
        self.w = w

    def loss(self, x: Any, c: float = 2.0) -> Any:
        return np.sum(self.w * x**3) * c


halved = functools.partial(weighted, c=0.5)


def with_defaults(x: Any, c: float) -> Any:
    """What is not given has its default, before directions and cotangents."""
    layer = Layer(x * c)
    _, t = jvp(weighted, (x,), (x * c,))
    _, u = jvp(weighted, (x, c), (x, x[0]))
    _, v = jvp(halved, (x,), (x,))
    _, w = jvp(layer.loss, (x,), (x * x,))
    y, pull = vjp(weighted, x, c)
    d_v, d_w, d_c = pull(y)
    z, of_half = vjp(halved, x)
    return t * u + v * w + np.sum(d_v) * d_w + z * d_c + np.sum(of_half(c)[0])


def products_with_defaults(x: Any, c: float) -> Any:
    product = hvp(weighted)
    found = product(x, x) + product(x, c, x) + hvp(Layer(x).loss)(x, x * c) + product(x, x, c=c)
    return np.sum(found) + np.sum(jacobian(weighted)(x, c=c)) + np.sum(hessian(weighted)(x) @ x)


@pytest.mark.parametrize(
    ("f", "args"),
    [
        (with_defaults, (X, 1.5)), (products_with_defaults, (X, 1.5)),
        (along_a_direction, (X, 1.5)), (pulled_back, (X, 1.5)), (pulled_back_twice, (1.2,)),
        (squares_of_a_jacobian, (X,)), (jacobian_of_a_closure, (X, 1.5)), (slope_of_numbers, (1.3,)),
        (along_the_curvature, (X, 1.5)), (newton_step, (X, 1.5)), (of_the_closure, (1.5,)),
    ],
)  # fmt: skip
def test_derivatives_of_derivatives(f: Any, args: Any) -> None:
    srcgrad.check_grads(f, args, order=1 if f in (with_defaults, products_with_defaults) else 2)
    assert srcgrad.value_and_grad(f)(*args)[0] == pytest.approx(f(*args), rel=1e-13)


def test_directions_are_not_confused() -> None:
    """x * d(x + y)/dy at y = 1 is x, and its derivative 1; 2 where the two directions are taken for one."""
    assert grad(of_the_closure)(1.5) == 1.0
    assert jvp(of_the_closure, (1.5,), (1.0,)) == (1.5, 1.0)
    assert jvp(lambda x: jvp(lambda y: x * y, (x,), (x,))[1], (3.0,), (1.0,)) == (9.0, 6.0)


def test_second_derivative_of_a_pullback_that_is_called_twice() -> None:
    """9 x**7 + x**3; each call of the pullback has the stacks for itself."""
    assert grad(grad(pulled_back_twice))(1.0) == pytest.approx(9.0 * 42.0 + 6.0, rel=1e-13)


class Body:
    def __init__(self, mass: float | None, place: Any, name: str) -> None:
        self.mass, self.place, self.name, self.pushes = mass, place, name, []

    def push(self, s: float) -> Any:
        self.pushes.append(s)
        self.mass *= s
        self.place[0] += s / self.mass
        return np.sum(self.place**2) * self.pushes[-1]


class Pair(NamedTuple):
    first: Body
    rest: tuple[float, list[float]]


ALONG = Body(None, np.array([1, 2, 3]), "direction")
PAIR = Pair(Body(1.0, X, "direction"), (0.5, [2.0]))


def pushed_along_an_object(x: Any, s: float) -> Any:
    return jvp(lambda b, s: b.push(s), (Body(s, x * s, "body"), s), (ALONG, 1.0))[1]


def pushed_along_a_tuple(x: Any, s: float) -> Any:
    pair = Pair(Body(s, x * s, "body"), (s, [s * s]))
    value, tangent = jvp(lambda p: p.first.push(p.rest[0]) * p.rest[1][0], (pair,), (PAIR,))
    return value * tangent


def pushed_along_a_part(x: Any, s: float) -> Any:
    def changed(p: Any, a: Any) -> Any:
        p[0] *= p[1][1]
        a[1] = p[0] * a[1]
        return np.sum(a) * p[1][0]

    return jvp(changed, ([s, (s * s, s)], x * s), ([1.0, None], np.array([1, 0, 2])))[1]


@pytest.mark.parametrize("f", [pushed_along_an_object, pushed_along_a_tuple, pushed_along_a_part])
def test_directions_are_in_the_structure_of_the_arguments(f: Any) -> None:
    """Of constant objects, of which some has no derivative; they stay as they are."""
    srcgrad.check_grads(f, (X, 1.5))
    assert srcgrad.value_and_grad(f)(X, 1.5)[0] == pytest.approx(f(X, 1.5), rel=1e-13)
    assert vars(ALONG).items() >= {"mass": None, "name": "direction", "pushes": []}.items() and PAIR.first.mass == 1.0
    assert ALONG.place.tolist() == [1, 2, 3] and PAIR.first.place is X


def test_an_object_that_is_a_direction_may_change_between_calls() -> None:
    along = Body(1.0, np.ones(3), "direction")
    f = grad(lambda x, s: jvp(lambda b, s: b.push(s), (Body(s, x * s, "body"), s), (along, 1.0))[1], wrt=1)
    for mass, place, pushes in [(1.0, X, []), (None, X, []), (2.0, X * 2.0, [])]:
        along.mass, along.place, along.pushes = mass, place, pushes
        numeric = (f.__wrapped__(X, 1.5 + 1e-5) - f.__wrapped__(X, 1.5 - 1e-5)) / 2e-5
        assert f(X, 1.5) == pytest.approx(numeric, rel=1e-7)


def any_arguments(x: Any) -> Any:
    return np.sum(hvp(lambda a, *b: np.sum(a**2 * x))(x, x))


def tangents_of_unknown_number(x: Any) -> Any:
    tangents = tuple([x] * (len(x) - 2))
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


def a_tangent_of_another_shape(x: Any) -> Any:
    return jvp(energy, (x, 2.0), (1.0, None))[1]


def a_product_along_another_shape(x: Any) -> Any:
    return np.sum(hvp(energy)(x, 2.0, np.ones((2, 1))))


def a_tangent_of_a_constant_object(x: Any) -> Any:
    return jvp(lambda b, v: b.push(np.sum(v)), (ALONG, x), (ALONG, None))[1]


def a_tangent_of_what_is_called_record(x: Any) -> Any:
    return jvp(lambda record: np.sum(record**3), (x,), (1.0,))[1]


def a_tangent_that_is_longer(x: Any) -> Any:
    return jvp(lambda p: p[0] ** 2, ([x[0], x[1]],), ([1.0, 2.0, 3.0],))[1]


def a_tangent_with_other_keys(x: Any) -> Any:
    return jvp(lambda p: p["a"] ** 2, ({"a": x[0]},), ({"b": 1.0},))[1]


def a_complex_tangent(x: Any) -> Any:
    return jvp(lambda a: a**2, (x[0],), (1j,))[1].real


def a_tangent_of_text(x: Any) -> Any:
    return jvp(lambda a: a**2, (x[0],), ("x",))[1]


def late_by_rebinding(x: Any) -> Any:
    a = 2.0 * x
    y, pull = vjp(lambda v: np.tanh(a * v), x)
    a = a * 3.0
    return np.sum(pull(y)[0])


def late_by_a_change_of_memory(x: Any) -> Any:
    a = 2.0 * x
    slope = lambda v: np.tanh(a * v)  # noqa: E731
    y, pull = vjp(lambda v: slope(v) ** 2, x)
    b = a
    b[0] = 3.0
    return np.sum(pull(y)[0])


def late_in_a_closure(x: Any) -> Any:
    a = 2.0 * x
    y, pull = vjp(lambda v: np.tanh(a * v), x)
    back = lambda v: pull(v)[0]  # noqa: E731
    a = a * 3.0
    return np.sum(back(y))


def late_in_a_loop(x: Any) -> Any:
    a, y = 2.0 * x, x
    _, pull = vjp(lambda v: np.tanh(a * v), x)
    for _n in range(2):
        y = y + pull(y)[0]
        a = a * 2.0
    return np.sum(y)


def early_enough(x: Any) -> Any:
    total = 0.0
    for n in range(3):
        a = x * n
        y, pull = vjp(lambda v: np.tanh(a * v), x)  # noqa: B023
        total = total + np.sum(pull(y)[0])
        a = pull(y)[0]
    return total + np.sum(a)


def test_pullbacks_before_a_change() -> None:
    srcgrad.check_grads(early_enough, (X,), order=1)


def as_many_as_there_are(x: Any) -> Any:
    return jacobian(lambda v: [v * n for n in range(len(v))])(x)[0][0][0]


def by_complex_numbers(x: Any) -> Any:
    return np.sum(np.real(jacobian(lambda v: v * v)(x + 1j)))


def of_itself(x: Any) -> Any:
    return jvp(of_itself, (x,), (x,))[1]


def as_deep_as_a_number_says(x: Any, n: int = 2) -> Any:
    return grad(lambda v: as_deep_as_a_number_says(v, n - 1))(x[0]) if n > 0 else np.sum(x**3)


@pytest.mark.parametrize(
    ("f", "message"),
    [
        (any_arguments, "a function with `*` or `**` parameters is differentiated here"),
        (tangents_of_unknown_number, "its primals and tangents are tuples whose lengths are known"),
        (a_pullback_kept_elsewhere, "write `value, pullback = srcgrad.vjp"),
        (another_shape, "the cotangent has shape"),
        (another_shape_of_something_active, "the cotangent has another shape than the value"),
        (a_tangent_of_another_shape, "the tangent has another shape than the argument"),
        (a_product_along_another_shape, "the tangent has another shape than the argument"),
        (a_tangent_of_a_constant_object, "Make the object in the function that is differentiated"),
        (a_tangent_of_what_is_called_record, "the tangent has another shape than the argument"),
        (a_tangent_that_is_longer, "the tangent has 3 items, and the argument has 2"),
        (a_tangent_with_other_keys, "the tangent has the items ['b'], and the argument has ['a']"),
        (a_complex_tangent, "the tangent is complex, and the argument is real"),
        (a_tangent_of_text, "the tangent of a number is no number"),
        (late_by_rebinding, "`a`, which the function of `pull` reads, is changed before that is called"),
        (late_by_a_change_of_memory, "`a`, which the function of `pull` reads, is changed before that is called"),
        (late_in_a_closure, "`a`, which the function of `pull` reads, is changed before that is called"),
        (late_in_a_loop, "`a`, which the function of `pull` reads, is changed before that is called"),
        (of_itself, "takes a derivative of itself, to a depth that is not known here"),
        (as_deep_as_a_number_says, "takes a derivative of itself, to a depth that is not known here"),
        (as_many_as_there_are, "a Jacobian inside a function is of numbers and arrays, and tuples, lists and dicts"),
        (by_complex_numbers, "a Jacobian inside a function is by complex numbers"),
    ],
)
def test_refusals(f: Any, message: str) -> None:
    with pytest.raises((srcgrad.SrcgradError, ValueError), match=re.escape(message)):
        srcgrad.grad(f)(X)
