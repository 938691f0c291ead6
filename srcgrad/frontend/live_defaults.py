"""Defaults as the live function has them: they may be others than its text says.

def scaled(x, k=2.0): ...
scaled.__defaults__ = (3.0,)        ->  def scaled(x, k=3.0): ...
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..ir import nodes as ir
from ..ir.program import Function
from .bindings import MISSING
from .defaults import with_places_of
from .located import Located

LITERALS = frozenset({int, float, complex, bool, str, type(None)})
AT_THE_CALL = ir.Display("tuple", ())  # any expression but a literal: the call reads what the function has then


def with_live_defaults(function: Function, located: Located) -> Function:
    if located.function is None:
        return function
    live = live_defaults(function, located)
    params = tuple(replace(p, default=default(p.default, live.get(p.name, MISSING))) for p in function.params)
    same = all(a.default is b.default for a, b in zip(params, function.params, strict=True))
    return function if same else with_places_of(function, replace(function, params=params))


def live_defaults(function: Function, located: Located) -> dict[str, Any]:
    plain = [p.name for p in function.params if p.kind in ("positional", "positional_only")]
    last = plain[len(plain) - len(located.defaults) :]
    return {**dict(zip(last, located.defaults, strict=True)), **located.kwdefaults}


def default(written: ir.Expr | None, live: Any) -> ir.Expr | None:
    if live is MISSING:
        return None
    if written is not None and (not isinstance(written, ir.Const) or same_literal(written.value, live)):
        return written
    return ir.Const(live) if type(live) in LITERALS else AT_THE_CALL


def same_literal(a: Any, b: Any) -> bool:
    return a is b or type(a) is type(b) and repr(a) == repr(b)
