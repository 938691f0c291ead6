"""Rule templates and formulas as IR, read from their source once, when first used."""

from __future__ import annotations

import inspect
import textwrap
from functools import cache
from typing import Any

from ..ir import nodes as ir
from ..ir.walk import bound_names, statements
from .declare import Rule


class TemplateError(Exception):
    """A rule whose text is not a template; says which and why."""


@cache
def formula(text: str, names: tuple[tuple[str, str], ...] = ()) -> ir.Expr:
    """A partial derivative such as `1.0 - out**2` as IR."""
    import libcst as cst

    from ..frontend.read_expressions import ExpressionReader
    from ..frontend.scope import RuleScope

    scope = RuleScope(runtime_helpers(), names)
    return ExpressionReader(scope, frozenset(), _refuse(text)).read(cst.parse_expression(text))


@cache
def runtime_helpers() -> dict[str, Any]:
    from .. import runtime

    return {n: v for n, v in vars(runtime).items() if inspect.isfunction(v)}


def _refuse(where: str) -> Any:
    def refuse(code: str, message: str, node: Any, hint: str = "") -> None:
        raise TemplateError(f"rule {where}: {message}")

    return refuse


@cache
def body(rule: Rule) -> ir.Block:
    """The body of a template function as IR."""
    import libcst as cst

    from ..frontend.read_statements import StatementReader
    from ..frontend.scope import RuleScope

    assert rule.template is not None
    text = rule.source or textwrap.dedent(inspect.getsource(rule.template))
    node = cst.parse_module(text).body[0]
    assert isinstance(node, cst.FunctionDef)
    parameters = frozenset(inspect.signature(rule.template).parameters)
    scope = RuleScope(runtime_helpers(), rule.names)
    reader = StatementReader(scope, parameters, _refuse(rule.text), None, None)
    block = reader.block(node.body)
    return block[1:] if block and isinstance(block[0], ir.Eval) else block


@cache
def assigned_names(rule: Rule) -> frozenset[str]:
    return frozenset(n for s in statements(body(rule)) for n in bound_names(s))


@cache
def without_influence(rule: Rule) -> frozenset[str]:
    """The parameters whose derivative is always zero: only their shapes, types or structures matter."""
    given: dict[str, set[ir.Expr]] = {}
    for s in statements(body(rule)):
        if isinstance(s, ir.Assign):
            for n, v in zip(s.names, s.values, strict=True):
                given.setdefault(n[2:], set()).add(v)
    zeros = {n: {ir.Const(0.0), ir.Call("srcgrad.runtime.zeros_like", (ir.Name(n),))} for n in given}
    return frozenset(n for n, found in given.items() if found <= zeros[n]) & {
        n[2:] for n in assigned_names(rule) if n.startswith("d_")
    }


@cache
def let(rule: Rule) -> tuple[tuple[str, ir.Expr], ...]:
    """The `let` of an elementwise rule: `r2 = x**2 + y**2; s = ...`"""
    found = []
    for part in rule.let.split(";"):
        name, _, text = part.partition("=")
        if text:
            found.append((name.strip(), formula(text.strip(), rule.names)))
    return tuple(found)
