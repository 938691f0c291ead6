"""Runs the emitted modules of one group where srcgrad cannot be imported: `run_emitted.py GROUP FOLDER`."""

from __future__ import annotations

import copy
import importlib
import sys
import types
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent
ONLY = types.ModuleType("srcgrad")  # what the programs themselves take from it; emitted modules find nothing inside
ONLY.checkpoint = lambda steps, snapshots: steps  # type: ignore[attr-defined]
sys.modules["srcgrad"] = ONLY
sys.path[:0] = [str(HERE), str(HERE.parent / "kernels"), str(HERE.parent)]

import case  # noqa: E402
import trees  # noqa: E402


def check(n: int, c: Any) -> str:
    """What is wrong with the emitted modules of a case; "" if nothing is."""
    rng = np.random.default_rng(7)
    reverse = importlib.import_module(f"emitted_reverse_{n}")
    name = c.function.__name__
    args = copy.deepcopy(list(c.args))
    expected = c.function(*copy.deepcopy(args), **c.keywords)
    cotangent, directions = trees.direction(expected, rng), [trees.direction(args[k], rng) for k in c.wrt]
    seed = seed_name(vars(reverse)[f"{name}_grad"])
    value, gradients = vars(reverse)[f"{name}_grad"](*args, **c.keywords, **{seed: cotangent})
    if not trees.same_bits(value, expected):
        return f"value {value} but {expected}"
    a = sum(trees.inner(g, d) for g, d in zip(gradients, directions, strict=True))
    scale = 1.0 + sum(float(np.sum(np.abs(np.asarray(x)))) for x in trees.leaves(list(gradients)))
    low = c.tol > 1e-6 or any(
        np.asarray(x).dtype.name in ("float16", "float32", "complex64") for x in trees.leaves(list(c.args))
    )
    if (Path(reverse.__file__).parent / f"emitted_forward_{n}.py").exists():
        value, tangent = by_forward(n, c, args, directions)
        if not trees.same_bits(value, expected):
            return f"forward value {value} but {expected}"
        b = trees.inner(cotangent, tangent)
        if abs(a - b) > (1e-3 if low else 1e-12) * scale:
            return f"reverse {a} but forward {b}"
    if not all(trees.same_bits(a, b) for a, b in zip(args, c.args, strict=True)):
        return "an argument was changed"
    numeric = [
        trees.difference(lambda *x: c.function(*x, **c.keywords), args, c.wrt, directions, cotangent, h)
        for h in (1e-3, 1e-4)
    ]
    if not low and min(abs(x - a) for x in numeric) > c.tol * scale:
        return f"derivative {a} but differences {numeric}"
    return ""


def by_forward(n: int, c: Any, args: list[Any], directions: list[Any]) -> Any:
    """The value and the tangent that the forward module of a case gives."""
    function = vars(importlib.import_module(f"emitted_forward_{n}"))[f"{c.function.__name__}_jvp"]
    count = function.__code__.co_argcount + function.__code__.co_kwonlyargcount
    names = [p for p in function.__code__.co_varnames[:count] if p not in case.parameters(c.function)]
    names = names[-len(c.wrt) :] if c.wrt else []
    return function(*args, **c.keywords, **dict(zip(names, directions, strict=True)))


def seed_name(function: Any) -> str:
    """The parameter for the cotangent: the last one."""
    code = function.__code__
    return str(code.co_varnames[code.co_argcount + code.co_kwonlyargcount - 1])


def main(group: str, folder: str) -> int:
    sys.path.insert(0, folder)
    failures = 0
    for n, c in enumerate(importlib.import_module(group).CASES):
        if not (Path(folder) / f"emitted_reverse_{n}.py").exists():
            continue
        try:
            with np.errstate(all="ignore"):
                problem = check(n, c)
        except Exception as e:  # one failing module must not hide the others
            problem = f"{type(e).__name__}: {e}"
        if problem:
            failures += 1
            print(f"{group} {n} {c.name}: {problem}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
