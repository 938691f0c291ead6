"""Random programs in other ways: emitted to a file of their own, and at second order.

`python -m tests.fuzz arrays 0 500 files` and `python -m tests.fuzz arrays 0 100 second`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

import srcgrad
from srcgrad.files import Request, emit_text
from tests.second_order import MODES, outcome as second_order

from .campaign import outcome

NAMES = ("x", "y", "c")


def point(seed: int) -> tuple[Any, Any, float]:
    """The same as that of a program that is run in memory."""
    rng = np.random.default_rng(seed)
    return rng.standard_normal(3), rng.standard_normal(3), 0.7


def from_a_file(module: Any, seed: int) -> str:
    """What is emitted for arguments of which nothing is known, against what is derived for those of the call."""
    known = outcome(module.f, seed)
    if known != "right":
        return known
    sys.path.insert(0, str(Path(module.__file__).parent))  # what is emitted imports helpers from there
    found: dict[str, Any] = {}
    for mode in ("reverse", "forward"):
        try:
            exec(emit_text(Request(f"{module.__file__}:f", NAMES, mode)), found)
        except srcgrad.SrcgradError as e:
            return f"refused {e.code}"
    try:
        value, gradients = found["f_grad"](*point(seed))
        same, tangent = found["f_jvp"](*point(seed), np.ones(3), np.ones(3), 1.0)
    except (TypeError, ValueError) as e:
        if str(e).endswith("otherwise"):
            return "refused what was assumed"
        raise
    expected, pullback = srcgrad.vjp(module.f, *point(seed))
    if value != expected or same != expected:
        return "another value"
    from_reverse, from_memory = (np.concatenate([np.ravel(g) for g in each]) for each in (gradients, pullback(1.0)))
    size = 1.0 + np.max(np.abs(from_memory))
    if not np.allclose(from_reverse, from_memory, rtol=1e-9, atol=1e-10 * size):
        return "a wrong gradient"
    return "right" if np.allclose(tangent, np.sum(from_memory), rtol=1e-7, atol=1e-8 * size) else "a wrong tangent"


def at_second_order(module: Any, seed: int) -> str:
    """All four ways, against differences of the gradient and against each other."""
    known = outcome(module.f, seed)
    if known != "right":
        return known
    case = SimpleNamespace(function=module.f, args=point(seed), wrt=(0, 1, 2))
    found = second_order(case, MODES)
    bad = [f"{mode}: {result}" for mode, result in zip(MODES, found, strict=True) if result in ("wrong", "raises")]
    refused = [result for result in found if result != "right"]
    return ", ".join(bad) if bad else f"refused {refused[0]}" if refused else "right"


WAYS = {"memory": lambda module, seed: outcome(module.f, seed), "files": from_a_file, "second": at_second_order}
