"""What an emitted function finds out only when it runs and refuses then, said in the user's function.

An equation from which no derivative follows is said at the call of the solver; memory that is changed, and is there
twice in the arguments, at the head of the function.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .diagnostics import Diagnostic, diagnose, error
from .ir.origin import Span
from .runtime import EquationError

if TYPE_CHECKING:
    from .pipeline import Module

EQUATIONS = frozenset({"solution", "solution_adjoint", "solution_tangent", "require_solution", "solve_equation"})
OF_EQUATION = "Give the equation as many independent, real numbers as the solution has, in its shape."
SHARED = re.compile(
    r"memory of (\w+), which .*, is there twice|(\w+) and \w+ (?:share memory|are one), and \w+ is changed"
)


def with_places(call: Callable[..., Any], module: Module, source: Any) -> Callable[..., Any]:
    """`call` with its refusals in the user's function; of what has none, the call as it is."""
    if module.helpers & EQUATIONS or " twice" in module.text or " is changed" in module.text:
        return located(call, source)
    return call


def located(call: Callable[..., Any], source: Any) -> Callable[..., Any]:
    """`call`, and the pullback that it may return."""

    @functools.wraps(call)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            found = call(*args, **kwargs)
        except ValueError as problem:
            refused = refusal(problem, source)
            if refused is None:
                raise
        else:
            match found:
                case (value, pull) if callable(pull):
                    return value, located(pull, source)
            return found
        raise error(refused)

    return run


def refusal(problem: ValueError, source: Any) -> Diagnostic | None:
    """What an exception is about; None for one that the program itself raised."""
    message = str(problem)
    if isinstance(problem, EquationError):
        return diagnose("SG420", message, solver_call(message, source), source, OF_EQUATION)
    shared = SHARED.fullmatch(message)
    if shared is not None and type(problem) is ValueError:
        hint = f"Pass a copy where it is there a second time, or change a copy of `{shared[1] or shared[2]}`."
        return diagnose("SG421", message, head(source), source, hint)
    return None


def solver_call(reason: str, source: Any) -> Any:
    """The first call of the solver that a reason names, or else the function it is called for."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and f"`{ast.unparse(node.func).rpartition('.')[2]}`" in reason:
            return source.ast_span(node)
    return source.span


def head(source: Any) -> Any:
    """The first line of a function."""
    span = source.span
    line = source.file.line(span.line)
    return Span(span.line, span.column, span.line, len(line)) if span.end_line > span.line else span
