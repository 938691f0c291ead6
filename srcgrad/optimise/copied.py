"""An adjoint that gets memory of its own as soon as it is bound is bound to that memory, which is made once.

d_x = d_out
d_x = d_x.copy()    ->      d_x = d_out.copy()
d_x = own(own(d))   ->      d_x = own(d)
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..ir import nodes as ir
from ..ir.rewrite import map_blocks

MAKING = ("srcgrad.runtime.own", "builtins.list")
COPIES = (".copy", "numpy.copy", "srcgrad.runtime.own")


def with_copies(f: Any) -> Any:
    """An emitted function (`parts, made`) in which no name it made up is bound and copied in two statements."""
    parts = [(banner, list(joined(tuple(block), f.made)), reverse) for banner, block, reverse in f.parts]
    return replace(f, parts=parts)


def once(e: ir.Expr) -> ir.Expr:
    """A list or copy of a list or copy that was just made is that one."""
    match e:
        case ir.Call(op, (ir.Call(again),)) if op == again and op in MAKING:
            return once(e.args[0])
        case ir.Call(op, (inner,)) if op in MAKING and once(inner) is not inner:
            return ir.Call(op, (once(inner),))
    return e


def joined(block: ir.Block, made: set[str]) -> ir.Block:
    kept: list[ir.Stmt] = []
    for s in block:
        s = map_blocks(lambda b: joined(b, made), s)
        if isinstance(s, ir.Assign) and any(once(v) is not v for v in s.values):
            s = replace(s, values=tuple(map(once, s.values)))
        match kept[-1] if kept else None, s:
            case ir.Assign((name,), (value,)), ir.Assign((again,), (ir.Call(op, (ir.Name(copied),)),)) if (
                op in COPIES and name == again == copied and name in made
            ):
                kept[-1] = replace(s, values=(once(ir.Call(op, (value,))),))
            case _:
                kept.append(s)
    return tuple(kept)
