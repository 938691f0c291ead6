"""Second derivatives of the corpus, right or refused; and the products made of them.

`python -m tests.second_order GROUP...` says of each program what becomes of it, and writes `second_order.json`.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad import runtime
from tests import second_order_rules
from tests.second_order import HERE, KNOWN, MODES, forward_over_reverse, has_gradient, is_scalar, outcome
from tests.trees import direction

sys.path[:0] = [str(HERE / "programs"), str(HERE / "kernels")]
GROUPS = sorted(p.stem for folder in ("programs", "kernels") for p in Path(HERE / folder).glob("*.py"))


FOUND_WRONG = [
    ("called_for_each", "whole_numbers_first", "forward over forward"),  # the type of a tangent for that of the value
    ("containers_inside", "lambda_pop", "reverse over forward"),  # a list that an inner function changes
    ("stencils", "energy_after_jacobi_2d", "reverse over reverse"),  # stacks and shadows of stacks of one name
    ("containers_inside", "order_bump_array", "reverse over reverse"),
    ("views_undecided", "names_in_turn", "reverse over reverse"),
    ("decorated", "drag", "reverse over reverse"),  # a wrapper of any arguments, whose default went into the seed
    ("decorated", "Layer.loss-bound", "forward over reverse"),
    ("starred_calls", "unzipped_in_loop", "forward over reverse"),  # lists of lists: loops inside of one another
    ("starred_calls", "unzipped", "reverse over reverse"),
    ("containers_heaps", "the_list_that_a_heap_is", "reverse over reverse"),  # copies of lists, put back from a stack
    ("none_at_first", "trained_in_place", "reverse over reverse"),  # what is added in place, under a name nobody reads
    ("views_followed", "view_of_what_is_bound_anew", "forward over reverse"),  # the adjoint of a view, bound anew
]
REFUSED_ONCE = [
    ("objects_recursive", "parts_appended", "forward over forward"),  # a list with two names, which grows by zeros
    ("nested_objects", "under_another_name", "reverse over forward"),
    ("shapes", "heads_of_pieces", "reverse over reverse"),  # pieces of an array are a list, whatever their number
    ("objects_linked", "constants_replaced", "forward over forward"),  # `_` without and with a tangent
    ("starred_calls", "method_of_one_item", "reverse over reverse"),  # `_` for an object and for a number
    ("objects_plain", "steps_that_are_recorded", "forward over reverse"),  # a list that grew under another name
    ("nonlocal_variables", "running_total", "reverse over reverse"),  # what a callee changes was part of what it saved
    ("nonlocal_variables", "array_in_place", "reverse over reverse"),
    ("containers_dicts", "helper_changes_a_dict", "forward over reverse"),  # slots of dicts, put back and taken out
    ("containers_types", "weights", "reverse over reverse"),
    ("containers_types", "ordered", "reverse over reverse"),  # two stacks used in one statement
    ("called_for_each", "made_first", "reverse over forward"),  # lists that hold parts of what others hold
    ("nonlocal_variables", "memoised", "reverse over reverse"),  # what `is` gives is a bool
    ("objects_plain", "attributes_written", "reverse over reverse"),  # attributes that are new
    ("objects_plain", "comparisons", "forward over reverse"),
    ("objects_records", "frozen_dataclass", "reverse over reverse"),
    ("objects_records", "object_in_a_list", "forward over reverse"),  # the product has objects, too
    ("objects_asked", "truth_in_a_comprehension", "reverse over reverse"),  # what comes off a stack is of one kind
    ("objects_records", "dataclass_made_inside", "forward over reverse"),
    ("objects_strained", "by_class", "forward over reverse"),  # objects that know their class
    ("objects_strained", "replace", "reverse over reverse"),  # an attribute that is called `items`
    ("none_at_first", "difference_to_the_last", "forward over reverse"),  # adjoints of what may be None
    ("none_at_first", "slot_of_a_dict", "reverse over reverse"),
    ("views_undecided", "one_of_two_arrays", "reverse over forward"),  # tangents laid out as their primals
    ("views_undecided", "asarray_with_a_dtype", "reverse over forward"),
    ("objects_given", "scene_by_use", "reverse over forward"),  # objects that are directions
    ("objects_plain", "class_and_static_methods", "reverse over forward"),  # what functions hold
    ("objects_strained", "tree", "forward over forward"),
    ("functions_as_defaults", "class_methods_with_defaults", "reverse over forward"),  # products that may be masked
    ("objects_plain", "object_holds_objects", "reverse over forward"),  # objects with other attributes are others
    ("none_at_first", "list_at_first", "reverse over forward"),  # tangents that are None when their primals are
]  # fmt: skip
SAMPLED = (
    "assignments", "attempts", "checkpoints", "closures", "containers_inside", "masked", "overwriting", "pitfalls",
    "views_followed", "while_loops",
)  # fmt: skip
SCALAR = [
    ("branches", "drag-between"), ("branches", "chained_comparison"), ("branches", "nested"),
    ("branches", "condition_changes"), ("calls", "keyword_calls"), ("calls", "parameter_rebound"),
]  # fmt: skip


def test_whole_table() -> None:
    """All groups are recorded; nothing in them is wrong, and what is emitted runs."""
    codes = {code for group in KNOWN.values() for found in group.values() for code in found.split()}
    assert KNOWN.keys() <= set(GROUPS)
    assert all(re.fullmatch(r"right|SG\d+", code) for code in codes), codes


@pytest.mark.parametrize("way", range(4), ids=MODES)
def test_sample_of_the_corpus(way: int) -> None:
    """Every twentieth program of some groups, others for each way; `python -m tests.second_order` takes all of them."""
    programs = [(g, c) for g in SAMPLED for c in importlib.import_module(g).CASES if is_scalar(c)]
    found = {f"{g}.{c.name}": outcome(c, (MODES[way],))[0] for g, c in programs[5 * way :: 20] if has_gradient(c)}
    known = {f"{g}.{n}": codes.split()[way] for g, codes_of in KNOWN.items() for n, codes in codes_of.items()}
    assert len(found) >= 8
    assert found == {n: known.get(n, "right") for n in found}


@pytest.mark.parametrize(("group", "name", "mode"), FOUND_WRONG + REFUSED_ONCE)
def test_programs_that_were_wrong_or_refused(group: str, name: str, mode: str) -> None:
    c = next(c for c in importlib.import_module(group).CASES if c.name == name)
    assert outcome(c, (mode,)) == ["right"]


RULES = (
    "np.linalg.norm", "np.linalg.vector_norm", "np.cross", "np.einsum", "np.median", "np.ptp", "np.gradient",
    "np.block", "np.unstack", "np.maximum.accumulate", "np.linalg.slogdet", "np.linalg.qr", "math.dist",
)  # fmt: skip


@pytest.mark.parametrize("row", RULES)
def test_sample_of_the_rules(row: str) -> None:
    """These were refused or wrong; `python -m tests.second_order_rules` takes all calls of all rows."""
    found = second_order_rules.outcomes(row, 2)
    assert found and set(found.values()) == {"right right right right"}, found


def along(f: Any, count: int) -> Any:
    """The derivative by the first of the arguments, forward."""
    match count:
        case 1:
            return lambda a: srcgrad.jvp(f, (a,), (1.0,))[1]
        case 2:
            return lambda a, b: srcgrad.jvp(f, (a, b), (1.0, None))[1]
    return lambda a, b, c: srcgrad.jvp(f, (a, b, c), (1.0, None, None))[1]


@pytest.mark.parametrize(("group", "name"), SCALAR)
def test_third_order(group: str, name: str) -> None:
    """Of programs of the corpus by a number: three times reverse, forward over twice reverse, three times forward."""
    c = next(c for c in importlib.import_module(group).CASES if c.name == name)
    args, count = list(c.args), len(c.args)
    second = srcgrad.grad(srcgrad.grad(c.function))
    found = [
        srcgrad.grad(second)(*args),
        srcgrad.jvp(second, tuple(args), (1.0, *[None] * (count - 1)))[1],
        along(along(along(c.function, count), count), count)(*args),
    ]
    step = 1e-4
    numeric = (second(args[0] + step, *args[1:]) - second(args[0] - step, *args[1:])) / (2.0 * step)
    np.testing.assert_allclose(found, found[0], rtol=1e-10, atol=1e-12)
    assert found[0] == pytest.approx(numeric, rel=1e-4, abs=1e-5)


@pytest.mark.parametrize("name", ["constant_branch", "different_names"])
def test_third_order_where_less_is_active(name: str) -> None:
    """Twice reverse over forward, and three times reverse, of functions that lose their dependence on the way."""
    c = next(c for c in importlib.import_module("branches").CASES if c.name == name)
    args, count = c.args, len(c.args)
    found = srcgrad.grad(srcgrad.grad(along(c.function, count)))(*args)
    assert found == srcgrad.grad(srcgrad.grad(srcgrad.grad(c.function)))(*args)
    assert abs(found - along(along(along(c.function, count), count), count)(*args)) < 1e-12


@pytest.mark.parametrize(
    ("group", "name"), [("models", "kalman_filter"), ("linalg", "determinants"), ("recursions", "garch")]
)
def test_symmetry(group: str, name: str) -> None:
    """u.Hv = v.Hu."""
    c = next(c for c in importlib.import_module(group).CASES if c.name == name)
    rng, args = np.random.default_rng(3), list(c.args)
    gradient = srcgrad.grad(c.function, wrt=tuple(c.wrt))
    us, vs = ([direction(args[n], rng) for n in c.wrt] for _ in range(2))
    one, scale = forward_over_reverse(gradient, c, args, us, vs)
    other, _ = forward_over_reverse(gradient, c, args, vs, us)
    assert one != 0.0 and abs(one - other) <= 1e-10 * scale


def rosenbrock(x: Any) -> Any:
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)


def quadratic(x: Any, a: Any, scale: float = 2.0) -> Any:
    return scale * (x @ a @ x) + np.sum(x**3)


X = np.array([1.3, 0.7, 0.8, 1.9])


def test_hessian_and_product_of_a_published_function() -> None:
    """`scipy.optimize` has both of the function of Rosenbrock in closed form."""
    optimize = pytest.importorskip("scipy.optimize")
    np.testing.assert_allclose(srcgrad.hessian(rosenbrock)(X), optimize.rosen_hess(X), rtol=1e-12)
    product = srcgrad.hvp(rosenbrock)(X, X * 0.3)
    np.testing.assert_allclose(product, optimize.rosen_hess_prod(X, X * 0.3), rtol=1e-12)


def test_orders_up_to_three() -> None:
    def f(x: float) -> float:
        return x**5

    g = f
    for expected in (80.0, 160.0, 240.0):
        g = srcgrad.grad(g)
        assert g(2.0) == pytest.approx(expected, rel=1e-13)


def test_hessian_of_several_parameters() -> None:
    """Blocks: the mixed ones are each other's transposes; defaults and keywords are kept."""
    a = np.array([[2.0, 1.0], [0.5, 3.0]])
    x = np.array([1.0, 2.0])
    (xx, xa), (ax, aa) = srcgrad.hessian(quadratic, wrt=(0, 1))(x, a)
    np.testing.assert_allclose(xx, 2.0 * (a + a.T) + np.diag(6.0 * x))
    np.testing.assert_allclose(xa, np.transpose(ax, (2, 0, 1)))
    assert aa.shape == (2, 2, 2, 2) and not aa.any()
    np.testing.assert_allclose(srcgrad.hessian(quadratic)(x, a, scale=3.0), 3.0 * (a + a.T) + np.diag(6.0 * x))


