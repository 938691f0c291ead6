"""Where a function is chosen while the program runs, what uses it is written once for each choice.

f = g if c else h          if c:                     for f in (np.sin, g):       f = fs[0]
y = f(x)            ->         f = g                     x = f(x)          ->    x = np.sin(x)
                               y = g(x)                                          f = fs[1]
                           else: ...                                             x = g(x)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..frontend.lower import Names, exits
from ..ir import nodes as ir
from ..ir.walk import block_reads, block_writes, map_children, reads, statement_expressions, statements, subexpressions
from . import kinds as k
from .inline import copied, edited, everything, renamed
from .interpret import Instance

LARGEST = 400  # statements of a function, after which no more copies are made


class Split:
    """`kind(stmt, expr)` gives kinds; `diagnose` takes the refusal of calls that stay unknown."""

    def __init__(self, at: Instance, kind: Callable[[ir.Stmt, ir.Expr], k.Kind], names: Names, diagnose: Any) -> None:
        self.at, self.kind, self.names, self.diagnose = at, kind, names, diagnose
        self.changed = False
        self.room = sum(1 for _ in statements(at.body)) < LARGEST

    def block(self, block: ir.Block) -> ir.Block:
        done: list[ir.Stmt] = []
        for n, s in enumerate(block):
            if self.changed:  # one change at a time: the kinds of what follows are not known yet
                return (*done, *block[n:])
            if not dispatched(s, block[n + 1 : n + 2]):
                *before, s = self.chosen(s)
                done += before
            if isinstance(s, ir.If) and self.room:
                used = self.last_use(s, block[n + 1 :])
                if used:
                    self.changed = True
                    tail, rest = block[n + 1 : n + 1 + used], block[n + 1 + used :]
                    again = tuple(renamed(x, {}, None, keep=True) for x in tail)
                    return (*done, replace(s, body=(*s.body, *tail), orelse=(*s.orelse, *again), flat=False), *rest)
            done += self.inside(s)
        return tuple(done)

    def chosen(self, s: ir.Stmt) -> list[ir.Stmt]:
        """The choice of a function as an `if`, where it is an expression."""
        match s:
            case ir.Assign((name,), (ir.Select(test, then, other) as value,)) if is_mixed(self.kind(s, value)):
                self.changed = True
                a, b = ((ir.Assign((name,), (e,), origin=edited(s)),) for e in (then, other))
                return [ir.If(test, a, b)]
            case ir.Assign((name,), (ir.Index(base) as value,)) if is_mixed(self.kind(s, value)):
                places = items_of(self.kind(s, base))
                if places:
                    self.changed = True
                    return self.picked(s, name, base, value, places)
            case ir.Assign((_,), (value,)) | ir.Unpack(_, value):
                inner = self.called(value)
                if inner is not None:
                    self.changed = True
                    name = self.names.fresh("function")
                    new = replaced(value, inner, ir.Apply(ir.Name(name), inner.args, inner.keywords))
                    own: Any = {"values": (new,)} if isinstance(s, ir.Assign) else {"value": new}
                    return [ir.Assign((name,), (inner.func,), origin=edited(s)), replace(s, origin=edited(s), **own)]
        return [s]

    def picked(self, s: ir.Stmt, name: str, base: ir.Expr, value: ir.Index, places: list[ir.Const]) -> list[ir.Stmt]:
        """`f = fs[i]`: which of them was taken is seen from what `f` is; what Python raises is raised by it."""
        before: list[ir.Stmt] = []
        if not isinstance(base, ir.Name) or base.id == name:
            table = self.names.fresh("functions")
            before.append(ir.Assign((table,), (base,), origin=edited(s)))
            base = ir.Name(table)
        before.append(ir.Assign((name,), (ir.Index(base, value.index),), origin=edited(s)))
        *others, last = [ir.Index(base, p) for p in places]
        chain: ir.Block = (ir.Assign((name,), (last,), origin=edited(s)),)
        for item in reversed(others):
            test = ir.Compare(ir.Name(name), ("is",), (copied(item),))
            chain = (ir.If(test, (ir.Assign((name,), (item,), origin=edited(s)),), chain),)
        return [*before, *chain]

    def called(self, value: ir.Expr) -> ir.Apply | None:
        """A call of something written out, `fs[i](x)`, that is certainly made when the statement runs."""
        parts = list(subexpressions(value))
        if any(isinstance(x, ir.Select | ir.BoolOp) for x in parts):
            return None
        for x in parts:
            if isinstance(x, ir.Apply) and id(x) in self.at.mixed and not isinstance(x.func, ir.Name):
                return x
        return None

    def inside(self, s: ir.Stmt) -> list[ir.Stmt]:
        match s:
            case ir.If(_, body, orelse) if not self.changed:
                return [replace(s, body=self.block(body), orelse=orelse if self.changed else self.block(orelse))]
            case ir.For() if not self.changed:
                length = self.length(s)
                if length is not None and self.room:
                    self.changed = True
                    return self.unrolled(s, length)
                return [replace(s, body=self.block(s.body))]
            case ir.While(_, body) if not self.changed:
                return [replace(s, body=self.block(body))]
        return [s]

    # ----- after an `if` -----

    def last_use(self, s: ir.If, rest: ir.Block) -> int:
        """How many of the statements after `s` there are up to the last that needs a function chosen in it."""
        written = block_writes((s,))
        found = 0
        for n, x in enumerate(rest):
            for inner in statements((x,)):
                before = self.at.before.get(id(inner), {})
                if any(name in written and is_mixed(kind) for name, kind in before.items()):
                    found = n + 1
        return found

    # ----- loops over functions -----

    def length(self, s: ir.For) -> int | None:
        """The number of rounds of a loop over functions that are not all the same."""
        if s.header is None or exits(s.body) or s.target in block_writes(s.body):
            return None
        if any(isinstance(x, ir.Define) and s.target in x.captures for x in statements(s.body)):
            return None
        sources: list[k.Seq] = []
        for x in s.body:
            for e in statement_expressions(x) if getattr(x, "implicit", False) else ():
                for sub in subexpressions(e):
                    if isinstance(sub, ir.Index) and s.target in reads(sub.index):
                        base = self.kind(x, sub.base)
                        if isinstance(base, k.Seq) and base.items is not None:
                            sources.append(base)
        if not any(is_mixed(k.element_of(b)) or holds_mixed(k.element_of(b)) for b in sources):
            return None
        match s.iterable:
            case ir.Call("builtins.range", (ir.Call("builtins.min", lengths),)):
                found = [self.kind(s, n) for n in lengths]
            case ir.Call("builtins.range", (n,)):
                found = [self.kind(s, n)]
            case _:
                return None
        sizes = [f.value for f in found if isinstance(f, k.Num) and isinstance(f.value, int)]
        return min(sizes) if len(sizes) == len(found) else None

    def unrolled(self, s: ir.For, length: int) -> list[ir.Stmt]:
        assert s.header is not None
        shown = s.target in block_reads((ir.Eval(s.header[0]),))  # the user's own, from enumerate
        done: list[ir.Stmt] = []
        for n in range(length):
            number: dict[str, ir.Expr] = {s.target: ir.Const(n)}
            if shown:
                done.append(ir.Assign((s.target,), (ir.Const(n),)))
            for x in s.body:
                own = renamed(x, {}, None, keep=True, values=number)
                if getattr(own, "implicit", False):
                    own = replace(own, implicit=False, origin=None)
                done.append(own)
        return done

    # ----- what stays unknown -----

    def refuse_rest(self) -> None:
        for s in statements(self.at.body):
            if not isinstance(s, ir.If | ir.While):
                for e in statement_expressions(s):
                    for x in everything(e):
                        if id(x) in self.at.mixed:
                            self.diagnose(
                                "SG303", "which function is called here is only known when the program runs, and what"
                                " it is given carries a derivative", self.at, s, x,
                                "Choose with `if` and `else` in the block where it is called.",
                            )  # fmt: skip


def items_of(kind: k.Kind) -> list[ir.Const]:
    """Where the functions of a table are found in it."""
    match kind:
        case k.Seq(_, items) if items is not None:
            return [ir.Const(n) for n in range(len(items))]
        case k.Dict(pairs) if pairs is not None:
            return [ir.Const(key) for key, _ in pairs]
    return []


def dispatched(s: ir.Stmt, following: ir.Block) -> bool:
    """Whether what `s` takes from a table is told apart right after it."""
    match s, following:
        case ir.Assign((name,), _), (ir.If(ir.Compare(ir.Name(tested), ("is",))),):
            return tested == name
    return False


def replaced(e: ir.Expr, old: ir.Expr, new: ir.Expr) -> ir.Expr:
    return new if e is old else map_children(lambda c: replaced(c, old, new), e)


def is_mixed(kind: k.Kind) -> bool:
    return isinstance(kind, k.Unknown) and kind.functions


def holds_mixed(kind: k.Kind) -> bool:
    return isinstance(kind, k.Seq) and any(is_mixed(i) for i in kind.items or ())
