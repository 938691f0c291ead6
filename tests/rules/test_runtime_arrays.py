"""The helpers of emitted code: their examples, and the templates that use them against differences."""

from __future__ import annotations

import ast
import doctest
import inspect
import textwrap
import warnings
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from row_execution import SCOPE, Call, adjoints, derivatives_read, pairing, read_call, shifted, tangent, varies
from samples_structured import SAMPLES
from samples_values import floats

from srcgrad import runtime as arrays
from srcgrad.emit.standalone import helper_texts, needed
from srcgrad.rules.bind import bind
from srcgrad.rules.declare import TABLE
from srcgrad.rules.pattern import qualified
from srcgrad.rules.registry import lookup

HELPERS = {n: f for n, f in vars(arrays).items() if inspect.isfunction(f)}
MIXED = {"ndarray.astype", "np.astype"}
CASES = [(row, n) for row, samples in SAMPLES.items() for n in range(len(samples))]


def template_of(row: str) -> str:
    rule = TABLE.get(row) or lookup(qualified(row))
    assert rule is not None and rule.template is not None
    return inspect.getsource(rule.template)


# with conditions that can be left undecided: then the last branch must do
GENERAL = [(row, n) for row, n in CASES if "    if " in template_of(row)]


@pytest.mark.parametrize("name", HELPERS)
def test_the_example_of_a_helper(name: str) -> None:
    found = doctest.DocTestFinder().find(HELPERS[name], name, globs=vars(arrays).copy())
    assert found and found[0].examples, "every helper has an example"
    assert doctest.DocTestRunner().run(found[0]).failed == 0


def read_sample(row: str, n: int) -> Call:
    """The call of a sample; for a method, of the function that applies it to its first argument."""
    expression, point = SAMPLES[row][n]
    if not row.startswith("ndarray."):
        call = read_call(expression, point)
        given = {p.name for p in call.rule.pattern.positional[: len(call.args)]} | set(call.keywords)
        star = {call.rule.pattern.star.name} if call.rule.pattern.star else set()
        return replace(call, active=[name for name in call.active if name in given | star])
    node = ast.parse(expression, mode="eval").body
    assert isinstance(node, ast.Call)
    rule, name = TABLE[row], row.partition(".")[2]
    scope = {"np": np, **point}
    args = [point["x"], *(eval(ast.unparse(a), scope) for a in node.args)]
    keywords = {str(k.arg): eval(ast.unparse(k.value), scope) for k in node.keywords}
    bound = bind(rule, args, keywords, lambda value, text: value == ast.literal_eval(text))
    values = {p.name: ast.literal_eval(p.default) for p in rule.pattern.parameters if p.default is not None}
    values.update(bound.values)
    if rule.pattern.star:
        values[rule.pattern.star.name] = bound.star
    return Call(rule, lambda x, *a, **k: getattr(x, name)(*a, **k), args, keywords, values, ["a"])


