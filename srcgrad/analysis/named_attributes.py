"""Attributes of objects that are asked for by their names, and `del` of one.

    getattr(p, "x", 0.0)                                        p.x, or 0.0 where no object of the kind has it
    hasattr(p, "x")                                             True or False
    [getattr(p, f.name) for f in fields(p) if f.name != "x"]    [p.y, p.z]
    del p.x                                                     p.pop("x"), as of a dict
"""

from __future__ import annotations

import dataclasses
import dis
from collections.abc import Callable
from dataclasses import replace
from types import FunctionType
from typing import Any

from ..frontend.classes import Class, Plain
from ..frontend.file_classes import FileClass
from ..ir import nodes as ir
from ..ir.walk import map_children, reads
from . import kinds as k
from .container_changes import POP
from .iterated import can_repeat

KindOf = Callable[[ir.Expr], k.Kind]
RAISING = ("RAISE",)
DOING = ("RAISE", "CALL", "STORE_ATTR", "STORE_SUBSCR", "STORE_GLOBAL", "DELETE", "YIELD", "BINARY_OP", "INPLACE")
GETATTR, HASATTR, DELATTR, FIELDS = "builtins.getattr", "builtins.hasattr", "builtins.delattr", "dataclasses.fields"


def by_name(e: ir.Expr, kind: KindOf) -> ir.Expr | None:
    """What `getattr` or `hasattr` of an object is; None where only the run tells whether it has the attribute."""
    match e:
        case ir.Call("builtins.getattr" | "builtins.hasattr" as op, (base, ir.Const(str(name)), *default), ()):
            held = has_attribute(kind(base), name)
            if held is None:
                return None
            getter = getter_of(kind(base), name)
            if op == HASATTR:
                asked = getter is None or only_reads(getter) and finds_all(getter, kind(base))
                return ir.Const(held) if asked and can_repeat(base) else None
            if getter is not None and default and not only_reads(getter, RAISING):
                return None
            if held:
                return ir.Attribute(base, name) if all(map(is_plain, default)) else None
            return default[0] if default and can_repeat(base) else None
    return None


def has_attribute(kind: k.Kind, name: str) -> bool | None:
    """Whether an object has an attribute; None where it may have it, or nothing is known of the object."""
    found: Any = k.present(kind)
    if not k.is_record(found) or name in found.missing:
        return None
    if isinstance(name, ir.Field):  # itself, whatever its class has
        linked = isinstance(found, k.Linked)
        return keeps(found, name) or (None if linked or found.items is None else False)
    if any(n == name for n, _ in found.items or ()) or found.cls.member(name) is not None:
        return True
    of_python = name.startswith("__") and name.endswith("__")
    is_known = (type(found.cls) is Class or isinstance(found.cls, Plain)) and not of_python
    known = is_known and not hasattr(object, name) and found.items is not None
    return False if known and not found.cls.is_tuple else None


def keeps(found: k.Kind, name: str) -> bool:
    """Whether an object certainly has an attribute of its own, beside a property of its class."""
    plain = isinstance(found, k.Dict) and name not in found.missing and any(n == name for n, _ in found.items or ())
    member = found.cls.member(name) if plain else None  # type: ignore[union-attr]
    return plain and (member is None or member.once)


def getter_of(kind: k.Kind, name: str) -> Any:
    """The function of a property that is called where an object is asked for the attribute."""
    found: Any = k.present(kind)
    itself = isinstance(name, ir.Field) or not k.is_record(found) or keeps(found, name)
    member = found.cls.member(name) if not itself else None
    return member.value if member is not None and member.kind in ("property", "mixed") else None


def only_reads(getter: Any, more: tuple[str, ...] = DOING) -> bool:
    """Whether a function does nothing of what these instructions do."""
    if not isinstance(getter, FunctionType):
        return False
    return not any(step.opname.startswith(more) for step in dis.get_instructions(getter))


def finds_all(getter: FunctionType, kind: k.Kind) -> bool:
    """Whether the object certainly has all attributes that a function asks for."""
    asked = {step.argval for step in dis.get_instructions(getter) if step.opname.startswith("LOAD_ATTR")}
    return all(keeps(kind, n) for n in asked)


