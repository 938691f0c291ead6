"""The tangent of an expression: its derivative along the tangents of the names in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..analysis import kinds as k
from ..analysis.linked import is_linked
from ..ir import nodes as ir
from ..ir.build import call, is_zero, plus, simplified, times
from ..ir.helpers import ACCUMULATE, OWN
from ..ir.walk import children, reads, substitute
from ..rules import bind as binding
from ..rules.declare import Rule
from ..rules.registry import attribute, lookup
from ..rules.template import without_influence
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
from .einsum_forms import with_einsums
from .expression_facts import doubled, has_names
from .linked_places import shadow_of
from .names import Names
from .reverse_expressions import MASKED

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
            case ir.Index(base) if is_linked(self.kind(base)):
                return shadow_of(e, self.kind, "t_")
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
        return k.flows(self.kind(e))

    def item(self, e: ir.Expr) -> ir.Expr:
        """The tangent of one item of a container: zero, or a stand-in, where it carries none."""
        functions = k.only_functions(self.kind(e))  # what they carry has tangents of its own
        return self(e) if self.active(e) and not functions else zero_of(e, self.kind(e))

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
                return ir.Call(op, tuple(self(a) if isinstance(a, ir.Star) else self.column(a) for a in args))
            case ir.Call("operator.add" as op, (a, b)):
                return ir.Call(op, (self.item(a), self.item(b)))
            case ir.Call("operator.mul" as op, (a, b)):
                return ir.Call(op, (self.item(a), b) if isinstance(self.kind(a), k.Seq) else (a, self.item(b)))
        raise AssertionError(f"no rule for {e.op}")

    def column(self, e: ir.Expr) -> ir.Expr:
        """The tangents of what is zipped: as many zeros as there are items where they carry none."""
        if self.active(e) or isinstance(self.kind(e), k.Num):
            return self.item(e)
        return call("srcgrad.runtime.zero_tangent", call("builtins.list", e))

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
            if isinstance(self.kind(operand), k.Seq):  # arithmetic on lists would join and repeat them
                t = call("numpy.array", t)
            total = plus(total, product(t, partial, rule))
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
        known = binding.differentiable(rule) - without_influence(rule)
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
        total = with_einsums(run_template(rule, values, self.kind, {"t_out"}, str).parts["t_out"], self.kind)
        found = shape_source(substitute(without_absent(total), {ABSENT: ir.Const(0.0)}), self.kind)
        if not rule.of_user:
            return found
        absent = [values[n[2:]] for n in missing if ABSENT in reads(total) and n[2:] in values]
        return checked(found, out or e, rule, tuple(x for x in absent if isinstance(self.kind(x), k.Num)))


def checked(t: ir.Expr, value: ir.Expr, rule: Rule, absent: tuple[ir.Expr, ...]) -> ir.Expr:
    """What the template of a user gives, in the shape of the result; each item where it is a tuple of tangents."""
    match t:
        case ir.Display(kind, items) if not any(isinstance(i, ir.Star) for i in items):
            each = enumerate(items)
            return ir.Display(kind, tuple(checked(i, ir.Index(value, ir.Const(n)), rule, absent) for n, i in each))
    name = ir.Const(f"t_out of `{rule.name.rpartition('.')[2]}`")
    return call(OF_RESULT, t, value, name, *((ir.Display("tuple", absent),) if absent else ()))


def product(t: ir.Expr, partial: ir.Expr, rule: Rule) -> ir.Expr:
    """`t * partial`; a zero in `t` wins over an infinite partial, and what is not chosen over an infinite `t`."""
    if not rule.singular or not has_names(partial):
        return times(t, partial)
    return call(MASKED, partial, t) if rule.singular == "selection" else call(MASKED, t, partial)


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
ABSENT, OF_RESULT = "<no tangent>", "srcgrad.runtime.of_result"


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
        case ir.Call(op, (a, b)) if op == ACCUMULATE and ir.Name(ABSENT) in (a, b):  # objects have no sum with a number
            return call(OWN, b if a == ir.Name(ABSENT) else a)
    return e


def split(e: ir.Expr) -> bool:
    """Whether some term of a sum has a tangent."""
    match e:
        case ir.Call("operator.add" | "operator.sub", (a, b)):
            return split(a) or split(b)
    return ABSENT not in reads(e)


def zero_of(e: ir.Expr, kind: k.Kind) -> ir.Expr:
    """A zero tangent for a value that carries none."""
    if k.is_reference(kind) and not any(isinstance(x, k.Num) for x in k.inside(kind)):
        return ir.Const(None)
    match e, kind:
        case ir.Display(kind_, items), k.Seq(_, kinds) if kinds is not None and len(kinds) == len(items):
            return ir.Display(kind_, tuple(zero_of(i, x) for i, x in zip(items, kinds, strict=True)))
        case ir.Display(kind_, items), _:
            return ir.Display(kind_, tuple(zero_of(i, k.Unknown()) for i in items))
        case ir.Star(value), _:
            return ir.Star(zero_of(value, k.Unknown()))
        case ir.Mapping(keys, values, cls), _:
            return ir.Mapping(keys, tuple(zero_of(v, k.Unknown()) for v in values), cls)
        case ir.Const(int() | float() | complex()), _:
            return ir.Const(0.0)
        case _, k.Num() if kind.is_scalar:
            return ir.Const(0.0)
        case _, k.Num("array"):
            return call("numpy.zeros_like", e)
        case _, k.Known() | k.Func() | k.Unknown(_, True):
            return ir.Const(None)
    return call("srcgrad.runtime.zero_tangent", e)


def zeros(e: ir.Expr) -> bool:
    return isinstance(e, ir.Call) and e.op.endswith(("zeros_like", ".zero_tangent", ".shared_shadow"))
