"""Names whose shadow follows them through the forward sweep: nothing tells before the run which memory they name.

    b = a.reshape(2, 3)          d_b = d_a.reshape(2, 3)
    b *= s                       b *= s

Where two names may share memory that changes, and no expression gives the one by the other wherever it is used,
both get their shadows when they get their values: the shadow of a view is the same view of the shadow (Moses et al.,
"Reverse-mode automatic differentiation and optimization of GPU kernels via Enzyme", 2021, section 3).  Arrays are
followed, and tuples and lists of views that are written out for a loop to go through; for other lists, dicts and
objects there is a refusal.

    for z in (u, v[1:]):     d_z_items = (d_u, d_v[1:])
        z *= s
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..ir import nodes as ir
from ..ir.walk import children, reads, statement_expressions, statements
from . import kinds as k
from .aliases import Aliases, sharing_in
from .paths import is_part, is_view, path_root, picks_one
from .rebinding import rebound_names
from .relation import closure
from .tangles import TANGLED, Tangles

Refuse = Callable[[ir.Stmt, Any], None]


class Following:
    """`names` are followed.  `refuse(statement, names)` takes names that share memory and cannot be."""

    def __init__(self, instance: Any, aliases: Aliases | None, kind_at: Any, refuse: Refuse) -> None:
        self.instance, self.aliases, self.kind_at, self.report = instance, aliases, kind_at, refuse
        self.names: set[str] = set()
        self.reasons: dict[str, tuple[ir.Stmt, set[str]]] = {}
        self.refused: set[int] = set()

    def add(self, group: set[str], s: ir.Stmt) -> None:
        """Follow names that share memory which is changed at a statement."""
        if not all(self.can_follow(n) for n in group):
            self.refuse(s, group)
            return
        for n in group - self.names:
            self.reasons[n] = (s, group)
        self.names |= group

    def can_follow(self, name: str) -> bool:
        kind = self.instance.kind_of_name(name)
        shared = self.aliases.entry if self.aliases is not None else frozenset()
        if isinstance(kind, k.Seq):
            return self.is_gone_through(name)
        return isinstance(kind, k.Num) and not kind.is_scalar and not any(name in pair for pair in shared)

    def is_gone_through(self, name: str) -> bool:
        """Whether a name stands for views that are written out, and only single items of it get names."""
        for s in statements(self.instance.body):
            kind = self.kind_at(self.instance, s)
            if name in rebound_names(s) and not is_views_display(value_for(s, name), kind):
                return False
            if any(name in uses(e) for e in statement_expressions(s) if not is_item(e, name, kind)):
                return False
            if isinstance(s, ir.Store | ir.Update) and path_root(s.place) == name:
                return False
        return name not in self.instance.params and name != self.instance.result_name

    def close(self) -> None:
        """Whatever a followed name is a part of is followed too; what else may share its memory is refused."""
        for s in statements(self.instance.body):
            for n in self.names & set(rebound_names(s)):
                others = self.shared_with(s, n)
                if others:
                    self.refuse(*self.reasons.get(n, (s, {n, *others})))

    def shared_with(self, s: ir.Stmt, name: str) -> set[str]:
        """Followed names that `name` may share memory with after a statement, in no way that can be followed."""
        relation = self.aliases.before.get(id(s), {}) if self.aliases is not None else {}
        kind = self.kind_at(self.instance, s)
        value = value_for(s, name)
        if value is None:
            return {name}
        tangles = Tangles(sharing_in(self.instance, kind), relation)
        reached = closure(relation, tangles.reach(value))
        if isinstance(s, ir.Unpack) and TANGLED in closure(relation, tangles.reach(s.value)):
            return {name}  # two items of what is unpacked may be one array
        others = set(reached & self.names) | self.bound_beside(s, name, tangles, reached)
        if is_views_display(value, kind):
            roots = {path_root(item) for item in value.items}  # type: ignore[union-attr]
            if all(map(self.can_follow, roots)):
                self.add(roots, s)
                return set()
        if is_part(value, kind) and (not is_several(s) or is_view(value, kind) or is_item_path(value)):
            whole = path_root(value)
            if others and self.can_follow(whole):
                self.add({whole}, s)
                return set()
        return others | ({name} if TANGLED in reached else set())

    def bound_beside(self, s: ir.Stmt, name: str, tangles: Tangles, reached: frozenset[str]) -> set[str]:
        """Followed names that one statement gives the same memory: `p, q = row, row`."""
        if not is_several(s):
            return set()
        others = {n: value_for(s, n) for n in self.names & set(rebound_names(s)) - {name}}
        return {n for n, v in others.items() if v is not None and reached & closure(tangles.relation, tangles.reach(v))}

    def refuse(self, s: ir.Stmt, names: set[str]) -> None:
        if id(s) not in self.refused:
            self.refused.add(id(s))
            self.report(s, names)


def is_views_display(e: ir.Expr | None, kind: Callable[[ir.Expr], k.Kind]) -> bool:
    """Whether a tuple or list is written out of parts of arrays that have names."""
    return isinstance(e, ir.Display) and bool(e.items) and all(
        isinstance(kind(item), k.Num) and is_view(item, kind) for item in e.items
    )


def is_item(e: ir.Expr, name: str, kind: Callable[[ir.Expr], k.Kind]) -> bool:
    """Whether an expression is one item of what a name stands for, or how many there are."""
    match e:
        case ir.Index(ir.Name(n), index) | ir.Call("numpy.shape", (ir.Index(ir.Name(n), index),)):
            return n == name and picks_one(index, kind) and name not in reads(index)
    return False


def uses(e: ir.Expr) -> set[str]:
    """Names of which an expression reads more than the length."""
    match e:
        case ir.Call("builtins.len", (ir.Name(),)):
            return set()
        case ir.Name(name):
            return {name}
        case ir.Lambda() | ir.Comprehension() | ir.Text():
            return reads(e)
    return set().union(*map(uses, children(e)))


def is_item_path(e: ir.Expr) -> bool:
    """Whether a value is picked out of a name by indices alone."""
    return isinstance(e, ir.Name) or isinstance(e, ir.Index) and is_item_path(e.base)


def is_several(s: ir.Stmt) -> bool:
    return isinstance(s, ir.Assign) and len(s.names) > 1


def value_for(s: ir.Stmt, name: str) -> ir.Expr | None:
    """What a statement binds a name to, or to a part of; None where that is no expression."""
    match s:
        case ir.Assign(names, values):
            return dict(zip(names, values, strict=True))[name]
        case ir.Unpack(target, value):
            return item_for(target, value, name)
    return None


def item_for(target: ir.Expr, value: ir.Expr, name: str) -> ir.Expr | None:
    """The item of an unpacked value that a name is bound to; None if a star takes some of them."""
    if target == ir.Name(name):
        return value
    if not isinstance(target, ir.Display) or any(isinstance(t, ir.Star) for t in target.items):
        return None
    found = [item_for(t, ir.Index(value, ir.Const(n)), name) for n, t in enumerate(target.items)]
    return next((e for e in reversed(found) if e is not None), None)
