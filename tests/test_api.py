"""What callers may pass to grad, value_and_grad, vjp, jvp and check_grads, what they get, and what is refused."""

from __future__ import annotations

import builtins
import operator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import srcgrad


def f(x, y, n=2):
    return x * y**n


def both(params, x):
    return params["w1"] * x + params["b"] * params["w1"]


class Model:
    def __init__(self) -> None:
        self.w = 2.0

    def predict(self, x):
        return self.w * x


PARAMS = {"w1": 2.0, "b": 3.0}


def message(error: type[Exception], call: Any) -> str:
    with pytest.raises(error) as caught:
        call()
    assert isinstance(caught.value, srcgrad.SrcgradError)
    return str(caught.value)


# ----- wrt -----


@pytest.mark.parametrize(
    ("wrt", "expected"),
    [
        (0, 9.0), (1, 12.0), (-3, 9.0), (-2, 12.0), ("x", 9.0), ("y", 12.0), (np.int64(1), 12.0), ((0, 1), (9.0, 12.0)),
        (("y", 0), (12.0, 9.0)), ((1,), (12.0,)),
    ],
)  # fmt: skip
def test_wrt(wrt: Any, expected: Any) -> None:
    assert srcgrad.grad(f, wrt)(2.0, 3.0) == srcgrad.grad(wrt=wrt)(f)(2.0, 3.0) == expected
    assert srcgrad.value_and_grad(f, wrt=wrt)(2.0, 3.0) == srcgrad.value_and_grad(wrt=wrt)(f)(2.0, 3.0)
    assert srcgrad.value_and_grad(f, wrt=wrt)(2.0, 3.0) == (18.0, expected)


TAKES = "SG402 `wrt` takes positions and names of parameters, not {}; `f` has x, y, n"


@pytest.mark.parametrize(
    ("wrt", "error", "expected"),
    [
        (3, ValueError, "SG403 `f` has no parameter number 3; it has x, y, n"),
        (-4, ValueError, "SG403 `f` has no parameter number -4; it has x, y, n"),
        ("z", ValueError, "SG403 `f` has no parameter `z`; it has x, y, n"),
        ("", ValueError, "SG403 `f` has no parameter ``; it has x, y, n"),
        ("x.", ValueError, "SG403 `f` has no parameter `x.`; it has x, y, n"),
        (True, TypeError, TAKES.format("True")),
        ((0, False), TypeError, TAKES.format("False")),
        (None, TypeError, TAKES.format("None")),
        (1.0, TypeError, TAKES.format("1.0")),
        ([0, 1], TypeError, TAKES.format("[0, 1]")),
        ((0, 0), ValueError, "SG403 `wrt` asks for `x` twice; `f` has x, y, n"),
        (("y", 1), ValueError, "SG403 `wrt` asks for `y` twice; `f` has x, y, n"),
        (("x", "x.a"), ValueError, "SG403 `wrt` asks for `x.a` twice; `f` has x, y, n"),
    ],
)
def test_wrt_is_checked_when_the_function_is_built(wrt: Any, error: Any, expected: str) -> None:
    assert message(error, lambda: srcgrad.grad(f, wrt)) == expected


def test_parts_of_arguments() -> None:
    assert srcgrad.grad(both, "params.w1")(PARAMS, 5.0) == 8.0
    assert srcgrad.grad(both, ("x", "params.b"))(PARAMS, 5.0) == (2.0, 2.0)
    assert srcgrad.grad(both, ("params.b", "params.w1"))(PARAMS, 5.0) == (2.0, 8.0)
    assert srcgrad.value_and_grad(lambda t: t[0] * t[1]["k"][1], "t.1.k")((2.0, {"k": [1.0, 3.0]})) == (6.0, [0.0, 2.0])
    assert srcgrad.grad(lambda d: d[7] * 2.0, "d.7")({7: 1.5}) == 2.0
    found = srcgrad.grad(lambda p: np.sum(p["a"] ** 2), "p.a")({"a": np.ones(2, np.float32), "n": 3})
    assert found.dtype == np.float32 and np.array_equal(found, [2.0, 2.0])