def random_like(rng: np.random.Generator, value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [random_like(rng, v) for v in value]
    x = np.asarray(value)
    if x.dtype.kind not in "fc":
        return np.zeros(x.shape)
    found = rng.normal(size=x.shape) + (1j * rng.normal(size=x.shape) if x.dtype.kind == "c" else 0.0)
    return found.astype(x.dtype) if isinstance(value, (np.ndarray, np.generic)) else type(value)(found)


def wide(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)(wide(v) for v in value) if type(value) in (list, tuple) else value
    narrow = isinstance(value, (np.ndarray, np.generic)) and value.dtype == np.float32
    return value.astype(np.float64) if narrow else value


def narrow(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return any(narrow(v) for v in value)
    return np.asarray(value).dtype in (np.float32, np.complex64)


def flat(value: Any) -> Any:
    """All numbers of a value, which may be nested, as one vector."""
    if isinstance(value, (list, tuple)):
        return np.concatenate([flat(v) for v in value]) if len(value) else np.zeros(0)
    return np.ravel(np.asarray(value, complex))


def differences(call: Call, tangents: dict[str, Any], h: float) -> Any:
    ends = [flat(call({n: shifted(wide(call.values[n]), t, s) for n, t in tangents.items()})) for s in (h, -h)]
    return (ends[0] - ends[1]) / (2.0 * h)


def in_forward_mode(call: Call, out: Any, tangents: dict[str, Any], general: bool) -> Any:
    """The tangent as the library gives it: terms of a sum that have no tangent are left out."""
    if call.rule.kind != "rule":
        return tangent(call, out, tangents, general)
    scope = {**SCOPE, **call.values, "out": out, **{f"t_{n}": t for n, t in tangents.items()}}
    assert call.rule.template is not None
    definition = ast.parse(textwrap.dedent(inspect.getsource(call.rule.template))).body[0]
    assert isinstance(definition, ast.FunctionDef)
    forward(definition.body, scope, general)
    return scope["t_out"]


def forward(block: list[ast.stmt], scope: dict[str, Any], general: bool) -> None:
    for s in block:
        if isinstance(s, ast.If):
            forward(s.body if not general and eval(ast.unparse(s.test), scope) else s.orelse, scope, general)
        elif isinstance(s, (ast.Assign, ast.AugAssign)) and "t_out" in ast.unparse(s).split(" ", 1)[0]:
            rest = with_terms(s.value, set(scope))
            if rest is not None:
                value = eval(ast.unparse(rest), {**dict.fromkeys(tangents_in(rest), 0.0), **scope})
                scope["t_out"] = scope["t_out"] + value if "t_out" in scope else value
        elif derivatives_read(s) <= set(scope):
            exec(ast.unparse(s), scope)


def with_terms(e: ast.expr, known: set[str]) -> ast.expr | None:
    """A sum without the terms that read only tangents which are not known; elsewhere these are zero."""
    if isinstance(e, ast.BinOp) and isinstance(e.op, (ast.Add, ast.Sub)):
        left, right = with_terms(e.left, known), with_terms(e.right, known)
        if left is not None and right is not None:
            return ast.BinOp(left, e.op, right)
        return left if right is None else right if isinstance(e.op, ast.Add) else ast.UnaryOp(ast.USub(), right)
    return e if not tangents_in(e) or tangents_in(e) & known else None


def tangents_in(e: ast.expr) -> set[str]:
    return {n.id for n in ast.walk(e) if isinstance(n, ast.Name) and n.id.startswith("t_")}


def check_like(d: Any, value: Any) -> None:
    """An adjoint has the shape of its value."""
    if isinstance(value, (list, tuple)):
        assert len(d) == len(value)
        for part, v in zip(d, value, strict=True):
            check_like(part, v)
    elif varies(value) and not (isinstance(d, float) and d == 0.0):
        assert np.shape(d) == np.shape(value)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("row", "n", "general"), [(*c, False) for c in CASES] + [(*c, True) for c in GENERAL])
def test_template_agrees_with_differences_and_with_its_transpose(row: str, n: int, general: bool) -> None:
    call = read_sample(row, n)
    rng = np.random.default_rng(n)
    out = call({})
    low = any(narrow(v) for v in (out, *call.values.values()))
    tangents = {name: random_like(rng, call.values[name]) for name in call.active}
    t_out = in_forward_mode(call, out, tangents, general)
    expected = differences(call, tangents, 1e-3 if low else 1e-6)
    tolerance = 2e-3 if low else 2e-7
    largest = max(1.0, float(np.max(np.abs(expected), initial=0.0)))
    np.testing.assert_allclose(flat(t_out), expected, rtol=tolerance, atol=tolerance * largest)
    d_out = random_like(rng, out)
    found = adjoints(call, out, d_out, general)
    for name, d in found.items():
        check_like(d, call.values[name])
    total = sum(pairing(d, tangents[name]) for name, d in found.items())
    scale = 1.0 + float(np.sum(np.abs(flat(d_out)) * np.abs(flat(t_out))))
    assert abs(total - pairing(d_out, t_out)) <= (1e-4 if low else 1e-11) * scale


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("row", "n"), [(row, n) for row, n in CASES if row not in MIXED])
def test_template_keeps_single_precision(row: str, n: int) -> None:
    call = read_sample(row, n)
    out = call({})
    if isinstance(out, np.ndarray) and out.dtype == np.float32:
        for name, d in adjoints(call, out, np.ones_like(out)).items():
            if isinstance(call.values[name], np.ndarray) and call.values[name].dtype == np.float32:
                assert np.asarray(d).dtype == np.float32


