"""Checkpointed loops that are broken off, as loops of unknown length: a step that is run again comes to its end.

    for t in checkpoint(range(n), k):          t_next = 0
        u = step(u)                            stopped = False
        if small(u):                   ->      while checkpoint(not stopped and t_next < n, k):
            break                                  t = t_next
        v = u                                      t_next += 1
                                                   u = step(u)
                                                   if small(u):
                                                       stopped = True
                                                   else:
                                                       v = u

Every `break` stands at the end of its branch by then, and `return` and `else` have become breaks (`lower`).
"""

from __future__ import annotations

from dataclasses import replace

from ..ir import nodes as ir
from .checkpoints import CHECKPOINT, is_checkpointed, parts
from .lower import Names, exits


def without_breaks(block: ir.Block, names: Names) -> ir.Block:
    return tuple(x for s in block for x in statement(s, names))


def statement(s: ir.Stmt, names: Names) -> list[ir.Stmt]:
    match s:
        case ir.If(_, body, orelse):
            return [replace(s, body=without_breaks(body, names), orelse=without_breaks(orelse, names))]
        case ir.For() | ir.While():
            s = replace(s, body=without_breaks(s.body, names))
            return broken_off(s, names) if is_checkpointed(s) and "break" in exits(s.body) else [s]
    return [s]


def broken_off(s: ir.For | ir.While, names: Names) -> list[ir.Stmt]:
    """The loop with a flag in its condition."""
    steps, snapshots = parts(s)
    stopped = names.fresh("stopped")
    setup: list[ir.Stmt] = [ir.Assign((stopped,), (ir.Const(False),))]
    body = flagged(s.body, stopped)
    test = steps
    if isinstance(s, ir.For):
        following = names.fresh(f"{s.target}_next")
        counted, length, step = one_by_one(s, steps, ir.Name(following), names)
        setup += [*counted, ir.Assign((following,), (ir.Const(0),))]
        test = ir.Compare(ir.Name(following), ("<",), (length,))
        opening = (ir.Assign((s.target,), (step,)), ir.Update(ir.Name(following), "operator.add", ir.Const(1)))
        body = (*opening, *(plainly(x, s) for x in body))
    going = ir.BoolOp("and", (ir.Call("operator.not_", (ir.Name(stopped),)), test))
    return [*setup, ir.While(ir.Call(CHECKPOINT, (going, snapshots)), body)]


def one_by_one(s: ir.For, steps: ir.Expr, at: ir.Expr, names: Names) -> tuple[list[ir.Stmt], ir.Expr, ir.Expr]:
    """What is to be set up, the number of steps, and one of them by its position."""
    match steps:
        case ir.Call("builtins.range", (ir.Const() as length,)):
            return [], length, at
        case ir.Call("builtins.range", (length,)):
            name = names.fresh(f"{s.target}_steps")
            return [ir.Assign((name,), (length,))], ir.Name(name), at
        case ir.Call("builtins.reversed", (inner,)):
            steps = ir.Index(inner, ir.Slice(None, None, ir.Const(-1)))
    name = names.fresh(f"{s.target}_range")
    return [ir.Assign((name,), (steps,))], ir.Call("builtins.len", (ir.Name(name),)), ir.Index(ir.Name(name), at)


def flagged(block: ir.Block, stopped: str) -> ir.Block:
    """`stopped` is set instead of each `break` of the loop itself."""
    done: list[ir.Stmt] = []
    for s in block:
        match s:
            case ir.Break():
                done.append(ir.Assign((stopped,), (ir.Const(True),)))
            case ir.If(_, body, orelse) if "break" in exits((s,)):
                done.append(replace(s, body=flagged(body, stopped), orelse=flagged(orelse, stopped), flat=False))
            case _:
                done.append(s)
    return tuple(done)


def plainly(x: ir.Stmt, s: ir.For) -> ir.Stmt:
    """What the header of the loop bound, as a statement."""
    if isinstance(x, ir.Assign | ir.Unpack) and x.implicit and x.origin is s.origin:
        return replace(x, implicit=False, origin=None)
    return x
