"""Forward mode: each statement preceded by its derivative along a direction.

y = np.sin(x) * k        ->        t_y = t_x * np.cos(x) * k
                                   y = np.sin(x) * k
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..analysis import kinds as k
from ..analysis.aliases import Aliases
from ..analysis.container_changes import is_container_change
from ..analysis.interpret import Instance
from ..analysis.sharing import Sharing, may_share
from ..analysis.views import path_root, rerooted
from ..ir import nodes as ir
from ..ir.build import call, is_zero, plus, simplified, times
from ..ir.walk import bound_names as bound
from ..ir.walk import children, reads, root
from ..rules import bind as binding
from ..rules.declare import Rule
from ..rules.registry import attribute, lookup
from .apply_rule import (
    CARRIED,
    active_parameters,
    arguments,
    bind_call,
    may_be_whole,
    partials,
    run_template,
    specialised,
)
from .broadcasting import covers, shape_source
from .changes import KEEPING
from .names import Names, Temporaries
from .reverse_contributions import OUT
from .reverse_expressions import MASKED, doubled, has_names
from .shadows import OWN, is_fresh
from .sharing import share
from .substitution import statement_reads, substitute_statement

KindOf = Callable[[ir.Expr], k.Kind]


class Push:
    """The tangent of an expression, as an expression over tangents and primals."""

    def __init__(self, kind: KindOf, names: Names) -> None:
        self.kind, self.names = kind, names

    def __call__(self, e: ir.Expr, out: ir.Expr | None = None) -> ir.Expr:
        """`e` must be active; `out` is a name that will hold its value."""
        match e:
            case ir.Name(name):
                return ir.Name(self.names.tangent(name))
            case ir.Index(base, index):
                return ir.Index(self(base), index)
            case ir.Attribute(base, name):
                op = attribute(name)
                assert op is not None, f"attribute {name} is active"
                return self.call(ir.Call(op, (base,)), out)
            case ir.Display(kind, items):
                return ir.Display(kind, tuple(self.item(i) for i in items))
            case ir.Mapping(keys, values, cls):
                return ir.Mapping(keys, tuple(self.item(v) for v in values), cls)
            case ir.Star(value):
                return ir.Star(self.item(value))
            case ir.Select(test, then, other):
                return ir.Select(test, self.item(then), self.item(other))
            case ir.Call():
                return self.call(e, out)
        raise AssertionError(f"not prepared for forward mode: {e!r}")

    def active(self, e: ir.Expr) -> bool:
        return self.kind(e).active

    def item(self, e: ir.Expr) -> ir.Expr:
        """The tangent of one item of a container: zero, or a stand-in, where it carries none."""
        return self(e) if self.active(e) else zero_of(e, self.kind(e))

    def call(self, e: ir.Call, out: ir.Expr | None) -> ir.Expr:
        rule = lookup(e.op)
        if rule is None or e.op.startswith("operator.") and any(isinstance(self.kind(a), k.Seq) for a in e.args):
            return self.container(e)
        e = with_operands_of_their_own(e)
        bound = bind_call(rule, e, self.kind)
        rule = specialised(rule, bound, self.kind)
        live = active_parameters(rule, bound, self.kind)
        found: ir.Expr = getattr(self, rule.kind)(e, rule, bound, live, out)
        return call(CARRIED, found, out or e) if may_be_whole(rule, bound, e, self.kind) else found

    def container(self, e: ir.Call) -> ir.Expr:
        match e:
            case ir.Call(op, (inner,)) if op in COPIES:
                return ir.Call(op, (self(inner),))
            case ir.Call("builtins.zip" as op, args):
                return ir.Call(op, tuple(self(a) if isinstance(a, ir.Star) else self.item(a) for a in args))
            case ir.Call("operator.add" as op, (a, b)):
                return ir.Call(op, (self.item(a), self.item(b)))
            case ir.Call("operator.mul" as op, (a, b)):
                return ir.Call(op, (self.item(a), b) if isinstance(self.kind(a), k.Seq) else (a, self.item(b)))
        raise AssertionError(f"no rule for {e.op}")

    # ----- one method per kind of rule -----

    def elementwise(
        self, e: ir.Call, rule: Rule, bound: binding.Bound, live: dict[str, ir.Expr], out: ir.Expr | None
    ) -> ir.Expr:
        parts = partials(rule, bound, out or e, live, self.kind).parts
        groups: dict[ir.Expr, ir.Expr] = {}
        for name, operand in live.items():
            if name in parts:
                groups[operand] = doubled(groups[operand], parts[name]) if operand in groups else parts[name]
        total: ir.Expr = ir.Const(0.0)
        whole = False
        for operand, partial in groups.items():
            if is_zero(partial):
                continue
            t = self(operand)
            term = call(MASKED, t, partial) if rule.singular and has_names(partial) else times(t, partial)
            total = plus(total, term)
            whole = whole or self.fills(operand, e) or self.fills(partial, e)
        if is_zero(total):  # `x - x`: nothing is left that has a shape
            return zero_of(out or e, self.kind(e))
        return total if whole else self.spread(total, e, out)

    def fills(self, part: ir.Expr, e: ir.Expr) -> bool:
        a, b = self.kind(part), self.kind(e)
        if isinstance(a, k.Num) and isinstance(b, k.Num) and k.fits(a.dims, b.dims):
            return True
        others = [self.kind(x) for x in children(e) if x is not part]
        alone = any(x is part for x in children(e)) and all(isinstance(x, k.Num) and x.dims == () for x in others)
        return alone or covers(part, e, self.kind)

    def spread(self, t: ir.Expr, e: ir.Expr, out: ir.Expr | None) -> ir.Expr:
        """The tangent in the full shape of the value."""
        shape = shape_source(call("numpy.shape", e), self.kind)
        if out is not None and shape == call("numpy.shape", e):
            shape = call("numpy.shape", out)
        return call("numpy.broadcast_to", t, shape)

    def linear(
        self, e: ir.Call, rule: Rule, bound: binding.Bound, live: dict[str, ir.Expr], out: ir.Expr | None
    ) -> ir.Expr:
        known = binding.differentiable(rule)
        swaps = {id(v): self.item(v) for n, v in bound.values.items() if n in known}
        swaps.update({id(v): self.item(v) for v in bound.star if rule.pattern.star and rule.pattern.star.name in known})
        return ir.Call(
            e.op, tuple(swaps.get(id(a), a) for a in e.args), tuple((n, swaps.get(id(v), v)) for n, v in e.keywords)
        )

    def bilinear(
        self, e: ir.Call, rule: Rule, bound: binding.Bound, live: dict[str, ir.Expr], out: ir.Expr | None
    ) -> ir.Expr:
        total: ir.Expr = ir.Const(0.0)
        for operand in live.values():
            args = tuple(self(a) if a is operand else a for a in e.args)
            words = tuple((n, self(v) if v is operand else v) for n, v in e.keywords)
            total = plus(total, ir.Call(e.op, args, words))
        return total

    def rule(
        self, e: ir.Call, rule: Rule, bound: binding.Bound, live: dict[str, ir.Expr], out: ir.Expr | None
    ) -> ir.Expr:
        missing = [f"t_{n}" for n in binding.differentiable(rule) if n not in live]
        values = {**arguments(rule, bound), "out": out or e, **{f"t_{n}": self(v) for n, v in live.items()}}
        values.update({n: ir.Name(ABSENT) for n in missing})
        total = run_template(rule, values, self.kind, {"t_out"}, str).parts["t_out"]
        return shape_source(without_absent(total), self.kind)


def with_operands_of_their_own(e: ir.Call) -> ir.Call:
    """`x @ x` with two nodes for x: after a renaming both may be the same object, and a rule moves one at a time."""
    seen: set[int] = set()
    args: list[ir.Expr] = []
    for a in e.args:
        args.append(replace(a) if id(a) in seen else a)
        seen.add(id(a))
    words = tuple((n, replace(v) if id(v) in seen else v) for n, v in e.keywords)
    return ir.Call(e.op, tuple(args), words)


COPIES = ("builtins.list", "builtins.tuple", "builtins.dict", ".copy", "builtins.reversed", "srcgrad.runtime.private")
ABSENT = "<no tangent>"


def without_absent(e: ir.Expr) -> ir.Expr:
    """A sum without the terms of arguments that have no tangent."""
    match e:
        case ir.Display(kind, items):
            return ir.Display(kind, tuple(without_absent(i) for i in items))
        case ir.Call("operator.add" | "operator.sub" as op, (a, b)):
            left, right = ABSENT in reads(a), ABSENT in reads(b)
            if left and not split(a):
                rest = without_absent(b)
                return rest if op == "operator.add" else simplified(call("operator.neg", rest))
            if right and not split(b):
                return without_absent(a)
            return ir.Call(op, (without_absent(a), without_absent(b)))
    return e


def split(e: ir.Expr) -> bool:
    """Whether some term of a sum has a tangent."""
    match e:
        case ir.Call("operator.add" | "operator.sub", (a, b)):
            return split(a) or split(b)
    return ABSENT not in reads(e)


def zero_of(e: ir.Expr, kind: k.Kind) -> ir.Expr:
    """A zero tangent for a value that carries none."""
    match e, kind:
        case ir.Display(kind_, items), k.Seq(_, kinds) if kinds is not None and len(kinds) == len(items):
            return ir.Display(kind_, tuple(zero_of(i, x) for i, x in zip(items, kinds, strict=True)))
        case ir.Mapping(keys, values, cls), _:
            return ir.Mapping(keys, tuple(zero_of(v, k.Unknown()) for v in values), cls)
        case ir.Const(int() | float() | complex()), _:
            return ir.Const(0.0)
        case _, k.Num() if kind.is_scalar:
            return ir.Const(0.0)
        case _, k.Num("array"):
            return call("numpy.zeros_like", e)
        case _, k.Known() | k.Func():
            return ir.Const(None)
    return call("srcgrad.runtime.zeros_like", e)


def zeros(e: ir.Expr) -> bool:
    return isinstance(e, ir.Call) and e.op.endswith("zeros_like")


class Tangent:
    """Forward mode of one function.  `callee(instance)` names the tangent function of a callee."""

    def __init__(self, instance: Instance, evaluate: Any, names: Names, callee: Any) -> None:
        self.instance, self.evaluate, self.names, self.callee = instance, evaluate, names, callee

    def kind_at(self, s: ir.Stmt) -> KindOf:
        return self.evaluate.at(self.instance, s)

    def block(self, block: ir.Block) -> tuple[ir.Stmt, ...]:
        return tuple(x for s in block for x in self.statement(s))

    def statement(self, s: ir.Stmt) -> list[ir.Stmt]:
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
        implicit = [x for x in s.body if getattr(x, "implicit", False) and x.origin is s.origin]
        body = self.block(s.body)
        if any(self.carries(n) for x in implicit for n in bound(x)):
            opened = tuple(
                replace(x, implicit=False, origin=None) if any(x is y for y in implicit) else x for x in body  # type: ignore[arg-type]
            )  # type: ignore[call-arg]
            return replace(s, body=opened, header=None)
        return replace(s, body=body)

    def carries(self, name: str) -> bool:
        kind = self.instance.kind_of_name(name)
        return kind.active and not k.only_functions(kind)

    def assign(self, s: ir.Assign) -> list[ir.Stmt]:
        kind = self.kind_at(s)
        called = self.callee.call_of(s)
        if called is not None:
            return self.callee.tangent_call(s, called, kind, self)
        push = Push(kind, self.names)
        pairs = [
            (n, self.of_its_own(s, n, v, push(v, ir.Name(OUT + n)) if kind(v).active else self.zero(n, v, kind(v))))
            for n, v in zip(s.names, s.values, strict=True)
            if self.carries(n) and not k.only_functions(kind(v))
        ]
        if not pairs:
            return [s]
        line = ir.Assign(tuple(self.names.tangent(n) for n, _ in pairs), tuple(t for _, t in pairs))
        lines, after = self.in_one_go([line], s)
        lines = share(lines, Temporaries(self.names), s.names[0])
        return [s, *lines] if after else [*lines, s]

    def zero(self, name: str, e: ir.Expr, kind: k.Kind) -> ir.Expr:
        """The tangent of a new value that carries none."""
        if isinstance(kind, k.Num) and not kind.is_scalar and isinstance(e, ir.Call):
            return zero_of(ir.Name(OUT + name), kind)
        return zero_of(e, kind)

    def of_its_own(self, s: ir.Assign, name: str, e: ir.Expr, t: ir.Expr) -> ir.Expr:
        """A tangent that is changed in place, or made of one that is, shares memory only where the primal does."""
        kind = self.kind_at(s)(e)
        if name in self.names.changed and isinstance(kind, k.Num) and kind.kind == "array" and kind.dims == ():
            return t if self.sharing(s)(e) or zeros(t) else call("numpy.array", t)
        if self.names.changed.isdisjoint({name, *reads(e)}) or is_fresh(t) or zeros(t):
            return t
        if not may_share(self.kind_at(s)(e)) or self.sharing(s)(e):
            return t
        if not isinstance(kind, k.Num):
            return t if t == ir.Display("list", ()) else call(OWN, t)
        return call("numpy.copy", t)

    def sharing(self, s: ir.Stmt) -> Sharing:
        return Sharing(self.kind_at(s), self.instance.calls, lambda c: c.aliases or Aliases())

    def change(self, s: ir.Store | ir.Update) -> list[ir.Stmt]:
        """`A[i] = e` has the tangent `t_A[i] = t_e`; `A[i] += e` has `t_A[i] += t_e`."""
        kind = self.kind_at(s)
        push = Push(kind, self.names)
        place, value = s.place, s.value
        if not kind(place if isinstance(place, ir.Name) else place.base).active:
            return [s]
        target = rerooted(place, self.names.tangent(root(place)))
        assert isinstance(target, ir.Name | ir.Index), f"a place of its own is changed: {place!r}"
        if isinstance(s, ir.Update) and s.op in KEEPING:
            lines: list[ir.Stmt] = [ir.Update(target, s.op, push(value))] if kind(value).active else []
        elif isinstance(s, ir.Update):
            whole = ir.Call(s.op, (place, value))
            lines = [self.stored(target, push(whole) if kind(whole).active else ir.Const(0.0))]
        else:
            lines = [self.stored(target, push(value) if kind(value).active else ir.Const(0.0))]
        return [*share(lines, Temporaries(self.names), root(place)), s]

    def container_change(self, s: ir.Store | ir.Update) -> list[ir.Stmt]:
        """`xs.append(e)` has the tangent `t_xs.append(t_e)`; a slot that takes no derivative takes a zero."""
        kind = self.kind_at(s)
        name = path_root(s.place)
        if not self.carries(name):
            return [s]
        place: Any = rerooted(s.place, self.names.tangent(name))
        push = Push(kind, self.names)
        match s:
            case ir.Update(_, ".pop"):
                line: ir.Stmt = replace(s, place=place, origin=None)
            case ir.Update(_, ".append", value):
                line = replace(s, place=place, value=push.item(value), origin=None)
            case ir.Update(_, op, value):
                whole = ir.Call(op, (s.place, value))
                line = ir.Store(place, push.item(whole))
            case ir.Store(_, value):
                line = ir.Store(place, push.item(value))
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
        value = Push(kind, self.names).item(s.value)
        return [ir.Unpack(self.target(s.target), value), s]

    def target(self, e: ir.Expr) -> ir.Expr:
        match e:
            case ir.Name(name):
                return ir.Name(self.names.tangent(name)) if self.carries(name) else ir.Name("_")
            case ir.Star(value):
                return ir.Star(self.target(value))
            case ir.Display(kind, items):
                return ir.Display(kind, tuple(self.target(i) for i in items))
        raise AssertionError(f"not a target: {e!r}")

    def append(self, s: ir.Update, name: str, value: ir.Expr) -> list[ir.Stmt]:
        if not self.carries(name):
            return [s]
        t = Push(self.kind_at(s), self.names).item(value)
        lines = share([ir.Update(ir.Name(self.names.tangent(name)), "append", t)], Temporaries(self.names), name)
        return [*lines, s]
