"""Shadows that are looked up by where values lie in memory (see `analysis.mirrored` for which, and why).

    xs = [a, a]            d_xs = shared_shadow(xs, shadows)
    xs.append(b)           d_xs.append(shared_shadow(xs[-1], shadows))
    xs[i] = c              d_xs_item_stack.append(d_xs[i]); d_xs[i] = shared_shadow(xs[i], shadows)

In the forward sweep all shadows are zero, and a container of shadows changes as the container does; the reverse sweep
adds to what is there, and undoes the changes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..analysis import kinds as k
from ..analysis.container_changes import APPEND, LAST, POP, is_container_change
from ..analysis.mirrored import values_at
from ..analysis.mirrored_values import COPIED, NUMBERS
from ..analysis.paths import path_root, rerooted
from ..ir import nodes as ir
from ..ir.build import call
from ..ir.helpers import ADDED
from .container_changes import ContainerChange
from .contents import may_be_missing
from .expression_facts import item_of, positions
from .mappings import mapping_parts
from .names import Names
from .places import picks_once
from .private import raised
from .reverse_expressions import Adjoint, Contribution, Cotangent
from .shadows import add_to

if TYPE_CHECKING:
    from .reverse_node import Node

SHARED_SHADOW = "srcgrad.runtime.shared_shadow"


class Mirror:
    """The lines about the `names` of one function whose shadows are looked up."""

    def __init__(self, instance: Any, names: frozenset[str], kind_at: Any, spelled: Names) -> None:
        self.instance, self.names, self.kind_at, self.spelled = instance, names, kind_at, spelled
        self.registry = spelled.fresh("shadows") if names else ""
        self.stacks: dict[str, str] = {}
        self.is_entry = False

    def stack(self, name: str) -> str:
        """The list of slots that a container of shadows has lost."""
        if name not in self.stacks:
            self.stacks[name] = self.spelled.fresh(f"{self.spelled.adjoint(name)}_item_stack")
        return self.stacks[name]

    def own(self, place: ir.Expr) -> Any:
        return rerooted(place, self.spelled.adjoint(path_root(place)))

    def looked_up(self, e: ir.Expr) -> ir.Expr:
        return call(SHARED_SHADOW, e, ir.Name(self.registry))

    def bound(self, name: str) -> ir.Stmt:
        return ir.Assign((self.spelled.adjoint(name),), (self.looked_up(ir.Name(name)),))

    def setup(self, params: list[str]) -> list[ir.Stmt]:
        if not self.names:
            return []
        made: list[ir.Stmt] = [ir.Assign((self.registry,), (ir.Mapping((), ()),))]
        for n in params if self.is_entry else ():  # the caller may have passed the same memory for another parameter
            if not isinstance(self.instance.params[n], k.Num):
                test = call("srcgrad.runtime.holds_twice", ir.Name(n))
                made.append(raised(test, f"memory of {n}, which has other names, is there twice"))
            made.append(ir.Assign((n,), (call("srcgrad.runtime.private", ir.Name(n)),)))
        return [*made, *([] if self.is_entry else self.apart(params)), *map(self.bound, params)]

    def apart(self, params: list[str]) -> list[ir.Stmt]:
        """A callee's arguments have one shadow each: no caller is known to pass the same memory for two of them."""
        arrays = [n for n in params if isinstance(kind := self.instance.params[n], k.Num) and not kind.is_scalar]
        known = self.instance.aliases.entry
        found: list[ir.Stmt] = []
        for n, m in itertools.combinations(arrays, 2):
            if frozenset((n, m)) not in known:
                test = call("numpy.shares_memory", ir.Name(n), ir.Name(m))
                found.append(raised(test, f"{n} and {m} share memory, and {n} is changed"))
        return found

    # ----- the forward sweep -----

    def changes(self, s: ir.Stmt) -> bool:
        """Whether a statement changes a container of which the shadow is looked up."""
        match s:
            case ir.Update(ir.Name(name), "append"):
                return name in self.names
            case ir.Store(place) | ir.Update(place) if path_root(place) in self.names:
                return is_container_change(s, self.kind_at(s)) and not self.keeps_slot(s)
        return False

    def keeps_slot(self, s: Any) -> bool:
        """Whether a number takes the place of a number: zero takes the place of zero."""
        return isinstance(s, ir.Update) and s.op not in (APPEND, POP)

    def before(self, s: ir.Stmt) -> list[ir.Stmt]:
        if not isinstance(s, ir.Store) or not self.changes(s):
            return []
        slot, kind = self.own(s.place), self.kind_at(s)
        if may_be_missing(s, s.place, kind):
            slot = call("srcgrad.runtime.slot", slot.base, slot.index)
        return [ir.Push(self.stack(path_root(s.place)), slot)]

    def after(self, s: ir.Stmt) -> list[ir.Stmt]:
        if not self.changes(s):
            return []
        match s:
            case ir.Store(place):
                return [ir.Store(self.own(place), self.looked_up(place))]
            case ir.Update(place, "append" | ".append"):
                return [ir.Eval(ir.Call(".append", (self.own(place), self.looked_up(ir.Index(place, LAST)))))]
            case ir.Update(place, _, index):
                taken = ir.Call(".pop", (self.own(place), *(() if index == LAST else (index,))))
                return [ir.Push(self.stack(path_root(place)), taken)]
        return []

    # ----- the reverse sweep -----

    def pull(self, adjoint: Adjoint, s: ir.Stmt, value: ir.Expr, part: ir.Expr, out: ir.Expr | None = None) -> None:
        """Pull what a value has in its shadow back to its operands, but what these have in the same place."""
        kind = self.kind_at(s)
        values = values_at(self.instance, self.instance.aliases, s, self.names, kind)
        values.items = items_of
        for p in values.pulls(value, part):
            if p.how == NUMBERS:
                place = Contribution(p.value, p.part, False, kind(p.value), NUMBERS)
                adjoint.contributions.append(place)
                continue
            before = len(adjoint.contributions)
            adjoint.pull(p.value, Cotangent(p.part, False), out if p.value == value else None)
            if p.how == COPIED:
                is_array = ir.Const(getattr(kind(p.value), "kind", "") == "array")
                adjoint.contributions[before:] = [
                    replace(c, value=call(COPIED, p.part, c.value, is_array), how=COPIED)
                    for c in adjoint.contributions[before:]
                ]

    def contribution(self, c: Contribution, kind: Any) -> list[ir.Stmt]:
        """Add to a shadow, or to a part of it, in place."""
        target = self.own(c.place)
        if c.how == NUMBERS:
            return [ir.Eval(call("srcgrad.runtime.add_numbers", target, c.value))]
        if c.how == COPIED:
            assert isinstance(c.value, ir.Call)
            part, value, is_array = c.value.args
            arrays = is_array == ir.Const(True) and isinstance(c.kind, k.Num)
            same = call("numpy.may_share_memory" if arrays else "srcgrad.runtime.may_share_memory", part, target)
            added = self.contribution(replace(c, value=value, how=""), kind)
            return [ir.If(ir.Call("operator.not_", (same,)), tuple(added))]
        if not isinstance(c.kind, k.Num):
            more = call(ADDED, target, c.value)
            copies = isinstance(target, ir.Index) and isinstance(target.index, ir.Slice)  # of a list, with its numbers
            if not copies and is_memory(c.kind):
                return [ir.Eval(more)]
            return [ir.Assign((target.id,), (more,)) if isinstance(target, ir.Name) else ir.Store(target, more)]
        if isinstance(target, ir.Name):
            return [add_to(target, c.value)]
        assert isinstance(c.place, ir.Index)
        if isinstance(kind(c.place.base), k.Num):
            if picks_once(target.index, kind):
                return [add_to(target, c.value)]
            return [ir.Eval(call("srcgrad.runtime.add_at", target.base, target.index, c.value))]
        return [add_to(target, c.value)] if c.kind.kind == "array" else [ir.Store(target, call(ADDED, target, c.value))]


