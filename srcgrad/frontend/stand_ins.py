"""Deques, defaultdicts and other containers of one function, as the lists and dicts they stand for.

    d = deque(maxlen=3)            d = []
    d.append(v)              ->    d.append(v)
                                   if len(d) > 3:
                                       d.pop(0)

Only where nothing can tell the difference: a name that is given to anything that might look at its type is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from ..ir import nodes as ir
from ..ir.walk import (
    assigned_in,
    bound_names,
    children as direct,
    reads,
    root,
    statement_expressions,
    statements,
    with_children,
)
from .changing_methods import OF_CONTAINERS

CONSUMERS = frozenset({
    "builtins." + n for n in ("len", "list", "tuple", "sum", "sorted", "max", "min", "any", "all", "enumerate", "zip",
                              "reversed", "map", "filter", "bool")
} | {"math.fsum", "math.prod", "operator.not_", "operator.delitem", "itertools.chain"})  # fmt: skip
TYPED = frozenset({"numpy.copy", "numpy.result_type", "numpy.shares_memory"})
CHANGES = frozenset({"operator.delitem", *(f".{n}" for n in OF_CONTAINERS)})
Fresh = Callable[[str], str]


class Escape(Exception):
    """A use of the name that a list or dict in its place might answer differently."""

    def __init__(self, e: ir.Expr | None, why: str = "", hint: str = "") -> None:
        self.e, self.why, self.hint = e, why, hint


class StandIn:
    """Rewrites all uses of one name; a subclass for each type says what becomes of its methods."""

    word = ""
    consumers = CONSUMERS
    takes_arrays = True  # whether NumPy reads it as it reads a list

    def __init__(self, name: str, fresh: Fresh) -> None:
        self.name, self.fresh = name, fresh
        self.made: set[str] = set()
        self.before: list[ir.Stmt] = []
        self.keys: frozenset[str] = frozenset()

    # ----- what a subclass says -----

    def constructed(self, e: ir.Expr) -> tuple[ir.Expr, list[ir.Stmt]] | None:
        """The list or dict, and what has to be done after it is made; None if `e` makes something else."""
        raise NotImplementedError

    def method(self, e: ir.Call) -> ir.Expr:
        raise Escape(e)

    def effect(self, e: ir.Call) -> list[ir.Stmt] | None:
        """A method call in a statement of its own, where it is more than its value."""
        return None

    def item(self, e: ir.Index) -> ir.Expr:
        return ir.Index(e.base, self.expr(e.index))

    def place(self, e: ir.Index, s: ir.Stmt) -> ir.Expr:
        return ir.Index(e.base, self.expr(e.index))

    def iterated(self, e: ir.Expr) -> ir.Expr:
        return e

    def attribute(self, e: ir.Attribute) -> ir.Expr:
        raise Escape(e)

    # ----- expressions -----

    def is_it(self, e: ir.Expr | None) -> bool:
        return isinstance(e, ir.Name) and e.id == self.name

    def new(self, name: str) -> str:
        name = self.fresh(name)
        self.made.add(name)
        return name

    def is_read_as_array(self, op: str) -> bool:
        return self.takes_arrays and op.startswith("numpy.") and op not in TYPED

    def test(self, e: ir.Expr) -> ir.Expr:
        """An expression of which only the truth counts."""
        match e:
            case ir.Name():
                return e
            case ir.BoolOp(op, values):
                return ir.BoolOp(op, tuple(map(self.test, values)))
            case ir.Call("operator.not_", (inner,)):
                return ir.Call(e.op, (self.test(inner),))
        return self.expr(e)

    def expr(self, e: ir.Expr) -> ir.Expr:
        if self.name not in reads(e):
            return e
        match e:
            case ir.Name() | ir.Lambda() | ir.Text():
                raise Escape(e)
            case ir.Call(op, (first, *_)) if op.startswith(".") and self.is_it(first):
                return self.method(e)
            case ir.Call("operator.not_", (inner,)):
                return ir.Call(e.op, (self.test(inner),))
            case ir.Call(op) if op in self.consumers or self.is_read_as_array(op):
                return with_children(e, tuple(c if self.is_it(c) else self.expr(c) for c in direct(e)))
            case ir.Index(base) if self.is_it(base):
                return self.item(e)
            case ir.Attribute(base) if self.is_it(base):
                return self.attribute(e)
            case ir.Star(value) if self.is_it(value):
                return ir.Star(self.iterated(value))
            case ir.Compare(first, ("in" | "not in",) as ops, (second,)) if self.is_it(second):
                return ir.Compare(self.expr(first), ops, (second,))
            case ir.Select(test, then, other):
                return ir.Select(self.test(test), self.expr(then), self.expr(other))
            case ir.Comprehension():
                return self.comprehension(e)
        return with_children(e, tuple(map(self.expr, direct(e))))

    def comprehension(self, e: ir.Comprehension) -> ir.Expr:
        if any(self.name in reads(c.target) for c in e.clauses):
            raise Escape(e)
        known, clauses = self.keys, []
        for c in e.clauses:
            iterable = self.source(c.iterable)
            self.keys |= self.key_names(c.target, c.iterable)
            clauses.append(ir.Clause(c.target, iterable, tuple(map(self.test, c.conditions))))
        key = self.expr(e.key) if e.key is not None else None
        found = ir.Comprehension(e.kind, self.expr(e.element), tuple(clauses), key, e.early)
        self.keys = known
        return found

    def source(self, e: ir.Expr) -> ir.Expr:
        """What a loop goes through."""
        return self.iterated(e) if self.is_it(e) else self.expr(e)

    def key_names(self, target: ir.Expr, iterable: ir.Expr) -> frozenset[str]:
        """Names of a loop's target that are bound to keys the container has."""
        match target, iterable:
            case ir.Display(_, (ir.Name(n), *_)), ir.Call(".items", (base,)) if self.is_it(base):
                return frozenset({n})
            case ir.Name(n), _:
                while isinstance(iterable, ir.Call) and iterable.op in (
                    ".keys", "builtins.list", "builtins.sorted", "builtins.tuple", "builtins.reversed",
                ) and iterable.args:  # fmt: skip
                    iterable = iterable.args[0]
                return frozenset({n}) if self.is_it(iterable) else frozenset()
        return frozenset()

    # ----- statements -----

    def block(self, block: ir.Block) -> ir.Block:
        return tuple(x for s in block for x in self.whole(s))

    def whole(self, s: ir.Stmt) -> list[ir.Stmt]:
        outer, self.before = self.before, []
        found = self.statement(s)
        found, self.before = [*self.before, *found], outer
        if len(found) > 1 or found[0] is not s:
            origin = s.origin.edit() if s.origin is not None else None
            found = [x if getattr(x, "origin", None) is not None else replace(x, origin=origin) for x in found]
        return found

    def statement(self, s: ir.Stmt) -> list[ir.Stmt]:
        match s:
            case ir.Assign(names, values) if self.name in names:
                return self.assign(s)
            case ir.Assign(_, values, True):  # what the header of a loop binds
                return self.edited(s, values=tuple(map(self.element, values)))
            case ir.Unpack(_, value, True):
                return self.edited(s, value=self.element(value))
            case ir.Assign(_, values):
                return self.edited(s, values=tuple(map(self.expr, values)))
            case ir.Unpack(_, value):
                return self.edited(s, value=self.source(value))
            case ir.Store(place, value) | ir.Update(place, _, value) if self.is_it(place):
                return self.update(s)  # type: ignore[arg-type]
            case ir.Store(place, value) | ir.Update(place, _, value):
                return self.edited(s, place=self.changed_place(place, s), value=self.expr(value))
            case ir.Eval(ir.Call(op, (first, *_)) as e) if op.startswith(".") and self.is_it(first):
                return self.effect(e) or self.edited(s, expr=self.method(e))
            case ir.Eval(e):
                return self.edited(s, expr=self.expr(e))
            case ir.Return(value) if value is not None:
                return self.edited(s, value=self.expr(value))
            case ir.If(test, body, orelse):
                known = self.keys
                match test:
                    case ir.Compare(ir.Name(key), ("in",), (base,)) if self.is_it(base):
                        self.keys |= {key}
                body = self.block(body)
                self.keys = known
                return self.edited(s, test=self.test(test), body=body, orelse=self.block(orelse))
            case ir.While(test, body, orelse):
                return self.edited(s, test=self.test(test), body=self.block(body), orelse=self.block(orelse))
            case ir.For():
                return self.loop(s)
            case ir.Define() if self.name in {*s.captures, *(n for _, n in s.cells)}:
                raise Escape(None)
            case ir.Opaque("del", _, writes) if self.name in writes:
                return [s]
            case ir.Opaque(_, used, writes) if self.name in used or self.name in writes:
                raise Escape(None)
        return [s]

    def edited(self, s: Any, **new: Any) -> list[ir.Stmt]:
        if all(getattr(s, n) is v or getattr(s, n) == v for n, v in new.items()):
            return [s]
        compound = isinstance(s, ir.If | ir.While | ir.For)
        changed = any(getattr(s, n) != v for n, v in new.items() if n not in ("body", "orelse"))
        origin = s.origin.edit() if s.origin is not None and (changed or not compound) else s.origin
        return [replace(s, origin=origin, **new)]

    def loop(self, s: ir.For) -> list[ir.Stmt]:
        known = self.keys
        if s.header is not None:
            target, iterable = s.header
            if self.name in reads(iterable):
                self.source(iterable)
            rebound = {n for x in statements(s.body) if not getattr(x, "implicit", False) for n in bound_names(x)}
            self.keys |= self.key_names(target, iterable) - rebound
        body = self.block(s.body)
        self.keys = known
        return self.edited(s, iterable=self.expr(s.iterable), body=body, orelse=self.block(s.orelse))

    def element(self, e: ir.Expr) -> ir.Expr:
        """An item of what a loop goes through: the container itself or its parts, at the loop's counter."""
        match e:
            case ir.Index(base) if self.is_it(base):
                self.iterated(base)
                return e
            case ir.Display(kind, items):
                return ir.Display(kind, tuple(map(self.element, items)))
        return self.expr(e)

    def assign(self, s: ir.Assign) -> list[ir.Stmt]:
        after: list[ir.Stmt] = []
        values = []
        for n, v in zip(s.names, s.values, strict=True):
            made = self.constructed(v) if n == self.name else None
            if n == self.name and (made is None or self.name in reads(v)):
                raise Escape(v)
            values.append(made[0] if made is not None else self.expr(v))
            after += made[1] if made is not None else []
        return [*self.edited(s, values=tuple(values)), *after]

    def update(self, s: ir.Update) -> list[ir.Stmt]:
        """`d += e`"""
        raise Escape(s.value)

    def changed_place(self, e: ir.Expr, s: ir.Stmt) -> ir.Expr:
        if isinstance(e, ir.Index) and self.is_it(e.base):
            return self.place(e, s)
        return self.inner_place(e, s) if self.name in reads(e) else e

    def inner_place(self, e: ir.Expr, s: ir.Stmt) -> ir.Expr:
        match e:
            case ir.Index(base, index) if self.is_it(base):
                return self.item(e)
            case ir.Index(base, index):
                inner = self.inner_place(base, s) if self.name in reads(base) else base
                return ir.Index(inner, self.expr(index))
            case ir.Attribute(base, name):
                return ir.Attribute(self.inner_place(base, s), name)
        raise Escape(e)

    # ----- after all -----

    def changes(self, body: ir.Block) -> bool:
        """Whether the container is changed at all: one that is not may stay what it is."""
        return any(self.is_changed(s) for s in statements(body))

    def is_changed(self, s: ir.Stmt) -> bool:
        match s:
            case ir.Store(place) | ir.Update(place) if self.name in reads(place):
                return True
        return any(
            isinstance(x, ir.Call) and x.op in CHANGES and x.args and root(x.args[0]) == self.name
            for e in statement_expressions(s)
            for x in everything(e)
        )


def everything(e: ir.Expr) -> Iterator[ir.Expr]:
    """An expression and all in it, the inside of comprehensions and lambdas too."""
    yield e
    inner = list(direct(e))
    if isinstance(e, ir.Comprehension):
        inner += [e.element, *([e.key] if e.key is not None else [])]
        inner += [x for c in e.clauses for x in (c.iterable, *c.conditions)]
    if isinstance(e, ir.Lambda):
        inner.append(e.body)
    for c in inner:
        yield from everything(c)


def name_bindings(body: ir.Block) -> dict[str, list[ir.Expr | None]]:
    """What each name is bound to, None where that is not an expression of its own."""
    found: dict[str, list[ir.Expr | None]] = {}
    for s in statements(body):
        if isinstance(s, ir.Assign):
            for n, v in zip(s.names, s.values, strict=True):
                found.setdefault(n, []).append(v)
        elif not isinstance(s, ir.Store | ir.Update) and getattr(s, "kind", "") != "del":
            for n in bound_names(s):
                found.setdefault(n, []).append(None)
        for e in statement_expressions(s):
            for n in assigned_in(e):
                found.setdefault(n, []).append(None)
    return found
