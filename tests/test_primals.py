"""The programs that judge array updates, views, containers and objects, judged themselves, without the engine.

A program that is not deterministic, not finite, or does not depend on what it is differentiated with respect to proves
nothing when its derivative comes out right.
"""

from __future__ import annotations

import copy
import importlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.trees import difference, direction, leaves, same_bits

HERE = Path(__file__).parent
PATTERNS = ("inplace_*", "views_*", "containers_*", "objects_*", "pitfalls")
FILES = [
    *sorted(p for pattern in PATTERNS for p in (HERE / "programs").glob(f"{pattern}.py")),
    *sorted((HERE / "kernels").glob("*.py")),
]
CASES = [(p.stem, c) for p in FILES for c in importlib.import_module(p.stem).CASES]
IDS = [f"{group}-{n}-{c.name}" for n, (group, c) in enumerate(CASES)]


@pytest.mark.parametrize(("group", "c"), CASES, ids=IDS)
def test_program_is_worth_differentiating(group: str, c: Any) -> None:
    rng = np.random.default_rng(11)
    with np.errstate(all="ignore"):
        first, second = (c.function(*copy.deepcopy(list(c.args)), **copy.deepcopy(c.keywords)) for _ in range(2))
        assert same_bits(first, second), "two runs differ"
        assert leaves(first) and all(np.all(np.isfinite(leaf)) for leaf in leaves(first)), first
        assert c.wrt, "nothing to differentiate with respect to"
        cotangent = direction(first, rng)
        for n in c.wrt:
            derivatives = [
                difference(bound(c), list(c.args), (n,), [direction(c.args[n], rng)], cotangent, step)
                for step in (1e-4, 1e-5)
                for _ in range(2)
            ]
            assert np.all(np.isfinite(derivatives))
            if n in c.zero:
                assert not np.any(derivatives), f"argument {n} is said to have no influence"
            elif not low_precision(c):
                assert np.any(np.abs(derivatives) > 1e-9), f"argument {n} has no influence"


@pytest.mark.parametrize(("group", "c"), CASES, ids=IDS)
def test_differences_can_judge(group: str, c: Any) -> None:
    """Two step lengths agree, so that no kink and no rounding hides a wrong derivative."""
    if low_precision(c):
        return
    rng = np.random.default_rng(7)
    with np.errstate(all="ignore"):
        cotangent = direction(c.function(*copy.deepcopy(list(c.args)), **copy.deepcopy(c.keywords)), rng)
        directions = [direction(c.args[n], rng) for n in c.wrt]
        coarse, fine = (difference(bound(c), list(c.args), c.wrt, directions, cotangent, h) for h in (1e-4, 1e-5))
    assert abs(coarse - fine) <= c.tol * (1.0 + abs(coarse)), (coarse, fine)


def bound(c: Any) -> Any:
    return lambda *args: c.function(*args, **copy.deepcopy(c.keywords))


def low_precision(c: Any) -> bool:
    return c.tol > 1e-6


def test_names_are_unique() -> None:
    names = [(group, c.name) for group, c in CASES]
    assert len(names) == len(set(names)), {n for n in names if names.count(n) > 1}
