"""Operators as methods of classes: which method of which operand Python calls."""

from __future__ import annotations

from inspect import unwrap as unwrapped
from typing import Any

from ..frontend import operators
from ..frontend.bindings import MISSING
from ..frontend.classes import Class, class_of
from ..frontend.several_classes import OneOf
from . import kinds as k

BINARY = {op: op.removeprefix("operator.").rstrip("_") for op in operators.BINARY.values()} | {
    "builtins.divmod": "divmod",
}
UNARY = {
    "operator.neg": "__neg__", "operator.pos": "__pos__", "operator.invert": "__invert__", "builtins.abs": "__abs__",
    "builtins.len": "__len__", "builtins.reversed": "__reversed__", "builtins.round": "__round__",
    "builtins.repr": "__repr__",
}  # fmt: skip


def method_of(op: str, args: list[k.Kind]) -> tuple[str, int] | None:
    """The method that an operator is for these operands, and which of them is the receiver."""
    if op == "builtins.str" and len(args) == 1:
        return next(((n, 0) if has_method(args[0], n) else None for n in texts_of(args[0])), None)
    if op in UNARY:
        return (UNARY[op], 0) if has_method(args[0], UNARY[op]) else None
    if op in BINARY and len(args) == 2:
        if has_method(args[0], f"__{BINARY[op]}__") and not overrides(args[1], args[0], f"__r{BINARY[op]}__"):
            return f"__{BINARY[op]}__", 0
        if leaves_it_to(args[0], args[1]) and has_method(args[1], f"__r{BINARY[op]}__"):
            return f"__r{BINARY[op]}__", 1
    return None


def texts_of(kind: Any) -> list[str]:
    """What an object has to say how it is written, the first of it first; of several classes, each has its own."""
    several = k.is_record(kind) and isinstance(kind.cls, OneOf)
    names = ("__str__",) if several else ("__str__", "__repr__")
    return [n for n in names if k.is_record(kind) and kind.cls.member(n) is not None]


def leaves_it_to(kind: k.Kind, other: k.Kind) -> bool:
    """Whether a left operand leaves an operator to the right one: NumPy does not, of what it takes for a sequence."""
    cls = operand_class(other)
    if isinstance(kind, k.Num) and kind.kind in ("array", "scalar") and cls is not None:
        is_sequence = hasattr(cls, "__array__") or hasattr(cls, "__len__") and hasattr(cls, "__getitem__")
        if is_sequence or kind.kind == "array" and kind.dims != ():
            return getattr(cls, "__array_ufunc__", MISSING) is None
    return isinstance(kind, k.Num | k.Seq | k.Dict | k.Known)  # else it may have a method of its own


def operand_class(kind: Any) -> type | None:
    """The class of an object, where there is one class."""
    if isinstance(kind, k.Obj):
        return type(kind.value)
    return kind.cls.value if k.is_record(kind) and not isinstance(kind.cls, OneOf) else None


def meets_object(op: str, args: list[k.Kind]) -> bool:
    """Whether an operator is a method of a constant object, given a value that carries a derivative."""
    found = method_of(op, args) if any(isinstance(a, k.Obj) for a in args) and any(a.active for a in args) else None
    return found is not None and isinstance(args[found[1]], k.Obj)


def overrides(kind: k.Kind, other: k.Kind, name: str) -> bool:
    """Whether a value is of a subclass of that of the other, with a method of its own, which Python tries first."""
    if not k.is_record(kind) or not k.is_record(other) or isinstance(kind.cls, OneOf) or isinstance(other.cls, OneOf):  # type: ignore[union-attr]
        return False
    own, base = kind.cls, other.cls  # type: ignore[union-attr]
    derived = own.value is not base.value and issubclass(own.value, base.value)
    return derived and has_method(kind, name) and own.member(name) != base.member(name)


def has_method(kind: k.Kind, name: str) -> bool:
    cls = class_of(type(kind.value)) if isinstance(kind, k.Obj) else kind.cls if k.is_record(kind) else None  # type: ignore[union-attr]
    member = cls.member(name) if cls is not None else None
    return member is not None and member.kind == "method" and not Class.is_generated(unwrapped(member.value))