def test_only_the_part_is_differentiated() -> None:
    derivative = srcgrad.grad(lambda p: p["a"] * p["b"], "p.a")
    assert derivative({"a": 2.0, "b": 5.0}) == 5.0
    reverse = srcgrad.source(derivative).split("# ---- reverse sweep ----")[1]
    assert 'd_p["a"] =' in reverse and 'd_p["b"]' not in reverse
    assert srcgrad.grad(lambda p: p["a"] * 1.0, "p.a")({"a": 2.0, "b": "text"}) == 1.0


@pytest.mark.parametrize(
    ("g", "wrt", "args", "error", "expected"),
    [
        (both, "params.w9", (PARAMS, 1.0), ValueError,
         "SG403 argument `params` of `both` has no entry `w9`; it has w1, b"),
        (f, "x.w", (1.0, 2.0), TypeError,
         "SG405 argument `x.w` of `f` is in a float, which has no parts\n"
         "    Parts of plain dicts, tuples and lists can be asked for."),
        (lambda t: t[0] * 1.0, "t.2", ((1.0, 2.0),), ValueError,
         "SG403 argument `t` of `<lambda>` has no entry `2`; it has 2 items"),
        (lambda t: t[0] * 1.0, "t.1", ((1.0, 2),), TypeError,
         "SG405 argument `t.1` of `<lambda>` is an integer, so it has no derivative\n    Pass 2.0."),
        (lambda p: p.a * 2.0, "p.a", (Fraction(1, 2),), TypeError,
         "SG405 argument `p.a` of `<lambda>` is in a Fraction, which has no parts\n"
         "    Parts of plain dicts, tuples and lists can be asked for."),
    ],
)  # fmt: skip
def test_parts_that_are_not_there(g: Any, wrt: str, args: Any, error: Any, expected: str) -> None:
    assert message(error, lambda: srcgrad.grad(g, wrt)(*args)) == expected


# ----- arguments -----


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2, "is an integer, so it has no derivative\n    Pass 2.0."),
        (np.int32(2), "is an integer, so it has no derivative\n    Pass 2.0."),
        (True, "is a bool, so it has no derivative"),
        ("a", "is a string, so it has no derivative"),
        (None, "is None, so it has no derivative"),
        (np.arange(3), "is an array of dtype int64, so it has no derivative\n"
         "    Pass an array of a float dtype, for example x.astype(float)."),
        ([1, 2], "is a list without real or complex numbers, so it has no derivative"),
    ],
)  # fmt: skip
def test_arguments_without_a_derivative(value: Any, expected: str) -> None:
    assert message(TypeError, lambda: srcgrad.grad(f)(value, 3.0)) == f"SG405 argument `x` of `f` {expected}"


def test_calls_that_do_not_fit() -> None:
    missing = "SG305 `f` cannot be called with these arguments: missing a required argument: 'y'\n"
    for call in (
        lambda: srcgrad.grad(f)(1.0),
        lambda: srcgrad.vjp(f, 1.0),
        lambda: srcgrad.jvp(f, (1.0,), (1.0,)),
    ):
        assert message(TypeError, call) == missing + "    Its parameters are x, y, n."
    assert message(TypeError, lambda: srcgrad.grad(f)(1.0, 2.0, m=1)).splitlines()[0].endswith("keyword argument 'm'")


# ----- results -----


@pytest.mark.parametrize(
    ("g", "error", "expected"),
    [
        (lambda x: x * np.ones(3), TypeError,
         "SG407 `<lambda>` returns an array of rank 1; a gradient needs a real scalar\n"
         "    Return a scalar, or use srcgrad.vjp or srcgrad.jacobian."),
        (lambda x: (x, x), TypeError,
         "SG407 `<lambda>` returns a tuple; a gradient needs a real scalar\n"
         "    Return a scalar, or use srcgrad.vjp or srcgrad.jacobian."),
        (lambda x: x * 1j, TypeError,
         "SG408 `<lambda>` returns a complex number; a gradient needs a real scalar\n"
         "    Return its real part or modulus, or use srcgrad.vjp."),
        (lambda x: x > 1, TypeError,
         "SG408 `<lambda>` returns a value of dtype bool; a gradient needs a real scalar\n    Return a float."),
        (lambda x: None, ValueError, "SG406 `<lambda>` returns None, which has no gradient\n    Return the value."),
    ],
)  # fmt: skip
def test_results_without_a_gradient(g: Any, error: Any, expected: str) -> None:
    assert message(error, lambda: srcgrad.grad(g)(2.0)) == expected


