"""Changes of memory that no statement of its own makes: refused, because a sweep could not walk them back.

    while relax(u) > 0.1:        the call changes u, inside a condition
    def f(u): u += 1; u = 2*u    u is the caller's memory, and then it is not
"""

from __future__ import annotations

from typing import Any

from ..ir import nodes as ir
from ..ir.walk import statement_expressions, statements, subexpressions
from . import kinds as k
from .passed import call_arguments, changed_parameters
from .recording import block_rebinds
from .views import path_root


def refuse_hidden_changes(interpreter: Any, diagnose: Any) -> None:
    """Refuse what cannot be walked back in all functions of a program."""
    for instance in list(interpreter.instances.values()):
        refuse_calls(instance, diagnose)
        refuse_rebound(instance, diagnose)
        refuse_entry_defaults(instance, diagnose)


def refuse_calls(instance: Any, diagnose: Any) -> None:
    for s in statements(instance.body):
        for e in statement_expressions(s):
            for sub in subexpressions(e):
                called = instance.calls.get(id(sub))
                if called is None:
                    continue
                passed = call_arguments(called)
                refuse_defaults(instance, s, called, passed, diagnose)
                if not changed_parameters(called.instance):
                    continue
                for n in changed_parameters(called.instance):
                    known = isinstance(called.instance.params[n], k.Num | k.Seq | k.Dict)
                    if not known or n in passed and not path_root(passed[n]):
                        diagnose(
                            "SG220", f"`{called.instance.function.name}` changes what is inside `{n}`, which is "
                            "no array, list or dict", instance, s, sub, "Pass each array as an argument of its own.",
                        )  # fmt: skip
                if not (isinstance(s, ir.Assign | ir.Unpack) and sub is e):
                    diagnose(
                        "SG220", f"`{called.instance.function.name}` changes what it is given, inside a condition or "
                        "an expression", instance, s, sub, "Call it in a statement of its own, and use its result.",
                    )  # fmt: skip


def refuse_defaults(instance: Any, s: ir.Stmt, called: Any, passed: dict[str, ir.Expr], diagnose: Any) -> None:
    """A default that a function changes is there for its next call."""
    changed = called.instance.aliases.params if called.instance.aliases is not None else ()
    for n in sorted(changed):
        e = passed.get(n)
        if isinstance(e, ir.Index) and isinstance(e.base, ir.Attribute) and "defaults__" in e.base.name:
            diagnose(
                "SG219", f"`{called.instance.function.name}` changes the default of `{n}`, which lives on",
                instance, s, called.expr, f"Pass `{n}` here.",
            )  # fmt: skip


def refuse_entry_defaults(instance: Any, diagnose: Any) -> None:
    """The entry works on copies of what it changes: a default would not be changed for the next call."""
    for p in instance.function.params:
        if p.name in instance.copied and p.default is not None:
            where = next(s for s in statements(instance.body) if s.origin is not None)
            diagnose(
                "SG219", f"the default of `{p.name}` is changed, and lives on between calls", instance, where, None,
                f"Make a new object for `{p.name}` inside of the function.",
            )  # fmt: skip


def refuse_rebound(instance: Any, diagnose: Any) -> None:
    for n in changed_parameters(instance):
        if n in block_rebinds(instance.body):
            where = next(s for s in statements(instance.body) if n in block_rebinds((s,)))
            diagnose(
                "SG219", f"parameter `{n}` is changed in place, and bound to something else", instance, where, None,
                "Give the new value a name of its own.",
            )  # fmt: skip
