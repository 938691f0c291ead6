"""Memory that changes while `as_strided` shows it: its tangent is a copy, which would not see the change.

    w = np.lib.stride_tricks.as_strided(a, (3, 2), (8, 8))
    a[0] = x                refused in forward mode if w is read later
"""

from __future__ import annotations

from typing import Any

from ..ir import nodes as ir
from ..ir.walk import bound_names, reads, statement_expressions, statements, subexpressions
from .flat_iterators import changes_while_used

STRIDED = "numpy.lib.stride_tricks.as_strided"
MESSAGE = "the memory that `as_strided` shows is changed while it is in use"
HINT = "Write `.copy()` around it, or use `sliding_window_view`."


def refuse_strided(interpreter: Any, evaluate: Any, diagnose: Any) -> None:
    """Refuse changes that the tangent of what `as_strided` gives would not see, in forward mode."""
    reached = list(interpreter.reached()) if interpreter.mode == "forward" else []
    changing = any(at.aliases is not None and at.aliases.changes for at in reached)
    for at in reached if changing else ():
        for s in statements(at.body):
            for e in (x for whole in statement_expressions(s) for x in subexpressions(whole)):
                if isinstance(e, ir.Call) and e.op == STRIDED and evaluate(at, s, e).active and may_change(at, s, e):
                    diagnose("SG219", MESSAGE, at, s, e, HINT)


def may_change(at: Any, s: ir.Stmt, e: ir.Call) -> bool:
    """Whether memory changes that a statement gives a name to, or puts somewhere."""
    names = tuple(bound_names(s))
    if names:
        return changes_while_used(at, names) or not at.aliases.result_names.isdisjoint(names)
    return not at.aliases.changed_later().isdisjoint(reads(e))
