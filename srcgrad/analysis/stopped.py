"""Memory that is changed under the name it has behind `stop_gradient`, where it has another name, too.

    b = stop_gradient(a)
    b[0] = 5.0              refused: a[0] is 5.0 now
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..ir import nodes as ir
from ..ir.walk import statements
from . import kinds as k
from .aliases import sharing_in

STOPPED = "srcgrad.runtime.stopped"
HINT = "Write `stop_gradient(x.copy())`, or `copy.deepcopy` of a list or dict."


def refuse_changed_stops(interpreter: Any, evaluate: Any, diagnose: Any) -> None:
    """Refuse changes that would be lost: what stands behind `stop_gradient` is a constant, and shares no memory."""
    for instance in interpreter.reached():
        changed = frozenset().union(*instance.aliases.changed.values()) if instance.aliases is not None else frozenset()
        for s in statements(instance.body):
            for stop in changed_stops(s, changed):
                kind = evaluate.at(instance, s)
                is_number = isinstance(found := kind(stop), k.Num) and found.is_scalar
                if not is_number and sharing_in(instance, kind)(stop.args[0]):
                    message = "the memory that `stop_gradient` gives is changed, and has another name"
                    diagnose("SG219", message, instance, s, stop, HINT)


def changed_stops(s: ir.Stmt, changed: frozenset[str]) -> Iterator[ir.Call]:
    """The calls of `stop_gradient` of which a statement changes the result, or gives it a name that is changed."""
    match s:
        case ir.Assign(names, values):
            whole = [v for n, v in zip(names, values, strict=True) if n in changed]
        case ir.Store(place) | ir.Update(place):
            whole = [place]
        case _:
            return
    for e in whole:
        while isinstance(e, ir.Index | ir.Attribute):
            e = e.base
        if isinstance(e, ir.Call) and e.op == STOPPED:
            yield e
