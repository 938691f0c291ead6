"""Attributes of objects in comprehensions and lambdas that stay as they are, where a dict has a method of that name.

    [f(v) for v in box.items]        [f(v) for v in box["items"]]

In emitted code an object is the dict of its attributes; every other attribute is read with a dot.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..ir import nodes as ir
from ..ir.build import slot
from ..ir.walk import map_children, reads
from . import kinds as k
from .field_tuples import spread, with_fields

KindOf = Callable[[ir.Expr], k.Kind]


def attributes_inside(e: ir.Comprehension, kind: KindOf) -> ir.Expr:
    """The comprehension itself if it reads no such attribute."""

    def inside(x: ir.Expr) -> k.Kind:
        found = kind(ir.Comprehension("part", x, e.clauses))
        return k.element_of(found) if isinstance(found, k.Seq) else k.Unknown()

    def slots(x: ir.Expr, of: KindOf = inside) -> ir.Expr:
        return with_slots(x, of)

    first, *rest = e.clauses
    clauses = (
        replace(first, iterable=slots(first.iterable, kind), conditions=tuple(map(slots, first.conditions))),
        *(replace(c, iterable=slots(c.iterable), conditions=tuple(map(slots, c.conditions))) for c in rest),
    )
    new = replace(e, element=slots(e.element), clauses=clauses, key=slots(e.key) if e.key is not None else None)
    return new if new != e else e


def attributes_of_outside(e: ir.Lambda, kind: KindOf) -> ir.Expr:
    """Those of objects that a function without a name does not get as arguments."""
    own = {p.name for p in e.params}
    body = with_slots(e.body, lambda x: kind(x) if not own & reads(x) else k.Unknown())
    return replace(e, body=body) if body != e.body else e


def with_slots(e: ir.Expr, kind: KindOf) -> ir.Expr:
    e = map_children(lambda part: with_slots(part, kind), e)
    if isinstance(e, ir.Attribute) and hasattr(dict, e.name) and k.is_record(k.present(kind(e.base))):
        return slot(e.base, e.name)
    return with_fields(spread(e, kind), kind)
