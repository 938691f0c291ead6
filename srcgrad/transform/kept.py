"""What is saved just once has a name, and is no item of a list.

u_stack = []
u_stack.append(u[1:].copy())     ->      u_kept = u[1:].copy()
...                                      ...
u[1:] = u_stack.pop()                    u[1:] = u_kept
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ..ir import nodes as ir
from ..ir.rewrite import map_statement
from ..ir.walk import map_children, reads, statement_expressions, statements
from .assemble import BRANCHES, Sweeps
from .names import Names

LAST = ir.Const(-1)


def keep_once(sweeps: Sweeps, names: Names) -> None:
    """Give names to what is pushed and popped once, outside of loops and branches."""
    kept = {}
    for stack in used_once(sweeps):
        base = stack.rstrip("_").removesuffix("_stack")
        kept[stack] = names.fresh(*([base] if BRANCHES in stack else []), f"{base}_kept")
    if not kept:
        return
    sweeps.forward = [s for old in sweeps.forward for s in with_names(old, kept)]
    sweeps.reverse = [s for old in sweeps.reverse for s in with_names(old, kept)]
    sweeps.setup = [s for s in sweeps.setup if not (isinstance(s, ir.Assign) and kept.keys() & set(s.names))]
    sweeps.stacks = [n for n in sweeps.stacks if n not in kept]
    sweeps.kept += kept.values()


def used_once(sweeps: Sweeps) -> list[str]:
    """Stacks with one push and one pop, which certainly run, and both once."""
    pushes = Counter(s.stack for s in statements(tuple(sweeps.forward)) if isinstance(s, ir.Push))
    surely = {s.stack for s in sweeps.forward if isinstance(s, ir.Push)}
    pops = Counter(stack for s in sweeps.reverse for stack in popped_by(s))
    tests = Counter(last_of(s.test) for s in sweeps.forward if isinstance(s, ir.If))
    stacks = frozenset(sweeps.stacks)
    read, read_again = mentions(sweeps.forward, stacks), mentions(sweeps.reverse, stacks)
    return [
        n for n in sweeps.stacks
        if n in surely and pushes[n] == pops[n] == read_again[n] == 1 and read[n] == tests[n]
    ]  # fmt: skip


def popped_by(s: ir.Stmt) -> list[str]:
    """The stacks of which a statement itself takes an item, not those in its blocks."""
    if isinstance(s, ir.Pop):
        return [s.stack]
    taken = () if isinstance(s, ir.For | ir.While) else map(popped, statement_expressions(s))
    return [n for n in taken if n]


def popped(e: ir.Expr) -> str:
    match e:
        case ir.Call("operator.not_", (inner,)):
            return popped(inner)
        case ir.Call(".pop", (ir.Name(stack),), ()):
            return stack
    return ""


def last_of(e: ir.Expr) -> str:
    """The list of which an expression is the last item."""
    return e.base.id if isinstance(e, ir.Index) and e.index == LAST and isinstance(e.base, ir.Name) else ""


def mentions(block: Iterable[ir.Stmt], stacks: frozenset[str]) -> Counter[str]:
    """How many statements read or pop each stack, other than those that push."""
    found: Counter[str] = Counter()
    for s in statements(tuple(block)):
        names = stacks.intersection(n for e in statement_expressions(s) for n in reads(e))
        found.update(names | {s.stack} if isinstance(s, ir.Pop) else names)
    return found


def with_names(s: ir.Stmt, kept: dict[str, str]) -> list[ir.Stmt]:
    """A statement in which names stand for the only item of each stack."""

    def named(e: ir.Expr) -> ir.Expr:
        if isinstance(e, ir.Call) and e.op == "operator.not_":
            return map_children(named, e)
        stack = popped(e) or last_of(e)
        return ir.Name(kept[stack]) if stack in kept else e

    match s:
        case ir.Push(to, value, copy) if to in kept:
            return [ir.Assign((kept[to],), (ir.Call(".copy", (value,)) if copy else value,))]
        case ir.Pop(name, of) if of in kept:
            return [ir.Assign((name,), (ir.Name(kept[of]),))]
        case ir.Eval(e) if popped(e) in kept:
            return []
    new: Any = map_statement(named, s, blocks=False)
    return [replace(new, origin=s.origin) if new is not s else s]  # type: ignore[union-attr]
