"""Attributes that a constructor sets one after another, as local names of it.

    self.w = w / scale                self_w = w / scale
    self.norm = np.sum(self.w)   ->   norm = np.sum(self_w)
                                      return record(w=self_w, norm=norm)
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..frontend.classes import Class
from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.rewrite import map_statement
from ..ir.walk import (
    blocks,
    bound_names,
    map_children,
    reads,
    statement_expressions,
    statements,
    subexpressions,
)


def one_by_one(body: ir.Block, receiver: str) -> ir.Block:
    """The body with `self.a, self.b = a, b` as two statements."""
    found: list[ir.Stmt] = []
    rest = list(body)
    while rest:
        s = rest.pop(0)
        if isinstance(s, ir.Assign) and all(isinstance(v, ir.Name | ir.Const) for v in s.values):
            places = [x for x in rest[: len(s.names)] if isinstance(x, ir.Store) and stores(x, receiver)]
            later = rest[len(s.names) :]
            given = [x.value for x in places] == [ir.Name(n) for n in s.names]
            if given and not any(used(x).intersection(s.names) for x in later):
                found += [replace(x, value=v) for x, v in zip(places, s.values, strict=True)]
                del rest[: len(places)]
                continue
        found.append(s)
    return tuple(found)


def as_locals(init: Function, receiver: str, cls: Class) -> ir.Block | None:
    """The body where attributes are local names; None where `self` itself is used, or an attribute may be missing."""
    stored = [s.place.name for s in init.body if stores(s, receiver)]  # type: ignore[union-attr]
    if not stored or any(isinstance(s, ir.Return) or asks_base(s) for s in statements(init.body)):
        return None
    names: dict[str, str] = {}
    for s in init.body:
        if stores(s, receiver) and s.place.name not in names:  # type: ignore[union-attr]
            names[s.place.name] = local_name(s, init, stored)  # type: ignore[union-attr]

    def expression(e: ir.Expr) -> ir.Expr:
        match e:
            case ir.Attribute(ir.Name(base), name) if base == receiver and name in names:
                return ir.Name(names[name])
        return map_children(expression, e)

    made: set[str] = set()
    body: list[ir.Stmt] = []
    for s in init.body:
        if blocks(s) and any(stores(x, receiver) for x in statements((s,))):
            return None  # an attribute that is set in a loop or branch
        if isinstance(s, ir.Define | ir.Opaque) or has_inner_scope(s):
            if receiver in used(s):
                return None
            body.append(s)
            continue
        if attributes_read(s, receiver) - made:
            return None
        new = rewritten(s, receiver, names, expression)
        if new is not None:
            body.append(new)
        made |= {s.place.name} if stores(s, receiver) else set()  # type: ignore[union-attr]
    if any(receiver in used(s) for s in body):
        return None
    keys = tuple(ir.Const(ir.Field(n)) for n in names)
    return (*body, ir.Return(ir.Mapping(keys, tuple(ir.Name(n) for n in names.values()), cls)))


def stores(s: ir.Stmt, receiver: str) -> bool:
    return isinstance(s, ir.Store) and isinstance(s.place, ir.Attribute) and s.place.base == ir.Name(receiver)


def local_name(s: Any, init: Function, stored: list[str]) -> str:
    """`w` for `self.w = w`, where w stays what it is; else a name that nobody has."""
    name = s.place.name
    bindings = [n for x in statements(init.body) for n in bound_names(x) if not isinstance(x, ir.Store)]
    if s.value == ir.Name(name) and stored.count(name) == 1 and name in init.param_names and name not in bindings:
        return str(name)
    taken = init.locals | set(init.param_names)
    taken |= {n for x in statements(init.body) for n in used(x)}
    found = name if name not in taken else f"self_{name}"
    while found in taken:
        found += "_"
    return str(found)


def rewritten(s: ir.Stmt, receiver: str, names: dict[str, str], expression: Any) -> ir.Stmt | None:
    match s:
        case ir.Store(ir.Attribute(ir.Name(base), name), value) if base == receiver:
            own = expression(value)
            if own == ir.Name(names[name]):
                return None
            return ir.Assign((names[name],), (own,), origin=s.origin.edit() if s.origin is not None else None)
    return map_statement(expression, s)


def has_inner_scope(s: ir.Stmt) -> bool:
    return any(
        isinstance(x, ir.Lambda | ir.Comprehension) for e in statement_expressions(s) for x in subexpressions(e)
    )


def asks_base(s: ir.Stmt) -> bool:
    return any(
        isinstance(x, ir.Call) and x.op == "builtins.super" for e in statement_expressions(s) for x in subexpressions(e)
    )


def attributes_read(s: ir.Stmt, receiver: str) -> set[str]:
    found: set[str] = set()
    for x in statements((s,)):
        for e in statement_expressions(x):
            if isinstance(x, ir.Store) and e is x.place and stores(x, receiver):
                continue
            found |= {
                sub.name for sub in subexpressions(e)
                if isinstance(sub, ir.Attribute) and sub.base == ir.Name(receiver)
            }  # fmt: skip
    return found


def used(s: ir.Stmt) -> set[str]:
    found: set[str] = set()
    for x in statements((s,)):
        for e in statement_expressions(x):
            found |= reads(e)
        if isinstance(x, ir.Define):
            found |= set(x.captures)
        if isinstance(x, ir.Opaque):
            found |= set(x.reads)
    return found
