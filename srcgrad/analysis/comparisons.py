"""Comparisons of objects: methods of the class, what `dataclass` and `functools.total_ordering` make of them.

    p < q         p.__lt__(q)
    p >= q        not p.__lt__(q)                    with `total_ordering`, of a class that has `__lt__`
    p == q        (p.x, p.y) == (q.x, q.y)           of a dataclass or NamedTuple
    min(p, q)     q if q < p else p
    order_of(ps, key=f)      order_of([f(p) for p in ps])
"""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Callable
from typing import Any

from ..frontend.classes import Class
from ..frontend.file_classes import FileClass, file_classes
from ..frontend.iteration_tools import Keywords, first_in_order
from ..frontend.several_classes import OneOf
from ..ir import nodes as ir
from ..ir.build import slot
from ..ir.walk import reads, substitute
from . import kinds as k
from .containers import element_kind
from .iterated import can_repeat

KindOf = Callable[[ir.Expr], k.Kind]
COMPARED = {"<": "__lt__", "<=": "__le__", ">": "__gt__", ">=": "__ge__", "==": "__eq__", "!=": "__ne__"}
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
TURNED = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}
IDENTITY = {"==": "is", "!=": "is not"}
ORDER_OF = "srcgrad.runtime.order_of"
PICKED = {"builtins.min": "<", "builtins.max": ">"}


def comparison(e: ir.Compare, kind: KindOf) -> ir.Expr | None:
    """The method call, or the comparison of parts, that a comparison of objects is; None where that is not known."""
    (op,), (other,) = e.ops, e.rest
    return compared(op, e.first, other, kind(e.first), kind(other))


def compared(op: str, first: ir.Expr, other: ir.Expr, a: k.Kind, b: k.Kind) -> ir.Expr | None:
    if not k.is_record(a) and not k.is_record(b) or op not in COMPARED:
        return None
    mirrored = own_method(b, MIRRORED[op])
    turned = ir.Call(f".{COMPARED[MIRRORED[op]]}", (other, first))
    if derives(b, a) and mirrored:
        return turned
    if derives(b, a) and op == "!=" and own_method(b, "=="):
        return ir.Call("operator.not_", (ir.Call(".__eq__", (other, first)),))
    if own_method(a, op):
        return ir.Call(f".{COMPARED[op]}", (first, other))
    if op in IDENTITY and is_plain(a) and is_plain(b):
        return ir.Compare(first, (IDENTITY[op],), (other,))
    repeat = can_repeat(first) and can_repeat(other)
    if op == "!=" and own_method(a, "=="):
        return ir.Call("operator.not_", (ir.Call(".__eq__", (first, other)),))
    if repeat and is_generated(a, b, op):
        names = compared_fields(a.cls)  # type: ignore[union-attr]
        one, two = (ir.Display("tuple", tuple(slot(e, n) for n in names)) for e in (first, other))
        return ir.Compare(one, (op,), (two,))
    if repeat and (basis := ordered_by(a, op)) is not None:
        return from_basis(op, basis, first, other)
    without = isinstance(a, k.Num) or is_of_one_class(a) and op in TURNED and raw(a, op) is None
    return turned if without and mirrored else None


def is_plain(kind: k.Kind) -> bool:
    """Whether objects of a class are equal only to themselves."""
    return is_of_one_class(kind) and raw(kind, "==") is None and raw(kind, "!=") is None


def derives(kind: k.Kind, other: k.Kind) -> bool:
    """Whether the class of an object inherits from that of the other, whose comparisons Python then asks last."""
    if not has_one_class(kind) or not has_one_class(other):
        return False
    one, two = kind.cls.value, other.cls.value  # type: ignore[union-attr]
    return one is not two and issubclass(one, two)


def has_one_class(kind: k.Kind) -> bool:
    """Whether a value certainly is an object of one class, live or of a file."""
    return k.is_record(kind) and not isinstance(kind.cls, OneOf)  # type: ignore[union-attr]


def is_of_one_class(kind: k.Kind) -> bool:
    """Whether the class of an object is one live class: what stands for a class of a file has not all of its fields."""
    return k.is_record(kind) and type(kind.cls) is Class  # type: ignore[union-attr]


def own_method(kind: k.Kind, op: str) -> Any:
    """The method of the user for a comparison."""
    member = kind.cls.member(COMPARED[op]) if k.is_record(kind) else None  # type: ignore[union-attr]
    if member is None or member.kind != "method" or Class.is_generated(member.value):
        return None
    return member.value


def raw(kind: k.Kind, op: str) -> Any:
    """What the class has under the name of the method, whoever made it."""
    owners = kind.cls.value.__mro__ if is_of_one_class(kind) else ()  # type: ignore[union-attr]
    return next((vars(c)[COMPARED[op]] for c in owners if COMPARED[op] in vars(c) and c is not object), None)


def is_generated(a: k.Kind, b: k.Kind, op: str) -> bool:
    """Whether two objects of one class are compared as the tuples of their fields."""
    if not is_of_one_class(a) or not is_of_one_class(b) or a.cls is not b.cls:  # type: ignore[union-attr]
        return False
    if a.cls.is_tuple:  # type: ignore[union-attr]
        return True
    made = raw(a, "==" if op == "!=" else op)
    return dataclasses.is_dataclass(a.cls.value) and made is not None and Class.is_generated(made)  # type: ignore[union-attr]


