"""Compile emitted text with numba; what it cannot compile is said in terms of the emitted line."""

from __future__ import annotations

import functools
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..diagnostics import diagnose, error, refuse
from .numba_text import compiled_text, with_numba
from .plain import load

if TYPE_CHECKING:
    from ..pipeline import Module

HINT = 'Use compile="numpy", or give every name one type and rank.'


def load_compiled(module: Module, where: Any) -> Callable[..., Any]:
    """The main function of an emitted module, which compiles its sweeps at the first call.

    `where`: the source of the user's function.  Raises SrcgradError where numba lacks an operation.
    """
    if module.injected:
        names = ", ".join(sorted({name for _, name in module.values}))
        refuse(
            "SG501", f"compiled code would keep the values that stand outside of the function: {names}", where.span,
            where, "Pass them as arguments.",
        )  # fmt: skip
    text, helpers = compiled_text(module.text, module.entry, where, cache=False)
    function: Callable[..., Any] = load(module, with_numba(text, helpers, copied=False))
    return function


def with_reasons(function: Callable[..., Any], where: Any) -> Callable[..., Any]:
    """`function`, and an error of numba in terms of the user's function."""

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except Exception as problem:
            if not from_compiler(problem):
                raise
            message = f"numba cannot compile this: {reason(problem)}"
            raise error(diagnose("SG502", message, where.span, where, HINT)) from None

    return call


def from_compiler(problem: Exception) -> bool:
    """Whether numba raised an exception while it compiled, and not the function when it ran."""
    frames = (frame.f_globals.get("__name__", "") for frame, _ in traceback.walk_tb(problem.__traceback__))
    return any(name.startswith("numba.core.") for name in frames)


def reason(problem: Exception) -> str:
    """What numba says, in one line, and the line of the emitted module that it says it of."""
    rows = [row.strip() for row in str(problem).splitlines() if row.strip()]
    rows = rows or [type(problem).__name__]
    said = next((row for row in rows if not row.startswith(("Failed in", "During:", "File"))), rows[0])
    place = next((rows[n + 1] for n, row in enumerate(rows[:-1]) if row.startswith("File")), "")
    return f"{said} (in `{place}`)" if place else said
