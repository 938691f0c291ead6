"""The adjoint of a statement that changes memory in place.

    A[p] = e         d_A_new = d_A[p].copy()            A[p] += e        (d_A[p] passed on to e, and kept)
                     d_A[p] = 0.0
                     (d_A_new passed on to e)

Contributions to the same memory wait until what they read has been taken out of the way.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..analysis import kinds as k
from ..analysis.mutators import AT
from ..analysis.paths import rerooted
from ..ir import nodes as ir
from ..ir.build import call, minus, plus, simplified
from ..ir.walk import bound_names, map_children, reads, root, statement_expressions, subexpressions, substitute
from .broadcasting import fit
from .immutable import own_number
from .names import Temporaries
from .places import picks_once
from .reverse_expressions import Adjoint, Contribution, Cotangent
from .shadows import OWN, Shadow, State, is_fresh
from .substitution import substitute_statement

if TYPE_CHECKING:
    from .reverse import Reverse
    from .reverse_node import Node, ReverseParts

STORED = "srcgrad.runtime.stored"
KEEPING = ("operator.add", "operator.sub", *AT)
SUBTRACTING = ("operator.sub", "numpy.subtract.at")
Place = ir.Name | ir.Index


class Change:
    """The adjoint of one `Store` or `Update`, under construction."""

    def __init__(self, reverse: Reverse, s: Any, state: State) -> None:
        self.reverse, self.s, self.state = reverse, s, state
        self.kind = reverse.kind_at(s)
        self.name = root(s.place)
        self.target: Place = simplified(rerooted(s.place, reverse.names.adjoint(self.name)))  # type: ignore[assignment]
        self.temporaries = Temporaries(reverse.names)
        self.adjoint = Adjoint(self.kind, self.temporaries, self.name, reverse.traits)
        self.keeps = isinstance(s, ir.Update) and s.op in KEEPING

    def node(self) -> Node | None:
        value = self.value()
        if not self.kind(value).active:
            if self.keeps:
                return None
            lines = [*self.reverse.owned(self.name, self.state), self.emptied()]
            return self.reverse.with_results(self.s, lines)
        taken = self.taken()
        self.adjoint.root_value, self.adjoint.filled = value, self.s.place
        if self.is_single(value):
            self.adjoint.pull(value, Cotangent(call("numpy.reshape", taken, call("numpy.shape", value)), False))
        else:
            self.adjoint.spread_over(value, self.kind(self.s.place))
            self.adjoint.pull(value, Cotangent(self.fitted(taken, value), False))
        head = self.reverse.owned(self.name, self.state) if self.must_own() else []
        body = self.kept(taken) if self.keeps else self.replaced(taken)
        return self.reverse.changed_node(self.s, [*head, *body], self.temporaries, self.name)

    def is_single(self, value: ir.Expr) -> bool:
        """Whether the place has no axes and the value has some, of length 1."""
        place, held = self.kind(self.s.place), self.kind(value)
        return isinstance(place, k.Num) and place.dims == () and isinstance(held, k.Num) and bool(held.rank)

    def must_own(self) -> bool:
        """Whether the adjoint of the place is changed, or is a view that has to be taken."""
        viewed = self.reverse.views.place(self.name, self.s) is not None
        return not self.keeps or viewed or any(self.same_memory(c) for c in self.adjoint.contributions)

    def value(self) -> ir.Expr:
        """What the place holds afterwards; of `+=`, what is added to it."""
        s = self.s
        return s.value if isinstance(s, ir.Store) or self.keeps else ir.Call(s.op, (s.place, s.value))

    # ----- the adjoint of the place -----

    def taken(self) -> ir.Expr:
        """The adjoint of what was stored; where an element was stored twice, the last store counts."""
        place = self.target
        once = not isinstance(place, ir.Index) or self.is_slot() or picks_once(place.index, self.kind)
        if isinstance(place, ir.Index) and not once and getattr(self.s, "op", "") not in AT:
            return call(STORED, place.base, place.index)
        return place

    def fitted(self, taken: ir.Expr, value: ir.Expr) -> ir.Expr:
        d = minus(taken) if isinstance(self.s, ir.Update) and self.s.op in SUBTRACTING else taken
        if self.adjoint.is_spread(value):
            return d
        whole = self.kind(self.s.place)
        return fit(d, value, self.kind(value), whole, [whole])

    def is_scalar(self) -> bool:
        found = self.kind(self.s.place)
        return isinstance(found, k.Num) and found.is_scalar

    def copied(self, taken: ir.Expr) -> ir.Expr:
        """The adjoint of the place as it is now, safe from what comes."""
        if self.is_scalar() or isinstance(taken, ir.Call):
            return taken
        return ir.Call(".copy", (taken,)) if self.is_array() else call("numpy.copy", taken)

    def is_array(self) -> bool:
        found = self.kind(self.s.place)
        return isinstance(found, k.Num) and found.kind == "array"

    def emptied(self) -> ir.Stmt:
        return self.filled(ir.Const(0.0))

    def filled(self, e: ir.Expr) -> ir.Stmt:
        inside = isinstance(self.target, ir.Index) and not self.is_shared_slot()
        place: Any = self.target if inside else ir.Index(self.target, ir.Const(...))
        match e:
            case ir.Call("operator.mul" | "operator.truediv" as op, (first, factor)) if first == self.target:
                if self.target not in set(subexpressions(factor)):
                    return ir.Update(self.target, op, factor)
        return ir.Store(place, e)

    def is_shared_slot(self) -> bool:
        """Whether the place is an array in a container of which the shadow is that of others as well."""
        return self.is_slot() and self.name in self.reverse.following.mirror.names

    def is_slot(self) -> bool:
        place = self.s.place
        return isinstance(place, ir.Index) and isinstance(self.kind(place.base), k.Seq | k.Dict)

    # ----- statements -----

    def same_memory(self, c: Contribution) -> bool:
        """Whether the memory may be the same; of names with shadows of their own that is not looked into."""
        own, other = (self.reverse.views.base(n, self.s) for n in (self.name, root(c.place)))
        return own == other or {own, other} <= self.reverse.following.followed

    def uses(self, taken: ir.Expr) -> int:
        """How often the adjoint of the place is read."""
        lines = [e for x in self.adjoint.ordered for e in statement_expressions(x)]
        values = [*lines, *(c.value for c in self.adjoint.contributions)]
        return sum(1 for e in values for sub in subexpressions(e) if sub == taken)

    def named(self, taken: ir.Expr) -> list[ir.Stmt]:
        """`d_A_new = d_A[p].copy()`, and its name from now on."""
        name = self.temporaries.fresh(f"{self.reverse.names.adjoint(self.name)}_new")

        def swap(e: ir.Expr) -> ir.Expr:
            return ir.Name(name) if e == taken else map_children(swap, e)

        a = self.adjoint
        if a.ordered and isinstance(a.ordered[0], ir.Assign) and a.ordered[0].values == (taken,):
            again = a.ordered.pop(0).names[0]  # type: ignore[union-attr]
            renamed: dict[str, ir.Expr] = {again: ir.Name(name)}
            a.ordered = [substitute_statement(x, renamed) for x in a.ordered]
            a.contributions = [replace(c, value=substitute(c.value, renamed)) for c in a.contributions]
        a.ordered = [swapped(x, swap) for x in a.ordered]
        a.contributions = [replace(c, value=swap(c.value)) for c in a.contributions]
        return [ir.Assign((name,), (self.copied(taken),))]

    def kept(self, taken: ir.Expr) -> list[ir.Stmt]:
        """`A[p] += e`: the adjoint of the place goes on to e, and stays."""
        a = self.adjoint
        inner = [c for c in a.contributions if self.same_memory(c)]
        first: list[ir.Stmt] = []
        if not inner and a.ordered and a.ordered[0] == ir.Assign(bound_names(a.ordered[0]), (taken,)):
            again = {bound_names(a.ordered.pop(0))[0]: taken}  # nothing changes the place meanwhile
            a.ordered = [substitute_statement(x, again) for x in a.ordered]
            a.contributions = [replace(c, value=substitute(c.value, again)) for c in a.contributions]
        elif a.ordered and not is_fresh(first_value(a.ordered)) or inner and (a.ordered or self.uses(taken) > 1):
            first = self.named(taken)
            inner = [c for c in a.contributions if self.same_memory(c)]
        others = [c for c in a.contributions if not self.same_memory(c)]
        return [*first, *a.ordered, *self.added(others), *self.added(inner)]

    def replaced(self, taken: ir.Expr) -> list[ir.Stmt]:
        """`A[p] = e`: the adjoint of the place is taken away from it."""
        a = self.adjoint
        own = [c for c in a.contributions if c.place == self.s.place]
        inner = [c for c in a.contributions if self.same_memory(c) and c not in own]
        others = [c for c in a.contributions if not self.same_memory(c)]
        if inner:
            named = self.named(taken)
            own = [c for c in a.contributions if c.place == self.s.place]
            inner = [c for c in a.contributions if self.same_memory(c) and c not in own]
            others = [c for c in a.contributions if not self.same_memory(c)]
            return [*named, *a.ordered, self.rest(own), *self.added(inner), *self.added(others)]
        if own:
            return [*a.ordered, *self.added(others), self.rest(own)]
        if self.uses(taken) <= (2 if self.is_scalar() else 1) and not a.ordered:
            return [*self.added(others), self.emptied()]
        if self.begins_with(taken):
            return [a.ordered[0], self.emptied(), *a.ordered[1:], *self.added(others)]
        named = self.named(taken)
        return [*named, self.emptied(), *a.ordered, *self.added(a.contributions)]

    def rest(self, own: list[Contribution]) -> ir.Stmt:
        """What the old value of the place gets."""
        total: ir.Expr = ir.Const(0.0)
        for c in own:
            total = plus(total, c.value)
        return self.filled(total)

    def begins_with(self, taken: ir.Expr) -> bool:
        """Whether the first line computes something new from the adjoint of the place, and no other reads it."""
        lines = self.adjoint.ordered
        if not lines or not isinstance(lines[0], ir.Assign) or not is_fresh(lines[0].values[0]):
            return False
        inside = sum(1 for sub in subexpressions(lines[0].values[0]) if sub == taken)
        return inside == 1 == self.uses(taken)

    def added(self, contributions: list[Contribution]) -> list[ir.Stmt]:
        return [x for c in contributions for x in self.reverse.contribution(self.safe(c), self.state)]

    def safe(self, c: Contribution) -> Contribution:
        """A first contribution must not be a part of memory that goes on changing."""
        name = root(c.place)
        if not isinstance(c.place, ir.Name) or name in self.state or is_fresh(c.value) or c.value == ir.Const(0.0):
            return c
        kind = self.reverse.instance.kind_of_name(name)
        number = isinstance(kind, k.Num) and kind.is_scalar and self.is_scalar()
        if number or not reads(c.value) & self.reverse.names.pinned:
            return c
        if not isinstance(kind, k.Num):
            return replace(c, value=call(OWN, c.value))
        if kind.is_scalar:  # out of an array of rank 0
            return replace(c, value=own_number(c.value))
        return replace(c, value=ir.Call(".copy", (c.value,)) if kind.kind == "array" else call("numpy.copy", c.value))


def first_value(lines: list[ir.Stmt]) -> ir.Expr:
    return lines[0].values[0] if isinstance(lines[0], ir.Assign) else ir.Const(None)


def swapped(s: ir.Stmt, swap: Any) -> ir.Stmt:
    match s:
        case ir.Assign(_, values):
            return replace(s, values=tuple(swap(v) for v in values))
        case ir.Update(_, _, e) | ir.Store(_, e) | ir.Unpack(_, e):
            return replace(s, value=swap(e))
        case ir.Eval(e):
            return replace(s, expr=swap(e))
    return s


def owned(reverse: ReverseParts, name: str, state: State) -> list[ir.Stmt]:
    """Lines after which the adjoint of `name` is memory that may be changed in place; updates the state."""
    target = reverse.names.adjoint(name)
    place = reverse.views.place(name, reverse.current)
    old = state.get(name)
    if place is not None:
        if old is not None:
            return []
        from ..analysis.paths import path_root

        base = path_root(place)
        lines = owned(reverse, base, state)
        state[name] = Shadow("view", False)
        return [*lines, ir.Assign((target,), (rerooted(place, reverse.names.adjoint(base)),))]
    kind = reverse.instance.kind_of_name(name)
    if old is None:
        state[name] = reverse.zero_shadow(name)
        return [reverse.zero(name)]
    if old.mode in ("borrowed", "tree"):
        known = isinstance(kind, k.Num) and kind.kind == "array"
        own = ir.Call(".copy", (ir.Name(target),)) if known else call(
            "numpy.copy" if isinstance(kind, k.Num) else OWN, ir.Name(target)
        )  # fmt: skip
        state[name] = Shadow("owned" if isinstance(kind, k.Num) else "owned tree", False)
        reverse.drop_views(name, state)
        return [ir.Assign((target,), (own,))]
    return []
