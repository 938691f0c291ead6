"""What leaves the reach of the sweeps: memory of the module, changed defaults, items worked out late.

    TOTAL[:] = x * x                      the derivative that flows into TOTAL would be lost
    def f(x, buffer=np.zeros(3)): ...     a changed buffer depends on the calls before
"""

from __future__ import annotations

from typing import Any

from ..ir import nodes as ir
from ..ir.walk import bound_names, reads, root, statement_expressions, statements, subexpressions
from .growing import refuse_growing_lists
from .keys import refuse_keys, refuse_taken_keys
from .passed import call_arguments

DEFAULTS = ("__defaults__", "__kwdefaults__")


def refuse_outside(interpreter: Any, entry: Any, evaluate: Any, diagnose: Any) -> None:
    """Refuse what outlives the call in all functions of a program."""
    refuse_changed_defaults(entry, diagnose)
    reached = interpreter.reached()  # others have been written out where they were called
    refuse_taken_keys(reached, evaluate, diagnose)
    read = frozenset[str]().union(*(names_read(i.body) for i in reached))
    for instance in reached:
        bound = own_names(instance)
        for s in statements(instance.body):
            refuse_changes_of_the_module(instance, s, bound, read, evaluate, diagnose)
            refuse_default_arguments(instance, s, diagnose)
            refuse_late_items(instance, s, diagnose)
            refuse_growing_lists(instance, s, evaluate, diagnose)
            refuse_keys(instance, s, lambda e, at=instance, s=s: evaluate(at, s, e), diagnose)  # type: ignore[misc]


def own_names(instance: Any) -> frozenset[str]:
    found = {*instance.params, *instance.function.param_names}
    for s in statements(instance.body):
        if not isinstance(s, ir.Update | ir.Store):
            found.update(bound_names(s))
    return frozenset(found)


# ----- memory of the module -----


def refuse_changes_of_the_module(
    instance: Any, s: ir.Stmt, bound: frozenset[str], read: frozenset[str], evaluate: Any, diagnose: Any
) -> None:
    """A log that nothing is read from may grow: it has no part in the result."""
    changed = instance.aliases.changed.get(id(s), frozenset()) if instance.aliases is not None else frozenset()
    if isinstance(s, ir.Update | ir.Store) and not isinstance(s.place, ir.Name):
        changed |= {root(s.place)} - {""}
    for name in sorted(n for n in changed if n not in bound and not n.startswith("<")):
        if isinstance(s, ir.Update | ir.Store) and name not in read and not evaluate(instance, s, s.value).active:
            continue
        diagnose(
            "SG221", f"memory of `{name}`, which is not made in `{instance.function.name}`, is changed here", instance,
            s, None, "Pass it as an argument, or work on a copy and return it.",
        )  # fmt: skip


# ----- defaults -----


def refuse_changed_defaults(entry: Any, diagnose: Any) -> None:
    """The entry function works on copies of what it changes: its default would stay as it is."""
    for p in entry.function.params:
        if p.name in entry.copied and p.default is not None and not isinstance(p.default, ir.Const):
            found = (s for s in statements(entry.body) if s.origin is not None and changes(entry, s, p.name))
            where = next(found, None)
            refuse_default(entry, where, None, p.name, diagnose)


def changes(instance: Any, s: ir.Stmt, name: str) -> bool:
    return name in instance.aliases.changed.get(id(s), frozenset())


def refuse_default_arguments(instance: Any, s: ir.Stmt, diagnose: Any) -> None:
    for e in statement_expressions(s):
        for sub in subexpressions(e):
            called = instance.calls.get(id(sub))
            if called is None or called.instance.aliases is None or not called.instance.aliases.params:
                continue
            for n, passed in call_arguments(called).items():
                if n in called.instance.aliases.params and is_default(passed):
                    refuse_default(instance, s, sub, n, diagnose)


def is_default(passed: ir.Expr) -> bool:
    return isinstance(passed, ir.Index) and isinstance(passed.base, ir.Attribute) and passed.base.name in DEFAULTS


def refuse_default(instance: Any, s: ir.Stmt | None, e: ir.Expr | None, name: str, diagnose: Any) -> None:
    diagnose(
        "SG221", f"the default of `{name}` is one object for all calls, and it is changed", instance, s, e,
        f"Write `{name}=None`, and make it inside the function.",
    )  # fmt: skip



def names_read(block: ir.Block) -> set[str]:
    """Names that are read for anything but to change what they hold."""
    found: set[str] = set()
    for s in statements(block):
        for e in statement_expressions(s):
            if not (isinstance(s, ir.Update | ir.Store) and e is s.place):
                found |= reads(e)
    return found


# ----- loops -----


def refuse_late_items(instance: Any, loop: ir.Stmt, diagnose: Any) -> None:
    """A generator works out its items between the iterations, from what names and memory are then."""
    if not isinstance(loop, ir.For) or not loop.late:
        return
    captured = (s.captures for s in statements(instance.body) if isinstance(s, ir.Define) and s.name in loop.late)
    names = loop.late.union(*captured)
    for s in statements(loop.body):
        changed = instance.aliases.changed.get(id(s), frozenset()) if instance.aliases is not None else frozenset()
        if names & (changed | set(bound_names(s))):
            diagnose(
                "SG222", "the generator of this loop reads what is changed here, while the loop takes its items",
                instance, s, None, "Write `list(...)` around the generator if it is to read it before.",
            )  # fmt: skip
