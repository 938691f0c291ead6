"""Deciding the conditions of a rule template from what is known at emission.

`decide` answers True, False, or None where only the running program could tell.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..analysis import kinds as k
from ..ir import nodes as ir

COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "is": lambda a, b: a is b,
    "is not": lambda a, b: a is not b,
    "in": lambda a, b: a in b,
    "not in": lambda a, b: a not in b,
}
CLASSES = {"int": int, "float": float, "str": str, "tuple": tuple, "list": list, "bool": bool, "complex": complex}


def decide(e: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> bool | None:
    """Whether a condition holds; `kind` tells what is known of the expressions in it."""
    match e:
        case ir.BoolOp("and", values):
            found = [decide(v, kind) for v in values]
            return False if False in found else None if None in found else True
        case ir.BoolOp("or", values):
            found = [decide(v, kind) for v in values]
            return True if True in found else None if None in found else False
        case ir.Call("operator.not_", (inner,)):
            found_inner = decide(inner, kind)
            return None if found_inner is None else not found_inner
        case ir.Call("builtins.isinstance", (value, classes)):
            return is_instance(kind(value), classes)
        case ir.Call("numpy.iscomplexobj", (x,)):
            found_kind = kind(x)
            return found_kind.is_complex if isinstance(found_kind, k.Num) else None
        case ir.Compare(first, ops, rest):
            return compare([constant(x, kind) for x in (first, *rest)], ops)
    value = constant(e, kind)
    return None if value is k.UNSET or value is NOT_NONE else bool(value)


def compare(values: list[Any], ops: tuple[str, ...]) -> bool | None:
    if len(ops) == 1 and ops[0] in ("is", "is not") and NOT_NONE in values and None in values:
        return ops[0] == "is not"
    if any(v is k.UNSET or v is NOT_NONE for v in values):
        return None
    try:
        return all(COMPARE[op](a, b) for op, a, b in zip(ops, values, values[1:], strict=False))
    except TypeError:
        return None


NOT_NONE = object()


def constant(e: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> Any:
    """The value of an expression, UNSET if unknown, NOT_NONE if it is certainly not None."""
    match e:
        case ir.Const(value):
            return value
        case ir.Call("numpy.ndim", (x,)):
            found = kind(x)
            return found.rank if isinstance(found, k.Num) and found.rank is not None else k.UNSET
        case ir.Call("builtins.len", (x,)):
            found = kind(x)
            return len(found.items) if isinstance(found, k.Seq) and found.items is not None else k.UNSET
        case ir.Display(_, items):
            values = [constant(i, kind) for i in items]
            return k.UNSET if k.UNSET in values or NOT_NONE in values else tuple(values)
        case ir.Call("operator.neg", (x,)):
            value = constant(x, kind)
            return -value if isinstance(value, int | float) else k.UNSET
        case ir.Call("builtins.abs", (x,)):
            value = constant(x, kind)
            return abs(value) if isinstance(value, int | float) else k.UNSET
    return value_of_kind(kind(e))


def value_of_kind(found: k.Kind) -> Any:
    match found:
        case k.Num(_, _, _, _, value) if value is not k.UNSET and not isinstance(value, k.Sym):
            return value
        case k.Known(value):
            return value
        case k.Seq(_, items) if items is not None:
            values = [value_of_kind(i) for i in items]
            return NOT_NONE if k.UNSET in values or NOT_NONE in values else tuple(values)
        case k.Num() | k.Seq() | k.Dict():
            return NOT_NONE
    return k.UNSET


def is_instance(found: k.Kind, classes: ir.Expr) -> bool | None:
    names = [c.id for c in (classes.items if isinstance(classes, ir.Display) else (classes,)) if isinstance(c, ir.Name)]
    wanted = tuple(CLASSES[n] for n in names if n in CLASSES)
    match found:
        case k.Num("python", dtype) if dtype is not None:
            return issubclass({"float": float, "int": int, "bool": bool, "complex": complex}[dtype], wanted)
        case k.Known(value):
            return isinstance(value, wanted)
        case k.Seq(kind) if kind in ("tuple", "list"):
            return CLASSES[kind] in wanted
        case k.Num("array"):
            return False
    return None
