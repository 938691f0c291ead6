"""NamedTuples where a sequence is meant: each stands for the tuple of its fields.

np.array(p)      ->    np.array((p.u, p.v))
zip(*points)     ->    zip(*[(item.u, item.v) for item in points])
p + (w,)         ->    (p.u, p.v) + (w,)
p[k]             ->    (p.u, p.v)[k]
a[place]         ->    a[place.row, place.column]
for v in p:      ->    p_items = (p.u, p.v)
                       for v in p_items:
rows[0] = p      ->    rows[0] = (p.u, p.v)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ..frontend.several_classes import OneOf
from ..ir import nodes as ir
from ..ir.build import is_slot, slot
from . import kinds as k
from .iterated import KindOf, can_repeat

TAKING = frozenset({
    "builtins.sum", "builtins.list", "builtins.tuple", "builtins.len", "builtins.max", "builtins.min", "builtins.any",
    "builtins.enumerate", "builtins.zip", "builtins.sorted", "builtins.reversed", "builtins.all", "math.fsum",
    "math.prod", "math.hypot", "math.dist",
})  # fmt: skip
OWN = {"operator.add": ("__add__", "__radd__"), "operator.mul": ("__mul__", "__rmul__")}
ASKED = {".index": "index", ".count": "count"}


def is_tuple(found: k.Kind) -> bool:
    return k.is_record(found) and bool(found.cls.is_tuple)  # type: ignore[union-attr]


def stands_for_fields(e: ir.Expr, found: k.Kind) -> bool:
    """Whether an expression makes a NamedTuple, or is a place of one, where each of its fields can be read."""
    return is_tuple(found) and (can_repeat(e) or isinstance(e, ir.Mapping))


def fields(e: ir.Expr, found: k.Kind) -> ir.Expr:
    """The tuple of the fields of a NamedTuple; any other expression as it is."""
    if not stands_for_fields(e, found):
        return e
    each = e.values if isinstance(e, ir.Mapping) else tuple(slot(e, n) for n in names_of(found))
    return ir.Display("tuple", each)


def spread(e: ir.Expr, kind: KindOf) -> ir.Expr:
    """A call or display with the fields of the NamedTuples in it that have a star."""
    part = "items" if isinstance(e, ir.Display) else "args"
    given: tuple[ir.Expr, ...] = getattr(e, part, ())
    taken = [x for a in given for x in (spread_star(a, kind) if isinstance(a, ir.Star) else (a,))]
    return replace(e, **{part: tuple(taken)}) if len(taken) != len(given) or taken != list(given) else e  # type: ignore[arg-type]


def spread_star(a: ir.Star, kind: KindOf) -> tuple[ir.Expr, ...]:
    found = fields(a.value, kind(a.value))
    return found.items if found is not a.value and isinstance(found, ir.Display) else (a,)


def names_of(found: k.Kind) -> list[str]:
    assert isinstance(found, k.Dict)
    return [str(n) for n, _ in found.items or ()]


def takes_fields(op: str, args: Sequence[ir.Expr], kinds: Sequence[k.Kind]) -> bool:
    """Whether an operation is given NamedTuples, and takes their fields."""
    pairs = [(a, found) for a, found in zip(args, kinds, strict=False) if k.is_record(found)]
    alone = len(kinds) == 1 or op not in ("builtins.max", "builtins.min")
    takes = op in TAKING and alone or op.startswith(("numpy.", "scipy.")) or op in OWN and not has_own(op, kinds)
    return takes and bool(pairs) and all(stands_for_fields(a, found) for a, found in pairs)


def has_own(op: str, kinds: Sequence[k.Kind]) -> bool:
    """Whether a class says itself what an operator of tuples means."""
    classes = [found.cls for found in kinds if k.is_record(found)]  # type: ignore[union-attr]
    return any(c.member(n) is not None for c in classes for n in OWN[op])


def with_fields(e: ir.Expr, kind: KindOf) -> ir.Expr:
    """An operation on NamedTuples, or an item of one, as it is on tuples; any other expression as it is."""
    match e:
        case ir.Call(op, args) if takes_fields(op, args, kinds := list(map(kind, args))):
            return replace(e, args=tuple(map(fields, args, kinds)))
        case ir.Call(op, args) if holds_tuples(op, args, kinds := list(map(kind, args))) is not None:
            return replace(e, args=tuple(map(written_out, args, kinds)))
        case ir.Call(op, (base, *args)) if op in ASKED and answers_as_tuple(op, base, kind(base)):
            return replace(e, args=(fields(base, kind(base)), *args))
        case ir.Compare(_, ("in" | "not in",), (base,)) if answers_as_tuple("__contains__", base, kind(base)):
            return replace(e, rest=(fields(base, kind(base)),))
        case ir.Index(base, index) if isinstance(kind(base), k.Num) and is_tuple(found := kind(index)):
            return replace(e, index=fields(index, found))
        case ir.Index(base, index) if not is_slot(e) and is_tuple(found := k.present(kind(base))):
            if isinstance(index, ir.Const) and isinstance(index.value, int):
                return slot(base, names_of(found)[index.value])
            return replace(e, base=fields(base, found)) if can_repeat(base) else e
    return e


def answers_as_tuple(method: str, e: ir.Expr, found: k.Kind) -> bool:
    """Whether a NamedTuple answers as any tuple does."""
    return stands_for_fields(e, found) and found.cls.member(method.lstrip(".")) is None  # type: ignore[union-attr]


def written_out(e: ir.Expr, found: k.Kind) -> ir.Expr:
    """A list of NamedTuples as one of tuples; any other expression as it is."""
    if isinstance(e, ir.Star):
        return ir.Star(written_out(e.value, found))
    held = k.element_of(found) if isinstance(found, k.Seq) else found
    if not isinstance(found, k.Seq) or not is_tuple(held) or isinstance(held.cls, OneOf):  # type: ignore[union-attr]
        return e
    if isinstance(e, ir.Display) and found.items is not None and all(map(stands_for_fields, e.items, found.items)):
        return replace(e, items=tuple(map(fields, e.items, found.items)))
    item = ir.Name("item")
    return ir.Comprehension("list", fields(item, held), (ir.Clause(item, e, ()),))


def can_be_written_out(args: Sequence[ir.Expr], kinds: Sequence[k.Kind]) -> bool:
    """Whether no list that an operation takes apart has NamedTuples in it but as its items, all of one class."""
    left = [x for a, x in zip(args, kinds, strict=False) if written_out(a, x) is a and isinstance(x, k.Seq)]
    return not any(is_tuple(x) for found in left for x in k.inside(found))


def gone_through(e: ir.Expr, kind: KindOf) -> ir.Expr:
    """What a comprehension goes through."""
    return with_fields(fields(e, kind(e)), kind)


def holds_tuples(op: str, args: Sequence[ir.Expr], kinds: Sequence[k.Kind]) -> k.Dict | None:
    """A NamedTuple inside of a list that an operation takes apart, which is not written out."""
    for a, found in zip(args, kinds, strict=False):
        apart = op.startswith(("numpy.", "scipy.")) or op == "builtins.zip" and isinstance(a, ir.Star)
        if apart and isinstance(found, k.Seq):
            held = next((x for x in k.inside(found) if is_tuple(x)), None)
            if isinstance(held, k.Dict):
                return held
    return None


def is_put_into_an_array(s: ir.Stmt, kind: KindOf) -> bool:
    """Whether a statement changes an array of numbers by a NamedTuple, or by a sequence with one inside."""
    if not isinstance(s, ir.Store | ir.Update) or isinstance(s.place, ir.Attribute):
        return False
    target = kind(s.place.base if isinstance(s.place, ir.Index) else s.place)
    if not isinstance(target, k.Num) or target.kind != "array" or target.dtype == "object":
        return False
    value = k.present(kind(s.value))
    return any(map(is_tuple, [value, *(k.inside(value) if isinstance(value, k.Seq) else ())]))


def put_into_an_array(s: ir.Stmt, kind: KindOf, fresh: Callable[[str], str]) -> list[ir.Stmt] | None:
    """A NamedTuple that an array is changed by is the tuple of its fields; one that a call makes gets a name first."""
    if not isinstance(s, ir.Store | ir.Update) or not is_put_into_an_array(s, kind) or not is_tuple(kind(s.value)):
        return None
    origin = s.origin.edit() if s.origin is not None else None
    if stands_for_fields(s.value, kind(s.value)):
        return [replace(s, value=fields(s.value, kind(s.value)), origin=origin)]
    if isinstance(s, ir.Update):
        return None
    name = fresh("item")
    parts = tuple(slot(ir.Name(name), n) for n in names_of(kind(s.value)))
    return [ir.Assign((name,), (s.value,), origin=origin), replace(s, value=ir.Display("tuple", parts), origin=origin)]
