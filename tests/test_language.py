"""The rows of the language's table of plain NumPy programs, and pitfalls P1 to P18 of reverse mode, each by name."""

from __future__ import annotations

import ast
import copy
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pitfalls as p
import pytest

import srcgrad
from tests import refused
from tests.pending import PENDING
from tests.trees import difference, same_bits

ENABLED = "pitfalls" not in PENDING
engine = pytest.mark.skipif(not ENABLED, reason="the programs are pending")
X = p.X
FOLDER = Path(__file__).parent

# the program, and its gradient in closed form at [x, y, z]
ROWS: dict[str, tuple[Any, Any]] = {
    "y = np.zeros(3); y[0] = x[0]*2": (p.store_into_zeros, lambda x, y, z: [8 * x, 0, 0]),
    "y = x.copy(); y[0] = y[0]*y[1]": (
        p.overwrite_a_copy,
        lambda x, y, z: [2 * x * y * y, 2 * x * x * y + 2 * y, 2 * z],
    ),
    "a[1:] += a[:-1]": (p.overlapping_update, lambda x, y, z: [4 * x + 2 * y, 2 * x + 4 * y + 2 * z, 2 * (y + z)]),
    "b = a[1:]; b[0] = 5*x[0]; sum(a*a)": (p.through_a_view, lambda x, y, z: [52 * x, 0, 2 * z]),
    "a = x*1; b = a; b *= 2; sum(a*x)": (p.through_an_alias, lambda x, y, z: [4 * x, 4 * y, 4 * z]),
    "np.multiply(x, x, out=o)": (p.with_out, lambda x, y, z: [2 * x, 2 * y, 2 * z]),
    "np.sum(x*x, where=m)": (p.with_where, lambda x, y, z: [2 * x, 0, 2 * z]),
    "y[y > .5] = 0.": (p.masked_store, lambda x, y, z: [0, 2 * y, 0]),
    "np.fill_diagonal(m, x)": (p.fill_diagonal, lambda x, y, z: [2 * x + 4, 2 * y + 4, 2 * z + 4]),
    "np.add.at(b, i, x)": (p.add_at, lambda x, y, z: [2 * (x + y), 2 * (x + y), 2 * z]),
    "isinstance(x, np.ndarray) picks a branch": (p.is_an_array, lambda x, y, z: [2 * x, 2 * y, 2 * z]),
    "try: y = x[7] except IndexError: y = x[0]": (p.read_past_the_end, lambda x, y, z: [2 * x, 0, 0]),
    "y.sort() as a statement": (p.sort_as_a_statement, lambda x, y, z: [2 * x * y, x * x, 0]),
    "x[0].item(), float(x[0])": (p.item_and_float, lambda x, y, z: [y * z, x * z, x * y]),
    "math.sin(x[0])": (p.function_of_math, lambda x, y, z: [np.cos(x) * np.exp(y), np.sin(x) * np.exp(y), 0]),
    'f"{x[0]:.2f}", print, logging with a format': (p.formatted, lambda x, y, z: [4, 0, 0]),
    "np.full_like(z, x)": (p.full_like, lambda x, y, z: [6 * y, 6 * x, 0]),
    "np.where(x > .5, np.sqrt(x - .5), 0.) at x < .5": (
        p.where_with_a_bad_branch,
        lambda x, y, z: [0.5 / np.sqrt(x - 0.5), 0, 0.5 / np.sqrt(z - 0.5)],
    ),
    "x[int(x[2])]": (p.index_from_a_value, lambda x, y, z: [y, x, 0]),
}
# differentiate, or say that it cannot be
EITHER: dict[str, tuple[Any, Any]] = {
    "np.arange(x, 5.)": (p.arange_from_a_value, lambda x, y, z: [2 * sum(x + k for k in range(5)), 0, 0]),
    "np.unique(x)": (p.unique_values, lambda x, y, z: [2, 1, 4]),
    "np.union1d": (p.union_of_values, lambda x, y, z: [2, 1, 4]),
}
PITFALLS: dict[str, Any] = {
    "P1 a swap moves both adjoints": p.p1_swap,
    "P2 overwritten through any alias": p.p2_through_another_name,
    "P3 an argument that changes": p.p3_argument_changed,
    "P5 reads and writes itself": p.p5_reads_and_writes_itself,
    "P6 accumulates": p.p6_accumulates,
    "P7 closures called many times": p.p7_closures,
    "P8 raises only elsewhere": p.p8_raises,
    "P9 infinite partials that nothing reaches": p.p9_masked_singularities,
    "P10 a list that grows": p.p10_list_that_grows,
    "P11 steering values are overwritten": p.p11_steering_values_change,
    "P12 rank zero or scalar": p.p12_scalar_or_rank_zero,
    "P13 order and short circuit": p.p13_order_and_short_circuit,
    "P14 names like ours": p.p14_names,
    "P14 numpy under another name": p.p14_numpy_under_another_name,
    "P15 one name in two spellings": p.p15_one_name_in_two_spellings,
    "P16 rows are views": p.p16_rows_are_views,
    "P17 defaults of the definition": p.p17_default_of_then,
    "P18 asserts": p.p18_asserts,
}


