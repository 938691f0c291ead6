"""Helpers of emitted code that change lists, dicts and objects, as the statements they are for the kinds they meet.

    add_into(d_p, d_p_part)           d_p.x = accumulate(d_p.x, d_p_part.x)
                                      d_p.v = accumulate(d_p.v, d_p_part.v)
    put_back(p, "z", saved)           if saved: p.z = saved[0]
                                      else: del p.z
    take_out(d_p, "z", p)             if "z" in p: d_p.z = zeros_like(p.z)
                                      else: del d_p.z
    refill(xs, saved)                 xs[:] = saved

So what was written for one program is differentiated again for the kinds of that program, whatever others give it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..ir import nodes as ir
from ..ir.build import call
from ..ir.helpers import ACCUMULATE, ADD_INTO, OWN, PUT_BACK, REFILL, TAKE_OUT, ZEROS_LIKE
from ..ir.walk import reads
from . import kinds as k

KindOf = Callable[[ir.Expr], k.Kind]
KEY, GIVEN, KEYS, POSITION = "<key>", "<given>", "<keys>", "<position>"
NOTHING = ir.Const(None)


def helper_steps(e: ir.Expr, kind: KindOf) -> tuple[ir.Stmt, ...] | None:
    """The statements that a call of a helper is; None if it is none of these, or the kinds do not tell."""
    match e:
        case ir.Call(op, args, ()) if op == ADD_INTO and len(args) == 2:
            return added(*args, kind)
        case ir.Call(op, (d, ir.Const() | ir.Name() as key, saved), ()) if op == PUT_BACK:
            return put_back(d, key, saved, kind)
        case ir.Call(op, (d, ir.Const() | ir.Name() as key, primal), ()) if op == TAKE_OUT:
            return taken_out(d, key, primal, kind)
        case ir.Call(op, (container, saved), ()) if op == REFILL:
            return refilled(container, saved, kind)
    return None


# ----- add_into -----


def added(d: ir.Expr, e: ir.Expr, kind: KindOf) -> tuple[ir.Stmt, ...] | None:
    into, given = kind(d), kind(e)
    if given == k.NONE:
        return ()
    if isinstance(e, ir.Name) and isinstance(given, k.Maybe):
        steps = slots_added(d, e, into, given.inner)
        there = ir.Compare(e, ("is not",), (ir.Const(None),))
        return (ir.If(there, steps),) if steps is not None else None
    if isinstance(e, ir.Name):
        return slots_added(d, e, into, given)
    inner = slots_added(d, ir.Name(GIVEN), into, given)
    return (ir.Assign((GIVEN,), (e,)), *inner) if inner is not None else None


def slots_added(d: ir.Expr, e: ir.Expr, into: k.Kind, given: k.Kind) -> tuple[ir.Stmt, ...] | None:
    """Slot by slot, where it is known what there is."""
    new = slots(given)
    if slots(into) is None or new is None:
        return each_added(d, e, into, given)
    old = dict(slots(into) or ())
    found: list[ir.Stmt] = []
    for key, part in new:
        slot, item = ir.Index(d, ir.Const(key)), ir.Index(e, ir.Const(key))
        steps = added_to_slot(slot, item, old.get(key, k.NONE), part)
        if steps is None:
            return None
        if steps and key in absent(into):
            steps = (ir.If(is_in(key, d), steps, (ir.Store(slot, call(OWN, item)),)),)
        found += (ir.If(is_in(key, e), steps),) if steps and key in absent(given) else steps
    return tuple(found)


def slots(kind: k.Kind) -> list[tuple[Any, k.Kind]] | None:
    """The keys and what is under them."""
    match kind:
        case k.Dict(items) if items is not None:
            return list(items)
        case k.Seq(_, items) if items is not None:
            return list(enumerate(items))
    return None


def absent(kind: k.Kind) -> frozenset[Any]:
    return kind.missing if isinstance(kind, k.Dict) else frozenset()


def is_in(key: Any, d: ir.Expr) -> ir.Expr:
    return ir.Compare(ir.Const(key), ("in",), (d,))


def added_to_slot(slot: ir.Index, e: ir.Expr, old: k.Kind, new: k.Kind) -> tuple[ir.Stmt, ...] | None:
    if new == k.NONE:
        return ()
    if old == k.NONE:
        return (ir.Store(slot, call(OWN, e)),)
    if is_number(old) and is_number(new):
        return (ir.Store(slot, call(ACCUMULATE, slot, e)),)
    if isinstance(old, k.Seq | k.Dict) and isinstance(new, k.Seq | k.Dict):
        return slots_added(slot, e, old, new)
    return None


def is_number(kind: k.Kind) -> bool:
    """Whether an adjoint is a number, an array or None, and is replaced when more is added to it."""
    return isinstance(kind.inner if isinstance(kind, k.Maybe) else kind, k.Num)


def each_added(d: ir.Expr, e: ir.Expr, into: k.Kind, given: k.Kind) -> tuple[ir.Stmt, ...] | None:
    """Of lists and dicts of numbers of which it is known only when the program runs what there is."""
    match into, given:
        case k.Seq(), k.Seq():
            position, count = inside(POSITION, d), call("builtins.range", call("builtins.len", e))
            n = ir.Name(position)
            body = added_to_slot(ir.Index(d, n), ir.Index(e, n), k.element_of(into), k.element_of(given))
            return (ir.For(position, count, body),) if body is not None else None
        case k.Dict(cls=None), k.Dict(cls=None):
            key = ir.Name(inside(KEY, d))
            slot, new = ir.Index(d, key), ir.Index(e, key)
            body = added_to_slot(slot, new, k.value_of(into), k.value_of(given))
            if body is None:
                return None
            first = ir.Store(slot, call(OWN, new))
            return for_each_key(e, (ir.If(ir.Compare(key, ("in",), (d,)), body, (first,)),), d)
    return None


def inside(name: str, d: ir.Expr) -> str:
    """A name for the items of `d`, which may be an item itself: `<position_>` where that is `xs[<position>]`."""
    depth = sum(n.startswith(("<key", "<position")) for n in reads(d))
    return f"{name[:-1]}{'_' * depth}>"


def for_each_key(e: ir.Expr, body: ir.Block, d: ir.Expr = NOTHING) -> tuple[ir.Stmt, ...]:
    """What is done for each of the keys that a dict has at the start; the keys are those of `d`, too."""
    keys, key, position = ir.Name(inside(KEYS, d)), inside(KEY, d), inside(POSITION, d)
    first = ir.Assign((key,), (ir.Index(keys, ir.Name(position)),))
    count = call("builtins.range", call("builtins.len", keys))
    return (ir.Assign((keys.id,), (call("builtins.list", e),)), ir.For(position, count, (first, *body)))


# ----- slots that are put back -----


def put_back(d: ir.Expr, key: ir.Expr, saved: ir.Expr, kind: KindOf) -> tuple[ir.Stmt, ...] | None:
    """What `slot` kept: a tuple of one, or none if there was nothing."""
    slot, out = place(d, key, kind), out_of(d, key, kind)
    match kind(saved):
        case k.Seq("tuple", items) if items is not None and len(items) < 2:
            return (ir.Store(slot, ir.Index(saved, ir.Const(0))),) if items else (out,)
        case k.Seq("tuple"):
            given = ir.Name(GIVEN)
            back = ir.Store(slot, ir.Index(given, ir.Const(0)))
            return (ir.Assign((GIVEN,), (saved,)), ir.If(given, (back,), (out,)))
    return None


def taken_out(d: ir.Expr, key: ir.Expr, primal: ir.Expr, kind: KindOf) -> tuple[ir.Stmt, ...] | None:
    found = kind(primal)
    if not isinstance(found, k.Dict):
        return None
    out, zero = out_of(d, key, kind), ir.Store(place(d, key, kind), call(ZEROS_LIKE, place(primal, key, kind)))
    if isinstance(key, ir.Const) and found.items is not None:
        name = key_of(primal, key.value, kind)
        if not any(k.same_constant(x, name) for x, _ in found.items):
            return (out,)
        if name not in found.missing:
            return (zero,)
    return (ir.If(ir.Compare(place(primal, key, kind).index, ("in",), (primal,)), (zero,), (out,)),)


def place(d: ir.Expr, key: ir.Expr, kind: KindOf) -> ir.Index:
    return ir.Index(d, ir.Const(key_of(d, key.value, kind)) if isinstance(key, ir.Const) else key)


def out_of(d: ir.Expr, key: ir.Expr, kind: KindOf) -> ir.Update:
    return ir.Update(d, ".pop", place(d, key, kind).index)  # type: ignore[arg-type]


def key_of(d: ir.Expr, key: Any, kind: KindOf) -> Any:
    return ir.Field(key) if isinstance(key, str) and k.is_record(kind(d)) else key


def refilled(container: ir.Expr, saved: ir.Expr, kind: KindOf) -> tuple[ir.Stmt, ...] | None:
    """Earlier contents of a list or dict; the items of a dict are in their order again."""
    old, new, given = kind(container), kind(saved), ir.Name(GIVEN)
    if isinstance(old, k.Seq) and old.kind == "list":
        return (ir.Store(ir.Index(container, ir.Slice(None, None, None)), saved),)
    if not (isinstance(old, k.Dict) and old.cls is None and isinstance(new, k.Dict)):
        return None
    if old.items is not None and new.items is not None:
        out = tuple(out_of(container, ir.Const(n), kind) for n, _ in old.items)
        back = (ir.Store(ir.Index(container, ir.Const(n)), ir.Index(given, ir.Const(n))) for n, _ in new.items)
        return (ir.Assign((GIVEN,), (saved,)), *out, *back)
    key = ir.Name(KEY)
    clear = for_each_key(container, (out_of(container, key, kind),))
    return (
        ir.Assign((GIVEN,), (saved,)), *clear,
        *for_each_key(given, (ir.Store(ir.Index(container, key), ir.Index(given, key)),)),
    )  # fmt: skip
