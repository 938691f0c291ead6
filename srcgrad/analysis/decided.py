"""Tests of patterns that the kinds decide: what cannot match here is left out of the derivative."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from ..ir import nodes as ir
from . import kinds as k

CLASSES = {"int": int, "float": float, "bool": bool, "complex": complex, "str": str, "tuple": tuple, "list": list,
           "dict": dict, "bytes": bytes, "set": set}  # fmt: skip
SIZES = {"==": operator.eq, "!=": operator.ne, ">=": operator.ge, ">": operator.gt, "<": operator.lt, "<=": operator.le}


def decided(e: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> bool | None:
    """Whether a test certainly holds or certainly fails; None where only the running program could tell."""
    match e:
        case ir.BoolOp("and", values):
            found = [decided(v, kind) for v in values]
            first = next((f for f in found if f is not True), True)
            return first if first is not None else None if False not in found else False
        case ir.Call("srcgrad.runtime.is_sequence", (x,)):
            return is_of(kind(x), k.Seq)
        case ir.Call("srcgrad.runtime.is_mapping", (x,)):
            return is_of(kind(x), k.Dict)
        case ir.Call("builtins.isinstance", (x, ir.Name(name))) if name in CLASSES:
            return is_instance(kind(x), CLASSES[name])
        case ir.Compare(ir.Call("builtins.len", (x,)), (op,), (ir.Const(size),)) if op in SIZES:
            items = kind(x)
            if not isinstance(items, k.Seq) or items.items is None:
                return None
            return bool(SIZES[op](len(items.items), size))
        case ir.Compare(ir.Const(key), ("in",), (x,)):
            found_kind = kind(x)
            if not isinstance(found_kind, k.Dict) or found_kind.items is None or key in found_kind.missing:
                return None
            return any(k.same_constant(key, held) for held, _ in found_kind.items)
    return None


def is_of(found: k.Kind, wanted: type) -> bool | None:
    if isinstance(found, wanted):
        return True
    if isinstance(found, k.Num) and found.kind == "any":
        return None  # of an argument in a file: perhaps a list, where it is not differentiated
    if isinstance(found, k.Num | k.Seq | k.Dict) or isinstance(found, k.Known) and found.value is None:
        return False
    return None


def is_instance(found: k.Kind, wanted: type) -> bool | None:
    match found:
        case k.Num("python", dtype) if dtype is not None:
            return issubclass(CLASSES[dtype], wanted)
        case k.Num("array"):
            return False
        case k.Seq("tuple" | "list" as own):  # perhaps of a class of its own
            return None if wanted is CLASSES[own] else False
        case k.Dict():
            return None if wanted is dict else False
    return None


# ----- helpers of emitted code, which are differentiated for the kinds they are given -----


def is_helper_scope(scope: Any) -> bool:
    return str(getattr(scope, "module_name", "")).startswith("srcgrad.runtime.")


def decided_for_helper(e: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> bool | None:
    """Whether a test of a helper certainly holds or certainly fails: its containers are lists and dicts, or records."""
    match e:
        case ir.BoolOp(op, values):
            found = [decided_for_helper(v, kind) for v in values]
            ends = op == "or"
            return ends if ends in found else None if None in found else not ends
        case ir.Call("operator.not_", (inner,)):
            given = decided_for_helper(inner, kind)
            return None if given is None else not given
        case ir.Compare(x, ("is" | "is not" as op,), (ir.Const(None),)):
            absent = is_absent(kind(x))
            return None if absent is None else absent == (op == "is")
        case ir.Call("builtins.isinstance", (x, classes)):
            each = classes.items if isinstance(classes, ir.Display) else (classes,)
            answers = [holds(kind(x), c) for c in each]
            return True if True in answers else None if None in answers else False
        case ir.Call("builtins.hasattr", (x, ir.Const("_fields"))):
            return False if isinstance(kind(x), k.Seq) and kind(x).kind == "list" else None  # type: ignore[union-attr]
    return None


def is_absent(found: k.Kind) -> bool | None:
    if isinstance(found, k.Known):
        return found.value is None
    return False if isinstance(found, k.Num | k.Seq | k.Dict) else None


def holds(found: k.Kind, cls: ir.Expr) -> bool | None:
    """Whether something of a kind is of a class."""
    name = cls.id if isinstance(cls, ir.Name) else ""
    match found:
        case k.Seq(kind) if name in CLASSES and kind in ("list", "tuple"):
            return kind == name
        case k.Dict() if name in CLASSES:
            return name == "dict"
        case k.Num("array" | "scalar" | "python") if name in ("list", "tuple", "dict"):
            return False
    return None
