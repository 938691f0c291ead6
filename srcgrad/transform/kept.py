"""What is saved just once has a name, and is no item of a list.

u_stack = []
u_stack.append(u[1:].copy())     ->      u_kept = u[1:].copy()
...                                      ...
u[1:] = u_stack.pop()                    u[1:] = u_kept
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..ir import nodes as ir
from ..ir.build import call
from ..ir.rewrite import map_statement
from ..ir.walk import map_children, reads, statement_expressions, statements
from .assemble import BRANCHES, Sweeps
from .names import Names

LAST = ir.Const(-1)


def keep_once(sweeps: Sweeps, names: Names) -> None:
    """Give names to what is pushed and popped once, outside of loops and branches."""
    for stack in list(sweeps.stacks):
        if is_used_once(sweeps, stack):
            base = stack.rstrip("_").removesuffix("_stack")
            kept = names.fresh(*([base] if BRANCHES in stack else []), f"{base}_kept")
            sweeps.forward = [s for old in sweeps.forward for s in with_name(old, stack, kept)]
            sweeps.reverse = [s for old in sweeps.reverse for s in with_name(old, stack, kept)]
            sweeps.setup = [s for s in sweeps.setup if not (isinstance(s, ir.Assign) and s.names == (stack,))]
            sweeps.stacks.remove(stack)
            sweeps.kept.append(kept)


def is_used_once(sweeps: Sweeps, stack: str) -> bool:
    """Whether there is one push and one pop, which certainly run, and both once."""
    pushes = [s for s in statements(tuple(sweeps.forward)) if isinstance(s, ir.Push) and s.stack == stack]
    tests = sum(isinstance(s, ir.If) and s.test == ir.Index(ir.Name(stack), LAST) for s in sweeps.forward)
    pops = [s for s in sweeps.reverse if pops_of(s, stack) == 1]
    return (
        len(pushes) == len(pops) == 1
        and any(s is pushes[0] for s in sweeps.forward)
        and mentions(sweeps.forward, stack) == tests
        and mentions(sweeps.reverse, stack) == 1
    )


def pops_of(s: ir.Stmt, stack: str) -> int:
    """How often a statement itself pops, not those in its blocks."""
    popped = isinstance(s, ir.Pop) and s.stack == stack
    return popped + sum(taken(e, stack) for e in statement_expressions(s) if not isinstance(s, ir.For | ir.While))


def taken(e: ir.Expr, stack: str) -> bool:
    match e:
        case ir.Call("operator.not_", (inner,)):
            return taken(inner, stack)
    return e == call(".pop", ir.Name(stack))


def mentions(block: list[ir.Stmt], stack: str) -> int:
    """How many statements read or pop a stack, other than those that push."""
    inside = statements(tuple(block))
    return sum(
        isinstance(s, ir.Pop) and s.stack == stack or any(stack in reads(e) for e in statement_expressions(s))
        for s in inside
    )


def with_name(s: ir.Stmt, stack: str, kept: str) -> list[ir.Stmt]:
    def named(e: ir.Expr) -> ir.Expr:
        if e in (call(".pop", ir.Name(stack)), ir.Index(ir.Name(stack), LAST)):
            return ir.Name(kept)
        return map_children(named, e) if isinstance(e, ir.Call) and e.op == "operator.not_" else e

    match s:
        case ir.Push(to, value, copy) if to == stack:
            return [ir.Assign((kept,), (ir.Call(".copy", (value,)) if copy else value,))]
        case ir.Pop(name, of) if of == stack:
            return [ir.Assign((name,), (ir.Name(kept),))]
        case ir.Eval(e) if taken(e, stack):
            return []
    new: Any = map_statement(named, s, blocks=False)
    return [replace(new, origin=s.origin) if new is not s else s]  # type: ignore[union-attr]
