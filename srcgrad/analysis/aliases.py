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
from typing import Any

from ..ir import nodes as ir
from ..ir.walk import bound_names, children, reads, statement_expressions, statements, subexpressions, target_names
from ..rules.registry import lookup
from . import kinds as k
from .passed import call_arguments

ENTRY = "<entry> "
TANGLED = "<tangled>"
NONE: frozenset[str] = frozenset()
Relation = dict[str, frozenset[str]]

VIEWING = frozenset({
    "numpy.reshape", "numpy.ravel", "numpy.transpose", "numpy.swapaxes", "numpy.moveaxis", "numpy.squeeze",
    "numpy.expand_dims", "numpy.asarray", "srcgrad.runtime.unbroadcast", "srcgrad.runtime.carried",
    "numpy.broadcast_to", "numpy.real", "numpy.imag", "numpy.diagonal",
    "numpy.diag", "numpy.split", "numpy.array_split", "numpy.hsplit", "numpy.vsplit", "numpy.dsplit", "numpy.flip",
    "numpy.fliplr", "numpy.flipud", "numpy.rollaxis", "numpy.atleast_1d", "numpy.atleast_2d", "numpy.atleast_3d",
    "numpy.rot90", "numpy.ascontiguousarray", "numpy.asfortranarray", "numpy.asanyarray", "numpy.require",
    "numpy.matrix_transpose", "numpy.permute_dims", "numpy.broadcast_arrays", "numpy.nan_to_num", "numpy.array",
    "numpy.unstack", "numpy.conj", "numpy.conjugate", "operator.pos", "numpy.positive", "numpy.linalg.matrix_transpose",
    "numpy.linalg.diagonal", "numpy.lib.stride_tricks.as_strided", "numpy.lib.stride_tricks.sliding_window_view",
    "numpy.real_if_close", "numpy.trim_zeros", "numpy.astype", "numpy.ix_", "numpy.meshgrid",
})  # fmt: skip
COPYING = frozenset({
    "operator.pos", "numpy.positive", "numpy.conj", "numpy.conjugate", "numpy.array", "numpy.meshgrid",
})  # fmt: skip
VIEWING_METHODS = frozenset({
    ".reshape", ".ravel", ".transpose", ".squeeze", ".swapaxes", ".view", ".diagonal", ".astype", ".conj",
})  # fmt: skip
SHARING_BUILTINS = frozenset({
    "builtins.list", "builtins.tuple", "builtins.dict", "builtins.zip", "builtins.enumerate", "builtins.reversed",
    "builtins.iter", "builtins.next", "builtins.sorted", "builtins.filter", "builtins.map", "builtins.max",
    "builtins.min", "builtins.getattr",
})  # fmt: skip


@dataclass
class Aliases:
    """Facts of one function.  By statement: what was true `before`; names it changes the contents of as it is
    written (`touched`), and all that share memory with those (`changed`); what the names it binds share memory with
    (`bound`).  `params` are parameters whose contents it
    changes, `deep` those of them of which it changes arrays, `result` those that its result may share memory with."""

    before: dict[int, Relation] = field(default_factory=dict)
    changed: dict[int, frozenset[str]] = field(default_factory=dict)
    touched: dict[int, frozenset[str]] = field(default_factory=dict)
    bound: dict[int, dict[str, frozenset[str]]] = field(default_factory=dict)
    params: frozenset[str] = NONE
    deep: frozenset[str] = NONE
    result: frozenset[str] = NONE
    result_names: frozenset[str] = NONE
    entry: frozenset[frozenset[str]] = frozenset()

    def with_names(self, s: ir.Stmt, names: Iterable[str]) -> frozenset[str]:
        """`names` and all that share memory with them before the statement."""
        return closure(self.before.get(id(s), {}), names)

    @property
    def changes(self) -> bool:
        return any(self.changed.values())


def closure(relation: Relation, names: Iterable[str]) -> frozenset[str]:
    found = frozenset(names)
    return found.union(*(relation.get(n, NONE) for n in found))


def may_share(kind: k.Kind) -> bool:
    """Whether a value of this kind may be, or hold, memory that can be changed."""
    match kind:
        case k.Num():
            return not kind.is_scalar
        case k.Seq("tuple", items) if items is not None:
            return any(may_share(i) for i in items)
        case k.Func(_, held):
            return any(may_share(h.kind) for h in held)
        case k.Known() | k.Never():
            return False
    return True


