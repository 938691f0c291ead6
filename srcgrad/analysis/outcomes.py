"""What a library operation gives for arguments of some kinds, and why it is refused for them: worked out once.

The same operations meet the same kinds again in every round of the analysis.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..frontend.operators import OPERATORS, SYMBOLS
from ..rules.bind import Unsupported, bind, differentiable, has_adjoints, has_tangent
from ..rules.declare import Rule
from ..rules.numpy_refused import OF_OTHERS, REFUSED
from ..rules.registry import holds_for_reals_only, lookup, suggestions
from ..syntax import literal
from . import kinds as k
from .containers import united
from .effects import written_argument
from .library import result_kind
from .mixed_operands import list_or_array, makes_array
from .nested import INSTEAD
from .outputs import says_nothing
from .own_arithmetic import Like, own_arithmetic, way_out

ARITHMETIC = frozenset(
    f"operator.{n}" for n in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "neg", "pos")
)
Refuse = Callable[[str, str, str], None]  # takes code, message and hint


@dataclass(frozen=True)
class Outcome:
    kind: k.Kind
    refusals: tuple[tuple[str, str, str], ...] = ()


class Outcomes:
    """The outcomes of operations in one mode."""

    def __init__(self, mode: str) -> None:
        self.forward = mode == "forward"
        self.known: dict[Any, Outcome] = {}

    def of(self, op: str, args: list[k.Kind], keywords: dict[str, k.Kind]) -> Outcome:
        if not all(map(is_fixed, args)) or not all(map(is_fixed, keywords.values())):
            return self.found(op, args, keywords)
        key = op, tuple(args), tuple(keywords.items())
        known = self.known.get(key)
        if known is None:
            known = self.known[key] = self.found(op, args, keywords)
        return known

    def found(self, op: str, args: list[k.Kind], keywords: dict[str, k.Kind]) -> Outcome:
        refusals: list[tuple[str, str, str]] = []
        kind = self.result(op, args, keywords, lambda *refusal: refusals.append(refusal))
        return Outcome(kind, tuple(refusals))

    def result(self, op: str, args: list[k.Kind], keywords: dict[str, k.Kind], refuse: Refuse) -> k.Kind:
        keywords = {n: v for n, v in keywords.items() if not says_nothing(op, n, v)}
        inputs = [*args, *keywords.values()]
        if any(isinstance(a, k.Never) for a in inputs):
            return k.Never()
        if op in ARITHMETIC:  # of None, Python has none of these
            args = [a.inner if isinstance(a, k.Maybe) and isinstance(a.inner, k.Num) else a for a in args]
            inputs = [*args, *keywords.values()]
            if k.NONE in args:
                return k.Never()
        match op, args:
            case "operator.or_", [k.Dict(cls=None) as a, k.Dict(cls=None) as b]:
                return united(a, b)
        rule = lookup(op)
        active = any(a.active for a in inputs)
        written = written_argument(op, rule, args, keywords, active and (rule is None or rule.kind != "constant"))
        if written:
            refuse("SG302", f"`{op}`: {written}", "")
        if active and rule is not None and holds_for_reals_only(op) and any(complex_in(a) for a in inputs):
            message = f"`{rule.name}` has a derivative rule for real numbers only, and this is complex"
            refuse("SG302", message, "Take np.real, np.imag or np.abs first.")
            active = False
        own = own_arithmetic(inputs)
        if own is not None and not active and op in OPERATORS:
            return k.Obj(Like(own))
        if own is not None and active and rule is not None and rule.kind != "constant":
            refuse_own_arithmetic(op, own, refuse)
            return k.Unknown()
        if active and (rule is None or rule.kind != "constant"):
            active = self.check(op, rule, args, keywords, refuse)
        elif rule is not None and rule.kind == "constant":
            active = False
        if op in OPERATORS and any(isinstance(a, k.Seq) for a in args):
            ambiguous = list_or_array(op, args)
            if ambiguous is not None:
                refuse("SG304", *ambiguous)
            return sequence_operation(op, args)
        found = result_kind(op, rule, args, keywords, active)
        if not active:
            return k.deactivate(found)
        found = k.activate(found)
        return found if found.active or isinstance(found, k.Num | k.Seq) else k.Unknown(True)

    def check(
        self, op: str, rule: Rule | None, args: list[k.Kind], keywords: dict[str, k.Kind], refuse: Refuse
    ) -> bool:
        """Refuse an operation on active values that has no rule, or not for these arguments; else is it active?"""
        if rule is None:
            if op in OPERATORS and any(isinstance(a, k.Seq) for a in args):
                return True
            shown = f"method `{op[1:]}`" if op.startswith(".") else f"`{op}`"
            refuse("SG301", f"{shown} has no derivative rule", (REFUSED | OF_OTHERS | INSTEAD).get(op) or others(op))
            return False
        try:
            bound = bind(rule, args, keywords, is_default_kind)
        except Unsupported as reason:
            refuse("SG302", f"`{rule.name}`: {reason}", "Leave it out, or declare a rule of your own.")
            return False
        if not (has_tangent(rule) if self.forward else has_adjoints(rule)):
            modes = ("forward", "reverse", "`t_out`"), ("reverse", "forward", "`d_` lines")
            this, other, given = modes[not self.forward]
            message = f"the rule of `{rule.name}` is for {other} mode only, and this is {this} mode"
            refuse("SG302", message, f"Give it {given} too, or take the derivative in {other} mode.")
            return False
        known = differentiable(rule)
        star = rule.pattern.star
        named = {**bound.values, **({star.name: k.Seq("tuple", bound.star)} if star and bound.star else {})}
        for name, value in named.items():
            if value.active and name not in known:
                refuse("SG302", f"`{rule.name}`: no derivative with respect to `{name}`", "")
                return False
        return any(v.active for n, v in named.items() if n in known)


def is_fixed(kind: k.Kind) -> bool:
    """Whether all that is known of a value is in its kind, and equal kinds say the same: 0.0 and -0.0 do not."""
    match kind:
        case k.Num(value=value):
            return not isinstance(value, float | complex)
        case k.Known(value):
            return not kind.active and (value is None or isinstance(value, str))
        case k.Seq(_, items, element):
            return all(map(is_fixed, items or ())) and (element is None or is_fixed(element))
    return False


def others(op: str) -> str:
    near = suggestions(op)
    return (f"Did you mean {', '.join(near)}? " if near else "") + "Declare one with srcgrad.rule."


def refuse_own_arithmetic(op: str, cls: type, refuse: Refuse) -> None:
    shown = SYMBOLS[op][0] if op in SYMBOLS else op
    message = f"what `{shown}` means for an object of class `{cls.__name__}` is not known, and a value that "
    refuse("SG310", message + "carries a derivative meets it", way_out(cls))


def complex_in(kind: k.Kind) -> bool:
    """Whether a number, or one in a sequence, is certainly complex."""
    if isinstance(kind, k.Seq):
        return any(complex_in(i) for i in kind.items or (() if kind.element is None else (kind.element,)))
    return isinstance(kind, k.Num) and bool(kind.is_complex)


def is_default_kind(value: k.Kind, text: str) -> bool:
    try:
        default = literal(text)
    except (ValueError, SyntaxError):
        return False
    known = value.value if isinstance(value, k.Num | k.Known) else k.UNSET
    return known is not k.UNSET and k.same_constant(known, default)


def sequence_operation(op: str, args: list[k.Kind]) -> k.Kind:
    """`[a] + [b]` and `[a] * 3`; of anything else the kind is open."""
    match op, args:
        case "operator.add", [k.Seq(kind, a), k.Seq(_, b)] if a is not None and b is not None:
            return k.Seq(kind, a + b)
        case "operator.add", [k.Seq(kind) as a, k.Seq() as b]:
            return k.Seq(kind, None, k.join(k.element_of(a), k.element_of(b)))
        case "operator.mul", [k.Seq(kind) as a, k.Num() as n] | [k.Num() as n, k.Seq(kind) as a]:
            if not makes_array(op, a, n):
                return k.Seq(kind, None, k.element_of(a))
    certain = any(makes_array(op, a, b) for a, b in (args, args[::-1])) if len(args) == 2 else True
    return k.Num("array" if certain else "any", None, None, any(a.active for a in args))
