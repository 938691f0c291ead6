"""Forward mode: each statement preceded by its derivative along a direction.

y = np.sin(x) * k        ->        t_y = t_x * np.cos(x) * k
                                   y = np.sin(x) * k
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import Any

from ..analysis import kinds as k
from ..analysis.container_changes import EVERY, is_container_change, is_list
from ..analysis.instance import Instance
from ..analysis.paths import path_root, rerooted
from ..ir import nodes as ir
from ..ir.build import call
from ..ir.walk import bound_names as bound, root
from .changes import KEEPING
from .directions import Along, OneByOne
from .immutable import as_number
from .layout import Layout, alike
from .linked_places import with_tangent
from .mirrored import SHARED_SHADOW
from .names import Names, Temporaries
from .reverse_contributions import OUT
from .sharing import share
from .substitution import statement_reads, substitute_statement
from .tangent_expressions import Push, zero_of
from .tangent_memory import Apart

KindOf = Callable[[ir.Expr], k.Kind]


class Tangent:
    """Forward mode of one function.  `callee(instance)` names the tangent function of a callee.

    `lent`: callers may change what it gives; `along` makes what writes tangents along many directions at once, where
    those are wanted.
    """

    def __init__(
        self, instance: Instance, evaluate: Any, names: Names, callee: Any, along: Any = None, lent: bool = False
    ) -> None:
        self.instance, self.evaluate, self.names, self.callee = instance, evaluate, names, callee
        self.directions, self.lent = along, lent
        self.apart = Apart(instance, self.kind_at, names.changed, lent)

    @cached_property
    def layout(self) -> Layout:
        return Layout(self.instance, self.kind_at, self.names.changed, self.lent)

    def kind_at(self, s: ir.Stmt) -> KindOf:
        return self.evaluate.at(self.instance, s)

    def value(self, s: ir.Stmt, e: ir.Expr) -> ir.Expr:
        """A tangent as it gets a name or a place: along one direction, or along all."""
        return e if self.directions is None else self.along(s).whole(e)

    def along(self, s: ir.Stmt) -> Along:
        found: Along = self.directions(self.instance, self.names, self.evaluate, s)
        return found

    def block(self, block: ir.Block) -> tuple[ir.Stmt, ...]:
        return tuple(x for s in block for x in below_its_comments(s, [*self.guards(s), *self.statement(s)]))

    def guards(self, s: ir.Stmt) -> list[ir.Stmt]:
        """Checks that a part of a tangent is a view where that of its primal is one."""
        parts = self.layout.from_elsewhere(s)
        if parts and self.directions is not None:
            raise OneByOne
        return [alike(x, self.names.tangent(path_root(x))) for x in parts if self.carries(path_root(x))]

    def statement(self, s: ir.Stmt) -> list[ir.Stmt]:
        linked = with_tangent(s, kind := self.kind_at(s), Push(kind, self.names))
        if linked is not None:
            return linked
        match s:
            case ir.Assign():
                return self.assign(s)
            case ir.Unpack():
                return self.unpack(s)
            case ir.Update(ir.Name(name), "append", value):
                return self.append(s, name, value)
            case ir.Store() | ir.Update() if is_container_change(s, self.kind_at(s)):
                return self.container_change(s)
            case ir.Store() | ir.Update():
                return self.change(s)
            case ir.If(_, body, orelse):
                return [replace(s, body=self.block(body), orelse=self.block(orelse))]
            case ir.While(_, body):
                return [replace(s, body=self.block(body))]
            case ir.For():
                return [self.loop(s)]
            case ir.Eval() | ir.Break() | ir.Continue() | ir.Opaque() | ir.Define():
                return [s]
        raise AssertionError(f"not prepared for forward mode: {s!r}")

    def loop(self, s: ir.For) -> ir.Stmt:
        """A loop over items counts openly where the items carry tangents."""
        node = s.origin.node if s.origin is not None else None
        own = [x for x in s.body if getattr(x, "implicit", False)]
        implicit = [x for x in own if x.origin is s.origin or x.origin is not None and x.origin.node is node]
        body = self.block(s.body)
        if any(self.carries(n) for x in implicit for n in bound(x)):
            opened = tuple(
                replace(x, implicit=False, origin=None) if any(x is y for y in implicit) else x for x in body  # type: ignore[arg-type]
            )  # type: ignore[call-arg]
            return replace(s, body=opened, header=None)
        return replace(s, body=body)

    def carries(self, name: str) -> bool:
        kind = self.instance.kind_of_name(name)
        return k.flows(kind) and not k.only_functions(kind)

    def assign(self, s: ir.Assign) -> list[ir.Stmt]:
        kind = self.kind_at(s)
        called = self.callee.call_of(s)
        if called is not None:
            return self.callee.tangent_call(s, called, kind, self)
        push = Push(kind, self.names)
        pairs = [
            (n, self.like_the_primal(
                s, n, v, push(v, ir.Name(OUT + n)) if self.has_tangent(v, kind(v)) else self.zero(s, n, v, kind(v)))
            )  # fmt: skip
            for n, v in zip(s.names, s.values, strict=True)
            if self.carries(n) and not k.only_functions(kind(v))
        ]
        if not pairs:
            return [s]
        values = tuple(self.number(n, self.value(s, t)) for n, t in pairs)
        line = ir.Assign(tuple(self.names.tangent(n) for n, _ in pairs), values)
        lines, after = self.in_one_go([line], s)
        lines = [self.added_to(s, x) for x in share(lines, Temporaries(self.names), s.names[0])]
        return [s, *lines] if after else [*lines, s]

    def has_tangent(self, e: ir.Expr, kind: k.Kind) -> bool:
        """Whether a value carries a derivative here, or has a list or dict in it that grows under another name."""
        return kind.active or isinstance(e, ir.Name) and may_grow(kind) and self.carries(e.id)

    def number(self, name: str, t: ir.Expr) -> ir.Expr:
        """The tangent of a number as a number, for `added_to`."""
        kind = self.instance.kind_of_name(name)
        return as_number(t) if isinstance(kind, k.Num) and kind.is_scalar and self.directions is None else t

    def added_to(self, s: ir.Assign, line: ir.Stmt) -> ir.Stmt:
        """`t_s += t_x` beside `s += x`, where `s` is a number, which nothing else stands for.

        Along many directions its tangent is an array, which other names may stand for.
        """
        if self.directions is not None:
            return line
        match s, line:
            case ir.Assign((name,), (ir.Call("operator.add" | "operator.sub" as op, (ir.Name(first), _)),)), ir.Assign(
                (tangent,), (ir.Call(same, (ir.Name(second), rest)),)
            ) if op == same and name == first and tangent == second and name not in self.instance.params:
                kind = self.kind_at(s)(s.values[0])
                if isinstance(kind, k.Num) and kind.kind in ("python", "scalar") and s.origin is not None:
                    return ir.Update(ir.Name(tangent), op, rest) if s.origin.is_augmented else line
        return line

    def zero(self, s: ir.Stmt, name: str, e: ir.Expr, kind: k.Kind) -> ir.Expr:
        """The tangent of a new value that carries none."""
        if isinstance(e, ir.Call | ir.Apply) and not isinstance(kind, k.Seq | k.Dict):  # it must not run again
            return zero_of(ir.Name(OUT + name), kind)
        if name in self.names.changed and self.apart.is_tangled(s, e):  # an array is in two places of the zero, too
            return call(SHARED_SHADOW, ir.Name(OUT + name), ir.Mapping((), ()))
        return zero_of(e, kind)

    def like_the_primal(self, s: ir.Assign, name: str, e: ir.Expr, t: ir.Expr) -> ir.Expr:
        """A tangent of which no part is a copy where that of the primal is a view."""
        own = self.apart(s, {name}, e, t)
        if name not in self.layout.reshaped or self.apart.sharing(s)(e):
            return own
        return call("srcgrad.runtime.laid_out_as", own, ir.Name(OUT + name))

    def change(self, s: ir.Store | ir.Update) -> list[ir.Stmt]:
        """`A[i] = e` has the tangent `t_A[i] = t_e`; `A[i] += e` has `t_A[i] += t_e`."""
        kind = self.kind_at(s)
        push = Push(kind, self.names)
        place, value = s.place, s.value
        if not kind(place if isinstance(place, ir.Name) else place.base).active:
            assert not kind(value).active, f"a tangent is lost in {place!r}"
            return [s]
        target = rerooted(place, self.names.tangent(root(place)))
        assert isinstance(target, ir.Name | ir.Index), f"a place of its own is changed: {place!r}"
        if isinstance(s, ir.Update) and s.op in KEEPING:
            lines: list[ir.Stmt] = [ir.Update(target, s.op, push(value))] if kind(value).active else []
        elif isinstance(s, ir.Update):
            whole = ir.Call(s.op, (place, value))
            held = isinstance(place, ir.Index) and isinstance(kind(place.base), k.Seq | k.Dict)
            target = ir.Index(target, ir.Const(...)) if held else target  # the array, not the slot that it is in
            lines = [self.stored(target, push(whole) if kind(whole).active else ir.Const(0.0))]
        else:
            lines = [self.stored(target, push(value) if kind(value).active else ir.Const(0.0))]
        if self.directions is not None:
            lines = [self.along(s).change(x) for x in lines]
        return [*share(lines, Temporaries(self.names), root(place)), s]

    def container_change(self, s: ir.Store | ir.Update) -> list[ir.Stmt]:
        """`xs.append(e)` has the tangent `t_xs.append(t_e)`; a slot that takes no derivative takes a zero."""
        kind = self.kind_at(s)
        name = path_root(s.place)
        if not self.carries(name) or k.only_functions(kind(ir.Name(name))):
            return [s]
        place: Any = rerooted(s.place, self.names.tangent(name))
        push = Push(kind, self.names)

        def item(e: ir.Expr) -> ir.Expr:
            return self.apart(s, {name}, e, push.item(e))

        match s:
            case ir.Update(_, ".pop"):
                line: ir.Stmt = replace(s, place=place, origin=None)
            case ir.Update(_, ".append", value):
                line = replace(s, place=place, value=item(value), origin=None)
            case ir.Update(_, "operator.add", value) if isinstance(kind(s.place), k.Seq):  # a list takes it in place
                line = ir.Update(place, s.op, item(value))
            case ir.Update(_, op, value):
                whole = ir.Call(op, (s.place, value))
                line = ir.Store(ir.Index(place, EVERY) if is_list(kind(s.place)) else place, item(whole))
            case ir.Store(_, value):
                line = ir.Store(place, item(value))
        if self.directions is not None:
            line = self.along(s).change(line)
        return [*share([line], Temporaries(self.names), name), s]

    @staticmethod
    def stored(target: ir.Name | ir.Index, e: ir.Expr) -> ir.Stmt:
        if isinstance(target, ir.Name):
            target = ir.Index(target, ir.Const(...))
        return ir.Store(target, e)

    def in_one_go(self, lines: list[ir.Stmt], s: ir.Assign) -> tuple[list[ir.Stmt], bool]:
        """The tangent goes before the statement, or after it where it reads its result and no old value."""
        values = dict(zip(s.names, s.values, strict=True))
        used = set().union(*(statement_reads(x) for x in lines))
        wanted = [n for n in values if OUT + n in used]
        if wanted and not used & set(s.names):
            return [substitute_statement(x, {OUT + n: ir.Name(n) for n in wanted}) for x in lines], True
        return [substitute_statement(x, {OUT + n: values[n] for n in wanted}) for x in lines], False

    def unpack(self, s: ir.Unpack) -> list[ir.Stmt]:
        kind = self.kind_at(s)
        called = self.callee.call_of(s)
        if called is not None:
            return self.callee.tangent_call(s, called, kind, self)
        if not any(self.carries(n) for n in bound(s)):
            return [s]
        if isinstance(s.value, ir.Call | ir.Apply) and not kind(s.value).active:
            return [s, *self.zeros(s)]
        value = self.apart(s, bound(s), s.value, Push(kind, self.names).item(s.value))
        if self.directions is not None:
            value = self.along(s).unpacked(value)
        return [ir.Unpack(self.target(s.target), value), s]

    def zeros(self, s: ir.Unpack) -> list[ir.Stmt]:
        """Tangents of new values that carry none, made of the values: what gave them must not run again."""
        carrying = sorted(n for n in bound(s) if self.carries(n))
        values = [zero_of(ir.Name(n), self.instance.kind_of_name(n)) for n in carrying]
        return [
            ir.Assign((self.names.tangent(n),), (self.value(s, v),)) for n, v in zip(carrying, values, strict=True)
        ]

    def target(self, e: ir.Expr) -> ir.Expr:
        match e:
            case ir.Name(name):
                return ir.Name(self.names.tangent(name) if self.carries(name) else self.names.unused)
            case ir.Star(value):
                return ir.Star(self.target(value))
            case ir.Display(kind, items):
                found = tuple(self.target(i) for i in items)
                ignored = ir.Name(self.names.unused)
                return ir.Display(kind, found) if set(found) != {ignored} else ignored
        raise AssertionError(f"not a target: {e!r}")

    def append(self, s: ir.Update, name: str, value: ir.Expr) -> list[ir.Stmt]:
        if not self.carries(name):
            return [s]
        t = self.value(s, self.apart(s, {name}, value, Push(self.kind_at(s), self.names).item(value)))
        lines = share([ir.Update(ir.Name(self.names.tangent(name)), "append", t)], Temporaries(self.names), name)
        return [*lines, s]


def may_grow(kind: k.Kind) -> bool:
    """Whether a value is a list or plain dict, or has one in it."""
    inside = (kind, *k.inside(kind)) if isinstance(kind, k.Seq | k.Dict) else ()
    return any(isinstance(x, k.Seq) and x.kind == "list" or isinstance(x, k.Dict) and x.cls is None for x in inside)


def below_its_comments(s: ir.Stmt, lines: list[ir.Stmt]) -> list[ir.Stmt]:
    """The lines that a statement becomes, each of which knows that it belongs to it."""
    if s.origin is None or len(lines) == 1:  # type: ignore[union-attr]
        return lines
    edited = s.origin.edit()  # type: ignore[union-attr]
    return [replace(x, origin=edited) if getattr(x, "origin", edited) is None else x for x in lines]  # type: ignore[call-arg]
