"""Changes of memory that no statement of its own makes: refused, because a sweep could not walk them back.

    while relax(u) > 0.1:        the call changes u, inside a condition
"""

from __future__ import annotations

from typing import Any

from ..ir import nodes as ir
from ..ir.walk import children, statement_expressions, statements, subexpressions
from . import kinds as k
from .aliases import sharing_in
from .container_steps import changing_calls
from .passed import call_arguments, changed_parameters
from .paths import is_view, path_root


def refuse_hidden_changes(interpreter: Any, evaluate: Any, diagnose: Any) -> None:
    """Refuse what cannot be walked back in all functions of a program."""
    for instance in interpreter.reached():
        refuse_calls(instance, evaluate, diagnose)
        refuse_left_changes(instance, evaluate, diagnose)


def refuse_left_changes(instance: Any, evaluate: Any, diagnose: Any) -> None:
    """By now each change that a derivative takes part in is a statement; one that is not would be lost.

    What a method of the user changes, as `add` or `__setitem__` of an object, is known from its own statements.
    """
    for s in statements(instance.body):
        for e in statement_expressions(s):
            for call, _ in changing_calls(e):
                known = id(call) in instance.calls or not any(evaluate(instance, s, x).active for x in children(call))
                if known or is_gone(call.args[0], instance, evaluate.at(instance, s)):
                    continue
                name = call.op.rpartition(".")[2]
                diagnose(
                    "SG219", f"`{name}` changes what it is given, and what becomes of that is not followed here",
                    instance, s, call, "Work on a list, a dict or an array that is made in this function.",
                )  # fmt: skip


def is_gone(e: ir.Expr, instance: Any, kind: Any) -> bool:
    """Whether memory has no name, and is gone with the statement that changes it: `y.copy().sort()`."""
    return not sharing_in(instance, kind)(e)


def refuse_calls(instance: Any, evaluate: Any, diagnose: Any) -> None:
    for s in statements(instance.body):
        for e in statement_expressions(s):
            for sub in subexpressions(e):
                called = instance.calls.get(id(sub))
                if called is None or not changed_parameters(called.instance):
                    continue
                passed = call_arguments(called)
                for n in changed_parameters(called.instance):
                    known = isinstance(called.instance.params[n], k.Num | k.Seq | k.Dict)
                    if not known or n in passed and not is_place(passed[n], evaluate.at(instance, s)):
                        diagnose(
                            "SG220", f"`{called.instance.function.name}` changes what is inside `{n}`, which is "
                            "no array, list or dict", instance, s, sub, "Pass each array as an argument of its own.",
                        )  # fmt: skip
                if not (isinstance(s, ir.Assign | ir.Unpack) and sub is e):
                    diagnose(
                        "SG220", f"`{called.instance.function.name}` changes what it is given, inside a condition or "
                        "an expression", instance, s, sub, "Call it in a statement of its own, and use its result.",
                    )  # fmt: skip


def is_place(e: ir.Expr, kind: Any) -> bool:
    """Whether memory that a function changes has a name in which its adjoint is found."""
    return bool(path_root(e)) and (not isinstance(kind(e), k.Num) or is_view(e, kind))
