"""One program of the corpus: a function, its arguments, and how far its derivatives may be trusted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

Wrt = tuple[int | str, ...]


@dataclass(frozen=True, eq=False)
class Case:
    """A function with its arguments.

    `wrt`: positions among `args`, or names of parameters.  `smooth`: twice differentiable near the arguments.
    `tol`: how closely differences must agree, relative to the larger of 1 and the derivative.
    `file`: whether the function can be emitted from its file; a path such as "Spring.energy" where the name of the
    function is not enough (the object is then the first of `args`).
    """

    function: Callable[..., Any]
    args: tuple[Any, ...]
    wrt: Wrt
    smooth: bool = True
    tol: float = 1e-7
    file: bool | str = True
    label: str = ""
    keywords: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The function's name and the label: unique within a module of the corpus."""
        name = function_name(self.function)
        return f"{name}, {self.label}" if self.label else name

    @property
    def path(self) -> str | None:
        """What follows the colon in `srcgrad emit FILE.py:...`; None if there is nothing to emit from."""
        if self.file is True:
            return str(self.function.__name__)
        return self.file or None

    def __str__(self) -> str:
        return self.name


def case(
    function: Callable[..., Any],
    *args: Any,
    wrt: int | str | Wrt | None = None,
    smooth: bool = True,
    tol: float = 1e-7,
    file: bool | str = True,
    label: str = "",
    keywords: Mapping[str, Any] | None = None,
) -> Case:
    """A `Case`; without `wrt`, every positional argument that is a float, a complex number or an array of those."""
    if wrt is None:
        chosen: Wrt = tuple(i for i, value in enumerate(args) if is_differentiable(value))
    else:
        chosen = wrt if isinstance(wrt, tuple) else (wrt,)
    return Case(function, args, chosen, smooth, tol, file, label, dict(keywords or {}))


def is_differentiable(value: Any) -> bool:
    """Whether a value is a float or complex number, or an array of those."""
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "fc"
    return isinstance(value, float | complex | np.inexact)


def function_name(function: Any) -> str:
    """`f`, `Spring.energy` or, for a partial or an object that can be called, the name of what it calls."""
    if isinstance(function, partial):
        return f"partial {function_name(function.func)}"
    name = getattr(function, "__qualname__", None) or type(function).__qualname__
    return str(name).replace(".<locals>.", ".").replace("<lambda>", "lambda")
