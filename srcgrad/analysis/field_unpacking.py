"""Statements that take NamedTuples apart: loops over them, and assignments to several names.

x, v = p                     ->    x, v = p.x, p.v
x, v = f()                   ->    fields = f()
                                   x, v = fields.x, fields.v
for (x, v), t in points:     ->    a loop that counts, and takes each of them apart in its body
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..ir import nodes as ir
from ..ir.build import slot
from . import kinds as k
from .containers import item_kind
from .field_tuples import is_tuple, names_of
from .iterated import KindOf, can_repeat, names_taken


def tuples_gone_through(s: ir.For, kind: KindOf) -> list[str]:
    """The names of NamedTuples that a loop goes through."""
    taken = names_taken(s.header[1]) if s.header is not None else []
    return sorted({n for n in taken if is_tuple(kind(ir.Name(n)))})


def unpacks_items(s: ir.Stmt, kind: KindOf) -> bool:
    """Whether the header of a loop takes NamedTuples apart: `for a, b in points`."""
    if not isinstance(s, ir.Unpack) or not s.implicit:
        return False
    found = kind(s.value)
    return is_tuple(found) or bool(unpacked_inside(s.target, found))


def unpacked_inside(target: ir.Expr, found: k.Kind) -> list[int]:
    """Which items of what is taken apart are NamedTuples that are taken apart along with it."""
    targets = enumerate(getattr(target, "items", ()))
    return [n for n, t in targets if isinstance(t, ir.Display) and is_tuple(item_kind(found, n))]


def named_first(s: ir.Stmt, kind: KindOf, fresh: Callable[[str], str]) -> list[ir.Stmt] | None:
    """`x, v = f()`, where that gives a NamedTuple, as `p = f(); x, v = p`; so `(x, v), t = pair`."""
    if not isinstance(s, ir.Unpack) or s.implicit:
        return None
    found, origin = kind(s.value), s.origin.edit() if s.origin is not None else None
    if is_tuple(found):
        if can_repeat(s.value):
            return None
        name = fresh("fields")
        return [ir.Assign((name,), (s.value,), origin=origin), replace(s, value=ir.Name(name), origin=origin)]
    inner = unpacked_inside(s.target, found)
    if not inner:
        return None
    targets: list[ir.Expr] = list(getattr(s.target, "items", ()))
    names = {n: fresh("fields") for n in inner}
    parts = [replace(s, target=targets[n], value=ir.Name(name), origin=origin) for n, name in names.items()]
    outer = tuple(ir.Name(names[n]) if n in names else t for n, t in enumerate(targets))
    return [replace(s, target=ir.Display("tuple", outer), origin=origin), *parts]


def taken_apart(s: ir.Stmt, kind: KindOf) -> ir.Stmt:
    """`x, v = p` of a NamedTuple; any other statement as it is."""
    if not isinstance(s, ir.Unpack) or not can_repeat(s.value) or not is_tuple(found := kind(s.value)):
        return s
    parts = tuple(slot(s.value, n) for n in names_of(found))
    origin = s.origin.edit() if s.origin is not None else None
    targets = getattr(s.target, "items", ())
    names = tuple(t.id for t in targets if isinstance(t, ir.Name))
    if len(names) == len(parts) == len(targets):
        return ir.Assign(names, parts, s.implicit, origin)
    return replace(s, value=ir.Display("tuple", parts), origin=origin)
