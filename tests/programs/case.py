"""One program of the corpus with its inputs.  Imports neither srcgrad nor anything but NumPy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass(frozen=True, eq=False)
class Case:
    """`wrt`: positions of the arguments to differentiate; `smooth`: twice differentiable there; `tol`: of differences;
    `file`: can be emitted from its file."""

    function: Callable[..., Any]
    args: tuple[Any, ...]
    wrt: tuple[int, ...]
    smooth: bool = True
    tol: float = 1e-7
    file: bool = True
    label: str = ""
    keywords: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        own = getattr(self.function, "__qualname__", type(self.function).__name__)
        return f"{own}-{self.label}" if self.label else own


def case(
    function: Callable[..., Any],
    *args: Any,
    wrt: tuple[int, ...] | int | None = None,
    smooth: bool = True,
    tol: float = 1e-7,
    file: bool = True,
    label: str = "",
    keywords: dict[str, Any] | None = None,
) -> Case:
    """A case; without `wrt`, every argument with real or complex numbers in it is differentiated."""
    if isinstance(wrt, int):
        wrt = (wrt,)
    chosen = wrt if wrt is not None else tuple(n for n, a in enumerate(args) if has_numbers(a))
    return Case(function, args, chosen, smooth, tol, file, label, keywords or {})


def has_numbers(x: Any) -> bool:
    if isinstance(x, (tuple, list)):
        return any(has_numbers(i) for i in x)
    if isinstance(x, dict):
        return any(has_numbers(i) for i in x.values())
    if isinstance(x, (bool, int, str)) or x is None or callable(x):
        return False
    return np.asarray(x).dtype.kind in "fc"
