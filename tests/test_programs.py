"""Every program of the corpus, in both modes, with and without optimiser, in memory and from a file.

The value is bit-equal, arguments stay untouched, derivatives agree with differences, and the two modes agree in the
dot-product identity <d_out, t_out> = <d_x, t_x>.
"""

from __future__ import annotations

import copy
import importlib
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

FOLDER = Path(__file__).parent / "programs"
HELPERS = {"case", "helpers", "run_emitted"}
GROUPS = sorted(p.stem for p in FOLDER.glob("*.py") if p.stem not in HELPERS)
CASES = [(group, c) for group in GROUPS for c in importlib.import_module(group).CASES]
IDS = [f"{group}-{n}-{c.name}" for n, (group, c) in enumerate(CASES)]


# programs that are refused, with the code of the refusal: right or refused, nothing between
REFUSED = {
    "dictionary": "SG216",
    "walrus_inside": "SG216",
    "called_a_round_later": "SG303",
    "chosen_at_run_time": "SG305",
    "remade_from_its_own_value": "SG303",
    "shadowed_builtins": "SG390",
}
# from a file, where an argument without annotation may be anything
REFUSED_FROM_FILES = {
    "augmented": "SG212",
    "numbered": "SG212",
    "columns": "SG212",
    "slices": "SG212",
    "power_by_squaring": "SG212",
    "energy": "SG301",
    "uses_global_object": "SG301",
    "uses_objects": "SG303",
    "runtime_names": "SG390",
    "default_function": "SG303",
}


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


@pytest.mark.parametrize("optimise", [True, False], ids=["optimised", "plain"])
@pytest.mark.parametrize(("group", "c"), CASES, ids=IDS)
def test_in_memory(group: str, c: Any, optimise: bool) -> None:
    code = REFUSED.get(getattr(c.function, "__qualname__", ""))
    with np.errstate(all="ignore"):
        if code is not None:
            with pytest.raises(srcgrad.SrcgradError) as refused:
                derivatives(c, optimise)
            assert refused.value.code == code
            assert refused.value.lineno and refused.value.hint
            return
        derivatives(c, optimise)


@pytest.mark.parametrize("group", GROUPS)
def test_from_a_file(group: str, tmp_path: Path) -> None:
    """The emitted modules of a group, in a process where srcgrad cannot be imported."""
    problems = []
    cases = [(n, c) for n, c in enumerate(importlib.import_module(group).CASES) if c.file]
    for n, c in cases:
        where = f"{FOLDER / group}.py:{c.function.__qualname__}"
        names = list(c.function.__code__.co_varnames[: c.function.__code__.co_argcount])
        wrt = tuple(names[k] for k in c.wrt if k < len(names))
        if len(wrt) < len(c.wrt) or any(np.iscomplexobj(x) for x in leaves(list(c.args))):
            continue  # emitted files are for real arguments, and say so
        refusal = REFUSED_FROM_FILES.get(c.function.__name__) or REFUSED.get(c.function.__name__)
        for mode in ("reverse", "forward"):
            try:
                text = emit_text(Request(where, wrt, mode))
            except srcgrad.SrcgradError as e:
                if e.code != refusal:
                    problems.append(f"{c.name}: {e}")
                break
            if refusal:
                problems.append(f"{c.name}: not refused")
            (tmp_path / f"emitted_{mode}_{n}.py").write_text(text, encoding="utf-8")
    command = [sys.executable, str(FOLDER / "run_emitted.py"), group, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0 and not problems, "\n".join([*problems, done.stdout, done.stderr])


def test_the_corpus_is_large_enough() -> None:
    assert len({c.function for _, c in CASES}) >= 150
