"""The forms of arguments that are objects, or hold them: what the emitted function checks, and takes apart by."""

from __future__ import annotations

from typing import Any

from ..analysis import kinds as k
from ..ir import nodes as ir
from .classes import Class
from .several_classes import OneOf

NUMBER = k.Num("any", "float64", None)
ARRAY = k.Num("array", "float64", None)
ATTRIBUTES_OF: dict[Class, list[Any]] = {}  # of objects of one class, which may be one of several somewhere


def holds_records(kind: k.Kind) -> bool:
    parts = (kind.inner,) if isinstance(kind, k.Maybe) else ()
    return any(k.is_record(i) for i in (kind, *parts, *k.inside(kind)))


def form_of(kind: k.Kind) -> ir.Expr:
    """The form of an argument, as `open_objects` takes it."""
    match kind:
        case k.Dict(items, None, OneOf() as cls):
            parts = dict(items or ())
            own = ({n: parts[n] for n in ATTRIBUTES_OF[c]} for c in cls.classes)
            return written("either", [object_form(c, found) for c, found in zip(cls.classes, own, strict=True)])
        case k.Dict(items, None, cls) if cls is not None:
            return object_form(cls, dict(items or ()))
        case k.Maybe(inner=inner):
            return written("maybe", [form_of(inner)])
        case k.Num("python", "int" | "bool" | "float" as dtype):
            return ir.Const(dtype)
        case k.Num("array"):
            return ir.Const("array")
        case k.Num(_, _, ()):
            return ir.Const("float")
        case k.Num():
            return ir.Const("number")
        case k.Known():
            return ir.Const("text")
        case k.Seq(word, None, element) if element is not None:
            return written(f"{word}s" if word == "tuple" else word, [form_of(element)])
        case k.Seq("tuple", items) if items is not None:
            return written("tuple", [form_of(i) for i in items])
        case k.Dict(None, element) if element is not None:
            return written("dict", [form_of(element)])
    return ir.Const("anything")


def object_form(cls: Class, parts: dict[Any, k.Kind]) -> ir.Expr:
    attributes = [ir.Display("tuple", (ir.Const(str(n)), form_of(own))) for n, own in parts.items()]
    return written("object", [ir.Const(cls.name), *attributes])


def written(word: str, parts: list[ir.Expr]) -> ir.Expr:
    return ir.Display("tuple", (ir.Const(word), *parts))
