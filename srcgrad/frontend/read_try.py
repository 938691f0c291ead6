"""`try` and what `finally` does, also where another `try` around it catches what is raised.

    try:                                    caught = None
        try:                                caught = error_of(lambda: a / b, BaseException)
            y = a / b                       if caught is None:
        finally:                    ->          y = a / b
            n = n * 2.0                     n = n * 2.0
    except ZeroDivisionError:               if caught is not None:
        y = 0.0                                 raise caught    (which the outer `try` tries in turn)
"""

from __future__ import annotations

from typing import Any

import libcst as cst

from ..ir import nodes as ir
from ..ir.origin import Origin
from .attempts import HINT, RAISED, Handler, Trial, attempted
from .finishing import finished, leaves


def read_try(reader: Any, node: cst.Try, origin: Origin) -> list[ir.Stmt]:
    body = read_tried(reader, node.body) if node.handlers else reader.block(node.body)
    final = reader.block(node.finalbody.body) if node.finalbody is not None else ()
    if leaves(final):
        reader.refuse("SG208", "a `finally` that leaves by itself cannot be differentiated", node, HINT)
        return []
    found: ir.Block = body
    if node.handlers:
        orelse = reader.block(node.orelse.body) if node.orelse is not None else ()
        handlers = [Handler.read(reader, h) for h in node.handlers]
        again = all(h.raises_again() for h in handlers)
        found = (*body, *orelse) if again else tuple(attempted(reader, node, body, handlers, orelse))
    if final and reader.tried:
        return finished_and_raised(reader, node, found, final)
    return [*finished(reader, found, final), *final]


def read_tried(reader: Any, body: cst.BaseSuite) -> ir.Block:
    """The statements of a block whose exceptions are caught."""
    reader.tried += 1
    found: ir.Block = reader.block(body)
    reader.tried -= 1
    return found


def finished_and_raised(reader: Any, node: cst.CSTNode, block: ir.Block, final: ir.Block) -> list[ir.Stmt]:
    """A block with `finally` in another `try`: what it raises goes on after what `finally` does."""
    if leaves(block):
        message = "a `try` with `finally` that is left early, in another `try`, cannot be differentiated"
        reader.refuse("SG208", message, node, "Leave after the outer `try`.")
        return []
    trial = Trial(reader, node, reader.fresh("caught"), every := ir.Name("BaseException"), [every])
    again = ir.Eval(ir.Call(RAISED, (ir.Name(trial.error),)))
    return [*trial.started(trial.block(block)), *final, ir.If(trial.failed(), (again,))]
