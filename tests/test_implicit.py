"""Solvers whose derivative is that of their equation."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad import SrcgradError, implicit


def cubic(x: Any, a: Any, b: Any) -> Any:
    return a @ x + x**3 - b


@implicit(cubic)
def solve(a: Any, b: Any, tol: float = 1e-13) -> Any:
    """Newton's method."""
    x = np.zeros_like(b)
    for _ in range(100):
        f = cubic(x, a, b)
        if np.max(np.abs(f)) < tol:
            break
        x = x - np.linalg.solve(a + np.diag(3.0 * x**2), f)
    return x


def cosine(x: Any, a: Any) -> Any:
    return np.cos(a * x)


CALLS = []


@srcgrad.implicit(fixed_point=cosine)
def settle(a: Any) -> Any:
    """An iteration with effects: it is run and not differentiated."""
    CALLS.append(a)
    x = 0.5
    for _ in range(300):
        x = float(cosine(x, a))
    return x


def curves(x: Any, p: Any) -> Any:
    return x ** np.array([2.0, 3.0]) + p * x[::-1] - np.array([2.0, 3.0])


@implicit(root=curves)
def crossing(first: Any, p: Any) -> Any:
    """A solver without a source; where it starts makes no difference."""
    optimize = pytest.importorskip("scipy.optimize")
    return optimize.fsolve(curves, first, args=(p,), xtol=1e-14)


def loss(a: Any, b: Any) -> Any:
    x = solve(a, b)
    return np.sum(x**2) * np.sum(b)


def settled(a: Any) -> Any:
    return settle(a) ** 2 * a


def crossed(p: Any) -> Any:
    x = crossing(np.ones(2), p)
    return x[0] * x[1] ** 2 + p[0]


def in_a_loop(a: Any) -> Any:
    s = 0.0
    for k in range(3):
        s = s + settle(a + 0.1 * k + 0.01 * s)
    return s


def changed_after(p: Any) -> Any:
    """What the solver was given, and what it gave, are changed later."""
    q = p * 2.0
    x = crossing(np.ones(2), q)
    x[0] = x[0] * x[1]
    q[0] = 5.0
    y = crossing(np.ones(2), q)
    return np.sum(x) * np.sum(y * q)


A = np.array([[3.0, 0.4, -0.2], [0.1, 2.5, 0.3], [0.2, -0.3, 2.0]])
B = np.array([1.0, -2.0, 0.5])
P = np.array([2.0, 3.0])


@pytest.mark.parametrize(
    ("f", "args"), [(loss, (A, B)), (settled, (0.7,)), (crossed, (P,)), (in_a_loop, (0.6,)), (changed_after, (P,))]
)
def test_both_orders_and_both_modes(f: Any, args: Any) -> None:
    srcgrad.check_grads(f, args, order=1)
    srcgrad.check_grads(f, args, order=2)


def test_the_value_is_the_solver_s_own() -> None:
    value, _ = srcgrad.value_and_grad(loss, wrt=(0, 1))(A, B)
    assert value == loss(A, B)


def test_closed_form() -> None:
    """x = cos(a x): dx/da = -x s / (1 + a s) with s = sin(a x); and its derivative by differences of that."""
    def slope(a: float) -> float:
        x = settle(a)
        s = np.sin(a * x)
        return float(-x * s / (1.0 + a * s))

    assert srcgrad.grad(settle)(0.7) == pytest.approx(slope(0.7), rel=1e-13)
    second = (slope(0.7 + 1e-5) - slope(0.7 - 1e-5)) / 2e-5
    assert srcgrad.grad(srcgrad.grad(settle))(0.7) == pytest.approx(second, rel=1e-8)
    assert srcgrad.hessian(settle)(0.7) == pytest.approx(second, rel=1e-8)


def test_jacobian_of_a_solver() -> None:
    """Of the linear part alone it is the inverse of the slope of the equation."""
    x = solve(A, B)
    expected = np.linalg.inv(A + np.diag(3.0 * x**2))
    for mode in ("forward", "reverse"):
        np.testing.assert_allclose(srcgrad.jacobian(solve, wrt="b", mode=mode)(A, B), expected, rtol=1e-12)


def test_what_the_equation_does_not_mention_does_not_matter() -> None:
    _, pullback = srcgrad.vjp(crossing, np.ones(2), P)
    first, second = pullback(np.ones(2))
    assert not first.any() and second.all()


def test_the_solver_runs_once_and_is_not_followed() -> None:
    gradient = srcgrad.grad(settled)
    gradient(0.7)
    CALLS.clear()
    gradient(0.7)
    assert CALLS == [0.7]


def test_a_derivative_follows_another_equation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two modules with a solver of the same name have equations of their own."""
    found = []
    for name, sign in (("first_solver", "-"), ("second_solver", "+")):
        (tmp_path / f"{name}.py").write_text(
            f"import srcgrad\ndef f(x, a):\n    return x {sign} a * a\n"
            f"@srcgrad.implicit(f)\ndef solve(a):\n    return {'-' if sign == '+' else ''}a * a\n"
            "def g(a):\n    return 3.0 * solve(a)\n"
        )
        spec = importlib.util.spec_from_file_location(name, tmp_path / f"{name}.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
        found.append(srcgrad.grad(module.g)(2.0))
    assert found == [12.0, -12.0]


def short(x: Any, p: Any) -> Any:
    return x[0] - p[0]


@implicit(short)
def wrong(p: Any) -> Any:
    return p.copy()


def test_an_equation_of_another_shape_raises() -> None:
    with pytest.raises(ValueError, match=r"the equation has the shape \(\), its solution \(2,\)"):
        srcgrad.grad(lambda p: np.sum(wrong(p)))(P)


def test_from_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.py"
    path.write_text("import srcgrad\ndef f(x, a):\n    return x - a\n@srcgrad.implicit(f)\ndef g(a):\n    return a\n")
    with pytest.raises(SrcgradError) as refused:
        srcgrad.frontend.locate.locate_file(f"{path}:g")
    assert refused.value.code == "SG103" and refused.value.lineno == 4
    assert "is a solver, whose equation is known once the decorator has run" in str(refused.value)


def other(x: Any, c: Any) -> Any:
    return x - c


def any_number(*args: Any) -> Any:
    return args[0]


def nothing() -> float:
    return 0.0


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: implicit(), "takes one function: `root`, or `fixed_point=`"),
        (lambda: implicit(cubic, fixed_point=cosine), "takes one function: `root`, or `fixed_point=`"),
        (lambda: implicit(other)(short), "the equation takes `c`, which `short` does not"),
        (lambda: implicit(other)(lambda c: c), "is no function at the top level of a module"),
        (lambda: implicit(other)(np.sin), "is no function at the top level of a module"),
        (lambda: implicit(other)(any_number), "takes arguments by keyword only, or any number of them"),
        (lambda: implicit(nothing)(short), "the equation takes no arguments"),
    ],
)
def test_what_does_not_fit_is_refused_at_once(make: Any, message: str) -> None:
    with pytest.raises(ValueError, match="SG419") as refused:
        make()
    assert message in str(refused.value)
