"""What Python asks of objects without naming a method: whether one is true, and whether two are the same.

    if p:           if p.__bool__():          (where the class has one; else `p.__len__() != 0`)
    p and q         q if p.__bool__() else p

In emitted code an object is a record, which is true and equal to itself alone: what the class says of it must be asked
of the class.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..ir import nodes as ir
from ..ir.build import is_slot
from ..ir.walk import children, map_children
from . import kinds as k

KindOf = Callable[[ir.Expr], k.Kind]
COMPARING = ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__")
PLAIN = ("builtins.id",)
BY_TRUTH = ("builtins.all", "builtins.any", "builtins.filter")
BY_VALUE = (
    ".index", ".count", ".remove", ".sort", "builtins.sorted", "builtins.min", "builtins.max", "operator.eq",
    "operator.ne", "operator.lt", "operator.gt", "operator.le", "operator.ge", "operator.contains",
    "operator.countOf", "operator.indexOf",
)  # fmt: skip


def truth_method(kind: k.Kind) -> str | None:
    """The method that says whether a value is true, if it is an object that has one."""
    kind = k.unless_none(kind)
    if not k.is_record(kind):
        return None
    return next((n for n in ("__bool__", "__len__") if kind.cls.member(n) is not None), None)  # type: ignore[union-attr]


def can_be_called(kind: k.Kind) -> bool:
    """Whether a value is an object of a class with a `__call__`, the same for all of its objects."""
    found = kind.cls.member("__call__") if k.is_record(kind) else None  # type: ignore[union-attr]
    return found is not None and found.kind == "method" and not found.differs


def tested(e: ir.Expr, kind: KindOf) -> ir.Expr:
    """A test, with the method that answers it."""
    if isinstance(e, ir.BoolOp):
        return map_children(lambda x: tested(x, kind), e)
    if isinstance(e, ir.Select):
        return ir.Select(e.test, tested(e.then, kind), tested(e.other, kind))
    found = kind(e)
    method = truth_method(found)
    if method is None or isinstance(found, k.Maybe):
        return e
    call: ir.Expr = ir.Call(f".{method}", (e,))
    return call if method == "__bool__" else ir.Compare(call, ("!=",), (ir.Const(0),))


def with_truth(e: ir.Expr, kind: KindOf) -> ir.Expr:
    """An expression that asks objects whether they are true, with the methods that answer; `e` itself if none does."""
    match e:
        case ir.Select(test, then, other):
            asked = tested(test, kind)
            return e if asked is test or asked == test else ir.Select(asked, then, other)
        case ir.BoolOp(op, (first, *rest)) if rest and truth_method(kind(first)) and is_path(first):
            asked = tested(first, kind)
            after = rest[0] if len(rest) == 1 else ir.BoolOp(op, tuple(rest))
            if asked != first:
                return ir.Select(asked, after, first) if op == "and" else ir.Select(asked, first, after)
        case ir.Call("operator.not_" | "builtins.bool" as op, (first,), ()) if k.is_record(kind(first)):
            asked = tested(first, kind)
            if asked is first:
                return ir.Const(op == "builtins.bool") if is_path(first) else e
            return ir.Call(op, (asked,))
    return e


def is_path(e: ir.Expr | None) -> bool:
    while e is not None and is_slot(e):
        e = e.base  # type: ignore[union-attr]
    return isinstance(e, ir.Name)


def is_asked(e: ir.Expr, kind: KindOf) -> bool:
    """Whether a test asks an object whether it is true."""
    parts = e.values if isinstance(e, ir.BoolOp) else (e.then, e.other) if isinstance(e, ir.Select) else ()
    return any(is_asked(x, kind) for x in parts) or truth_method(kind(e)) is not None


def asks_truth(e: ir.Expr, kind: KindOf) -> bool:
    """Whether it matters here, or in a part of the expression, what a method says of the truth of an object."""
    match e:
        case ir.Select(test) if is_asked(test, kind):
            return True
        case ir.BoolOp(_, values) if any(truth_method(kind(v)) for v in values[:-1]):
            return True
        case ir.Call("operator.not_" | "builtins.bool", (first,)) if truth_method(kind(first)):
            return True
        case ir.Lambda() | ir.Comprehension():
            return False
    return any(asks_truth(c, kind) for c in children(e))


def calls(e: ir.Expr, kind: KindOf) -> bool:
    """Whether something in an expression is a call of a method, however it is written: a property, an operator."""
    found: Any = kind(e.base) if isinstance(e, ir.Attribute | ir.Index) else None
    match e:
        case ir.Lambda() | ir.Comprehension():
            return False
        case ir.Attribute(_, name) if k.is_record(found):
            member = found.cls.member(name)
            if member is not None and member.kind != "value":
                return True
        case ir.Index() if k.is_record(found) and not is_slot(e):
            return True
        case ir.Call(op, args) if op not in PLAIN and any(k.is_record(kind(a)) for a in args):
            return True
        case ir.Compare(first, ops, rest) if not set(ops) <= {"is", "is not"}:
            if any(k.is_record(kind(x)) for x in (first, *rest)):
                return True
    return any(calls(c, kind) for c in children(e))


def compares_inside(op: str, kinds: list[k.Kind]) -> k.Kind | None:
    """An object inside of a list or dict that the operation compares, or asks whether it is true."""
    if op not in BY_TRUTH and op not in BY_VALUE:
        return None
    for found in kinds:
        for inner in k.inside(found) if not k.is_record(found) else ():
            if op in BY_TRUTH and truth_method(inner) or op in BY_VALUE and is_compared(inner):
                return inner
    return None


def is_compared(kind: k.Kind) -> bool:
    """Whether comparing an object runs code of its class, or compares what it holds."""
    if not k.is_record(kind):
        return False
    return kind.cls.is_tuple or any(kind.cls.member(n) is not None for n in COMPARING)  # type: ignore[union-attr]
