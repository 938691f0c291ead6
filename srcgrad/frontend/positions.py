"""Iterators that a function makes and advances by hand, as positions in what they go through.

    lines = iter(x)                     lines_items = x
    first = next(lines)                 lines_at = -1
    for v in lines:              ->     lines_at = following(lines_items, lines_at)
        ...                             first = lines_items[lines_at]
                                        while lines_at + 1 < len(lines_items):
                                            lines_at = lines_at + 1
                                            v = lines_items[lines_at]
                                            ...

A list or an array may change while an iterator goes through it, and so it may here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ..ir import nodes as ir
from ..ir.rewrite import map_blocks
from ..ir.walk import (
    block_reads,
    bound_names,
    map_children,
    reads,
    statement_expressions,
    statements,
    subexpressions,
)  # fmt: skip
from .changing_methods import CHANGING
from .iteration_more import FOLLOWING, ITEMS_OF, counted, is_whole
from .iteration_tools import as_early_list, length, plus

ONE = ir.Const(1)
TAKERS = frozenset({
    "builtins.list", "builtins.tuple", "builtins.sum", "builtins.max", "builtins.min", "builtins.any", "builtins.all",
    "math.fsum", "math.prod",
})  # fmt: skip
AT_HAND = (".items", ".values", ".keys", "builtins.zip", "builtins.enumerate", "builtins.reversed", "builtins.range")
GROWING = (".append", ".extend", ".insert", ".pop", ".remove", ".clear")


def with_positions(body: ir.Block, fresh: Callable[[str], str]) -> ir.Block:
    """The body with the iterators replaced that are used for nothing else; any other is refused where it is kept."""
    made = {s.names[0]: s.values[0] for s in statements(body) if is_made(s)}  # type: ignore[union-attr]
    for name in sorted(made):
        new = Iterator(name, fresh(f"{name}_items"), fresh(f"{name}_at"), body).block(body)
        mentioned = block_reads(new) | {n for s in statements(new) for n in bound_names(s)}
        mentioned |= {n for s in statements(new) if isinstance(s, ir.For) and s.header for n in reads(s.header[1])}
        mentioned |= {n for s in statements(new) if isinstance(s, ir.Define) for n in s.captures}
        if name not in mentioned:
            body = new
    return body


def is_made(s: ir.Stmt) -> bool:
    """Whether a statement binds a name to an iterator that `iter` or `count` makes."""
    if not isinstance(s, ir.Assign) or len(s.names) != 1:
        return False
    e = s.values[0]
    limits = counted(e) or ()
    return isinstance(e, ir.Call) and (
        e.op == "builtins.iter" and len(e.args) == 1 or bool(limits) and all(map(is_whole, limits))
    )


def leaves_all(s: ir.Stmt) -> bool:
    """Whether a statement certainly changes no memory."""
    if isinstance(s, ir.Store | ir.Update) and not isinstance(s.place, ir.Name):
        return False
    calls = [x for e in statement_expressions(s) for x in subexpressions(e)]
    return not any(
        isinstance(x, ir.Apply) or isinstance(x, ir.Call) and x.op[:1] == "." and x.op[1:] in CHANGING for x in calls
    )


@dataclass
class Iterator:
    """One iterator of a function: `items` are what it goes through, `at` is the place of the item it gave last."""

    name: str
    items: str
    at: str
    whole: ir.Block
    step: ir.Expr | None = None

    def block(self, block: ir.Block) -> ir.Block:
        return tuple(x for s in block for x in self.statement(s))

    def statement(self, s: ir.Stmt) -> list[ir.Stmt]:
        if is_made(s) and isinstance(s, ir.Assign) and s.names == (self.name,):
            return self.opening(s)
        s = map_blocks(self.block, s)
        if isinstance(s, ir.For) and s.header is not None and s.header[1] == ir.Name(self.name) and self.step is None:
            return [self.loop(s, s.header[0])]
        new = self.replaced(s)
        edited: list[ir.Stmt] = [new if new is s or s.origin is None else replace(new, origin=s.origin.edit())]
        return edited

    def opening(self, s: ir.Assign) -> list[ir.Stmt]:
        (e,), origin = s.values, s.origin.edit() if s.origin is not None else None
        limits = counted(e)
        if limits is not None:
            start, self.step = limits
            before = ir.Call("operator.sub", (start, self.step))
            return [ir.Assign((self.at,), (before,), origin=origin)]
        assert isinstance(e, ir.Call)
        (given,) = e.args
        if not self.can_wait(given):
            return [s]
        return [
            ir.Assign((self.items,), (self.at_hand(given),), origin=origin),
            ir.Assign((self.at,), (ir.Const(-1),), origin=origin),
        ]

    @staticmethod
    def at_hand(e: ir.Expr) -> ir.Expr:
        return as_early_list(e) if isinstance(e, ir.Call) and e.op in AT_HAND else ir.Call(ITEMS_OF, (e,))

    def can_wait(self, e: ir.Expr) -> bool:
        """Whether the items are the same whenever they are asked for, and as many."""
        match e:
            case ir.Comprehension("generator"):
                return False
            case ir.Call(op) if op in AT_HAND and op != "builtins.range":
                return all(map(leaves_all, statements(self.whole)))
            case ir.Call(op) if op.startswith(("itertools.", "builtins.iter", "builtins.open")):
                return False
        used = reads(e)
        for s in statements(self.whole):
            match s:
                case ir.Eval(ir.Call(op, (ir.Name(n), *_))) if op in GROWING and n in used:
                    return False
        return True

    # ----- uses -----

    def replaced(self, s: ir.Stmt) -> ir.Stmt:
        match s:
            case ir.Assign(_, values):
                new = tuple(map(self.value, values))
                return s if all(a is b for a, b in zip(new, values, strict=True)) else replace(s, values=new)
            case ir.Unpack(_, value) | ir.Store(_, value) | ir.Update(_, _, value):
                again = self.value(value)
                return s if again is value else replace(s, value=again)
            case ir.Return(value) if value is not None:
                again = self.value(value)
                return s if again is value else replace(s, value=again)
            case ir.Eval(value):
                again = self.value(value)
                return s if again is value else replace(s, expr=again)
            case ir.If(value) | ir.While(value):
                again = self.value(value)
                return s if again is value else replace(s, test=again)
        return s

    def value(self, e: ir.Expr) -> ir.Expr:
        own = ir.Name(self.name)
        match e:
            case ir.Call("builtins.next", (first, *default), ()) if first == own:
                return self.following(default)
            case ir.Call(op, (first, *more), keywords) if op in TAKERS and first == own and self.step is None:
                return ir.Call(op, (self.rest(), *more), keywords)
            case ir.Comprehension("list" | "dict", element, clauses, key):
                return self.comprehension(e, element, clauses, key)
            case ir.Call(op, (ir.Comprehension("generator", x, clauses) as inner, *more), keywords) if op in TAKERS:
                return ir.Call(op, (self.comprehension(inner, x, clauses, None), *more), keywords)
        return map_children(self.value, e)

    def comprehension(self, e: ir.Comprehension, element: ir.Expr, clauses: Any, key: ir.Expr | None) -> ir.Expr:
        new = []
        for n, c in enumerate(clauses):
            taken = n == 0 and c.iterable == ir.Name(self.name) and self.step is None
            iterable = self.rest() if taken else self.value(c.iterable)
            new.append(ir.Clause(c.target, iterable, tuple(map(self.value, c.conditions))))
        again_key = self.value(key) if key is not None else None
        found = ir.Comprehension(e.kind, self.value(element), tuple(new), again_key, e.early)
        return e if found == e else found

    def following(self, default: list[ir.Expr]) -> ir.Expr:
        items, at = ir.Name(self.items), ir.Name(self.at)
        if self.step is not None:
            return ir.Walrus(self.at, plus(at, self.step))
        if not default:
            return ir.Index(items, ir.Walrus(self.at, ir.Call(FOLLOWING, (items, at))))
        if not isinstance(default[0], ir.Name | ir.Const):  # worked out before the item is asked for
            return ir.Call("builtins.next", (ir.Name(self.name), *default))
        return ir.Select(self.more(), ir.Index(items, ir.Walrus(self.at, plus(at, ONE))), default[0])

    def more(self) -> ir.Expr:
        return ir.Compare(plus(ir.Name(self.at), ONE), ("<",), (length(ir.Name(self.items)),))

    def rest(self) -> ir.Expr:
        """The items that are left; there are none after that."""
        items, at = ir.Name(self.items), ir.Name(self.at)
        last = ir.Walrus(self.at, ir.Call("operator.sub", (length(items), ONE)))
        return ir.Index(items, ir.Slice(plus(at, ONE), plus(last, ONE), None))

    def loop(self, s: ir.For, target: ir.Expr) -> ir.While:
        origin = s.origin.edit() if s.origin is not None else None
        body = list(s.body)
        while body and getattr(body[0], "implicit", False) and body[0].origin is s.origin:
            body.pop(0)
        step = ir.Assign((self.at,), (plus(ir.Name(self.at), ONE),), origin=origin)
        item = ir.Index(ir.Name(self.items), ir.Name(self.at))
        bound: ir.Stmt = (
            ir.Assign((target.id,), (item,), origin=origin)
            if isinstance(target, ir.Name)
            else ir.Unpack(target, item, origin=origin)
        )
        return ir.While(self.more(), (step, bound, *body), s.orelse, origin)
