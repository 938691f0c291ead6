"""What assignments store into attributes, properties and items of objects, and memory that methods give back.

    p.x = v               p["x"] = v
    p.speed = v           the setter of a property, called
    pair[0].x *= y        item = pair.__getitem__(0)
                          item["x"] *= y
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..frontend.places import with_base
from ..ir import nodes as ir
from ..ir.build import is_slot, slot
from ..ir.walk import bound_names, statements, substitute
from . import kinds as k
from .field_tuples import is_tuple
from .iterated import KindOf
from .named_attributes import deletion
from .object_truth import is_path
from .passed import call_arguments

Fresh = Callable[[str], str]


def object_statement(s: ir.Stmt, kind: KindOf) -> ir.Stmt:
    """What an assignment to an attribute or item of an object is; `s` itself if nothing simpler."""
    if (gone := deletion(s, kind)) is not None:
        return gone
    place = getattr(s, "place", None)
    if not isinstance(s, ir.Store | ir.Update) or not isinstance(place, ir.Attribute | ir.Index):
        return s
    found: Any = k.present(kind(place.base))
    if not k.is_record(found) or is_slot(place):
        return s
    if isinstance(place, ir.Index):
        value = s.value if isinstance(s, ir.Store) else ir.Call(s.op, (place, s.value))
        return evaluated(ir.Call(".__setitem__", (place.base, place.index, value)), s)
    member = found.cls.member(place.name)
    if member is not None and member.kind == "property" and not member.once:
        value = s.value if isinstance(s, ir.Store) else ir.Call(s.op, (place, s.value))
        return evaluated(ir.Call(f".fset.{place.name}", (place.base, value)), s)
    return replace(s, place=slot(place.base, place.name))


def evaluated(e: ir.Expr, s: Any) -> ir.Stmt:
    return ir.Eval(e, s.origin.edit() if s.origin is not None else None)


def item_of_object(s: ir.Stmt, kind: KindOf, fresh: Fresh) -> list[ir.Stmt] | None:
    """`pair[0].x *= y`, where a method gives the item: it gets a name first."""
    if not isinstance(s, ir.Store | ir.Update) or not isinstance(s.place, ir.Attribute | ir.Index):
        return None
    place: ir.Expr = s.place.base
    while isinstance(place, ir.Attribute | ir.Index):
        given = place
        place = place.base
        if isinstance(given, ir.Index) and not is_slot(given) and k.is_record(kind(place)):
            if is_tuple(kind(place)):
                return None
            origin = s.origin.edit() if s.origin is not None else None
            name = fresh("item")
            swapped = with_base(s.place, given, ir.Name(name))
            return [ir.Assign((name,), (given,), origin=origin), replace(s, place=swapped, origin=origin)]  # type: ignore[arg-type]
    return None


def changed_by_methods(s: ir.Stmt, kind: KindOf, fresh: Fresh) -> list[ir.Stmt] | None:
    """`pair[0] *= y` and `p.speed *= y`, where methods give and take the value: an array is changed in between.

    So it is with `p.speed += v` of a vector, which is an object whose methods say what `+` is.
    """
    if not isinstance(s, ir.Update) or isinstance(s.place, ir.Name):
        return None
    known = kind(s.place)
    if not is_given_by_method(s.place, kind) and not (k.is_record(known) and s.op.startswith("operator.")):
        return None
    if isinstance(known, k.Num) and known.is_scalar:
        return None
    origin = s.origin.edit() if s.origin is not None else None
    parts = {"base": s.place.base} | ({"key": s.place.index} if isinstance(s.place, ir.Index) else {})
    moved = {n: e for n, e in parts.items() if not is_path(e) and not isinstance(e, ir.Const)}
    names = {n: ir.Name(fresh(n)) for n in moved}
    new: Any = {{"key": "index"}.get(n, n): e for n, e in names.items()}
    place: Any = replace(s.place, **new)
    item = fresh(place.name if isinstance(place, ir.Attribute) else "item")
    return [
        *(ir.Assign((names[n].id,), (e,), origin=origin) for n, e in moved.items()),
        ir.Assign((item,), (place,), origin=origin),
        ir.Update(ir.Name(item), s.op, s.value, origin),
        ir.Store(place, ir.Name(item), origin),
    ]


def is_given_by_method(place: ir.Attribute | ir.Index, kind: KindOf) -> bool:
    found: Any = k.present(kind(place.base))
    if not k.is_record(found) or is_slot(place):
        return False
    member = found.cls.member(place.name) if isinstance(place, ir.Attribute) else None
    return isinstance(place, ir.Index) or member is not None and member.kind == "property"


def given_back(called: Any) -> ir.Expr | None:
    """The memory a call changes and returns, as the caller knows it: an argument, or an attribute of one."""
    if called is None or called.instance.aliases is None or not called.instance.aliases.params:
        return None
    instance = called.instance
    results = [
        v for s in statements(instance.body) if isinstance(s, ir.Assign)
        for n, v in zip(s.names, s.values, strict=True) if n == instance.result_name
    ]  # fmt: skip
    if len(results) != 1 or isinstance(instance.result, k.Num) and instance.result.is_scalar:
        return None
    path = results[0]
    while is_slot(path):
        path = path.base  # type: ignore[union-attr]
    if not isinstance(path, ir.Name) or path.id not in instance.params:
        return None
    rebound = {n for s in statements(instance.body) if not isinstance(s, ir.Store | ir.Update) for n in bound_names(s)}
    passed = call_arguments(called).get(path.id)
    if path.id in rebound or not is_path(passed):
        return None
    return substitute(results[0], {path.id: passed})  # type: ignore[dict-item]
