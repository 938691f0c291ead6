"""Ten kernels of `tests/kernels` as they are written there, each under a sum of squares: what their gradients cost.

autograd and JAX get the same text with their own `numpy`; a kernel that assigns into arrays they refuse. What has a
`rewritten` form is also run in JAX in that form, functional and compiled, as its documentation advises.
"""

from __future__ import annotations

import importlib
import inspect
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

import srcgrad

from . import peers, timing

FOLDER = Path(__file__).parents[1]

@dataclass(frozen=True)
class Kernel:
    """The body of the measured function, the kernel it calls, its arguments, and those to differentiate."""

    group: str
    name: str
    params: str
    body: str
    args: tuple[Any, ...]
    wrt: tuple[int, ...]
    rewritten: str = ""


def kernels() -> list[Kernel]:
    rng = np.random.default_rng(0)
    plane, square = rng.random((200, 200)), rng.random((40, 40))
    positive = square @ square.T + 40.0 * np.eye(40)
    filters, masses = rng.random(4) + 1.0, rng.random(200)
    jacobi = """\
        B = A
        for t in range(1, 20):
            B = B.at[1:-1, 1:-1].set(0.2 * (A[1:-1, 1:-1] + A[1:-1, :-2] + A[1:-1, 2:] + A[2:, 1:-1] + A[:-2, 1:-1]))
            A = A.at[1:-1, 1:-1].set(0.2 * (B[1:-1, 1:-1] + B[1:-1, :-2] + B[1:-1, 2:] + B[2:, 1:-1] + B[:-2, 1:-1]))
        return np.sum(A ** 2) + np.sum(A * B)
    """
    garch = """\
        def step(s, r):
            return omega + alpha * r ** 2 + beta * s, s
        last, found = jax.lax.scan(step, np.var(returns), returns)
        return 0.5 * np.sum(np.log(found) + returns ** 2 / found)
    """
    return [
        Kernel("stencils", "jacobi_2d", "A", 
               "B = np.copy(A)\njacobi_2d(20, A, B)\nreturn np.sum(A ** 2) + np.sum(A * B)", (plane,), (0,), jacobi),
        Kernel("stencils", "fdtd_2d", "ex, ey, hz, f", 
               "ex, ey, hz = fdtd_2d(20, ex, ey, hz, f)\nreturn np.sum(hz ** 2)",
               (plane, plane * 0.5, plane * 0.2, rng.random(20)), (0, 1, 2, 3)),
        Kernel("stencils", "seidel_2d", "A", "seidel_2d(4, 40, A)\nreturn np.sum(A ** 2)", (square,), (0,)),
        Kernel("factorisations", "cholesky", "A", "L = cholesky(A)\nreturn np.sum(L ** 2 * L)", (positive,), (0,)),
        Kernel("factorisations", "gramschmidt", "A", "Q, R = gramschmidt(A)\nreturn np.sum(R ** 2 * R) + np.sum(Q)",
               (positive,), (0,)),
        Kernel("signals", "lfilter", "b, a, x", "y = lfilter(b, a, x)\nreturn np.sum(y ** 2)",
               (filters, filters[::-1] * np.array([1.0, 0.2, 0.1, 0.05]), rng.random(500)), (0, 1, 2)),
        Kernel("recursions", "garch", "returns, omega, alpha, beta", "return garch(returns, omega, alpha, beta)",
               (rng.random(2000), 0.1, 0.2, 0.6), (0, 1, 2, 3), garch),
        Kernel("recursions", "soft_dtw", "s, t", "return soft_dtw(s, t, 0.5)",
               (rng.random(40), rng.random(40)), (0, 1)),
        Kernel("particles", "sph_density", "pos, mass", "rho = sph_density(pos, mass, 0.4)\nreturn np.sum(rho ** 2)",
               (rng.random((200, 2)), masses), (1,)),
        Kernel("particles", "verlet_chain", "x, v, k", "x, v = verlet_chain(x, v, k, 0.01, 100)\nreturn np.sum(x * v)",
               (np.arange(2000.0), rng.random(2000), 2.0), (0, 1, 2)),
    ]  # fmt: skip


def text(kernel: Kernel) -> str:
    """A function of the kernel's own file: its text, and the measured function at the end."""
    path = FOLDER / "kernels" / f"{kernel.group}.py"
    source = path.read_text(encoding="utf-8").partition("\nCASES")[0]
    body = "".join(f"    {line}\n" for line in kernel.body.splitlines())
    return f"{source}\n\ndef measured_{kernel.name}({kernel.params}):\n{body}"


