"""What the analysis takes for memory of its own is that: no sample of a row gives a view of an argument."""

from __future__ import annotations

import ast
import importlib
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import samples_elementwise
import samples_structured

from srcgrad.analysis.sharing import COPYING, VIEWING, VIEWING_METHODS
from srcgrad.rules.pattern import qualified

SAMPLES = {**samples_structured.SAMPLES, **samples_elementwise.SAMPLES}
CASES = [(row, n) for row, samples in SAMPLES.items() for n in range(len(samples))]
LIBRARIES = {n: importlib.import_module(n) for n in ("math", "cmath", "operator", "scipy.special")} | {"np": np}
SHARING = (VIEWING - COPYING) | {f"ndarray{m}" for m in VIEWING_METHODS} | {"numpy.array", "numpy.meshgrid"}


def arrays_in(value: Any) -> Iterator[np.ndarray]:
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, (list, tuple)):
        for v in value:
            yield from arrays_in(v)


@pytest.mark.parametrize(("row", "n"), CASES)
def test_views_are_known(row: str, n: int) -> None:
    expression, point = SAMPLES[row][n]
    if row in SHARING or qualified(row) in SHARING or row == "ndarray.T":
        return
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        try:
            result = eval(expression, {**LIBRARIES, **point})
        except (NameError, AttributeError):
            pytest.skip("not of this Python")
    shared = [a for a in arrays_in(result) for x in arrays_in(list(point.values())) if np.shares_memory(a, x)]
    assert not shared, f"{ast.unparse(ast.parse(expression))} shares memory with an argument"
