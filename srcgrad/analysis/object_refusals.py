"""What is left of objects when nothing moves any more, and has no meaning for the dict that an object is.

    if p:                           where `__bool__` cannot be called
    try: return p / v               what is tried stays as it is, and would ask the dict
    sorted(xs, key=lambda v: v in p)
"""

from __future__ import annotations

from typing import Any

from ..frontend.attempts import ERROR_OF
from ..frontend.expansions import SUM_OF_OBJECTS
from ..frontend.moved import within
from ..frontend.read import WHERE
from ..ir import nodes as ir
from ..ir.walk import reads, statement_expressions, statements, subexpressions
from . import kinds as k
from .field_tuples import is_put_into_an_array
from .hidden_effects import given_to_library
from .iterated import KindOf
from .object_truth import asks_truth, calls, is_asked

IN_TRY = ("SG208", "`try` cannot be differentiated here: an object is asked for more than its attributes")
IN_A_FUNCTION = ("SG310", "an object is asked for more than its attributes in a function that is called for each item")
ASKED_ELSEWHERE = "Do it in a statement of its own before, and use the result here."


def refuse_asked_objects(interpreter: Any, evaluate: Any, diagnose: Any) -> None:
    """An object that is still asked whether it is true when nothing moves any more: a record always is."""
    for at in interpreter.reached():
        for s in statements(at.body):

            def kind(e: ir.Expr, at: Any = at, s: ir.Stmt = s) -> k.Kind:
                return evaluate(at, s, e)  # type: ignore[no-any-return]

            if is_put_into_an_array(s, kind):
                message = "a NamedTuple is put into an array where it is made, or inside of a list"
                diagnose("SG310", message, at, s, None, "Give it a name first, or write its fields.")
            tests = [s.test] if isinstance(s, ir.If | ir.While) else []
            if any(is_asked(t, kind) for t in tests) or any(asks_truth(e, kind) for e in statement_expressions(s)):
                message = "an object is tested here, and the method that says whether it is true cannot be called"
                diagnose("SG310", message, at, s, None, "Call its `__bool__` or `__len__`, or compare with None.")
            for op, e in asked_by_library(s, at, kind):
                diagnose(*(IN_TRY if op == ERROR_OF else IN_A_FUNCTION), at, s, e, ASKED_ELSEWHERE)
            for e in (x for t in tests for x in (t, *within(t)) if isinstance(x, ir.Call) and x.op == SUM_OF_OBJECTS):
                message = "objects are summed in a condition"
                diagnose("SG310", message, at, s, e, "Sum them in a statement of its own before it.")


def refuse_not_implemented(interpreter: Any, diagnose: Any) -> None:
    """A method of an operator that leaves it to the other operand, or to Python: what is asked then is not followed."""
    for at in interpreter.reached():
        name = at.function.qualname.rpartition(".")[2]
        for s in statements(at.body) if name.startswith("__") and name.endswith("__") else ():
            if any(x == ir.Name("NotImplemented") for e in statement_expressions(s) for x in subexpressions(e)):
                message = f"`{name}` returns NotImplemented here, and what Python asks then is not known"
                diagnose("SG310", message, at, s, None, "Raise TypeError, or convert the other operand first.")


def asked_by_library(s: ir.Stmt, at: Any, kind: KindOf) -> list[tuple[str, ir.Expr]]:
    """Functions without a name that stay as they are, and in which objects are more than their attributes."""
    found: list[tuple[str, ir.Expr]] = []
    for e, given in given_to_library(s, at):
        if isinstance(given, ir.Lambda) and asks_more(given, kind):
            parts = (given.body, *subexpressions(given.body))
            located = WHERE.get(at.function, {})
            found.append((e.op, next((x for x in parts if id(x) in located), given)))
    return found


def asks_more(e: ir.Lambda, kind: KindOf) -> bool:
    own = {p.name for p in e.params}

    def inside(x: ir.Expr) -> k.Kind:
        return k.Unknown() if own & reads(x) else kind(x)

    return calls(e.body, inside) or asks_truth(e.body, inside)
