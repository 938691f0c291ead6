"""SPEC section 2, "Edges": a test per line, for every kind of number, in both modes, in memory and from a file."""

from __future__ import annotations

import inspect
from functools import cache
from pathlib import Path
from typing import Any

import edge_programs as programs
import numpy as np
import pytest

import srcgrad
from srcgrad.files import Request, emit_text

INF = float("inf")
Row = tuple[str, tuple[float, ...], tuple[float, ...]]

# (program, numbers, derivatives): for Python floats, numpy scalars, and arrays of rank 0 and 1 of them
POINTS: list[Row] = [
    ("modulus", (0.0,), (0.0,)),
    ("signed", (0.0,), (0.0,)),
    ("larger", (1.0, 1.0), (0.5, 0.5)),
    ("smaller", (1.0, 1.0), (0.5, 0.5)),
    ("relu", (0.0,), (0.5,)),
    ("same_twice", (1.5,), (2.0,)),
    ("clipped", (0.0,), (1.0,)),
    ("clipped", (1.0,), (1.0,)),
    ("clipped", (1.5,), (0.0,)),
    ("power_zero", (0.0,), (0.0,)),
    ("power_zero", (2.0,), (0.0,)),
    ("power_zero_float", (0.0,), (0.0,)),
    ("power_of_both", (0.0, 0.0), (0.0, 0.0)),
    ("power_of_both", (0.0, 2.0), (0.0, 0.0)),
    ("power_of_both", (0.0, 0.5), (INF, 0.0)),
    ("root", (0.0,), (INF,)),
    ("half_power", (0.0,), (INF,)),
    ("masked_root", (0.0,), (0.0,)),
    ("masked_root", (-1.0,), (0.0,)),
    ("masked_half_power", (0.0,), (0.0,)),
    ("masked_log", (0.0,), (0.0,)),
    ("masked_log", (-1.0,), (0.0,)),
    ("masked_entropy", (0.0,), (0.0,)),
    ("masked_reciprocal", (0.0,), (0.0,)),
    ("masked_quotient", (0.0,), (0.0,)),
    ("masked_sinc", (0.0,), (0.0,)),
    ("masked_arccos", (1.0,), (0.0,)),
    ("masked_arccos", (-1.0,), (0.0,)),
    ("masked_arctanh", (1.0,), (0.0,)),
    ("masked_exp", (1000.0,), (0.0,)),
    ("masked_angle", (0.0,), (0.0,)),
    ("masked_hypot", (0.0,), (0.0,)),
    ("root_of_clipped", (-1.0,), (0.0,)),
    ("discarded_later", (0.0,), (0.0,)),
    ("root_times_zero", (0.0,), (0.0,)),
    ("log_times_zero", (0.0,), (0.0,)),
    ("phase_discarded", (0.0,), (0.0,)),
    ("rounded", (1.4,), (1.0,)),
    ("counted", (0.0,), (0.0,)),
]
# for numbers alone
SCALARS: list[Row] = [
    ("modulus_of_python", (0.0,), (0.0,)),
    ("larger_of_python", (1.0, 1.0), (0.5, 0.5)),
    ("smaller_of_python", (1.0, 1.0), (0.5, 0.5)),
    ("relu_of_python", (0.0,), (0.5,)),
    ("same_twice_in_python", (1.5,), (1.0,)),
    ("root_of_python", (0.0,), (INF,)),
    ("masked_root_of_python", (0.0,), (0.0,)),
    ("branch_not_taken", (0.0,), (0.0,)),
    ("branch_not_taken", (-1.0,), (0.0,)),
    ("phase_of_python", (0.0,), (0.0,)),
]
NUMBERS = {"float": float, "float64": np.float64, "rank 0": np.array, "rank 1": lambda v: np.array([v, v])}
EDGES = [(*row, kind) for row in POINTS for kind in NUMBERS if not (row[0] == "masked_power" and kind != "rank 1")]
EDGES += [(*row, kind) for row in SCALARS for kind in ("float", "float64")]

