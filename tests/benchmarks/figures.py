"""The sections of the report: each measures and prints."""

from __future__ import annotations

import importlib.metadata
import math
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import srcgrad

from . import generated, kernels, peers, timing
from .cases import CASES, Case
from .programs import product_sine

LENGTHS = (50, 500, 2000)


def versions() -> str:
    """srcgrad, NumPy and the peers with their versions."""
    found = {"srcgrad": srcgrad.__version__, "numpy": np.__version__}
    for name in ("autograd", "jax"):
        if name not in peers.missing():
            found[name] = importlib.metadata.version(name)
    return ", ".join(f"{name} {version}" for name, version in found.items())


# ----- imports -----


def imports(rounds: int) -> None:
    """What importing costs beyond NumPy."""
    statements = {"numpy": "import numpy", "srcgrad": "import numpy, srcgrad"}
    statements |= {name: f"import numpy, {name}" for name in ("autograd", "jax") if name not in peers.missing()}
    samples: dict[str, list[float]] = {name: [] for name in statements}
    for _ in range(rounds):
        for name, statement in statements.items():
            samples[name].append(child_seconds(statement))
    base = statistics.median(samples.pop("numpy"))
    print(f"import, ms beyond numpy ({1e3 * base:.0f} ms with the interpreter)")
    for name, found in samples.items():
        print(f"    {name:12s} {1e3 * (statistics.median(found) - base):8.0f}")


def child_seconds(statement: str) -> float:
    """CPU seconds of a new interpreter that runs `statement`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", statement], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


# ----- transformation -----


def transform(rounds: int) -> None:
    """The first call of a derivative, which writes and compiles it, by the length of the function."""
    print("transform, reverse mode: the first call of value_and_grad")
    print("    lines        ms    ms per line")
    with tempfile.TemporaryDirectory() as folder:
        first_call(generated.program(LENGTHS[0], Path(folder), -1))  # the rule tables and libcst are loaded once
        for lines in LENGTHS:
            repeats = rounds if lines <= 500 else min(rounds, 3)
            samples = [first_call(generated.program(lines, Path(folder), n)) for n in range(repeats)]
            found = statistics.median(samples)
            print(f"    {lines:5d} {1e3 * found:9.0f} {1e3 * found / lines:11.2f}")


def first_call(function: Callable[..., Any]) -> float:
    derivative = srcgrad.value_and_grad(function, wrt=(0, 1))
    return timing.seconds(lambda: derivative(0.7, 0.4), 1)


# ----- calls -----


def call_overhead(rounds: int) -> None:
    """What the returned function adds to the emitted one."""
    derivative = srcgrad.value_and_grad(product_sine)
    derivative(1.3)
    scope: dict[str, Any] = {}
    exec(srcgrad.source(derivative), scope)
    emitted = scope["product_sine_grad"]
    found = timing.medians({"returned": lambda: derivative(1.3), "emitted": lambda: emitted(1.3)}, rounds)
    print("call of value_and_grad(x * sin(x)), us")
    print(f"    emitted function  {1e6 * found['emitted']:8.2f}")
    print(f"    returned function {1e6 * found['returned']:8.2f}")
    print(f"    overhead          {1e6 * (found['returned'] - found['emitted']):8.2f}")


# ----- gradients -----


def gradients(rounds: int) -> None:
    """Value and gradient over the primal, beside the peers."""
    absent = peers.missing()
    columns = [name for name in ("srcgrad", "autograd", "jax", "jax.jit") if name.split(".")[0] not in absent]
    print("value and gradient: ms, and in brackets the ratio to the primal (`jax`: not compiled)")
    print(f"    {'':20s}{'primal ms':>10s}" + "".join(f"{name:>20s}" for name in columns))
    ratios: dict[str, list[float]] = {}
    for case in CASES:
        found = measured(case, rounds)
        primal = found.pop("primal")
        cells = [cell(found.get(name), primal) for name in columns]
        print(f"    {case.name:20s}{1e3 * primal:10.4f}" + "".join(f"{text:>20s}" for text in cells))
        for name, value in found.items():
            ratios.setdefault(name, []).append(value / primal)
    means = {name: math.exp(statistics.fmean(map(math.log, found))) for name, found in ratios.items()}
    texts = [f"({means[name]:.2f})" if len(ratios.get(name, ())) == len(CASES) else "-" for name in columns]
    print(f"    {'geometric mean':20s}{'':10s}" + "".join(f"{text:>20s}" for text in texts))


def cell(value: float | None, primal: float) -> str:
    return "-" if value is None else f"{1e3 * value:.4f} ({value / primal:.2f})"


def measured(case: Case, rounds: int) -> dict[str, float]:
    """Median seconds of the primal and of every derivative, after all have been found to agree."""
    derivative = srcgrad.value_and_grad(case.function, wrt=case.wrt)
    functions: dict[str, Callable[[], Any]] = {"srcgrad": lambda: derivative(*case.args), **peers.derivatives(case)}
    expected = functions["srcgrad"]()
    for name, function in functions.items():
        require_agreement(case.name, name, function(), expected)
    return timing.medians({"primal": lambda: case.function(*case.args), **functions}, rounds)


def require_agreement(case: str, name: str, found: Any, expected: Any) -> None:
    for a, b in zip((found[0], *found[1]), (expected[0], *expected[1]), strict=True):
        if not np.allclose(a, b, rtol=1e-8, atol=1e-10):
            raise SystemExit(f"{case}: {name} and srcgrad disagree, so nothing was measured")


# ----- kernels -----


def of_kernels(rounds: int) -> None:
    """Kernels that assign into arrays, as they are written."""
    with tempfile.TemporaryDirectory() as folder:
        kernels.report(Path(folder), rounds)
