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
from ..ir.walk import bound_names, statement_expressions, statements, subexpressions, substitute, target_names
from .bindings import EMITTED

STACKS = ("_stack", "_states")


def is_emitted(scope: Any) -> bool:
    """Whether functions of this scope are written by srcgrad."""
    return getattr(scope, "module_name", "").startswith(EMITTED)


def is_stack(name: str) -> bool:
    return name.rstrip("_").endswith(STACKS)


def own_stacks(function: Any, body: ir.Block) -> frozenset[str]:
    """The stacks of an emitted function that no other name stands for."""
    if not is_emitted(function.scope):
        return frozenset()
    found = {n for s in statements(body) for n in bound_names(s) if is_stack(n)} - {*function.param_names}
    return frozenset(found - {n for s in statements(body) for n in bound_names(s) if not makes_list(s)})


def makes_list(s: ir.Stmt) -> bool:
    match s:
        case ir.Update():
            return True
        case ir.Assign((_,), (value,)):
            return isinstance(value, ir.Display) or isinstance(value, ir.Call) and value.op == "builtins.list"
    return False


def with_own_stacks(body: ir.Block, fresh: Callable[[str], str]) -> tuple[ir.Block, set[str]]:
    """The body of an emitted function, and the names it has more."""
    used = {n for s in statements(body) for e in statement_expressions(s) for n in popped(e)}
    found: list[ir.Stmt] = []
    kept: dict[str, str] = {}
    for s in body:
        if isinstance(s, ir.Unpack) and s.value == ir.Name("saved"):
            kept = {n: fresh(f"{n}_kept") for n in target_names(s.target) if n in used and is_stack(n)}
            target = substitute(s.target, {n: ir.Name(m) for n, m in kept.items()})
            origin = s.origin.edit() if s.origin is not None and kept else s.origin
            found.append(replace(s, target=target, origin=origin))
            found += [ir.Assign((n,), (call("builtins.list", ir.Name(m)),)) for n, m in kept.items()]
        else:
            found.append(s)
    return tuple(found), set(kept.values())


def popped(e: ir.Expr) -> set[str]:
    return {
        x.args[0].id for x in subexpressions(e)
        if isinstance(x, ir.Call) and x.op == ".pop" and x.args and isinstance(x.args[0], ir.Name)
    }  # fmt: skip
