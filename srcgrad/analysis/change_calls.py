"""Which calls may change an argument, as their text alone tells: all others need no look at what the arguments are."""

from __future__ import annotations

from functools import cache

from ..ir import nodes as ir
from ..ir.helpers import CHANGING
from . import container_changes, container_steps, mutators
from .outputs import position_of_out

TABLES = (mutators.FORMS, container_changes.LIST_FORMS, container_changes.DICT_FORMS, container_steps.FORMS)


def may_change(e: ir.Expr) -> bool:
    """Whether an expression has the form of a call that changes an argument."""
    return isinstance(e, ir.Call) and (
        is_named_so(e.op)
        or any(name == "out" for name, _ in e.keywords)
        or (position_of_out(e.op) or len(e.args)) < len(e.args)
    )


@cache
def is_named_so(op: str) -> bool:
    ending = op.rpartition(".")[2]
    return ending in ("at", "resize", "shuffle", "sort") or op in CHANGING or any(op in table for table in TABLES)
