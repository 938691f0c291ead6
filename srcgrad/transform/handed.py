"""Memory that a callee changes is handed to its backward half again by the caller, who has it.

    r, r_saved = step_fwd(u)   ...   d_r = step_bwd(r_saved, u, d_u)

The backward half puts back in `u` what the forward half has overwritten.  If it took `u` out of `r_saved`, the memory
would be there under two names, and in a loop once in every item of a stack: such code cannot be differentiated again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..analysis.instance import Instance
from ..analysis.passed import call_arguments
from ..analysis.rebinding import rebound_names
from ..ir import nodes as ir
from ..ir.walk import statement_expressions, statements, subexpressions

CallSites = dict[int, list[tuple[Instance, ir.Stmt, Any]]]


def handed_parameters(instance: Instance, sites: CallSites) -> list[str]:
    """Parameters that every caller hands over once more: those that are changed, under a name that stays theirs."""
    if instance.aliases is None:
        return []
    rebound = {n for s in statements(instance.body) for n in rebound_names(s)}
    found = [n for n in instance.params if n in instance.aliases.params and n not in rebound]
    calls = sites.get(id(instance), [])
    return [n for n in found if calls and all(is_named(s, called, n) for _, s, called in calls)]


def call_sites(instances: Iterable[Instance]) -> CallSites:
    """By callee its calls, each with the statement that it is part of, and the function that stands in."""
    found: CallSites = {}
    for at in instances:
        for s in statements(at.body):
            for e in statement_expressions(s):
                for x in subexpressions(e):
                    if id(x) in at.calls:
                        called = at.calls[id(x)]
                        found.setdefault(id(called.instance), []).append((at, s, called))
    return found


def is_named(s: ir.Stmt, called: Any, parameter: str) -> bool:
    """Whether a caller has a name for what it passes, which the call does not bind anew."""
    passed = call_arguments(called).get(parameter)
    return isinstance(passed, ir.Name) and passed.id not in rebound_names(s)
