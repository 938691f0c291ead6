"""The adjoint of a statement that changes a list or dict: what was put in is taken out of the shadow.

    xs.append(e)     d_xs_item = d_xs.pop()          xs[i] = e        d_xs_item = d_xs[i]
                     (passed on to e)                                 d_xs[i] = 0.0
                                                                      (d_xs_item passed on to e)
    xs.pop(i)        d_xs.insert(i, 0.0)             xs[:] = e        as for a slot
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..analysis import kinds as k
from ..analysis.container_changes import APPEND, EVERY, LAST, POP, is_number
from ..analysis.paths import path_root, rerooted
from ..analysis.relation import NONE
from ..ir import nodes as ir
from ..ir.build import call, minus
from ..ir.walk import reads
from .changes import KEEPING, SUBTRACTING
from .names import Temporaries
from .reverse_expressions import Adjoint, Cotangent
from .shadows import ZEROS, State

if TYPE_CHECKING:
    from .reverse import Reverse
    from .reverse_node import Node

PUT_IN = "srcgrad.runtime.put_in"


class ContainerChange:
    """The adjoint of one change of a list or dict, under construction."""

    def __init__(self, reverse: Reverse, s: Any, state: State) -> None:
        self.reverse, self.s, self.state = reverse, s, state
        self.kind = reverse.kind_at(s)
        self.name = path_root(s.place)
        self.shadow: Any = rerooted(s.place, reverse.names.adjoint(self.name))
        self.temporaries = Temporaries(reverse.names)
        self.adjoint = Adjoint(self.kind, self.temporaries, self.name, reverse.traits)

    def node(self) -> Node:
        head = self.reverse.owned(self.name, self.state)
        match self.s:
            case ir.Update(_, ".append", value):
                self.taken(value, call(POP, self.shadow))
            case ir.Update(place, ".pop", index):
                self.adjoint.ordered.append(self.put_in(index, zero_of(ir.Index(place, index), self.kind)))
            case ir.Update(_, op, value) if op in KEEPING and is_number(self.kind(self.s.place)):
                if self.kind(value).active:
                    self.kept(value, op)
            case ir.Update(place, op, value):
                self.taken(ir.Call(op, (place, value)), self.shadow)
            case ir.Store(_, value):
                self.taken(value, self.shadow)
        node = self.reverse.finish(self.s, self.adjoint, {}, self.state)
        node.lines = [*head, *node.lines]
        return node

    def taken(self, value: ir.Expr, slot: ir.Expr) -> None:
        """The adjoint of what was put in, out of the shadow, for `value`."""
        after = [] if isinstance(slot, ir.Call) else [self.emptied()]
        if not self.kind(value).active:
            self.adjoint.ordered += after or [ir.Eval(slot)]
            return
        item = self.temporaries.fresh(f"{self.reverse.names.adjoint(self.name)}_item")
        inside = slot if slot != self.shadow or self.shadow.index != EVERY else call("builtins.list", self.shadow.base)
        self.adjoint.ordered += [ir.Assign((item,), (inside,)), *after]
        self.adjoint.root_value = value
        self.adjoint.pull(value, Cotangent(ir.Name(item), False))

    def kept(self, value: ir.Expr, op: str) -> None:
        """`xs[i] += e`: the adjoint of the slot goes on to e, and stays."""
        slot: ir.Expr = self.shadow
        base, aliases = self.reverse.views.base, self.reverse.instance.aliases
        shared = aliases.changed.get(id(self.s), NONE) if aliases is not None else NONE
        if any(n in shared or base(n, self.s) == base(self.name, self.s) for n in reads(value)):  # to the slot itself
            slot = ir.Name(self.temporaries.fresh(f"{self.reverse.names.adjoint(self.name)}_item"))
            self.adjoint.ordered.append(ir.Assign((slot.id,), (self.shadow,)))
        self.adjoint.root_value = value
        self.adjoint.pull(value, Cotangent(minus(slot) if op in SUBTRACTING else slot, False))

    def emptied(self) -> ir.Stmt:
        """The slot without what was put in: zero for what was there, or nothing where nothing was."""
        place = self.s.place
        if is_new(self.s, place, self.kind):
            return ir.Update(self.shadow.base, POP, self.shadow.index)  # type: ignore[arg-type]
        if isinstance(self.kind(place.base), k.Dict) and not has_key(self.kind(place.base), self.kind(place.index)):
            return ir.Eval(call("srcgrad.runtime.take_out", self.shadow.base, self.shadow.index, place.base))
        return ir.Store(self.shadow, zero_of(place, self.kind))

    def put_in(self, index: ir.Expr, item: ir.Expr) -> ir.Stmt:
        if isinstance(self.kind(self.s.place), k.Dict):
            return ir.Store(ir.Index(self.shadow, index), item)
        if index == LAST:
            return ir.Update(self.shadow, APPEND, item)
        return ir.Eval(call(PUT_IN, self.shadow, index, item))


def has_key(kind: k.Dict, key: k.Kind) -> bool:
    """Whether a dict certainly has a key."""
    known = key.value if isinstance(key, k.Num | k.Known) else k.UNSET
    if known is k.UNSET or kind.missing and known in kind.missing:
        return False
    return any(k.same_constant(x, known) for x, _ in kind.items or ())


def is_new(s: ir.Stmt, place: ir.Expr, kind: Any) -> bool:
    """Whether a statement certainly gives an object an attribute, or a dict a key, that it did not have."""
    if not isinstance(s, ir.Store) or not isinstance(place, ir.Index) or not isinstance(place.index, ir.Const):
        return False
    base, key = kind(place.base), place.index.value
    if not isinstance(key, str) or not isinstance(base, k.Dict) or base.items is None:
        return False
    return key not in base.missing and not any(k.same_constant(x, key) for x, _ in base.items)


def zero_of(e: ir.Expr, kind: Any) -> ir.Expr:
    return ir.Const(0.0) if is_number(kind(e)) else call(ZEROS, e)