class Sharing:
    """The names whose memory the value of an expression may refer to."""

    def __init__(self, kind: Callable[[ir.Expr], k.Kind], calls: dict[int, Any], summary: Callable[[Any], Aliases]):
        self.kind, self.calls, self.summary = kind, calls, summary

    def __call__(self, e: ir.Expr) -> frozenset[str]:
        match e:
            case ir.Const() | ir.Text() | ir.Compare() | ir.Slice():
                return NONE
            case ir.Lambda() | ir.Comprehension():
                return frozenset(reads(e))
        if not may_share(self.kind(e)):
            return NONE
        match e:
            case ir.Name(name):
                return frozenset({name})
            case ir.Index(base, index):
                if self.certainly_copies(base, index) or isinstance(index, ir.Slice) and self.is_flat(e):
                    return NONE
                return self(base)
            case ir.Attribute(base, _) | ir.Star(base) | ir.Walrus(_, base):
                return self(base)
            case ir.Select(_, then, other):
                return self(then) | self(other)
            case ir.Call() if id(e) not in self.calls:
                return self.operation(e)
            case ir.Call() | ir.Apply():
                return self.function(e)
        return self.all_of(children(e))

    def all_of(self, parts: Iterable[ir.Expr]) -> frozenset[str]:
        return NONE.union(*(self(p) for p in parts))

    def certainly_copies(self, base: ir.Expr, index: ir.Expr) -> bool:
        """Reading an array by masks or integer arrays makes a new one (NumPy's advanced indexing)."""
        parts = index.items if isinstance(index, ir.Display) and index.kind == "tuple" else (index,)
        return isinstance(self.kind(base), k.Num) and any(is_advanced(self.kind(p)) for p in parts)

    def is_flat(self, e: ir.Expr) -> bool:
        """Whether a list or dict made by an operation holds no memory that can be changed."""
        match self.kind(e):
            case k.Seq(_, items, element):
                return not any(map(may_share, items if items is not None else (element or k.Unknown(),)))
            case k.Dict() as found:
                return not may_share(k.value_of(found))
        return False

    def operation(self, e: ir.Call) -> frozenset[str]:
        if e.op == "srcgrad.runtime.private":
            return NONE
        if (e.op in SHARING_BUILTINS or e.op in (".copy", "operator.add", "operator.mul")) and self.is_flat(e):
            return NONE
        if e.op.startswith("."):
            receiver = self.kind(e.args[0])
            if isinstance(receiver, k.Num):
                return self(e.args[0]) if e.op in VIEWING_METHODS else NONE
            return self.all_of(e.args)
        if e.op in COPYING and not e.keywords:
            return NONE
        if e.op in VIEWING or e.op in SHARING_BUILTINS:
            return self.all_of(e.args)
        if e.op.startswith("operator.") and not any(isinstance(self.kind(a), k.Num) for a in e.args):
            return self.all_of(e.args)
        if e.op.startswith(("numpy.", "operator.", "math.")) and lookup(e.op) is not None:
            return NONE
        return self.all_of([*e.args, *(v for _, v in e.keywords)]) if lookup(e.op) is None else NONE

    def function(self, e: ir.Expr) -> frozenset[str]:
        called = self.calls.get(id(e))
        if called is None:
            return self.all_of(children(e)[1:] if isinstance(e, ir.Apply) else children(e))
        passed = call_arguments(called)
        known = self.summary(called.instance)
        return NONE.union(*(self(passed[n]) for n in known.result if n in passed))

    def changed_by_calls(self, s: ir.Stmt) -> tuple[frozenset[str], frozenset[str]]:
        """Names whose contents the calls in a statement change; and those of which only lists and dicts change."""
        found = flat = NONE
        for e in statement_expressions(s):
            for sub in subexpressions(e):
                called = self.calls.get(id(sub))
                if called is not None:
                    passed = call_arguments(called)
                    known = self.summary(called.instance)
                    found |= self.all_of(passed[n] for n in known.deep if n in passed)
                    flat |= self.all_of(passed[n] for n in known.params - known.deep if n in passed)
        return found, flat


def is_advanced(kind: k.Kind) -> bool:
    match kind:
        case k.Num(_, dtype):
            return not kind.is_scalar and kind.kind == "array" and kind.dims != () or dtype == "bool"
        case k.Seq("list"):
            return True
    return False


