"""Reverse mode of one function, from its kinds to its two sweeps."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from ..analysis import kinds as k
from ..analysis.aliases import Aliases
from ..analysis.checkpoints import carried, record, refuse_effects, refuse_followed
from ..analysis.instance import Instance
from ..analysis.interpret import Interpreter
from ..analysis.lent import Terms
from ..analysis.linked import is_made, is_read
from ..analysis.paths import is_in_slot, is_view
from ..analysis.reality import makes_complex, values_from_outside
from ..analysis.rebinding import UNDECIDED
from ..analysis.recording import Recorder
from ..analysis.required import BINDING
from ..analysis.sharing import may_share
from ..analysis.views import Views
from ..frontend.checkpoints import is_checkpointed
from ..frontend.lower import exits
from ..ir import nodes as ir
from ..ir.build import call, is_slot
from ..ir.walk import bound_names, children, statement_expressions, statements, subexpressions
from .assemble import Assembler, Sweeps
from .expression_facts import Traits, traits_of
from .following import Followed
from .linked import writes
from .names import Names
from .needed import needed
from .reverse import Reverse
from .reverse_node import Node
from .shadows import OWN, Shadow, State, zero


class Evaluation:
    """The kind of any expression at a statement, after the analysis has settled: each is worked out once."""

    def __init__(self, interpreter: Interpreter) -> None:
        self.evaluator = interpreter.evaluator
        self.known: dict[tuple[int, int, int], tuple[k.Kind, Any]] = {}  # and what the numbers stand for

    def __call__(self, at: Instance, s: ir.Stmt, e: ir.Expr) -> k.Kind:
        key = id(at), id(s), id(e)
        known = self.known.get(key)
        if known is None:
            known = self.known[key] = self.found(at, s, e), (at, s, e)
        return known[0]

    def found(self, at: Instance, s: ir.Stmt, e: ir.Expr) -> k.Kind:
        if isinstance(e, ir.Name) and e.id.startswith("<out> "):
            name = e.id[6:]
            return at.after.get(id(s), {}).get(name, at.kind_of_name(name))
        before = at.before.get(id(s), {})
        if isinstance(e, ir.Name) and e.id not in before and isinstance(at.names.get(e.id), k.Mixed):
            return at.names[e.id]  # one thing at one time and another at another, which nothing reads here
        env: Any = ChainMap({}, before, at.names)
        return self.evaluator.value(at, s, e, env)

    def quietly(self, instance: Instance, s: ir.Stmt, e: ir.Expr) -> k.Kind:
        """The kind of an expression that is no program of a user, so that nothing in it is refused."""
        told, self.evaluator.diagnose = self.evaluator.diagnose, lambda *args, **words: None
        try:
            return self(instance, s, e)
        finally:
            self.evaluator.diagnose = told

    def where_reached(self, instance: Instance, s: ir.Stmt, e: ir.Expr) -> k.Kind:
        """The kind of an expression; nothing is refused in a branch that is never taken."""
        return self(instance, s, e) if id(s) in instance.before else self.quietly(instance, s, e)

    def at(self, instance: Instance, s: ir.Stmt) -> Callable[[ir.Expr], k.Kind]:
        """The kinds of expressions at one statement."""
        return partial(self, instance, s)


VIEWS = frozenset({
    "numpy.reshape", "numpy.transpose", "numpy.shape", "numpy.ndim", "numpy.size", "numpy.swapaxes", "numpy.ravel",
    "numpy.expand_dims", "numpy.squeeze", "numpy.real", "numpy.imag", "numpy.conjugate", "numpy.sign",
    "numpy.absolute", "numpy.asarray", "numpy.square", "numpy.zeros_like", "numpy.broadcast_to", "numpy.arange",
})  # fmt: skip


def is_heavy(e: ir.Expr, kind: Any) -> bool:
    """Whether computing `e` again costs more than keeping it: anything but arithmetic and views, on arrays."""
    if not isinstance(e, ir.Call) or e.op.startswith(("operator.", "builtins.", "srcgrad.")):
        return isinstance(e, ir.Call) and e.op == "operator.matmul"
    if e.op.startswith("."):
        return e.op not in (".reshape", ".transpose", ".copy", ".pop", ".astype", ".item", ".ravel")
    found = kind(e)
    operands = [kind(a) for a in e.args]
    large = [
        x for x in (found, *operands) if not (isinstance(x, k.Num) and x.is_scalar) and isinstance(x, k.Num | k.Seq)
    ]
    return e.op not in VIEWS and bool(large)


@lru_cache(maxsize=1)
def any_singular(interpreter: Interpreter) -> bool:
    """Whether some derivative in the program may be infinite, so that an adjoint that comes from a callee may be."""
    return any(traits_of(known.body).singular for known in interpreter.instances.values())


@lru_cache(maxsize=1)
def any_complex(interpreter: Interpreter) -> bool:
    """Whether values of unknown dtype may be complex: the program makes such numbers, or reads what is not known."""
    return any(makes_complex(at) or values_from_outside(at) for at in interpreter.instances.values())


class Gradient:
    """Both sweeps of one instance.  `wrt` are the names whose adjoints are wanted at the end."""

    def __init__(self, instance: Instance, interpreter: Interpreter, names: Names, calls: Any) -> None:
        self.instance, self.names, self.calls = instance, names, calls
        evaluation = Evaluation(interpreter)
        self.aliases = instance.aliases or Aliases()
        self.views = Views(instance, instance.aliases, evaluation.at, interpreter.evaluator.diagnose)
        kind_at = lambda s: evaluation.at(instance, s)  # noqa: E731
        self.following = Followed(instance, self.views.following.names, self.views.mirrored, kind_at, names)
        callers = interpreter.instances.values()
        called = any(c.instance is instance for i in callers for c in i.calls.values())
        self.following.mirror.is_entry = not called
        for s in statements(instance.body):
            if name := self.following.trades_numbers(s):
                way_out = "Assign one name after the other."
                interpreter.evaluator.diagnose("SG212", UNDECIDED.format(name), instance, s, None, way_out)
        names.changed |= self.following.followed
        self.builder = Reverse(instance, evaluation, names, calls, self.views, self.following)
        self.linking = interpreter.linking
        self.builder.writes = lambda callee: writes(callee, evaluation.at)
        calls.kind_at = kind_at
        own = self.builder.traits
        singular = own.singular or any_singular(interpreter)
        self.builder.traits = Traits(own.selects, singular, any_complex(interpreter))
        self.trip_names: dict[int, str] = {}
        self.schedule_names: dict[int, str] = {}
        self.kept_as_given: set[str] = set()
        self.diagnose = interpreter.evaluator.diagnose
        self.primal = frozenset(instance.names) | frozenset(instance.params)

    def prepare(self, seed: State, wrt: Iterable[str]) -> None:
        """Walk the function backward, so that it is known what it calls."""
        self.seeds, self.wrt = seed, list(wrt)
        self.state = {**seed, **self.following.state()}
        self.nodes = self.builder.block(self.instance.body, self.state)
        self.by_id = index(self.nodes)
        self.trips_of = self.trips(self.by_id)

    def settle(self, terms: Terms, lent: Iterable[str]) -> None:
        """Decide what to save; `lent` are the parameters of which the callers need the memory as it was."""
        while True:
            self.recorder = self.record(terms, lent)
            again = self.recorder.plan.count_all - self.builder.count_all_trips
            if not again:
                break
            self.builder.count_all_trips |= again
            self.prepare(self.seeds, self.wrt)

    def sweeps(self, restoring: frozenset[int]) -> Sweeps:
        """Both sweeps, with what was decided; `restoring`: the functions whose backward halves put memory back."""
        state, by_id, trips, plan, seed = self.state, self.by_id, self.trips_of, self.recorder.plan, self.seeds
        checkpointed = self.checkpointed()
        for s in checkpointed:
            refuse_effects(s, self.instance, self.builder.evaluate, self.diagnose)
            refuse_followed(s, self.following.followed, frozenset(self.views.mirrored), self.instance, self.diagnose)
        changed = [self.aliases.changed.get(id(s), frozenset()) for s in statements(self.instance.body)
                   if id(s) in plan.contents or puts_back(by_id.get(id(s)), restoring)]  # fmt: skip
        changed += [self.aliases.changed_later(s.body) for s in checkpointed]
        self.restored = frozenset[str]().union(*changed)
        self.heavy = self.computed_again(by_id)
        assembler = Assembler(
            plan, by_id, self.names, trips, self.calls.forward, self.bound_besides, self.instance.updated,
            self.following,
        )
        assembler.carried = {
            n: [replace(h, array=h.array and h.name not in plan.unset) for h in held]
            for n, held in self.carried().items()
        }
        assembler.schedules = self.schedules()
        sweeps = assembler.sweeps(self.instance.body, self.nodes)
        result = self.instance.result_name
        if result in self.builder.appended and result in seed:
            own = ir.Assign((self.names.adjoint(result),), (call(OWN, ir.Name(self.names.adjoint(result))),))
            sweeps.reverse.insert(0, own)
        for name in self.wrt:
            if name not in state:
                self.zero_as_given(name, sweeps)
        return sweeps

    def zero_as_given(self, name: str, sweeps: Sweeps) -> None:
        """The zero adjoint of a parameter without influence, in the shape in which it arrives: it may be bound anew."""
        kind = self.instance.params.get(name)
        anew = any(name in bound_names(s) for s in statements(self.instance.body) if not isinstance(s, ir.Update))
        if kind is None or not anew or isinstance(kind, k.Num) and kind.is_scalar:
            sweeps.reverse.append(self.builder.zero(name))
            return
        given = self.names.fresh(f"{name}_given")
        self.kept_as_given.add(given)
        sweeps.setup.append(ir.Assign((given,), (ir.Name(name),)))
        sweeps.reverse.append(ir.Assign((self.names.adjoint(name),), (zero(given, kind),)))

    def seed(self, name: str) -> str:
        """The parameter for the adjoint of a name that the caller gives."""
        own = self.names.adjoint(name)
        if name not in self.following.followed:
            return own
        given = self.names.fresh(f"{own}_out")
        self.names.lent.add(given)
        return given

    def computed_again(self, by_id: dict[int, Node]) -> dict[int, set[ir.Expr]]:
        """Values inside a statement that its adjoint would compute a second time, at a cost."""
        found: dict[int, set[ir.Expr]] = {}
        for node in by_id.values():
            if not node.lines or not isinstance(node.stmt, ir.Assign | ir.Unpack | ir.Update | ir.Store):
                continue
            kind = self.builder.kind_at(node.stmt)
            named = isinstance(node.stmt, ir.Assign | ir.Unpack) or is_slot(node.stmt.place)  # the value as a whole
            values = [c for e in statement_expressions(node.stmt) for c in (children(e) if named else (e,))]
            inner = {sub for e in values for sub in subexpressions(e) if is_heavy(sub, kind)}
            again = {sub for s in node.lines for e in statement_expressions(s) for sub in subexpressions(e)} & inner
            if again:
                found[id(node.stmt)] = again
        return found

    def bound_besides(self, s: ir.Stmt) -> frozenset[str]:
        """Names that the forward sweep binds at a statement for the sake of the reverse sweep."""
        return self.calls.saved_by(s) | self.following.shadows_bound(s)

    def record(self, terms: Terms, lent: Iterable[str]) -> Recorder:
        by_id, trips = self.by_id, self.trips_of
        schedules = self.schedules()

        def extra(s: ir.Stmt) -> frozenset[str]:
            found = self.bound_besides(s)
            if isinstance(s, ir.While) and id(s) in schedules:
                found |= {schedules[id(s)]}
            return found | {trips[id(s)]} if id(s) in trips else found

        recorder = Recorder(by_id, self.reverse_reads, extra, self.instance.body, self.aliases, self.is_view,
                            self.following.permutation, terms)  # fmt: skip
        recorder.names_of_function, recorder.with_structure = self.primal, self.with_structure
        recorder.volatile = frozenset(n for n, kind in self.instance.names.items() if self.linking.is_volatile(kind))
        recorder.is_fleeting, recorder.is_array = self.is_fleeting, self.is_array
        recorder.carried, recorder.checkpointed = self.carried(), record
        kept = self.following.bound_first()
        recorder.run(self.instance.body, [*self.instance.params, *kept], frozenset(kept), lent)
        return recorder

    def is_fleeting(self, s: ir.Assign) -> bool:
        """Whether what is assigned is not to be had again: new objects, and attributes that may have changed since."""
        kind = self.builder.kind_at(s)
        inner = [e for v in s.values for e in subexpressions(v)]
        return any(is_made(e, kind) or is_read(e, kind) and not self.linking.is_steady(e, kind) for e in inner)

    def is_array(self, name: str) -> bool:
        kind = self.instance.kind_of_name(name)
        return isinstance(kind, k.Num) and kind.kind == "array"

    def checkpointed(self) -> list[Any]:
        """The checkpointed loops that something active passes through."""
        return [s for s in statements(self.instance.body) if id(s) in self.by_id and is_checkpointed(s)]

    def carried(self) -> dict[int, Any]:
        return {id(s): carried(s, self.instance, self.builder.kind_at(s)) for s in self.checkpointed()}

    def schedules(self) -> dict[int, str]:
        """Names for the schedules of checkpointed loops: which states the forward sweep keeps."""
        for s in self.checkpointed():
            if id(s) not in self.schedule_names:
                own = s.target if isinstance(s, ir.For) else first_written(s)
                self.schedule_names[id(s)] = self.names.fresh(f"{own}_kept", f"{own}_kept_")
        return self.schedule_names

    def is_view(self, a: ir.Assign) -> bool:
        kind = self.builder.kind_at(a)
        return bool(self.aliases.changed) and all(
            is_view(v, kind) and may_share(kind(v)) and not is_in_slot(v, kind) for v in a.values
        )

    def reverse_reads(self, lines: list[ir.Stmt]) -> frozenset[str]:
        """Names of the primal (and of what callees save) that lines of the reverse sweep read.

        `&x` where only the shape of x matters.
        """
        found: set[str] = set()
        for s in statements(tuple(lines)):
            for e in statement_expressions(s):
                found |= needed(e)
        known = self.primal | self.calls.saved_names | self.following.shadows
        found = {self.with_structure(n) for n in found}
        return frozenset(n for n in found if n.removeprefix(BINDING) in known)

    def with_structure(self, name: str) -> str:
        """The shape of a list or dict is in its contents."""
        plain = name.removeprefix(BINDING)
        return name if isinstance(self.instance.kind_of_name(plain), k.Num | k.Known) else plain

    def trips(self, nodes: dict[int, Node]) -> dict[int, str]:
        """Names for the trip counts of loops that can be left early."""
        loops = []
        for s in statements(self.instance.body):
            if id(s) in nodes and isinstance(s, ir.For | ir.While):
                if isinstance(s, ir.While) or "break" in exits(s.body):
                    loops.append(s)
        found = {}
        for s in loops:
            own = f"{s.target}_trips" if isinstance(s, ir.For) else f"{first_written(s)}_trips"
            if id(s) not in self.trip_names:
                self.trip_names[id(s)] = self.names.fresh("trips", own) if len(loops) == 1 else self.names.fresh(own)
            found[id(s)] = self.trip_names[id(s)]
        return found


def puts_back(node: Node | None, restoring: frozenset[int]) -> bool:
    """Whether a statement is a call, and the backward half of its callee puts back memory that it has changed."""
    return node is not None and node.lending is not None and id(node.lending.instance) in restoring


def first_written(s: ir.While) -> str:
    return next((n for x in statements(s.body) for n in bound_names(x)), "loop")


def index(nodes: list[Node]) -> dict[int, Node]:
    """All nodes by the id of their statement."""
    found: dict[int, Node] = {}
    for node in nodes:
        found[id(node.stmt)] = node
        found.update(index(node.body))
        found.update(index(node.orelse))
    return found


def seed_of(result: str, kind: k.Kind) -> State:
    """The state at the end of the function: only the result has an adjoint, and it is the caller's."""
    mode = "scalar" if isinstance(kind, k.Num) and kind.is_scalar else "borrowed" if isinstance(kind, k.Num) else "tree"
    return {result: Shadow(mode)}
