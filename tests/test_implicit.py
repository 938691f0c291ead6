"""Solvers whose derivative is that of their equation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad import SrcgradError, implicit
from srcgrad.files import Request, emit_text
from tests.loading import load as load_file


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


def test_a_derivative_follows_another_equation(tmp_path: Path) -> None:
    """Two modules with a solver of the same name have equations of their own."""
    found = []
    for name, sign in (("first_solver", "-"), ("second_solver", "+")):
        (tmp_path / f"{name}.py").write_text(
            f"import srcgrad\ndef f(x, a):\n    return x {sign} a * a\n"
            f"@srcgrad.implicit(f)\ndef solve(a):\n    return {'-' if sign == '+' else ''}a * a\n"
            "def g(a):\n    return 3.0 * solve(a)\n"
        )
        module = load_file(tmp_path / f"{name}.py")
        found.append(srcgrad.grad(module.g)(2.0))
    assert found == [12.0, -12.0]


def balance(x: Any, p: Any, *, scale: Any) -> Any:
    return {"u": x["u"] ** 2 * scale - p, "v": [x["v"][0] * np.sum(x["u"]) - p[0]]}


@implicit(balance)
def rates(p: Any, scale: float = 2.0) -> Any:
    u = np.sqrt(p / scale)
    return {"u": u, "v": [p[0] / np.sum(u)]}


def of_a_dict(p: Any) -> Any:
    x = rates(p)
    return np.sum(x["u"] * p) * x["v"][0]


def swapped(x: Any, a: Any) -> Any:
    u, v = x
    return np.cos(a * v), 0.5 * np.sin(a + u)


@implicit(fixed_point=swapped)
def cycle(a: Any) -> Any:
    u, v = 0.0, 0.0
    for _ in range(200):
        u, v = swapped((u, v), a)
    return u, v


def of_a_tuple(a: Any) -> Any:
    u, v = cycle(a)
    return u * v * a


def unequal(x: Any, p: Any) -> Any:
    return x[0] + x[1] - p[0], x[0] * x[1] - p[1]


@implicit(unequal)
def roots(p: Any) -> Any:
    """An array, by an equation whose parts are a tuple."""
    d = np.sqrt(p[0] ** 2 - 4.0 * p[1])
    return np.array([p[0] + d, p[0] - d]) / 2.0


def of_roots(p: Any) -> Any:
    return roots(p)[0] * p[1]


def none_left(p: Any) -> Any:
    return np.sum(square_root(p[:0])) + np.sum(square_root(p))


def squares(x: Any, p: Any) -> Any:
    return x**2 - p


@implicit(squares)
def square_root(p: Any) -> Any:
    return np.sqrt(p)


@pytest.mark.parametrize(
    ("f", "args"),
    [(of_a_dict, (P,)), (of_a_tuple, (0.7,)), (of_roots, (np.array([5.0, 2.0]),)), (none_left, (P,))],
)
def test_structures_and_sizes(f: Any, args: Any) -> None:
    assert srcgrad.value_and_grad(f)(*args)[0] == f(*args)
    srcgrad.check_grads(f, args, order=1)
    srcgrad.check_grads(f, args, order=2)


def curvature(b: Any) -> Any:
    return srcgrad.jvp(lambda x: np.sum(srcgrad.grad(loss, 1)(A, x) * b), (b,), (b,))[1]


def test_third_order() -> None:
    """Of the root of x**2 = p it is known."""
    third = srcgrad.grad(srcgrad.grad(srcgrad.grad(lambda p: square_root(p))))
    assert third(2.0) == pytest.approx(0.375 * 2.0**-2.5, rel=1e-12)
    srcgrad.check_grads(curvature, (B,), order=1)


def line(u: Any, m: Any, b: Any) -> Any:
    return m @ u - b


@implicit(line)
def straight(m: Any, b: Any) -> Any:
    return np.linalg.solve(m, b)


def turned(x: Any) -> Any:
    return np.sum(srcgrad.grad(lambda b: np.sum(straight(A, b) ** 3))(x) * x)


def test_third_order_with_values_of_the_module() -> None:
    """The matrix and the Jacobian of the equation are found through modules of what was written before."""
    gradient = srcgrad.grad(turned)
    slope = srcgrad.jvp(gradient, (B,), (B,))[1]
    np.testing.assert_allclose(slope, (gradient(1.0001 * B) - gradient(0.9999 * B)) / 2e-4, rtol=1e-7)


class Pair:
    def __init__(self, u: float) -> None:
        self.u = u


@implicit(squares)
def an_object(p: Any) -> Any:
    return Pair(p**0.5)


@implicit(squares)
def an_integer(p: Any) -> Any:
    return 3


@implicit(squares)
def complex_root(p: Any) -> Any:
    return np.sqrt(p + 0j)


def several(x: Any, p: Any) -> Any:
    return (x[0] - p,)


@implicit(fixed_point=several)
def of_two(p: Any) -> Any:
    return p, p


@pytest.mark.parametrize(
    ("solver", "reason"),
    [
        (an_object, "the solution of `an_object` is an object of class `Pair`"),
        (an_integer, "the solution of `an_integer` is an integer, and has no derivative"),
        (complex_root, "the solution of `complex_root` is complex"),
        (of_two, "`several` gives another structure than the solution of `of_two` has"),
    ],
)
def test_what_is_no_solution_is_refused(solver: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=f"SG419 {reason}"):
        srcgrad.jvp(lambda p: solver(p), (9.0,), (1.0,))


def short(x: Any, p: Any) -> Any:
    return x[0] - p[0]


@implicit(short)
def wrong(p: Any) -> Any:
    return p.copy()


def test_an_equation_of_another_shape_raises() -> None:
    for derivative in (srcgrad.grad(summed), lambda p: srcgrad.jvp(summed, (p,), (p,))):
        with pytest.raises(ValueError, match=r"SG420 the equation of `wrong` has the shape \(\), its solution \(2,\)"):
            derivative(P)


def summed(p: Any) -> Any:
    return np.sum(wrong(p))


def flat(x: Any, p: Any) -> Any:
    return 0.0 * x + (p - P) ** 2


@implicit(flat)
def anywhere(p: Any) -> Any:
    return np.ones(2)


def of_anywhere(p: Any) -> Any:
    return np.sum(anywhere(p) * p)


def test_a_singular_equation_is_refused_at_the_call() -> None:
    _, pullback = srcgrad.vjp(of_anywhere, P)
    pushed = lambda p: srcgrad.jvp(of_anywhere, (p,), (p,))  # noqa: E731
    for derivative in (srcgrad.grad(of_anywhere), pushed, lambda p: pullback(1.0)):
        with pytest.raises(SrcgradError) as refused:
            derivative(P)
        assert (refused.value.code, refused.value.lineno) == ("SG420", of_anywhere.__code__.co_firstlineno + 1)
        assert "`anywhere` does not fix its solution" in str(refused.value) and "anywhere(p) * p)" in str(refused.value)


MODEL = """\
import numpy as np
import srcgrad
from equations_of_model import squares


