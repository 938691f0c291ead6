"""Contributions as statements: those to other names first, those to the targets of the statement last."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from ..analysis import kinds as k
from ..analysis.paths import rerooted
from ..ir import nodes as ir
from ..ir.build import call, plus
from ..ir.walk import bound_names, reads, root, substitute
from .immutable import as_number, taken_out
from .names import Temporaries
from .places import place_update
from .reverse_expressions import Adjoint, Contribution
from .reverse_node import Node, ReverseParts
from .shadows import ACCUMULATE, ADD_INTO, OWN, ZEROS, Shadow, State, add_to, contribute, is_fresh, mode_of
from .sharing import share
from .substitution import statement_reads, substitute_statement

OUT = "<out> "
LENT = {"owned": "borrowed", "owned tree": "tree"}
MOVED_OUT = "srcgrad.runtime.moved_out"


class Contributions(ReverseParts):
    """From what a statement contributes to the lines that add it up."""

    def changed_node(self, s: ir.Stmt, lines: list[ir.Stmt], names: Temporaries, target: str) -> Node:
        node = self.with_results(s, lines)
        node.lines = share(node.lines, names, target)
        return node

    def finish(
        self, s: ir.Stmt, adjoint: Adjoint, taken: State, state: State, moved: dict[str, ir.Expr] | None = None
    ) -> Node:
        """Turn contributions into statements: those to other names first, those to the targets last.

        `moved`: names that shadows of followed targets have been given, for what they hold after the statement.
        """
        first: list[ir.Stmt] = []
        if moved is None:
            moved, first = self.moved(s, adjoint)
        taken = {n: shadow for n, shadow in taken.items() if n not in self.following.followed}
        others = [c for c in adjoint.contributions if root(c.place) not in taken]
        selves = [c for c in adjoint.contributions if root(c.place) in taken]
        lines = list(adjoint.ordered)
        simple = all(isinstance(c.place, ir.Name) and self.views.place(c.place.id, s) is None for c in selves)
        if selves and not simple:
            lines, others = self.renamed(lines, others + selves, taken, adjoint.names)
            selves = []
        taken = self.still_owned(taken, others, state)
        for c in others:
            lines += self.contribution(c, state)
        if selves:
            lines += self.self_contributions(selves, taken, state)
        node = self.with_results(s, lines)
        node.lines = share(self.following.if_copied(s, moved, node.lines), adjoint.names, adjoint.target)
        node.first, node.before = first, frozenset(moved)
        return node

    def moved(self, s: ir.Stmt, adjoint: Adjoint) -> tuple[dict[str, ir.Expr], list[ir.Stmt]]:
        """Shadows of followed targets out of the way of contributions to what these named before."""
        moves = self.following.moves(s, {root(c.place) for c in adjoint.contributions}, adjoint.names)
        adjoint.ordered = [substitute_statement(x, moves) for x in adjoint.ordered]
        adjoint.contributions = [replace(c, value=substitute(c.value, moves)) for c in adjoint.contributions]
        in_place = {self.names.adjoint(n) for n in self.instance.updated & self.following.mirror.names}
        first = [
            ir.Assign((new.id,), (call(MOVED_OUT, ir.Name(d)) if d in in_place else ir.Name(d),))
            for d, new in moves.items() if isinstance(new, ir.Name)
        ]  # fmt: skip
        return moves, list[ir.Stmt](first)

    def still_owned(self, taken: State, others: list[Contribution], state: State) -> State:
        """The targets' adjoints after `d_x = d_t`: memory with two names is not changed in place."""
        given = [c.value for c in others if root(c.place) not in state and not is_fresh(c.value)]
        lent = frozenset().union(*map(reads, given))
        return {
            n: replace(shadow, mode=LENT.get(shadow.mode, shadow.mode)) if self.names.adjoint(n) in lent else shadow
            for n, shadow in taken.items()
        }

    def renamed(
        self, lines: list[ir.Stmt], contributions: list[Contribution], taken: State, names: Temporaries
    ) -> tuple[list[ir.Stmt], list[Contribution]]:
        """Move the targets' adjoints out of the way: `d_x_new = d_x`, so that d_x can be built up afresh."""
        moves: dict[str, ir.Name] = {}
        for name in taken:
            moves[self.names.adjoint(name)] = ir.Name(names.fresh(f"{self.names.adjoint(name)}_new"))
        swaps: dict[str, ir.Expr] = dict(moves)
        moved = [replace(c, value=substitute(c.value, swaps)) for c in contributions]
        used = set().union(*(statement_reads(x) for x in lines), *(reads(c.value) for c in contributions))
        first: list[ir.Stmt] = [ir.Assign((new.id,), (ir.Name(old),)) for old, new in moves.items() if old in used]
        return first + [substitute_statement(x, swaps) for x in lines], moved

    def contribution(self, c: Contribution, state: State) -> list[ir.Stmt]:
        name = root(c.place)
        if name in self.following.mirror.names:
            return self.following.mirror.contribution(c, self.current_kind)
        kind = self.instance.kind_of_name(name)
        viewed = self.views.place(name, self.current) is not None
        if isinstance(c.place, ir.Name) and not viewed:
            if name in self.appended and name not in state:  # appending is undone by taking items off its list
                state[name] = Shadow("owned tree", c.dense)
                value = call("builtins.list", c.value) if isinstance(kind, k.Seq) and not is_list(c.value) else c.value
                return [ir.Assign((self.names.adjoint(name),), (call(OWN, value),))]
            of_rank_zero = isinstance(kind, k.Num) and kind.kind == "array" and kind.dims == ()
            if name in self.names.changed and of_rank_zero:
                c = replace(c, value=call("numpy.array", c.value))  # arithmetic on rank 0 gives scalars
            old = state.get(name)
            if old is None and isinstance(kind, k.Num):
                c = replace(c, value=taken_out(c.value, kind, self.kind_of_adjoint(c.value)))
            line = contribute(state, self.names, name, kind, c.value, c.dense)
            if name in self.names.changed and of_rank_zero and isinstance(line, ir.Assign):
                line = replace(line, values=(as_array(line.values[0]),))
            if old is not None and isinstance(line, ir.Assign | ir.Eval):
                self.drop_views(name, state)
            return [line]
        found = self.owned(name, state)
        target = self.names.adjoint(name)
        state[name] = replace(state[name], dense=False)
        if isinstance(c.place, ir.Name):
            if isinstance(c.kind if isinstance(kind, k.Unknown) else kind, k.Seq | k.Dict):
                self.drop_views(name, state)
                return [*found, ir.Eval(call(ADD_INTO, ir.Name(target), c.value))]
            return [*found, add_to(ir.Name(target), c.value)]
        place = rerooted(c.place, target)
        assert isinstance(place, ir.Index)
        if name in self.following.followed and isinstance(kind, k.Seq) and isinstance(place.base, ir.Name):
            return [*found, add_to(ir.Index(place, ir.Const(...)) if kind.kind == "tuple" else place, c.value)]
        line = place_update(place, c.value, self.evaluate_name(c.place, kind), self.current_kind)
        if isinstance(line, ir.Store):
            self.drop_views(name, state)  # an item that was an array is another one now
        return [*found, line]

    def kind_of_adjoint(self, e: ir.Expr) -> k.Kind:
        """The kind of the target of the current statement whose adjoint `e` is; a number, if it is none."""
        for n in bound_names(self.current):
            if e == ir.Name(self.names.adjoint(n)):
                return self.instance.kind_of_name(n)
        return k.Num("scalar", None, ())

    def self_contributions(self, selves: list[Contribution], taken: State, state: State) -> list[ir.Stmt]:
        """`x = x + f(x)`: the adjoint of the old x replaces that of the new one, all at once."""
        totals: dict[str, ir.Expr] = {}
        dense: dict[str, bool] = {}
        for c in selves:
            name = root(c.place)
            container = isinstance(c.kind, k.Seq | k.Dict)
            added = partial(call, ACCUMULATE) if container else plus
            totals[name] = added(totals[name], c.value) if name in totals else c.value
            dense[name] = dense.get(name, True) and c.dense
        found: list[ir.Stmt] = []
        for name, total in totals.items():
            kind = self.instance.kind_of_name(name)
            if isinstance(kind, k.Num) and kind.is_scalar:
                totals[name] = total = as_number(total)
            state[name] = Shadow(mode_of(kind, is_fresh(total)), dense[name])
            for other, shadow in taken.items():
                if total == ir.Name(self.names.adjoint(other)) and list(totals.values()).count(total) == 1:
                    state[name] = replace(shadow, dense=dense[name])  # the memory changes hands
        if len(totals) == 1:
            ((name, total),) = totals.items()
            target = ir.Name(self.names.adjoint(name))
            match total:
                case ir.Name(n) if n == target.id:
                    state[name] = taken[name]
                case ir.Call("operator.add" | "operator.sub" as op, (ir.Name(n), rest)) if n == target.id and taken[
                    name
                ].mode in ("scalar", "owned"):
                    state[name] = replace(taken[name], dense=dense[name])
                    found.append(add_to(target, rest) if op == "operator.add" else ir.Update(target, op, rest))
                case _:
                    found.append(ir.Assign((target.id,), (total,)))
            return found
        targets = tuple(self.names.adjoint(n) for n in totals)
        return [ir.Assign(targets, tuple(totals.values()))]

    def with_results(self, s: ir.Stmt, lines: list[ir.Stmt]) -> Node:
        """Decide whether `out` in a formula is the target's new value or must be computed again."""
        values = dict(zip(s.names, s.values, strict=True)) if isinstance(s, ir.Assign) else {}
        if isinstance(s, ir.Unpack) and isinstance(s.target, ir.Display):
            parts = [(n.id, ir.Index(s.value, ir.Const(i))) for i, n in enumerate(s.target.items)
                     if isinstance(n, ir.Name)]  # fmt: skip
            values.update(parts)
        used = set().union(*(statement_reads(x) for x in lines), set())
        wanted = {n for n in values if OUT + n in used}
        after: set[str] = set()
        moves: dict[str, ir.Expr] = {}
        for n in wanted:
            if n in used or any(n in reads(v) and OUT + m in used for m, v in values.items() if m != n):
                moves[OUT + n] = values[n]
            else:
                moves[OUT + n] = ir.Name(n)
                after.add(n)
        return Node(s, lines=[substitute_statement(x, moves) for x in lines], after=frozenset(after))


def is_list(e: ir.Expr) -> bool:
    """Whether an adjoint is certainly a list, and no array."""
    return isinstance(e, ir.Display) or isinstance(e, ir.Call) and e.op in ("builtins.list", ZEROS, OWN)


def as_array(e: ir.Expr) -> ir.Expr:
    """A value of rank 0 as an array: the sum of two arrays is a scalar."""
    match e:
        case ir.Call("operator.add" | "operator.sub" as op, (a, ir.Call("numpy.array", (b,), ()))):
            return call("numpy.array", ir.Call(op, (a, b)))
    return e
