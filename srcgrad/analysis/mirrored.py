"""Names whose shadows are found by where the values lie in memory: containers that share what they hold.

    xs = [a, a]             d_xs = shared_shadow(xs, shadows)
    xs[0] *= s              both slots of d_xs are d_a

The last resort, where neither the source tells which memory a name stands for (`views`) nor an array follows another
(`following`): the forward sweep looks the shadow of every value up.  Whatever may share memory with such a name is
looked up as well, so that no shadow ever is in two places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from ..ir import nodes as ir
from ..ir.walk import reads, root, statements, target_names
from . import kinds as k
from .aliases import Aliases, sharing_in
from .container_changes import STRUCTURAL, is_container_change
from .following import value_for
from .mirrored_values import Values, can_look_up
from .passed import call_arguments, calls_at
from .paths import is_view
from .rebinding import rebound_names
from .relation import ENTRY
from .tangles import TANGLED, Tangles


class Mirrored:
    """Which names of a function can be looked up."""

    def __init__(self, instance: Any, aliases: Aliases, kind_at: Any) -> None:
        self.instance, self.aliases, self.kind_at = instance, aliases, kind_at
        self.active: dict[str, bool] = {}
        self.related: dict[str, set[str]] = defaultdict(set)
        relations = {id(r): r for r in (*aliases.before.values(), *aliases.bound.values())}.values()
        groups = {group for relation in relations for group in relation.items()}  # most statements have the same
        pairs = {(n, m) for n, others in groups for m in others}
        for a, b in {(n.removeprefix(ENTRY), m.removeprefix(ENTRY)) for n, m in pairs}:
            if a != b and TANGLED not in (a, b) and self.carries(a) and self.carries(b):
                self.related[a].add(b)
                self.related[b].add(a)

    def carries(self, name: str) -> bool:
        if name not in self.active:
            kind = self.instance.kind_of_name(name)
            self.active[name] = kind.active and not reads_names(kind)
        return self.active[name]

    def reached(self, names: Iterable[str]) -> frozenset[str]:
        """All names that may share memory with some names, at any time."""
        found, waiting = set[str](), list(names)
        while waiting:
            n = waiting.pop()
            if n not in found:
                found.add(n)
                waiting += self.related[n]
        return frozenset(found)

    def can_mirror(self, names: frozenset[str]) -> bool:
        """Whether every statement that has to do with the names is one whose shadows can be looked up."""
        if not all(can_look_up(kind) for n in names for kind in self.kinds(n)):
            return False
        if any(n in pair for pair in self.aliases.entry for n in names):
            return False
        if self.lent_containers(names):
            return False
        return all(self.fits(s, names) for s in statements(self.instance.body))

    def lent_containers(self, names: frozenset[str]) -> frozenset[str]:
        """Lists and dicts of the caller that are changed here."""
        lent = names & self.aliases.params - self.instance.copied
        return frozenset(n for n in lent if not self.is_array(n))

    def kinds(self, name: str) -> list[k.Kind]:
        """The kinds of a name where it is bound; not of None and the like, which is no memory."""
        at = self.instance
        bound = [s for s in statements(at.body) if name in rebound_names(s) and id(s) in at.after]
        found = [at.params[name]] if name in at.params else []
        found += [at.after[id(s)].get(name, k.Unknown()) for s in bound]
        return [kind for kind in found if kind.active or not isinstance(kind, k.Known)]

    def is_array(self, name: str) -> bool:
        return isinstance(self.instance.kind_of_name(name), k.Num)

    def fits(self, s: ir.Stmt, names: frozenset[str]) -> bool:
        kind = self.kind_at(self.instance, s)
        values = values_at(self.instance, self.aliases, s, names, kind)
        if not self.calls_fit(s, names, kind):
            return False
        match s:
            case ir.Assign(targets, given):
                return all(n not in names or values.fits(v) for n, v in zip(targets, given, strict=True))
            case ir.Unpack(target, value):
                bound = names & set(target_names(target))
                items = [value_for(s, n) for n in bound]
                if bound and values.holds(value) and not is_view(value, kind):
                    return False
                return all(e is not None and (not values.holds(value) or values.fits(e)) for e in items)
            case ir.Store(place) | ir.Update(place) if root(place) in names:
                return self.change_fits(s, kind, values)
            case ir.Define():
                return not names & {*s.captures}
            case ir.Opaque():
                return not names & {*s.writes}
            case ir.Store() | ir.Update() | ir.If() | ir.While():
                return True
        return not names & ({*rebound_names(s)} | self.aliases.touched.get(id(s), frozenset()))

    def change_fits(self, s: Any, kind: Any, values: Values) -> bool:
        if isinstance(s, ir.Update) and s.op == "append":
            return values.fits(s.value)
        slot = kind(s.place)
        if isinstance(s, ir.Update) and s.op in STRUCTURAL:
            return values.fits(s.value)
        if is_container_change(s, kind):
            certain = isinstance(slot, k.Num) and slot.is_scalar
            return values.fits(s.value) and (isinstance(s, ir.Store) or certain)
        return isinstance(slot, k.Num)

    def calls_fit(self, s: ir.Stmt, names: frozenset[str], kind: Any) -> bool:
        """Whether no call changes more than arrays it is given, or gives back memory that has a name."""
        return not any(self.changes_containers(called, names, kind) for called in calls_at(self.instance, s))

    def changes_containers(self, called: Any, names: frozenset[str], kind: Any) -> bool:
        known = called.instance.aliases
        passed = call_arguments(called)
        changed = [passed[n] for n in known.params if n in passed] if known is not None else []
        return any(reads(e) & names and not isinstance(kind(e), k.Num) for e in changed)


def values_at(instance: Any, aliases: Aliases, s: ir.Stmt, names: frozenset[str], kind: Any) -> Values:
    """What there is to know of the values that a statement gives to `names`."""
    sharing = sharing_in(instance, kind)
    return Values(names, kind, Tangles(sharing, aliases.before.get(id(s), {})))


def reads_names(kind: k.Kind) -> bool:
    """Whether a value is a function that reads names of this one when it is called, and keeps nothing of its own."""
    if not isinstance(kind, k.Func) or isinstance(kind.target, str):
        return False
    defaults = {p.default.id for p in kind.target.params if isinstance(p.default, ir.Name)}  # are as they were then
    read = {*kind.target.captures} - defaults
    return all(h.role in read and isinstance(h.access, ir.Name) for h in kind.held)
