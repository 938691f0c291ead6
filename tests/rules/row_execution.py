"""Rows of the rule tables as plain Python: formulas are evaluated and templates run, with no part of the emitter."""

from __future__ import annotations

import ast
import cmath
import inspect
import math
import operator
import statistics
import textwrap
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.special
import scipy.stats

from srcgrad import runtime as arrays
from srcgrad.rules.bind import bind, differentiable
from srcgrad.rules.declare import Rule
from srcgrad.rules.registry import lookup

MODULES = {
    "np": np, "math": math, "cmath": cmath, "operator": operator, "statistics": statistics, "scipy": scipy,
}  # fmt: skip
SCOPE = {**{n: v for n, v in vars(arrays).items() if callable(v)}, **MODULES}


@dataclass
class Call:
    """A sample: the row, the function, and the values of its arguments by parameter (`star`: those of `*args`)."""

    rule: Rule
    function: Any
    args: list[Any]
    keywords: dict[str, Any]
    values: dict[str, Any]
    active: list[str]

    def __call__(self, changed: dict[str, Any]) -> Any:
        """The function with some parameters replaced."""
        pattern = self.rule.pattern
        given = dict(zip([p.name for p in pattern.positional], self.args, strict=False))
        args = [changed.get(n, v) for n, v in given.items()]
        if pattern.star and len(self.args) > len(given):
            args += list(changed.get(pattern.star.name, self.values[pattern.star.name]))
        return self.function(*args, **{n: changed.get(n, v) for n, v in self.keywords.items()})


def read_call(expression: str, point: dict[str, Any]) -> Call:
    """The call that an expression makes at a point."""
    node = ast.parse(expression, mode="eval").body
    assert isinstance(node, ast.Call)
    name = ast.unparse(node.func)
    op = name.replace("np.", "numpy.", 1) if "." in name else f"builtins.{name}"
    rule = lookup(op)
    assert rule is not None, f"no row for {op}"
    scope = {**MODULES, **point}
    args = [eval(ast.unparse(a), scope) for a in node.args]
    keywords = {str(k.arg): eval(ast.unparse(k.value), scope) for k in node.keywords}
    bound = bind(rule, args, keywords, lambda value, text: value == eval(text, dict(MODULES)))
    values = {p.name: eval(p.default, dict(MODULES)) for p in rule.pattern.parameters if p.default is not None}
    values.update(bound.values)
    if rule.pattern.star:
        values[rule.pattern.star.name] = bound.star
    active = [n for n in values if n in differentiable(rule) and varies(values[n])]
    return Call(rule, eval(name, dict(MODULES)), args, keywords, values, active)


def varies(value: Any) -> bool:
    """Whether a derivative with respect to a value makes sense."""
    if isinstance(value, (list, tuple)):
        return any(varies(v) for v in value)
    return np.asarray(value).dtype.kind in "fc"


def adjoints(call: Call, out: Any, d_out: Any, general: bool = False) -> dict[str, Any]:
    """The adjoint of each active parameter, as the row gives it."""
    if call.rule.kind == "elementwise":
        found = partials(call, out)
        return {n: arrays.unbroadcast(product(call.rule, d_out, found[n]), call.values[n]) for n in call.active}
    local = run_template(call.rule, {**call.values, "out": out, "d_out": d_out}, general)
    return {n: local[f"d_{n}"] for n in call.active}


def tangent(call: Call, out: Any, tangents: dict[str, Any], general: bool = False) -> Any:
    """The tangent of the result, as the row gives it."""
    if call.rule.kind == "elementwise":
        found = partials(call, out)
        terms = [product(call.rule, tangents[n], found[n]) for n in call.active]
        total = sum(terms) + 0.0 * out if terms else 0.0 * out
        return np.real(total) if not np.iscomplexobj(out) else total
    if call.rule.kind == "linear":
        zeros = {n: zero_like(v) for n, v in call.values.items() if n in differentiable(call.rule) and v is not None}
        return call({**zeros, **tangents})
    if call.rule.kind == "bilinear":
        return sum(call({n: tangents[n]}) for n in call.active)
    names = {f"t_{n}": tangents.get(n, 0.0) for n in call.values}
    return run_template(call.rule, {**call.values, "out": out, **names}, general)["t_out"]


def partials(call: Call, out: Any) -> dict[str, Any]:
    """The partial derivatives of an elementwise row."""
    scope = {**SCOPE, **call.values, "out": out}
    for part in call.rule.let.split(";"):
        name, _, text = part.partition("=")
        if text:
            scope[name.strip()] = eval(text.strip(), scope)
    named = zip(call.rule.pattern.parameters, call.rule.partials, strict=False)
    return {p.name: eval(text, scope) for p, text in named if text is not None and p.name in call.active}


def product(rule: Rule, d: Any, partial: Any) -> Any:
    return arrays.masked(d, partial) if rule.singular in ("root", "pole") else d * partial


def run_template(rule: Rule, scope: dict[str, Any], general: bool) -> dict[str, Any]:
    """Run the body of a template; `general`: as if no condition could be decided.

    Lines for a derivative that is not asked for may read names that are missing, and are left out.
    """
    assert rule.template is not None
    definition = ast.parse(textwrap.dedent(inspect.getsource(rule.template))).body[0]
    assert isinstance(definition, ast.FunctionDef)
    local = {**SCOPE, **scope}
    run_block(definition.body, local, general)
    return local


def run_block(block: list[ast.stmt], local: dict[str, Any], general: bool) -> None:
    for s in block:
        if isinstance(s, ast.If):
            holds = not general and eval(ast.unparse(s.test), local)
            run_block(s.body if holds else s.orelse, local, general)
        elif derivatives_read(s) <= set(local):
            exec(ast.unparse(s), local)


def derivatives_read(s: ast.stmt) -> set[str]:
    names = [n for n in ast.walk(s) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    return {n.id for n in names if n.id.startswith(("d_", "t_"))}


# ----- arithmetic on arguments, which may be sequences -----


def zero_like(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [zero_like(v) for v in value]
    return np.zeros_like(value) if isinstance(value, np.ndarray) else type(value)(0)


def shifted(value: Any, t: Any, h: float) -> Any:
    """`value + h * t`, of the same type."""
    if isinstance(value, (list, tuple)):
        return type(value)(shifted(v, w, h) for v, w in zip(value, t, strict=True))
    return value + h * t


def pairing(d: Any, t: Any) -> float:
    """Re(sum(d * t)), the dot product of an adjoint and a tangent; integers do not count."""
    if isinstance(t, (list, tuple)):
        return sum(pairing(a, b) for a, b in zip(d, t, strict=True))
    return float(np.sum(np.real(np.asarray(d) * np.asarray(t))))
