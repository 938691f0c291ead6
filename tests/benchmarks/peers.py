"""The same programs, differentiated by autograd and JAX: the same text, with the peer's own `numpy` in place of NumPy.

JAX gets every program in the form that suits it best: compiled as it stands where it can be, and `bounce`, whose branch
depends on values, both uncompiled as it stands and compiled after being rewritten with `scan` and `where`.
"""

from __future__ import annotations

import importlib.util
import inspect
from collections.abc import Callable
from types import ModuleType
from typing import Any

from . import programs
from .cases import Case

Derivatives = dict[str, Callable[[], Any]]


def missing() -> list[str]:
    """The peers that are not installed."""
    return [name for name in ("autograd", "jax") if importlib.util.find_spec(name) is None]


def derivatives(case: Case) -> Derivatives:
    """For every installed peer a function that gives the value and the gradients of the case."""
    absent = missing()
    found: Derivatives = {}
    if "autograd" not in absent:
        found["autograd"] = by_autograd(case)
    if "jax" not in absent:
        found |= by_jax(case)
    return found


def rewritten(case: Case, numpy: ModuleType) -> Callable[..., Any]:
    """The program of a case on another `numpy`."""
    scope: dict[str, Any] = {"np": numpy, "CLASSES": programs.CLASSES}
    exec(inspect.getsource(case.function), scope)
    function: Callable[..., Any] = scope[case.function.__name__]
    return function


def by_autograd(case: Case) -> Callable[[], Any]:
    import autograd
    import autograd.numpy

    function = autograd.value_and_grad(rewritten(case, autograd.numpy), case.wrt)
    return lambda: function(*case.args)


def by_jax(case: Case) -> Derivatives:
    import jax
    import jax.numpy

    jax.config.update("jax_enable_x64", True)
    function = jax.value_and_grad(rewritten(case, jax.numpy), case.wrt)
    args = tuple(a if n in case.static else jax.numpy.asarray(a) for n, a in enumerate(case.args))
    if case.jit:
        compiled = jax.jit(function, static_argnums=case.static)
        return {"jax.jit": lambda: jax.block_until_ready(compiled(*args))}
    scanned = jax.jit(jax.value_and_grad(bounce_with_scan, case.wrt), static_argnums=case.static)
    return {
        "jax": lambda: jax.block_until_ready(function(*args)),
        "jax.jit": lambda: jax.block_until_ready(scanned(*args)),
    }


def bounce_with_scan(x: Any, v: Any, loss: Any, steps: int) -> Any:
    """`bounce` as JAX can compile it."""
    import jax
    import jax.numpy as jnp

    def step(state: Any, _: Any) -> Any:
        x, v, energy = state
        v = v - 0.1 * jnp.sin(x)
        x = x + 0.1 * v
        outside = x > 1.0
        x, v = jnp.where(outside, 2.0 - x, x), jnp.where(outside, -loss * v, v)
        return (x, v, energy + v * v), None

    start = (x, v, jnp.zeros_like(x))
    return jax.lax.scan(step, start, None, length=steps)[0][2]
