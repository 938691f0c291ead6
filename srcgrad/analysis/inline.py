"""Calls that make closures, written out where they stand: what a closure carries is then in reach where it is called.

    def make(a):                          b = a * a          (make_b, if the caller has a `b`)
        b = a * a                         def g(x):
        def g(x):                             return b * x
            return b * x          ->      h = g
        return g

    h = make(k)

The names of one such call are frozen: binding them again makes another closure (`analysis.stale`).
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from ..frontend.lower import Names
from ..frontend.renaming import renamed_definition
from ..ir import nodes as ir
from ..ir.walk import (
    block_reads,
    block_writes,
    bound_names,
    statement_expressions,
    statements,
    subexpressions,
    substitute,
)
from .container_changes import STRUCTURAL
from .evaluate_calls import Called
from .foreign import can_be_renamed, foreign_names
from .instance import Instance
from .passed import call_arguments


class Inline:
    """`prepare(function)` gives the body; `diagnose` takes the refusal of what cannot be written out; `calls` are other
    calls than those that make closures."""

    def __init__(
        self, at: Instance, prepare: Any, names: Names, diagnose: Any, calls: dict[int, Called] | None = None
    ) -> None:
        self.at, self.prepare, self.names, self.diagnose = at, prepare, names, diagnose
        self.makes = calls is None
        self.calls: dict[int, Called] = at.makers if calls is None else calls
        self.written = block_writes(at.body)
        self.changed = False

    def block(self, block: ir.Block, in_loop: bool = False) -> ir.Block:
        return tuple(x for s in block for x in self.statement(s, in_loop))

    def statement(self, s: ir.Stmt, in_loop: bool) -> list[ir.Stmt]:
        match s:
            case ir.If(_, body, orelse):
                return [replace(s, body=self.block(body, in_loop), orelse=self.block(orelse, in_loop))]
            case ir.While(_, body) | ir.For(_, _, body):
                return [replace(s, body=self.block(body, True))]
            case ir.Assign((name,), (value,)) if id(value) in self.calls:
                return self.expand(s, name, self.calls[id(value)], in_loop)
            case ir.Unpack(target, value) if id(value) in self.calls:
                called = self.calls[id(value)]
                name = self.names.fresh(f"{called.instance.function.name.strip('<>').rstrip('_')}_out")
                made = self.expand(s, name, called, in_loop)
                return made if not self.changed else taken_apart(made, target, ir.Name(name), edited(s))
        return [s]

    def expand(self, s: ir.Stmt, name: str, called: Called, in_loop: bool) -> list[ir.Stmt]:
        function = called.instance.function
        prepared = self.prepare(function)
        given = call_arguments(called)
        values = {p.name: given.get(p.name, p.default) for p in function.params}
        captured = {h.role: h.access for h in called.func.held if h.role[0] not in "#="}
        locals_ = block_writes(prepared.body)
        bound = {n for x in statements(prepared.body) if not changes_slot(x) for n in bound_names(x)}
        if self.makes and in_loop and not values and locals_:  # nothing would tell one round from another
            self.refuse(s, called.expr)
            return [s]
        if self.makes and not can_be_renamed(function, prepared.body, self.at):
            message = f"`{function.name}` reads names of its own module that mean something else here"
            hint = "Call it in the module it is defined in."
            self.diagnose("SG306", message, self.at, s, called.expr, hint)
            return [s]
        self.changed = True
        new: dict[str, str] = {}
        opening: list[ir.Stmt] = []
        for n, value in {**captured, **values}.items():
            fixed = isinstance(value, ir.Name) and (n in captured or not self.makes or value.id not in self.written)
            if isinstance(value, ir.Name) and fixed and n not in bound:
                new[n] = value.id
                continue
            new[n] = self.fresh(n, function.name)
            opening.append(ir.Assign((new[n],), (value,), origin=edited(s)))
        taken_by_value = {n for v in values.values() if v is not None for n in names_in(v)} | set(new.values())
        own = prepared.result
        if name not in taken_by_value and name not in locals_:
            new[own] = name
        for n in sorted(locals_ - set(new)):
            new[n] = self.fresh(n, function.name)
        for n in foreign_names(function, prepared.body, self.at):
            new[n] = self.names.fresh(f"{function.name.strip('<>').rstrip('_')}_{n}")
            self.at.foreign[new[n]] = (function.scope, n)
        self.at.shared_names |= block_reads(prepared.body) - set(new)
        if self.makes:
            self.at.frozen |= {m for n, m in new.items() if n not in captured and m != name and m not in taken_by_value}
            self.at.frozen |= {x.names[0] for x in opening if isinstance(x, ir.Assign)}
        self.at.frozen |= {new[n] for n in prepared.frozen}
        body = [renamed(x, new, edited(s)) for x in prepared.body]
        if new[own] != name:
            body.append(ir.Assign((name,), (ir.Name(new[own]),), origin=edited(s)))
        return [*opening, *body]

    def refuse(self, s: ir.Stmt, e: ir.Expr) -> None:
        self.diagnose(
            "SG306", "the function returned here carries values of the function that made it", self.at, s, e,
            "Define it where it is used, or pass the values as arguments.",
        )  # fmt: skip

    def refuse_rest(self) -> None:
        """Makers in a place they cannot be moved out of; in a test nobody needs what they make to be known."""
        for s in statements(self.at.body):
            if not isinstance(s, ir.If | ir.While):
                for e in statement_expressions(s):
                    for x in everything(e):
                        if id(x) in self.at.makers:
                            self.refuse(s, x)

    def fresh(self, name: str, function: str) -> str:
        wanted = name if name not in self.names.taken else f"{function.strip('<>').rstrip('_')}_{name}"
        return self.names.fresh(wanted)


def taken_apart(made: list[ir.Stmt], target: ir.Expr, value: ir.Name, origin: Any) -> list[ir.Stmt]:
    """The statements that make a value, and its items under the names of `target`."""
    match made[-1], target:
        case ir.Assign((name,), (ir.Display("tuple", values),)), ir.Display(_, names) if name == value.id:
            plain = [n.id for n in names if isinstance(n, ir.Name)]
            if len(plain) == len(names) == len(values) and not any(isinstance(v, ir.Star) for v in values):
                return [*made[:-1], ir.Assign(tuple(plain), values, origin=origin)]
    return [*made, ir.Unpack(target, value, origin=origin)]


def everything(e: ir.Expr) -> Iterator[ir.Expr]:
    """An expression and all in it, the inside of comprehensions included."""
    for x in subexpressions(e):
        yield x
        if isinstance(x, ir.Comprehension):
            inner = [c.iterable for c in x.clauses] + [t for c in x.clauses for t in c.conditions]
            for part in [x.element, *inner, *([x.key] if x.key is not None else [])]:
                yield from everything(part)


def holds_maker(e: ir.Expr, makers: Container[int]) -> bool:
    return any(id(x) in makers for x in everything(e))


def changes_slot(s: ir.Stmt) -> bool:
    """Whether a statement changes what a name holds, which the name goes on to stand for."""
    return isinstance(s, ir.Store | ir.Update) and (not isinstance(s.place, ir.Name) or s.op in STRUCTURAL)


def edited(s: ir.Stmt) -> Any:
    return s.origin.edit() if s.origin is not None else None


def names_in(e: ir.Expr) -> set[str]:
    return {x.id for x in subexpressions(e) if isinstance(x, ir.Name)}


def renamed(
    s: Any, new: dict[str, str], origin: Any, keep: bool = False, values: dict[str, ir.Expr] | None = None
) -> Any:
    """A copy of a statement with other names, every expression an object of its own; `keep`: at its own place."""
    swaps: dict[str, ir.Expr] = {**{n: ir.Name(m) for n, m in new.items()}, **(values or {})}
    origin = edited(s) if keep else origin
    in_loop = origin if keep else None

    def move(e: ir.Expr) -> ir.Expr:
        return copied(substitute(e, swaps))

    def inner(block: ir.Block, origin: Any = origin) -> ir.Block:
        return tuple(renamed(x, new, origin, keep, values) for x in block)

    match s:
        case ir.Assign(names, exprs):
            return replace(s, names=tuple(new.get(n, n) for n in names), values=tuple(map(move, exprs)), origin=origin)
        case ir.Unpack(target, value):
            return replace(s, target=move(target), value=move(value), origin=origin)
        case ir.Update(place, _, value) | ir.Store(place, value):
            return replace(s, place=move(place), value=move(value), origin=origin)  # type: ignore[arg-type]
        case ir.Eval(e):
            return replace(s, expr=move(e), origin=origin)
        case ir.If(test, body, orelse):
            return replace(s, test=move(test), body=inner(body), orelse=inner(orelse), origin=origin)
        case ir.While(test, body):
            return replace(s, test=move(test), body=inner(body, None), origin=in_loop)
        case ir.For(target, iterable, body, _, header):
            shown = (move(header[0]), move(header[1])) if header is not None else None
            return replace(
                s, target=new.get(target, target), iterable=move(iterable), body=inner(body, None), header=shown,
                origin=in_loop, late=frozenset(new.get(n, n) for n in s.late),
            )  # fmt: skip
        case ir.Define() if not new:
            return replace(s)
        case ir.Define(name, function, cells=cells):
            known = dict(cells)
            found = {n: new.get(known.get(n, n), known.get(n, n)) for n in function.captures}
            return renamed_definition(s, new.get(name, name), found)
        case ir.Opaque(_, reads, writes) if not set(reads) & set(swaps) and (not writes or not new):
            return replace(s)
        case ir.Break() | ir.Continue():
            return replace(s)
    raise AssertionError(f"`{type(s).__name__}` in a function that makes functions")


def copied(e: Any) -> Any:
    """The same expression with no part in common."""
    if isinstance(e, tuple):
        return tuple(copied(x) for x in e)
    if is_dataclass(e) and not isinstance(e, type):
        if isinstance(e, ir.Const):
            return ir.Const(e.value)
        return type(e)(**{f.name: copied(getattr(e, f.name)) for f in fields(e)})
    return e
