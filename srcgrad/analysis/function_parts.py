"""What a function that is a value holds, read as emitted code reads it.

    Counter.of.__self__        the class that a class method is bound to
    p.args[0]                  an argument that a partial has already
    f.__defaults__[-1]         a default, which was evaluated when the function was defined
"""

from __future__ import annotations

from typing import Any

from ..frontend.bindings import MISSING
from ..ir import nodes as ir
from ..ir.program import Function
from . import kinds as k


def function_part(evaluator: Any, e: ir.Attribute, func: k.Func) -> k.Kind | None:
    """The kind of an attribute of a function; None where it is not known."""
    match e.name:
        case "__self__":
            bound = (h.kind for h in func.held if isinstance(h.access, ir.Attribute) and h.access.name == e.name)
            return next(bound, None)
        case "func" if any(is_own(h.access) for h in func.held):
            return k.Func(func.target, tuple(h for h in func.held if not is_own(h.access)))
        case "args":
            given = [kind for _, kind in held_in(func, e.name)]
            return k.Seq("tuple", tuple(given)) if given else None
        case "keywords":
            words = tuple((str(n), kind) for n, kind in held_in(func, e.name))
            return k.Dict(words) if words else None
        case "__defaults__" | "__kwdefaults__" if isinstance(func.target, Function):
            return defaults(evaluator, e, func.target)
    return None


def held_in(func: k.Func, name: str) -> list[tuple[Any, k.Kind]]:
    """What a partial has under this name, by position or keyword."""
    return [(h.access.index.value, h.kind) for h in func.held if is_item_of(h.access, name)]


def is_own(access: ir.Expr) -> bool:
    """Whether an argument is one that a partial has itself, and not one that it wraps."""
    match access:
        case ir.Index(ir.Attribute(base, "args" | "keywords"), ir.Const()):
            return not (isinstance(base, ir.Attribute) and base.name == "func")
    return False


def is_item_of(access: ir.Expr, name: str) -> bool:
    match access:
        case ir.Index(ir.Attribute(_, attr), ir.Const()):
            return attr == name
    return False


def defaults(evaluator: Any, e: ir.Attribute, function: Function) -> k.Kind | None:
    keyword = e.name == "__kwdefaults__"
    params = [p for p in function.params if p.default is not None and (p.kind == "keyword") == keyword]
    found: list[tuple[Any, k.Kind]] = []
    for n, p in enumerate(params):
        value = evaluator.interpreter.default_object(function, p.name)
        if value is MISSING:
            return None
        key = p.name if keyword else n
        found.append((key, evaluator.default_kind(value, p.name, ir.Index(e, ir.Const(key)))))
    return k.Dict(tuple(found)) if keyword else k.Seq("tuple", tuple(kind for _, kind in found))
