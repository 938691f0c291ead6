"""Derivatives taken inside differentiated code: their orders, what they rely on, and what of them is refused."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad import grad, jvp
from srcgrad.files import Request, emit_text
from tests import trees


def test_directions_are_not_confused() -> None:
    """The example of Siskind and Pearlmutter: 2 where the inner derivative takes the outer direction for its own."""

    def f(x: float) -> Any:
        return x * grad(lambda y: x + y)(1.0)

    assert grad(f)(1.0) == 1.0
    assert jvp(f, (1.0,), (1.0,)) == (1.0, 1.0)
    assert grad(grad(f))(1.0) == 0.0


def test_orders_up_to_four() -> None:
    """x^6, differentiated inside, outside and on both sides."""

    def once(x: float) -> Any:
        return grad(lambda y: y**6)(x)

    def twice(x: float) -> Any:
        return grad(grad(lambda y: y**6))(x)

    def again(x: float) -> Any:
        return grad(once)(x)

    for f, first in ((once, 30.0 * 1.5**4), (twice, 120.0 * 1.5**3), (again, 120.0 * 1.5**3)):
        assert grad(f)(1.5) == pytest.approx(first, rel=1e-12)
        assert jvp(f, (1.5,), (2.0,))[1] == pytest.approx(2.0 * first, rel=1e-12)
    assert jvp(grad(once), (1.5,), (2.0,))[1] == pytest.approx(240.0 * 1.5**3, rel=1e-12)


def energy(x: Any, a: Any) -> Any:
    return np.sum(a * x**4) + np.sum(np.sin(x[1:] * x[:-1]))


def squared_force(x: Any, a: Any) -> Any:
    force = grad(energy)(x, a)
    return np.sum(force * force)


def test_second_derivatives_through_a_gradient() -> None:
    """u.Hv = v.Hu, and H itself by differences of the gradient."""
    rng = np.random.default_rng(3)
    x, u, v = (rng.standard_normal(4) for _ in range(3))
    product = srcgrad.hvp(squared_force)(x, 0.3, v)
    np.testing.assert_allclose(u @ product, v @ srcgrad.hvp(squared_force)(x, 0.3, u), rtol=1e-11)
    slope = grad(squared_force)
    numeric = (slope(x + 1e-6 * v, 0.3) - slope(x - 1e-6 * v, 0.3)) / 2e-6
    np.testing.assert_allclose(product, numeric, rtol=1e-6)


def test_it_follows_when_a_function_is_replaced() -> None:
    def outer(x: float) -> Any:
        return grad(primal)(x)

    def primal(y: float) -> Any:
        return helper(y)

    def helper(y: float) -> Any:
        return y**3

    slope = grad(outer)
    assert slope(2.0) == pytest.approx(12.0)

    def helper(y: float) -> Any:  # type: ignore[no-redef]  # noqa: F811
        return y**4

    assert slope(2.0) == pytest.approx(48.0)


def test_it_follows_when_a_derivative_is_replaced() -> None:
    slope_of_cube = grad(lambda y: y**3)

    def outer(x: float) -> Any:
        return slope_of_cube(x)

    slope = grad(outer)
    assert slope(2.0) == pytest.approx(12.0)
    slope_of_cube = grad(lambda y: y**4)
    assert slope(2.0) == pytest.approx(48.0)


def test_what_matters_to_no_derivative_is_not_looked_into() -> None:
    def f(x: float) -> Any:
        return x * x * np.linalg.norm([3.0, float(srcgrad.jacobian(lambda y: 4.0 * y)(1.0))])

    assert grad(f)(2.0) == pytest.approx(20.0)


def vector_inside(x: Any) -> Any:
    return np.sum(grad(lambda y: x * y)(x))


def of_an_integer(x: float) -> Any:
    return grad(lambda n: n * x)(3)


def of_an_unknown_parameter(x: float) -> Any:
    return grad(lambda y: y * x, wrt="z")(x)


def refused_inside(x: float) -> Any:
    return grad(lambda y: np.polydiv(np.ones(2), y * x * np.ones(1))[0][0])(x)


def by_forward_mode(x: float) -> Any:
    along = tuple([1.0] * int(x))
    return jvp(lambda y: y * x, (x,), along)[1]


def calls_itself(x: float) -> Any:
    def power(y: float, n: int) -> Any:
        return 1.0 if n == 0 else x * y * power(y, n - 1)

    return grad(power)(x, 3)


@pytest.mark.parametrize(
    ("f", "x", "code", "text"),
    [
        (vector_inside, np.ones(3), "SG407", "grad(lambda y: x * y)(x)"),
        (of_an_integer, 2.0, "SG405", "grad(lambda n: n * x)(3)"),
        (of_an_unknown_parameter, 2.0, "SG403", 'grad(lambda y: y * x, wrt="z")'),
        (refused_inside, 2.0, "SG301", "np.polydiv(np.ones(2), y * x * np.ones(1))"),
        (by_forward_mode, 2.0, "SG301", "jvp(lambda y: y * x, (x,), along)"),
        (calls_itself, 2.0, "SG308", "grad(power)(x, 3)"),
    ],
)
def test_refusals(f: Any, x: Any, code: str, text: str) -> None:
    """Each stands where its cause is."""
    for derivative in (lambda: grad(f)(x), lambda: jvp(f, (x,), (x,))):
        with pytest.raises(srcgrad.SrcgradError) as refused:
            derivative()
        assert refused.value.code == code
        assert text in str(refused.value) and refused.value.hint
        assert refused.value.lineno and refused.value.offset


AT_THE_TOP = {  # they call what the module made when it was run
    "of_a_live_derivative", "of_a_tuple", "of_a_live_method", "along_a_live_partial"}  # fmt: skip


def test_programs_that_differentiate_are_emitted_to_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their files give what is given in memory, and take nothing from srcgrad."""
    folder = Path(__file__).parent / "programs"
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.syspath_prepend(str(tmp_path))
    refused = set()
    for n, c in enumerate(importlib.import_module("nested_derivatives").CASES):
        if any(np.iscomplexobj(a) for a in c.args):  # a file is for real arguments
            continue
        name, wrt = c.function.__name__, tuple(list(inspect.signature(c.function).parameters)[k] for k in c.wrt)
        try:
            text = emit_text(Request(f"{folder / 'nested_derivatives.py'}:{name}", wrt))
        except srcgrad.SrcgradError as e:
            assert e.code in ("SG301", "SG303") and e.lineno, name
            refused.add(name)
            continue
        (tmp_path / f"nested_emitted_{n}.py").write_text(text)
        value, pull = srcgrad.vjp(c.function, *c.args)
        emitted = vars(importlib.import_module(f"nested_emitted_{n}"))[f"{name}_grad"]
        seed = list(inspect.signature(emitted).parameters)[-1]
        found = emitted(*c.args, **{seed: np.ones_like(value)[()]})
        assert trees.same_bits(found[0], value), name
        for d, k in zip(found[1], c.wrt, strict=True):
            np.testing.assert_allclose(d, pull(np.ones_like(value)[()])[k], rtol=1e-10, atol=1e-12, err_msg=name)
        assert "srcgrad.runtime" not in text, name
    assert refused == AT_THE_TOP
