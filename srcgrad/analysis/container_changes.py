"""Calls that change a list or dict, as changes of its slots; and what a change does to its kind.

    xs.append(e)         Update(xs, ".append", e)
    v = xs.pop(i)        v = xs[i]; Update(xs, ".pop", i)
    xs.insert(i, e)      xs[:] = xs[:i] + [e] + xs[i:]
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ..frontend.rewrites import ordered
from ..ir import nodes as ir
from ..ir.build import call
from ..ir.walk import reads
from . import kinds as k
from .attributes_together import apart
from .containers import element_kind
from .subscripts import Range

APPEND, POP = ".append", ".pop"
STRUCTURAL = (APPEND, POP)
EVERY = ir.Slice(None, None, None)
LAST = ir.Const(-1)
Change = ir.Store | ir.Update


@dataclass(frozen=True)
class Arguments:
    container: ir.Expr
    args: tuple[ir.Expr, ...]
    kind: Callable[[ir.Expr], k.Kind]


Form = Callable[[Arguments], "Change | None"]
LIST_FORMS: dict[str, Form] = {}
DICT_FORMS: dict[str, Form] = {}


def form(table: dict[str, Form], *ops: str) -> Callable[[Form], Form]:
    def add(f: Form) -> Form:
        table.update(dict.fromkeys(ops, f))
        return f

    return add


def is_list(kind: k.Kind) -> bool:
    return isinstance(kind, k.Seq) and kind.kind == "list"


def container_change(e: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> Change | None:
    """The change of slots that a call is; None if it is not one, or one that is not understood."""
    match e:
        case ir.Call(".sort", (container,), keywords) if is_list(kind(container)):
            inside = k.element_of(kind(container))  # type: ignore[arg-type]
            known = not (isinstance(inside, k.Num) and inside.kind == "any")  # numbers, or arrays: not perhaps either
            in_order = ordered((container,), keywords) if known else None
            return whole(container, in_order or ir.Call("builtins.sorted", (container,), keywords))
        case ir.Call(op, (container, *args), ()) if op in LIST_FORMS or op in DICT_FORMS:
            found = kind(container)
            table = LIST_FORMS if is_list(found) else DICT_FORMS if isinstance(found, k.Dict) else {}
            if op in table:
                return table[op](Arguments(container, tuple(args), kind))
    return None


def whole(container: ir.Expr, value: ir.Expr) -> ir.Store:
    return ir.Store(ir.Index(container, EVERY), value)


@form(LIST_FORMS, APPEND)
def append(a: Arguments) -> Change | None:
    return ir.Update(a.container, APPEND, a.args[0]) if len(a.args) == 1 else None  # type: ignore[arg-type]


@form(LIST_FORMS, POP)
def pop(a: Arguments) -> Change | None:
    index = a.args[0] if a.args else LAST
    return ir.Update(a.container, POP, constant(index))  # type: ignore[arg-type]


@form(LIST_FORMS, "operator.setitem", ".__setitem__")
@form(DICT_FORMS, "operator.setitem", ".__setitem__")
def set_item(a: Arguments) -> Change | None:
    if len(a.args) != 2 or k.is_record(a.kind(a.container)):  # of an object it is a method
        return None
    return ir.Store(ir.Index(a.container, a.args[0]), a.args[1])


@form(LIST_FORMS, "operator.delitem")
def delete_item(a: Arguments) -> Change | None:
    (index,) = a.args
    if not isinstance(index, ir.Slice):
        return pop(a)
    if not is_simple(index):
        return whole(a.container, all_but(a.container, index))
    return sliced_store(a.container, index.lower, index.upper, ir.Display("list", ()))


@form(DICT_FORMS, "operator.delitem", POP)
def delete_key(a: Arguments) -> Change | None:
    return ir.Update(a.container, POP, a.args[0]) if len(a.args) == 1 else None  # type: ignore[arg-type]


def constant(index: ir.Expr) -> ir.Expr:
    match index:
        case ir.Call("operator.neg", (ir.Const(int(n)),)):
            return ir.Const(-n)
    return index


@form(LIST_FORMS, ".extend")
def extend(a: Arguments) -> Change | None:
    if len(a.args) != 1:
        return None
    return whole(a.container, call("operator.add", a.container, as_list(a.args[0], a.kind)))


def as_list(e: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> ir.Expr:
    return e if is_list(kind(e)) else call("builtins.list", e)


@form(LIST_FORMS, ".insert")
def insert(a: Arguments) -> Change | None:
    if len(a.args) != 2:
        return None
    return inserted(a.container, *a.args)


def inserted(xs: ir.Expr, index: ir.Expr, value: ir.Expr) -> ir.Store:
    """`xs[:] = xs[:index] + [value] + xs[index:]`"""
    head, tail = ir.Index(xs, ir.Slice(None, index, None)), ir.Index(xs, ir.Slice(index, None, None))
    return whole(xs, call("operator.add", call("operator.add", head, ir.Display("list", (value,))), tail))


@form(LIST_FORMS, ".reverse")
def reverse(a: Arguments) -> Change | None:
    backwards = ir.Slice(None, None, ir.Const(-1))
    return None if a.args else whole(a.container, ir.Index(a.container, backwards))


@form(LIST_FORMS, ".clear")
def clear(a: Arguments) -> Change | None:
    return None if a.args else whole(a.container, ir.Display("list", ()))


def is_simple(s: ir.Slice) -> bool:
    """Whether what is assigned to a slice of a list may have another length."""
    return s.step is None or s.step in (ir.Const(None), ir.Const(1))


def sliced_store(base: ir.Expr, lower: ir.Expr | None, upper: ir.Expr | None, value: ir.Expr) -> ir.Store:
    """`xs[a:b] = v` as a change of the whole list."""
    new = value if lower is None else call("operator.add", ir.Index(base, ir.Slice(None, lower, None)), value)
    if upper is not None:
        end = upper if in_order(lower, upper) else end_of(base, lower, upper)
        new = call("operator.add", new, ir.Index(base, ir.Slice(end, None, None)))
    return whole(base, new)


def in_order(lower: ir.Expr | None, upper: ir.Expr) -> bool:
    """Whether the bounds of a slice are certainly one behind the other."""
    if lower is None:
        return True
    match constant(lower), constant(upper):
        case ir.Const(int(a)), ir.Const(int(b)):
            return (a < 0) == (b < 0) and a <= b
    return False


def end_of(base: ir.Expr, lower: ir.Expr | None, upper: ir.Expr) -> ir.Expr:
    """Where the items behind `base[lower:upper]` begin: Python counts an end before the start as the start."""
    before = call("builtins.len", ir.Index(base, ir.Slice(None, lower, None)))
    return call("operator.add", before, call("builtins.len", ir.Index(base, ir.Slice(lower, upper, None))))


def all_but(base: ir.Expr, index: ir.Slice) -> ir.Expr:
    """`[xs[n] for n in range(len(xs)) if n not in range(len(xs))[index]]`"""
    n = ir.Name("n" if "n" not in reads(base) | reads(index) else "position")
    every = call("builtins.range", call("builtins.len", base))
    kept = ir.Compare(n, ("not in",), (ir.Index(every, index),))
    return ir.Comprehension("list", ir.Index(base, n), (ir.Clause(n, every, (kept,)),))


def changed_slot(kind: k.Kind, parts: tuple[Any, ...], change: Callable[[k.Kind], k.Kind]) -> k.Kind:
    """The kind of a container after the slot at `parts` has changed."""
    kind = k.present(kind)
    match kind, parts:
        case k.Seq(_, items), (k.Num(_, _, _, _, int(n)),) if items is not None and -len(items) <= n < len(items):
            n %= len(items)
            return replace(kind, items=(*items[:n], change(items[n]), *items[n + 1 :]))
        case k.Seq(_, items), _ if items is not None:
            return replace(kind, items=tuple(k.join(i, change(i)) for i in items))
        case k.Seq(_, _, element), _ if element is not None:
            return replace(kind, element=k.join(element, change(element)))
        case k.Dict(items), (k.Known(key) | k.Num(_, _, _, _, key),) if items is not None and key is not k.UNSET:
            held = any(k.same_constant(x, key) for x, _ in items)
            if held:
                pairs = tuple((x, change(v) if k.same_constant(x, key) else v) for x, v in items)
                return replace(kind, items=pairs, missing=kind.missing - {key}, together=apart(kind, key))  # type: ignore[type-var]
            return replace(kind, items=(*items, (key, change(k.Never()))))
        case k.Dict(), _:
            old = k.value_of(kind)
            return k.Dict(None, k.join(old, change(old)))
    return k.Unknown(kind.active or change(k.Never()).active)


def stored(kind: k.Kind, parts: tuple[Any, ...], value: k.Kind) -> k.Kind:
    """The kind of a container after `container[parts] = value`."""
    match parts:
        case (Range(None, None, None),) if is_list(value):
            return emptied(kind) if value.items == () and isinstance(kind, k.Seq) else value  # type: ignore[union-attr]
        case (Range() as part,) if isinstance(kind, k.Seq) and isinstance(value, k.Seq | k.Num | k.Dict):
            old = k.Never() if part == Range(None, None, None) else k.element_of(kind)
            return k.Seq(kind.kind, None, k.join(old, element_kind(value)))
        case (Range(),):
            return k.Unknown(kind.active or value.active)
    return changed_slot(kind, parts, lambda _: value)


def appended(kind: k.Kind, value: k.Kind) -> k.Kind:
    match kind:
        case k.Seq("list", items) if items is not None:
            return k.Seq("list", (*items, value))
        case k.Seq("list"):
            return k.Seq("list", None, k.join(k.element_of(kind), value))
    return k.Unknown(kind.active or value.active)


def popped(kind: k.Kind, index: k.Kind) -> k.Kind:
    match kind, index:
        case k.Dict(items), k.Known(key) | k.Num(_, _, _, _, key) if items is not None and key is not k.UNSET:
            pairs = tuple((x, v) for x, v in items if not k.same_constant(x, key))
            return replace(kind, items=pairs, missing=kind.missing - {key}, together=apart(kind, key))  # type: ignore[type-var]
        case k.Dict(), _:
            return k.Dict(None, k.value_of(kind))
        case k.Seq("list", items), k.Num(_, _, _, _, int(n)) if items is not None and -len(items) <= n < len(items):
            n %= len(items)
            return k.Seq("list", items[:n] + items[n + 1 :]) if len(items) > 1 else emptied(kind)
        case k.Seq("list", ()), _:  # raises
            return kind
        case k.Seq("list"), _:
            return k.Seq("list", None, k.element_of(kind))
    return k.Unknown(kind.active)


def emptied(kind: k.Seq) -> k.Seq:
    """A list that once had items: unlike one that is made empty it may have other names, which had them, too."""
    return k.Seq("list", None, k.element_of(kind)) if kind.items else kind


def is_container_change(s: ir.Stmt, kind: Any) -> bool:
    """Whether a change is one of a list or dict, not of an array."""
    match s:
        case ir.Update(_, ".append" | ".pop"):
            return True
        case ir.Update(ir.Index(base)) | ir.Store(ir.Index(base)):
            slot = k.unless_none(kind(s.place)) if isinstance(s, ir.Update) else None  # None has no operators
            if isinstance(slot, k.Num) and slot.kind == "array":
                return False
            return isinstance(k.unless_none(kind(base)), k.Seq | k.Dict)
    return False


def is_number(kind: k.Kind) -> bool:
    return isinstance(kind, k.Num) and kind.is_scalar
