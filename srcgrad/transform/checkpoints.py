"""Checkpointed loops in both sweeps: snapshots going forward; going back, steps run again from the last one.

    for t in range(n):                       for action, t in revolve(range(n), 10):
        if t in t_kept:                          if action == "restore":
            u_states.append(u.copy())                u[...] = u_states[-1]
        ...                                      elif action == "save":
                                                     u_states.append(u.copy())
                                                 elif action == "forget":
                                                     u_states.pop()
                                                 elif action == "advance":
                                                     ...
                                                 else:
                                                     ... and its reverse
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..analysis.checkpoints import Carried
from ..frontend.checkpoints import parts, plain
from ..frontend.lower import exits
from ..ir import nodes as ir
from ..ir.build import call
from ..ir.flow import exposed
from ..ir.helpers import KEPT_STATE, RESTORED_STATE
from ..ir.walk import block_reads, block_writes, reads, statements
from ..optimise.dead import is_pure
from .reverse_node import Node

RUNTIME = "srcgrad.runtime."


def forward_loop(assembler: Any, s: ir.For | ir.While) -> list[ir.Stmt]:
    """The user's loop, which keeps the state before some of its steps."""
    steps, snapshots = parts(s)
    schedule = assembler.schedules[id(s)]
    held: list[Carried] = assembler.carried[id(s)]
    body = plain_block(assembler, opened(s).body)
    if isinstance(s, ir.While):
        trips = assembler.trips[id(s)]
        old = assembler.names.derived(f"{schedule}_surplus")
        drops = popped(assembler, held, ir.Name(old))
        surplus = ir.Call(".surplus", (ir.Name(schedule), ir.Name(trips)))
        thin = for_each(ir.Name(old), surplus, drops)
        count = ir.Update(ir.Name(trips), "operator.add", ir.Const(1))
        made = ir.Assign((schedule,), (call(f"{RUNTIME}online_snapshots", snapshots),))
        loop = replace(plain(s), body=(*pushed(assembler, held), thin, count, *body))
        return [ir.Assign((trips,), (ir.Const(0),)), made, loop]
    chosen = ir.Assign((schedule,), (call(f"{RUNTIME}first_snapshots", in_order(steps), snapshots),))
    keep = ir.If(ir.Compare(ir.Name(s.target), ("in",), (ir.Name(schedule),)), tuple(pushed(assembler, held)))
    return [chosen, replace(plain(opened(s)), body=(keep, *body))]


def reverse_loop(assembler: Any, s: ir.For | ir.While, node: Node) -> list[ir.Stmt]:
    """The loop of actions; a step is run with what its reverse needs only where that follows."""
    held: list[Carried] = assembler.carried[id(s)]
    steps, snapshots = parts(s)
    if isinstance(s, ir.While):
        kept = ir.Attribute(ir.Name(assembler.schedules[id(s)]), "steps")
        counted = call("builtins.range", ir.Name(assembler.trips[id(s)]))
        actions = call(f"{RUNTIME}revolve", counted, snapshots, kept)
        target = assembler.names.unused
    else:
        actions = call(f"{RUNTIME}revolve", in_order(steps), snapshots)
        target = s.target
    action = assembler.action
    advance = to_the_end(plain_block(assembler, opened(s).body))
    once_more = to_the_end(assembler.forward(opened(s).body))
    back = [*assembler.reverse(s.body), *node.last]
    choices: list[tuple[str, list[ir.Stmt]]] = [
        ("restore", restored(assembler, held)),
        ("save", pushed(assembler, held)),
        ("forget", popped(assembler, held)),
        ("advance", advance),
    ]
    choice: list[ir.Stmt] = turned(once_more, back)
    for word, lines in reversed(choices):
        test = ir.Compare(ir.Name(action), ("==",), (ir.Const(word),))
        choice = [ir.If(test, tuple(lines), tuple(choice))]
    pair = ir.Display("tuple", (ir.Name(action), ir.Name(target)))
    return [for_each(pair, actions, choice)]


def turned(once_more: list[ir.Stmt], back: list[ir.Stmt]) -> list[ir.Stmt]:
    """A step and its reverse, without what the step does last and its reverse puts back first.

    u_stack.append(u)       ->      (nothing)
    u = u + k * np.sin(u)
    u = u_stack.pop()
    """
    while True:
        captured = {n for s in statements(tuple(once_more)) if isinstance(s, ir.Define) for n in s.captures}
        once_more, _ = read_later(once_more, {*exposed(back), *captured})
        first = next((k for k, s in enumerate(back) if not isinstance(s, ir.Comment)), len(back))
        match once_more, back[first:]:
            case [*_, ir.Push(stack, ir.Name(name))], [ir.Pop(again, other), *_] if (name, stack) == (again, other):
                dropped = 1
            case [*_, ir.Push(stack), ir.Store() | ir.Update() as change], [ir.Store(again, value), *_] if (
                (again, value) == (change.place, call(".pop", ir.Name(stack))) and is_pure((change.value,))
            ):
                dropped = 2
            case _:
                return [*once_more, *back]
        once_more, back = once_more[:-dropped], [*back[:first], *back[first + 1 :]]


