"""Context managers of the user: what enters and leaves them are calls of their methods (`frontend.read_with`)."""

from __future__ import annotations

from typing import Any

from ..frontend.read_with import HINT
from ..frontend.several_classes import OneOf
from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.walk import statements
from . import kinds as k

METHODS = (".__enter__", ".__exit__")


def obstacle(op: str, kind: k.Kind) -> str | None:
    """Why a value cannot be entered; None if it is an object of the user, or not known yet."""
    if op not in METHODS or isinstance(kind, k.Never):
        return None
    plain = k.is_record(kind) and not isinstance(kind.cls, OneOf)  # type: ignore[union-attr]
    member = kind.cls.member(op[1:]) if plain else None  # type: ignore[union-attr]
    return None if member is not None and member.kind == "method" else "`with` cannot be differentiated"


def may_suppress(function: Function) -> bool:
    """Whether an `__exit__` may return something true: then the program goes on after an exception."""
    returned = [s.value for s in statements(function.body) if isinstance(s, ir.Return)]
    return any(e is not None and e not in (ir.Const(None), ir.Const(False)) for e in returned)


def check(evaluator: Any, at: Any, s: Any, op: str, kind: k.Kind) -> bool:
    """Whether a context can be entered or left like this."""
    message = obstacle(op, kind)
    if message is None and op == ".__exit__" and k.is_record(kind):
        function = evaluator.interpreter.load(kind.cls.member("__exit__").value)  # type: ignore[union-attr]
        if function is not None and may_suppress(function):
            message = "the `__exit__` of this context may suppress an exception, and what runs then is not known"
    if message is not None:
        evaluator.diagnose("SG209", message, at, s, None, HINT)
    return message is None
