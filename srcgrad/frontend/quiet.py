"""A program without the calls that are made only for what a user sees.

    print(loss)
    log.info("step %d", n)        ->        (nothing)

The gradient of a block that has run already computes its values once more, and must not show them again.
"""

from __future__ import annotations

import io
import logging
from dataclasses import replace
from typing import Any

from ..ir import nodes as ir
from ..ir.walk import root

SHOWN = (
    "builtins.print", "warnings.", "logging.", "time.sleep", "sys.", "traceback.", "gc.", "numpy.save", "numpy.savez",
    "numpy.savetxt", "numpy.seterr", "numpy.set_printoptions",
)  # fmt: skip


def without_shown(block: ir.Block, scope: Any, own: frozenset[str], changed: set[str]) -> ir.Block:
    """`own` are the names that belong to the function; names of the module that it may change go to `changed`."""
    return tuple(inside(s, scope, own, changed) for s in block if not is_shown(s, scope, own))


def inside(s: ir.Stmt, scope: Any, own: frozenset[str], changed: set[str]) -> ir.Stmt:
    match s:
        case ir.If(_, body, orelse) | ir.For(_, _, body, orelse) | ir.While(_, body, orelse):
            quiet = without_shown(body, scope, own, changed)
            return replace(s, body=quiet, orelse=without_shown(orelse, scope, own, changed))
        case ir.Eval(ir.Call(op, (place, *_))) if op.startswith("."):
            changed |= {root(place)} - own
        case ir.Store(place) | ir.Update(place):
            changed |= {root(place)} - own
    return s


def is_shown(s: ir.Stmt, scope: Any, own: frozenset[str]) -> bool:
    match s:
        case ir.Eval(ir.Call(op, (receiver, *_))) if op.startswith("."):
            chain = names_of(receiver)
            live = scope.object(chain) if chain and chain[0] not in own and hasattr(scope, "object") else None
            return isinstance(live, logging.Logger | logging.LoggerAdapter | io.IOBase)
        case ir.Eval(ir.Call(op)):
            return op.startswith(SHOWN)
    return isinstance(s, ir.Opaque) and s.kind == "pass"


def names_of(e: ir.Expr) -> tuple[str, ...]:
    match e:
        case ir.Name(n):
            return (n,)
        case ir.Attribute(base, name) if names_of(base):
            return (*names_of(base), name)
    return ()
