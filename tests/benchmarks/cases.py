"""What is measured with which arguments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import programs


@dataclass(frozen=True)
class Case:
    """A program, the positions to differentiate, its arguments, and whether `jax.jit` can take it as it stands."""

    name: str
    function: Callable[..., Any]
    wrt: tuple[int, ...]
    args: tuple[Any, ...]
    static: tuple[int, ...] = ()
    jit: bool = True


def mlp(name: str, batch: int, inputs: int, hidden: int, outputs: int) -> Case:
    rng = np.random.default_rng(0)
    shapes = [(batch, inputs), (batch, outputs), (inputs, hidden), (hidden,), (hidden, outputs), (outputs,)]
    return Case(name, programs.mlp_loss, (2, 3, 4, 5), tuple(0.3 * rng.standard_normal(s) for s in shapes))


def digits(pictures: int, hidden: int) -> Case:
    """As many pictures, of as many points, as the real data set has; the values are random."""
    rng = np.random.default_rng(0)
    size = 65 * hidden + (hidden + 1) * programs.CLASSES
    theta, x = 0.1 * rng.standard_normal(size), rng.random((pictures, 64))
    labels = rng.integers(0, programs.CLASSES, pictures)
    return Case("digits", programs.digits_loss, (0,), (theta, x, labels, hidden), static=(3,))


CASES = (
    Case("x * sin(x)", programs.product_sine, (0,), (1.3,)),
    mlp("mlp_loss, small", 16, 8, 16, 4),
    mlp("mlp_loss, large", 1024, 256, 256, 64),
    Case("bounce, 200 steps", programs.bounce, (0, 1, 2), (0.3, 0.5, 0.8, 200), static=(3,), jit=False),
    digits(1347, 48),
)
