"""Calls that must not run twice: they may give something else, or do something, each time.

    y = random.random() * x * x         a derivative reads the number again, so it is drawn in a statement of its own
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..frontend.expansions import is_expanded
from ..ir import nodes as ir
from ..ir.walk import bound_names, statement_expressions, statements, subexpressions
from ..rules.registry import lookup
from . import kinds as k

DRAWING = ("numpy.random", "random.", "secrets.", "uuid.", "time.", "datetime.", "os.")
UNSTEADY = frozenset({"builtins.input", "builtins.next", "builtins.open", "builtins.print", "builtins.iter"})
STEADY = ("operator.", "builtins.", "srcgrad.", "numpy.", "math.", "cmath.", "heapq.")


def is_steady(e: ir.Expr, s: ir.Stmt, instance: Any, evaluate: Any, seen: frozenset[int] = frozenset()) -> bool:
    """Whether a call gives the same again, and does nothing else."""
    called = instance.calls.get(id(e))
    if called is not None:
        return is_quiet(called.instance, evaluate, seen)
    match e:
        case ir.Call() if is_expanded(e):  # what is written out for it is looked at
            return True
        case ir.Call(op, (receiver, *_)) if op.startswith("."):
            found = evaluate(instance, s, receiver)
            if isinstance(found, k.Num):  # a generator of random numbers passes for an array: nobody has asked it yet
                return hasattr(np.ndarray, op[1:]) or lookup(op) is not None
            return isinstance(found, k.Seq | k.Dict | k.Known | k.Never)
        case ir.Call(op):
            if op in UNSTEADY or op.startswith(DRAWING):
                return False
            return op.startswith(STEADY) or lookup(op) is not None
        case ir.Apply(func):
            found = evaluate(instance, s, func)
            return isinstance(found, k.Func) and isinstance(found.target, str) or isinstance(found, k.Never)
    return True


def is_quiet(instance: Any, evaluate: Any, seen: frozenset[int]) -> bool:
    """Whether all that a function of the user does is to work out its result."""
    if id(instance) in seen:
        return True
    for s in statements(instance.body):
        if isinstance(s, ir.Opaque) and s.kind not in ("raise", "import", "pass", "assert"):
            return False
        for e in statement_expressions(s):
            for sub in subexpressions(e):
                if not is_steady(sub, s, instance, evaluate, seen | {id(instance)}):
                    return False
    return True


def runs_again(e: ir.Expr, s: ir.Stmt, instance: Any, evaluate: Any) -> bool:
    """Whether a derivative of the statement would run a call in it again that must not."""
    if not isinstance(e, ir.Call | ir.Apply) or not isinstance(s, ir.Assign | ir.Unpack | ir.Update | ir.Store):
        return False
    if is_steady(e, s, instance, evaluate):
        return False
    carries = any(instance.kind_of_name(n).active for n in bound_names(s))  # a place of a tangent: it gets a zero
    return carries or any(evaluate(instance, s, x).active for x in statement_expressions(s))


def is_compared(e: ir.Expr, s: ir.Stmt, instance: Any, evaluate: Any) -> bool:
    """Whether a call has a tangent from a rule of the user, the shape of which is compared with that of its result."""
    rule = lookup(e.op) if isinstance(e, ir.Call) else None
    return rule is not None and rule.of_user and rule.kind == "rule" and evaluate(instance, s, e).active


def refuse_run_again(interpreter: Any, evaluate: Any, diagnose: Any) -> None:
    """The block of a tape runs where it stands, and once more in its gradient, which needs the same values."""
    for instance in interpreter.reached():
        for s in statements(instance.body):
            for e in (x for whole in statement_expressions(s) for x in subexpressions(whole)):
                if id(e) not in instance.calls and not is_steady(e, s, instance, evaluate):
                    diagnose(
                        "SG415", "a call in the block of the tape may give something else, or do something, when the "
                        "block runs again for its gradient", instance, s, e,
                        "Draw and read before the block, and use the result in it.",
                    )  # fmt: skip
                    return