def numeric(f: Any, x: Any = X) -> Any:
    """The gradient by differences, element by element."""
    with np.errstate(all="ignore"):
        return np.array([difference(f, [x], (0,), [e], 1.0, 1e-3) for e in np.eye(len(x))])


def check(f: Any, expected: Any, tol: float) -> None:
    x = X.copy()
    value, gradient = srcgrad.value_and_grad(f)(x)
    assert same_bits(value, f(X.copy()))
    assert same_bits(x, X)
    np.testing.assert_allclose(gradient, expected, rtol=tol, atol=tol)


@pytest.mark.parametrize("row", [*ROWS, *EITHER])
def test_closed_form_is_right(row: str) -> None:
    f, gradient = (ROWS | EITHER)[row]
    np.testing.assert_allclose(gradient(*X), numeric(f), rtol=1e-9, atol=1e-9)


def refused_today(f: Any) -> bool:
    """Whether the program is on the list of those that are refused; then it is refused, with that code."""
    code = refused.in_memory("pitfalls").get(f.__name__)
    if code is None:
        return False
    with pytest.raises(srcgrad.SrcgradError) as caught:
        srcgrad.grad(f)(X.copy())
    assert caught.value.code == code
    return True


@engine
@pytest.mark.parametrize("row", ROWS)
def test_plain_program(row: str) -> None:
    f, gradient = ROWS[row]
    if refused_today(f):
        return
    check(f, gradient(*X), 1e-13)


@engine
@pytest.mark.parametrize("row", EITHER)
def test_differentiated_or_refused(row: str) -> None:
    f, gradient = EITHER[row]
    try:
        found = srcgrad.grad(f)(X)
    except srcgrad.SrcgradError as e:
        assert e.lineno and e.hint
        return
    np.testing.assert_allclose(found, gradient(*X), rtol=1e-13, atol=1e-13)


@engine
@pytest.mark.parametrize("name", PITFALLS)
def test_pitfall(name: str) -> None:
    if refused_today(PITFALLS[name]):
        return
    with np.errstate(all="ignore"):
        check(PITFALLS[name], numeric(PITFALLS[name]), 1e-8)


@engine
def test_p2_one_array_for_two_parameters() -> None:
    """The value is the primal's, or the call is refused; gradients are those of f(x, x), shared out in any way."""
    x = X.copy()
    try:
        value, (first, second) = srcgrad.value_and_grad(p.p2_two_parameters, (0, 1))(x, x)
    except ValueError as e:
        assert "share memory" in str(e)
        return
    both = X.copy()
    assert same_bits(value, p.p2_two_parameters(both, both))
    np.testing.assert_allclose(first + second, numeric(lambda u: p.p2_two_parameters(u, u)), rtol=1e-8)


@engine
def test_p2_two_arrays_for_two_parameters() -> None:
    first, second = srcgrad.grad(p.p2_two_parameters, (0, 1))(X, X.copy())
    a, b, c = X
    np.testing.assert_allclose(first, [0, 2 * a * a + b * b, c * c], rtol=1e-13)
    np.testing.assert_allclose(second, [2 * a * 2 * b, 2 * b * b, 2 * c * c], rtol=1e-13)


