"""What an emitted function finds wrong with an equation when it runs, said at the call of the solver."""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable
from typing import Any

from .diagnostics import diagnose, error
from .runtime import EquationError

HELPERS = frozenset({"solution", "solution_adjoint", "solution_tangent", "require_solution", "solve_equation"})
HINT = "Give the equation as many independent, real numbers as the solution has, in its shape."


def with_place(call: Callable[..., Any], source: Any) -> Callable[..., Any]:
    """`call`, and also the pullback that it may return, with refusals in the user's function."""

    @functools.wraps(call)
    def located(*args: Any, **kwargs: Any) -> Any:
        try:
            found = call(*args, **kwargs)
        except EquationError as problem:
            reason = str(problem)
        else:
            match found:
                case (value, pull) if callable(pull):
                    return value, with_place(pull, source)
            return found
        raise error(diagnose("SG420", reason, place(reason, source), source, HINT))

    return located


def place(reason: str, source: Any) -> Any:
    """The first call of the solver that a reason names, or else the function it is called for."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and f"`{ast.unparse(node.func).rpartition('.')[2]}`" in reason:
            return source.ast_span(node)
    return source.span
