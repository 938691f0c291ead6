"""Bad uses of each public function: every one is an error of srcgrad's, of the builtin type a caller expects."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad import (
    GradientTape,
    SrcgradError,
    checkpoint,
    hvp,
    jacobian,
    jvp,
    value_and_gradients_function as of_parameters,
    value_and_grads as of_inputs,
    vjp,
)

X = np.array([1.0, 2.0, 3.0])
INTS = np.arange(3)
Row = tuple[Callable[[], Any], type[Exception], str]


def f(x: Any) -> Any:
    return np.sum(x * x)


def vector(x: Any) -> Any:
    return x * x


def two(x: Any, y: Any) -> Any:
    return np.sum(x * y)


def pair(x: Any) -> Any:
    return x * x, {"a": np.sum(x)}


def nothing(x: Any) -> None:
    return None


def text(x: Any) -> str:
    return "a"


def items(x: Any) -> Iterator[Any]:
    yield x


def made_by(d: Any) -> list[Row]:
    """What no gradient, Jacobian or Hessian takes."""
    return [
        (lambda: d(3)(X), TypeError, "SG401"), (lambda: d(None)(X), TypeError, "SG401"),
        (lambda: d("f")(X), TypeError, "SG401"), (lambda: d(items)(X), TypeError, "SG203"),
        (lambda: d(f)(3), TypeError, "SG405"), (lambda: d(f)(INTS), TypeError, "SG405"),
        (lambda: d(f)(True), TypeError, "SG405"), (lambda: d(f)("abc"), TypeError, "SG405"),
        (lambda: d(f)(None), TypeError, "SG405"), (lambda: d(f)(v for v in [1.0]), TypeError, "SG405"),
        (lambda: d(f)(np.array([1.0, None], object)), TypeError, "SG405"),
        (lambda: d(two)(X), TypeError, "SG305"), (lambda: d(f)(), TypeError, "SG305"),
        (lambda: d(f)(X, X), TypeError, "SG305"), (lambda: d(f)(X, z=1), TypeError, "SG305"),
        (lambda: d(f, wrt=5)(X), ValueError, "SG403"), (lambda: d(f, wrt="q")(X), ValueError, "SG403"),
        (lambda: d(f, wrt=None)(X), TypeError, "SG402"), (lambda: d(f, wrt=1.5)(X), TypeError, "SG402"),
        (lambda: d(f, wrt=True)(X), TypeError, "SG402"), (lambda: d(f, wrt=[0])(X), TypeError, "SG402"),
        (lambda: d(f, wrt=(0, 0))(X), ValueError, "SG403"), (lambda: d(text)(X), TypeError, "SG407"),
    ]  # fmt: skip


def of_scalars(d: Any) -> list[Row]:
    return [
        (lambda: d(vector)(X), TypeError, "SG407"), (lambda: d(nothing)(X), ValueError, "SG406"),
        (lambda: d(lambda x: np.sum(x) * 1j)(X), TypeError, "SG408"),
        (lambda: d(lambda x: np.sum(x) > 0)(X), TypeError, "SG408"),
        (lambda: srcgrad.grad(f, compile="jax"), ValueError, "SG413"),
        (lambda: srcgrad.grad(f, compile=3), ValueError, "SG413"),  # type: ignore[call-overload]
    ]


OF_JACOBIANS: list[Row] = [
    (lambda: jacobian(f, wrt=())(X), ValueError, "SG403"), (lambda: jacobian(nothing)(X), TypeError, "SG407"),
    (lambda: jacobian(lambda x: np.sum(x) > 0)(X), TypeError, "SG407"),
    (lambda: jacobian(lambda x: x * 1j, mode="reverse")(X), TypeError, "SG408"),
    (lambda: jacobian(f, mode="x"), ValueError, "SG413"), (lambda: jacobian(vector, sparsity="x"), ValueError, "SG413"),
    (lambda: jacobian(vector, sparsity=3)(X), ValueError, "SG413"),
    (lambda: jacobian(vector, sparsity=[[None]])(X), ValueError, "SG413"),
    (lambda: jacobian(vector, sparsity=np.ones((2, 2)))(X), ValueError, "SG413"),
    (lambda: hvp(f)(X), TypeError, "SG305"), (lambda: hvp(f)(X, X[:2]), ValueError, "SG409"),
    (lambda: hvp(f)(X, "abc"), ValueError, "SG409"), (lambda: hvp(f)(X, X * 1j), ValueError, "SG409"),
    (lambda: hvp(3)(X, X), TypeError, "SG401"), (lambda: hvp(vector)(X, X), TypeError, "SG407"),
]  # fmt: skip

COTANGENTS: list[Row] = [
    (lambda dy=dy: vjp(vector, X)[1](dy), ValueError, "SG409")
    for dy in (X[:2], np.ones((3, 1)), 2.0, "abc", X * 1j, {}, np.array([None] * 3), (v for v in [1.0]))
]  # fmt: skip
COTANGENTS += [
    (lambda dy=dy: vjp(pair, X)[1](dy), ValueError, "SG409")
    for dy in (X, (X,), (X, {"b": 1.0}), (X[:2], {"a": 1.0}), (v for v in [X, 1.0]))
]
COTANGENTS += [(lambda: vjp(f, X)[1](X), ValueError, "SG409"), (lambda: vjp(f, X)[1](1j), ValueError, "SG409")]
COTANGENTS += [(lambda: vjp(3, X), TypeError, "SG401"), (lambda: vjp(f), TypeError, "SG305")]  # type: ignore[arg-type]

TANGENTS: list[Row] = [
    (lambda p=p, t=t: jvp(f, p, t), kind, code)
    for p, t, kind, code in (
        ((X,), (X[:2],), ValueError, "SG409"), ((X,), (), ValueError, "SG409"), ((X,), (X, X), ValueError, "SG409"),
        ((X,), ("a",), ValueError, "SG409"), ((X,), (X * 1j,), ValueError, "SG409"),
        ((X,), (1.0,), ValueError, "SG409"), ((3,), (1.0,), TypeError, "SG405"), ((INTS,), (X,), TypeError, "SG405"),
        ((X,), (np.array([None] * 3),), ValueError, "SG409"), ((), (), TypeError, "SG305"),
    )
]  # fmt: skip

INPUTS: list[Row] = [
    (lambda: of_inputs(3)([X]), TypeError, "SG401"), (lambda: of_inputs(f)(X), TypeError, "SG404"),
    (lambda: of_inputs(f)({"x": X}), TypeError, "SG404"), (lambda: of_inputs(f)(v for v in [X]), TypeError, "SG404"),
    (lambda: of_inputs(f)([]), TypeError, "SG305"), (lambda: of_inputs(f)([X, X]), TypeError, "SG305"),
    (lambda: of_inputs(f)([3]), TypeError, "SG405"), (lambda: of_inputs(f)([None]), TypeError, "SG405"),
    (lambda: of_inputs(vector)([X], X[:2]), ValueError, "SG409"),
    (lambda: of_inputs(vector)([X], "a"), ValueError, "SG409"),
    (lambda: of_inputs(vector)([X], X * 1j), ValueError, "SG409"),
    (lambda: of_inputs(nothing)([X]), ValueError, "SG406"), (lambda: of_inputs(text)([X]), TypeError, "SG407"),
]  # fmt: skip

PARAMETERS: list[Row] = [
    (lambda p=p: of_parameters(two, params=p), ValueError, "SG403")
    for p in (1, "x", [0, "y"], ["z"], [-1], [2], [True], [None], [1.0], (v for v in [0]))
]
PARAMETERS += [
    (lambda: of_parameters(3), TypeError, "SG401"), (lambda: of_parameters(two)(X), TypeError, "SG305"),
    (lambda: of_parameters(two)(1, 2.0), TypeError, "SG405"), (lambda: of_parameters(nothing)(X), ValueError, "SG406"),
    (lambda: of_parameters(vector)(X, dy=X[:2]), ValueError, "SG409"),
    (lambda: of_parameters(vector)(X, dy="a"), ValueError, "SG409"),
]  # fmt: skip


def asked(*of: Any, **options: Any) -> Any:
    x = X
    with GradientTape() as tape:
        tape.watch(x)
        y = x * x
    known = {"x": x, "y": y}
    first, second = (known.get(n, n) if isinstance(n, str) else n for n in of)
    return tape.gradient(first, second, **options)


def watched(x: Any) -> Any:
    with GradientTape() as tape:
        tape.watch(x)
        y = 2.0
    return tape.gradient(y, x)


def asked_twice() -> Any:
    x = X
    with GradientTape() as tape:
        tape.watch(x)
        y = x * x
    tape.gradient(y, x)
    return tape.gradient(y, x)


TAPES: list[Row] = [
    (lambda: asked(None, "x"), TypeError, "SG418"), (lambda: asked("y", None), TypeError, "SG418"),
    (lambda: asked("y", "x", output_gradients=X[:2]), ValueError, "SG409"),
    (lambda: asked("y", "x", output_gradients="a"), ValueError, "SG409"),
    (lambda: asked("y", "x", unconnected_gradients="nil"), ValueError, "SG413"),
    (lambda: watched("abc"), ValueError, "SG417"), (lambda: watched(None), ValueError, "SG417"),
    (lambda: watched(3), ValueError, "SG417"), (lambda: watched(v for v in [X]), ValueError, "SG417"),
    (asked_twice, RuntimeError, "SG414"), (lambda: GradientTape().watch(X), RuntimeError, "SG414"),
    (lambda: GradientTape().gradient(X, X), RuntimeError, "SG414"),
    (lambda: GradientTape("yes"), TypeError, "SG404"),  # type: ignore[arg-type]
]  # fmt: skip


@srcgrad.function
def of_a_bad_option(x: Any) -> Any:
    return srcgrad.gradients(x * x, [x], unconnected_gradients="nil")


@srcgrad.function
def of_none(x: Any) -> Any:
    return srcgrad.gradients(None, [x])


@srcgrad.function
def with_weights(x: Any, w: Any) -> Any:
    y = x * x
    return srcgrad.gradients(y, [x], grad_ys=w)


@srcgrad.function
def of_an_unknown_operation(x: Any) -> Any:
    y = np.kaiser(3, x[0])
    return srcgrad.gradients(y, [x])


GRAPHS: list[Row] = [
    (lambda: srcgrad.gradients(X, X), RuntimeError, "SG414"), (lambda: of_a_bad_option(X), ValueError, "SG413"),
    (lambda: of_none(X), TypeError, "SG418"), (lambda: with_weights(X, X[:2]), ValueError, "SG409"),
    (lambda: with_weights(X, "a"), ValueError, "SG409"), (lambda: with_weights(X, [X, X]), ValueError, "SG409"),
    (lambda: of_an_unknown_operation(X), LookupError, "SG301"),
    (lambda: srcgrad.function(3), TypeError, "SG401"),  # type: ignore[arg-type]
]  # fmt: skip

RULES: list[Row] = [
    (lambda: srcgrad.rule(3), TypeError, "SG313"), (lambda: srcgrad.rule(None), TypeError, "SG313"),  # type: ignore[arg-type]
    (lambda: srcgrad.rule("f(")(f), ValueError, "SG311"), (lambda: srcgrad.rule("nobody.f(x)")(f), ValueError, "SG311"),
    (lambda: srcgrad.implicit(), ValueError, "SG419"), (lambda: srcgrad.implicit(3), ValueError, "SG419"),  # type: ignore[arg-type]
    (lambda: srcgrad.implicit(f, fixed_point=f), ValueError, "SG419"),
    (lambda: srcgrad.implicit(f)(3), TypeError, "SG401"),  # type: ignore[arg-type]
]  # fmt: skip

TABLES = {
    "grad": [*made_by(srcgrad.grad), *of_scalars(srcgrad.grad)], "value_and_grad": made_by(srcgrad.value_and_grad),
    "jacobian": made_by(jacobian), "hessian": [*made_by(srcgrad.hessian), *of_scalars(srcgrad.hessian)],
    "jacobian and hvp": OF_JACOBIANS, "vjp": COTANGENTS, "jvp": TANGENTS, "value_and_grads": INPUTS,
    "value_and_gradients_function": PARAMETERS, "GradientTape": TAPES, "gradients": GRAPHS, "rule": RULES,
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_bad_uses(name: str) -> None:
    for n, (call, kind, code) in enumerate(TABLES[name]):
        try:
            found: Any = call()
        except SrcgradError as refused:
            found = refused
        assert isinstance(found, SrcgradError) and found.code == code, (n, code, repr(found)[:200])
        assert isinstance(found, kind) or code == "SG203", (n, kind)


@pytest.mark.parametrize("snapshots", [0, -1, 1.5, None, True, "a", [1]])
def test_snapshots_are_a_number_of_at_least_one(snapshots: Any) -> None:
    with pytest.raises(ValueError, match="a whole number of at least 1"):
        checkpoint(range(3), snapshots)


def test_what_has_no_numbers_to_differentiate_is_a_constant() -> None:
    assert vjp(f, INTS)[1](1.0) == (None,)
    np.testing.assert_array_equal(jacobian(lambda x: np.sum(x) * 1j)(X), [1j, 1j, 1j])