def may_lack(e: ir.Expr, kind: k.Kind) -> bool:
    """Whether `hasattr` asks for an attribute that an object has on some paths only, or may have been given."""
    match e:
        case ir.Call(_, (_, ir.Const(str(name))), ()) if isinstance(kind, k.Dict):
            return name in kind.missing or isinstance(kind.cls, FileClass) and not hasattr(object, name)
    return False


def is_plain(e: ir.Expr) -> bool:
    """Whether it does not matter if an expression is evaluated."""
    return isinstance(e, ir.Const) or can_repeat(e)


# ----- all fields of a dataclass -----


def fields_written_out(e: ir.Comprehension, kind: KindOf) -> ir.Expr | None:
    """A comprehension over the fields of an object, item by item; None where its conditions are not about names."""
    match e.clauses:
        case (ir.Clause(ir.Name(own), ir.Call("dataclasses.fields", (base,), ()), conditions),) if e.kind != "set":
            names = field_names(base, kind)
        case _:
            return None
    found: list[ir.Expr] = []
    keys: list[ir.Expr | None] = []
    for name in names or ():
        held = [decided(with_name(c, own, name)) for c in conditions]
        if None in held:
            return None
        if all(held):
            found.append(with_name(e.element, own, name))
            keys.append(with_name(e.key, own, name) if e.key is not None else None)
    if names is None or any(own in reads(x) for x in (*found, *keys) if x is not None):
        return None
    return ir.Mapping(tuple(keys), tuple(found)) if e.kind == "dict" else ir.Display("list", tuple(found))


def field_names(base: ir.Expr, kind: KindOf) -> list[str] | None:
    found: Any = kind(base)
    cls: Any = found.cls if k.is_record(found) and can_repeat(base) else None
    known = type(cls) is Class and dataclasses.is_dataclass(cls.value)
    return [f.name for f in dataclasses.fields(cls.value)] if known else None


def with_name(e: ir.Expr, own: str, name: str) -> ir.Expr:
    """An expression with the name of a field in place of `f.name`."""
    if e == ir.Attribute(ir.Name(own), "name"):
        return ir.Const(name)
    return map_children(lambda x: with_name(x, own, name), e)


def decided(e: ir.Expr) -> bool | None:
    """Whether a condition on a name holds."""
    match e:
        case ir.Compare(ir.Const(str(name)), ("==" | "!=" as op,), (ir.Const(other),)):
            return (name == other) is (op == "==")
        case ir.Compare(ir.Const(str(name)), ("in" | "not in" as op,), (ir.Display(_, items),)):
            known = all(isinstance(i, ir.Const) for i in items)
            return (ir.Const(name) in items) is (op == "in") if known else None
        case ir.Call(".startswith" | ".endswith" as method, (ir.Const(str(name)), ir.Const(str(part))), ()):
            return bool(getattr(name, method[1:])(part))
        case ir.Call("operator.not_", (inner,)):
            found = decided(inner)
            return None if found is None else not found
        case ir.BoolOp(op, values):
            each = [decided(v) for v in values]
            return None if None in each else all(each) if op == "and" else any(each)
    return None


# ----- del -----


def deletion(s: ir.Stmt, kind: KindOf) -> ir.Update | None:
    """`del p.x` as a change of the dict of attributes."""
    match s:
        case ir.Eval(ir.Call("builtins.delattr", (base, ir.Const(str(name))))) if can_repeat(base):
            found: Any = kind(base)
            plain = k.is_record(found) and not found.cls.is_frozen and any(n == name for n, _ in found.items or ())
            member = found.cls.member(name) if plain else None
            if not plain or member is not None and not member.once:
                return None
            origin = s.origin.edit() if s.origin is not None else None
            return ir.Update(base, POP, ir.Const(ir.Field(name)), origin)  # type: ignore[arg-type]
    return None


def without(kind: k.Kind, name: str) -> k.Kind:
    """The kind of an object after one of its attributes has been deleted."""
    assert isinstance(kind, k.Dict)
    return replace(kind, items=tuple((n, v) for n, v in kind.items or () if n != name))