@pytest.mark.parametrize("name", HELPERS)
def test_a_helper_runs_alone(name: str) -> None:
    """Copied into a module with what it needs, a helper still does what its example shows."""
    scope: dict[str, Any] = {"np": np}
    for part in needed(frozenset({name})):
        exec(helper_texts()[part], scope)
    example = doctest.DocTestFinder().find(HELPERS[name], name, globs=scope)[0]
    assert doctest.DocTestRunner().run(example).failed == 0


# ----- shapes, dtypes, structures -----


@pytest.mark.parametrize("shape", [(), (3,), (1, 3), (2, 1), (2, 3), (4, 2, 3), (1, 1, 1), (0, 3), (1,)])
def test_unbroadcast_is_the_transpose_of_broadcasting(shape: tuple[int, ...]) -> None:
    whole = np.broadcast_shapes(shape, (3,) if 0 in shape else (4, 2, 3))
    x, d = floats(*shape) if shape else np.array(0.5), floats(*whole)
    found = arrays.unbroadcast(d, x)
    assert np.shape(found) == shape
    assert np.sum(found * x) == pytest.approx(np.sum(d * np.broadcast_to(x, whole)))


def test_unbroadcast_gives_the_kind_of_the_operand() -> None:
    assert isinstance(arrays.unbroadcast(np.ones(3), 1.0), np.float64)
    assert arrays.unbroadcast(np.ones(3), np.ones(1, np.float32)).dtype == np.float32
    assert arrays.unbroadcast(np.ones(3) + 1j, np.ones(3)).dtype == np.float64
    assert arrays.unbroadcast(np.ones(3), np.ones(3, complex)).dtype == np.complex128
    assert arrays.unbroadcast(np.float32(2.0), 1.0).dtype == np.float64
    assert arrays.unbroadcast(2.0, np.ones((2, 1))).shape == (2, 1)
    assert arrays.unbroadcast(1.5, 3) == 1.5


def test_masked_is_silent() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = arrays.masked(np.array([0.0, 0.0, 2.0]), np.array([np.inf, np.nan, np.inf]))
        np.testing.assert_array_equal(found, [0.0, 0.0, np.inf])
        assert arrays.masked(0.0, np.inf) == 0.0
        assert arrays.masked(-0.0, float("nan")) == 0.0 and not np.signbit(arrays.masked(-0.0, float("nan")))
        assert arrays.masked(2.0, np.float64(3.0)) == 6.0
        assert arrays.masked(np.float32(0.0), np.float32(np.nan)).dtype == np.float32


def test_zeros_like_has_the_structure_of_the_value() -> None:
    found = arrays.zeros_like({"a": (1.0, 2j), "b": [np.float32(1.0), True, 3, None], "c": np.ones(2, np.float32)})
    assert found["a"] == [0.0, 0j] and found["b"] == [0.0, None, None, None]
    assert type(found["b"][0]) is np.float32 and found["c"].dtype == np.float32


def test_accumulate_never_works_in_place() -> None:
    a, b = np.ones(2), np.ones(2)
    found = arrays.accumulate({"x": [a, None]}, {"x": [b, 1.0], "y": 2.0})
    np.testing.assert_array_equal(found["x"][0], [2.0, 2.0])
    np.testing.assert_array_equal(a, [1.0, 1.0])
    assert found["x"][1] == 1.0 and found["y"] == 2.0 and arrays.accumulate(None, None) is None


