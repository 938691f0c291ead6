"""Attributes, properties and operators of objects, in expressions: as slots and method calls.

    p.x              p["x"]              (written with dots again in the emitted code)
    p + q            p.__add__(q)
    p.speed          the getter of a property, called
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..frontend.classes import NAMESPACE, class_of
from ..frontend.expansions import SUM_OF_OBJECTS
from ..frontend.several_classes import OneOf
from ..ir import nodes as ir
from ..ir.build import is_slot, slot
from . import kinds as k
from .comparisons import by_key, comparison, picked
from .containers import element_kind
from .dispatch import is_of
from .field_tuples import with_fields
from .instances import is_instance, may_do_more, types_of
from .iterated import KindOf, asked_inside, contains, gives_items, items, takes_items
from .named_attributes import by_name, keeps
from .nested import MAKERS
from .object_truth import can_be_called, with_truth
from .operator_methods import meets_object, method_of
from .starred import options
from .taken_down import COPIES, taken_down


def object_expression(e: ir.Expr, kind: KindOf) -> ir.Expr:
    """What an expression on objects is; `e` itself if nothing simpler."""
    of_its_form = FORMS.get(type(e))
    found = of_its_form(e, kind) if of_its_form is not None else None
    return with_truth(e, kind) if found is None else found


def attribute(e: ir.Attribute, kind: KindOf) -> ir.Expr | None:
    if isinstance(e.base, ir.Call) and e.base.op == "builtins.super":
        return ir.Call(f".fget.{e.name}", (e.base,))
    base = k.present(kind(e.base))
    return read(e.base, e.name, base) if k.is_record(base) else None


def item(e: ir.Index, kind: KindOf) -> ir.Expr | None:
    if is_slot(e):
        return None
    if (found := with_fields(e, kind)) is not e or not k.is_record(k.present(kind(e.base))):
        return found if found is not e else None
    return ir.Call(".__getitem__", (e.base, e.index))


def compare(e: ir.Compare, kind: KindOf) -> ir.Expr | None:
    if e.ops in (("in",), ("not in",)) and contains(kind(e.rest[0])):
        return asked_inside(e, kind)
    if (taken := with_fields(e, kind)) is not e:
        return taken
    return comparison(e, kind) if len(e.ops) == 1 else None


def starred(e: ir.Star, kind: KindOf) -> ir.Expr | None:
    return ir.Star(items(e.value)) if gives_items(kind(e.value)) else None


def call(e: ir.Call, kind: KindOf) -> ir.Expr | None:
    kinds = list(map(kind, e.args))
    if takes_items(e.op, kinds):
        return replace(e, args=tuple(items(a) if gives_items(x) else a for a, x in zip(e.args, kinds, strict=True)))
    if (taken := with_fields(e, kind)) is not e:
        return taken
    special = CALLS.get(e.op)
    found = special(e, kind) if special is not None else None
    if found is None and e.op.startswith("."):
        found = of_a_method(e, kind)
    return operator(e, kinds) if found is None else found


def namespace(e: ir.Call, kind: KindOf) -> ir.Expr | None:
    if e.args:
        return None
    names = tuple(ir.Const(ir.Field(n)) for n, _ in e.keywords)
    return ir.Mapping(names, tuple(v for _, v in e.keywords), NAMESPACE)


def class_asked(e: ir.Call, kind: KindOf) -> ir.Expr | None:
    """`type(p)` of an object of one class."""
    alone = len(e.args) == 1 and not e.keywords and not may_do_more(e.args[0])
    found: Any = kind(e.args[0]) if alone else None
    return ir.Name(found.cls.name) if k.is_record(found) and not may_be_several(found) else None


def summed(e: ir.Call, kind: KindOf) -> ir.Expr | None:
    of_objects = bool(e.args) and not e.keywords and k.is_record(element_kind(kind(e.args[0])))
    return ir.Call(SUM_OF_OBJECTS, e.args) if of_objects else None


def instance_asked(e: ir.Call, kind: KindOf) -> ir.Expr | None:
    if len(e.args) != 2 or may_do_more(e.args[0]):
        return None
    base, named = e.args
    asked, found = types_of(named, kind), kind(base)
    if asked is not None and k.is_record(found):
        return asked_class(base, found.cls, asked)  # type: ignore[union-attr]
    if asked is not None and any(class_of(t) is not None for t in asked) and isinstance(found, k.Num):
        decided = is_instance(found, asked)
        return ir.Const(decided) if isinstance(decided, bool) else e
    return None


def called_itself(e: ir.Call, kind: KindOf) -> ir.Expr | None:
    """`grad(net)` of an object that can be called, as `grad(net.__call__)`."""
    if not e.args or not can_be_called(kind(e.args[0])):
        return None
    return replace(e, args=(ir.Attribute(e.args[0], "__call__"), *e.args[1:]))


def of_a_method(e: ir.Call, kind: KindOf) -> ir.Expr | None:
    base: Any = k.present(kind(e.args[0])) if e.args else None
    if e.op.startswith(".get.") and len(e.args) == 1 and not e.keywords and not may_be_several(base):
        return read(e.args[0], e.op.removeprefix(".get."), base) if k.is_record(base) else e
    return called(e, e.op[1:], base) if k.is_record(base) else None


def operator(e: ir.Call, kinds: list[k.Kind]) -> ir.Expr | None:
    """The method that an operator is."""
    if e.keywords or not (any(map(k.is_record, kinds)) or meets_object(e.op, kinds)):
        return None
    found = method_of(e.op, kinds)
    if found is None:
        return None
    name, receiver = found
    rest = tuple(a for n, a in enumerate(e.args) if n != receiver)
    return ir.Call(f".{name}", (e.args[receiver], *rest))


CALLS: dict[str, Callable[[ir.Call, KindOf], ir.Expr | None]] = {
    "types.SimpleNamespace": namespace,
    "builtins.type": class_asked,
    "builtins.sum": summed,
    "builtins.isinstance": instance_asked,
    "srcgrad.runtime.order_of": lambda e, kind: by_key(e, kind(e.args[0])) if len(e.args) == 1 else None,
    **dict.fromkeys(("builtins.min", "builtins.max"), picked),
    **dict.fromkeys(("builtins.getattr", "builtins.hasattr"), by_name),
    **dict.fromkeys(("dataclasses.asdict", "dataclasses.astuple", "._asdict"), taken_down),
    **COPIES,
    **dict.fromkeys(MAKERS, called_itself),
}
FORMS: dict[type, Callable[..., ir.Expr | None]] = {
    ir.Attribute: attribute, ir.Index: item, ir.Compare: compare, ir.Star: starred, ir.Call: call,
}  # fmt: skip


def may_be_several(found: Any) -> bool:
    return isinstance(getattr(found, "cls", None), OneOf)


def asked_class(base: ir.Expr, cls: Any, asked: tuple[type, ...]) -> ir.Expr:
    """`isinstance` of an object."""
    parts = cls.classes if isinstance(cls, OneOf) else (cls,)
    held = tuple(c for c in parts if issubclass(c.value, asked))
    return ir.Const(bool(held)) if len(held) in (0, len(parts)) else is_of(base, held)


def read(base: ir.Expr, name: str, found: Any) -> ir.Expr:
    member = found.cls.member(name)
    if isinstance(found.cls, OneOf) and member is not None and (member.differs or member.kind == "value"):
        return ir.Attribute(base, name) if member.kind in ("method", "static") else ir.Call(f".get.{name}", (base,))
    if member is not None and member.kind == "property" and not keeps(found, name):
        return ir.Call(f".fget.{name}", (base,))
    if member is None or any(n == name for n, _ in found.items or ()):
        return slot(base, name)
    return ir.Attribute(ir.Name(found.cls.name), name) if member.kind == "value" else ir.Attribute(base, name)


def called(e: ir.Call, name: str, found: Any) -> ir.Expr:
    """A function that an attribute holds is no method."""
    held = any(n == name for n, _ in found.items or ())
    return ir.Apply(slot(e.args[0], name), e.args[1:], e.keywords) if held else e


def method_call(e: ir.Apply, kind: KindOf) -> ir.Expr | None:
    """`c.add(x, **options)`, with the keywords written out; None where they are not known."""
    assert isinstance(e.func, ir.Attribute)
    base = e.func.base
    is_super = isinstance(base, ir.Call) and base.op == "builtins.super"
    words = options(e.keywords, kind)
    if not (is_super or k.is_record(kind(base))) or any(n is None for n, _ in words):
        return None
    return ir.Call(f".{e.func.name}", (base, *e.args), words)  # type: ignore[arg-type]
