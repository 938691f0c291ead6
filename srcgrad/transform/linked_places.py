"""Where the adjoints and tangents of objects that hold one another are: in the objects (see `analysis.linked`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..analysis import kinds as k
from ..analysis.linked import KindOf, is_linked, is_made, is_read
from ..frontend.classes import LINKED
from ..frontend.several_classes import TAG, Tagged
from ..ir import nodes as ir
from ..ir.build import call, is_slot, slot
from ..ir.helpers import ACCUMULATE, ZEROS_LIKE


def beside(heap: k.Heap, prefix: str, name: Any) -> ir.Field:
    """The name of the adjoint or tangent of an attribute, in the object that has the attribute."""
    found = f"{prefix}{name}"
    while found in heap.fields:
        found += "_"
    return ir.Field(found)


def heap_of(base: ir.Expr, kind: KindOf) -> k.Heap:
    found = k.present(kind(base))
    assert isinstance(found, k.Linked)
    return found.heap


def shadow_of(place: ir.Expr, kind: KindOf, prefix: str) -> ir.Index:
    """`node.d_v` for `node.v`."""
    assert isinstance(place, ir.Index) and isinstance(place.index, ir.Const)
    return slot(place.base, beside(heap_of(place.base, kind), prefix, place.index.value))


def is_number(kind: k.Kind) -> bool:
    """Whether a value is certainly a number, which has the adjoint 0.0."""
    return isinstance(kind, k.Num) and kind.is_scalar


def flowing(heap: k.Heap) -> Iterator[tuple[Any, k.Kind]]:
    """The attributes of a class that carry derivatives."""
    return ((name, kind) for name, kind in heap.fields.items() if k.flows(kind))


def nothing(kind: k.Kind) -> ir.Expr:
    """No adjoint yet: 0.0, or None of what is not certainly a number."""
    return ir.Const(0.0) if is_number(kind) else ir.Const(None)


def taken(place: ir.Expr, value: ir.Expr, kind: k.Kind) -> ir.Expr:
    """The adjoint in `place` of what `value` is."""
    if is_number(kind):
        return place
    return ir.Select(ir.Compare(place, ("is",), (ir.Const(None),)), call(ZEROS_LIKE, value), place)


def attributes(e: ir.Mapping) -> dict[Any, ir.Expr]:
    return {key.value: v for key, v in zip(e.keys, e.values, strict=True) if isinstance(key, ir.Const)}


def with_more(e: ir.Mapping, more: dict[Any, ir.Expr]) -> ir.Mapping:
    """An object that is made with more attributes."""
    if isinstance(e.cls, Tagged):
        more = {TAG: ir.Const(e.cls.name), **more}
    keys = (*e.keys, *(ir.Const(n) for n in more))
    return ir.Mapping(keys, (*e.values, *more.values()), LINKED)


def written_anew(s: ir.Assign, e: ir.Expr) -> ir.Assign:
    """The assignment of another value: no longer the user's text, which it may have shared with those after it."""
    origin = s.origin if s.origin is None or s.origin.edited else s.origin.edit()
    return replace(s, values=(e,), origin=origin)


def made_with_adjoints(e: ir.Mapping, kind: KindOf) -> ir.Mapping:
    heap = heap_of(e, kind)
    return with_more(e, {beside(heap, "d_", n): nothing(held) for n, held in flowing(heap)})



def added(place: ir.Expr, cot: ir.Expr, kind: KindOf) -> ir.Stmt:
    """What an attribute that was read adds to its adjoint."""
    target = shadow_of(place, kind, "d_")
    if is_number(kind(place)):
        return ir.Update(target, "operator.add", cot)
    return ir.Store(target, call(ACCUMULATE, target, cot))


# ----- forward mode -----


def with_tangent(s: ir.Stmt, kind: KindOf, push: Any) -> list[ir.Stmt] | None:
    """A statement that makes such an object, or assigns to an attribute, with the tangent; None for any other."""
    match s:
        case ir.Assign(_, (ir.Mapping() as e,)) if is_made(e, kind):
            heap, own = heap_of(e, kind), attributes(e)
            more = {
                beside(heap, "t_", n): push.item(own[n]) if n in own else ir.Const(0.0) for n, _ in flowing(heap)
            }
            return [written_anew(s, with_more(e, more))]
        case ir.Store(place, value) if is_read(place, kind):
            if not k.flows(kind(place)):
                return [s]
            return [ir.Store(shadow_of(place, kind, "t_"), push.item(value)), s]  # type: ignore[list-item]
    return None


def is_linked_store(s: ir.Stmt, kind: KindOf) -> bool:
    return isinstance(s, ir.Store) and is_slot(s.place) and is_linked(kind(s.place.base))
