"""Calls of lists and dicts that are several changes of slots.

    d.setdefault(key, e)       if key not in d: d[key] = e                              d[key]
    d.pop(key, e)              if key in d: item = d[key]; d.pop(key)                   item
                               else: item = e
    key, v = d.popitem()       key = list(d)[-1]; item = d[key]; d.pop(key)             (key, item)
    d.get(key, e)              as `pop`, and nothing is taken out
    d.update(e)                d[key] = e[key], for every key
    xs.remove(e)               position = xs.index(e); xs.pop(position)
    heappush(h, e)             h.append(e); h[:] = [h[n] for n in heap_pushed(h)]
    heappop(h)                 h[:] = [h[n] for n in heap_popped(h)]; item = h[-1]; h.pop()     item
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ..frontend.rewrites import plain_dict, taken_in_order
from ..ir import helpers, nodes as ir
from ..ir.build import call
from ..ir.walk import children, statement_expressions, subexpressions, substitute, with_blocks
from . import kinds as k
from .container_changes import LAST, POP, inserted, is_list, whole
from .containers import held_at, key_kind
from .effects import changes
from .helper_steps import GIVEN, KEY, KEYS, NOTHING, POSITION, helper_steps

KindOf = Callable[[ir.Expr], k.Kind]
Form = Callable[[ir.Expr, list[ir.Expr], dict[str, ir.Expr], KindOf], "Steps | None"]
ITEM = "<item>"
STANDING_IN = re.compile(r"'(<(key|item|keys|position|given)_*>)'")


@dataclass(frozen=True)
class Steps:
    """A call as statements that run before its result is read; names such as `<key>` stand for new ones."""

    before: tuple[ir.Stmt, ...]
    result: ir.Expr

    def named(self, fresh: Callable[[str], str]) -> Steps:
        """The same with names of its own."""
        found = {n: ir.Name(fresh(word)) for n, word in dict.fromkeys(STANDING_IN.findall(repr(self)))}
        if not found:
            return self
        return Steps(tuple(renamed(s, found) for s in self.before), substitute(self.result, dict(found)))


def is_dict(kind: k.Kind) -> bool:
    return isinstance(kind, k.Dict) and kind.cls is None


def renamed(s: ir.Stmt, names: dict[str, ir.Name]) -> ir.Stmt:
    def each(e: ir.Expr) -> ir.Expr:
        return substitute(e, dict(names))

    def name(n: str) -> str:
        return names[n].id if n in names else n

    match s:
        case ir.Assign():
            return replace(s, names=tuple(map(name, s.names)), values=tuple(map(each, s.values)))
        case ir.Store() | ir.Update():
            return replace(s, place=each(s.place), value=each(s.value))  # type: ignore[arg-type]
        case ir.If():
            s = replace(s, test=each(s.test))
            return with_blocks(s, *(tuple(renamed(x, names) for x in b) for b in (s.body, s.orelse)))
        case ir.For():
            s = replace(s, target=name(s.target), iterable=each(s.iterable))
            return with_blocks(s, tuple(renamed(x, names) for x in s.body))
    raise AssertionError(f"no step: {s!r}")


def as_steps(e: ir.Expr, kind: KindOf) -> Steps | None:
    """The steps that a call is; None if it is not one of these, or one that is not understood."""
    match e:
        case ir.Call(op, (base, *args), keywords) if op in FORMS:
            found = kind(base)
            if is_dict(found) if op.startswith(".") and op != ".remove" else is_list(found):
                return FORMS[op](base, args, dict(keywords), kind)
        case ir.Call(op) if op in helpers.CHANGING:
            before = helper_steps(e, kind)
            return Steps(before, NOTHING) if before is not None else None
    return None


def set_default(d: ir.Expr, args: list[ir.Expr], words: dict[str, ir.Expr], kind: KindOf) -> Steps | None:
    if len(args) not in (1, 2) or words:
        return None
    before, key = steady_key(args[0])
    value = args[1] if len(args) > 1 else NOTHING
    slot, found = ir.Index(d, key), kind(d)
    if isinstance(found, k.Dict) and found.items is not None and isinstance(key, ir.Const):
        if any(k.same_constant(key.value, held) for held, _ in found.items):
            return Steps((), slot)
        return Steps((ir.Store(slot, value),), slot)
    return Steps((*before, ir.If(ir.Compare(key, ("not in",), (d,)), (ir.Store(slot, value),))), slot)


def pop(d: ir.Expr, args: list[ir.Expr], words: dict[str, ir.Expr], kind: KindOf) -> Steps | None:
    """With a default only: `d.pop(key)` is a change by itself."""
    if len(args) != 2 or words:
        return None
    before, key = steady_key(args[0])
    found = kind(d)
    if isinstance(found, k.Dict) and found.items is not None and isinstance(key, ir.Const):
        if any(k.same_constant(key.value, x) for x, _ in found.items):
            return Steps(taken_out(d, key), ir.Name(ITEM))
        return Steps((), args[1])
    there = taken_out(d, key)
    missing = (ir.Assign((ITEM,), (args[1],)),)
    return Steps((*before, ir.If(ir.Compare(key, ("in",), (d,)), there, missing)), ir.Name(ITEM))


def pop_item(d: ir.Expr, args: list[ir.Expr], words: dict[str, ir.Expr], kind: KindOf) -> Steps | None:
    last_first = args[0] if args else words.get("last", ir.Const(True))  # of an OrderedDict that has become a dict
    if len(args) + len(words) > 1 or not isinstance(last_first, ir.Const):
        return None
    position = -1 if last_first.value else 0
    match kind(d):
        case k.Dict(items) if items and isinstance(items[position][0], str | int):
            last = ir.Const(items[position][0])
            return Steps(taken_out(d, last), ir.Display("tuple", (last, ir.Name(ITEM))))
    key = ir.Name(KEY)
    found = ir.Assign((KEY,), (ir.Index(call("builtins.list", d), ir.Const(position)),))
    return Steps((found, *taken_out(d, key)), ir.Display("tuple", (key, ir.Name(ITEM))))


def taken_out(d: ir.Expr, key: ir.Expr) -> tuple[ir.Stmt, ...]:
    return (ir.Assign((ITEM,), (ir.Index(d, key),)), ir.Update(d, POP, key))  # type: ignore[arg-type]


def update(d: ir.Expr, args: list[ir.Expr], words: dict[str, ir.Expr], kind: KindOf) -> Steps | None:
    stores: list[ir.Stmt] = []
    for given in args:
        pairs = pairs_of(given, kind)
        if pairs is not None:
            stores += [ir.Store(ir.Index(d, key), v) for key, v in pairs]
        elif (whole_dict := given if is_dict(kind(given)) else plain_dict((given,), ())) is not None:
            stores += [ir.Assign((GIVEN,), (whole_dict,)), *each_key(d, ir.Name(GIVEN))]
        elif holds_pairs(kind(given)):
            stores += [ir.Assign((GIVEN,), (as_pairs(given),)), each_pair(d, ir.Name(GIVEN))]
        else:
            return None
    stores += [ir.Store(ir.Index(d, ir.Const(n)), v) for n, v in words.items()]
    return Steps(tuple(stores), NOTHING)


def each_key(d: ir.Expr, given: ir.Expr) -> list[ir.Stmt]:
    """`d[key] = e[key]` for keys that are only known when the program runs."""
    keys, key = ir.Name(KEYS), ir.Name(KEY)
    count = call("builtins.range", call("builtins.len", keys))
    body = (
        ir.Assign((KEY,), (ir.Index(keys, ir.Name(POSITION)),)),
        ir.Store(ir.Index(d, key), ir.Index(given, key)),
    )
    return [ir.Assign((KEYS,), (call("builtins.list", given),)), ir.For(POSITION, count, body)]


def holds_pairs(found: k.Kind) -> bool:
    pair = k.element_of(found) if isinstance(found, k.Seq) else None
    return isinstance(pair, k.Seq) and pair.items is not None and len(pair.items) == 2


def as_pairs(given: ir.Expr) -> ir.Expr:
    """`[(key, item) for key, item in enumerate(xs)]`; a list as it is."""
    if not isinstance(given, ir.Call):
        return given
    pair = ir.Display("tuple", (ir.Name("key"), ir.Name("item")))
    return ir.Comprehension("list", pair, (ir.Clause(pair, given, ()),))


def each_pair(d: ir.Expr, given: ir.Expr) -> ir.Stmt:
    """`d[key] = value` for each item of a list of pairs."""
    pair = ir.Index(given, ir.Name(POSITION))
    body = (
        ir.Assign((KEY,), (ir.Index(pair, ir.Const(0)),)),
        ir.Store(ir.Index(d, ir.Name(KEY)), ir.Index(pair, ir.Const(1))),
    )
    return ir.For(POSITION, call("builtins.range", call("builtins.len", given)), body)


def move_to_end(d: ir.Expr, args: list[ir.Expr], words: dict[str, ir.Expr], kind: KindOf) -> Steps | None:
    """Of an OrderedDict that has become a dict."""
    if len(args) != 1 or words not in ({}, {"last": ir.Const(True)}):
        return None
    before, key = steady_key(args[0])
    return Steps((*before, *taken_out(d, key), ir.Store(ir.Index(d, key), ir.Name(ITEM))), NOTHING)


def remove(xs: ir.Expr, args: list[ir.Expr], words: dict[str, ir.Expr], kind: KindOf) -> Steps | None:
    if len(args) != 1 or words:
        return None
    found = ir.Assign((POSITION,), (call(".index", xs, args[0]),))
    return Steps((found, ir.Update(xs, POP, ir.Name(POSITION))), NOTHING)  # type: ignore[arg-type]


def in_order_of(h: ir.Expr, helper: str) -> ir.Stmt:
    """`h[:] = [h[n] for n in helper(h)]`"""
    return whole(h, taken_in_order(h, f"srcgrad.runtime.{helper}"))


def heapify(h: ir.Expr, args: list[ir.Expr], words: dict[str, ir.Expr], kind: KindOf) -> Steps | None:
    return Steps((in_order_of(h, "heap_order"),), NOTHING)


def heap_push(h: ir.Expr, args: list[ir.Expr], words: dict[str, ir.Expr], kind: KindOf) -> Steps | None:
    if len(args) != 1:
        return None
    return Steps((ir.Update(h, ".append", args[0]), in_order_of(h, "heap_pushed")), NOTHING)  # type: ignore[arg-type]


def heap_pop(h: ir.Expr, args: list[ir.Expr], words: dict[str, ir.Expr], kind: KindOf) -> Steps | None:
    return Steps((in_order_of(h, "heap_popped"), *taken_out(h, LAST)), ir.Name(ITEM))


def heap_exchange(helper: str) -> Form:
    """One item comes in and the smallest goes: before that, or after."""

    def form(h: ir.Expr, args: list[ir.Expr], words: dict[str, ir.Expr], kind: KindOf) -> Steps | None:
        if len(args) != 1:
            return None
        added = ir.Update(h, ".append", args[0])  # type: ignore[arg-type]
        return Steps((added, in_order_of(h, helper), *taken_out(h, LAST)), ir.Name(ITEM))

    return form


def insort(search: str) -> Form:
    """`bisect.insort(xs, value)`: an insertion where the value belongs."""

    def form(xs: ir.Expr, args: list[ir.Expr], words: dict[str, ir.Expr], kind: KindOf) -> Steps | None:
        if len(args) != 1 or words:
            return None
        value = ir.Assign((GIVEN,), (args[0],))
        found = ir.Assign((POSITION,), (call(search, xs, ir.Name(GIVEN)),))
        return Steps((value, found, inserted(xs, ir.Name(POSITION), ir.Name(GIVEN))), NOTHING)

    return form


def get(d: ir.Expr, args: list[ir.Expr], words: dict[str, ir.Expr], kind: KindOf) -> Steps | None:
    """Where it is only known when the program runs whether the key is there."""
    found = kind(d)
    active = found.active or isinstance(found, k.Dict) and any(kind(a).active for a in args[1:])
    if len(args) not in (1, 2) or words or not active:
        return None
    if getattr(found, "items", None) is not None and isinstance(args[0], ir.Const):
        return None
    before, key = steady_key(args[0])
    there: tuple[ir.Stmt, ...] = (ir.Assign((ITEM,), (ir.Index(d, key),)),)
    missing: tuple[ir.Stmt, ...] = (ir.Assign((ITEM,), (args[1] if len(args) > 1 else NOTHING,)),)
    return Steps((*before, ir.If(ir.Compare(key, ("in",), (d,)), there, missing)), ir.Name(ITEM))


FORMS: dict[str, Form] = {
    ".get": get,
    ".setdefault": set_default,
    POP: pop,
    ".popitem": pop_item,
    ".move_to_end": move_to_end,
    ".update": update,
    ".remove": remove,
    "bisect.insort_left": insort("bisect.bisect_left"),
    "bisect.insort_right": insort("bisect.bisect_right"),
    "heapq.heapify": heapify,
    "heapq.heappush": heap_push,
    "heapq.heappop": heap_pop,
    "heapq.heapreplace": heap_exchange("heap_replaced"),
    "heapq.heappushpop": heap_exchange("heap_exchanged"),
}


def result_kind(e: ir.Call, args: list[k.Kind]) -> k.Kind:
    """What a call that is several steps gives."""
    match e.op, args:
        case ".pop", [k.Dict(items), k.Known(key) | k.Num(_, _, _, _, key), default] if (
            items is not None and key is not k.UNSET
        ):
            return next((v for x, v in items if k.same_constant(x, key)), default)
        case ".setdefault" | ".pop" | ".get", [k.Dict() as d, key_of, *default]:
            return k.join(held_at(d, key_of), default[0] if default else k.Known(None))
        case "heapq.heappop", [k.Seq() as heap]:
            return k.element_of(heap)
        case "heapq.heapreplace" | "heapq.heappushpop", [k.Seq() as heap, new]:
            return k.join(k.element_of(heap) if heap.items != () else k.Never(), new)
        case ".popitem", [k.Dict() as d, *_]:
            return k.Seq("tuple", (key_kind(d.items[-1][0]) if d.items else k.Unknown(), k.value_of(d)))
    return k.Known(None)


def changing_calls(e: ir.Expr, always: bool = True) -> Iterator[tuple[ir.Call, bool]]:
    """The calls in an expression that change a list or dict, in order of evaluation, and whether they surely run."""
    match e:
        case ir.Comprehension(_, element, clauses, key):
            parts = [x for c in clauses for x in (c.iterable, *c.conditions)]
            inner = [(x, False) for x in (*parts, *((key,) if key is not None else ()), element)]
        case ir.Select(test, then, other):
            inner = [(test, always), (then, False), (other, False)]
        case ir.BoolOp(_, (first, *rest)) | ir.Compare(first, _, rest):
            inner = [(first, always), *((x, False) for x in rest)]
        case _:
            inner = [(x, always) for x in children(e)]
    for x, sure in inner:
        yield from changing_calls(x, sure)
    if isinstance(e, ir.Call) and e.args and changes(e.op):
        yield e, always


def pending_changes(s: ir.Stmt) -> tuple[tuple[ir.Call, bool], ...]:
    """The calls in a statement that change a list or dict, and whether they surely run."""
    return tuple(found for e in statement_expressions(s) for found in changing_calls(e))


def steady_key(key: ir.Expr) -> tuple[tuple[ir.Stmt, ...], ir.Expr]:
    """A key that may be written more than once."""
    if is_steady(key):
        return (), key
    return (ir.Assign((KEY,), (key,)),), ir.Name(KEY)


def is_steady(e: ir.Expr) -> bool:
    """Whether an expression may be written twice."""
    return all(isinstance(x, ir.Name | ir.Const | ir.Call) for x in subexpressions(e)) and not any(
        isinstance(x, ir.Call) and not x.op.startswith("operator.") for x in subexpressions(e)
    )


def pairs_of(e: ir.Expr, kind: KindOf) -> list[tuple[ir.Expr, ir.Expr]] | None:
    """The keys and values that a dict is updated with, where they are known."""
    match e:
        case ir.Mapping(keys, values) if None not in keys:
            return list(zip(keys, values, strict=True))  # type: ignore[arg-type]
        case ir.Display(_, items):
            pairs = [i.items for i in items if isinstance(i, ir.Display) and len(i.items) == 2]
            return [(p[0], p[1]) for p in pairs] if len(pairs) == len(items) else None
        case ir.Name():
            found = kind(e)
            if isinstance(found, k.Dict) and found.items is not None:
                return [(ir.Const(key), ir.Index(e, ir.Const(key))) for key, _ in found.items]
    return None