def function_of(kernel: Kernel, folder: Path) -> Callable[..., Any]:
    """The measured function in a module on disk, where its source can be found."""
    module = f"measured_{kernel.name}"
    (folder / f"{module}.py").write_text(text(kernel), encoding="utf-8")
    found: Callable[..., Any] = getattr(importlib.import_module(module), module)
    return found


def report(folder: Path, rounds: int) -> None:
    """Time, memory and length of every kernel's gradient, beside the peers'."""
    sys.path[:0] = [str(folder), str(FOLDER / "programs"), str(FOLDER / "kernels")]
    names = [n for n in ("autograd", "jax") if n not in peers.missing()]
    print("kernels as published: value and gradient, and peak memory, over the primal; emitted lines per line")
    head = f"    {'':14s}{'primal ms':>10s}{'srcgrad':>9s}{'memory':>8s}{'lines':>7s}"
    print(head + "".join(f"{n:>21s}" for n in names) + ("   jax.jit, rewritten" if "jax" in names else ""))
    for kernel in kernels():
        row = measured(kernel, folder, rounds)
        cells = "".join(f"{attempt(kernel, n, row['primal'], rounds):>21s}" for n in names)
        again = rewritten(kernel, row["primal"], rounds) if kernel.rewritten and "jax" in names else ""
        own = f"{1e3 * row['primal']:10.3f}{row['time']:9.2f}{row['memory']:8.2f}{row['lines']:7.1f}"
        print(f"    {kernel.name:14s}{own}{cells}   {again}")


def measured(kernel: Kernel, folder: Path, rounds: int) -> dict[str, float]:
    function = function_of(kernel, folder)
    derivative = srcgrad.value_and_grad(function, kernel.wrt)

    def primal() -> Any:
        return function(*copies(kernel))

    def both() -> Any:
        return derivative(*kernel.args)

    found = timing.medians({"primal": primal, "both": both}, rounds)
    lines = code_lines(srcgrad.source(derivative)) / code_lines(used_text(kernel))
    return {
        "primal": found["primal"], "time": found["both"] / found["primal"], "memory": peak(both) / peak(primal),
        "lines": lines,
    }  # fmt: skip


def copies(kernel: Kernel) -> list[Any]:
    """The kernels write into their arguments; a derivative does not."""
    return [a.copy() if isinstance(a, np.ndarray) else a for a in kernel.args]


def peak(function: Callable[[], Any]) -> int:
    """The most memory that Python and NumPy hold at once in a call."""
    function()
    tracemalloc.start()
    function()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def code_lines(source: str) -> int:
    """Lines that are neither empty nor comments."""
    return sum(1 for line in source.splitlines() if line.strip() and not line.strip().startswith("#"))


def used_text(kernel: Kernel) -> str:
    module = sys.modules[f"measured_{kernel.name}"]
    own = inspect.getsource(getattr(module, f"measured_{kernel.name}"))
    return own + inspect.getsource(getattr(module, kernel.name))


# ----- peers -----


def attempt(kernel: Kernel, peer: str, primal: float, rounds: int) -> str:
    """The ratio of a peer on the same text; what it says if it does not run."""
    scope: dict[str, Any] = {"np": importlib.import_module(f"{peer}.numpy")}
    try:
        exec(used_text(kernel), scope)
        derivative = gradient_of(scope[f"measured_{kernel.name}"], peer, kernel.wrt)
        derivative(*kernel.args)
    except Exception as e:
        return type(e).__name__
    return f"{timing.medians({'found': lambda: derivative(*kernel.args)}, min(rounds, 3))['found'] / primal:.2f}"


def gradient_of(function: Any, peer: str, wrt: tuple[int, ...]) -> Callable[..., Any]:
    if peer == "autograd":
        import autograd

        found: Callable[..., Any] = autograd.value_and_grad(function, wrt)
        return found
    import jax

    jax.config.update("jax_enable_x64", True)
    derivative = jax.value_and_grad(function, wrt)
    return lambda *args: jax.block_until_ready(derivative(*map(jax.numpy.asarray, args)))


def rewritten(kernel: Kernel, primal: float, rounds: int) -> str:
    import jax

    scope: dict[str, Any] = {"np": jax.numpy, "jax": jax}
    exec(f"def rewritten({kernel.params}):\n{kernel.rewritten}", scope)
    jax.config.update("jax_enable_x64", True)
    compiled = jax.jit(jax.value_and_grad(scope["rewritten"], kernel.wrt))
    args = [jax.numpy.asarray(a) for a in kernel.args]
    found = timing.medians({"jax": lambda: jax.block_until_ready(compiled(*args))}, rounds)
    return f"{found['jax'] / primal:.2f}"