class Tangles:
    """Whether the value of an expression may hold the same memory in two places, given the relation before it."""

    def __init__(self, sharing: Sharing, relation: Relation) -> None:
        self.sharing, self.relation = sharing, relation

    def __call__(self, e: ir.Expr) -> bool:
        if not isinstance(e, ir.Display | ir.Mapping | ir.Comprehension) and isinstance(self.sharing.kind(e), k.Num):
            return False
        match e:
            case ir.Display(_, parts) | ir.Mapping(_, parts):
                return self.among(parts)
            case ir.Comprehension(_, element):
                return bool(self.sharing(element))
            case ir.Call("operator.mul", (a, b)):
                return any(may_share(k.element_of(x)) for x in map(self.sharing.kind, (a, b)) if isinstance(x, k.Seq))
            case ir.Select(_, then, other):
                return self(then) or self(other)
            case ir.Walrus(_, value) | ir.Star(value) | ir.Index(value, _) | ir.Attribute(value, _):
                return self(value)
            case ir.Call(op, args) if op in SHARING_BUILTINS | VIEWING or op == "operator.add":
                return self.among(args)
            case ir.Call() | ir.Apply():
                called = self.sharing.calls.get(id(e))
                if called is None:
                    return bool(self.sharing(e))
                return TANGLED in self.sharing.summary(called.instance).result_names or self.among(children(e))
        return False

    def among(self, parts: Iterable[ir.Expr]) -> bool:
        """Whether two of several parts overlap, or one is tangled by itself."""
        seen: frozenset[str] = NONE
        for p in parts:
            shared = closure(self.relation, self.sharing(p))
            if self(p) or shared & seen:
                return True
            seen |= shared
        return False

    def reach(self, e: ir.Expr) -> frozenset[str]:
        """The names that a value shares memory with; TANGLED among them if it is."""
        return self.sharing(e) | ({TANGLED} if self(e) else NONE)

    def put(self, holder: frozenset[str], value: ir.Expr) -> frozenset[str]:
        """What is in a container after `value` was put into it; TANGLED if it overlaps with what is there."""
        shared = closure(self.relation, self.reach(value))
        return shared | {TANGLED} if shared & closure(self.relation, holder) else shared


class Flow:
    """Carries the relation through one function; `pushed(s)` are names saved by reference before a statement."""

    def __init__(self, instance: Any, kind_at: Any, summary: Any) -> None:
        self.instance, self.kind_at, self.summary = instance, kind_at, summary
        self.found = Aliases()
        self.deep = NONE
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
        changed = NONE.union(*self.found.changed.values())
        self.found.params = frozenset(n[len(ENTRY) :] for n in changed if n.startswith(ENTRY))
        self.found.deep = frozenset(n[len(ENTRY) :] for n in self.deep if n.startswith(ENTRY))
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
        tangles = Tangles(sharing, relation)
        touched, flat = sharing.changed_by_calls(s)
        if touched:
            self.change(s, relation, touched)
        if flat:
            self.change(s, relation, flat, kind)
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
            case ir.Update(ir.Name(name), "append", value):
                return linked(relation, closure(relation, {name}), tangles.put(frozenset({name}), value))
            case ir.Update(place, ".append" | ".pop"):
                touched = sharing(place)
                relation = self.change(s, relation, touched, kind)
                if s.op == ".pop":
                    return relation
                return linked(relation, closure(relation, touched), tangles.put(touched, s.value))
            case ir.Update(ir.Name(name)):
                return self.change(s, relation, frozenset({name}))
            case ir.Update(place) | ir.Store(place):
                assert isinstance(place, ir.Index | ir.Attribute)
                touched = sharing(place.base)
                held = isinstance(kind(place.base), k.Seq | k.Dict)
                in_place = isinstance(s, ir.Update) and may_share(kind(place))
                relation = self.change(s, relation, touched, kind if held and not in_place else None)
                if isinstance(kind(place.base), k.Num):
                    return relation
                return linked(relation, closure(relation, touched), tangles.put(touched, s.value))
        return rebound(relation, [(n, NONE) for n in bound_names(s)])

    def bind(self, s: ir.Stmt, relation: Relation, pairs: list[tuple[str, frozenset[str]]]) -> Relation:
        known = self.found.bound.setdefault(id(s), {})
        for n, shared in pairs:
            known[n] = known.get(n, NONE) | closure(relation, shared)
        return rebound(relation, pairs)

    def change(self, s: ir.Stmt, relation: Relation, names: frozenset[str], kind: Any = None) -> Relation:
        """Note what a statement changes.  `kind` is given where it changes a list or dict: no array changes then."""
        reached = closure(relation, names)
        if kind is not None:
            reached = frozenset(n for n in reached if not self.is_array(n, kind))
        else:
            self.deep |= reached
        self.found.touched[id(s)] = self.found.touched.get(id(s), NONE) | (names & reached)
        self.found.changed[id(s)] = self.found.changed.get(id(s), NONE) | reached
        return relation

    def is_array(self, name: str, kind: Any) -> bool:
        known = self.instance.params.get(name[len(ENTRY) :]) if name.startswith(ENTRY) else kind(ir.Name(name))
        return isinstance(known, k.Num | k.Known)

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


