"""The formulas and templates of the elementwise tables, executed as they stand, against differences."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import pytest
from edges_elementwise import EDGES
from row_execution import Call, adjoints, pairing, partials, read_call, run_template, shifted, tangent
from samples_elementwise import SAMPLES

from srcgrad.rules import numpy_elementwise, python_math
from srcgrad.rules.declare import TABLE
from srcgrad.rules.pattern import qualified
from srcgrad.rules.registry import lookup

MISSING = {row for row in ("math.fma", "math.sumprod") if not hasattr(math, row[5:])}  # new in Python 3.12 and 3.13
CASES = [(row, n) for row, calls in SAMPLES.items() if row not in MISSING for n in range(len(calls))]
# the first condition of these is always decided at emission, and their last branch is not for the other cases
DECIDED = {"math.log", "builtins.max", "builtins.min"}
# where the value is not a smooth function near the sample, or is not exact
NOT_SMOOTH = {"numpy.nextafter", "math.nextafter"}
ELEMENTWISE = [(r, n) for r, n in CASES if TABLE[qualified(r)].kind == "elementwise" and not r.startswith("cmath")]
BRANCHING = [(r, n) for r, n in CASES if TABLE[qualified(r)].template is not None and r not in DECIDED]


def random_like(rng: np.random.Generator, value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [random_like(rng, v) for v in value]
    kind = np.asarray(value).dtype.kind
    found = rng.normal(size=np.shape(value)) + (1j * rng.normal(size=np.shape(value)) if kind == "c" else 0.0)
    if kind not in "fc":
        return np.zeros(np.shape(value))
    return found.astype(value.dtype) if isinstance(value, (np.ndarray, np.generic)) else type(value)(found)


def sample(row: str, n: int) -> Call:
    expression, point = SAMPLES[row][n]
    return read_call(expression, point)


def widened(value: Any) -> Any:
    """In double precision, for the differences."""
    if isinstance(value, (list, tuple)):
        return type(value)(widened(v) for v in value)
    wide = isinstance(value, (np.ndarray, np.generic)) and value.dtype == np.float32
    return value.astype(np.float64) if wide else value


def differences(call: Call, tangents: dict[str, Any], h: float = 1e-6) -> Any:
    ends = [call({n: shifted(widened(call.values[n]), t, s) for n, t in tangents.items()}) for s in (h, -h)]
    parts = [np.subtract(a, b) / (2.0 * h) for a, b in zip(*ends, strict=True)] if isinstance(ends[0], tuple) else None
    return parts if parts is not None else np.subtract(*ends) / (2.0 * h)


def low_precision(value: Any) -> bool:
    return np.asarray(value).dtype in (np.float32, np.complex64) if not isinstance(value, (list, tuple)) else False


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(
    ("row", "n", "general"), [(*c, False) for c in CASES] + [(*c, True) for c in BRANCHING]
)
def test_row_agrees_with_differences_and_with_its_transpose(row: str, n: int, general: bool) -> None:
    call = sample(row, n)
    rng = np.random.default_rng(n)
    out = call({})
    tangents = {name: random_like(rng, call.values[name]) for name in call.active}
    d_out = random_like(rng, out)
    t_out = tangent(call, out, tangents, general)
    low = any(low_precision(v) for v in (out, *call.values.values()))
    if call.rule.name not in NOT_SMOOTH:
        scale = 1e-3 if low else 1e-7
        expected = differences(call, tangents, 1e-3 if low_precision(out) else 1e-6)
        for a, b in zip(*[x if isinstance(out, tuple) else [x] for x in (t_out, expected)], strict=True):
            np.testing.assert_allclose(a, b, rtol=scale, atol=scale * 10)
    found = adjoints(call, out, d_out, general)
    for name, d in found.items():
        check_shape(d, call.values[name])
    total = sum(pairing(d, tangents[name]) for name, d in found.items())
    np.testing.assert_allclose(total, pairing(d_out, t_out), rtol=1e-4 if low else 1e-11, atol=1e-5 if low else 1e-12)


ZERO = 0.0  # a template that gives the constant 0.0 gives nothing, in any shape


def check_shape(d: Any, value: Any) -> None:
    if isinstance(value, (list, tuple)):
        assert len(d) == len(value)
        for a, b in zip(d, value, strict=True):
            check_shape(a, b)
    else:
        assert np.shape(d) == np.shape(value) or isinstance(d, float) and d == ZERO


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("row", "n"), ELEMENTWISE)
def test_partials_keep_the_dtype(row: str, n: int) -> None:
    """A partial in double precision would make the adjoint of a float32 array one of float64."""
    call = sample(row, n)
    out = call({})
    if call.rule.name in ("numpy.power", "operator.pow") and isinstance(call.values["x1"], float):
        return  # the log of a Python float is a double, whatever the formula; the library casts the adjoint
    if call.rule.name == "numpy.divide" and isinstance(call.values["x2"], float):
        return  # and so is what np.divide makes of two of them
    for name, partial in partials(call, out).items():
        operand = call.values[name]
        if isinstance(operand, (np.ndarray, np.generic)) and isinstance(out, (np.ndarray, np.generic)):
            assert (np.ones_like(out) * partial).dtype == out.dtype, name


def fresh(value: float) -> float:
    """An object of its own, so that an argument can be told by identity."""
    return float(repr(value))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("expression", "point", "expected"), EDGES, ids=lambda v: v if isinstance(v, str) else "")
def test_edges(expression: str, point: dict[str, Any], expected: dict[str, float]) -> None:
    for kind in (fresh, np.float64, lambda v: np.full(2, v)):
        if kind in (fresh, np.float64) or expression.startswith(("np.", "abs")):
            check_edge(expression, {n: v if isinstance(v, complex) else kind(v) for n, v in point.items()}, expected)


def check_edge(expression: str, values: dict[str, Any], expected: dict[str, float]) -> None:
    call = read_call(expression, values)
    out = call({})
    found = adjoints(call, out, np.ones_like(out) if isinstance(out, np.ndarray) else 1.0)
    totals = {n: 0.0 for n in expected}
    for parameter, d in found.items():
        add_by_name(totals, call.values[parameter], d, values)
    for n, slope in expected.items():
        np.testing.assert_array_almost_equal(totals[n], np.full(np.shape(values[n]), slope), decimal=12)


def add_by_name(totals: dict[str, Any], value: Any, d: Any, values: dict[str, Any]) -> None:
    """Add the adjoint of an argument to that of the name which was passed for it."""
    if isinstance(value, (list, tuple)):
        for v, part in zip(value, d, strict=True):
            add_by_name(totals, v, part, values)
        return
    for n, v in values.items():
        if v is value:
            totals[n] = totals[n] + d
            return


@pytest.mark.parametrize("row", [r for r, rule in TABLE.items() if rule.singular == "root"])
def test_a_zero_adjoint_wins_over_an_infinite_partial(row: str) -> None:
    edges = [(e, p) for e, p, d in EDGES if np.isinf(list(d.values())).any() and read_call(e, p).rule.name == row]
    for expression, point in edges:
        call = read_call(expression, point)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            assert all(d == 0.0 for d in adjoints(call, call({}), 0.0).values())


def test_every_row_has_a_sample() -> None:
    sampled = {qualified(row) for row in SAMPLES}
    for module in (numpy_elementwise, python_math):
        for name, rule in TABLE.items():
            text = open(str(module.__file__), encoding="utf-8").read()
            if rule.kind != "constant" and f'"{rule.text}"' in text and not name.startswith("ndarray."):
                assert name in sampled, f"no sample for {name}"


def test_samples_reach_the_row_they_are_filed_under() -> None:
    for row, calls in SAMPLES.items():
        for expression, _ in calls:
            name = expression.partition("(")[0]
            assert (qualified(name) if "." in name else f"builtins.{name}") == qualified(row)
            assert lookup(qualified(row)) is TABLE[qualified(row)]


def test_every_ufunc_of_numpy_has_a_row() -> None:
    ufuncs = [n for n in dir(np) if isinstance(getattr(np, n), np.ufunc)]
    products = {"matmul", "matvec", "vecdot", "vecmat"}
    assert [n for n in ufuncs if n not in products and lookup(f"numpy.{n}") is None] == []


def test_a_keyword_the_row_does_not_know_is_refused() -> None:
    from srcgrad.rules.bind import Unsupported

    with pytest.raises(Unsupported, match="keyword `where` has no derivative rule"):
        read_call("np.exp(x, where=True)", {"x": 1.0})
    with pytest.raises(Unsupported, match="keyword `key` has no derivative rule"):
        read_call("max(x, y, key=abs)", {"x": 1.0, "y": 2.0})


def test_templates_that_are_run_here_have_a_body() -> None:
    rule = lookup("numpy.angle")
    assert rule is not None
    local = run_template(rule, {"z": 1.0 + 1.0j, "deg": False, "d_out": 1.0, "t_z": 1j}, True)
    assert local["t_out"] == pytest.approx(0.5)
