"""Emitted code that is read again: what it keeps in stacks is its own.

    x, y_stack = saved           x, y_stack_kept = saved
    y = y_stack.pop()     ->     y_stack = list(y_stack_kept)
                                 y = y_stack.pop()

A backward half uses up the stacks that its forward half has filled.  Read with a copy of the list, it changes nothing
that it is given; no other name stands for the list, so a pop or a push changes no other memory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..ir import nodes as ir
from ..ir.build import call
from ..ir.helpers import OWN, ZEROS_LIKE
from ..ir.walk import (
    bound_names,
    children,
    reads,
    statement_expressions,
    statements,
    subexpressions,
    substitute,
    target_names,
)
from .bindings import EMITTED

STACKS = ("_stack", "_states")
MAKERS = frozenset({"builtins.list", OWN, ZEROS_LIKE})
READERS = frozenset({"builtins.len", "builtins.reversed", "builtins.enumerate", ".pop", ".append"})


def is_emitted(scope: Any) -> bool:
    """Whether functions of this scope are written by srcgrad."""
    return getattr(scope, "module_name", "").startswith(EMITTED)


def is_stack(name: str) -> bool:
    return name.rstrip("_").endswith(STACKS)


def as_slot(index: ir.Expr) -> ir.Expr:
    """The index of an attribute that no dot can reach, as `self["items"]`; of a dict it is the key that it is."""
    match index:
        case ir.Const(str(name)) if hasattr(dict, name):
            return ir.Const(ir.Field(name))
    return index


def own_lists(function: Any, body: ir.Block) -> frozenset[str]:
    """The lists of an emitted function that are made there and that no other name stands for."""
    if not is_emitted(function.scope):
        return frozenset()
    bound = {n for s in statements(body) for n in bound_names(s)}
    bound -= {*function.param_names, *function.captures}
    found = bound - {n for s in statements(body) for n in bound_names(s) if not makes_list(s)}
    kept = {n for s in statements(body[:-1]) for e in statement_expressions(s) for n in handed_on(e, s)}
    kept |= {n for s in statements(body) if isinstance(s, ir.Define) for n in s.captures}
    return frozenset(n for n in found if is_stack(n) or n not in kept)


def makes_list(s: ir.Stmt) -> bool:
    match s:
        case ir.Update() | ir.Store():
            return True
        case ir.Assign((_,), (value,)):
            return isinstance(value, ir.Display | ir.Comprehension) or isinstance(value, ir.Call) and value.op in MAKERS
    return False


def handed_on(e: ir.Expr, s: ir.Stmt) -> set[str]:
    """Names that stand in an expression for more than a part of what they are, or for a list of its items."""
    if isinstance(s, ir.Store | ir.Update) and e is s.place:
        return set()
    return whole(e)


def whole(e: ir.Expr) -> set[str]:
    match e:
        case ir.Name(name):
            return {name}
        case ir.Index(ir.Name(), index):
            return whole(index)
        case ir.Call(op, (ir.Name(), *rest)) if op in MAKERS or op in READERS:
            return set().union(*(whole(x) for x in rest))
        case ir.Lambda() | ir.Comprehension():
            return reads(e)
    return set().union(*(whole(x) for x in children(e)))


def with_own_stacks(body: ir.Block, fresh: Callable[[str], str]) -> tuple[ir.Block, set[str]]:
    """The body of an emitted function, and the names it has more."""
    used = {n for s in statements(body) for e in statement_expressions(s) for n in grown(e)}
    found: list[ir.Stmt] = []
    kept: dict[str, str] = {}
    for s in body:
        if isinstance(s, ir.Unpack) and isinstance(s.value, ir.Name) and s.value.id.rstrip("_") == "saved":
            kept = {n: fresh(f"{n}_kept") for n in target_names(s.target) if n in used and is_stack(n)}
            target = substitute(s.target, {n: ir.Name(m) for n, m in kept.items()})
            origin = s.origin.edit() if s.origin is not None and kept else s.origin
            found.append(replace(s, target=target, origin=origin))
            found += [ir.Assign((n,), (call("builtins.list", ir.Name(m)),)) for n, m in kept.items()]
        else:
            found.append(s)
    return tuple(found), set(kept.values())


def grown(e: ir.Expr) -> set[str]:
    return {
        x.args[0].id for x in subexpressions(e)
        if isinstance(x, ir.Call) and x.op in (".pop", ".append") and x.args and isinstance(x.args[0], ir.Name)
    }  # fmt: skip
