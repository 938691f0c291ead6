"""Jacobians, Hessians and Hessian-vector products, beside autograd and JAX, in one run.

Each row says how long an approach takes, also in units of one evaluation of the function, and of srcgrad's gradient or
of the first row.  JAX compiles all it is given; what compiling takes is not counted.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any

import numpy as np

import srcgrad
from srcgrad import columns

from . import peers, timing

Calls = dict[str, Callable[[], Any]]


def broyden(x: Any) -> Any:
    """The tridiagonal function of Broyden (More, Garbow & Hillstrom 1981, problem 30)."""
    before = np.concatenate((np.zeros(1), x[:-1]))
    after = np.concatenate((x[1:], np.zeros(1)))
    return (3.0 - 2.0 * x) * x + 1.0 - before - 2.0 * after


def steps(x: Any) -> Any:
    """Twenty steps of a nonlinear stencil on a ring: the Jacobian is a band."""
    for _ in range(20):
        x = x + 0.1 * np.tanh(np.roll(x, 1, 0) - 2.0 * x + np.roll(x, -1, 0))
    return x


def layers(x: Any) -> Any:
    """A network of three layers; the weights are fixed."""
    w = np.cos(np.reshape(np.arange(x.shape[0] ** 2), (x.shape[0], x.shape[0]))) / 5.0
    return np.tanh(w @ np.tanh(w @ np.tanh(w @ x)))


def rosenbrock(x: Any) -> Any:
    return np.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2)


def network_loss(x: Any) -> Any:
    w = np.cos(np.reshape(np.arange(x.shape[0] ** 2), (x.shape[0], x.shape[0]))) / 5.0
    return np.sum(np.tanh(w @ np.tanh(w @ x)) ** 2)


def on(f: Callable[..., Any], numpy: ModuleType) -> Any:
    """The function on another `numpy`."""
    scope: dict[str, Any] = {"np": numpy, "Any": Any}
    exec(inspect.getsource(f), scope)
    return scope[f.__name__]


def point(n: int) -> Any:
    return np.linspace(-0.9, 1.1, n)


# ----- the approaches -----


def jacobians(f: Callable[..., Any], n: int, band: int | None) -> Calls:
    x = point(n)
    found: Calls = {
        "srcgrad forward, all at once": with_argument(srcgrad.jacobian(f, mode="forward"), x),
        "srcgrad forward, one by one": lambda: columns.one_by_one(f, (x,), 0, {}, n, partial(columns.units, x)),
        "srcgrad reverse": with_argument(srcgrad.jacobian(f, mode="reverse"), x),
    }
    if band is not None:
        pattern = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
        ring = np.minimum(pattern, n - pattern) <= band
        found[f"srcgrad sparse, {2 * band + 1} diagonals"] = with_argument(srcgrad.jacobian(f, sparsity=ring), x)
    if "autograd" not in peers.missing():
        import autograd
        import autograd.numpy

        found["autograd.jacobian"] = with_argument(autograd.jacobian(on(f, autograd.numpy)), x)
    if "jax" not in peers.missing():
        import jax
        import jax.numpy

        jax.config.update("jax_enable_x64", True)
        own = on(f, jax.numpy)
        found["jax.jacfwd, compiled"] = waiting(jax.jit(jax.jacfwd(own)), x)
        found["jax.jacrev, compiled"] = waiting(jax.jit(jax.jacrev(own)), x)
    return {"the function": lambda: f(x), **found}


def hessians(f: Callable[..., Any], n: int) -> Calls:
    x, v = point(n), np.cos(point(n))
    gradient, product = srcgrad.grad(f), srcgrad.hvp(f)
    found: Calls = {
        "srcgrad.grad": lambda: gradient(x),
        "srcgrad.hvp": lambda: product(x, v),
        "srcgrad.hessian": with_argument(srcgrad.hessian(f), x),
    }
    if "autograd" not in peers.missing():
        import autograd
        import autograd.numpy

        own = on(f, autograd.numpy)
        times = autograd.hessian_vector_product(own)
        found["autograd.grad"] = with_argument(autograd.grad(own), x)
        found["autograd.hessian_vector_product"] = lambda: times(x, v)
        found["autograd.hessian"] = with_argument(autograd.hessian(own), x)
    if "jax" not in peers.missing():
        import jax
        import jax.numpy

        jax.config.update("jax_enable_x64", True)
        mine = on(f, jax.numpy)
        pushed = jax.jit(lambda a, b: jax.jvp(jax.grad(mine), (a,), (b,))[1])
        found["jax.grad, compiled"] = waiting(jax.jit(jax.grad(mine)), x)
        found["jax hvp, compiled"] = lambda: pushed(x, v).block_until_ready()
        found["jax.hessian, compiled"] = waiting(jax.jit(jax.hessian(mine)), x)
    return {"the function": lambda: f(x), **found}


def with_argument(f: Any, x: Any) -> Callable[[], Any]:
    return lambda: f(x)


def waiting(f: Any, x: Any) -> Callable[[], Any]:
    return lambda: f(x).block_until_ready()


# ----- the report -----


def report(rounds: int) -> None:
    """One table for each program."""
    for f, n, band in ((broyden, 100, 1), (broyden, 1000, 1), (steps, 200, 20), (layers, 100, None)):
        table(f"Jacobian of {f.__name__}, {n} x {n}", jacobians(f, n, band), rounds)
    for f, n in ((rosenbrock, 100), (rosenbrock, 1000), (network_loss, 100)):
        table(f"Hessian of {f.__name__}, {n} x {n}", hessians(f, n), rounds)


def table(title: str, calls: Calls, rounds: int) -> None:
    agree(title, calls)
    found = timing.medians(calls, rounds)
    plain, gradient = found.pop("the function"), found.get("srcgrad.grad")
    first = next(iter(found.values()))
    print(f"{title}; the function takes {1e6 * plain:.0f} us")
    print(f"    {'':34s}{'ms':>10s}{'of f':>8s}{'of grad' if gradient else 'of first':>10s}")
    for name, seconds in found.items():
        print(f"    {name:34s}{1e3 * seconds:10.3f}{seconds / plain:8.1f}{seconds / (gradient or first):10.2f}")
    print()


def agree(title: str, calls: Calls) -> None:
    """All that give the same kind of result give the same: a figure of something wrong is worth nothing."""
    for kind in ("jac", "one by one", "reverse", "sparse", "hessian", "hvp", "vector_product"):
        values = [dense(c()) for name, c in calls.items() if kind in name.replace("all at once", "jac")]
        for v in values[1:]:
            if v.shape == values[0].shape:
                np.testing.assert_allclose(v, values[0], rtol=1e-8, atol=1e-8, err_msg=title)


def dense(found: Any) -> Any:
    if isinstance(found, tuple):
        return found[1][0]
    return found.toarray() if hasattr(found, "toarray") else np.asarray(found)
