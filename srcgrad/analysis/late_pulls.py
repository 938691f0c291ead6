"""Pullbacks in a program that are called after what their functions read has changed.

    y, pull = vjp(lambda v: a * v, x)
    a = 2.0 * a
    pull(y)                              refused: pulled back is what was computed with the a before

The pullback that stands in the program for it is a closure, which would read the new a.
"""

from __future__ import annotations

from typing import Any

from ..ir import nodes as ir
from ..ir.walk import bound_names, reads, statement_expressions, statements, subexpressions
from . import kinds as k
from .nested_texts import PULLED

HINT = "Call the pullback before, or give the new value another name."


def refuse_late_pulls(interpreter: Any, evaluate: Any, diagnose: Any) -> None:
    for instance in interpreter.reached():
        every = list(statements(instance.body))
        for n, s in enumerate(every):
            if isinstance(s, ir.Define) and is_pullback(s) and n + 1 < len(every):
                rest = every[n + 1 : last_read(instance.body, every, n)]
                kind = evaluate.at(instance, every[n + 1])(ir.Name(s.name))
                names = carried(kind)
                for x in rest:
                    for name in sorted(names & changes(instance, x)):
                        message = f"`{name}`, which the function of `{s.name}` reads, is changed before that is called"
                        diagnose("SG219", message, instance, x, None, HINT)
                        return


def is_pullback(s: ir.Define) -> bool:
    every = (x for t in statements(s.function.body) for e in statement_expressions(t) for x in subexpressions(e))
    return any(isinstance(x, ir.Call) and x.op == PULLED for x in every)


def last_read(body: ir.Block, every: list[ir.Stmt], defined: int) -> int:
    """The end of what may run before the last call of a pullback, or of a loop around that; of all, if it is kept."""
    name = every[defined].name  # type: ignore[union-attr]
    found = [n for n, s in enumerate(every) if any(name in reads(e) for e in statement_expressions(s))]
    if any(isinstance(s, ir.Define) and name in s.captures for s in every):
        return len(every)
    if any(n < defined or not only_called(every[n], name) for n in found):
        return len(every)
    places = {id(s): n for n, s in enumerate(every)}
    ends = list(found)
    for loop in every:
        if isinstance(loop, ir.For | ir.While):
            inside = [places[id(s)] for s in statements((*loop.body, *loop.orelse))]
            if inside and defined not in inside and any(n in inside for n in found):
                ends.append(max(inside) + 1)
    return max(ends, default=defined)


def only_called(s: ir.Stmt, name: str) -> bool:
    """Whether a statement does nothing with a function but call it."""
    every = [x for e in statement_expressions(s) for x in subexpressions(e)]
    if any(isinstance(x, ir.Lambda | ir.Comprehension) and name in reads(x) for x in every):
        return False
    called = [x for x in every if isinstance(x, ir.Apply) and x.func == ir.Name(name)]
    return len(called) == sum(x == ir.Name(name) for x in every)


def carried(kind: k.Kind) -> frozenset[str]:
    """The names that a function reads, by the functions that it carries, too."""
    if not isinstance(kind, k.Func):
        return frozenset()
    return frozenset().union(*(reads(h.access) | carried(h.kind) for h in kind.held))


def changes(instance: Any, s: ir.Stmt) -> set[str]:
    memory = instance.aliases.changed.get(id(s), ()) if instance.aliases is not None else ()
    return {*bound_names(s), *memory}