INDICES = [[0, 0, 2], np.array([[1, 1], [3, 0]]), np.array([True, False, True, True]), slice(1, 3)]


@pytest.mark.parametrize("index", INDICES, ids=["repeated", "array", "mask", "slice"])
def test_add_at_is_the_transpose_of_reading(index: Any) -> None:
    x, d = floats(4), np.zeros(4)
    value = floats(*np.shape(x[index]))
    arrays.add_at(d, index, value)
    assert np.sum(d * x) == pytest.approx(np.sum(value * x[index]))


# ----- edges -----


def test_ties_share_equally() -> None:
    x = np.array([[1.0, 5.0, 5.0], [2.0, 2.0, 2.0]])
    np.testing.assert_allclose(arrays.equal_shares(x, x.max(1), 1), [[0.0, 0.5, 0.5], [1 / 3, 1 / 3, 1 / 3]])
    np.testing.assert_allclose(arrays.median_shares(np.array([1.0, 2.0, 2.0, 7.0])), [0.0, 0.5, 0.5, 0.0])
    np.testing.assert_allclose(arrays.vector_norm_partials(np.array([-2.0, 2.0, 1.0]), 2.0, np.inf), [-0.5, 0.5, 0.0])


def test_products_are_exact_at_zeros() -> None:
    np.testing.assert_array_equal(arrays.prod_partials(np.array([0.0, 3.0, 0.0])), [0.0, 0.0, 0.0])
    np.testing.assert_array_equal(arrays.prod_partials(np.array([0.0, 3.0, 4.0])), [12.0, 0.0, 0.0])
    np.testing.assert_array_equal(arrays.prod_partials(np.ones((2, 0)), 1), np.ones((2, 0)))
    d = arrays.cumprod_adjoint(np.array([1.0, 1.0, 1.0]), np.array([2.0, 0.0, 4.0]))
    np.testing.assert_array_equal(d, [1.0, 10.0, 0.0])


def test_singular_and_degenerate_matrices() -> None:
    a = np.array([[1.0, 2.0], [2.0, 4.0]])
    np.testing.assert_allclose(arrays.cofactors(a), [[4.0, -2.0], [-2.0, 1.0]], atol=1e-12)
    w, v = np.linalg.eigh(np.eye(2))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = arrays.eigh_adjoint([np.array([1.0, 1.0]), np.zeros((2, 2))], (w, v))
        np.testing.assert_array_equal(found, np.eye(2))
        out = np.linalg.svd(np.eye(2))
        d = [np.zeros((2, 2)), np.ones(2), np.zeros((2, 2))]
        np.testing.assert_allclose(arrays.svd_adjoint(d, np.eye(2), out), np.eye(2), atol=1e-15)


def test_what_has_no_derivative_is_refused() -> None:
    with pytest.raises(ValueError, match="mode 'maximum'"):
        arrays.pad_mode("maximum")
    with pytest.raises(ValueError, match="how the array lies in memory"):
        arrays.element_order("K")
    with pytest.raises(ValueError, match="full_matrices=False"):
        a = floats(3, 2)
        arrays.svd_adjoint([np.ones((3, 3)), np.ones(2), np.ones((2, 2))], a, np.linalg.svd(a))
    with pytest.raises(ValueError, match="phase of complex vectors"):
        a = floats(2, 2) + 1j
        arrays.svd_adjoint([np.ones((2, 2)), np.ones(2), np.ones((2, 2))], a, np.linalg.svd(a))
    with pytest.raises(ValueError, match="three components"):
        arrays.cross_adjoint(1.0, np.ones(2), np.ones(2))
    with pytest.raises(TypeError, match="subscripts as a string"):
        arrays.einsum_terms([0, 1], [np.ones((2, 2))])  # type: ignore[arg-type]
