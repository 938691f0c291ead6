"""The corpus through the numba target, each case right or refused: `python -m tests.numba_target GROUP...`."""

from __future__ import annotations

import copy
import importlib
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

import srcgrad
from tests.trees import direction, leaves

HERE = Path(__file__).parent


def outcome(c: Any) -> str:
    """ "" if compiled derivatives agree with those of NumPy, else the code of the refusal."""
    rng = np.random.default_rng(7)
    args = copy.deepcopy(list(c.args))
    value, pullback = srcgrad.vjp(c.function, *args)
    cotangent = direction(value, rng)
    expected = pullback(cotangent)
    try:
        compiled, pull = srcgrad.vjp(c.function, *args, compile="numba")
        found = pull(cotangent)
    except srcgrad.SrcgradError as e:
        return e.code
    agree(compiled, value)
    agree(list(found), list(expected))
    return ""


def agree(found: Any, expected: Any) -> None:
    a, b = leaves(found), leaves(expected)
    assert len(a) == len(b), (found, expected)
    for x, y in zip(a, b, strict=True):
        assert np.shape(x) == np.shape(y) and np.asarray(x).dtype == np.asarray(y).dtype, (x, y)
        np.testing.assert_allclose(x, y, rtol=1e-9, atol=1e-11)


def campaign(groups: list[str]) -> None:
    for group in groups:
        counts: Counter[str] = Counter()
        for c in importlib.import_module(group).CASES:
            try:
                with np.errstate(all="ignore"):
                    code = outcome(c) if not c.keywords else "keywords"
            except srcgrad.SrcgradError:
                code = "refused by NumPy too"
            except Exception as e:
                code = "WRONG"
                print(f"{group} {c.name}: {type(e).__name__} {str(e)[:300]}")
            counts[code or "right"] += 1
        print(group, dict(counts), flush=True)


if __name__ == "__main__":
    sys.path[:0] = [str(HERE / "programs"), str(HERE / "kernels"), str(HERE / "rules")]
    campaign(sys.argv[1:] or sorted(p.stem for p in (HERE / "programs").glob("*.py") if p.stem not in ("case",)))
