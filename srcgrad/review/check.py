"""Checking derivatives: central differences, the dot-product identity, the symmetry of second derivatives."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

from ..api import jvp, vjp
from ..derivative import not_differentiable
from ..diagnostics import diagnose, error


def check_grads(
    f: Callable[..., Any],
    args: tuple[Any, ...],
    order: int = 2,
    modes: tuple[str, ...] = ("reverse", "forward"),
    rtol: float = 1e-5,
    atol: float = 1e-7,
) -> None:
    """Compare the derivatives of `f` at `args` with central differences; ValueError with the numbers if they differ.

    Checked are, along random directions: each mode against differences; the identity <dy, t> = <pullback(dy), v>
    between the modes; and for order 2, by differences of the pullback, that u.Hv = v.Hu (Griewank and Walther,
    Evaluating Derivatives, 2008, section 3.1).

    >>> check_grads(lambda x: x * x, (3.0,))
    """
    rng = np.random.default_rng(0)
    wrt = [n for n, a in enumerate(args) if not not_differentiable(a)]
    value, pullback = vjp(f, *args)
    dy = random_like(value, rng)
    v, u = ({n: random_like(args[n], rng) for n in wrt} for _ in range(2))
    numeric = (pairing(dy, f(*moved(args, v, STEP))) - pairing(dy, f(*moved(args, v, -STEP)))) / (2 * STEP)
    reverse = sum(pairing(pullback(dy)[n], v[n]) for n in wrt)
    if "reverse" in modes:
        compare("reverse mode against differences", reverse, numeric, rtol, atol)
    if "forward" in modes:
        _, tangent = jvp(f, args, tuple(v.get(n) for n in range(len(args))))
        forward = pairing(dy, tangent)
        compare("forward mode against differences", forward, numeric, rtol, atol)
        compare("the dot product of the two modes", reverse, forward, 1e-9, 1e-12)
    if order > 1:
        one, other = second(f, args, dy, u, v, wrt), second(f, args, dy, v, u, wrt)
        compare("the symmetry of second derivatives", one, other, rtol * 10, atol * 100)


STEP = 1e-6


def second(f: Any, args: Any, dy: Any, u: Any, v: Any, wrt: list[int]) -> float:
    """u.Hv by central differences of the pullback along v."""
    ahead, behind = (vjp(f, *moved(args, v, s))[1](dy) for s in (STEP, -STEP))
    return sum(pairing(ahead[n], u[n]) - pairing(behind[n], u[n]) for n in wrt) / (2 * STEP)


def compare(what: str, found: float, expected: float, rtol: float, atol: float) -> None:
    if not np.isclose(found, expected, rtol=rtol, atol=atol):
        raise error(diagnose("SG412", f"{what}: {found:.12g} and {expected:.12g}"))


def random_like(x: Any, rng: np.random.Generator) -> Any:
    """A random value of the same structure; None for what carries no derivative."""
    if isinstance(x, tuple | list):
        return type(x)(random_like(i, rng) for i in x)
    if isinstance(x, dict):
        return {key: random_like(i, rng) for key, i in x.items()}
    if not_differentiable(x):
        return None
    a = np.asarray(x)
    d = rng.standard_normal(a.shape) + (1j * rng.standard_normal(a.shape) if a.dtype.kind == "c" else 0.0)
    return np.asarray(d, a.dtype) if isinstance(x, np.ndarray) else type(x)(d)


def moved(args: Any, along: dict[int, Any], step: float) -> list[Any]:
    changed = copy.deepcopy(list(args))
    for n, d in along.items():
        changed[n] = shifted(args[n], d, step)
    return changed


def shifted(x: Any, d: Any, step: float) -> Any:
    if isinstance(x, tuple | list):
        return type(x)(shifted(i, j, step) for i, j in zip(x, d, strict=True))
    if isinstance(x, dict):
        return {key: shifted(i, d[key], step) for key, i in x.items()}
    return x if d is None else x + type(step)(step) * d


def pairing(a: Any, b: Any) -> float:
    """Re(sum(a * b)), over whole structures."""
    if isinstance(b, tuple | list):
        return sum(pairing(x, y) for x, y in zip(a, b, strict=True)) if a is not None else 0.0
    if isinstance(b, dict):
        return sum(pairing(a[key], b[key]) for key in b) if a is not None else 0.0
    return 0.0 if a is None or b is None else float(np.real(np.sum(np.asarray(a) * np.asarray(b))))
