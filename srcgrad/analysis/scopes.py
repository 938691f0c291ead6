"""Where names start anew: in every iteration of a loop, each time that one side of a branch is taken.

What is required of such a name is saved once, at the end of the scope, and is there again where the reverse sweep
enters it; or an assignment of the scope gives it again, where that costs no more than a push.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..ir import nodes as ir
from ..ir.walk import bound_names, reads, root, subexpressions
from .rebinding import NONE, Names, count_writes
from .required import BINDING, Flow

Key = Any  # of a loop, the id of its statement; of an arm, that of the branch and which side it is


@dataclass
class Loop:
    stmt: ir.For | ir.While
    exits: list[Flow] = field(default_factory=list)
    ends: list[Flow] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return id(self.stmt)

    @property
    def block(self) -> ir.Block:
        return self.stmt.body

    @property
    def targets(self) -> Names:
        return frozenset(bound_names(self.stmt))


@dataclass
class Arm:
    """One side of a branch: `then`, or what is done else."""

    stmt: ir.If
    then: bool
    targets: Names = NONE

    @property
    def key(self) -> Key:
        return arm_key(self.stmt, self.then)

    @property
    def block(self) -> ir.Block:
        return self.stmt.body if self.then else self.stmt.orelse


Scope = Loop | Arm


def arm_key(s: ir.If, then: bool) -> Key:
    return id(s), then


def given_again(block: ir.Block, names: list[str], changed: Names, is_view: Any) -> list[ir.Assign]:
    """Those of `names` that an assignment of the block gives again, from names that have the same value at its end.

    These the block does not bind, or just once before, and they are among `names` themselves.  `changed`: names whose
    contents the block changes."""
    writes = count_writes(block)
    rebound, once = frozenset(writes), {n for n in names if writes[n] == 1}
    found = []
    for s in block:
        match s:
            case ir.Assign((name,), (value,)) if name in once:
                altered = NONE if is_view(s) else (reads(value) | {name}) & changed
                if not altered and not reads(value) & rebound and all(cheap(e) for e in subexpressions(value)):
                    found.append(s)
        if isinstance(s, ir.Assign | ir.Unpack):
            rebound -= once.intersection(bound_names(s))
    return found


def operands(a: ir.Assign, is_view: Any) -> Names:
    """What an assignment that is computed again reads: of a view, only where it is."""
    view = is_view(a)
    return frozenset(BINDING + n if view and n == root(v) else n for v in a.values for n in reads(v))


def cheap(e: ir.Expr) -> bool:
    """An operation that costs no more than a push and a pop."""
    match e:
        case ir.Name() | ir.Const() | ir.Index() | ir.Slice() | ir.Attribute():
            return True
        case ir.Display("tuple"):
            return True
        case ir.Call(op, _, ()):
            return op in ("builtins.len", "operator.add", "operator.sub", "operator.neg", "operator.mul",
                          "builtins.list")  # fmt: skip
    return False


def cheap_test(e: ir.Expr) -> bool:
    match e:
        case ir.Compare() | ir.BoolOp():
            return True
        case ir.Call(op, _, ()):
            return op in ("builtins.len", "builtins.isinstance", "operator.not_", "operator.mod", "operator.neg",
                          "builtins.type", "builtins.callable")  # fmt: skip
        case ir.Name() | ir.Const() | ir.Attribute():
            return True
    return False
