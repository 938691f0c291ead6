"""Statements that take NamedTuples apart: loops over them, and assignments to several names.

x, v = p                     ->    x, v = p.x, p.v
x, v = f()                   ->    fields = f()
                                   x, v = fields.x, fields.v
for (x, v), t in points:     ->    a loop that counts, and takes each of them apart in its body
[x * v for x, v in points]   ->    [x_v.x * x_v.v for x_v in points]
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..ir import nodes as ir
from ..ir.build import slot
from ..ir.walk import substitute, target_names
from . import kinds as k
from .containers import element_kind, kinds_of_targets
from .field_tuples import is_tuple, names_of
from .iterated import KindOf, can_repeat, gives_items, names_taken


def tuples_gone_through(s: ir.For, kind: KindOf) -> list[str]:
    """The names of NamedTuples that a loop goes through."""
    taken = names_taken(s.header[1]) if s.header is not None else []
    return sorted({n for n in taken if is_tuple(kind(ir.Name(n)))})


def unpacks_items(s: ir.Stmt, kind: KindOf) -> bool:
    """Whether the header of a loop takes NamedTuples apart: `for a, b in points`."""
    if not isinstance(s, ir.Unpack) or not s.implicit:
        return False
    found = kind(s.value)
    return is_tuple(found) or gives_items(found) or bool(unpacked_inside(s.target, found))


def unpacked_inside(target: ir.Expr, found: k.Kind) -> list[int]:
    """Which items of what is taken apart are NamedTuples, or objects with items, that are taken apart along with it."""
    targets: tuple[ir.Expr, ...] = getattr(target, "items", ())
    kinds = kinds_of_targets(found, targets)
    apart = ((n, kinds[n]) for n, t in enumerate(targets) if isinstance(t, ir.Display))
    return [n for n, kind in apart if is_tuple(kind) or gives_items(kind)]


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


def with_named_items(e: ir.Comprehension, kind: KindOf, fresh: Callable[[str], str]) -> ir.Comprehension:
    """A comprehension over NamedTuples that it takes apart, with names for these; any other as it is."""
    for n, clause in enumerate(e.clauses):
        if isinstance(clause.target, ir.Display):
            inside = kind(ir.Comprehension("list", clause.iterable, e.clauses[:n])) if n else None
            source = kind(clause.iterable) if inside is None else element_kind(inside)
            found = with_named_item(e, n, element_kind(source), fresh)
            if found is not None:
                return found
    return e


def with_named_item(
    e: ir.Comprehension, n: int, item: k.Kind, fresh: Callable[[str], str] = str
) -> ir.Comprehension | None:
    """The same for what a clause takes apart; None where it is no NamedTuple, or its parts have no names here."""
    parts: dict[str, ir.Expr] = {}
    clause = e.clauses[n]
    target = whole_items(clause.target, item, parts, fresh)
    later = {m for c in e.clauses[n + 1 :] for m in target_names(c.target)}
    if target is None or not parts or later & parts.keys():
        return None

    def each(x: ir.Expr) -> ir.Expr:
        return substitute(x, parts)

    changed = replace(clause, target=target, conditions=tuple(map(each, clause.conditions)))
    rest = e.clauses[n + 1 :]
    behind = (replace(c, iterable=each(c.iterable), conditions=tuple(map(each, c.conditions))) for c in rest)
    key = each(e.key) if e.key is not None else None
    return replace(e, element=each(e.element), clauses=(*e.clauses[:n], changed, *behind), key=key)


def whole_items(
    target: ir.Expr, item: k.Kind, parts: dict[str, ir.Expr], fresh: Callable[[str], str]
) -> ir.Expr | None:
    """A target with names for the NamedTuples in it; `parts` takes what the names of their fields stand for."""
    if not isinstance(target, ir.Display):
        return target
    if not is_tuple(item):
        kinds = kinds_of_targets(item, target.items)
        inner = [whole_items(t, x, parts, fresh) for t, x in zip(target.items, kinds, strict=True)]
        found = tuple(t for t in inner if t is not None)
        return replace(target, items=found) if len(found) == len(inner) else None
    names = names_of(item)
    if len(names) != len(target.items) or not all(isinstance(t, ir.Name) for t in target.items):
        return None
    name = ir.Name(fresh(named_after([t.id for t in target.items if isinstance(t, ir.Name)])))
    parts |= {m: slot(name, n) for t, n in zip(target.items, names, strict=True) for m in target_names(t)}
    return name


def named_after(names: list[str]) -> str:
    """A name for what has these parts, of which `_` are not read."""
    read = [n for n in names if n.strip("_")]
    return "_".join(read) if len(read) > 1 else f"{read[0]}_item" if read else "item"
