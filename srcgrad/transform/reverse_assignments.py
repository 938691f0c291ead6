"""The reverse of assignments, of calls of user functions and of `xs.append(x)`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..analysis import kinds as k
from ..analysis.aliases import sharing_in
from ..analysis.linked import is_made
from ..analysis.passed import call_arguments, changed_parameters
from ..analysis.paths import path_root
from ..ir import nodes as ir
from ..ir.build import call
from ..ir.walk import reads, substitute, target_names
from ..rules.registry import lookup
from . import linked
from .names import Temporaries
from .reverse_contributions import OUT, Contributions
from .reverse_expressions import Adjoint, Cotangent
from .reverse_node import Node
from .shadows import State, zero
from .unread import without


class Assignments(Contributions):
    """Statements that give names values."""

    def assign(self, s: ir.Assign, state: State) -> Node | None:
        viewed = self.views.made_by(s)
        for n in viewed:
            state.pop(n, None)
        if len(viewed) == len(s.names):
            return None
        if self.following.is_private(s) and self.following.bound_by(s):
            return Node(s, after=self.following.shadows_bound(s))
        for n in s.names:
            self.drop_views(n, state)
        taken = self.taken(s, s.names, state)
        kind = self.kind_at(s)
        if isinstance(s.values[0], ir.Mapping) and is_made(s.values[0], kind):
            return linked.made(self, s, s.values[0], state)
        if len(s.values) == 1 and self.calls.is_call(self.instance, s.values[0]):
            return self.call(s, s.values[0], taken, state)
        pairs = zip(s.names, s.values, strict=True)
        live = [(n, v) for n, v in pairs if n in taken and kind(v).active and not k.only_functions(kind(v))]
        if not live:
            return None
        adjoint = Adjoint(kind, Temporaries(self.names), live[0][0], self.traits)
        for name, value in live:
            if name == self.instance.result_name:
                value = without(value, self.calls.unread(self.instance))
            adjoint.root_value, adjoint.target = value, name
            cot = Cotangent(ir.Name(self.names.adjoint(name)), taken[name].dense)
            if name in self.following.mirror.names:
                self.following.mirror.pull(adjoint, s, value, cot.expr, ir.Name(OUT + name))
            else:
                adjoint.pull(value, cot, ir.Name(OUT + name))
        return self.finish(s, adjoint, taken, state)

    def taken(self, s: ir.Stmt, names: Iterable[str], state: State) -> State:
        """The adjoints that a statement's value takes over; followed ones live on, for other memory."""
        followed = self.following.left(s)
        found = {n: state[n] if n in followed else state.pop(n) for n in names
                 if n in followed or n in state and n not in self.following.followed}  # fmt: skip
        return found

    def unpack(self, s: ir.Unpack, state: State) -> Node | None:
        taken = self.taken(s, target_names(s.target), state)
        kind = self.kind_at(s)
        if self.calls.is_call(self.instance, s.value):
            return self.call(s, s.value, taken, state)
        if not taken or not kind(s.value).active:
            return None
        adjoint = Adjoint(kind, Temporaries(self.names), next(iter(taken)), self.traits)
        adjoint.root_value = s.value
        together = self.results_together(s, taken)
        if together is not None:
            adjoint.pull(s.value, Cotangent(self.tree(together, taken), False), together)
        for place, name in unpacked(s.target, s.value) if together is None else ():
            if name in taken and self.following.holds(name, s.value):
                self.following.mirror.pull(adjoint, s, place, ir.Name(self.names.adjoint(name)))
            elif name in taken and kind(s.value).active:
                adjoint.pull(place, Cotangent(ir.Name(self.names.adjoint(name)), False))
        node = self.finish(s, adjoint, taken, state)
        node.after |= frozenset(n for n in target_names(s.target) if n not in taken)
        return node

    def results_together(self, s: ir.Unpack, taken: State) -> ir.Display | None:
        """The names that take the results of a function of a library, whose rule asks for all of them at once.

        Not where a result that nothing reads would have to be kept for the shape of its adjoint.
        """
        rule = lookup(s.value.op) if isinstance(s.value, ir.Call) else None
        if rule is None or rule.kind not in ("rule", "linear") or not isinstance(s.target, ir.Display):
            return None
        names = [n.id for n in s.target.items if isinstance(n, ir.Name)]
        if len(set(names)) < len(s.target.items) or any(self.following.holds(n, s.value) for n in names):
            return None
        unread = [self.instance.kind_of_name(n) for n in names if n not in taken]
        if not all(isinstance(kind, k.Num) and kind.is_scalar for kind in unread):
            return None
        return ir.Display("tuple", tuple(ir.Name(OUT + n) for n in names))

    def call(self, s: ir.Assign | ir.Unpack, value: ir.Expr, taken: State, state: State) -> Node | None:
        """A call of a user function: its backward half, if anything it computed matters."""
        called = self.instance.calls[id(value)]
        passed = call_arguments(called)
        changed = [path_root(passed[n]) for n in changed_parameters(called.instance) if n in passed]
        live = bool(taken) or any(self.is_live(n, state) or n in taken for n in changed)
        if not live and not self.writes(called.instance):
            return None
        kind = self.kind_at(s)
        targets = target_names(s.target) if isinstance(s, ir.Unpack) else s.names
        adjoint = Adjoint(kind, Temporaries(self.names), next(iter(targets), "result"), self.traits)
        adjoint.root_value = value
        target = s.target if isinstance(s, ir.Unpack) else ir.Name(s.names[0])
        first, zeros = self.zeros_after(value, [n for n in targets if n not in taken], adjoint.names)
        cot = substitute(self.tree(target, {*taken, *targets} if zeros else taken), zeros)
        cot = without(cot, self.calls.unread(called.instance))
        moved = self.following.moves(s, reads(value), adjoint.names)
        if moved:
            first += [ir.Assign((new.id,), (ir.Name(d),)) for d, new in moved.items() if isinstance(new, ir.Name)]
            cot = substitute(cot, moved)
        if any(self.views.base(n, s) in taken or n in taken for n in changed):  # `u = step(u)`
            moves: dict[str, ir.Expr] = {}
            for n in [n for n in taken if self.names.adjoint(n) not in moved]:
                new = adjoint.names.fresh(f"{self.names.adjoint(n)}_new")
                moves[self.names.adjoint(n)] = ir.Name(new)
                adjoint.ordered.append(ir.Assign((new,), (ir.Name(self.names.adjoint(n)),)))
            cot = substitute(cot, moves)
        self.calls.backward(s, value, cot, adjoint, state, self)
        for n in changed:
            if not isinstance(self.instance.kind_of_name(n), k.Num):
                self.drop_views(n, state)  # the items of its adjoint may be other arrays now
        node = self.finish(s, adjoint, taken, state, moved)
        node.first = first + node.first
        node.lending = self.calls.lending(called, sharing_in(self.instance, kind), frozenset(targets))
        shaped = reads(cot) if k.flows(called.instance.result) else set()
        node.after |= frozenset(n for n in targets if n not in taken and n in shaped)
        return node

    def zeros_after(
        self, value: ir.Expr, unread: list[str], names: Temporaries
    ) -> tuple[list[ir.Stmt], dict[str, ir.Expr]]:
        """Adjoints of results that nobody reads, made before their names stand for arguments of the call again."""
        if reads(value).isdisjoint(unread):
            return [], {}
        new = {n: names.fresh(f"{self.names.adjoint(n)}_unread") for n in unread}
        lines: list[ir.Stmt] = [ir.Assign((d,), (zero(n, self.instance.kind_of_name(n)),)) for n, d in new.items()]
        return lines, {self.names.adjoint(n): ir.Name(d) for n, d in new.items()}

    def tree(self, target: ir.Expr, taken: Any) -> ir.Expr:
        """The adjoint of a tuple from those of the names it was unpacked into; zeros where there is none."""
        match target:
            case ir.Name(name):
                plain = name.removeprefix(OUT)
                known = self.instance.kind_of_name(plain)
                return ir.Name(self.names.adjoint(plain)) if plain in taken else zero(name, known)
            case ir.Star(value):
                return ir.Star(self.tree(value, taken))
            case ir.Display(_, items):
                return ir.Display("tuple", tuple(self.tree(i, taken) for i in items))
        return ir.Const(None)

    def append(self, s: ir.Update, name: str, value: ir.Expr, state: State) -> Node | None:
        if name not in state:
            return None
        kind = self.kind_at(s)
        if not kind(value).active:
            pop = ir.Eval(ir.Call(".pop", (ir.Name(self.names.adjoint(name)),)))
            return Node(s, lines=[pop])
        adjoint = Adjoint(kind, Temporaries(self.names), f"{name}_item", self.traits)
        item = adjoint.names.fresh(f"{self.names.d_prefix}{name}_item", f"{self.names.d_prefix}{name}_last")
        last: ir.Expr = ir.Call(".pop", (ir.Name(self.names.adjoint(name)),))
        if isinstance(kind(value), k.Seq):
            last = call("builtins.list", last)
        adjoint.ordered.append(ir.Assign((item,), (last,)))
        adjoint.root_value = value
        adjoint.pull(value, Cotangent(ir.Name(item), False))
        return self.finish(s, adjoint, {}, state)


def unpacked(target: ir.Expr, value: ir.Expr) -> list[tuple[ir.Expr, str]]:
    """Each name of a target with the part of the value it takes: (value[0], "a"), ..."""
    match target:
        case ir.Name(name):
            return [(value, name)]
        case ir.Display(_, items):
            starred = next((n for n, t in enumerate(items) if isinstance(t, ir.Star)), len(items))
            found = []
            for n, t in enumerate(items):
                if isinstance(t, ir.Star):
                    rest = len(items) - n - 1
                    stop = ir.Const(-rest) if rest else None
                    found += unpacked(t.value, ir.Index(value, ir.Slice(ir.Const(n), stop, None)))
                else:
                    found += unpacked(t, ir.Index(value, ir.Const(n if n < starred else n - len(items))))
            return found
    return []
