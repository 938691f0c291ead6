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
from .rebinding import block_rebinds
from .views import path_root


def refuse_hidden_changes(interpreter: Any, diagnose: Any) -> None:
    """Refuse what cannot be walked back in all functions of a program."""
    for instance in list(interpreter.instances.values()):
        refuse_calls(instance, diagnose)
        refuse_rebound(instance, diagnose)


def refuse_calls(instance: Any, diagnose: Any) -> None:
    for s in statements(instance.body):
        for e in statement_expressions(s):
            for sub in subexpressions(e):
                called = instance.calls.get(id(sub))
                if called is None or not changed_parameters(called.instance):
                    continue
                passed = call_arguments(called)
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


def refuse_rebound(instance: Any, diagnose: Any) -> None:
    for n in changed_parameters(instance):
        if n in block_rebinds(instance.body):
            where = next(s for s in statements(instance.body) if n in block_rebinds((s,)))
            diagnose(
                "SG219", f"parameter `{n}` is changed in place, and bound to something else", instance, where, None,
                "Give the new value a name of its own.",
            )  # fmt: skip
