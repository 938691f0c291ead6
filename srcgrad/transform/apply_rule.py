"""A rule and a call -> derivative expressions: the template with the call's own arguments in its holes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .. import syntax
from ..analysis import kinds as k
from ..analysis.library_sizes import dtype_name
from ..ir import nodes as ir
from ..ir.build import simplified
from ..ir.walk import map_children, substitute
from ..rules import bind as binding, template
from ..rules.declare import VARIANTS, Rule
from .static import decide, value_of_kind

KindOf = Callable[[ir.Expr], k.Kind]
RUNTIME = "srcgrad.runtime."
CARRIED = "srcgrad.runtime.carried"


@dataclass
class Derivative:
    """Statements to run first, (name, value) in order, and one expression per differentiable parameter."""

    setup: list[tuple[str, ir.Expr]] = field(default_factory=list)
    parts: dict[str, ir.Expr] = field(default_factory=dict)


def bind_call(rule: Rule, e: ir.Call, kind: KindOf) -> binding.Bound:
    """The arguments of a call by parameter; the analysis has already refused what cannot be bound."""

    def is_default(value: ir.Expr, text: str) -> bool:
        known = value_of_kind(kind(value))
        return k.same_constant(known, literal(text))

    return binding.bind(rule, e.args, dict(e.keywords), is_default)


def literal(text: str) -> object:
    """The value of a default; something of its own where it is no literal."""
    try:
        return syntax.literal(text)
    except ValueError:
        return object()


def specialised(rule: Rule, bound: binding.Bound, kind: KindOf) -> Rule:
    """The row for these arguments: the first variant whose condition certainly holds, else the general row."""
    for variant in VARIANTS.get(rule.name, ()):
        covered = all(v in binding.differentiable(variant) for v, e in bound.values.items() if kind(e).active)
        when = template.formula(variant.when, variant.names)
        if covered and decide(substitute(when, arguments(variant, bound)), kind):
            return variant
    return rule


def arguments(rule: Rule, bound: binding.Bound) -> dict[str, ir.Expr]:
    """Expressions for all parameters of a rule, defaults included."""
    found: dict[str, ir.Expr] = {}
    for p in rule.pattern.parameters:
        if p.kind == "star":
            found[p.name] = ir.Display("tuple", bound.star)
        elif p.name in bound.values:
            found[p.name] = bound.values[p.name]
        elif p.default is not None:
            found[p.name] = template.formula(p.default)
    return found


def active_parameters(rule: Rule, bound: binding.Bound, kind: KindOf) -> dict[str, ir.Expr]:
    """The arguments through which a derivative flows, by parameter name."""
    known = binding.differentiable(rule)
    found = {n: e for n, e in bound.values.items() if n in known and kind(e).active}
    star = rule.pattern.star
    if star is not None and star.name in known and any(kind(e).active for e in bound.star):
        found[star.name] = ir.Display("tuple", bound.star)
    return found


def partials(rule: Rule, bound: binding.Bound, out: ir.Expr, wanted: Any, kind: KindOf) -> Derivative:
    """The partial derivatives of an elementwise rule with respect to the `wanted` parameters."""
    values = {**{n: as_array(e, kind) for n, e in arguments(rule, bound).items()}, "out": out}
    result = Derivative()
    for name, e in template.let(rule):
        values[name] = substitute(e, values)
    for p, partial in zip(rule.pattern.parameters, rule.partials, strict=False):
        if p.name in wanted and partial is not None:
            result.parts[p.name] = simplified(substitute(template.formula(partial, rule.names), values))
    return result


def may_be_whole(rule: Rule, bound: binding.Bound, e: ir.Expr, kind: KindOf) -> bool:
    """Whether a call may turn its argument into whole numbers, which carry no derivative: only its dtype would tell."""
    found = kind(e)
    if isinstance(found, k.Num) and found.dtype is not None or isinstance(found, k.Seq):
        return False
    if rule.name == "numpy.full_like":
        return True
    given = bound.values.get("dtype")
    if given is None or kind(given) == k.Known(None):
        return False
    name = dtype_name(kind(given))
    return name is None or not name.startswith(("float", "complex", "longdouble", "clongdouble"))


def as_array(e: ir.Expr, kind: KindOf) -> ir.Expr:
    """A list as the array it is taken for: formulas do arithmetic on arguments."""
    return ir.Call("numpy.asarray", (e,)) if isinstance(kind(e), k.Seq) else e


def run_template(
    rule: Rule, values: dict[str, ir.Expr], kind: KindOf, wanted: set[str], rename: Callable[[str], str]
) -> Derivative:
    """Run the body of a template on expressions: `d_` and `t_` names in `wanted` become parts, other locals setup.

    Conditions are decided from what is known; one that cannot be decided counts as false, so the last
    branch of a template is the one that is always right.  A user's template is not written that way: the running
    program decides.
    """
    env = dict(values)
    result = Derivative()
    shown = set(wanted)

    def kind_here(e: ir.Expr) -> k.Kind:
        return kind(e)

    def run(block: ir.Block) -> None:
        for s in block:
            match s:
                case ir.Assign(names, exprs):
                    for name, e in zip(names, exprs, strict=True):
                        assign(name, written(e))
                case ir.Update(ir.Name(name), op, e):
                    new = written(e)
                    old = env.get(name)
                    assign(name, simplified(ir.Call(op, (old, new))) if old is not None else new)
                case ir.If(test, body, orelse):
                    asked = substitute(test, env)
                    found = decide(asked, kind_here)
                    if found is None and rule.of_user:
                        run_both(asked, body, orelse)
                    else:
                        run(body if found else orelse)

    def written(e: ir.Expr) -> ir.Expr:
        return substitute(chosen(e, lambda test: decide(substitute(test, env), kind_here)), env)

    def run_both(test: ir.Expr, body: ir.Block, orelse: ir.Block) -> None:
        before = dict(env)
        run(body)
        then = dict(env)
        env.clear()
        env.update(before)
        run(orelse)
        other = dict(env)
        for name in sorted(then.keys() | other.keys()):
            a, b = (side.get(name, ir.Const(0.0)) for side in (then, other))
            if a != b:
                assign(name, ir.Select(test, a, b))

    def assign(name: str, e: ir.Expr) -> None:
        e = simplified(e)
        if name in shown:
            result.parts[name] = e
        env[name] = e

    run(template.body(rule))
    return result


def chosen(e: ir.Expr, holds: Callable[[ir.Expr], bool | None]) -> ir.Expr:
    """A formula without the sides of conditional expressions that are ruled out: `None if -1 is None else 0.0`."""
    if isinstance(e, ir.Select):
        found = holds(e.test)
        if found is not None:
            return chosen(e.then if found else e.other, holds)
    return map_children(lambda x: chosen(x, holds), e)
