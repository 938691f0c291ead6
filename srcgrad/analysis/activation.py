"""Which names hold memory that an active value is stored into, somewhere: they carry a derivative from the start.

    B = np.zeros(3)          B is active here already,
    row = B[0]               and so is row,
    B[1] = x                 because of this
"""

from __future__ import annotations

from typing import Any

from ..ir import nodes as ir
from ..ir.walk import statements
from . import kinds as k
from .aliases import Aliases, find_aliases, sharing_in
from .passed import call_arguments, calls_at
from .relation import ENTRY, NONE, closure


def note_aliases(interpreter: Any, keep: bool = False) -> bool:
    """Find what shares memory in every function; True if more names turn out to be active.

    Kinds follow what shares memory, which follows kinds: with `keep`, changes known before stay, so that both settle.
    """
    instances = list(interpreter.instances.values())

    known: dict[tuple[int, int], Any] = {}

    def kind_at(instance: Any, s: ir.Stmt) -> Any:
        key = id(instance), id(s)
        if key not in known:
            known[key] = remembered(interpreter, instance, s)
        return known[key]

    found = find_aliases(instances, kind_at)
    grown = False
    for instance in instances:
        before = instance.aliases
        instance.aliases = found.get(id(instance))
        if keep and before is not None and instance.aliases is not None:
            for n, names in before.changed.items():
                instance.aliases.changed[n] = instance.aliases.changed.get(n, NONE) | names
        grown = grown or shares_more(before, instance.aliases, instance.body)
        if instance.aliases is not None:
            more = stored_into(instance, kind_at) - instance.activated
            instance.activated |= more
            grown = grown or bool(more)
    return grown


def remembered(interpreter: Any, instance: Any, s: ir.Stmt) -> Any:
    """The kinds of expressions at a statement, each found once; of one that no run gets to yet, nothing is known."""
    if id(s) not in instance.before:
        return lambda e: k.Never()
    env = {**instance.names, **instance.before.get(id(s), {})}
    known: dict[int, tuple[ir.Expr, Any]] = {}  # with the expression itself, whose id is taken while it lives

    def kind(e: ir.Expr) -> Any:
        if id(e) not in known:
            known[id(e)] = e, interpreter.evaluator.value(instance, s, e, env)
        return known[id(e)][1]

    return kind


def shares_more(before: Aliases | None, now: Aliases | None, body: ir.Block) -> bool:
    """Whether some change is now known to be one of names that it does not mention: their kinds follow."""
    old = before.changed if before is not None else {}
    new = now.changed if now is not None else {}
    plain = {id(s) for s in statements(body) if isinstance(s, ir.Store | ir.Update)}
    return any((len(names) > 1 or n not in plain) and not names <= old.get(n, NONE) for n, names in new.items())


def stored_into(instance: Any, kind_at: Any) -> set[str]:
    """Names, as the function uses them, whose memory takes an active value."""
    aliases: Aliases = instance.aliases
    names: set[str] = set()
    for s in statements(instance.body):
        if id(s) not in aliases.changed:
            continue
        kind = kind_at(instance, s)
        if isinstance(s, ir.Store | ir.Update) and kind(s.value).active:
            names |= aliases.changed[id(s)]
        elif aliases.changed[id(s)] & instance.activated:  # what has a derivative under another name changes along
            names |= aliases.touched.get(id(s), NONE)
        sharing = sharing_in(instance, kind)
        for called in calls_at(instance, s):
            passed = call_arguments(called)
            taken = called.instance.activated & set(passed)
            shared = NONE.union(*(sharing(passed[n]) for n in taken))
            names |= closure(aliases.before.get(id(s), {}), shared)
    return {n.removeprefix(ENTRY) for n in names}
