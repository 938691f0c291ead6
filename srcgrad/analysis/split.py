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
from .choices import (
    continued,
    dispatched,
    holds_mixed,
    is_implicit,
    is_key,
    is_mixed,
    is_place,
    is_settled,
    items_of,
    replaced,
    written_out,
)
from .inline import copied, edited, everything, renamed
from .instance import Instance
from .nested import MAKERS
from .tensorflow_inside import MAKERS as TENSORFLOW

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
            taken = self.taken(s)
            if taken is not None:
                self.changed = True
                return (*done, *taken, *block[n + 1 :])
            if isinstance(s, ir.If) and self.room:
                used = self.last_use(s, block[n + 1 :])
                if used:
                    self.changed = True
                    tail, rest = block[n + 1 : n + 1 + used], block[n + 1 + used :]
                    return (*done, continued(s, tail), *rest)
            done += self.inside(s)
        return tuple(done)

    def chosen(self, s: ir.Stmt) -> list[ir.Stmt]:
        """The choice of a function as an `if`, where it is an expression."""
        own: Any
        match s:
            case ir.Assign((name,), (ir.Select(test, then, other) as value,)) if is_mixed(self.kind(s, value)):
                self.changed = True
                a, b = ((ir.Assign((name,), (e,), origin=edited(s)),) for e in (then, other))
                return [ir.If(test, a, b)]
            case ir.Assign((name,), (ir.Call(".get", (table, key, *rest), ()),)) if self.is_looked_up(s, table):
                self.changed = True
                before: list[ir.Stmt] = []
                if not is_place(key):
                    fresh = self.names.fresh("key")
                    before.append(ir.Assign((fresh,), (key,), origin=edited(s)))
                    key = ir.Name(fresh)
                found, other = ir.Index(table, copied(key)), rest[0] if rest else ir.Const(None)
                a, b = ((ir.Assign((name,), (e,), origin=edited(s)),) for e in (found, other))
                return [*before, ir.If(ir.Compare(key, ("in",), (copied(table),)), a, b)]
            case ir.Unpack(target, ir.Index(base) as value) if holds_mixed(self.kind(s, value)):
                if items_of(self.kind(s, base)):
                    self.changed = True
                    name = self.names.fresh("chosen")
                    row: ir.Stmt = ir.Unpack(target, ir.Name(name), origin=edited(s))
                    return [*self.picked(s, name, base, value, items_of(self.kind(s, base))), row]
            case ir.Assign((name,), (ir.Index(base) as value,)) if not is_settled(self.kind(s, value)):
                places = items_of(self.kind(s, base))
                if places:
                    self.changed = True
                    return self.picked(s, name, base, value, places)
                if isinstance(base, ir.Index) and items_of(self.kind(s, base.base)):  # a table in a table
                    self.changed = True
                    inner = self.names.fresh("functions")
                    apart = ir.Assign((name,), (ir.Index(ir.Name(inner), value.index),), origin=edited(s))
                    return [ir.Assign((inner,), (base,), origin=edited(s)), apart]
            case ir.Assign((_,), (value,)) | ir.Unpack(_, value):
                of = self.derived(s, value)
                if of is not None:
                    self.changed = True
                    name = self.names.fresh("function")
                    new = replaced(value, of, ir.Name(name))
                    own = {"values": (new,)} if isinstance(s, ir.Assign) else {"value": new}
                    return [ir.Assign((name,), (of,), origin=edited(s)), replace(s, origin=edited(s), **own)]
                call = self.called(value)
                if call is not None:
                    self.changed = True
                    name = self.names.fresh("function")
                    new = replaced(value, call, ir.Apply(ir.Name(name), call.args, call.keywords))
                    own = {"values": (new,)} if isinstance(s, ir.Assign) else {"value": new}
                    return [ir.Assign((name,), (call.func,), origin=edited(s)), replace(s, origin=edited(s), **own)]
        return [s]

    def is_looked_up(self, s: ir.Stmt, table: ir.Expr) -> bool:
        """`table.get(key)` of a table of functions that are known."""
        found = self.kind(s, table)
        known = isinstance(found, k.Dict) and bool(items_of(found)) and k.only_functions(found)
        return known and is_place(table)

    def taken(self, s: ir.Stmt) -> ir.Block | None:
        """What runs of an `if` that asks whether a function is None, in the text of one choice."""
        match s:
            case ir.If(ir.Compare(ir.Name() as f, ("is" | "is not" as op,), (ir.Const(None),)), body, orelse):
                found = self.kind(s, f)
                if isinstance(found, k.Func) or found == k.NONE and any(self.holds_call(x, f) for x in (body, orelse)):
                    return body if (found == k.NONE) == (op == "is") else orelse
        return None

    def holds_call(self, block: ir.Block, f: ir.Name) -> bool:
        calls = (x for s in statements(block) for e in statement_expressions(s) for x in everything(e))
        return any(isinstance(x, ir.Apply) and x.func == f and id(x) in self.at.mixed for x in calls)

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

    def derived(self, s: ir.Stmt, value: ir.Expr) -> ir.Expr | None:
        """`fs[i]` in `grad(fs[i])`."""
        for x in subexpressions(value):
            match x:
                case ir.Call(op, (f, *_)) if op in (*MAKERS, *TENSORFLOW) and isinstance(f, ir.Index):
                    return f if is_mixed(self.kind(s, f)) else None
        return None

    def called(self, value: ir.Expr) -> ir.Apply | None:
        """A call of something written out, `fs[i](x)`, that is certainly made when the statement runs.

        Where something else is evaluated before it, it becomes a statement of its own first.
        """
        if self.is_open_call(value):
            return value  # type: ignore[return-value]
        parts = list(subexpressions(value))
        if any(isinstance(x, ir.Select | ir.BoolOp) for x in parts):
            return None
        for x in parts:
            if self.is_open_call(x) and is_place(x.func):  # type: ignore[union-attr]
                return x  # type: ignore[return-value]
        return None

    def is_open_call(self, e: ir.Expr) -> bool:
        return isinstance(e, ir.Apply) and id(e) in self.at.mixed and not isinstance(e.func, ir.Name)

    def inside(self, s: ir.Stmt) -> list[ir.Stmt]:
        match s:
            case ir.If(_, body, orelse) if not self.changed:
                return [replace(s, body=self.block(body), orelse=orelse if self.changed else self.block(orelse))]
            case ir.For() if not self.changed:
                length = self.length(s)
                if length is not None and self.room:
                    self.changed = True
                    return self.unrolled(s, length)
                body = self.block(s.body)
                if sum(map(is_implicit, body)) == sum(map(is_implicit, s.body)):
                    return [replace(s, body=body)]
                return [replace(s, body=tuple(map(written_out, body)), header=None)]
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
                if any(name in written and not is_settled(kind) for name, kind in before.items()):
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
                        if isinstance(base, k.Dict) and (
                            is_key(sub.index, sub.base, s.target) or is_own_key(x, sub, s.target)
                        ):
                            base = k.Seq("list", tuple(kind for _, kind in base.items or ()))
                        if isinstance(base, k.Seq) and base.items is not None:
                            sources.append(base)
        if not any(is_mixed(k.element_of(b)) or holds_mixed(k.element_of(b)) for b in sources):
            return None
        match s.iterable:
            case ir.Call("builtins.range", (ir.Call("builtins.min", lengths),)):
                found = [self.kind(s, n) for n in lengths]
            case ir.Call("builtins.range", (ir.Call("builtins.len", (table,)),)) if items_of(self.kind(s, table)):
                return len(items_of(self.kind(s, table)))
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
                own = renamed(self.by_keys(x, s.target, n), {}, None, keep=True, values=number)
                if getattr(own, "implicit", False):
                    own = replace(own, implicit=False, origin=None)
                done.append(own)
        return done

    def by_keys(self, s: ir.Stmt, target: str, n: int) -> ir.Stmt:
        """A statement of round `n`, with the key of a dict that is iterated over in that round."""

        def swapped(e: ir.Expr) -> ir.Expr:
            if isinstance(e, ir.Index) and is_key(e.index, e.base, target):
                base = self.kind(s, e.base)
                if isinstance(base, k.Dict) and items_of(base):
                    return ir.Index(e.base, items_of(base)[n])
            return map_children(swapped, e)

        match s:
            case ir.Assign(values=(value,)) if isinstance(value, ir.Index) and is_own_key(s, value, target):
                found = self.kind(s, value.base)
                if isinstance(found, k.Dict) and items_of(found):
                    return replace(s, values=(items_of(found)[n],))
        match s:
            case ir.Assign(values=(value,), implicit=True):
                return replace(s, values=(swapped(value),))
            case ir.Unpack(_, value, True):
                return replace(s, value=swapped(value))
        return s

    # ----- what stays unknown -----

    def refuse_rest(self) -> None:
        for s in statements(self.at.body):
            if not isinstance(s, ir.If | ir.While):
                for e in statement_expressions(s):
                    for x in everything(e):
                        if id(x) in self.at.mixed:
                            self.refuse(s, x)

    def refuse(self, s: ir.Stmt, x: ir.Expr) -> None:
        message = "which function is called here is only known when the program runs, and what it is given carries a"
        message, way_out = f"{message} derivative", "Choose with `if` and `else` in the block where it is called."
        if isinstance(x, ir.Apply) and self.kind(s, x.func) == k.NONE:
            message, way_out = "what is called here may be None", "Ask for None before the call."
        self.diagnose("SG303", message, self.at, s, x, way_out)


def is_own_key(s: ir.Stmt, e: ir.Index, target: str) -> bool:
    """Whether a statement says what the variable of a loop over the keys of a dict is: `key = d[number]`."""
    return isinstance(s, ir.Assign) and s.implicit and s.values == (e,) and e.index == ir.Name(target)
