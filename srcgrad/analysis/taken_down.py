"""Dataclasses and NamedTuples as dicts and tuples of their fields: `asdict`, `astuple`, `_asdict`; copies of objects.

    asdict(o)        {"mass": o.mass, "trace": list(o.trace)}
    deepcopy(o)      private(o), which makes copies of all that is in it
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from ..ir import nodes as ir
from ..ir.build import call, slot
from . import kinds as k
from .comparisons import is_of_one_class
from .iterated import can_repeat

COPYING = ("dataclasses.asdict", "dataclasses.astuple")
OWN_COPIES = ("__deepcopy__", "__reduce__", "__reduce_ex__", "__getstate__", "__setstate__", "__getnewargs__")


def copied_whole(e: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> ir.Expr | None:
    """`copy.deepcopy` of an object of numbers, arrays and the like, which does not say itself how it is copied."""
    match e:
        case ir.Call("copy.deepcopy", (base,), ()) if k.is_record(kind(base)):
            found = kind(base)
            return call("srcgrad.runtime.private", base) if all(map(is_data, (found, *k.inside(found)))) else None
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
