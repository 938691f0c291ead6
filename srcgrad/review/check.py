"""Checking derivatives: central differences, the dot-product identity, the symmetry of second derivatives."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from ..api import grad, jvp, vjp
from ..derivative import described, not_differentiable
from ..diagnostics import SrcgradError, diagnose, error


def check_grads(
    f: Callable[..., Any],
    args: tuple[Any, ...],
    order: int = 2,
    modes: tuple[str, ...] = ("reverse", "forward"),
    rtol: float | None = None,
    atol: float | None = None,
) -> None:
    """Compare the derivatives of `f` at `args` with central differences; ValueError with the numbers if they differ.

    Checked are, for each argument along a random direction: each mode against differences; the identity
    <dy, t> = <pullback(dy), v> between the modes; and for order 2, by differences of the pullback, that u.Hv = v.Hu
    (Griewank and Walther, Evaluating Derivatives, 2008, section 3.1).  Where f gives one real number and its gradient
    can be differentiated again, H times v itself is compared with those differences, and its symmetry checked.  The
    tolerances are 1e-5 and 1e-7 unless given, and larger where a precision below float64 is met.

    >>> check_grads(lambda x: x * x, (3.0,))
    """
    check_options(args, order, modes)
    one_way = "reverse" not in modes and order == 1  # a rule may serve forward mode alone
    value, pullback = (f(*copy.deepcopy(args)), None) if one_way else vjp(f, *args)
    at = Point(f, args, value, rtol, atol)
    rng = np.random.default_rng(0)
    dy = random_like(value, rng)
    v, u = ({n: scaled_direction(args[n], rng) for n in at.wrt} for _ in range(2))
    gradients = pullback(dy) if pullback else None
    for n in at.wrt:
        along = {n: v[n]}
        numeric = (pairing(dy, at.moved(along, 1)) - pairing(dy, at.moved(along, -1))) / (2 * at.step)
        reverse = pairing(gradients[n], v[n]) if gradients else 0.0
        if "reverse" in modes:
            at.compare(f"reverse mode against differences for argument {n}", reverse, numeric)
        if "forward" in modes:
            _, tangent = jvp(f, args, tuple(along.get(k) for k in range(len(args))))
            forward = pairing(dy, tangent)
            at.compare(f"forward mode against differences for argument {n}", forward, numeric)
            if gradients:
                at.compare(f"the dot product of the two modes for argument {n}", reverse, forward, exact=True)
    if order == 2:
        numeric = at.second(dy, u, v)
        at.compare("the symmetry of second derivatives", numeric, at.second(dy, v, u), 100.0)
        exact = at.products(u, v)
        if exact is not None:
            weight = float(dy)
            at.compare("the symmetry of Hessian times direction", *exact)
            at.compare("Hessian times direction against differences", weight * exact[0], numeric, 100.0)


def check_options(args: Any, order: Any, modes: Any) -> None:
    if not isinstance(args, tuple | list):
        raise error(diagnose("SG413", f"`args` must be a tuple with one entry per argument, not {described(args)}"))
    if order not in (1, 2):
        raise error(diagnose("SG413", f"`order` is 1 or 2, not {order!r}"))
    if not isinstance(modes, tuple | list) or not modes or set(modes) - {"reverse", "forward"}:
        raise error(diagnose("SG413", f"`modes` is a tuple of 'reverse' and 'forward', not {modes!r}"))
    if all(not_differentiable(a) for a in args):
        raise error(diagnose("SG405", "no argument has a derivative", hint="Pass floats or arrays of floats."))


class Point:
    """A function at its arguments: moved along directions, with a step and tolerances that fit the precision."""

    def __init__(self, f: Any, args: Any, value: Any, rtol: float | None, atol: float | None) -> None:
        self.f, self.args, self.value = f, args, value
        self.wrt = [n for n, a in enumerate(args) if not not_differentiable(a)]
        if not_differentiable(value):
            name, what = getattr(f, "__name__", type(f).__name__), not_differentiable(value)
            raise error(diagnose("SG408", f"`{name}` returns {what}, so there is nothing to check"))
        eps = max(map(precision, [value, *(args[n] for n in self.wrt)]))
        coarse = eps / np.finfo(float).eps
        self.step = max(1e-6, eps ** (1 / 3))
        self.rtol = 1e-5 * max(1.0, coarse ** (2 / 3) / 100) if rtol is None else rtol
        self.atol = 1e-7 * max(1.0, coarse ** (2 / 3)) if atol is None else atol
        self.identity = 1e-9 * max(1.0, coarse)

    def moved(self, along: dict[int, Any], sign: int) -> Any:
        return self.f(*self.shifted(along, sign))

    def shifted(self, along: dict[int, Any], sign: int) -> list[Any]:
        changed = copy.deepcopy(list(self.args))
        for n, d in along.items():
            changed[n] = shifted(self.args[n], d, sign * self.step)
        return changed

    def second(self, dy: Any, u: Any, v: Any) -> float:
        """u.Hv by central differences of the pullback along v."""
        ahead, behind = (vjp(self.f, *self.shifted(v, sign))[1](dy) for sign in (1, -1))
        return sum(pairing(ahead[n], u[n]) - pairing(behind[n], u[n]) for n in self.wrt) / (2 * self.step)

    def products(self, u: Any, v: Any) -> tuple[float, float] | None:
        """u.Hv and v.Hu by forward mode over the gradient; None where there is no such thing."""
        if not isinstance(self.value, float | np.floating) or not has_named_parameters(self.f):
            return None
        gradient = grad(self.f, tuple(self.wrt))
        try:
            hv, hu = (self.product(gradient, d) for d in (v, u))
        except SrcgradError:  # second derivatives are refused, and say why where they are asked for
            return None
        return pair_all(hv, u, self.wrt), pair_all(hu, v, self.wrt)

    def product(self, gradient: Any, direction: dict[int, Any]) -> Any:
        return jvp(gradient, self.args, tuple(direction.get(n) for n in range(len(self.args))))[1]

    def compare(self, what: str, found: float, expected: float, factor: float = 1.0, exact: bool = False) -> None:
        rtol, atol = (self.identity, self.identity / 1000) if exact else (self.rtol * factor, self.atol * factor)
        if not np.isclose(found, expected, rtol=rtol, atol=atol):
            message = f"{what}: {found:.12g} and {expected:.12g}, apart by {abs(found - expected):.3g}"
            raise error(diagnose("SG412", message))


def has_named_parameters(f: Any) -> bool:
    try:
        kinds = [p.kind for p in inspect.signature(f).parameters.values()]
    except (TypeError, ValueError):  # a function of a compiled library
        return False
    return inspect.Parameter.VAR_POSITIONAL not in kinds


def pair_all(found: Any, direction: dict[int, Any], wrt: list[int]) -> float:
    return sum(pairing(g, direction[n]) for g, n in zip(found, wrt, strict=True))


def precision(x: Any) -> float:
    """The machine epsilon of the coarsest number in a structure."""
    if isinstance(x, tuple | list):
        return max(map(precision, x), default=0.0)
    if isinstance(x, dict):
        return max(map(precision, x.values()), default=0.0)
    return 0.0 if not_differentiable(x) else float(np.finfo(np.result_type(x)).eps)


def scaled_direction(x: Any, rng: np.random.Generator) -> Any:
    """A random direction of the size of `x`, so that one step fits large and small arguments."""
    direction = random_like(x, rng)
    if isinstance(x, tuple | list | dict) or np.size(x) == 0:
        return direction
    size = max(1.0, float(np.max(np.abs(x))))
    return direction * direction.dtype.type(size) if isinstance(x, np.ndarray) else type(x)(direction * size)


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
