"""Memory that a callee changes is handed to its backward half again by the caller, who has it.

    r, r_saved = step_fwd(u)   ...   d_r = step_bwd(r_saved, u, d_u)

The backward half puts back in `u` what the forward half has overwritten.  If it took `u` out of `r_saved`, the memory
would be there under two names, and in a loop once in every item of a stack: such code cannot be differentiated again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..analysis.instance import Instance
from ..analysis.passed import call_arguments
from ..analysis.rebinding import rebound_names
from ..ir import nodes as ir
from ..ir.walk import statement_expressions, statements, subexpressions


def handed_parameters(instance: Instance, interpreter: Any) -> list[str]:
    """Parameters that every caller hands over once more: those that are changed, under a name that stays theirs."""
    if instance.aliases is None:
        return []
    rebound = {n for s in statements(instance.body) for n in rebound_names(s)}
    found = [n for n in instance.params if n in instance.aliases.params and n not in rebound]
    calls = list(calls_of(instance, interpreter)) if found else []
    return [n for n in found if calls and all(is_named(s, called, n) for _, s, called in calls)]


def calls_of(instance: Instance, interpreter: Any) -> Iterator[tuple[Instance, ir.Stmt, Any]]:
    """The calls of a function with the statements that they are part of, and in which function."""
    for at in interpreter.instances.values():
        for s in statements(at.body):
            for e in statement_expressions(s):
                for x in subexpressions(e):
                    if id(x) in at.calls and at.calls[id(x)].instance is instance:
                        yield at, s, at.calls[id(x)]


def is_named(s: ir.Stmt, called: Any, parameter: str) -> bool:
    """Whether a caller has a name for what it passes, which the call does not bind anew."""
    passed = call_arguments(called).get(parameter)
    return isinstance(passed, ir.Name) and passed.id not in rebound_names(s)
