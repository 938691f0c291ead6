"""One program of the corpus: a function, its arguments, and how far its derivatives may be trusted."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

TAKES_ANY = inspect.CO_VARARGS | inspect.CO_VARKEYWORDS


@dataclass(frozen=True, eq=False)
class Case:
    """A function with its arguments.

    `wrt`: positions of the arguments to differentiate.  `smooth`: twice differentiable near the arguments.
    `tol`: how closely differences must agree, relative to the larger of 1 and the derivative.
    `zero`: positions that have no influence, as meant: their derivative is 0, not left out.
    `file`: can be emitted from its file, as FILE.py: and the qualified name; of a method, the object is an argument.
    """

    function: Callable[..., Any]
    args: tuple[Any, ...]
    wrt: tuple[int, ...]
    smooth: bool = True
    tol: float = 1e-7
    file: bool = True
    label: str = ""
    keywords: dict[str, Any] = field(default_factory=dict)
    zero: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """The function's name and the label: unique within a module of the corpus."""
        own = function_name(self.function)
        return f"{own}-{self.label}" if self.label else own

    def __str__(self) -> str:
        return self.name


def case(
    function: Callable[..., Any],
    *args: Any,
    wrt: tuple[int, ...] | int | None = None,
    smooth: bool = True,
    tol: float = 1e-7,
    file: bool = True,
    label: str = "",
    keywords: dict[str, Any] | None = None,
    zero: tuple[int, ...] = (),
) -> Case:
    """A case; without `wrt`, every positional argument with real or complex numbers in it is differentiated."""
    if isinstance(wrt, int):
        wrt = (wrt,)
    chosen = wrt if wrt is not None else tuple(n for n, value in enumerate(args) if has_numbers(value))
    return Case(function, args, chosen, smooth, tol, file, label, keywords or {}, zero)


def has_numbers(x: Any) -> bool:
    """Whether a value is a float, a complex number or an array of those, or a container with one in it."""
    if isinstance(x, (tuple, list)):
        return any(has_numbers(item) for item in x)
    if isinstance(x, dict):
        return any(has_numbers(item) for item in x.values())
    if isinstance(x, np.ndarray):
        return x.dtype.kind in "fc"
    return isinstance(x, (float, complex, np.inexact))


def function_name(function: Any) -> str:
    """`f`, `Spring.energy` or, for a partial or an object that can be called, the name of what it calls."""
    if isinstance(function, partial):
        return f"partial {function_name(function.func)}"
    name = getattr(function, "__qualname__", None) or type(function).__qualname__
    return str(name).replace(".<locals>.", ".").replace("<lambda>", "lambda")


def parameters(function: Any) -> list[str]:
    """The names of positional parameters: those of what stands below a decorator that takes `*args`."""
    while hasattr(function, "__wrapped__") and function.__code__.co_flags & TAKES_ANY:
        function = function.__wrapped__
    code = function.__code__
    return list(code.co_varnames[: code.co_argcount])
