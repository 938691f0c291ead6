"""Calls of functions of NumPy and SciPy are right or refused: value, gradient and tangent, second derivatives."""

from __future__ import annotations

import importlib
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from library_calls import program

import srcgrad
from tests import second_order_rules
from tests.checking import derivatives
from tests.second_order import outcome

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "programs")]
case = importlib.import_module("case").case
TABLES = [importlib.import_module(p.stem) for p in sorted(HERE.glob("calls_of_*.py"))]
CALLS = [pytest.param(*call, id=f"{n}-{call[0]}") for t in TABLES for n, call in enumerate(t.CALLS)]
REFUSED = [pytest.param(*call, id=f"{n}-{call[0][0]}") for t in TABLES for n, call in enumerate(t.REFUSED)]
ONCE = list({e.partition("(")[0]: (e, point) for t in TABLES for e, point in t.CALLS}.values())[::4]  # all take minutes
FIRST_ORDER = frozenset().union(*(t.FIRST_ORDER for t in TABLES))


@pytest.fixture(autouse=True)
def quiet() -> Any:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


@pytest.mark.parametrize(("expression", "point"), CALLS)
def test_value_gradient_and_tangent(expression: str, point: dict[str, Any]) -> None:
    derivatives(case(program(expression, point), *point.values(), tol=1e-6), True)


@pytest.mark.parametrize(("expression", "point"), ONCE, ids=[e for e, _ in ONCE])
def test_second_derivatives(expression: str, point: dict[str, Any]) -> None:
    """A call of each fourth function: right in all four ways; of FIRST_ORDER some way is refused, and none is wrong."""
    sampled = second_order_rules.program_of(expression, point)
    if sampled is None:
        return
    found = set(outcome(sampled))
    assert found <= {"right"} or expression.partition("(")[0] in FIRST_ORDER and not found & {"wrong"}, found


@pytest.mark.parametrize(("call", "words"), REFUSED)
def test_refused(call: tuple[str, dict[str, Any]], words: str) -> None:
    with pytest.raises((srcgrad.SrcgradError, ValueError)) as caught:
        derivatives(case(program(*call), *call[1].values()), True)
    assert words in str(caught.value)
