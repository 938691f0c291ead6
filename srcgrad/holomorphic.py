"""Jacobians by complex numbers: one complex number for each pair says all only where there is a complex derivative.

A real function of z changes along 1 and along 1j in two ways, of which dL/dRe - i dL/dIm has both (reverse mode).  A
complex one has a derivative if it changes along 1j by 1j times as much (Cauchy and Riemann), which one product more
along a random direction shows.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .api import pushing
from .diagnostics import diagnose, error
from .leaves import leaves, mapped
from .options import Options

APART = "Take its real and imaginary parts as arguments of their own."


def is_complex(value: Any) -> bool:
    return any(np.iscomplexobj(x) for x in leaves(value, value))


def check_complex_derivative(f: Any, args: tuple[Any, ...], words: dict[str, Any], place: int, value: Any) -> None:
    """TypeError for a function of complex numbers, the argument at `place`, without a derivative by them."""
    name = getattr(f, "__name__", "the function")
    if not all(np.iscomplexobj(x) for x in leaves(value, value)):
        message = f"`{name}` returns real numbers, and its argument is complex"
        raise error(diagnose("SG408", message, hint=f'Leave out `mode="forward"`. {APART}'))
    rng = np.random.default_rng(0)
    x = args[place]
    along = mapped(x, lambda _, v: rng.uniform(0.5, 1.5, np.shape(v))[()] * np.iscomplexobj(v) * one(v))
    turned = mapped(along, lambda _, v: 1j * v if np.iscomplexobj(v) else v)
    moved = tuple(n == place for n in range(len(args)))
    push = pushing(f, args, moved, words, Options("forward"))
    first, second = (push(tuple(t if m else None for m in moved))[1] for t in (along, turned))
    for a, b in zip(leaves(first, value), leaves(second, value), strict=True):
        size = np.max(np.abs(a) + np.abs(b), initial=0.0)
        if np.any(np.abs(1j * a - b) > np.sqrt(np.finfo(np.result_type(a)).eps) * size):
            message = f"`{name}` has no complex derivative: along 1j it does not change by 1j times as much as along 1"
            raise error(diagnose("SG408", message, hint=APART))


def one(v: Any) -> Any:
    return np.ones((), np.result_type(v))[()]