# (program, array, derivative)
ARRAYS: list[tuple[str, Any, Any]] = [
    ("largest", [3.0, 1.0, 3.0], [0.5, 0.0, 0.5]),
    ("smallest", [3.0, 1.0, 1.0], [0.0, 0.5, 0.5]),
    ("product", [2.0, 0.0, 3.0], [0.0, 6.0, 0.0]),
    ("product", [0.0, 0.0, 3.0], [0.0, 0.0, 0.0]),
    ("running_product", [2.0, 0.0, 3.0], [1.0, 22.0, 0.0]),
    ("norm_discarded", [0.0, 0.0], [0.0, 0.0]),
    ("norm_discarded", [3.0, 4.0], [0.6, 0.8]),
    ("norm_left_out", [0.0, 0.0], [0.0, 0.0]),
    ("norm_times_zero", [0.0, 0.0], [0.0, 0.0]),
    ("spread_discarded", [[1.0, 0.0], [1.0, 2.0]], [[0.0, -0.5], [0.0, 0.5]]),
    ("mean_left_out", [0.1, 0.2], [1.0, 1.0]),
    ("mean_left_out", [0.1, 2.0], [2.0, 0.1]),
    ("means_left_out", [0.1, 2.0], [0.2, 0.0]),
    ("masked_root", [0.0, 4.0, -1.0], [0.0, 0.25, 0.0]),
    ("masked_power", [0.0, 4.0], [0.0, -1.5 * 4.0**-2.5]),
    ("masked_log", [0.0, 4.0, -1.0], [0.0, 0.25, 0.0]),
    ("chosen_root", [0.0, 4.0], [0.0, 0.5]),
]
# (program, array): finite, and as by differences
FINITE: list[tuple[str, Any]] = [
    ("standardised", [[1.0, 0.0, 2.0], [1.0, 2.0, 5.0], [1.0, -1.0, 3.0]]),
    ("rows_of_length", [[3.0, 4.0], [1.0, 2.0]]),
    ("forces", [0.0, 1.0, 2.5]),
    ("potential", [[0.0, 0.0], [1.0, 0.5], [2.0, -1.0]]),
]


@cache
def from_file(name: str, mode: str) -> Any:
    scope: dict[str, Any] = {}
    exec(emit_text(Request(f"{Path(programs.__file__)}:{name}", mode=mode)), scope)
    return scope[name + ("_jvp" if mode == "forward" else "_grad")]


def gradients(name: str, args: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """From memory, and from a file."""
    f = getattr(programs, name)
    return [srcgrad.grad(f, tuple(range(len(args))))(*args), from_file(name, "reverse")(*args)[1]]


def tangents(name: str, args: tuple[Any, ...], directions: tuple[Any, ...]) -> list[Any]:
    given = [n for n, d in enumerate(directions) if d is not None]
    whole = [d if d is not None else np.zeros_like(a) for a, d in zip(args, directions, strict=True)]
    found = [srcgrad.jvp(getattr(programs, name), args, tuple(whole))[1]]
    return found + ([from_file(name, "forward")(*args, *whole)[1]] if given else [])


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("name", "point", "expected", "kind"), EDGES)
def test_at_a_point(name: str, point: tuple[float, ...], expected: tuple[float, ...], kind: str) -> None:
    args = tuple(NUMBERS[kind](v) for v in point)
    for found in gradients(name, args):
        for d, slope, a in zip(found, expected, args, strict=True):
            np.testing.assert_array_equal(d, np.full(np.shape(a), slope))
    count = 2 if kind == "rank 1" else 1
    for n, slope in enumerate(expected):
        one = tuple(NUMBERS[kind](1.0 if m == n else 0.0) for m in range(len(args)))
        for t in tangents(name, args, one):
            np.testing.assert_array_equal(t, slope * count)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("name", "x", "expected"), ARRAYS)
def test_of_an_array(name: str, x: Any, expected: Any) -> None:
    a, slopes = np.array(x), np.array(expected)
    for (found,) in gradients(name, (a,)):
        np.testing.assert_allclose(found, slopes, rtol=1e-14)
    for n in np.ndindex(a.shape):
        direction = np.zeros_like(a)
        direction[n] = 1.0
        for t in tangents(name, (a,), (direction,)):
            np.testing.assert_allclose(t, slopes[n], rtol=1e-14)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("name", "x"), FINITE)
def test_masked_terms_leave_the_rest_as_it_is(name: str, x: Any) -> None:
    a = np.array(x)
    moved = a if name != "standardised" else a[:, 1:]  # at the constant column the function jumps
    srcgrad.check_grads(getattr(programs, name), (moved,), order=1)
    for (found,) in gradients(name, (a,)):
        assert np.all(np.isfinite(found))
        if name == "standardised":
            np.testing.assert_allclose(found[:, 1:], srcgrad.grad(programs.standardised)(moved), rtol=1e-13)
    for t in tangents(name, (a,), (np.ones_like(a),)):
        assert np.isfinite(t)


def test_every_program_is_used() -> None:
    functions = {n for n, f in vars(programs).items() if inspect.isfunction(f)}
    assert functions == {row[0] for row in (*POINTS, *SCALARS, *ARRAYS, *FINITE)}
