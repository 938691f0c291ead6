"""How a case of the corpus is checked: value, gradients, tangents, differences; in memory and from emitted files."""

from __future__ import annotations

import copy
import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad.files import Request, emit_text
from srcgrad.options import Options
from tests.trees import difference, direction, inner, leaves, same_bits

RUNNER = Path(__file__).parent / "programs" / "run_emitted.py"
ALL = os.environ.get("SRCGRAD_CORPUS") == "all"
PLAIN = 1 if ALL else 8
IN_FILES, FORWARD = (1, 1) if ALL else (3, 6)


def runs(cases: list[tuple[str, Any]], ids: list[str]) -> list[Any]:
    """Each case with the optimiser, and one in eight (all with SRCGRAD_CORPUS=all) without it."""
    rows = list(zip(cases, ids, strict=True))
    optimised = [pytest.param(*case, True, id=f"{own}-optimised") for case, own in rows]
    return optimised + [pytest.param(*case, False, id=f"{own}-plain") for case, own in rows[::PLAIN]]


def low_precision(c: Any) -> bool:
    return c.tol > 1e-6 or any(
        np.asarray(x).dtype.name in ("float16", "float32", "complex64") for x in leaves(list(c.args))
    )


def derivatives(c: Any, optimise: bool) -> None:
    rng = np.random.default_rng(7)
    args = copy.deepcopy(list(c.args))
    expected = c.function(*copy.deepcopy(args), **c.keywords)
    bound = (lambda *a: c.function(*a, **c.keywords)) if c.keywords else c.function
    cotangent = direction(expected, rng)
    directions = [direction(args[n], rng) for n in c.wrt]

    value, pullback = vjp(c, args, optimise)
    assert same_bits(value, expected), (value, expected)
    gradients = pullback(cotangent)
    again = pullback(cotangent)
    tangents: list[Any] = [None] * len(args)
    for n, d in zip(c.wrt, directions, strict=True):
        tangents[n] = d
    forward_value, tangent = jvp(c, args, tangents, optimise)
    assert same_bits(forward_value, expected)
    for a, b in zip(args, c.args, strict=True):
        assert same_bits(a, b), "an argument was changed"

    from_reverse = sum(inner(gradients[n], d) for n, d in zip(c.wrt, directions, strict=True))
    assert from_reverse == sum(inner(again[n], d) for n, d in zip(c.wrt, directions, strict=True)), "second pullback"
    from_forward = inner(cotangent, tangent)
    tight = 1e-3 if low_precision(c) else 1e-12
    scale = 1.0 + sum(float(np.sum(np.abs(np.asarray(x)))) for x in leaves(list(gradients)))
    assert abs(from_reverse - from_forward) <= tight * scale, ("dot product", from_reverse, from_forward)
    for n in c.wrt:
        for g, x in zip(leaves(gradients[n]), leaves(args[n]), strict=True):
            assert np.shape(g) == np.shape(x) and np.asarray(g).dtype == np.asarray(x).dtype, (g, x)
    if low_precision(c):
        return
    numeric = difference(bound, args, c.wrt, directions, cotangent, 1e-4)
    finer = difference(bound, args, c.wrt, directions, cotangent, 1e-5)
    error = min(abs(numeric - from_reverse), abs(finer - from_reverse))
    assert error <= c.tol * scale, ("differences", numeric, finer, from_reverse)


def vjp(c: Any, args: list[Any], optimise: bool) -> Any:
    return srcgrad.api.vjp_with(c.function, tuple(args), c.keywords, Options("pullback", optimise, check=True))


def jvp(c: Any, args: list[Any], tangents: list[Any], optimise: bool) -> Any:
    return srcgrad.api.jvp_with(
        c.function, tuple(args), tuple(tangents), c.keywords, Options("forward", optimise, check=True)
    )


def from_files(path: Path, folder: Path, refused: dict[str, str]) -> list[str]:
    """What is wrong with the modules emitted for the cases of a file, run where srcgrad cannot be imported.

    One case in three, and one in six in forward mode, too (all with SRCGRAD_CORPUS=all); both where differences tell
    little, and all that are refused.
    """
    problems = []
    cases = [(n, c) for n, c in enumerate(importlib.import_module(path.stem).CASES) if c.file]
    for n, c in cases:
        where = f"{path}:{c.function.__qualname__}"
        names = importlib.import_module("case").parameters(c.function)
        wrt = tuple(names[k] for k in c.wrt if k < len(names))
        if len(wrt) < len(c.wrt) or any(np.iscomplexobj(x) for x in leaves(list(c.args))):
            continue  # emitted files are for real arguments, and say so
        refusal = refused.get(c.function.__name__)
        asked = bool(refusal) or low_precision(c)
        if n % IN_FILES and not asked:
            continue
        both = asked or n % FORWARD == 0
        for mode in ("reverse", "forward") if both else ("reverse",):
            try:
                text = emit_text(Request(where, wrt, mode))
            except srcgrad.SrcgradError as e:
                if e.code != refusal:
                    problems.append(f"{c.name}: {e}")
                break
            if refusal:
                problems.append(f"{c.name}: not refused")
            (folder / f"emitted_{mode}_{n}.py").write_text(text, encoding="utf-8")
    command = [sys.executable, str(RUNNER), path.stem, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    return problems if done.returncode == 0 else [*problems, done.stdout, done.stderr]
