"""Names for parts of memory that has another name: where is each a view, and of what.

    row = A[i]               the adjoint of row is d_A[i]
    row *= s[i]              changes A, which is read later

Only names matter that are alive when memory they share is changed; all others have adjoints of their own.  Where no
expression gives the memory of a name at every statement, its shadow follows it (`following`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..ir import nodes as ir
from ..ir.liveness import liveness
from ..ir.walk import bound_names, reads, statement_expressions, statements, target_names
from . import kinds as k
from .aliases import Aliases
from .container_changes import APPEND, STRUCTURAL, is_container_change
from .following import Following
from .mirrored import Mirrored, reads_names
from .passed import call_arguments, calls_at, changed_parameters
from .paths import is_view, path_root, spine
from .rebinding import block_rebinds
from .relation import ENTRY
from .tangles import TANGLED

Defs = dict[str, "ir.Assign | None"]


class Views:
    """`place(name, s)`: the expression whose part `name` is at a statement; None for memory of its own."""

    def __init__(
        self, instance: Any, aliases: Aliases | None, kind_at: Any, diagnose: Any, may_mirror: bool = True
    ) -> None:
        self.instance, self.aliases, self.kind_at, self.diagnose = instance, aliases, kind_at, diagnose
        self.reaching: dict[int, Defs] = {}
        self.places: dict[tuple[int, str], ir.Expr] = {}
        self.refusals: list[tuple[ir.Stmt, frozenset[str], str, str]] = []
        self.mirrored: frozenset[str] = frozenset()
        self.following = Following(instance, aliases, kind_at, self.refuse)
        if aliases is not None and aliases.changes:
            self.block(instance.body, dict.fromkeys(instance.params))
            self.live = liveness(instance.body, instance.result_name)
            self.entangle(aliases)
            if self.refusals and may_mirror:
                self.mirror(aliases)
            for s, _, message, hint in self.refusals:
                diagnose("SG219", message, instance, s, None, hint)

    def place(self, name: str, s: ir.Stmt) -> ir.Expr | None:
        found = self.reaching.get(id(s), {}).get(name)
        return self.places.get((id(found), name)) if found is not None else None

    def made_by(self, s: ir.Assign) -> list[str]:
        """The names that an assignment gives to memory that has one."""
        return [n for n in s.names if (id(s), n) in self.places]

    def base(self, name: str, s: ir.Stmt, seen: frozenset[str] = frozenset()) -> str:
        """The name of the memory as a whole."""
        place = self.place(name, s)
        if place is not None and name in seen:  # `a, b = b, a` by way of views
            self.following.add({name, path_root(place)}, s)
            return name
        return name if place is None else self.base(path_root(place), s, seen | {name})

    # ----- which assignment binds a name at a statement -----

    def block(self, block: ir.Block, defs: Defs) -> Defs:
        for s in block:
            old = self.reaching.get(id(s))
            defs = self.reaching[id(s)] = dict(defs) if old is None else merged(old, defs)
            defs = self.statement(s, defs)
        return defs

    def statement(self, s: ir.Stmt, defs: Defs) -> Defs:
        match s:
            case ir.Assign(names) if binds_apart(s):
                return {**defs, **dict.fromkeys(names, s)}
            case ir.If(_, body, orelse):
                return merged(self.block(body, defs), self.block(orelse, defs))
            case ir.For() | ir.While():
                while True:
                    again = merged(defs, lasting(self.block(s.body, defs), s.body))
                    if again == defs:
                        return defs
                    defs = again
            case ir.Store() | ir.Update():
                return defs
        return {**defs, **dict.fromkeys(bound_names(s))}

    # ----- which names share memory that is changed while they live -----

    def mirror(self, aliases: Aliases) -> None:
        """Look the shadows up of what would be refused, if that can be done, and see to the rest anew."""
        mirror = Mirrored(self.instance, aliases, self.kind_at)
        while self.refusals:
            refused = [mirror.reached(names) for _, names, *_ in self.refusals]
            found = frozenset().union(*(names for names in refused if mirror.can_mirror(names))) - self.mirrored
            if not found:
                return
            self.mirrored |= found
            self.refusals.clear()
            self.following = Following(self.instance, aliases, self.kind_at, self.refuse)
            self.entangle(aliases)

    def entangle(self, aliases: Aliases) -> None:
        for n in changed_parameters(self.instance):
            if n in self.mirrored:
                continue
            if n in block_rebinds(self.instance.body):  # the caller's memory at first, and other memory then
                self.following.add({n}, next(s for s in statements(self.instance.body) if n in block_rebinds((s,))))
        before = -1
        while len(self.following.names) > before:
            before = len(self.following.names)
            self.places.clear()
            for s, group in self.groups(aliases):
                self.same_memory(group, s)
            self.check_stable()
            self.check_known()
            self.following.close()
        for s, group in self.groups(aliases):
            relation = aliases.before.get(id(s), {})
            self.check_untangled({n for n in group if TANGLED in relation.get(n, frozenset())}, s)

    def groups(self, aliases: Aliases) -> Iterator[tuple[ir.Stmt, set[str]]]:
        """Names of active memory that are in use when it is changed under one of them."""
        given = frozenset(changed_parameters(self.instance))  # the caller may read them when this function is done
        for s in statements(self.instance.body):
            relation, changed = aliases.before.get(id(s), {}), aliases.changed.get(id(s), frozenset())
            for name in sorted(aliases.touched.get(id(s), frozenset())):
                shared = relation.get(name, frozenset()) & changed
                others = shared & (self.live[id(s)] | given) | {n for n in given if ENTRY + n in shared}
                yield s, {n for n in {name} | others if self.carries(n) and n not in self.mirrored}

    def same_memory(self, group: set[str], s: ir.Stmt) -> None:
        if len(group) < 2:
            return
        for name in sorted(group):
            self.resolve(name, s)
        if len({self.base(n, s) for n in group}) > 1:
            self.following.add(group, s)

    def check_untangled(self, group: set[str], s: ir.Stmt) -> None:
        """What is changed inside a container must be there once."""
        structural = isinstance(s, ir.Update) and s.op in STRUCTURAL
        whole = s.place if structural else s.place.base if isinstance(s, ir.Store) else None  # type: ignore[union-attr]
        group = group - self.following.names
        holders = {n for n in group if not isinstance(self.instance.kind_of_name(n), k.Num) and whole != ir.Name(n)}
        holders -= {n for n in holders if self.gives_whole(n, s)}
        if holders:
            shown = " and ".join(f"`{n}`" for n in sorted(holders))
            message = f"{shown} may hold the memory that is changed here in two places"
            self.refusals.append((s, frozenset(holders), message, "Put copies into the container."))

    def gives_whole(self, name: str, s: ir.Stmt) -> bool:
        """Whether calls change the list or dict of a name, by this name, and nothing that is in it."""
        given = [(called, p, e) for called in calls_at(self.instance, s) for p, e in call_arguments(called).items()]
        known = [(called.instance.aliases or Aliases(), p, e) for called, p, e in given if name in reads(e)]
        changed = [(facts, p, e) for facts, p, e in known if p in facts.params]
        inside = k.inside(self.kind_at(self.instance, s)(ir.Name(name)))
        return (
            bool(changed)
            and all(e == ir.Name(name) and p not in facts.deep for facts, p, e in changed)
            and all(isinstance(k.unless_none(part), k.Num | k.Known) for part in inside)
        )

    def carries(self, name: str) -> bool:
        kind = self.instance.kind_of_name(name)
        return kind.active and not reads_names(kind)

    def resolve(self, name: str, s: ir.Stmt) -> None:
        """Note the place that a name is a view of, and so on down to memory of its own."""
        found = self.reaching.get(id(s), {}).get(name)
        if found is None or (id(found), name) in self.places or name in self.following.names | self.mirrored:
            return
        value = found.values[found.names.index(name)]
        if is_view(value, self.kind_at(self.instance, found)):
            self.places[id(found), name] = value
            self.resolve(path_root(value), found)

    def check_stable(self) -> None:
        """What a view was taken of must still be there while the view is used."""
        for s in statements(self.instance.body):
            defs = self.reaching[id(s)]
            bound = set(target_names(s.target)) if isinstance(s, ir.Unpack) else set(bound_names(s))
            if isinstance(s, ir.Store | ir.Update):
                self.check_slots(s, defs)
                continue
            self.check_called(s, defs)
            gone = bound.difference(*map(reads, statement_expressions(s)))  # the others are read as they are rebound
            for name, made in defs.items():
                place = self.places.get((id(made), name))
                if place is None or name in gone or made is s:
                    continue
                if bound & reads(place) and name in self.used(s, defs):
                    self.following.add({name, path_root(place)}, s)

    def used(self, s: ir.Stmt, defs: Defs) -> set[str]:
        """Names that are read here or later, as in `a = row * 2`, and those that they are parts of."""
        found = set(self.live[id(s)]).union(*map(reads, statement_expressions(s)))
        waiting = list(found)
        while waiting:
            name = waiting.pop()
            place = self.places.get((id(defs.get(name)), name))
            more = reads(place) - found if place is not None else set()
            found |= more
            waiting += more
        return found

    def check_known(self) -> None:
        """A name that is a view on one path must be the same view on all paths to where it is read."""
        views = [(s, n) for s in statements(self.instance.body) if isinstance(s, ir.Assign) for n in self.made_by(s)]
        for made, name in views:
            for s in reached(self.instance.body, made, name):
                if self.reaching[id(s)].get(name) is not made:
                    self.following.add({name, path_root(self.places[id(made), name])}, s)

    def check_slots(self, s: ir.Store | ir.Update, defs: Defs) -> None:
        """A slot that is in use under another name must not be given to something else."""
        kind = self.kind_at(self.instance, s)
        if not is_container_change(s, kind):
            return
        changed: Any = s.place if getattr(s, "op", "") in STRUCTURAL else s.place.base  # type: ignore[union-attr]
        depth, root = len(self.slots(changed, s)), self.base(path_root(s.place), s)
        for name, made in defs.items():
            if (id(made), name) not in self.places or name not in self.live[id(s)]:
                continue
            through = self.slots(ir.Name(name), s)
            if self.base(name, s) != root or len(through) <= depth:
                continue
            if not (isinstance(s, ir.Update) and s.op == APPEND and self.counts_from_zero(through[depth])):
                self.refuse(s, {name, path_root(s.place)})

    def check_called(self, s: ir.Stmt, defs: Defs) -> None:
        """Nor must a function that is called here give it to something else."""
        for called in calls_at(self.instance, s):
            passed, facts = call_arguments(called), called.instance.aliases or Aliases()
            for place in (passed[n] for n in sorted(facts.slots) if n in passed and path_root(passed[n])):
                depth, root = len(self.slots(place, s)), self.base(path_root(place), s)
                for name, made in defs.items():
                    if (id(made), name) not in self.places or name not in self.live[id(s)]:
                        continue
                    if self.base(name, s) == root and len(self.slots(ir.Name(name), s)) > depth:
                        self.refuse(s, {name, path_root(place)})

    def slots(self, place: ir.Expr, s: ir.Stmt, seen: frozenset[str] = frozenset()) -> list[ir.Expr]:
        """The indices of lists and dicts on the way from the whole memory to a place."""
        kind = self.kind_at(self.instance, s)
        found: list[ir.Expr] = []
        for part in spine(place):
            if isinstance(part, ir.Index) and isinstance(kind(part.base), k.Seq | k.Dict):
                found.insert(0, part.index)
            elif isinstance(part, ir.Name):
                further = self.place(part.id, s)
                if further is None or part.id in seen:  # `base` sees to names that go round in a circle
                    return found
                return [*self.slots(further, s, seen | {part.id}), *found]
        return found

    def counts_from_zero(self, index: ir.Expr) -> bool:
        """Whether an index is certainly not one from the end."""
        match index:
            case ir.Const(int(n)):
                return n >= 0
            case ir.Name(name):
                loops = [x for x in statements(self.instance.body) if isinstance(x, ir.For) and x.target == name]
                return len(loops) == 1 and isinstance(loops[0].iterable, ir.Call) and len(loops[0].iterable.args) == 1
        return False

    def refuse(self, s: ir.Stmt, names: Any) -> None:
        shown = " and ".join(f"`{n}`" for n in sorted(names))
        message = f"{shown} may share memory that is changed here while both are in use"
        hint = "Write `.copy()` where the second name is bound, or change the memory under one name only."
        self.refusals.append((s, frozenset(names), message, hint))


def binds_apart(s: ir.Assign) -> bool:
    """Whether the names of an assignment might as well be bound one after the other."""
    names = set(s.names)
    return len(s.names) == 1 or len(names) == len(s.names) and not names & set().union(*map(reads, s.values))


def merged(a: Defs, b: Defs) -> Defs:
    """What binds each name where two paths meet; one that a path does not bind cannot be read after that path."""
    return {n: a.get(n, b.get(n)) if a.get(n, b.get(n)) is b.get(n, a.get(n)) else None for n in {**a, **b}}


def lasting(defs: Defs, body: ir.Block) -> Defs:
    """What is still known after a loop: its items are found by a counter that ends with it."""
    items = {id(s) for s in body if isinstance(s, ir.Assign) and s.implicit}
    return {n: None if id(made) in items else made for n, made in defs.items()}


def reached(block: ir.Block, made: ir.Stmt, name: str) -> list[ir.Stmt]:
    """The statements that may read what `made` has bound a name to."""
    found: list[ir.Stmt] = []

    def walk(part: ir.Block, holds: bool) -> bool:
        for s in part:
            whole = [*statement_expressions(s), *((s.header[1],) if isinstance(s, ir.For) and s.header else ())]
            if holds and any(name in reads(e) for e in whole):
                found.append(s)
            match s:
                case ir.If(_, body, orelse):
                    then, other = walk(body, holds), walk(orelse, holds)
                    holds = then or other
                case ir.For() | ir.While():
                    holds = walk(s.body, holds) or holds
                    walk(s.body, holds)
                case ir.Store() | ir.Update():
                    pass
                case _ if s is made or name in bound_names(s):
                    holds = s is made
        return holds

    walk(block, False)
    return found