def test_product_along_several_parameters() -> None:
    a, x = np.array([[2.0, 1.0], [0.5, 3.0]]), np.array([1.0, 2.0])
    da, dx = np.array([[0.1, -0.4], [0.7, 0.2]]), np.array([0.3, -1.0])
    by_x, by_a = srcgrad.hvp(quadratic, wrt=(0, 1))(x, a, (dx, da))
    (xx, xa), (ax, _) = srcgrad.hessian(quadratic, wrt=(0, 1))(x, a)
    np.testing.assert_allclose(by_x, xx @ dx + np.einsum("ijk,jk->i", xa, da))
    np.testing.assert_allclose(by_a, np.einsum("ijk,k->ij", ax, dx), atol=1e-14)


def structured(p: Any, k: Any) -> Any:
    return {"a": p["x"] * k, "b": [np.sum(p["x"]) ** 2, k * p["y"]]}


@pytest.mark.parametrize("mode", [None, "forward", "reverse"])
def test_jacobian_of_containers(mode: str | None) -> None:
    p = {"x": np.array([1.0, 2.0]), "y": 3.0, "name": "p"}
    found = srcgrad.jacobian(structured, wrt=(0, 1), mode=mode)(p, 2.0)
    by_p, by_k = found["a"]
    np.testing.assert_array_equal(by_p["x"], 2.0 * np.eye(2))
    np.testing.assert_array_equal(by_p["y"], np.zeros(2))
    assert by_p["name"] is None
    np.testing.assert_array_equal(by_k, [1.0, 2.0])
    np.testing.assert_array_equal(found["b"][0][0]["x"], [6.0, 6.0])
    assert found["b"][1][0]["y"] == 2.0 and found["b"][1][1] == 3.0


