"""What `finally` does, put where a block is left.

    try:                              for v in x:
        for v in x:                       if v > 1.0:
            if v > 1.0:     ->                break
                break                 total = total * 2.0
    finally:
        total = total * 2.0
"""

from __future__ import annotations

from typing import Any

from ..ir import nodes as ir
from ..ir.walk import blocks, with_blocks


def leaves(block: ir.Block, looping: bool = False) -> bool:
    """Whether control may leave a block before its end; in the body of a loop `break` and `continue` stay inside."""
    out = ir.Return if looping else ir.Return | ir.Break | ir.Continue
    return any(isinstance(s, out) or any(leaves(b, looping or own) for b, own in parts(s)) for s in block)


def parts(s: ir.Stmt) -> list[tuple[ir.Block, bool]]:
    """The blocks in a statement, and whether each is the body of a loop."""
    loop = isinstance(s, ir.For | ir.While)
    return [(b, loop and n == 0) for n, b in enumerate(blocks(s))]


def finished(reader: Any, block: ir.Block, final: ir.Block) -> ir.Block:
    """What `finally` does, also where the block is left early; a result is worked out before."""
    if not final:
        return block

    def left(s: ir.Stmt, looping: bool) -> list[ir.Stmt]:
        match s:
            case ir.Return(value) if value is not None and not isinstance(value, ir.Const):
                name = reader.fresh("value")
                return [ir.Assign((name,), (value,)), *final, ir.Return(ir.Name(name))]
            case ir.Return():
                return [*final, s]
            case ir.Break() | ir.Continue() if not looping:
                return [*final, s]
        return [with_blocks(s, *(whole(b, looping or own) for b, own in parts(s)))] if blocks(s) else [s]

    def whole(b: ir.Block, looping: bool) -> ir.Block:
        return tuple(x for s in b for x in left(s, looping))

    return whole(block, False)
