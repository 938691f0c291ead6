"""Binding a call to the signature of its rule; an option the rule does not know is refused, never ignored."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..syntax import parsed
from .declare import Rule


class Unsupported(Exception):
    """The call uses an argument the rule does not cover; the message says which."""


@dataclass(frozen=True)
class Bound:
    """Arguments by parameter name; `star` holds what `*args` of the pattern took."""

    values: dict[str, Any]
    star: tuple[Any, ...] = ()


@cache
def template_parameters(rule: Rule) -> frozenset[str]:
    """The parameters a rule makes use of."""
    if rule.template is not None:
        return frozenset(inspect.signature(rule.template).parameters)
    names = {p.name for p in rule.pattern.parameters[: len(rule.partials)]}
    texts = [*(p for p in rule.partials if p), *([rule.let] if rule.let else [])]
    for text in texts:
        names |= {n.id for n in ast.walk(parsed(text)) if isinstance(n, ast.Name)}
    return frozenset(names)


def bind(rule: Rule, args: Sequence[Any], keywords: Mapping[str, Any], is_default: Any) -> Bound:
    """Arguments of a call by the rule's parameter names.

    `is_default(value, text)` tells whether an argument is the default `text`.  Raises Unsupported.
    """
    pattern = rule.pattern
    values: dict[str, Any] = {}
    positional = pattern.positional
    star = tuple(args[len(positional) :])
    if star and pattern.star is None:
        raise Unsupported(f"takes {len(positional)} arguments here, and {len(args)} were given")
    for parameter, value in zip(positional, args, strict=False):
        values[parameter.name] = value
    for name, value in keywords.items():
        if pattern.parameter(name) is None:
            raise Unsupported(f"keyword `{name}` has no derivative rule")
        if name in values:
            raise Unsupported(f"argument `{name}` is given twice")
        values[name] = value
    if rule.kind != "constant":
        refuse_unused(rule, values, is_default)
    missing = [p.name for p in positional if p.default is None and p.name not in values]
    if missing and rule.kind != "constant":
        raise Unsupported(f"needs the argument `{missing[0]}`")
    return Bound(values, star)


def refuse_unused(rule: Rule, values: dict[str, Any], is_default: Any) -> None:
    used = template_parameters(rule)
    for name, value in values.items():
        parameter = rule.pattern.parameter(name)
        assert parameter is not None
        allowed = rule.domains.get(name)
        if isinstance(allowed, tuple) and not any(is_default(value, repr(v)) for v in allowed):
            shown = ", ".join(repr(v) for v in allowed)
            raise Unsupported(f"keyword `{name}` has a derivative rule for {shown} only")
        if name not in used and not (parameter.default is not None and is_default(value, parameter.default)):
            raise Unsupported(f"keyword `{name}` has no derivative rule")


@cache
def differentiable(rule: Rule) -> frozenset[str]:
    """The parameters a rule has a derivative for."""
    if rule.kind == "constant":
        return frozenset()
    if rule.kind == "elementwise":
        pairs = zip(rule.pattern.parameters, rule.partials, strict=False)
        return frozenset(p.name for p, partial in pairs if partial is not None)
    from .template import assigned_names

    if not has_adjoints(rule):
        return frozenset(n[2:] for n in template_parameters(rule) if n.startswith("t_"))
    return frozenset(n[2:] for n in assigned_names(rule) if n.startswith("d_") and n != "d_out")


@cache
def has_adjoints(rule: Rule) -> bool:
    """Whether a rule serves reverse mode: all do but templates that give `t_out` alone."""
    from .template import assigned_names

    return rule.kind != "rule" or any(n.startswith("d_") and n != "d_out" for n in assigned_names(rule))


@cache
def has_tangent(rule: Rule) -> bool:
    """Whether a rule serves forward mode: all do but templates without `t_out`."""
    from .template import assigned_names

    return rule.kind != "rule" or "t_out" in assigned_names(rule)
