"""Attributes, properties and operators of objects, as slots and method calls.

    p.x = p.x + v        p["x"] = p["x"] + v       (written with dots again in the emitted code)
    p + q                p.__add__(q)
    p.speed              the getter of a property, called
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..frontend.classes import NAMESPACE, class_of
from ..frontend.evaluation_order import counting
from ..frontend.expansions import SUM_OF_OBJECTS
from ..frontend.moved import within
from ..frontend.several_classes import OneOf
from ..ir import nodes as ir
from ..ir.build import is_slot, slot
from ..ir.rewrite import map_blocks, map_statement
from ..ir.walk import (
    block_reads,
    bound_names,
    map_children,
    reads,
    root,
    statement_expressions,
    statements,
    substitute,
)
from . import kinds as k
from .attributes_inside import attributes_inside, attributes_of_outside
from .comparisons import by_key, comparison, picked
from .containers import element_kind
from .dispatch import is_of, with_tag
from .evaluate_displays import item_kind
from .evaluate_objects import meets_object, method_of
from .field_tuples import fields, is_tuple, stands_for_fields, takes_fields, with_fields
from .instances import is_instance, truth, types_of
from .iterated import (
    ITER,
    asked_inside,
    can_repeat,
    contains,
    gives_items,
    is_lazy,
    items,
    iterated_names,
    listed_names,
    names_taken,
    over_items,
    takes_items,
)
from .named_attributes import by_name, deletion, fields_written_out, keeps
from .object_truth import asks_truth, is_asked, tested, with_truth
from .passed import call_arguments, is_differentiated
from .starred import options
from .taken_down import copied_whole, taken_down

KindOf = Callable[[ir.Expr], k.Kind]
ASKING = ("builtins.hasattr", "builtins.isinstance", "builtins.type")


def object_expression(e: ir.Expr, kind: KindOf) -> ir.Expr:
    """What an expression on objects is; `e` itself if nothing simpler."""

    def of(base: ir.Expr) -> k.Kind:
        return k.present(kind(base))

    match e:
        case ir.Attribute(ir.Call("builtins.super") as base, name):
            return ir.Call(f".fget.{name}", (base,))
        case ir.Attribute(base, name) if k.is_record(of(base)):
            return read(base, name, of(base))
        case ir.Call("types.SimpleNamespace", (), keywords):
            names = tuple(ir.Const(ir.Field(n)) for n, _ in keywords)
            return ir.Mapping(names, tuple(v for _, v in keywords), NAMESPACE)
        case ir.Call("builtins.type", (base,), ()) if k.is_record(kind(base)) and not may_be_several(kind(base)):
            return ir.Name(kind(base).cls.name)  # type: ignore[union-attr]
        case ir.Index(base, index) if k.is_record(of(base)) and not is_slot(e):
            found: Any = of(base)
            if found.cls.is_tuple and isinstance(index, ir.Const) and isinstance(index.value, int):
                return slot(base, found.items[index.value][0])
            if stands_for_fields(base, found):
                return replace(e, base=fields(base, found))
            return ir.Call(".__getitem__", (base, index))
        case ir.Compare(_, ("in" | "not in",), (held,)) if contains(kind(held)):
            return asked_inside(e, kind)
        case ir.Star(base) if gives_items(kind(base)):
            return ir.Star(items(base))
        case ir.Call(op, args) if takes_items(op, list(map(kind, args))):
            return replace(e, args=tuple(items(a) if gives_items(kind(a)) else a for a in args))
        case ir.Call(op, args) if takes_fields(op, args, list(map(kind, args))):
            return with_fields(e, kind)
        case ir.Call("builtins.sum", (xs, *_), ()) if k.is_record(element_kind(kind(xs))):
            return ir.Call(SUM_OF_OBJECTS, e.args)
        case ir.Compare(_, (_,), _) if (found := comparison(e, kind)) is not None:
            return found
        case ir.Call("srcgrad.runtime.order_of", (xs,)) if (found := by_key(e, kind(xs))) is not None:
            return found
        case ir.Call("builtins.min" | "builtins.max") if (found := picked(e, kind)) is not None:
            return found
        case ir.Call("builtins.isinstance", (base, named)):
            asked, found = types_of(named, kind), kind(base)
            if asked is not None and k.is_record(found):
                return asked_class(base, found.cls, asked)  # type: ignore[union-attr]
            if asked is not None and any(class_of(t) is not None for t in asked) and isinstance(found, k.Num):
                decided = is_instance(found, asked)
                return ir.Const(decided) if isinstance(decided, bool) else e
        case ir.Call("builtins.getattr" | "builtins.hasattr") if (found := by_name(e, kind)) is not None:
            return found
        case ir.Call("dataclasses.asdict" | "dataclasses.astuple" | "._asdict") if (found := taken_down(e, kind)):
            return found
        case ir.Call("copy.deepcopy") if (found := copied_whole(e, kind)) is not None:
            return found
        case ir.Call("dataclasses.replace" | "._replace" | "copy.copy", (base,), keywords) if k.is_record(kind(base)):
            return replaced(base, kind(base), dict(keywords))
        case ir.Call(op, (base,), ()) if op.startswith(".get.") and not may_be_several(of(base)):
            return read(base, op.removeprefix(".get."), of(base)) if k.is_record(of(base)) else e
        case ir.Call(op, (base, *args), keywords) if op.startswith(".") and k.is_record(of(base)):
            return called(e, op[1:], base, tuple(args), keywords, of(base))
        case ir.Call(op, args, ()) if meets_object(op, kinds := list(map(kind, args))) or any(map(k.is_record, kinds)):
            found = method_of(op, kinds)
            if found is not None:
                name, receiver = found
                rest = tuple(a for n, a in enumerate(args) if n != receiver)
                return ir.Call(f".{name}", (args[receiver], *rest))
    return with_truth(e, kind)


def may_be_several(found: Any) -> bool:
    return isinstance(getattr(found, "cls", None), OneOf)


def asked_class(base: ir.Expr, cls: Any, asked: tuple[type, ...]) -> ir.Expr:
    """`isinstance` of an object."""
    parts = cls.classes if isinstance(cls, OneOf) else (cls,)
    held = tuple(c for c in parts if issubclass(c.value, asked))
    return ir.Const(bool(held)) if len(held) in (0, len(parts)) else is_of(base, held)


def read(base: ir.Expr, name: str, found: Any) -> ir.Expr:
    member = found.cls.member(name)
    if isinstance(found.cls, OneOf) and member is not None and (member.differs or member.kind == "value"):
        return ir.Attribute(base, name) if member.kind in ("method", "static") else ir.Call(f".get.{name}", (base,))
    if member is not None and member.kind == "property" and not keeps(found, name):
        return ir.Call(f".fget.{name}", (base,))
    if member is None or any(n == name for n, _ in found.items or ()):
        return slot(base, name)
    return ir.Attribute(ir.Name(found.cls.name), name) if member.kind == "value" else ir.Attribute(base, name)


def called(
    e: ir.Call, name: str, base: ir.Expr, args: tuple[ir.Expr, ...], keywords: Any, found: Any
) -> ir.Expr:
    """A function that an attribute holds is no method."""
    if name.startswith(("fget.", "fset.")) or any(n == name for n, _ in found.items or ()) is False:
        return e
    return ir.Apply(slot(base, name), args, keywords)


def replaced(base: ir.Expr, found: Any, changes: dict[str, ir.Expr]) -> ir.Expr:
    keys = tuple(ir.Const(ir.Field(n)) for n, _ in found.items)
    values = tuple(changes.get(n, slot(base, n)) for n, _ in found.items)
    return ir.Mapping(keys, values, found.cls)


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


def made_of(e: ir.Apply, constructor: Any) -> ir.Expr | None:
    """An object as it is written out, where its constructor does nothing but keep what it is given."""
    match constructor.body:
        case (ir.Return(ir.Mapping(keys, values, cls)),):
            pass
        case _:
            return None
    params = constructor.params
    if any(p.kind in ("star", "double_star") for p in params) or any(isinstance(a, ir.Star) for a in e.args):
        return None
    positional = [p.name for p in params if p.kind != "keyword"]
    given: dict[str, ir.Expr] = {**dict(zip(positional, e.args, strict=False))}
    given.update({n: v for n, v in e.keywords if n is not None})
    simple = all(isinstance(v, ir.Name | ir.Const) for v in given.values())
    wanted = [v.id for v in values if isinstance(v, ir.Name)]
    if not simple and wanted[: len(given)] != list(given):
        return None
    defaults = {p.name: p.default for p in params if isinstance(p.default, ir.Const)}
    filled: list[ir.Expr] = []
    for v in values:
        if isinstance(v, ir.Name):
            found = given.get(v.id, defaults.get(v.id))
            if found is None:
                return None
            filled.append(found)
        elif isinstance(v, ir.Const | ir.Display | ir.Mapping):
            filled.append(v)
        else:
            return None
    return ir.Mapping(keys, tuple(filled), cls)


def taken_apart(s: ir.Unpack, found: Any) -> ir.Stmt:
    """`x, v = p` of a NamedTuple."""
    fields = tuple(slot(s.value, n) for n, _ in found.items or ())
    origin = s.origin.edit() if s.origin is not None else None
    names = [t.id for t in getattr(s.target, "items", ()) if isinstance(t, ir.Name)]
    if len(names) == len(fields) == len(s.target.items):  # type: ignore[union-attr]
        return ir.Assign(tuple(names), fields, s.implicit, origin)
    return replace(s, value=ir.Display("tuple", fields), origin=origin)


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


def replaced_part(e: ir.Expr, part: ir.Expr, new: ir.Expr) -> ir.Expr:
    return new if e is part else replace(e, base=replaced_part(e.base, part, new))  # type: ignore


def is_path(e: ir.Expr | None) -> bool:
    while e is not None and is_slot(e):
        e = e.base  # type: ignore[union-attr]
    return isinstance(e, ir.Name)


class Resolver:
    """Rewrites a block; `kind(stmt, expr)` gives kinds, `called(expr)` the call of a user function an expression is,
    `program` knows the functions that make objects, and which of these carry the name of their class.

    `decides`: what is asked of kinds is answered.  Until everything else is written out, a name may turn out to be more
    than it is known to be: `best` in `if best is None: best = p.speed` in a loop, as long as `p.speed` is no call."""

    def __init__(
        self, kind: Callable[[ir.Stmt, ir.Expr], k.Kind], called: Callable[[ir.Expr], Any], program: Any,
        in_method: bool, fresh: Callable[[str], str], decides: bool,
    ) -> None:  # fmt: skip
        self.fresh, self.decides = fresh, decides
        self.kind, self.called, self.program, self.in_method = kind, called, program, in_method
        self.changed = False
        self.classes: set[str] = set()  # that were asked for by `type`

    def run(self, block: ir.Block) -> ir.Block:
        self.read = block_reads(block)
        bound = [n for s in statements(block) if not isinstance(s, ir.Store | ir.Update) for n in bound_names(s)]
        self.steady = {n for n in self.read if bound.count(n) <= 1}
        return self.block(block)

    def block(self, block: ir.Block) -> ir.Block:
        found: list[ir.Stmt] = []
        for s, after in zip(block, [*block[1:], None], strict=False):
            known = lambda e: self.kind(s, e)  # noqa: B023, E731
            if isinstance(s, ir.For) and (iterated_names(s, known) or listed_names(s, known) or self.tuple_names(s)):
                found += self.by_items(s)
                self.changed = True
                continue
            if isinstance(s, ir.For) and s.header is not None and any(map(self.unpacks_fields, s.body)):
                found.append(counting(s))
                self.changed = True
                continue
            item = self.item_of_object(s) or self.changed_by_methods(s) or self.named_first(s)
            if item is not None:
                self.changed = True
                found += item
                continue
            new = self.statement(s)
            kept = self.taken(new)
            self.changed |= kept != [new]
            found += self.in_place(s, after) if new is s and kept == [s] else kept
        return tuple(found)

    def tuple_names(self, s: ir.For) -> list[str]:
        """The names of NamedTuples that a loop goes through."""
        taken = names_taken(s.header[1]) if s.header is not None else []
        return sorted({n for n in taken if is_tuple(self.kind(s, ir.Name(n)))})

    def unpacks_fields(self, s: ir.Stmt) -> bool:
        """Whether the header of a loop takes NamedTuples apart: `for a, b in points`."""
        if not isinstance(s, ir.Unpack) or not s.implicit:
            return False
        kind = self.kind(s, s.value)
        targets = getattr(s.target, "items", ())
        return is_tuple(kind) or any(
            isinstance(t, ir.Display) and is_tuple(item_kind(kind, n)) for n, t in enumerate(targets)
        )

    def item_of_object(self, s: ir.Stmt) -> list[ir.Stmt] | None:
        """`pair[0].x *= y`, where a method gives the item: it gets a name first."""
        if not isinstance(s, ir.Store | ir.Update) or not isinstance(s.place, ir.Attribute | ir.Index):
            return None
        place: ir.Expr = s.place.base
        while isinstance(place, ir.Attribute | ir.Index):
            given = place
            place = place.base
            if isinstance(given, ir.Index) and not is_slot(given) and k.is_record(self.kind(s, place)):
                if is_tuple(self.kind(s, place)):
                    return None
                origin = s.origin.edit() if s.origin is not None else None
                name = self.fresh("item")
                swapped = replaced_part(s.place, given, ir.Name(name))
                return [ir.Assign((name,), (given,), origin=origin), replace(s, place=swapped, origin=origin)]  # type: ignore[arg-type]
        return None

    def changed_by_methods(self, s: ir.Stmt) -> list[ir.Stmt] | None:
        """`pair[0] *= y` and `p.speed *= y`, where methods give and take the value: an array is changed in between."""
        if not isinstance(s, ir.Update) or isinstance(s.place, ir.Name) or not self.is_given_by_method(s, s.place):
            return None
        known = self.kind(s, s.place)
        if isinstance(known, k.Num) and known.is_scalar:
            return None
        origin = s.origin.edit() if s.origin is not None else None
        parts = {"base": s.place.base} | ({"key": s.place.index} if isinstance(s.place, ir.Index) else {})
        moved = {n: e for n, e in parts.items() if not is_path(e) and not isinstance(e, ir.Const)}
        names = {n: ir.Name(self.fresh(n)) for n in moved}
        new: Any = {{"key": "index"}.get(n, n): e for n, e in names.items()}
        place: Any = replace(s.place, **new)
        item = self.fresh(place.name if isinstance(place, ir.Attribute) else "item")
        return [
            *(ir.Assign((names[n].id,), (e,), origin=origin) for n, e in moved.items()),
            ir.Assign((item,), (place,), origin=origin),
            ir.Update(ir.Name(item), s.op, s.value, origin),
            ir.Store(place, ir.Name(item), origin),
        ]

    def is_given_by_method(self, s: ir.Stmt, place: ir.Attribute | ir.Index) -> bool:
        found: Any = k.present(self.kind(s, place.base))
        if not k.is_record(found) or is_slot(place):
            return False
        member = found.cls.member(place.name) if isinstance(place, ir.Attribute) else None
        return isinstance(place, ir.Index) or member is not None and member.kind == "property"

    def by_items(self, s: ir.For) -> list[ir.Stmt]:
        """A loop over objects, after the statements that get their items."""
        swaps, late, before = dict[str, str](), frozenset[str](), list[ir.Stmt]()
        for n in iterated_names(s, lambda e: self.kind(s, e)):
            member = self.kind(s, ir.Name(n)).cls.member(ITER)  # type: ignore[union-attr]
            function = self.program.load(member.value)
            swaps[n] = self.fresh(f"{n}_items")
            late |= {n} if function is None or is_lazy(function) else frozenset()
            before.append(ir.Assign((swaps[n],), (items(ir.Name(n)),)))
        for n in self.tuple_names(s):
            swaps[n] = self.fresh(f"{n}_items")
            before.append(ir.Assign((swaps[n],), (fields(ir.Name(n), self.kind(s, ir.Name(n))),)))
        for n in listed_names(s, lambda e: self.kind(s, e)):
            swaps[n] = self.fresh(f"{n}_items")
            before.append(ir.Assign((swaps[n],), (ir.Call("builtins.list", (ir.Name(n),)),)))
        return [*before, over_items(s, swaps, late)]

    def taken(self, s: ir.Stmt) -> list[ir.Stmt]:
        """Of a branch whose side the class of an object decides, that side."""
        match s:
            case ir.If(test, body, orelse) if self.decides:
                decided = truth(test, lambda e: self.kind(s, e), self.in_method)
                return [s] if not isinstance(decided, bool) else list(body if decided else orelse)
        return [s]

    def in_place(self, s: ir.Stmt, after: ir.Stmt | None) -> list[ir.Stmt]:
        """`d = c.add(x)` where the method returns `self`: then `d = c`."""
        match s:
            case ir.Assign(_, (ir.Apply() as call,)) if self.is_plain_generator(call):
                self.changed = True
                return [replace(s, values=(ir.Call("builtins.list", (call,)),))]
            case ir.Assign((name,), (ir.Call() | ir.Apply() as call,)) if name in self.read:
                place = given_back(self.called(call))
                again = isinstance(after, ir.Assign) and after.names == (name,)
                if place is not None and name not in reads(place) and not again:
                    self.changed = True
                    return [s, ir.Assign((name,), (place,), origin=s.origin.edit() if s.origin is not None else None)]
            case ir.Assign((name,), (ir.Attribute(base, _) as value,)) if name not in self.read:
                if k.is_record(self.kind(s, base)) and isinstance(self.kind(s, value), k.Func):
                    self.changed = True
                    return []  # a method under another name
            case ir.Eval(ir.Call(".__init__", (ir.Call("builtins.super"), *_)) as call) if not self.called(call):
                self.changed = True
                return []  # the `__init__` of object
        return [s]

    def named_first(self, s: ir.Stmt) -> list[ir.Stmt] | None:
        """`x, v = f()`, where that gives a NamedTuple, as `p = f(); x, v = p`; so `(x, v), t = pair`."""
        if not isinstance(s, ir.Unpack) or s.implicit:
            return None
        kind, origin = self.kind(s, s.value), s.origin.edit() if s.origin is not None else None
        if is_tuple(kind):
            name = self.fresh("fields")
            whole = ir.Assign((name,), (s.value,), origin=origin)
            return None if can_repeat(s.value) else [whole, replace(s, value=ir.Name(name), origin=origin)]
        targets: list[ir.Expr] = list(getattr(s.target, "items", ()))
        inner = [n for n, t in enumerate(targets) if isinstance(t, ir.Display) and is_tuple(item_kind(kind, n))]
        found: list[ir.Stmt] = []
        for n in inner:
            name = self.fresh("fields")
            found.append(replace(s, target=targets[n], value=ir.Name(name), origin=origin))
            targets[n] = ir.Name(name)
        outer = replace(s, target=ir.Display("tuple", tuple(targets)), origin=origin)
        return [outer, *found] if inner else None

    def is_plain_generator(self, call: ir.Apply) -> bool:
        """Whether a call, which is made as it is written, gives an iterator where a list is meant."""
        found = self.called(call)
        return found is not None and found.instance.function.yields and not is_differentiated(found.instance)

    def statement(self, s: ir.Stmt) -> ir.Stmt:
        def kind(e: ir.Expr) -> k.Kind:
            return self.kind(s, e)

        def expression(e: ir.Expr) -> ir.Expr:
            if isinstance(e, ir.Comprehension) and (written := fields_written_out(e, kind)) is not None:
                return expression(written)
            given = e.clauses[0].iterable if isinstance(e, ir.Comprehension) else e
            if isinstance(e, ir.Comprehension) and with_fields(given, kind) is not given:
                return replace(e, clauses=(replace(e.clauses[0], iterable=with_fields(given, kind)), *e.clauses[1:]))
            if isinstance(e, ir.Comprehension) and stands_for_fields(given, kind(given)):
                first = replace(e.clauses[0], iterable=fields(given, kind(given)))
                return replace(e, clauses=(first, *e.clauses[1:]))
            if isinstance(e, ir.Comprehension) and gives_items(kind(given)):
                first = replace(e.clauses[0], iterable=items(given))
                return replace(e, clauses=(first, *e.clauses[1:]))
            if isinstance(e, ir.Comprehension):
                return attributes_inside(e, kind)
            if isinstance(e, ir.Lambda):
                return attributes_of_outside(e, kind)
            return self.simpler(map_children(expression, e), kind)

        asked: ir.Stmt = s
        if isinstance(s, ir.If | ir.While) and tested(s.test, kind) != s.test:
            asked = map_statement(lambda e: tested(e, kind), s, blocks=False)
        new = object_statement(map_statement(expression, asked, blocks=False), kind)
        if isinstance(new, ir.Unpack) and is_tuple(kind(new.value)) and can_repeat(new.value):
            new = taken_apart(new, kind(new.value))
        if isinstance(new, ir.Unpack) and gives_items(kind(new.value)):
            new = replace(new, value=items(new.value), origin=s.origin.edit() if s.origin is not None else None)
        self.changed |= new is not s
        return map_blocks(self.block, new)

    def bound_call(self, e: ir.Apply, func: k.Kind) -> ir.Expr:
        """`add(x)` after `add = c.add`."""
        match func:
            case k.Func(target, (k.Held("#0", of, access),)) if k.is_record(of) and is_path(access):
                if root(access) in self.steady and all(n is not None for n, _ in e.keywords):
                    return ir.Call(f".{target.name}", (access, *e.args), e.keywords)  # type: ignore[arg-type]
        return e

    def simpler(self, e: ir.Expr, kind: KindOf) -> ir.Expr:
        if isinstance(e, ir.Mapping) and e.cls in self.program.tagged:
            e = with_tag(e)
        constructor = self.program.constructors.run_by(self.called(e))
        if constructor is not None:
            return made_of(e, constructor) or e  # type: ignore[arg-type]
        if isinstance(e, ir.Select) and self.decides:
            decided = truth(e.test, kind, self.in_method)
            if isinstance(decided, bool):
                return e.then if decided else e.other
        if isinstance(e, ir.Apply) and isinstance(e.func, ir.Name):
            return self.bound_call(e, kind(e.func))
        if isinstance(e, ir.Apply) and isinstance(e.func, ir.Call) and e.func.op.startswith(".fget."):
            e = replace(e, func=ir.Attribute(e.func.args[0], e.func.op.removeprefix(".fget.")))
        if isinstance(e, ir.Apply) and isinstance(e.func, ir.Attribute) and any(n is None for n, _ in e.keywords):
            return method_call(e, kind) or e
        if isinstance(e, ir.Call) and e.op in ASKING and not self.decides:
            return e
        found = object_expression(e, kind)
        if isinstance(found, ir.Name) and isinstance(e, ir.Call) and e.op == "builtins.type":
            self.classes.add(found.id)
        return found


def method_call(e: ir.Apply, kind: KindOf) -> ir.Expr | None:
    """`c.add(x, **options)`, with the keywords written out; None where they are not known."""
    assert isinstance(e.func, ir.Attribute)
    base = e.func.base
    is_super = isinstance(base, ir.Call) and base.op == "builtins.super"
    words = options(e.keywords, kind)
    if not (is_super or k.is_record(kind(base))) or any(n is None for n, _ in words):
        return None
    return ir.Call(f".{e.func.name}", (base, *e.args), words)  # type: ignore[arg-type]


def refuse_asked_objects(interpreter: Any, evaluate: Any, diagnose: Any) -> None:
    """An object that is still asked whether it is true when nothing moves any more: a record always is."""
    for at in interpreter.reached():
        for s in statements(at.body):

            def kind(e: ir.Expr, at: Any = at, s: ir.Stmt = s) -> k.Kind:
                return evaluate(at, s, e)  # type: ignore[no-any-return]

            tests = [s.test] if isinstance(s, ir.If | ir.While) else []
            if any(is_asked(t, kind) for t in tests) or any(asks_truth(e, kind) for e in statement_expressions(s)):
                message = "an object is tested here, and the method that says whether it is true cannot be called"
                diagnose("SG310", message, at, s, None, "Call its `__bool__` or `__len__`, or compare with None.")
            for e in (x for t in tests for x in (t, *within(t)) if isinstance(x, ir.Call) and x.op == SUM_OF_OBJECTS):
                message = "objects are summed in a condition"
                diagnose("SG310", message, at, s, e, "Sum them in a statement of its own before it.")
