"""Methods of objects that are values: items of lists and dicts, arguments, other names.

    steps = [s.first, s.second]  ->     steps = [method_of(s, "first"), method_of(s, "second")]
    slope = grad(s.first)        ->     slope = derivative_of(method_of(s, "first"), "grad")

Which method is called is known where it is called, so the value itself only says whether it is the same as another.
The object is taken under its name there: it must be what the name has meant since the method was taken.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from ..ir import nodes as ir
from ..ir.helpers import DERIVATIVE_OF, METHOD_OF
from ..ir.walk import (
    blocks,
    bound_names,
    map_children,
    reads,
    statement_expressions,
    statements,
    subexpressions,
    with_blocks,
)
from . import kinds as k
from .instance import Instance
from .nested import MAKERS


def keep_methods(interpreter: Any, evaluate: Any) -> bool:
    """Write methods that are still values when nothing moves any more as such; whether there were any."""
    changed = False
    for at in interpreter.reached():
        body = mapped(Keep(at, evaluate), at.body)
        if body is not at.body:
            at.body, changed = body, True
    return changed


class Keep:
    """Methods are kept where nothing calls them: in containers, as arguments of functions of the user, under names."""

    def __init__(self, at: Instance, evaluate: Any) -> None:
        self.at, self.evaluate = at, evaluate
        self.steady = steady_names(at)
        self.defaults = {n for s in statements(at.body) if isinstance(s, ir.Define) for n in defaults_of(s)}

    def __call__(self, s: ir.Stmt) -> ir.Stmt:
        if not isinstance(s, ir.Assign) or self.defaults & set(s.names):
            return s
        if not kept_methods(self.at, s, self.evaluate) and not any(self.is_of_kept(s, v) for v in s.values):
            return s
        values = tuple(self.expression(s, v) for v in s.values)
        if all(new is v for new, v in zip(values, s.values, strict=True)):
            return s
        return replace(s, values=values, origin=s.origin.edit() if s.origin is not None else None)

    def is_of_kept(self, s: ir.Assign, e: ir.Expr) -> bool:
        """Whether it is the derivative of a method that has a name."""
        if not isinstance(e, ir.Call) or e.op not in MAKERS or not e.args or not isinstance(e.args[0], ir.Name):
            return False
        found = self.evaluate(self.at, s, e.args[0])
        return isinstance(found, k.Func) and any(k.is_record(h.kind) for h in found.held if h.role == "#0")

    def expression(self, s: ir.Assign, e: ir.Expr) -> ir.Expr:
        match e:
            case ir.Attribute(ir.Name(name) as base) if name in self.steady:
                if k.is_record(self.evaluate(self.at, s, base)) and isinstance(self.evaluate(self.at, s, e), k.Func):
                    return ir.Call(METHOD_OF, (base, ir.Const(e.name)))
            case ir.Call(op, (method, *rest)) if op in MAKERS:
                kept = self.expression(s, method)
                found = kept is not method or self.is_of_kept(s, e)
                return replace(e, op=DERIVATIVE_OF, args=(kept, ir.Const(op), *rest)) if found else e
            case ir.Display() | ir.Mapping() | ir.Select():
                return map_children(lambda inner: self.expression(s, inner), e)
            case ir.Apply(func, args) if id(e) in self.at.calls:
                new = tuple(self.expression(s, a) for a in args)
                return ir.Apply(func, new, e.keywords) if any(a is not b for a, b in zip(new, args, strict=True)) else e
        return e


def defaults_of(s: ir.Define) -> set[str]:
    """Names of what the defaults of a nested function have been worked out to; its text has them as they were."""
    return {n for p in s.function.params if p.default is not None for n in reads(p.default)}


def mapped(f: Any, block: ir.Block) -> ir.Block:
    found = []
    for s in block:
        inner = tuple(mapped(f, b) for b in blocks(s))
        new = with_blocks(s, *inner) if any(a is not b for a, b in zip(inner, blocks(s), strict=True)) else s
        found.append(f(new))
    return tuple(found) if any(a is not b for a, b in zip(found, block, strict=True)) else block


def steady_names(at: Instance) -> set[str]:
    """Names that mean the same object from where they are bound on: bound once, and in no loop."""
    bound = Counter(n for s in statements(at.body) if not isinstance(s, ir.Store | ir.Update) for n in bound_names(s))
    bound.update(list(at.params))
    looped = {
        n
        for s in statements(at.body)
        if isinstance(s, ir.For | ir.While)
        for inner in statements(s.body)
        for n in bound_names(inner)
    }
    return {n for n, count in bound.items() if count == 1} - looped


def kept_methods(at: Instance, s: ir.Stmt, evaluate: Any) -> list[ir.Attribute]:
    """The methods among the values of a statement: the dict of an object's attributes has none."""
    found = []
    for e in statement_expressions(s):
        differentiated = {id(f) for sub in subexpressions(e) for f in differentiated_and_called(sub)}
        found += [
            sub
            for sub in subexpressions(e)
            if isinstance(sub, ir.Attribute) and id(sub) not in differentiated
            and k.is_record(evaluate(at, s, sub.base))
        ]  # fmt: skip
    return found


def refuse_kept_methods(interpreter: Any, evaluate: Any, diagnose: Any) -> None:
    for at in interpreter.reached():
        for s in statements(at.body):
            for e in kept_methods(at, s, evaluate):
                message = f"the method `{e.name}` of an object is kept as a value"
                diagnose("SG310", message, at, s, None, "Call it where it is needed.")


def differentiated_and_called(e: ir.Expr) -> tuple[ir.Expr, ...]:
    """The method of `grad(s.loss)(x)`: what is called is emitted for it, and takes the object."""
    found: tuple[ir.Expr, ...] = ()
    inner = e.func if isinstance(e, ir.Apply) else None
    while isinstance(inner, ir.Call) and inner.op in MAKERS and inner.args:
        inner = inner.args[0]
        found = (inner,)
    return found