def test_results_of_size_one_and_unused_arguments() -> None:
    assert np.array_equal(srcgrad.grad(lambda x: x * x)(np.ones((1, 1))), [[2.0]])
    assert np.array_equal(srcgrad.grad(lambda x, y: y * 1.0)(np.ones(3), 2.0), np.zeros(3))
    assert srcgrad.grad(lambda z: np.real(z * z))(2.0 + 1.0j) == 4.0 + 2.0j


# ----- vjp and jvp -----


def test_pullbacks_are_called_many_times() -> None:
    value, pullback = srcgrad.vjp(lambda x, n: np.array([x * n, x * x]), 2.0, 3)
    assert np.array_equal(value, [6.0, 4.0])
    for _ in range(3):
        assert pullback(np.ones(2)) == (7.0, None)
        assert pullback([1.0, 2.0]) == (11.0, None)
        assert pullback(None) == (0.0, None)


SHAPES = "SG409 the cotangent has shape {}, and the value has shape (2,)"


@pytest.mark.parametrize(
    ("dy", "expected"),
    [
        (1.0, SHAPES.format("()")), (np.ones(3), SHAPES.format("(3,)")), (np.ones((2, 1)), SHAPES.format("(2, 1)")),
        (np.ones(2) * 1j, "SG409 the cotangent is complex, and the value is real"),
        (np.array(["a", "b"]), "SG409 the cotangent must be a number or an array of numbers, not ndarray"),
    ],
)  # fmt: skip
def test_cotangents_that_do_not_fit(dy: Any, expected: str) -> None:
    _, pullback = srcgrad.vjp(lambda x: np.array([x, x * x]), 2.0)
    assert message(ValueError, lambda: pullback(dy)) == expected


def test_structures_of_cotangents() -> None:
    _, pullback = srcgrad.vjp(lambda x: (x, {"a": x * x}), 2.0)
    assert pullback((1.0, {"a": 1.0})) == (5.0,) and pullback((None, {"a": 1.0})) == (4.0,)
    assert message(ValueError, lambda: pullback(1.0)) == "SG409 the cotangent must be a tuple of 2"
    assert message(ValueError, lambda: pullback((1.0, {"b": 1.0}))) == (
        "SG409 the cotangent must be a dict with the keys ['a']"
    )


def test_tangents() -> None:
    assert srcgrad.jvp(f, (2.0, 3.0), (1.0, None)) == (18.0, 9.0)
    assert srcgrad.jvp(f, (2.0, 3.0), (None, None)) == (18.0, 0.0)
    assert srcgrad.jvp(both, (PARAMS, 5.0), ({"w1": 1.0, "b": None}, None)) == (16.0, 8.0)
    assert srcgrad.jvp(lambda xs: xs[0] * sum(v * v for v in xs), ([2.0, 3],), ([1.0, None],)) == (26.0, 21.0)


@pytest.mark.parametrize(
    ("primals", "tangents", "expected"),
    [
        ((2.0, 3.0), (1.0,), "SG409 2 primals and 1 tangents"),
        ((2.0, 3.0), (np.ones(2), None), "SG409 the tangent has shape (2,), and the argument `x` has shape ()"),
        ((2.0, 3.0), ("a", None), "SG409 the tangent must be a number or an array of numbers, not str"),
        ((2.0, 3.0), (1j, None), "SG409 the tangent is complex, and the argument `x` is real"),
        (2.0, 1.0, "SG409 primals and tangents must be tuples with one entry per argument"),
    ],
)
def test_tangents_that_do_not_fit(primals: Any, tangents: Any, expected: str) -> None:
    assert message(ValueError, lambda: srcgrad.jvp(f, primals, tangents)) == expected


# ----- what may be differentiated -----


