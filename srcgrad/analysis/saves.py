"""What is saved, and where: before a statement that overwrites it, or at the end of the scope where it starts anew."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ..ir import nodes as ir
from ..ir.walk import reads, root, statements
from .aliases import Aliases
from .container_changes import POP
from .rebinding import NONE, Names
from .required import BINDING, MEMORY
from .scopes import Arm, Key, Scope, arm_key


@dataclass
class Plan:
    """Decisions by statement id: names saved `before` a statement, places whose `contents` are saved before it, names
    saved at the `end` of a scope (an iteration, an arm), computed `again` where the reverse sweep enters it;
    names `permuted`, which only have to trade places again; `branches` that the reverse sweep walks, `conditions` of
    them that are saved; `unset` names that need a first value."""

    before: dict[int, list[str]] = field(default_factory=dict)
    contents: dict[int, list[ir.Expr]] = field(default_factory=dict)
    end: dict[Key, list[str]] = field(default_factory=dict)
    again: dict[Key, list[ir.Assign]] = field(default_factory=dict)
    permuted: dict[int, dict[str, str]] = field(default_factory=dict)
    branches: set[int] = field(default_factory=set)
    conditions: set[int] = field(default_factory=set)
    unset: list[str] = field(default_factory=list)
    count_all: set[int] = field(default_factory=set)


class Saves:
    """The decisions, as they are taken while a function is walked forward; `scopes` are those around the statement."""

    names_of_function: Names = NONE
    with_structure: Any = staticmethod(str)  # what is needed to find a place: of a list, its items

    def __init__(self, aliases: Aliases) -> None:
        self.aliases = aliases
        self.plan = Plan()
        self.end_bound: dict[Key, Names] = {}
        self.scopes: list[Scope] = []
        self.missing: list[str] = []  # names that need a first value, and have none yet
        self.settled: dict[Key, tuple[str, ...]] = {}  # what was saved at ends when this round began
        self.failed: set[tuple[Key, str]] = set()
        self.in_exit_path: list[ir.For | ir.While] = []

    def save(self, name: str, s: ir.Stmt, bound: Names) -> None:
        if name in bound:
            names = self.plan.before.setdefault(id(s), [])
            if name not in names:
                names.append(name)
            self.note_push()
            return
        for scope in reversed(self.scopes):
            if name not in self.end_bound.get(scope.key, NONE):
                continue
            if isinstance(scope, Arm) and name not in self.names_of_function:
                continue  # a shadow, to which lines after the branch may have added by then
            if self.starts_anew(name, scope):
                return
        self.unbound_yet([name])

    def unbound_yet(self, names: Iterable[str]) -> None:
        self.missing += [n for n in names if n not in self.missing]

    def starts_anew(self, name: str, scope: Scope) -> bool:
        """Have a name saved at the end of a scope, unless that has been seen not to be enough: what it was before the
        scope, or on one path inside, is needed too."""
        names = self.plan.end.setdefault(scope.key, [])
        if name in self.settled.get(scope.key, ()):
            self.failed.add((scope.key, name))
            names[:] = [n for n in names if n != name]
        elif (scope.key, name) not in self.failed and name not in names:
            names.append(name)
        return (scope.key, name) not in self.failed

    def note_push(self) -> None:
        """A push or a trade of names in an iteration that may be left unfinished: all its trips must be walked back."""
        self.plan.count_all |= {id(loop) for loop in self.in_exit_path}

    def save_at_end(self, s: ir.For | ir.While, names: Names) -> None:
        known = self.plan.end.setdefault(id(s), []) if names else []
        known += [n for n in sorted(names) if n not in known]

    def saves_inside(self, s: ir.If) -> bool:
        return bool(self.plan.end.get(arm_key(s, True)) or self.plan.end.get(arm_key(s, False))) or any(
            id(x) in self.plan.before or id(x) in self.plan.contents for x in statements((*s.body, *s.orelse))
        )

    def save_contents(self, s: ir.Stmt, node: Any, required: Names, bound: Names) -> Names:
        """Save what a statement overwrites in memory whose contents are needed; names needed to restore it."""
        places: list[ir.Expr] = []
        names = self.aliases.changed.get(id(s), NONE)
        if isinstance(s, ir.If | ir.For | ir.While):
            moved = sorted(self.aliases.changed_later((s,)))
            moved = [n for n in moved if n in required or MEMORY + n in required]
            places = [ir.Name(n) for n in moved]
            self.unbound_yet([n for n in moved if n not in bound])
        elif not any(n in required or MEMORY + n in required for n in names):
            return NONE
        elif isinstance(s, ir.Store | ir.Update):
            places = [s.place]
        elif node is None or node.lending is None:
            places = [ir.Name(n) for n in sorted(self.aliases.touched.get(id(s), NONE))]
        if not places:
            return NONE
        self.plan.contents[id(s)] = places
        self.note_push()
        found = NONE
        if isinstance(s, ir.Update) and s.op == POP:
            found |= reads(s.value)
        for place in places:
            found |= (frozenset(reads(place)) - {root(place)}) | {self.with_structure(BINDING + root(place))}
        return found
