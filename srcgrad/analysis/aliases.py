"""Which names may refer to the same memory, and which names' contents a statement may change.

    b = a[1:]            a and b share memory
    b[0] = x             changes the contents of a and b
    a, b = b, a          what was true of a is true of b

A relation among the names of a function, carried through its statements (may-alias pairs; Landi and Ryder, "A safe
approximate algorithm for interprocedural pointer aliasing", 1992).  `ENTRY + p` stands for what the caller passed
for the parameter p.  What is related to `TANGLED` may hold the same memory in two places, as `[row, row]` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..frontend.emitted import own_lists
from ..ir import nodes as ir
from ..ir.walk import bound_names, statements, target_names
from . import kinds as k
from .passed import call_arguments, calls_at
from .relation import ENTRY, NONE, Relation, closure, joined, linked, met, pairs_of_parameters, rebound
from .sharing import Sharing, may_hold, may_share
from .tangles import TANGLED, Tangles

if TYPE_CHECKING:
    from .evaluate_calls import Called


@dataclass
class Aliases:
    """Facts of one function.  By statement: what was true `before`; names it changes the contents of as it is
    written (`touched`), and all that share memory with those (`changed`); what the names it binds share memory with
    (`bound`).  `params` are parameters whose contents it changes, `deep` those of them of which it changes arrays,
    `slots` those in which it may give an item or attribute to something else, `result` those that its result may share
    memory with; `puts` are pairs of parameters one of which it puts into the other."""

    before: dict[int, Relation] = field(default_factory=dict)
    changed: dict[int, frozenset[str]] = field(default_factory=dict)
    touched: dict[int, frozenset[str]] = field(default_factory=dict)
    bound: dict[int, dict[str, frozenset[str]]] = field(default_factory=dict)
    params: frozenset[str] = NONE
    deep: frozenset[str] = NONE
    slots: frozenset[str] = NONE
    result: frozenset[str] = NONE
    result_names: frozenset[str] = NONE
    puts: frozenset[frozenset[str]] = frozenset()
    entry: frozenset[frozenset[str]] = frozenset()

    def with_names(self, s: ir.Stmt, names: Iterable[str]) -> frozenset[str]:
        """`names` and all that share memory with them before the statement."""
        return closure(self.before.get(id(s), {}), names)

    def changed_later(self, block: ir.Block | None = None) -> frozenset[str]:
        """Names of memory that changes in a block, or at any time, under whatever name it has by then."""
        inside = None if block is None else {id(s) for s in statements(block)}
        changed = [names for s, names in self.changed.items() if inside is None or s in inside]
        bound = [names for s, names in self.bound.items() if inside is None or s in inside]
        found, before = NONE.union(*changed), None
        while found != before:
            before = found
            found = found.union(*(shared for names in bound for n, shared in names.items() if n in found))
        return frozenset(n for n in found if not n.startswith("<"))

    @property
    def changes(self) -> bool:
        return any(self.changed.values())


class Flow:
    """Carries the relation through one function."""

    def __init__(self, instance: Any, kind_at: Any, summary: Any) -> None:
        self.instance, self.kind_at, self.summary = instance, kind_at, summary
        self.found = Aliases()
        self.own = own_lists(instance.function, instance.body)
        self.fresh = instance.fresh(instance.body)
        self.deep = self.slots = NONE
        self.loops: list[tuple[list[Relation], list[Relation]]] = []

    def run(self, entry: frozenset[frozenset[str]]) -> Aliases:
        start: Relation = {}
        for pair in entry:
            a, b = sorted(pair)
            start = linked(start, {a}, {b})
        for n, kind in self.instance.params.items():
            if may_share(kind):
                start = linked(start, closure(start, {n}), {ENTRY + n})
        self.found.entry = entry
        end = self.block(self.instance.body, start)
        if end is not None:
            result = closure(end, {self.instance.result_name})
            self.found.result = frozenset(n[len(ENTRY) :] for n in result if n.startswith(ENTRY))
            self.found.result_names = result
            self.found.puts = pairs_of_parameters(end)
        changed = NONE.union(*self.found.changed.values())
        self.found.params = frozenset(n[len(ENTRY) :] for n in changed if n.startswith(ENTRY))
        self.found.deep = frozenset(n[len(ENTRY) :] for n in self.deep if n.startswith(ENTRY))
        self.found.slots = frozenset(n[len(ENTRY) :] for n in self.slots if n.startswith(ENTRY))
        return self.found

    def block(self, block: ir.Block, relation: Relation | None) -> Relation | None:
        for s in block:
            if relation is None:
                return None
            old = self.found.before.get(id(s))
            relation = self.found.before[id(s)] = joined(old, relation) if old is not None else relation
            relation = self.statement(s, relation)
        return relation

    def statement(self, s: ir.Stmt, relation: Relation) -> Relation | None:
        kind = self.kind_at(self.instance, s)
        sharing = Sharing(kind, self.instance.calls, self.summary)
        calls = calls_at(self.instance, s)
        touched, flat = sharing.changed_by_calls(calls)
        self.slots |= closure(relation, sharing.slots_of_calls(calls))
        if touched:
            self.change(s, relation, touched)
        if flat:
            self.change(s, relation, flat, kind)
        relation = self.put_by_calls(calls, relation, sharing)
        tangles = Tangles(sharing, relation)
        relation = self.pending(s, relation, sharing)
        match s:
            case ir.If(_, body, orelse):
                return met(self.block(body, dict(relation)), self.block(orelse, dict(relation)))
            case ir.For() | ir.While():
                return self.loop(s, relation)
            case ir.Break():
                self.loops[-1][0].append(relation)
                return None
            case ir.Continue():
                self.loops[-1][1].append(relation)
                return None
            case ir.Opaque("raise"):
                return None
            case ir.Assign(names, values):
                return self.bind(s, relation, [(n, tangles.reach(v)) for n, v in zip(names, values, strict=True)])
            case ir.Unpack(target, value):
                shared = tangles.reach(value)
                after = self.instance.after.get(id(s), {})
                pairs = [(n, shared if may_share(after.get(n, k.Unknown())) else NONE) for n in target_names(target)]
                return self.bind(s, relation, pairs)
            case ir.Store() | ir.Update():
                return self.store(s, relation, sharing, tangles)
        return rebound(relation, [(n, NONE) for n in bound_names(s)])

    def put_by_calls(self, calls: Iterable[Called], relation: Relation, sharing: Sharing) -> Relation:
        """What the callees put of one argument into another."""
        for called in calls:
            if not self.summary(called.instance).puts:
                continue
            passed = call_arguments(called)
            shared = {n: closure(relation, sharing(e)) - {TANGLED} for n, e in passed.items()}
            shared[TANGLED] = frozenset({TANGLED})
            for pair in self.summary(called.instance).puts:
                a, b = (shared.get(n, NONE) for n in sorted(pair))
                if a and b:
                    relation = self.put(relation, a, b, sharing.kind)
        return relation

    def pending(self, s: ir.Stmt, relation: Relation, sharing: Sharing) -> Relation:
        """What calls that are no statements of their own yet put into lists and dicts."""
        for call, _ in self.instance.changing(s):
            held = sharing.kind(call.args[0])
            if not isinstance(held, k.Seq | k.Dict) or k.is_record(held):
                continue
            base, touched = call.args[0], sharing(call.args[0])
            apart = isinstance(base, ir.Name) and self.is_apart(base.id, s)
            if apart:
                self.note_change(s, touched)
            else:
                relation = self.change(s, relation, touched, sharing.kind, held)
            for value in (*call.args[1:], *(v for _, v in call.keywords)):
                holders = touched if apart else closure(relation, touched)
                relation = self.put(relation, holders, Tangles(sharing, relation).reach(value), sharing.kind)
        return relation

    def store(self, s: ir.Store | ir.Update, relation: Relation, sharing: Sharing, tangles: Tangles) -> Relation:
        kind = sharing.kind
        match s:
            case ir.Update(ir.Name(name), "append" | ".append" | ".pop" as op, value) if self.is_apart(name, s):
                self.note_change(s, frozenset({name}))
                if op == ".pop":
                    self.slots |= closure(relation, {name})
                    return relation
                return self.put(relation, frozenset({name}), tangles.reach(value), kind)
            case ir.Update(ir.Name(name), "append", value):
                return self.put(relation, closure(relation, {name}), tangles.reach(value), kind)
            case ir.Update(place, ".append" | ".pop"):
                touched = sharing(place)
                relation = self.change(s, relation, touched, kind, kind(place))
                if s.op == ".pop":
                    self.slots |= closure(relation, touched)
                    return relation
                return self.put(relation, closure(relation, touched), tangles.reach(s.value), kind)
            case ir.Update(ir.Name(name)):
                return self.change(s, relation, frozenset({name}))
        place = s.place
        assert isinstance(place, ir.Index | ir.Attribute)
        touched = sharing(place.base)
        held = isinstance(kind(place.base), k.Seq | k.Dict)
        in_place = isinstance(s, ir.Update) and may_share(kind(place))
        self.slots |= closure(relation, touched) if held and not in_place else NONE
        relation = self.change(s, relation, touched, kind if held and not in_place else None, kind(place.base))
        is_sum = isinstance(s, ir.Update) and s.op.startswith("operator.")
        works_out = is_sum and isinstance(kind(place), k.Num) and isinstance(kind(s.value), k.Num)
        if works_out or isinstance(kind(place.base), k.Num):
            return relation
        return self.put(relation, closure(relation, touched), tangles.reach(s.value), kind)

    def put(self, relation: Relation, holders: frozenset[str], names: frozenset[str], kind: Any) -> Relation:
        """The relation after a value that may be of the memory of `names` was put into what may be, or hold, `holders`.

        Those of them that had some of it before now may have it in two places.
        """
        shared = closure(relation, names)
        both = (holders & shared) - {TANGLED}
        twice = {n for n in both if not isinstance(k.unless_none(self.kind_of(n, kind)), k.Num)}
        return linked(linked(relation, holders, shared), twice, {TANGLED})

    def is_apart(self, name: str, s: ir.Stmt) -> bool:
        """Whether a list has this one name."""
        return name in self.own or name in self.fresh.get(id(s), NONE)

    def bind(self, s: ir.Stmt, relation: Relation, pairs: list[tuple[str, frozenset[str]]]) -> Relation:
        known = self.found.bound.setdefault(id(s), {})
        for n, shared in pairs:
            known[n] = known.get(n, NONE) | closure(relation, shared)
        return rebound(relation, pairs)

    def change(
        self, s: ir.Stmt, relation: Relation, names: frozenset[str], kind: Any = None, changed: Any = None
    ) -> Relation:
        """Note what a statement changes.  `kind` is given where it changes a list or dict, `changed`: no array changes
        then, and nothing that cannot hold such a list or dict."""
        reached = closure(relation, names)
        if kind is not None:
            apart = (self.own | self.fresh.get(id(s), NONE)) - names  # these can only hold what changes
            reached = frozenset(n for n in reached if may_hold(self.kind_of(n, kind), changed, n in apart))
        else:
            self.deep |= reached
        self.note_change(s, reached, names)
        return relation

    def note_change(self, s: ir.Stmt, reached: frozenset[str], names: frozenset[str] | None = None) -> None:
        names = reached if names is None else names
        self.found.touched[id(s)] = self.found.touched.get(id(s), NONE) | (names & reached)
        self.found.changed[id(s)] = self.found.changed.get(id(s), NONE) | reached

    def kind_of(self, name: str, kind: Any) -> Any:
        return self.instance.params.get(name[len(ENTRY) :]) if name.startswith(ENTRY) else kind(ir.Name(name))

    def loop(self, s: ir.For | ir.While, relation: Relation) -> Relation | None:
        head = relation
        while True:
            self.loops.append(([], []))
            inside = rebound(head, [(s.target, NONE)]) if isinstance(s, ir.For) else head
            end = self.block(s.body, inside)
            breaks, continues = self.loops.pop()
            again = head
            for r in [end, *continues]:
                again = joined(again, r) if r is not None else again
            if again == head:
                break
            head = again
        endless = isinstance(s, ir.While) and isinstance(s.test, ir.Const) and bool(s.test.value)
        result: Relation | None = None if endless else head
        for r in breaks:
            result = met(result, r)
        return result


def has_changes(instance: Any) -> bool:
    """Whether a function, by itself, changes the contents of anything."""
    return any(
        isinstance(s, ir.Store)
        or isinstance(s, ir.Update)
        and s.op != "append"
        or isinstance(s, ir.Eval)
        and isinstance(s.expr, ir.Call)
        and s.expr.op == ".resize"
        or bool(instance.changing(s))
        for s in statements(instance.body)
    )


def find_aliases(instances: Iterable[Any], kind_at: Any, always: bool = False) -> dict[int, Aliases]:
    """The facts of all functions of a program, by instance: each again when what it calls turns out to do more.

    There are none where nothing changes, unless they are asked for `always`.
    """
    known = [i for i in instances if i.params or not i.function.params]
    if not always and not any(has_changes(i) for i in known):
        return {}
    found = {id(i): Aliases() for i in known}
    entries: dict[int, frozenset[frozenset[str]]] = {id(i): frozenset() for i in known}

    def summary(instance: Any) -> Aliases:
        return found.get(id(instance), Aliases())

    again = known
    while True:
        new = found | {id(i): facts(i, kind_at, summary, entries[id(i)]) for i in again}
        wider = dict(entries)
        for i in again:
            note_passed(i, kind_at, new, wider)
        more = {n for n in new if not same_summary(new[n], found[n])}
        again = [i for i in known if wider[id(i)] != entries[id(i)] or more.intersection(called_by(i))]
        found, entries = new, wider
        if not again:
            return found


def facts(instance: Any, kind_at: Any, summary: Any, entry: frozenset[frozenset[str]]) -> Aliases:
    """What is put into what does not depend on what some callers pass: each call adds what it passes."""
    found = Flow(instance, kind_at, summary).run(entry)
    if entry and found.puts:
        found.puts = Flow(instance, kind_at, summary).run(frozenset()).puts
    return found


def called_by(instance: Any) -> set[int]:
    return {id(called.instance) for called in instance.calls.values()}


def sharing_in(instance: Any, kind: Callable[[ir.Expr], k.Kind]) -> Sharing:
    """What values share memory with in a function whose callees' facts are known."""
    return Sharing(kind, instance.calls, lambda c: c.aliases or Aliases())


def same_summary(a: Aliases, b: Aliases) -> bool:
    if a.deep != b.deep or a.puts != b.puts:
        return False
    return a.params == b.params and a.result == b.result and (TANGLED in a.result_names) == (TANGLED in b.result_names)


def note_passed(instance: Any, kind_at: Any, facts: dict[int, Aliases], entries: Any) -> None:
    """Parameters that share memory at some call."""
    for s in statements(instance.body):
        for called in calls_at(instance, s):
            if id(called.instance) in entries:
                sharing = Sharing(kind_at(instance, s), instance.calls, lambda c: facts.get(id(c), Aliases()))
                relation = facts[id(instance)].before.get(id(s), {})
                tangles = Tangles(sharing, relation)
                args = call_arguments(called)
                passed = {n: closure(relation, tangles.reach(e)) for n, e in args.items()}
                memory = {n: r - {TANGLED} if isinstance(args[n], ir.Name) else r for n, r in passed.items()}
                pairs = {frozenset({a, b}) for a in passed for b in passed if a < b and memory[a] & memory[b]}
                pairs |= {frozenset({n, TANGLED}) for n in passed if TANGLED in passed[n]}
                entries[id(called.instance)] |= frozenset(pairs)