def balance(x, p, *, scale):
    return {"u": x["u"] ** 2 * scale - p, "v": [x["v"][0] * np.sum(x["u"]) - p[0]]}


@srcgrad.implicit(balance)
def rates(p, scale=2.0):
    u = np.sqrt(p / scale)
    return {"u": u, "v": [p[0] / np.sum(u)]}


@srcgrad.implicit(root=squares)
def root(p):
    return np.sqrt(p)


@srcgrad.implicit(fixed_point=lambda x, a: a)
def hidden(a):
    return a


def of_a_dict(p: np.ndarray):
    x = rates(p)
    return np.sum(x["u"] * p) * x["v"][0] + np.sum(root(p) ** 3)


def of_hidden(a: float):
    return hidden(a)


def of_a_root(p: np.ndarray):
    return np.sum(root(p) ** 3)


def curved(p: np.ndarray):
    return np.sum(srcgrad.grad(of_a_root)(p) ** 2)
"""


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "equations_of_model.py").write_text("def squares(x, p):\n    return x**2 - p\n")
    (tmp_path / "model_of_rates.py").write_text(MODEL)
    return tmp_path / "model_of_rates.py"


def test_emitted_files_call_the_solver_by_its_name(model: Path) -> None:
    """The file stands alone, and is differentiated again like any other."""
    known = load_file(model)
    expected = srcgrad.grad(known.of_a_dict)(P)
    emitted = model.with_name("rates_grad.py")
    emitted.write_text(emit_text(Request(f"{model}:of_a_dict")))
    assert "srcgrad.runtime" not in emitted.read_text() and "import srcgrad" not in emitted.read_text()
    value, (d_p,) = load_file(emitted).of_a_dict_grad(P)
    assert value == known.of_a_dict(P)
    np.testing.assert_allclose(d_p, expected, rtol=1e-12)
    emitted = model.with_name("root_grad.py")
    emitted.write_text(emit_text(Request(f"{model}:of_a_root")))
    again = model.with_name("root_second.py")
    again.write_text(emit_text(Request(f"{emitted}:of_a_root_grad", wrt=("p",), mode="forward")))
    _, (_, (t_d_p,)) = load_file(again).of_a_root_grad_jvp(P, t_p=P)
    np.testing.assert_allclose(t_d_p, srcgrad.hvp(known.of_a_root)(P, P), rtol=1e-10)


def test_derivatives_inside_a_function_of_a_file(model: Path) -> None:
    emitted = model.with_name("curved_grad.py")
    emitted.write_text(emit_text(Request(f"{model}:curved")))
    assert "import srcgrad" not in emitted.read_text()
    known = load_file(model)
    value, (d_p,) = load_file(emitted).curved_grad(P)
    assert value == pytest.approx(known.curved(P), rel=1e-14)
    np.testing.assert_allclose(d_p, srcgrad.grad(known.curved)(P), rtol=1e-10)


def test_what_a_file_does_not_say_is_refused(model: Path) -> None:
    for name, code, message in (
        ("of_hidden", "SG419", "the text does not say which function the equation of `hidden` is"),
        ("rates", "SG103", "`rates` is a solver, which has no derivative of its own in a file"),
    ):
        with pytest.raises(SrcgradError, match=message) as refused:
            emit_text(Request(f"{model}:{name}"))
        assert refused.value.code == code and refused.value.filename == str(model)


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
