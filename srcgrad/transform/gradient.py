"""Reverse mode of one function, from its kinds to its two sweeps."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable
from typing import Any

from ..analysis import kinds as k
from ..analysis.interpret import Instance, Interpreter
from ..analysis.recording import Plan, Recorder
from ..frontend.lower import exits
from ..ir import nodes as ir
from ..ir.walk import bound_names, reads, statement_expressions, statements
from .assemble import Assembler, Sweeps
from .names import Names
from .reverse import Node, Reverse
from .shadows import Shadow, State


class Evaluation:
    """The kind of any expression at a statement, after the analysis has settled."""

    def __init__(self, interpreter: Interpreter) -> None:
        self.evaluator = interpreter.evaluator

    def __call__(self, at: Instance, s: ir.Stmt, e: ir.Expr) -> k.Kind:
        if isinstance(e, ir.Name) and e.id.startswith("<out> "):
            name = e.id[6:]
            return at.after.get(id(s), {}).get(name, at.kind_of_name(name))
        env: Any = ChainMap({}, at.before.get(id(s), {}), at.names)
        return self.evaluator.value(at, s, e, env)


class Gradient:
    """Both sweeps of one instance.  `wrt` are the names whose adjoints are wanted at the end."""

    def __init__(self, instance: Instance, interpreter: Interpreter, names: Names, calls: Any) -> None:
        self.instance, self.names, self.calls = instance, names, calls
        self.builder = Reverse(instance, Evaluation(interpreter), names, calls)
        self.trip_names: dict[int, str] = {}
        self.primal = frozenset(instance.names) | frozenset(instance.params)

    def build(self, seed: State, wrt: Iterable[str]) -> Sweeps:
        wrt = list(wrt)
        while True:
            state = dict(seed)
            nodes = self.builder.block(self.instance.body, state)
            by_id = index(nodes)
            trips = self.trips(by_id)
            plan = self.plan(by_id, trips)
            again = plan.count_all - self.builder.count_all_trips
            if not again:
                break
            self.builder.count_all_trips |= again
        self.state = state
        assembler = Assembler(plan, by_id, self.names, trips, self.calls.forward)
        sweeps = assembler.sweeps(self.instance.body, nodes)
        for name in wrt:
            if name not in state:
                sweeps.reverse.append(self.builder.zero(name))
        return sweeps

    def plan(self, by_id: dict[int, Node], trips: dict[int, str]) -> Plan:
        def extra(s: ir.Stmt) -> frozenset[str]:
            found = self.calls.saved_by(s)
            return found | {trips[id(s)]} if id(s) in trips else found

        recorder = Recorder(by_id, self.reverse_reads, extra, self.instance.body)
        recorder.names_of_function = self.primal
        return recorder.run(self.instance.body, self.instance.params)

    def reverse_reads(self, lines: list[ir.Stmt]) -> frozenset[str]:
        """Names of the primal (and of what callees save) that lines of the reverse sweep read."""
        found: set[str] = set()
        for s in statements(tuple(lines)):
            for e in statement_expressions(s):
                found |= reads(e)
        return frozenset(found & (self.primal | self.calls.saved_names))

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