def is_memory(kind: k.Kind) -> bool:
    """Whether what is no number and no array by itself is added to in place; it may be a number, or None."""
    return isinstance(kind.inner if isinstance(kind, k.Maybe) else kind, k.Seq | k.Dict)


class MirroredChange(ContainerChange):
    """The adjoint of a change of a container of which the shadow changed along."""

    def node(self) -> Node:
        mirror, s = self.reverse.following.mirror, self.s
        match s:
            case ir.Update(_, "append" | ".append", value):
                self.pulled(value, call(POP, self.shadow), [])
            case ir.Update(_, ".pop", index):
                self.adjoint.ordered.append(self.put_in(index, call(POP, ir.Name(mirror.stack(self.name)))))
            case ir.Store(place, value):
                last = call(POP, ir.Name(mirror.stack(self.name)))
                back: ir.Stmt = ir.Store(self.shadow, last)
                if may_be_missing(s, place, self.kind):
                    back = ir.Eval(call("srcgrad.runtime.put_back", self.shadow.base, self.shadow.index, last))
                if isinstance(place, ir.Index) and isinstance(place.index, ir.Slice):
                    value = call("builtins.list", value)  # the items, of which only those that are memory are shared
                self.pulled(value, self.shadow, [back])
            case _:
                return super().node()
        return self.reverse.finish(s, self.adjoint, {}, self.state)

    def pulled(self, value: ir.Expr, slot: ir.Expr, back: list[ir.Stmt]) -> None:
        """Take out of the shadow what was put in; then to what that is the shadow of."""
        if not self.kind(value).active:
            self.adjoint.ordered += back or [ir.Eval(slot)]
            return
        item = self.temporaries.fresh(f"{self.reverse.names.adjoint(self.name)}_item")
        self.adjoint.ordered += [ir.Assign((item,), (slot,)), *back]
        self.adjoint.root_value = value
        self.reverse.following.mirror.pull(self.adjoint, self.s, value, ir.Name(item))


def items_of(e: Any, part: ir.Expr | None) -> Iterator[tuple[ir.Expr, ir.Expr | None, str]]:
    """The items of a container that is written out, each with its part of the shadow."""
    if isinstance(e, ir.Mapping):
        keys = dict(zip(map(id, e.values), e.keys, strict=True))
        for value, own in mapping_parts(e, part):  # type: ignore[arg-type]
            yield value, own, "dict" if keys[id(value)] is None else ""
        return
    for item, key in zip(e.items, positions(e.items), strict=True):
        taken = item_of(part, key) if part is not None else None
        yield (item.value, taken, "list") if isinstance(item, ir.Star) else (item, taken, "")


