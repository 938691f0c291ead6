"""Both sweeps put together: the user's statements with what is saved, then the reverse nodes with what is restored."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from ..analysis import kinds as k
from ..analysis.saves import Plan
from ..analysis.scopes import Key, arm_key
from ..analysis.sharing import may_share
from ..frontend.checkpoints import plain
from ..frontend.lower import raises
from ..ir import nodes as ir
from ..ir.build import call
from ..ir.walk import reads, root
from . import checkpoints
from .contents import put_back, saved, stack_for
from .following import Followed
from .names import Names
from .reverse_control import completed_body
from .reverse_node import Node

BRANCHES = "branch_stack"


@dataclass
class Sweeps:
    """The two halves of a derivative function; `setup` makes the empty stacks and counters; `kept` are names of what
    is saved once."""

    setup: list[ir.Stmt] = field(default_factory=list)
    forward: list[ir.Stmt] = field(default_factory=list)
    reverse: list[ir.Stmt] = field(default_factory=list)
    stacks: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


class Assembler:
    """`rewrite(stmt)` gives the forward statement to run instead of a user's (a call of a forward half);
    `extra(stmt)` the names that one binds besides; `following` the shadows bound along."""

    def __init__(
        self,
        plan: Plan,
        nodes: dict[int, Node],
        names: Names,
        trips: dict[int, str],
        rewrite: Any,
        extra: Any,
        updated: set[str],
        following: Followed,
    ) -> None:
        self.plan, self.nodes, self.names, self.trips, self.rewrite = plan, nodes, names, trips, rewrite
        self.extra, self.updated, self.following = extra, updated, following
        self.kind_at = following.kind_at
        self.used: dict[str, str] = {}
        self.branches: dict[int, str] = {}
        self.enclosing: list[str] = []
        self.carried: dict[int, Any] = {}  # by checkpointed loop, what a snapshot holds
        self.schedules: dict[int, str] = {}
        self.kept: dict[str, str] = {}

    def sweeps(self, block: ir.Block, nodes: list[Node]) -> Sweeps:
        forward = self.forward(block)
        reverse = self.reverse(block)
        found = Sweeps(forward=forward, reverse=reverse)
        found.stacks = sorted([*self.used.values(), *self.kept.values()]) + sorted(
            set(self.branches.values()), key=lambda n: (n.rstrip("_") != BRANCHES, n)
        )
        found.stacks += sorted(self.following.mirror.stacks.values())
        found.setup = [ir.Assign((n,), (ir.Const(None),)) for n in self.plan.unset]
        found.setup += [ir.Assign((n,), (ir.Display("list", ()),)) for n in found.stacks]
        found.setup += self.following.setup()
        return found

    def stack(self, name: str) -> str:
        if name not in self.used:
            self.used[name] = self.names.stack(name)
        return self.used[name]

    def states(self, name: str) -> str:
        """The list of the snapshots of a name."""
        if name not in self.kept:
            self.kept[name] = self.names.fresh(f"{name}_states")
        return self.kept[name]

    @property
    def action(self) -> str:
        """What a checkpointed loop does next."""
        found = "action"
        while found in self.names.user:
            found += "_"
        return self.names.derived(found)

    def branch_stack(self, s: ir.If) -> str:
        """The stack for the condition of a branch; one inside another needs a stack of its own."""
        if id(s) not in self.branches:
            subject = next(iter(sorted(reads(s.test))), "inner")
            plain = f"{BRANCHES}_" if BRANCHES in self.names.user else BRANCHES
            tries = [plain, f"{subject}_{BRANCHES}", *(f"{subject}_{e}" for e in self.enclosing)]
            others = {*self.enclosing, *self.names.user, *self.used.values()}
            name = next((n for n in tries if n not in others), tries[-1] + "_")
            self.branches[id(s)] = self.names.derived(name)
        return self.branches[id(s)]

    def push(self, name: str) -> ir.Push:
        """Save a value: by reference, but a copy of an array that is changed in place."""
        value: ir.Expr = ir.Name(name)
        return ir.Push(self.stack(name), call("numpy.copy", value) if name in self.updated else value)

    def push_contents(self, s: ir.Stmt) -> list[ir.Stmt]:
        """Save parts of memory before they are overwritten."""
        kind = self.kind_at(s)
        values = [(p, saved(s, p, kind)) for p in self.plan.contents.get(id(s), [])]
        return [self.if_bound(s, p, ir.Push(self.stack(stack_for(s, p, kind)), v)) for p, v in values if v is not None]

    def restored(self, s: ir.Stmt) -> list[ir.Stmt]:
        """Put back what a statement overwrote."""
        kind = self.kind_at(s)
        places = reversed(self.plan.contents.get(id(s), []))
        lines = [(p, put_back(s, p, lambda p=p: ir.Name(self.stack(stack_for(s, p, kind))), kind)) for p in places]  # type: ignore[misc]
        return [self.if_bound(s, p, line) for p, line in lines]

    def if_bound(self, s: ir.Stmt, place: ir.Expr, line: ir.Stmt) -> ir.Stmt:
        """A line about the contents of a name that may be None here: that is, or stands for one that is not bound."""
        absent = root(place) in self.plan.unset or isinstance(self.kind_at(s)(place), k.Maybe)
        if not absent or not isinstance(s, ir.If | ir.For | ir.While):
            return line
        return ir.If(ir.Compare(ir.Name(root(place)), ("is not",), (ir.Const(None),)), (line,))

    # ----- forward -----

    def forward(self, block: ir.Block) -> list[ir.Stmt]:
        found: list[ir.Stmt] = []
        for position, s in enumerate(block):
            if not is_continuation(block, position):
                assert position == 0 or not is_same_text(block[position - 1], s), "a statement is written twice"
                for member in group(block, position):
                    found += self.push_contents(member)
                    found += [self.push(n) for n in self.plan.before.get(id(member), [])]
            found += self.forward_statement(s)
        return found

    def forward_statement(self, s: ir.Stmt) -> list[ir.Stmt]:
        match s:
            case ir.If():
                return self.forward_branch(s)
            case ir.For() | ir.While():
                return self.forward_loop(s)
        return [*self.following.before(s), self.rewrite(s), *self.following.after(s)]

    def forward_branch(self, s: ir.If) -> list[ir.Stmt]:
        if id(s) not in self.plan.conditions:
            return [replace(s, body=self.forward_arm(s, True), orelse=self.forward_arm(s, False))]
        stack = self.branch_stack(s)
        self.enclosing.append(stack)
        body, orelse = self.forward_arm(s, True), self.forward_arm(s, False)
        self.enclosing.pop()
        test = ir.Index(ir.Name(stack), ir.Const(-1))
        return [ir.Push(stack, self.condition(s)), ir.If(test, body, orelse, s.flat)]

    def forward_arm(self, s: ir.If, then: bool) -> ir.Block:
        return (*self.forward(s.body if then else s.orelse), *self.saves(arm_key(s, then)))

    def saves(self, scope: Key) -> list[ir.Stmt]:
        """What is pushed at the end of a scope."""
        return [self.push(n) for n in self.saved(scope)]

    def restores(self, scope: Key) -> list[ir.Stmt]:
        """What is there again where the reverse sweep enters a scope."""
        again = self.plan.again.get(scope, [])
        return [*self.pops(self.saved(scope)), *(ir.Assign(a.names, a.values) for a in again)]

    def saved(self, scope: Key) -> list[str]:
        again = {n for a in self.plan.again.get(scope, []) for n in a.names}
        return [n for n in self.plan.end.get(scope, []) if n not in again]

    def condition(self, s: ir.If) -> ir.Expr:
        """What decides a branch: of a list or array that may change later, whether it was true."""
        made = isinstance(s.test, ir.Compare) or isinstance(s.test, ir.Call) and not s.test.op.startswith(".")
        return s.test if made or not may_share(self.kind_at(s)(s.test)) else call("builtins.bool", s.test)

    def forward_loop(self, s: ir.For | ir.While) -> list[ir.Stmt]:
        node = self.nodes.get(id(s))
        if id(s) in self.carried:
            return checkpoints.forward_loop(self, s)
        loop, inner = self.following.opened(s, self.forward(s.body))
        if node is None:
            return [replace(plain(loop), body=tuple(inner))]
        ends = self.saves(id(s))
        trips = self.trips.get(id(s))
        count = [ir.Update(ir.Name(trips), "operator.add", ir.Const(1))] if trips else []
        setup: list[ir.Stmt] = [ir.Assign((trips,), (ir.Const(0),))] if trips else []
        if node.completed_only:
            body = at_ends(inner, [*ends, *count], breaks=False)
        else:
            body = [*count, *at_ends(inner, ends, breaks=True)]
        return [*setup, replace(loop, body=tuple(body))]

    # ----- reverse -----

    def reverse(self, block: ir.Block) -> list[ir.Stmt]:
        return [line for s in reversed(block) for line in self.reverse_statement(s)]

    def pops(self, names: list[str]) -> list[ir.Stmt]:
        return [ir.Pop(n, self.stack(n)) for n in reversed(names)]

    def reverse_statement(self, s: ir.Stmt) -> list[ir.Stmt]:
        node = self.nodes.get(id(s))
        restored = [*self.pops(self.plan.before.get(id(s), [])), *self.restored(s)]
        match s:
            case ir.If() if id(s) in self.plan.branches:
                node = node if node is not None else Node(s)
                return [*node.first, *self.reverse_branch(s, node), *restored]
            case ir.For() | ir.While() if node is not None:
                return [*node.first, *self.reverse_loop(s, node), *restored]
        lines = [*self.permuted_back(s), *(node.lines if node is not None else [])]
        if not lines and not restored:
            return list(node.first) if node is not None else []
        kept = self.extra(s) if node is None else node.after | (self.extra(s) - node.before)  # read as it left them
        names = self.plan.before.get(id(s), [])
        early = self.pops([n for n in names if n not in kept])
        late = self.pops([n for n in names if n in kept])
        contents = self.restored(s)
        if contents:
            roots = {root(p) for p in self.plan.contents[id(s)]}
            early, late = ([*early, *contents], late) if not roots & kept else (early, [*late, *contents])
        head = [ir.Comment("source", s.origin)] if s.origin is not None else []
        return [*(node.first if node else []), *head, *early, *lines, *late]

    def permuted_back(self, s: ir.Stmt) -> list[ir.Stmt]:
        """Names that traded places, primal and shadows, trade them again."""
        moved = self.plan.permuted.get(id(s), {})
        shadows = self.following.shadows_bound(s)
        parts = [{n: v for n, v in moved.items() if (n in shadows) == own} for own in (False, True)]
        return [ir.Assign(tuple(p.values()), tuple(map(ir.Name, p))) for p in parts if p]

    def reverse_branch(self, s: ir.If, node: Node) -> list[ir.Stmt]:
        if raises(s.body) or raises(s.orelse):  # the other way is the only one that leads here
            return self.reverse_arm(s, not raises(s.body))
        body = [*self.reverse_arm(s, True), *node.last]
        orelse = [*self.reverse_arm(s, False), *node.last_else]
        saved = id(s) in self.plan.conditions
        if not body and not orelse:
            return [ir.Eval(call(".pop", ir.Name(self.branch_stack(s))))] if saved else []
        test = call(".pop", ir.Name(self.branch_stack(s))) if saved else s.test
        if not body:
            return [ir.If(ir.Call("operator.not_", (test,)), tuple(orelse))]
        return [ir.If(test, tuple(body), tuple(orelse))]

    def reverse_arm(self, s: ir.If, then: bool) -> list[ir.Stmt]:
        return [*self.restores(arm_key(s, then)), *self.reverse(s.body if then else s.orelse)]

    def reverse_loop(self, s: ir.For | ir.While, node: Node) -> list[ir.Stmt]:
        if id(s) in self.carried:
            return checkpoints.reverse_loop(self, s, node)
        inner = completed_body(s.body) if node.completed_only else s.body
        body = [*self.restores(id(s)), *self.reverse(inner), *node.last]
        return [ir.For(self.reverse_target(s), self.reverse_range(s), tuple(body))] if body else []

    def reverse_target(self, s: ir.For | ir.While) -> str:
        return s.target if isinstance(s, ir.For) else self.names.unused

    def reverse_range(self, s: ir.For | ir.While) -> ir.Expr:
        trips = self.trips.get(id(s))
        if isinstance(s, ir.While):
            assert trips is not None
            return call("builtins.range", ir.Name(trips))
        inner = s.iterable
        if trips is not None:
            inner = first_trips(s.iterable, ir.Name(trips))
        match inner:
            case ir.Call("builtins.reversed", (plain,)):
                return plain
        return call("builtins.reversed", inner)


def first_trips(iterable: ir.Expr, trips: ir.Expr) -> ir.Expr:
    match iterable:
        case ir.Call("builtins.range", (_,), ()):
            return call("builtins.range", trips)
        case ir.Call("builtins.reversed", (plain,)):
            backwards = ir.Index(plain, ir.Slice(None, None, ir.Const(-1)))
            return ir.Index(backwards, ir.Slice(None, trips, None))
    return ir.Index(iterable, ir.Slice(None, trips, None))


def is_same_text(a: ir.Stmt, b: ir.Stmt) -> bool:
    """Whether two statements that do not belong together would both be written as one statement of the source."""
    return b.origin is not None and a.origin is b.origin and not b.origin.edited


def is_continuation(block: Any, position: int) -> bool:
    """Whether a statement belongs to the source statement of the one before (`a = b = e`)."""
    s = block[position]
    return bool(getattr(s, "implicit", False)) and position > 0 and block[position - 1].origin is s.origin


def group(block: Any, position: int) -> list[ir.Stmt]:
    found = [block[position]]
    while position + 1 < len(block) and is_continuation(block, position + 1):
        position += 1
        found.append(block[position])
    return found


def at_ends(block: list[ir.Stmt], added: list[ir.Stmt], breaks: bool) -> list[ir.Stmt]:
    """`added` at every end of an iteration: at its fall-through, before `continue`, before `break` if `breaks`."""
    if not added:
        return block
    if not block:
        return list(added)
    *front, last = block
    match last:
        case ir.Break():
            return [*front, *added, last] if breaks else block
        case ir.Continue():
            return [*front, *added, last]
        case ir.If() if leaves_inside(last):
            body = tuple(at_ends(list(last.body), added, breaks))
            orelse = tuple(at_ends(list(last.orelse), added, breaks))
            return [*front, replace(last, body=body, orelse=orelse)]
        case ir.Opaque("raise"):
            return block
    return [*block, *added]


def leaves_inside(s: ir.If) -> bool:
    from ..frontend.lower import exits

    return bool(exits((s,)))
