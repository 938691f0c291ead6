"""Rules that users declare: for C functions, functions of libraries and their own, in memory and in emitted files."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import declared_library as lib
import numpy as np
import pytest

import srcgrad
from srcgrad.files import Request, emit_text
from srcgrad.rules.declare import HOMES, OBJECTS, TABLE

HERE = Path(__file__).parent
V = np.array([0.3, -0.8, 1.4])
W = np.array([1.2, 0.5])
POSITIVE = np.array([0.7, 1.9])

PROGRAMS: list[tuple[Any, tuple[Any, ...]]] = [
    (lib.of_c, (0.4,)),
    (lib.of_python, (V,)),
    (lib.of_python, (0.4,)),
    (lib.of_two, (V, np.ones((2, 1)))),
    (lib.of_two, (V, 0.7)),
    (lib.of_scipy, (POSITIVE,)),
    (lib.of_linear, (V,)),
    (lib.of_bilinear, (V, W)),
    (lib.of_rule, (V, 0.7)),
    (lib.of_option, (V,)),
    (lib.of_sympy, (V,)),
    (lib.of_sympy, (np.array(0.3),)),
    (lib.of_unknown_rank, (V,)),
]


@pytest.mark.parametrize(("f", "args"), PROGRAMS, ids=lambda v: getattr(v, "__name__", ""))
def test_a_declared_rule_is_used_in_both_modes(f: Any, args: tuple[Any, ...]) -> None:
    srcgrad.check_grads(f, args)
    assert srcgrad.value_and_grad(f)(*args)[0] == f(*args)


STIFF = np.array([[3.0, 1.0], [0.5, 2.0]])


def test_a_rule_for_reverse_mode_replaces_the_source_there() -> None:
    srcgrad.check_grads(lib.of_settled, (STIFF, W), modes=("reverse",))
    g = srcgrad.grad(lib.of_settled, (0, 1))
    g(STIFF, W)
    assert "while" not in srcgrad.source(g)
    assert "np.linalg.solve(a.T" in srcgrad.source(g)


def test_an_adjoint_of_another_shape_is_refused_and_not_repeated() -> None:
    with pytest.raises(ValueError, match=r"^the rule gives d_x of `weighed` of shape \(\), .* has shape \(3,\)$"):
        srcgrad.grad(lib.of_mistake)(V, 0.5 * V)


def test_an_adjoint_is_summed_where_the_argument_was_repeated() -> None:
    """`x * w` repeats the number w."""
    assert srcgrad.grad(lib.of_repeated, "w")(V, 0.5) == np.sum(V)
    text = emit_text(Request(f"{HERE / 'declared_library.py'}:of_repeated", wrt=("w",)))
    assert "d_w = of_shape(d_out * x, w, 'd_w of `weighed`')" in text.replace('"', "'")
    assert "def unbroadcast(" in text


def test_a_rule_for_forward_mode_is_used_there() -> None:
    for y in (W, 0.7):
        srcgrad.check_grads(lib.of_pushed, (W, y), order=1, modes=("forward",))
    _, tangent = srcgrad.jvp(lib.of_pushed, (W, 0.7), (None, 1.0))
    np.testing.assert_allclose(tangent, 2.0 * 0.7 * W**6)
    np.testing.assert_allclose(srcgrad.jacobian(lib.of_pushed, mode="forward")(W, 0.7), np.diag(6.0 * W**5 * 0.49))


def test_a_tangent_of_another_shape_is_refused_and_not_repeated() -> None:
    """In both ways to push, in code that is differentiated, and in a file that stands alone."""
    message = r"^the rule gives t_out of `narrowed` of shape \(\), .* has shape \(3,\)$"
    refused = pytest.raises(ValueError, match=message)
    with refused:
        srcgrad.jvp(lib.of_narrowed, (V, 2.0), (V, None))
    with refused:
        srcgrad.jacobian(lib.of_narrowed, mode="forward")(V, 2.0)
    with refused:
        srcgrad.jvp(lambda v: srcgrad.jvp(lib.of_narrowed, (v, 2.0), (v, None))[1], (V,), (V,))
    with pytest.raises(ValueError, match=r"t_out of `parted` of shape \(3,\), .* has shape \(\)$"):
        srcgrad.jvp(lib.of_parted, (V, 2.0), (V, None))
    text = emit_text(Request(f"{HERE / 'declared_library.py'}:of_narrowed", wrt=("x",), mode="forward"))
    scope: dict[str, Any] = {}
    exec(text, scope)
    assert "def of_result(" in text
    with refused:
        scope["of_narrowed_jvp"](V, 2.0, V)


def test_a_tangent_is_repeated_where_another_argument_gives_the_shape() -> None:
    for x, y in ((V, 0.5), (0.5, V), (V, V)):
        srcgrad.check_grads(lib.of_shifted, (x, y), order=1, modes=("forward",))
    expected = np.cos(V + 0.5) * (V + 0.5) + np.sin(V + 0.5)
    np.testing.assert_allclose(srcgrad.jacobian(lib.of_shifted, 1, mode="forward")(V, 0.5), expected)
    np.testing.assert_allclose(srcgrad.jacobian(lib.of_shifted, 0, mode="forward")(V, 0.5), np.diag(expected))


ONE_MODE = {
    "reverse": (lambda: srcgrad.vjp(lib.of_pushed, W, 0.7), "pushed", "forward", "pushed(x * x, y)", "`d_` lines"),
    "forward": (
        lambda: srcgrad.jvp(lib.of_settled, (STIFF, W), (STIFF, W)),
        "settled", "reverse", "settled(a, b * b)", "`t_out`",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mode", ONE_MODE)
def test_a_rule_for_one_mode_is_refused_in_the_other(mode: str) -> None:
    derive, name, other, call, missing = ONE_MODE[mode]
    with pytest.raises(srcgrad.SrcgradError) as caught:
        derive()
    e = caught.value
    assert e.code == "SG302" and e.filename == lib.__file__ and e.lineno and e.offset and e.end_offset
    line = Path(lib.__file__).read_text().splitlines()[e.lineno - 1]
    assert line[e.offset - 1 : e.end_offset - 1] == call
    assert f"the rule of `declared_library.{name}` is for {other} mode only, and this is {mode} mode" in str(e)
    assert f"Give it {missing} too, or take the derivative in {other} mode." in str(e)


@pytest.mark.parametrize(("name", "mode", "fits"), [
    ("of_settled", "reverse", True), ("of_settled", "forward", False), ("of_pushed", "forward", True),
    ("of_pushed", "reverse", False),
])  # fmt: skip
def test_a_file_is_emitted_in_the_mode_the_rule_is_for(name: str, mode: str, fits: bool) -> None:
    request = Request(f"{HERE / 'declared_library.py'}:{name}", mode=mode)
    if fits:
        assert f"def {name}_{'grad' if mode == 'reverse' else 'jvp'}(" in emit_text(request)
        return
    with pytest.raises(srcgrad.SrcgradError, match="mode only, and this is"):
        emit_text(request)


def test_a_second_derivative_that_needs_the_other_mode_is_refused() -> None:
    with pytest.raises(srcgrad.SrcgradError, match="is for reverse mode only, and this is forward mode"):
        srcgrad.hessian(lib.of_settled, 1)(STIFF, W)


def test_the_value_of_a_constant_carries_no_derivative() -> None:
    np.testing.assert_array_equal(srcgrad.grad(lib.of_constant)(V), np.round(V))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_zero_adjoint_wins_over_an_infinite_partial() -> None:
    found = srcgrad.grad(lib.masked_root)(np.array([0.0, 4.0]))
    np.testing.assert_array_equal(found, [0.0, 0.25])


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_formula_that_divides_is_taken_to_be_infinite_somewhere() -> None:
    np.testing.assert_array_equal(
        srcgrad.grad(lib.discarded_root)(np.array([0.0, 4.0]), np.array([0.0, 1.0])), [0.0, 0.25]
    )


@pytest.mark.parametrize("x", [V, np.ones((2, 3))], ids=["vector", "matrix"])
def test_a_condition_of_a_template_may_wait_for_the_running_program(x: Any) -> None:
    """A file says nothing of the rank, and `by_rank` has one derivative for vectors, another for matrices."""
    scope: dict[str, Any] = {}
    exec(emit_text(Request(f"{HERE / 'declared_library.py'}:ranked", use_runtime=True)), scope)
    expected = srcgrad.grad(lib.ranked)(x)
    np.testing.assert_allclose(scope["ranked_grad"](x)[1][0], expected)
    np.testing.assert_allclose(expected, 2.0 * lib.by_rank(x) * (2.0 * x if x.ndim == 1 else np.ones_like(x)))


def test_a_function_with_a_rule_needs_no_program_around_it() -> None:
    srcgrad.check_grads(lib.libm.erf, (0.4,))
    srcgrad.check_grads(lib.cube, (V,))


def test_the_check_finds_a_wrong_partial() -> None:
    declared("wrong", lambda x: x**3)
    srcgrad.elementwise("wrong(x)", "2.0 * x**2")
    with pytest.raises(srcgrad.SrcgradError, match="SG412 reverse mode against differences"):
        srcgrad.check_grads(wrong, (0.4,))


def declared(name: str, f: Any) -> None:
    globals()[name] = f
    f.__name__ = f.__qualname__ = name


def wrong(x: Any) -> Any:
    raise NotImplementedError


def changed(x: Any) -> Any:
    return x**3


def use_changed(x: Any) -> Any:
    return changed(x)


def test_a_rule_declared_later_is_used_by_derivatives_made_before() -> None:
    g = srcgrad.grad(use_changed)
    assert g(2.0) == 12.0
    srcgrad.elementwise("changed(x)", "7.0 * x")
    assert g(2.0) == 14.0
    srcgrad.elementwise("changed(x)", "9.0 * x", replace=True)
    assert g(2.0) == 18.0


def test_an_option_that_the_rule_does_not_hold_for_is_refused() -> None:
    with pytest.raises(srcgrad.SrcgradError) as caught:
        srcgrad.grad(lib.three_powers)(V)
    assert "keyword `power` has a derivative rule for 1, 2 only" in str(caught.value)


def test_the_emitted_text_calls_the_functions_where_they_are() -> None:
    g = srcgrad.grad(lib.of_c)
    g(0.4)
    assert "import declared_library\n" in srcgrad.source(g)
    assert "np.exp(-x**2)" in srcgrad.source(g)


@pytest.mark.parametrize(("name", "point", "expected"), [
    ("of_c", "0.4", math.erf(0.4) + 0.4 * lib.SLOPE * math.exp(-0.16)),
    ("of_scipy", "np.array([0.7])", float(lib.special.gammaln(0.7) + 0.7 * lib.special.digamma(0.7))),
])  # fmt: skip
def test_an_emitted_file_runs_without_srcgrad_where_the_functions_can_be_imported(
    name: str, point: str, expected: float, tmp_path: Path
) -> None:
    text = emit_text(Request(f"{HERE / 'declared_library.py'}:{name}"))
    (tmp_path / "emitted.py").write_text(text)
    stub = tmp_path / "srcgrad"
    stub.mkdir()
    # the user's module declares rules when it is imported; here that must do nothing
    (stub / "__init__.py").write_text(
        "def nothing(*a, **k): return lambda f: f\nelementwise = linear = bilinear = rule = constant = nothing\n"
    )
    (stub / "runtime.py").write_text("unbroadcast = None\n")
    code = f"import numpy as np, emitted; print(float(np.sum(emitted.{name}_grad({point})[1][0])))"
    paths = os.pathsep.join([str(tmp_path), str(HERE)])
    environment = {**os.environ, "PYTHONPATH": paths}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) == pytest.approx(expected, rel=1e-12)


def test_of_is_the_only_thing_that_imports_sympy() -> None:
    code = (
        "import sys, srcgrad; srcgrad.elementwise('max(x)', '1.0', replace=True); assert 'sympy' not in sys.modules;"
        "srcgrad.elementwise('abs(x)', of='sqrt(x**2 + 1)', replace=True); assert 'sympy' in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("of", "point"), [
    ("x**2 * sin(3 * x) / (1 + x**2)", 0.4), ("np.arctan(x) + math.exp(-x)", 0.4), ("abs(x) ** 1.5", -0.4),
    ("erf(x) + log(cosh(x))", 0.4), ("pi * x ** -2 - E", 0.4),
])  # fmt: skip
def test_sympy_differentiates(of: str, point: float) -> None:
    from scipy import special

    meanings = {"np": np, "math": math, "sin": np.sin, "erf": special.erf, "log": np.log, "cosh": np.cosh,
                "pi": np.pi, "E": np.e}  # fmt: skip
    declared("by_sympy", eval(f"lambda x: {of}", meanings))
    srcgrad.elementwise("by_sympy(x)", of=of, replace=True)
    srcgrad.check_grads(by_sympy, (point,), order=1)


def by_sympy(x: Any) -> Any:
    raise NotImplementedError


@pytest.fixture(autouse=True)
def tables_as_before() -> Any:
    """Rules declared by one test are not there in the next."""
    before = [dict(t) for t in (TABLE, HOMES, OBJECTS)]
    yield
    for table, old in zip((TABLE, HOMES, OBJECTS), before, strict=True):
        table.clear()
        table.update(old)  # type: ignore[arg-type]
