"""Calls that are written out where they stand, because what they share cannot be followed into them and back.

    top, bottom = halves(a)            top = a[:2]
    top *= s                           bottom = a[2:]
                                       top *= s

A result that is a part of an argument, and arguments that are parts of each other: within one function `following`
finds for each name the shadow it needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..ir import nodes as ir
from ..ir.walk import block_writes, reads, statements
from .aliases import Aliases
from .evaluate_calls import Called
from .foreign import can_be_renamed
from .mirrored import Mirrored
from .passed import call_arguments
from .relation import closure
from .tangles import TANGLED
from .views import Views


def entangled_calls(interpreter: Any, kind_at: Any, prepare: Any) -> dict[int, dict[int, Called]]:
    """By instance the calls, by expression, that stand in the way of what would be refused otherwise."""
    found: dict[int, dict[int, Called]] = {}
    instances = list(interpreter.instances.values())
    for at in instances:
        refused = refusals(at, kind_at)
        mirror = Mirrored(at, at.aliases if refused else Aliases(), kind_at)
        for s, names in refused:
            wider = closure(at.aliases.before.get(id(s), {}), names)
            reached = mirror.reached(names)
            note(found, at, (c for c in calls(at) if shares_result(*c, wider)), prepare)
            changing = (c for c in calls(at) if mirror.changes_containers(c[2], reached, kind_at(at, c[0])))
            note(found, at, changing, prepare)
            if at.aliases.entry or mirror.lent_containers(reached):
                for caller in instances:
                    note(found, caller, (c for c in calls(caller) if c[2].instance is at), prepare)
    return found


def refusals(at: Any, kind_at: Any) -> list[tuple[ir.Stmt, frozenset[str]]]:
    """Where names share memory that changes, in no way that can be told."""
    if at.aliases is None or not at.aliases.changes:
        return []
    found = Views(at, at.aliases, kind_at, lambda *refused: None, may_mirror=False).refusals
    return [(s, names) for s, names, *_ in found]


def calls(at: Any) -> Iterator[tuple[ir.Stmt, ir.Expr, Called]]:
    """The statements of a function that are a call of another one."""
    for s in statements(at.body):
        match s:
            case ir.Assign((_,), (value,)) | ir.Unpack(_, value) if id(value) in at.calls:
                yield s, value, at.calls[id(value)]


def shares_result(s: ir.Stmt, value: ir.Expr, called: Called, names: frozenset[str]) -> bool:
    """Whether some of `names` may get their memory from a call."""
    known = called.instance.aliases
    if known is None or not (known.result or TANGLED in known.result_names):
        return False
    given = set().union(*(reads(e) for e in call_arguments(called).values()))
    return bool(names & (given | block_writes((s,))))


def note(found: dict[int, dict[int, Called]], at: Any, candidates: Any, prepare: Any) -> None:
    for _, value, called in candidates:
        if called.instance is not at and can_be_written_out(called.instance, prepare, at):
            found.setdefault(id(at), {})[id(value)] = called


def can_be_written_out(callee: Any, prepare: Any, at: Any) -> bool:
    """Not what calls itself, and nothing that names cannot be given anew in."""
    reached, waiting = set(), [callee]
    while waiting:
        for called in waiting.pop().calls.values():
            if called.instance is callee:
                return False
            if id(called.instance) not in reached:
                reached.add(id(called.instance))
                waiting.append(called.instance)
    body = prepare(callee.function).body
    has_inner = any(isinstance(s, ir.Opaque | ir.Define) for s in statements(body))
    return not has_inner and can_be_renamed(callee.function, body, at)