def linked(relation: Relation, a: Iterable[str], b: Iterable[str]) -> Relation:
    """Everything in `a` now shares memory with everything in `b`."""
    found = dict(relation)
    left, right = frozenset(a), frozenset(b)
    for n in left:
        found[n] = found.get(n, NONE) | (right - {n})
    for n in right:
        found[n] = found.get(n, NONE) | (left - {n})
    return found


def rebound(relation: Relation, pairs: list[tuple[str, frozenset[str]]]) -> Relation:
    """After names are bound, all at once, to values that share memory with others."""
    targets = {n for n, _ in pairs}
    wide = {n: closure(relation, shared) for n, shared in pairs}
    found = {n: r - targets for n, r in relation.items() if n not in targets}
    for n, shared in wide.items():
        others = shared - targets
        found = linked(found, {n}, others) if others else found
        for m, also in wide.items():
            if m != n and shared & also:
                found = linked(found, {n}, {m})
    return found


def joined(a: Relation, b: Relation) -> Relation:
    return {n: a.get(n, NONE) | b.get(n, NONE) for n in {*a, *b} if a.get(n) or b.get(n)}


def met(a: Relation | None, b: Relation | None) -> Relation | None:
    return a if b is None else b if a is None else joined(a, b)


def has_changes(instance: Any) -> bool:
    """Whether a function, by itself, changes the contents of anything."""
    return any(
        isinstance(s, ir.Store) or isinstance(s, ir.Update) and s.op != "append" for s in statements(instance.body)
    )


def find_aliases(instances: Iterable[Any], kind_at: Any) -> dict[int, Aliases]:
    """The facts of all functions of a program, by instance."""
    known = [i for i in instances if i.params or not i.function.params]
    if not any(has_changes(i) for i in known):
        return {}
    found = {id(i): Aliases() for i in known}
    entries: dict[int, frozenset[frozenset[str]]] = {id(i): frozenset() for i in known}

    def summary(instance: Any) -> Aliases:
        return found.get(id(instance), Aliases())

    while True:
        new = {id(i): Flow(i, kind_at, summary).run(entries[id(i)]) for i in known}
        wider = {id(i): entries[id(i)] for i in known}
        for i in known:
            note_passed(i, kind_at, new, wider)
        if wider == entries and all(same_summary(new[n], found[n]) for n in new):
            return new
        found, entries = new, wider


def same_summary(a: Aliases, b: Aliases) -> bool:
    if a.deep != b.deep:
        return False
    return a.params == b.params and a.result == b.result and (TANGLED in a.result_names) == (TANGLED in b.result_names)


def note_passed(instance: Any, kind_at: Any, facts: dict[int, Aliases], entries: Any) -> None:
    """Parameters that share memory at some call."""
    for s in statements(instance.body):
        for e in statement_expressions(s):
            for sub in subexpressions(e):
                called = instance.calls.get(id(sub))
                if called is None or id(called.instance) not in entries:
                    continue
                sharing = Sharing(kind_at(instance, s), instance.calls, lambda c: facts.get(id(c), Aliases()))
                relation = facts[id(instance)].before.get(id(s), {})
                tangles = Tangles(sharing, relation)
                passed = {n: closure(relation, tangles.reach(e)) for n, e in call_arguments(called).items()}
                pairs = {frozenset({a, b}) for a in passed for b in passed if a < b and passed[a] & passed[b]}
                pairs |= {frozenset({n, TANGLED}) for n in passed if TANGLED in passed[n]}
                entries[id(called.instance)] |= frozenset(pairs)