@engine
def test_p3_caller_sees_nothing() -> None:
    x = X.copy()
    x.flags.writeable = False
    np.testing.assert_allclose(srcgrad.grad(p.p3_argument_changed)(x), [0, 3 * 2 * X[1] + 2 * X[1], 2 * X[2]])
    assert same_bits(x, X)


@engine
def test_p4_effects_happen_once(capsys: Any, caplog: Any) -> None:
    if refused_today(p.formatted):
        return
    with caplog.at_level(logging.WARNING):
        value, pullback = srcgrad.vjp(p.formatted, X)
        pullback(1.0)
        pullback(2.0)
    assert capsys.readouterr().out == "0.80 of 3\n"
    assert [r.getMessage() for r in caplog.records] == ["first is 0.800"]
    assert value == X[0] * 4


@engine
def test_p6_dtype_and_shape_are_kept() -> None:
    x = X.astype(np.float32)
    gradient = srcgrad.grad(p.p6_accumulates)(x)
    assert gradient.dtype == np.float32 and gradient.shape == x.shape


@engine
def test_p8_exception_is_the_primals_and_leaves_nothing() -> None:
    g = srcgrad.grad(p.p8_raises)
    before = g(X)
    large = np.array([100.0, 2.0, 1.0])
    with pytest.raises(ArithmeticError, match=r"too large: 200\.0"):
        g(large)
    assert same_bits(large, np.array([100.0, 2.0, 1.0]))
    assert same_bits(g(X), before)


@engine
def test_p13_order_is_the_primals() -> None:
    if refused_today(p.p13_order_and_short_circuit):
        return
    p.CALLS.clear()
    p.p13_order_and_short_circuit(X.copy())
    expected = p.CALLS.copy()
    p.CALLS.clear()
    srcgrad.grad(p.p13_order_and_short_circuit)(X)
    assert expected == p.CALLS
    assert "never" not in expected and "not reached" not in expected


@engine
def test_p17_shared_default_is_shared_or_refused() -> None:
    """A default that is changed lives on between calls: one list for primal and derivative, or a refusal."""
    shared = p.p17_shared_default.__defaults__[0]
    shared.clear()
    try:
        gradient = srcgrad.grad(p.p17_shared_default)(X)
    except srcgrad.SrcgradError as e:
        assert e.lineno and e.hint
        return
    assert shared == [2.0]
    np.testing.assert_allclose(gradient, [1.0, 1.0, 1.0])
    np.testing.assert_allclose(srcgrad.grad(p.p17_shared_default)(X), [2.0, 2.0, 2.0])


@engine
@pytest.mark.parametrize("name", [n for n in PITFALLS if "P18" not in n])
def test_p18_checks_are_not_asserts(name: str) -> None:
    if refused_today(PITFALLS[name]):
        return
    g = srcgrad.grad(PITFALLS[name])
    g(X)
    assert not [node for node in ast.walk(ast.parse(srcgrad.source(g))) if isinstance(node, ast.Assert)]


@engine
def test_p18_same_gradient_without_asserts() -> None:
    code = "import numpy as np, pitfalls as p, srcgrad; print(repr(srcgrad.grad(p.p18_asserts)(p.X).tolist()))"
    path = os.pathsep.join([str(FOLDER.parent), str(FOLDER / "programs")])
    found = [
        subprocess.run(
            [sys.executable, *flags, "-c", code], capture_output=True, text=True, timeout=60, env=environment(path)
        )
        for flags in ([], ["-O"], ["-OO"])
    ]
    assert [r.returncode for r in found] == [0, 0, 0], found[0].stderr
    assert len({r.stdout for r in found}) == 1


def environment(path: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": path}


def test_every_row_and_pitfall_has_a_program() -> None:
    assert len(ROWS) + len(EITHER) >= 21
    named = " ".join([*PITFALLS, *globals()]).replace("test_p", "P")
    for n in range(1, 19):
        assert f"P{n} " in named or f"P{n}_" in named, n
    programs = {c.function for c in p.CASES}
    assert {f for f, _ in ROWS.values()} | set(PITFALLS.values()) <= programs
    assert all(same_bits(copy.deepcopy(c.args[0]), X) for c in p.CASES)
