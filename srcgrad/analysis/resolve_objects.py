"""Statements of objects, as slots and method calls; what kinds decide about them is written out.

    p.x = p.x + v        p["x"] = p["x"] + v       (written with dots again in the emitted code)
    for v in p:          p_items = p.__iter__()
                         for v in p_items:
    d = c.add(x)         c.add(x), d = c           (where the method returns `self`)

Expressions: `object_expressions`; places that are stored into: `object_places`; NamedTuples: `field_unpacking`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..frontend.evaluation_order import counting
from ..frontend.lower import Names
from ..ir import nodes as ir
from ..ir.rewrite import map_blocks, map_statement
from ..ir.walk import (
    block_reads,
    bound_names,
    map_children,
    reads,
    root,
    statements,
)
from . import kinds as k
from .attributes_inside import attributes_inside, attributes_of_outside
from .dispatch import with_tag
from .field_tuples import fields, gone_through, put_into_an_array, spread
from .field_unpacking import named_first, taken_apart, tuples_gone_through, unpacks_items, with_named_items
from .instances import truth
from .iterated import ITER, KindOf, gives_items, is_lazy, items, iterated_names, listed_names, over_items
from .named_attributes import fields_written_out
from .object_expressions import method_call, object_expression
from .object_places import changed_by_methods, given_back, item_of_object, object_statement
from .object_truth import is_path, tested
from .passed import is_differentiated
from .taken_down import named_before

ASKING = ("builtins.hasattr", "builtins.isinstance", "builtins.type")


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


class Resolver:
    """Rewrites a block; `kind(stmt, expr)` gives kinds, `called(expr)` the call of a user function an expression is,
    `program` knows the functions that make objects, and which of these carry the name of their class.

    `decides`: what is asked of kinds is answered.  Until everything else is written out, a name may turn out to be more
    than it is known to be: `best` in `if best is None: best = p.speed` in a loop, as long as `p.speed` is no call."""

    def __init__(
        self, kind: Callable[[ir.Stmt, ir.Expr], k.Kind], called: Callable[[ir.Expr], Any], program: Any,
        in_method: bool, names: Names, decides: bool,
    ) -> None:  # fmt: skip
        self.names, self.fresh, self.decides = names, names.fresh, decides
        self.kind, self.called, self.program, self.in_method = kind, called, program, in_method
        self.changed = self.asks = False  # was anything rewritten, and is anything asked of kinds
        self.classes: set[str] = set()  # that were asked for by `type`

    def run(self, block: ir.Block) -> ir.Block:
        self.read = block_reads(block)
        binding = (s for s in statements(block) if not isinstance(s, ir.Store | ir.Update))
        bound = Counter(n for s in binding for n in bound_names(s))
        self.steady = {n for n in self.read if bound[n] <= 1}
        return self.block(block)

    def block(self, block: ir.Block) -> ir.Block:
        found: list[ir.Stmt] = []
        for s, after in zip(block, [*block[1:], None], strict=False):
            others = self.in_other_words(s)
            if others is not None:
                self.changed = True
                found += others
                continue
            new = self.statement(s)
            kept = self.taken(new)
            self.changed |= kept != [new]
            found += self.in_place(s, after) if new is s and kept == [s] else kept
        return tuple(found)

    def in_other_words(self, s: ir.Stmt) -> list[ir.Stmt] | None:
        """The statements that are meant by one that goes through objects, changes parts of them or unpacks them."""

        def kind(e: ir.Expr) -> k.Kind:
            return self.kind(s, e)

        match s:
            case ir.For() if iterated_names(s, kind) or listed_names(s, kind) or tuples_gone_through(s, kind):
                return self.by_items(s)
            case ir.For() if s.header is not None and any(map(self.unpacks_items, s.body)):
                return [counting(s)]
            case ir.Store() | ir.Update():
                found = item_of_object(s, kind, self.fresh) or changed_by_methods(s, kind, self.fresh)
                return found or put_into_an_array(s, kind, self.fresh)
            case ir.Unpack():
                return named_first(s, kind, self.fresh)
            case ir.Assign():
                return named_before(s, kind, self.fresh)
        return None

    def unpacks_items(self, s: ir.Stmt) -> bool:
        return unpacks_items(s, lambda e: self.kind(s, e))

    def by_items(self, s: ir.For) -> list[ir.Stmt]:
        """A loop over objects, after the statements that get their items."""
        swaps, late, before = dict[str, str](), frozenset[str](), list[ir.Stmt]()
        for n in iterated_names(s, lambda e: self.kind(s, e)):
            member = self.kind(s, ir.Name(n)).cls.member(ITER)  # type: ignore[union-attr]
            function = self.program.load(member.value)
            swaps[n] = self.fresh(f"{n}_items")
            late |= {n} if function is None or is_lazy(function) else frozenset()
            before.append(ir.Assign((swaps[n],), (items(ir.Name(n)),)))
        for n in tuples_gone_through(s, lambda e: self.kind(s, e)):
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
        self.asks |= isinstance(s, ir.If)
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
            if isinstance(e, ir.Comprehension):
                e = with_named_items(e, kind, Names(set(self.names.taken)).fresh)  # variables of its own
                taken = self.taken_from(expression(e.clauses[0].iterable), kind)
                first = replace(e.clauses[0], iterable=taken)
                whole = taken is e.clauses[0].iterable
                return attributes_inside(e, kind) if whole else replace(e, clauses=(first, *e.clauses[1:]))
            if isinstance(e, ir.Lambda):
                return attributes_of_outside(e, kind)
            return self.simpler(map_children(expression, e), kind)

        asked: ir.Stmt = s
        if isinstance(s, ir.If | ir.While) and tested(s.test, kind) != s.test:
            asked = map_statement(lambda e: tested(e, kind), s, blocks=False)
        new = object_statement(map_statement(expression, asked, blocks=False), kind)
        new = taken_apart(new, kind)
        if isinstance(new, ir.Unpack) and gives_items(kind(new.value)):
            new = replace(new, value=items(new.value), origin=s.origin.edit() if s.origin is not None else None)
        self.changed |= new is not s
        return map_blocks(self.block, new)

    @staticmethod
    def taken_from(e: ir.Expr, kind: KindOf) -> ir.Expr:
        """What a comprehension over objects goes through."""
        return items(e) if gives_items(kind(e)) else gone_through(e, kind)

    def bound_call(self, e: ir.Apply, func: k.Kind) -> ir.Expr:
        """`add(x)` after `add = c.add`."""
        match func:
            case k.Func(target, (k.Held("#0", of, access),)) if k.is_record(of) and is_path(access):
                member = of.cls.member(target.name)  # type: ignore[union-attr]
                own = member is not None and self.program.load(member.value) is target
                if own and root(access) in self.steady and all(n is not None for n, _ in e.keywords):
                    return ir.Call(f".{target.name}", (access, *e.args), e.keywords)  # type: ignore[arg-type]
        return e

    def simpler(self, e: ir.Expr, kind: KindOf) -> ir.Expr:
        e = spread(e, kind)
        if isinstance(e, ir.Mapping) and e.cls in self.program.tagged:
            e = with_tag(e)
        constructor = self.program.constructors.run_by(self.called(e))
        if constructor is not None:
            return made_of(e, constructor) or e  # type: ignore[arg-type]
        self.asks |= isinstance(e, ir.Select) or isinstance(e, ir.Call) and e.op in ASKING
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