@pytest.mark.parametrize(
    ("g", "args", "expected"),
    [
        (np.linalg.norm, (np.array([3.0, 4.0]),), np.array([0.6, 0.8])),
        (np.sin, (0.0,), 1.0),
        (operator.mul, (2.0, 3.0), 3.0),
        (builtins.abs, (-1.5,), -1.0),
        (builtins.pow, (2.0, 3.0), 12.0),
        (builtins.float, (1.5,), 1.0),
        (builtins.sum, ([1.0, 2.0],), [1.0, 1.0]),
    ],
)
def test_library_functions(g: Any, args: Any, expected: Any) -> None:
    assert np.array_equal(srcgrad.grad(g)(*args), expected)


def test_library_functions_with_more_arguments() -> None:
    """Of a function of a library also the parameters that may be left out can be given, as in a call of it."""
    a, ones = np.arange(6.0).reshape(2, 3), np.ones((2, 3))
    assert np.array_equal(srcgrad.vjp(np.sum, a, 0)[1](np.array([1.0, 2.0, 3.0]))[0], ones * [1.0, 2.0, 3.0])
    assert np.array_equal(srcgrad.vjp(np.einsum, "ij->ji", a)[1](a.T)[1], a)
    assert srcgrad.jacobian(np.sum)(a, axis=0).shape == (3, 2, 3)
    assert np.array_equal(srcgrad.grad(np.linalg.norm)(a, ord="fro"), a / np.linalg.norm(a))
    assert np.array_equal(srcgrad.jvp(np.pad, (a, 1, "constant"), (ones, None, None))[1], np.pad(ones, 1))
    assert np.array_equal(srcgrad.vjp(np.gradient, a[0])[1](np.ones(3))[0], [-1.5, 0.0, 1.5])


def test_defaults_from_the_function_around() -> None:
    """What a default is called there means nothing in the emitted module: the object itself is the default."""

    def make(reduce):
        def reduced(x, how=reduce):
            return how(np.exp(x) * np.array([1.0, 2.0]))

        return reduced

    assert srcgrad.grad(make(np.sum))(0.0) == 3.0
    assert srcgrad.jvp(make(np.prod), (0.0,), (1.0,)) == (2.0, 4.0)


def test_lambdas_with_lambdas_as_defaults() -> None:
    assert srcgrad.grad(lambda x, g=lambda z: z * z: g(x) * x)(2.0) == 12.0

    def called(x, g=lambda x, y: x * y):
        return g(x, x)

    assert srcgrad.grad(called)(3.0) == 6.0


def test_what_cannot_be_differentiated() -> None:
    assert message(TypeError, lambda: srcgrad.grad("x")) == "SG401 `str` is not callable"
    assert message(TypeError, lambda: srcgrad.vjp(None, 1.0)) == "SG401 `NoneType` is not callable"
    assert message(TypeError, lambda: srcgrad.grad(Model)).startswith("SG109 `Model` is a class")
    assert message(LookupError, lambda: srcgrad.grad([].append)).startswith("SG101 `list.append` has no Python source")


# ----- check_grads -----


def test_check_grads_accepts_what_is_right() -> None:
    for g, args in [
        (lambda x, y: np.sum(np.sin(x) * y), (np.ones(3), 2.0)),
        (lambda x: np.sum(x * x), (np.ones(3, np.float32),)),
        (lambda x: np.sum(x**2), (np.full(3, 1e6),)),
        (lambda x: np.sum(x**2), (np.full(3, 1e-9),)),
        (lambda z: z * z, (1.0 + 2.0j,)),
        (lambda p: p["a"] * p["b"][0], ({"a": 2.0, "b": [3.0, 4]},)),
        (lambda x, n: x**n, (2.0, 3)),
    ]:
        for order in (1, 2):
            srcgrad.check_grads(g, args, order=order)


def test_check_grads_finds_what_is_wrong() -> None:
    def half(x, y):
        return x * srcgrad.stop_gradient(x) + y

    for modes in (("reverse",), ("forward",)):
        text = message(ValueError, lambda m=modes: srcgrad.check_grads(half, (3.0, 1.0), modes=m))  # type: ignore[misc]
        assert text.startswith(f"SG412 {modes[0]} mode against differences for argument 0: ")
        found, expected = (float(word) for word in text.split("argument 0: ")[1].split(", apart")[0].split(" and "))
        assert np.isclose(expected, 2 * found)


