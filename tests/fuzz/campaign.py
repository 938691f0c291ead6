"""Random programs, right or refused: derivatives against differences, in both modes, the pullback called twice.

`python -m tests.fuzz arrays 0 500` prints the seeds of what is neither, and how often each outcome was met;
`python -m tests.fuzz arrays 17` prints the program of a seed and what was written for it.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

import srcgrad
from tests.loading import load as load_file

from . import (
    arrays,
    callees,
    checkpoints,
    classes,
    containers,
    flow,
    flowing,
    links,
    lists,
    numbers,
    objects,
    parts,
    shapes,
    shared,
    slots,
    states,
    views,
)  # fmt: skip

PROGRAMS = {
    "arrays": arrays.program, "callees": callees.program, "checkpoints": checkpoints.program,
    "classes": classes.program, "containers": containers.program, "flow": flow.program, "flowing": flowing.program,
    "links": links.program, "lists": lists.program, "numbers": numbers.program, "objects": objects.program,
    "parts": parts.program, "shapes": shapes.program, "shared": shared.program, "slots": slots.program,
    "states": states.program, "views": views.program,
}  # fmt: skip
STEP = 1e-6
FAILURES = (ValueError, LookupError, NameError, TypeError, AttributeError, np.exceptions.ComplexWarning)


def load(kind: str, seed: int, folder: Path) -> ModuleType:
    path = folder / f"{kind}_{seed}.py"
    path.write_text(PROGRAMS[kind](seed), encoding="utf-8")
    return load_file(path, known=False)


def outcome(f: Any, seed: int) -> str:
    """What is found of a function; that an imaginary part is thrown away is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", np.exceptions.ComplexWarning)
        return found_of(f, seed)


def found_of(f: Any, seed: int) -> str:
    """ "right", "refused SGnnn", "skipped" where the program itself fails, or what is wrong."""
    rng = np.random.default_rng(seed)
    x, y, c = rng.standard_normal(3), rng.standard_normal(3), 0.7

    def at(z: Any) -> Any:
        return f(z[:3].copy(), z[3:6].copy(), float(z[6]))

    point = np.concatenate([x, y, [c]])
    try:
        value = at(point)
    except FAILURES:
        return "skipped"
    if np.shape(value) != () or np.iscomplexobj(value) or not np.isfinite(value) or abs(value) > 1e6:
        return "skipped"
    try:
        found, pullback = srcgrad.vjp(f, x.copy(), y.copy(), c)
    except srcgrad.SrcgradError as e:
        return f"refused {e.code}"
    first, second = (np.concatenate([np.ravel(0.0 if g is None else g) for g in pullback(1.0)]) for _ in range(2))
    if found != value:
        return "another value"
    if not np.array_equal(first, second):
        return "another second pullback"
    directions = np.eye(7)
    try:
        fine, coarse = (
            np.array([(at(point + h * d) - at(point - h * d)) / (2 * h) for d in directions]) for h in (STEP, 2 * STEP)
        )
    except FAILURES:
        return "skipped"
    smooth = np.abs(fine - coarse) < 1e-4 * (1 + np.abs(fine))
    if not np.allclose(first[smooth], fine[smooth], rtol=1e-4, atol=1e-4 + 1e-6 * np.max(np.abs(fine))):
        return "a wrong gradient"
    tangent = srcgrad.jvp(f, (x.copy(), y.copy(), c), (np.ones(3), np.ones(3), 1.0))[1]
    if not np.allclose(tangent, np.sum(first), rtol=1e-7, atol=1e-8 * (1 + np.max(np.abs(first)))):
        return "a wrong tangent"
    return "right"


def is_good(result: str) -> bool:
    return result in ("right", "skipped") or result.startswith("refused")
