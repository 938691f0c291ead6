"""Dataclasses and NamedTuples as dicts and tuples of their fields: `asdict`, `astuple`, `_asdict`; copies of objects.

    asdict(o)             {"mass": o.mass, "trace": list(o.trace)}
    copy(o)               record(mass=o.mass, trace=o.trace), or what the `__copy__` of its class gives
    replace(o, mass=m)    the same with another mass; made by its class where that does more than keep fields
    deepcopy(o)           private(o), which makes copies of all that is in it
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..ir import nodes as ir
from ..ir.build import call, slot
from . import kinds as k
from .comparisons import has_one_class, is_of_one_class
from .iterated import KindOf, can_repeat

COPYING = frozenset({"dataclasses.asdict", "dataclasses.astuple"})
PICKLING = ("__reduce__", "__reduce_ex__", "__getstate__", "__setstate__", "__getnewargs__", "__getnewargs_ex__")
OWN_COPIES = ("__deepcopy__", *PICKLING)


def copied_whole(e: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> ir.Expr | None:
    """`copy.deepcopy` of an object of numbers, arrays and the like, which does not say itself how it is copied."""
    match e:
        case ir.Call("copy.deepcopy", (base,), ()) if k.is_record(kind(base)):
            found = kind(base)
            return call("srcgrad.runtime.private", base) if all(map(is_data, (found, *k.inside(found)))) else None
    return None


def copied_flat(e: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> ir.Expr | None:
    """`copy.copy` of an object; None where its class says in other ways than `__copy__` what a copy is."""
    match e:
        case ir.Call("copy.copy", (base,), ()) if is_one(base, kind(base)):
            found: Any = kind(base)
            if found.cls.member("__copy__") is not None:
                return ir.Call(".__copy__", (base,))
            return written_out(base, found, {}) if not any(map(found.cls.member, PICKLING)) else None
    return None


def replaced(e: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> ir.Expr | None:
    """A NamedTuple or dataclass with other values of some fields.

    `dataclasses.replace` calls the class with the fields that its `__init__` takes; this is written out where the class
    does more with them than keep them.  None where it takes more than fields, or is given others.
    """
    match e:
        case ir.Call("dataclasses.replace" | "._replace" as op, (base,)) if is_one(base, kind(base)):
            found: Any = kind(base)
        case _:
            return None
    changes, fields = dict(e.keywords), found.cls.fields
    if op == "._replace":
        return written_out(base, found, changes) if found.cls.is_tuple else None
    if fields is None or found.cls.is_tuple or len(getattr(found.cls.value, "__dataclass_fields__", ())) > len(fields):
        return None
    taken, held = [f.name for f in fields if f.init], [str(n) for n, _ in found.items or ()]
    if not changes.keys() <= set(taken) or not set(taken) <= set(held):
        return None
    if held == taken and found.cls.member("__post_init__") is None:
        return written_out(base, found, changes)
    return ir.Apply(ir.Const(found.cls.value), (), tuple((n, changes.get(n, slot(base, n))) for n in taken))


def is_one(e: ir.Expr, found: k.Kind) -> bool:
    """Whether a place holds an object that is certainly of one class and has all its attributes."""
    return can_repeat(e) and has_one_class(found) and not found.missing  # type: ignore[union-attr]


def written_out(base: ir.Expr, found: Any, changes: dict[str, ir.Expr]) -> ir.Expr:
    """An object with the attributes of another, some of them changed."""
    keys = tuple(ir.Const(ir.Field(n)) for n, _ in found.items)
    return ir.Mapping(keys, tuple(changes.get(n, slot(base, n)) for n, _ in found.items), found.cls)


def gets_a_name(s: Any, e: ir.Expr, found: k.Kind) -> bool:
    """Whether a statement binds a copy of an object that is made in it, and nothing else."""
    if not isinstance(s, ir.Assign) or len(s.values) != 1 or s.values[0] is not e or not isinstance(e, ir.Call):
        return False
    return has_one_class(found) and (e.op in COPIES or e.op in COPYING) and not can_repeat(e.args[0])


def named_before(s: ir.Stmt, kind: KindOf, fresh: Callable[[str], str]) -> list[ir.Stmt] | None:
    """`q = replace(make(), x=v)` as `original = make(); q = replace(original, x=v)`."""
    match s:
        case ir.Assign(_, (ir.Call(_, (base, *rest)) as e,)) if gets_a_name(s, e, kind(base)):
            name, origin = fresh("original"), s.origin.edit() if s.origin is not None else None
            copy = replace(e, args=(ir.Name(name), *rest))
            return [ir.Assign((name,), (base,), origin=origin), replace(s, values=(copy,), origin=origin)]
    return None


def is_data(kind: k.Kind) -> bool:
    kind = k.unless_none(kind)
    if isinstance(kind, k.Linked):
        return False
    if k.is_record(kind):
        return all(kind.cls.member(n) is None for n in OWN_COPIES)  # type: ignore[union-attr]
    return isinstance(kind, k.Num | k.Known | k.Seq | k.Dict)


def taken_down(e: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> ir.Expr | None:
    """What such a call gives, written out; None where a field holds what would be copied in depth."""
    match e:
        case ir.Call("dataclasses.asdict" | "dataclasses.astuple" | "._asdict" as op, (base,), ()) if can_repeat(base):
            pass
        case _:
            return None
    found: Any = kind(base)
    if not is_of_one_class(found):
        return None
    if op in COPYING and not dataclasses.is_dataclass(found.cls.value) or op == "._asdict" and not found.cls.is_tuple:
        return None
    cls: Any = found.cls.value
    names = cls._fields if op == "._asdict" else [f.name for f in dataclasses.fields(cls)]
    held = dict(found.items or ())
    if any(n not in held for n in names):
        return None
    values = [slot(base, n) if op == "._asdict" else copied(slot(base, n), held[n]) for n in names]
    if any(v is None for v in values):
        return None
    if op == "dataclasses.astuple":
        return ir.Display("tuple", tuple(values))  # type: ignore[arg-type]
    return ir.Mapping(tuple(ir.Const(n) for n in names), tuple(values))  # type: ignore[arg-type]


def copied(e: ir.Expr, kind: k.Kind) -> ir.Expr | None:
    """A field as it is copied: numbers and text are as they are, of a list of numbers there is another."""
    match kind:
        case k.Known() | k.Num(kind="python" | "scalar"):
            return e
        case k.Num("array"):
            return call("numpy.copy", e)
        case k.Seq("list" | "tuple" as own):
            inside = k.element_of(kind)
            flat = isinstance(inside, k.Never) or isinstance(inside, k.Num) and inside.is_scalar
            return call(f"builtins.{own}", e) if flat else None
    return None


COPIES = {
    "copy.copy": copied_flat, "copy.deepcopy": copied_whole, "dataclasses.replace": replaced, "._replace": replaced,
}  # fmt: skip