@pytest.mark.parametrize(
    ("args", "options", "error", "expected"),
    [
        ((1.0,), {"order": 3}, ValueError, "SG413 `order` is 1 or 2, not 3"),
        ((1.0,), {"modes": "reverse"}, ValueError,
         "SG413 `modes` is a tuple of 'reverse' and 'forward', not 'reverse'"),
        ((1.0,), {"modes": ("back",)}, ValueError,
         "SG413 `modes` is a tuple of 'reverse' and 'forward', not ('back',)"),
        (1.0, {}, ValueError, "SG413 `args` must be a tuple with one entry per argument, not a float"),
        ((1,), {}, TypeError, "SG405 no argument has a derivative\n    Pass floats or arrays of floats."),
    ],
)  # fmt: skip
def test_check_grads_options(args: Any, options: Any, error: Any, expected: str) -> None:
    assert message(error, lambda: srcgrad.check_grads(lambda x: x * x, args, **options)) == expected


def test_check_grads_needs_a_number() -> None:
    assert message(TypeError, lambda: srcgrad.check_grads(lambda x: None, (1.0,))) == (
        "SG408 `<lambda>` returns None, so there is nothing to check"
    )


def total_of(x: float, *rest: Any) -> Any:
    return x * sum(r * r for r in rest)


def test_arguments_of_a_star_have_derivatives_of_their_own() -> None:
    value, pullback = srcgrad.vjp(total_of, 2.0, 3.0, 4.0)
    assert (value, pullback(1.0)) == (50.0, (25.0, 12.0, 16.0))
    assert srcgrad.vjp(total_of, 2.0)[1](1.0) == (0.0,)
    assert srcgrad.jvp(total_of, (2.0, 3.0, 4.0), (None, None, 1.0)) == (50.0, 16.0)
    assert srcgrad.jvp(total_of, (2.0, 3.0, 4.0), (1.0, 1.0, 0.0)) == (50.0, 37.0)
    assert srcgrad.grad(total_of, wrt=1)(2.0, 3.0, 4.0) == (12.0, 16.0)
    srcgrad.check_grads(total_of, (2.0, 3.0, 4.0))


def test_a_cotangent_of_rank_zero_is_taken_as_the_number_it_is() -> None:
    def f(x: Any) -> Any:
        total = 0.0
        for w in x:
            if w > 0:
                v = w + total
                total = total + v
        return total

    value, pullback = srcgrad.vjp(f, np.array([0.6, 1.1]))
    np.testing.assert_array_equal(pullback(np.ones_like(value))[0], pullback(1.0)[0])
    _, tangent = srcgrad.jvp(lambda a: f([a, a]), (0.5,), (np.array(1.0),))
    assert tangent == 3.0


def three_numbers(x: Any) -> Any:
    return np.array([x[0] * x[1], np.sin(x[2]), x[0] ** 2])


def raises_itself(x: Any) -> Any:
    out = np.zeros(3)
    return out[int(x[0])] * x[5]


def test_a_result_that_the_reverse_sweep_shows_to_be_no_scalar() -> None:
    for g in (srcgrad.grad(three_numbers), srcgrad.hessian(three_numbers)):
        with pytest.raises(TypeError, match=r"SG407 `three_numbers` returns an array of shape \(3,\)"):
            g(np.ones(3))
    with pytest.raises(TypeError, match="SG407"):
        srcgrad.hvp(three_numbers)(np.ones(3), np.ones(3))
    with pytest.raises(IndexError, match="index 5 is out of bounds"):
        srcgrad.grad(raises_itself)(np.ones(3))
    with pytest.raises(ValueError, match="SG409 the direction is a tuple of 2"):
        srcgrad.hvp(lambda x, y: x * x * y, wrt=(0, 1))(2.0, 3.0, 1.0)


def test_parameters_that_take_any_number_of_arguments_and_are_given_none() -> None:
    with pytest.raises(ValueError, match="SG403 `max` takes any number of arguments"):
        srcgrad.grad(max)(1.0, 2.0)