def fields_in_order(kind: k.Kind) -> list[str] | None:
    """The fields that objects of a class are sorted by; None where a method of the user says, or nothing does."""
    if any(own_method(kind, op) is not None for op in "<>"):
        return None
    if is_generated(kind, kind, "<"):
        return compared_fields(kind.cls)  # type: ignore[union-attr]
    known = kind.cls if k.is_record(kind) else None  # type: ignore[union-attr]
    if not isinstance(known, FileClass) or known.is_tuple or not known.options.get("order") or known.fields is None:
        return None
    written = [ast.dump(c.node) for c in file_classes(known.value)]
    own = any(own_method(kind, op) is not None for op in COMPARED)
    return [f.name for f in known.fields] if not own and not any("compare" in text for text in written) else None


def compared_fields(cls: Any) -> list[str]:
    if cls.is_tuple:
        return list(cls.value._fields)
    return [f.name for f in dataclasses.fields(cls.value) if f.compare]


def ordered_by(kind: k.Kind, op: str) -> str | None:
    """The comparison that `total_ordering` has made this one of."""
    made = raw(kind, op)
    if made is None or getattr(made, "__module__", "") != "functools":
        return None
    return next((o for o in TURNED if o != op and own_method(kind, o)), None)


def from_basis(op: str, basis: str, first: ir.Expr, other: ir.Expr) -> ir.Expr:
    """As functools does it: `not (a < b)`, with a look at whether they are equal where that matters."""
    known: ir.Expr = ir.Compare(first, (basis,), (other,))
    if op == TURNED[basis]:
        return ir.Call("operator.not_", (known,))
    held = ir.Call("operator.not_", (known,)) if op[0] != basis[0] else known
    strict = len(op) == 1
    equal = ir.Compare(first, ("!=",) if strict else ("==",), (other,))
    return ir.BoolOp("and" if strict else "or", (held, equal))


def picked(e: ir.Expr, kind: KindOf) -> ir.Expr | None:
    """`min` or `max` of two objects, or of two tuples or lists."""
    match e:
        case ir.Call("builtins.min" | "builtins.max" as op, (a, b), ()) if can_repeat(a) and can_repeat(b):
            test = ir.Compare(b, (PICKED[op],), (a,))
            if k.is_record(kind(a)) and comparison(test, kind) is not None:
                return ir.Select(test, b, a)
            if isinstance(kind(a), k.Seq) and isinstance(kind(b), k.Seq):
                return ir.Select(test, b, a)
        case ir.Call("builtins.min" | "builtins.max" as op, (xs,), ()) if can_repeat(xs) and (
            holds_sequences(kind(xs)) or fields_in_order(element_kind(kind(xs))) is not None
        ):
            return ir.Index(xs, ir.Index(ir.Call(ORDER_OF, (xs,), words_of(op)), ir.Const(0)))
        case ir.Call("builtins.min" | "builtins.max" as op, (xs,), ()) if holds_sequences(kind(xs)):
            return first_in_order(xs, words_of(op)) if not isinstance(xs, ir.Star) else None
        case ir.Call("builtins.min" | "builtins.max" as op, (_, _, *_) as args, ()) if all(
            isinstance(kind(a), k.Seq) and not isinstance(a, ir.Star) for a in args
        ):
            return first_in_order(ir.Display("list", args), words_of(op))
    return None


def words_of(op: str) -> Keywords:
    """How what is picked comes first when all are sorted."""
    return (("reverse", ir.Const(True)),) if op == "builtins.max" else ()


def holds_sequences(kind: k.Kind) -> bool:
    """Whether items are tuples or lists, which Python compares item by item."""
    return isinstance(kind, k.Seq) and isinstance(element_kind(kind), k.Seq)


def compares_sequences(op: str, args: list[k.Kind]) -> bool:
    """Whether `min` or `max` is one of tuples or lists that carry derivatives."""
    several = len(args) > 1 and any(isinstance(a, k.Seq) for a in args)
    return op in PICKED and any(a.active for a in args) and (several or len(args) == 1 and holds_sequences(args[0]))


def by_key(e: ir.Expr, items: k.Kind) -> ir.Expr | None:
    """The order of objects as that of their keys: a function that is called with them may call their methods."""
    match e:
        case ir.Call(op, (xs,), keywords) if op == ORDER_OF and k.is_record(element_kind(items)):
            key = dict(keywords).get("key")
        case _:
            return None
    own = ir.Name("item" if "item" not in reads(e) else "item_")
    fields = fields_in_order(element_kind(items)) if key is None else None
    match key:
        case None if fields is not None:
            value: ir.Expr = ir.Display("tuple", tuple(slot(own, n) for n in fields))
        case ir.Lambda((ir.Param(name),), body):
            value = substitute(body, {name: own})
        case ir.Name() | ir.Attribute():
            value = ir.Apply(key, (own,))
        case _:
            return None
    rest = tuple((n, v) for n, v in keywords if n != "key")
    return ir.Call(op, (ir.Comprehension("list", value, (ir.Clause(own, xs, ()),)),), rest)
