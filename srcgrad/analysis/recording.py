"""What has to be saved for the reverse sweep, where, and how (to-be-recorded analysis).

Going forward, a name is required as long as a line of the reverse sweep still has to read its present value
(Hascoet, Naumann, Pascual, "To be recorded" analysis in reverse-mode automatic differentiation, 2005).  When a
statement overwrites a required name, the value is saved just before it; a name that starts anew in every iteration,
or each time a branch is taken, is saved at the end of its scope instead (see `scopes`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..frontend.lower import exits, raises
from ..ir import nodes as ir
from ..ir.walk import bound_names, reads, statements, subexpressions
from .aliases import Aliases
from .lent import Terms, without_handed
from .rebinding import NONE, Names, block_rebinds, definite, header_names, never_rebound, rebound_names
from .relation import ENTRY, TANGLED
from .required import BINDING, MEMORY, Flow, filled, is_needed, meet, only_bindings, without_contents
from .saves import Plan, Saves
from .scopes import Arm, Loop, Scope, cheap_test, given_again, operands


class Recorder(Saves):
    """`nodes`: reverse nodes by id of their statement; `reverse_reads(stmts)`: the primal names some lines read;
    `extra(stmt)`: names the forward sweep binds besides (what a callee saves, trip counters); `is_view(assignment)`:
    whether it gives a part of memory that has a name already; `permutation(stmt)`: of `a, b = b, a` the name from
    which each name takes its value."""

    def __init__(
        self, nodes: dict[int, Any], reverse_reads: Any, extra: Any, block: ir.Block, aliases: Aliases, is_view: Any,
        permutation: Any, terms: Terms,
    ) -> None:  # fmt: skip
        super().__init__(aliases)
        self.nodes, self.read_by, self.extra, self.permutation = nodes, reverse_reads, extra, permutation
        self.is_view, self.terms = is_view, terms
        self.ever = NONE  # all that is required at any time
        self.changed = aliases.changed_later()
        self.never = never_rebound(block)
        self.volatile = NONE

    @property
    def fixed(self) -> Names:
        return self.never - self.changed - self.volatile

    def run(self, block: ir.Block, params: Iterable[str], kept: Names, lent: Iterable[str]) -> Plan:
        """`kept` are names of which the value they start with is needed at the end of the reverse sweep; `lent`
        parameters of which the memory is."""
        needed = kept.union(*((MEMORY + n, MEMORY + ENTRY + n) for n in lent))
        for _ in range(200):
            before = self.snapshot()
            self.plan.before = {}
            self.plan.contents = {}
            self.plan.permuted = {}
            self.plan.conditions, self.plan.branches = set(), set()
            self.missing = []
            self.settled = {key: tuple(names) for key, names in self.plan.end.items()}
            self.block(block, Flow(needed, frozenset(params) | frozenset(self.plan.unset)))
            if self.plan.count_all:
                return self.plan
            if self.snapshot() == before:
                if not self.missing:
                    return self.plan
                self.plan.unset += self.missing
        raise AssertionError("what to save does not settle")

    def snapshot(self) -> Any:
        return ({key: list(v) for key, v in self.plan.end.items()}, list(self.plan.unset), dict(self.end_bound))

    # ----- statements -----

    def block(self, block: ir.Block, flow: Flow) -> Flow:
        for s in block:
            if not flow.live:
                return flow
            flow = self.statement(s, flow)
        return flow

    def reverse_reads(self, lines: list[ir.Stmt]) -> Names:
        found: Names = self.read_by(lines)
        self.ever |= found
        return found

    def statement(self, s: ir.Stmt, flow: Flow) -> Flow:
        found = self.walked(s, flow)
        self.ever |= found.required
        return found

    def walked(self, s: ir.Stmt, flow: Flow) -> Flow:
        node = self.nodes.get(id(s))
        match s:
            case ir.Break():
                self.innermost.exits.append(self.at_end(flow, self.innermost))
                return Flow(NONE, NONE, False)
            case ir.Continue():
                self.innermost.ends.append(self.at_end(flow, self.innermost))
                return Flow(NONE, NONE, False)
            case ir.Opaque("raise"):
                return Flow(NONE, NONE, False)
            case ir.If() if node is not None or exits((s,)):
                return self.branch(s, node, flow)
            case ir.For() | ir.While() if id(s) in self.carried:
                return self.checkpointed(self, s, node, flow)
            case ir.For() | ir.While() if node is not None:
                return self.loop(s, node, flow)
        return self.simple(s, node, flow)

    def simple(self, s: ir.Stmt, node: Any, flow: Flow) -> Flow:
        """A statement without reverse control: also a loop or branch in which nothing is active."""
        moved = self.permutation(s)
        if moved and moved.keys() <= flow.bound and (node is None or not self.reverse_reads(node.lines)):
            return self.permuted(s, moved, flow)
        certain = frozenset(rebound_names(s)) | self.extra(s)
        targets = certain | block_rebinds((s,)).union(*(self.extra(x) for x in statements((s,))))
        if isinstance(s, ir.If | ir.For | ir.While):
            certain = definite(s)
        lending = node.lending if node is not None else None
        lines = self.lines_read(s, node, flow) if node is not None else NONE
        after = node.after if node is not None else NONE
        extra = self.extra(s) - (node.before if node is not None else NONE)
        required = flow.required | (lines - after - extra)
        required |= self.save_contents(s, node, required, flow.bound)
        for name in {filled(place) for place in self.plan.contents.get(id(s), ())} - targets:
            if self.is_array(name):
                required = without_contents(required, name, name in self.never)
        given = self.terms.given(lending) if lending is not None else NONE
        self.ever |= given | required
        given &= self.changed
        required |= frozenset(MEMORY + n for n in given - targets)
        for name in sorted(n for n in targets if is_needed(n, required)):
            self.save(name, s, flow.bound)
        first = self.reverse_reads(node.first) if node is not None else NONE
        kept = self.without(s, required | frozenset(MEMORY + n for n in given & targets), targets)
        kept |= frozenset(MEMORY + n for n in given & targets)
        kept |= frozenset(  # saved by reference, and still the memory of the name where it was not bound anew
            MEMORY + n for n in (targets - certain) & self.changed if n in required or MEMORY + n in required
        )
        return Flow(kept | after | first | (lines & extra), flow.bound | certain)

    def lines_read(self, s: ir.Stmt, node: Any, flow: Flow) -> Names:
        """What the lines of a node read; with those of a call, what has to be there again once it is walked back."""
        if node.lending is None:
            return self.reverse_reads(node.lines)
        lines = self.reverse_reads(without_handed(node.lines, node.lending))
        self.terms.note_needed(node.lending, flow.required | lines, self.aliases, s)
        return lines | self.terms.handed(node.lines, node.lending)

    def permuted(self, s: ir.Stmt, moved: dict[str, str], flow: Flow) -> Flow:
        """Nothing is overwritten where names trade places: what is needed of one is needed of another from now on."""
        now = {old: new for new, old in moved.items()}
        plain = {r: r.lstrip(BINDING + MEMORY) for r in flow.required}
        if any(n in now for n in plain.values()):
            self.plan.permuted[id(s)] = moved
            self.note_push()
        return Flow(frozenset(r.removesuffix(n) + now.get(n, n) for r, n in plain.items()), flow.bound)

    def without(self, s: ir.Stmt, required: Names, targets: Names) -> Names:
        """What is still needed when names are bound anew: the memory they left, if others refer to it."""
        if not targets:
            return required
        left = NONE
        for n in targets:
            if n in required or MEMORY + n in required:
                others = self.aliases.with_names(s, {n}) - targets
                others |= self.bound_to(s, n)
                left |= frozenset(MEMORY + m for m in others if m != TANGLED)
        gone = frozenset(p + n for n in targets for p in ("", BINDING, MEMORY))
        return (required - gone) | left

    def bound_to(self, s: ir.Stmt, name: str) -> Names:
        """The names that a statement binds to memory of a name; of a branch, by way of others that it binds, too."""
        bound = [item for x in statements((s,)) for item in self.aliases.bound.get(id(x), {}).items()]
        found = frozenset(m for m, shared in bound if name in shared)
        while isinstance(s, ir.If | ir.For | ir.While):
            more = found | {m for m, shared in bound if shared & found}
            if more == found:
                break
            found = more
        return found

    # ----- control -----

    def branch(self, s: ir.If, node: Any, flow: Flow) -> Flow:
        start_then = self.reverse_reads(node.last) if node is not None else NONE
        start_else = self.reverse_reads(node.last_else) if node is not None else NONE
        then = self.arm(s, True, Flow(flow.required | start_then, flow.bound))
        other = self.arm(s, False, Flow(flow.required | start_else, flow.bound))
        result = meet([then, other])
        if node is None and not self.saves_inside(s):
            return result
        self.plan.branches.add(id(s))
        required = result.required | (self.reverse_reads(node.first) if node is not None else NONE)
        if raises(s.body) or raises(s.orelse):
            return Flow(required, result.bound, result.live)
        if self.can_test_again(s):
            required |= reads(s.test) & self.reverse_primal()
        else:
            self.plan.conditions.add(id(s))
            self.note_push()
        return Flow(required, result.bound, result.live)

    def arm(self, s: ir.If, then: bool, flow: Flow) -> Flow:
        """One side of a branch. Control that leaves it early would go past its saves."""
        scope = Arm(s, then)
        if not scope.block or exits(scope.block):
            return self.block(scope.block, flow)
        self.scopes.append(scope)
        end = self.block(scope.block, flow)
        self.scopes.pop()
        if not end.live:
            return end
        self.end_bound[scope.key] = end.bound
        if self.plan.end.get(scope.key):
            self.note_push()
        return self.at_end(end, scope)

    def reverse_primal(self) -> Names:
        return self.fixed

    def can_test_again(self, s: ir.If) -> bool:
        """The condition is cheap, and nothing it reads ever changes."""
        return reads(s.test) <= self.fixed and all(cheap_test(e) for e in subexpressions(s.test))

    def loop(self, s: ir.For | ir.While, node: Any, flow: Flow) -> Flow:
        header = header_names(s)
        target = frozenset(bound_names(s)) | self.extra(s) | header
        for name in sorted(n for n in target if is_needed(n, flow.required)):
            self.save(name, s, flow.bound)
        at_start = self.reverse_reads(node.last)
        required = self.without(s, flow.required, target)
        path = {id(x) for x in s.body} if node.completed_only else set()
        while True:
            context = Loop(s)
            self.scopes.append(context)
            inside = Flow(self.without(s, required, target) | at_start, flow.bound | target)
            end = self.body(s, inside, path)
            self.scopes.pop()
            if end.live:
                context.ends.append(self.at_end(end, context))
            joined = meet(context.ends)
            pushed = joined if node.completed_only else meet([*context.ends, *context.exits])
            self.end_bound[id(s)] = pushed.bound if pushed.live else NONE
            self.save_at_end(s, frozenset(n for n in header if is_needed(n, joined.required)))
            again = required | self.without(s, joined.required, target)
            if again == required:
                break
            required = again
        result = meet([Flow(required, flow.bound), *context.exits])
        trips = frozenset(reads(s.iterable)) if isinstance(s, ir.For) else NONE
        needed = result.required | trips | self.extra(s) | self.reverse_reads(node.first)
        if isinstance(s, ir.While) and isinstance(s.test, ir.Const) and s.test.value:
            exits = meet(context.exits)
            return Flow(needed, exits.bound | self.extra(s), exits.live)
        return Flow(needed, result.bound | self.extra(s))

    def body(self, s: ir.For | ir.While, flow: Flow, path: set[int]) -> Flow:
        for inner in s.body:
            if not flow.live:
                break
            if id(inner) in path:
                flow = self.exit_path_statement(s, inner, flow)
            else:
                flow = self.statement(inner, flow)
        return flow

    def exit_path_statement(self, s: ir.For | ir.While, inner: ir.Stmt, flow: Flow) -> Flow:
        """A statement that also runs in the unfinished iteration, where no push may happen."""
        if isinstance(inner, ir.If) and inner.body and isinstance(inner.body[-1], ir.Break):
            self.in_exit_path.append(s)
            then = self.block(inner.body, flow)
            self.in_exit_path.pop()
            return meet([then, self.block(inner.orelse, flow)])
        self.in_exit_path.append(s)
        result = self.statement(inner, flow)
        self.in_exit_path.pop()
        return result

    @property
    def innermost(self) -> Loop:
        return next(scope for scope in reversed(self.scopes) if isinstance(scope, Loop))

    def at_end(self, flow: Flow, scope: Scope) -> Flow:
        """What is still required once the scope's own saves are made."""
        names = self.plan.end.get(scope.key, [])
        self.plan.again[scope.key] = again = self.given_again(scope) if names else []
        read = NONE.union(*(operands(a, self.is_view) for a in again)) & self.known_names(scope)
        read -= only_bindings(frozenset(names)) | frozenset(names)
        self.ever |= flow.required | read
        needed = flow.required - frozenset(p + n for n in names for p in ("", BINDING))
        memory = frozenset(MEMORY + n for n in names if n in flow.required and n in self.changed)
        return Flow(needed | memory | read, flow.bound, flow.live)

    def given_again(self, scope: Scope) -> list[ir.Assign]:
        changed = self.aliases.changed_later(scope.block) | self.volatile
        found = given_again(scope.block, self.plan.end[scope.key], changed, self.is_view)
        return [a for a in found if not self.is_fleeting(a)]

    def known_names(self, scope: Scope) -> Names:
        known = self.names_of_function - scope.targets
        return known | only_bindings(known)

    carried: Any = {}  # by checkpointed loop, what a snapshot holds; `checkpointed` is then used for it
    checkpointed: Any = None
    is_array: Any = staticmethod(lambda name: False)
    is_fleeting: Any = staticmethod(lambda s: False)  # does an assignment read what may be another value later