def read_later(block: list[ir.Stmt] | ir.Block, needed: set[str]) -> tuple[list[ir.Stmt], set[str]]:
    """A block without the values that nothing reads after it, and the names that something reads."""
    kept: list[ir.Stmt] = []
    for s in reversed(block):
        match s:
            case ir.Assign(names, values) if needed.isdisjoint(names) and is_pure(values):
                continue
            case ir.If(test, body, orelse):
                then, a = read_later(body, set(needed))
                other, b = read_later(orelse, set(needed))
                if not then and not other and is_pure((test,)):
                    continue
                s = replace(s, body=tuple(then), orelse=tuple(other))
                needed = a | b | reads(test)
            case _:
                needed = needed | block_reads((s,)) | block_writes((s,))
        kept.append(s)
    return kept[::-1], needed


def in_order(steps: ir.Expr) -> ir.Expr:
    """The steps as a sequence: `reversed(range(n))` is none."""
    match steps:
        case ir.Call("builtins.reversed", (plain,)):
            return ir.Index(plain, ir.Slice(None, None, ir.Const(-1)))
    return steps


def for_each(target: ir.Expr, items: ir.Expr, body: Sequence[ir.Stmt]) -> ir.For:
    """`for target in items`, of items that nobody counts."""
    return ir.For("", items, (ir.Unpack(target, ir.Name(""), True), *body), (), (target, items))


def opened(s: ir.For | ir.While) -> Any:
    """A loop over items as one that counts, with what its header binds as statements."""
    if not isinstance(s, ir.For) or s.header is None:
        return s
    body = tuple(
        replace(x, implicit=False, origin=None)
        if isinstance(x, ir.Assign | ir.Unpack) and x.implicit and x.origin is s.origin else x
        for x in s.body
    )  # fmt: skip
    return replace(s, body=body, header=None)


def plain_block(assembler: Any, block: ir.Block) -> list[ir.Stmt]:
    """Statements as in the forward sweep, with nothing saved."""
    found: list[ir.Stmt] = []
    for s in block:
        match s:
            case ir.If(_, body, orelse):
                then = tuple(plain_block(assembler, body))
                found.append(replace(s, body=then, orelse=tuple(plain_block(assembler, orelse))))
            case ir.For() | ir.While():
                found.append(replace(plain(s), body=tuple(plain_block(assembler, s.body))))
            case _:
                found.append(assembler.rewrite(s))
    return found


def to_the_end(block: list[ir.Stmt] | ir.Block) -> list[ir.Stmt]:
    """A block without `continue`: what it would skip stands in the other branch."""
    found: list[ir.Stmt] = []
    for s in block:
        match s:
            case ir.Continue():
                pass
            case ir.If(test, body, orelse) if "continue" in exits((s,)):
                body, orelse = tuple(to_the_end(body)), tuple(to_the_end(orelse))
                swap = not body and bool(orelse)
                found.append(
                    ir.If(ir.Call("operator.not_", (test,)), orelse) if swap else replace(s, body=body, orelse=orelse)
                )
            case _:
                found.append(s)
    return found


# ----- snapshots -----


def groups(assembler: Any, held: list[Carried]) -> list[tuple[str, list[Carried]]]:
    """The lists of snapshots, each with the names it is of: one by one, and those of one state together."""
    together = [c for c in held if c.how == "state"]
    alone = [(assembler.states(c.name), [c]) for c in held if c.how != "state"]
    return [*alone, (assembler.states(together[0].name), together)] if together else alone


def pushed(assembler: Any, held: list[Carried]) -> list[ir.Stmt]:
    found: list[ir.Stmt] = []
    for states, names in groups(assembler, held):
        values = [copied(ir.Name(c.name), c) for c in names]
        is_state = names[0].how == "state"
        state = call(KEPT_STATE, ir.Display("tuple", tuple(values)), ir.Name(states))
        found.append(ir.Push(states, state if is_state else values[0]))
    return found


def popped(assembler: Any, held: list[Carried], *position: ir.Expr) -> list[ir.Stmt]:
    return [ir.Eval(ir.Call(".pop", (ir.Name(states), *position))) for states, _ in groups(assembler, held)]


def restored(assembler: Any, held: list[Carried]) -> list[ir.Stmt]:
    """What the names were when the snapshot was taken; the snapshot stays as it is."""
    found: list[ir.Stmt] = []
    for states, names in groups(assembler, held):
        c, value = names[0], ir.Index(ir.Name(states), ir.Const(-1))
        if c.how == "state":
            target = ir.Display("tuple", tuple(ir.Name(c.name) for c in names))
            found.append(ir.Unpack(target, call(RESTORED_STATE, value)))
        elif c.how == "memory":
            found.append(ir.Store(ir.Index(ir.Name(c.name), ir.Const(...)), value))
        else:
            found.append(ir.Assign((c.name,), (copied(value, c),)))
    return found


def copied(value: ir.Expr, c: Carried) -> ir.Expr:
    if c.how in ("reference", "state"):
        return value
    return ir.Call(".copy", (value,)) if c.array else call(f"{RUNTIME}private", value)
