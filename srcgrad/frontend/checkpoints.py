"""Loops that keep few states: `srcgrad.checkpoint` around the steps of a `for` or the condition of a `while`.

    for t in srcgrad.checkpoint(range(n), snapshots=k):      ->      For(t, checkpoint(range(n), k), ...)

Its body is run again in the reverse sweep, always to its end: `broken_off` rewrites loops that are left early.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import libcst as cst

from ..ir import nodes as ir
from ..ir.walk import block_writes, reads, subexpressions
from .loops import may_run_again

CHECKPOINT = "srcgrad.runtime.checkpoint"
USE = "Write `for t in srcgrad.checkpoint(range(n), snapshots=k):` or `while srcgrad.checkpoint(test, snapshots=k):`."


def unwrapped(reader: Any, node: cst.BaseExpression) -> tuple[cst.BaseExpression, ir.Expr | None]:
    """The steps or the condition inside `checkpoint(...)`, and the number of snapshots; None where it is not one."""
    if not isinstance(node, cst.Call) or not is_checkpoint(reader, node):
        return node, None
    given: dict[str, cst.BaseExpression] = {}
    for position, arg in enumerate(node.args):
        name = arg.keyword.value if arg.keyword is not None else ("steps", "snapshots")[min(position, 1)]
        if arg.star or name not in ("steps", "snapshots") or name in given:
            given = {}
            break
        given[name] = arg.value
    if len(given) != 2:
        reader.refuse("SG224", "`checkpoint` takes the steps of a loop and the number of snapshots", node, USE)
        return node.args[0].value if node.args else cst.parse_expression("()"), ir.Const(1)
    return given["steps"], reader.read(given["snapshots"])


def is_checkpoint(reader: Any, node: cst.Call) -> bool:
    chain = reader.chain(node.func)
    return chain is not None and reader.scope.operation(chain) == CHECKPOINT


def checkpointed(reader: Any, node: cst.For | cst.While, loop: list[ir.Stmt], snapshots: ir.Expr) -> list[ir.Stmt]:
    """The loop, marked; what its header needs is computed before it, once."""
    *setup, last = loop
    assert isinstance(last, ir.For | ir.While)
    refuse_walrus(reader, node, last)
    written = block_writes(last.body) | ({last.target} if isinstance(last, ir.For) else set())

    def once(e: ir.Expr, name: str) -> ir.Expr:
        """The value under a name, if it may be another one later."""
        if may_run_again(e) and not reads(e) & written:
            return e
        setup.append(ir.Assign((reader.fresh(name),), (e,)))
        return ir.Name(setup[-1].names[0])  # type: ignore[union-attr]

    if isinstance(last, ir.While):
        if not may_run_again(snapshots):
            reader.refuse("SG224", "the number of snapshots is not one number", node, "Work it out before the loop.")
        return [*setup, replace(last, test=ir.Call(CHECKPOINT, (last.test, once(snapshots, "snapshots"))))]
    steps = once(last.iterable, f"{last.target}_range") if last.header is None else last.iterable
    loop_with = replace(last, iterable=ir.Call(CHECKPOINT, (steps, once(snapshots, "snapshots"))))
    return [*setup, loop_with]


def refuse_walrus(reader: Any, node: cst.For | cst.While, loop: ir.For | ir.While) -> None:
    """The condition of a step that is run again is not worked out again."""
    if isinstance(loop, ir.While) and any(isinstance(e, ir.Walrus) for e in subexpressions(loop.test)):
        reader.refuse(
            "SG224", "an assignment in the condition of a checkpointed loop", node,
            "Assign the name before the loop and at the end of its body.",
        )  # fmt: skip


def is_checkpointed(s: ir.Stmt) -> bool:
    match s:
        case ir.For(_, ir.Call(op)) | ir.While(ir.Call(op)):
            return op == CHECKPOINT
    return False


def parts(s: ir.For | ir.While) -> tuple[ir.Expr, ir.Expr]:
    """The steps or the condition, and the number of snapshots, of a checkpointed loop."""
    e = s.iterable if isinstance(s, ir.For) else s.test
    assert isinstance(e, ir.Call) and len(e.args) == 2
    return e.args[0], e.args[1]


def plain(s: ir.For | ir.While) -> ir.For | ir.While:
    """The loop without its mark."""
    if not is_checkpointed(s):
        return s
    return replace(s, iterable=parts(s)[0]) if isinstance(s, ir.For) else replace(s, test=parts(s)[0])