def test_shapes_of_a_jacobian() -> None:
    a = np.arange(6.0).reshape(2, 3)
    for mode in ("forward", "reverse"):
        found = srcgrad.jacobian(lambda m: m.T @ np.ones((2, 4)), mode=mode)(a)
        assert found.shape == (3, 4, 2, 3)
        np.testing.assert_array_equal(found[1, 2], [[0.0, 1.0, 0.0], [0.0, 1.0, 0.0]])
    assert srcgrad.jacobian(lambda x: 2.0 * x)(3.0) == 2.0


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda: srcgrad.jacobian(rosenbrock, mode="sideways"), ValueError, "SG413"),
        (lambda: srcgrad.jacobian(quadratic, wrt="a.b"), ValueError, "SG403"),
        (lambda: srcgrad.jacobian(rosenbrock)(3), TypeError, "SG405"),
        (lambda: srcgrad.hvp(rosenbrock)(X, X[:2]), ValueError, "SG409"),
        (lambda: srcgrad.hvp(rosenbrock)(), ValueError, "SG409"),
        (lambda: srcgrad.hessian(lambda x: x * 2.0)(X), TypeError, "SG407"),
        (lambda: srcgrad.grad(srcgrad.grad(rosenbrock))(X), TypeError, "SG407"),
    ],
)
def test_what_cannot_be_asked(call: Any, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind, match=message):
        call()


def counted(x: Any, s: float) -> Any:
    n = Counter("abracadabra")
    return sum(n[c] * v for c, v in zip("abr", x, strict=True)) * s


def test_what_a_counter_holds_is_not_added_up() -> None:
    """`Counter.update` adds: the zeros of a counter are zeros, and a copy for the reverse sweep has the same counts."""
    assert runtime.zeros_like(Counter(a=1.5)) == {"a": 0.0}
    assert runtime.accumulate(Counter(a=1.5), Counter(a=1.0)) == {"a": 2.5}
    assert runtime.own(Counter(a=1.5)) == runtime.private(Counter(a=1.5)) == {"a": 1.5}
    _, pullback = srcgrad.vjp(srcgrad.grad(counted, wrt=(0, 1)), np.array([1.0, 2.0, 3.0]), 0.7)
    for _ in range(2):
        by_x, by_s = pullback((np.array([0.1, 0.2, 0.3]), 0.5))
        np.testing.assert_allclose(by_x, [2.5, 1.0, 1.0])
        assert by_s == pytest.approx(1.5)
