"""Memory and time of the gradient of a long loop, against the number of snapshots.

    python -m tests.benchmarks.checkpoints                       a table
    python -m tests.benchmarks.checkpoints 100000 400            one long run

The program is a nonlinear stencil on a 200 x 200 grid.  Memory is the peak above that of the interpreter with NumPy
and srcgrad loaded; every row is a process of its own.  Time is CPU time per step, beside the gradient of the same loop
without checkpoints, on as many steps as fit.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from typing import Any

import numpy as np

import srcgrad

SIZE = 200
PLAIN = 200


def react(u: Any, k: Any, steps: int, snapshots: int) -> Any:
    """Energy after diffusion with a nonlinear rate."""
    v = u.copy()
    for _ in srcgrad.checkpoint(range(steps), snapshots=snapshots):
        inner = v[1:-1, 1:-1]
        flow = v[2:, 1:-1] + v[:-2, 1:-1] + v[1:-1, 2:] + v[1:-1, :-2] - 4.0 * inner
        v[1:-1, 1:-1] = inner + k * flow * np.exp(-inner * inner)
    return np.sum(v**2)


def react_plain(u: Any, k: Any, steps: int, snapshots: int) -> Any:
    """The same, every state kept."""
    v = u.copy()
    for _ in range(steps):
        inner = v[1:-1, 1:-1]
        flow = v[2:, 1:-1] + v[:-2, 1:-1] + v[1:-1, 2:] + v[1:-1, :-2] - 4.0 * inner
        v[1:-1, 1:-1] = inner + k * flow * np.exp(-inner * inner)
    return np.sum(v**2)


def peak() -> float:
    """Megabytes of this process at their most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


def measure(name: str, steps: int, snapshots: int) -> tuple[float, float]:
    """Microseconds per step, and megabytes above those of the interpreter and the libraries."""
    u = np.random.default_rng(5).normal(size=(SIZE, SIZE))
    gradient = srcgrad.grad({"checkpointed": react, "plain": react_plain}[name], wrt=(0, 1))
    gradient(u[:5, :5], 0.1, 3, 2)
    before = peak()
    start = time.process_time()
    gradient(u, 0.1, steps, snapshots)
    return (time.process_time() - start) / steps * 1e6, peak() - before


def measured(name: str, steps: int, snapshots: int) -> tuple[float, float]:
    """`measure` in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.checkpoints", name, str(steps), str(snapshots)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(out[0]), float(out[1])


def table(rows: list[tuple[int, int]]) -> None:
    plain, memory = min(measured("plain", PLAIN, 1) for _ in range(3))
    print(f"plain, {PLAIN} steps: {plain:.0f} us a step, {memory:.0f} MB")
    print("   steps  snapshots  us a step  times plain      MB")
    for steps, snapshots in rows:
        found, memory = measured("checkpointed", steps, snapshots)
        print(f"{steps:8} {snapshots:10} {found:10.0f} {found / plain:12.2f} {memory:7.0f}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 4:
        print(*measure(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
    elif len(sys.argv) == 3:
        table([(int(sys.argv[1]), int(sys.argv[2]))])
    else:
        table([(2000, snapshots) for snapshots in (1000, 200, 63, 20, 10)] + [(10_000, 150), (20_000, 200)])
