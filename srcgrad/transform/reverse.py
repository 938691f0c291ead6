"""The reverse sweep: statements backwards, each with its adjoint, under a state that says which adjoints live.

    y = np.sin(x)        ->        d_x += d_y * np.cos(x)

The result mirrors the forward program: one `Node` per statement that has an adjoint.  What must be saved for it
is decided afterwards, from the names the nodes read (`analysis.recording`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from ..analysis import kinds as k
from ..analysis.aliases import Aliases, Sharing
from ..analysis.container_changes import STRUCTURAL, is_container_change
from ..analysis.interpret import Instance
from ..analysis.passed import call_arguments, changed_parameters
from ..analysis.views import Views, path_root, rerooted
from ..ir import nodes as ir
from ..ir.build import call, plus
from ..ir.walk import bound_names, reads, root, statement_expressions, statements, substitute, target_names
from .changes import Change, owned
from .container_changes import ContainerChange
from .names import Names, Temporaries
from .reverse_expressions import Adjoint, Contribution, Cotangent, place_update, traits_of
from .shadows import OWN, ZEROS, Shadow, State, add_to, contribute, is_fresh, joined, mode_of, zero
from .sharing import share


@dataclass(eq=False)
class Node:
    """The reverse of one forward statement.

    `restores`: the lines themselves put back the memory that the statement changed; `given`: names of memory that
    a callee may have kept.

    `first` runs before everything else and reads names as they are after the statement, `lines` as they are
    before it (except `after`: names read as the statement leaves them), `last` as at the start of a block.
    """

    stmt: ir.Stmt
    first: list[ir.Stmt] = field(default_factory=list)
    lines: list[ir.Stmt] = field(default_factory=list)
    after: frozenset[str] = frozenset()
    body: list[Node] = field(default_factory=list)
    orelse: list[Node] = field(default_factory=list)
    last: list[ir.Stmt] = field(default_factory=list)
    last_else: list[ir.Stmt] = field(default_factory=list)
    completed_only: bool = False
    restores: bool = False
    given: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        return not (self.first or self.lines or self.body or self.orelse or self.last or self.last_else)


class Reverse:
    """Builds the reverse of one function.  `evaluate(stmt, expr)` gives the kind of an expression there."""

    def __init__(self, instance: Instance, evaluate: Any, names: Names, calls: Any, views: Views) -> None:
        self.instance, self.evaluate, self.names, self.calls, self.views = instance, evaluate, names, calls, views
        self.count_all_trips: set[int] = set()
        self.traits = traits_of(instance.body)
        self.appended = {
            path_root(s.place) for s in statements(instance.body)
            if isinstance(s, ir.Update) and s.op in ("append", *STRUCTURAL)
        }  # fmt: skip

    # ----- blocks -----

    def block(self, block: ir.Block, state: State) -> list[Node]:
        """Nodes in the order the reverse sweep runs them; `state` is changed to what holds before the block."""
        nodes = []
        for s in reversed(block):
            node = self.statement(s, state)
            if node is not None and not node.empty:
                nodes.append(node)
        return nodes

    def statement(self, s: ir.Stmt, state: State) -> Node | None:
        self.current = s
        match s:
            case ir.Assign():
                return self.assign(s, state)
            case ir.Unpack():
                return self.unpack(s, state)
            case ir.Update(ir.Name(name), "append", value):
                return self.append(s, name, value, state)
            case ir.Store() | ir.Update() if self.is_live(path_root(s.place), state):
                kind = self.kind_at(s)
                made: Any = ContainerChange if is_container_change(s, kind) else Change
                return made(self, s, state).node()  # type: ignore[no-any-return]
            case ir.Store() | ir.Update():
                return None
            case ir.If():
                return self.branch(s, state)
            case ir.For() | ir.While():
                return self.loop(s, state)
            case ir.Opaque(_, _, writes):
                for name in writes:
                    state.pop(name, None)
            case ir.Define(name):
                state.pop(name, None)
            case ir.Eval() | ir.Break() | ir.Continue():
                pass
            case _:
                raise AssertionError(f"not prepared for reverse mode: {s!r}")
        return None

    # ----- memory with several names -----

    def is_live(self, name: str, state: State) -> bool:
        """Whether memory may have a nonzero adjoint, under this name or the one it is a view of."""
        return name in state or self.views.base(name, self.current) in state

    def owned(self, name: str, state: State) -> list[ir.Stmt]:
        return owned(self, name, state)

    def drop_views(self, name: str, state: State) -> None:
        """The adjoint of `name` is other memory now: views of it are taken again when they are needed."""
        for n in [n for n, shadow in state.items() if shadow.mode == "view"]:
            if n != name and self.views.base(n, self.current) == self.views.base(name, self.current):
                del state[n]

    def changed_node(self, s: ir.Stmt, lines: list[ir.Stmt], names: Temporaries, target: str) -> Node:
        node = self.with_results(s, lines)
        node.lines = share(node.lines, names, target)
        return node

    def zero(self, name: str) -> ir.Stmt:
        return ir.Assign((self.names.adjoint(name),), (zero(name, self.instance.kind_of_name(name)),))

    def zero_shadow(self, name: str) -> Shadow:
        return Shadow(mode_of(self.instance.kind_of_name(name), True), False)

    # ----- assignments -----

    def assign(self, s: ir.Assign, state: State) -> Node | None:
        if self.views.made_by(s):
            state.pop(s.names[0], None)
            return None
        for n in s.names:
            self.drop_views(n, state)
        taken = {n: state.pop(n) for n in s.names if n in state}
        kind = self.kind_at(s)
        if len(s.values) == 1 and self.calls.is_call(self.instance, s.values[0]):
            return self.call(s, s.values[0], taken, state)
        pairs = zip(s.names, s.values, strict=True)
        live = [(n, v) for n, v in pairs if n in taken and kind(v).active and not k.only_functions(kind(v))]
        if not live:
            return None
        adjoint = Adjoint(kind, Temporaries(self.names), live[0][0], self.traits)
        for name, value in live:
            adjoint.root_value, adjoint.target = value, name
            cot = Cotangent(ir.Name(self.names.adjoint(name)), taken[name].dense)
            adjoint.pull(value, cot, ir.Name(OUT + name))
        return self.finish(s, adjoint, taken, state)

    def unpack(self, s: ir.Unpack, state: State) -> Node | None:
        taken = {n: state.pop(n) for n in target_names(s.target) if n in state}
        kind = self.kind_at(s)
        if self.calls.is_call(self.instance, s.value):
            return self.call(s, s.value, taken, state)
        if not taken or not kind(s.value).active:
            return None
        adjoint = Adjoint(kind, Temporaries(self.names), next(iter(taken)), self.traits)
        adjoint.root_value = s.value
        for place, name in unpacked(s.target, s.value):
            if name in taken and kind(s.value).active:
                adjoint.pull(place, Cotangent(ir.Name(self.names.adjoint(name)), False))
        node = self.finish(s, adjoint, taken, state)
        node.after |= frozenset(n for n in target_names(s.target) if n not in taken)
        return node

    def call(self, s: ir.Assign | ir.Unpack, value: ir.Expr, taken: State, state: State) -> Node | None:
        """A call of a user function: its backward half, if anything it computed matters."""
        called = self.instance.calls[id(value)]
        passed = call_arguments(called)
        changed = [root(passed[n]) for n in changed_parameters(called.instance) if n in passed]
        if not taken and not any(self.is_live(n, state) or n in taken for n in changed):
            return None
        kind = self.kind_at(s)
        targets = target_names(s.target) if isinstance(s, ir.Unpack) else s.names
        adjoint = Adjoint(kind, Temporaries(self.names), next(iter(targets), "result"), self.traits)
        adjoint.root_value = value
        target = s.target if isinstance(s, ir.Unpack) else ir.Name(s.names[0])
        cot = self.tree(target, taken)
        if any(self.views.base(n, s) in taken or n in taken for n in changed):  # `u = step(u)`
            moves: dict[str, ir.Expr] = {}
            for n in taken:
                new = adjoint.names.fresh(f"{self.names.adjoint(n)}_new")
                moves[self.names.adjoint(n)] = ir.Name(new)
                adjoint.ordered.append(ir.Assign((new,), (ir.Name(self.names.adjoint(n)),)))
            cot = substitute(cot, moves)
        self.calls.backward(s, value, cot, adjoint, state, self)
        node = self.finish(s, adjoint, taken, state)
        node.restores = True
        sharing = Sharing(kind, self.instance.calls, lambda c: c.aliases or Aliases())
        node.given = sharing.all_of(passed.values()) | frozenset(targets)
        node.after |= frozenset(n for n in targets if n not in taken)
        return node

    def tree(self, target: ir.Expr, taken: Any) -> ir.Expr:
        """The adjoint of a tuple from those of the names it was unpacked into; zeros where there is none."""
        match target:
            case ir.Name(name):
                return ir.Name(self.names.adjoint(name)) if name in taken else call(ZEROS, ir.Name(name))
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

    def kind_at(self, s: ir.Stmt) -> Any:
        return self.evaluate.at(self.instance, s)

    def finish(self, s: ir.Stmt, adjoint: Adjoint, taken: State, state: State) -> Node:
        """Turn contributions into statements: those to other names first, those to the targets last."""
        others = [c for c in adjoint.contributions if root(c.place) not in taken]
        selves = [c for c in adjoint.contributions if root(c.place) in taken]
        lines = list(adjoint.ordered)
        simple = all(isinstance(c.place, ir.Name) and self.views.place(c.place.id, s) is None for c in selves)
        if selves and not simple:
            lines, others = self.renamed(lines, others + selves, taken, adjoint.names)
            selves = []
        for c in others:
            lines += self.contribution(c, state)
        if selves:
            lines += self.self_contributions(selves, taken, state)
        node = self.with_results(s, lines)
        node.lines = share(node.lines, adjoint.names, adjoint.target)
        return node

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
        kind = self.instance.kind_of_name(name)
        viewed = self.views.place(name, self.current) is not None
        if isinstance(c.place, ir.Name) and not viewed:
            if name in self.appended and name not in state:  # appending is undone by taking items off its list
                state[name] = Shadow("owned tree", c.dense)
                value = call("builtins.list", c.value) if isinstance(kind, k.Seq) and not is_list(c.value) else c.value
                return [ir.Assign((self.names.adjoint(name),), (call(OWN, value),))]
            if name in self.names.changed and isinstance(kind, k.Num) and kind.kind == "array" and kind.dims == ():
                c = replace(c, value=call("numpy.array", c.value))  # arithmetic on rank 0 gives scalars
            old = state.get(name)
            line = contribute(state, self.names, name, kind, c.value, c.dense)
            if old is not None and isinstance(line, ir.Assign):
                self.drop_views(name, state)
            return [line]
        found = self.owned(name, state)
        target = self.names.adjoint(name)
        state[name] = replace(state[name], dense=False)
        if isinstance(c.place, ir.Name):
            if isinstance(kind, k.Seq | k.Dict):
                return [*found, ir.Eval(call("srcgrad.runtime.add_into", ir.Name(target), c.value))]
            return [*found, add_to(ir.Name(target), c.value)]
        place = rerooted(c.place, target)
        assert isinstance(place, ir.Index)
        return [*found, place_update(place, c.value, self.evaluate_name(c.place, kind), self.current_kind)]

    def evaluate_name(self, place: ir.Expr, kind: k.Kind) -> k.Kind:
        assert isinstance(place, ir.Index | ir.Attribute)
        return kind if isinstance(place.base, ir.Name) else self.current_kind(place.base)

    def current_kind(self, e: ir.Expr) -> k.Kind:
        return self.evaluate(self.instance, self.current, e)

    current: Any = None

    def self_contributions(self, selves: list[Contribution], taken: State, state: State) -> list[ir.Stmt]:
        """`x = x + f(x)`: the adjoint of the old x replaces that of the new one, all at once."""
        totals: dict[str, ir.Expr] = {}
        dense: dict[str, bool] = {}
        for c in selves:
            name = root(c.place)
            totals[name] = plus(totals[name], c.value) if name in totals else c.value
            dense[name] = dense.get(name, True) and c.dense
        found: list[ir.Stmt] = []
        for name, total in totals.items():
            kind = self.instance.kind_of_name(name)
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

    # ----- control -----

    def branch(self, s: ir.If, state: State) -> Node:
        without_views(state)
        then, other = dict(state), dict(state)
        node = Node(s, body=self.block(s.body, then), orelse=self.block(s.orelse, other))
        without_views(then)
        without_views(other)
        before = dict(state)
        state.clear()
        for name in [*then, *(n for n in other if n not in then)]:
            a, b = then.get(name), other.get(name)
            if a is not None and b is not None:
                state[name] = joined(a, b)
            elif name in before or self.names.adjoint(name) in written(node.body if a is None else node.orelse):
                (node.last if a is None else node.last_else).append(self.zero(name))
                state[name] = joined(a or b or self.zero_shadow(name), self.zero_shadow(name))
            else:
                node.first.append(self.zero(name))
                state[name] = joined(a or b or self.zero_shadow(name), self.zero_shadow(name))
        return node

    def loop(self, s: ir.For | ir.While, state: State) -> Node:
        without_views(state)
        own = self.owned_before(s, state)
        entry = dict(state)
        free = self.exit_is_free(s, state)
        body = completed_body(s.body) if free else s.body
        for _ in range(30):
            end = dict(entry)
            nodes = self.block(body, end)
            without_views(end)
            again = self.settle(entry, end)
            if again == entry:
                break
            entry = again
        else:
            raise AssertionError("the adjoints of this loop do not settle")
        node = Node(s, body=nodes, completed_only=free)
        node.first = own + [self.zero(n) for n in self.in_order(n for n in entry if n not in state)]
        node.last = [self.zero(n) for n in entry if n not in end]
        state.clear()
        state.update(entry)
        return node

    def owned_before(self, s: ir.For | ir.While, state: State) -> list[ir.Stmt]:
        """Adjoints of what the body changes become memory of their own once, not in every iteration."""
        aliases = self.instance.aliases
        found: list[ir.Stmt] = []
        for inner in statements(s.body):
            for n in sorted(aliases.touched.get(id(inner), ())) if aliases is not None else ():
                if n in state and state[n].mode == "borrowed":
                    found += self.owned(n, state)
        return found

    def settle(self, entry: State, end: State) -> State:
        """What holds at the start of every iteration."""
        found: State = {}
        for name in [*entry, *(n for n in end if n not in entry)]:
            a, b = entry.get(name), end.get(name)
            found[name] = joined(a or self.zero_shadow(name), b or self.zero_shadow(name))
        return found

    def in_order(self, found: Iterable[str]) -> list[str]:
        """Parameters first, in their order."""
        params = self.instance.function.param_names
        return sorted(found, key=lambda n: params.index(n) if n in params else len(params))

    def exit_is_free(self, s: ir.For | ir.While, state: State) -> bool:
        """Whether nothing active happens in an iteration that is left by its one `break`."""
        if id(s) in self.count_all_trips:
            return False
        path = exit_path(s.body)
        if path is None:
            return False
        after = dict(state)
        nodes = self.block(path, after)
        without_views(after)
        return not nodes and after == state


OUT = "<out> "


def written(nodes: list[Node]) -> set[str]:
    """Names that some reverse nodes bind or change, to use them up again."""
    found: set[str] = set()
    for node in nodes:
        lines = (*node.first, *node.lines, *node.last, *node.last_else)
        found |= {n for s in statements(lines) for n in bound_names(s)} | written(node.body) | written(node.orelse)
    return found


def without_views(state: State) -> None:
    """Views are taken anew on the other side of a branch or loop."""
    for n in [n for n, shadow in state.items() if shadow.mode == "view"]:
        del state[n]


def exit_path(body: ir.Block) -> ir.Block | None:
    """What runs in an iteration that ends by `break`, if there is one `break`, in a branch of the body itself."""
    breaks = [x for x in statements(body) if isinstance(x, ir.Break)]
    if len(breaks) != 1 or not body:
        return None
    last = body[-1]
    if isinstance(last, ir.If) and last.body and isinstance(last.body[-1], ir.Break):
        return body[:-1] + last.body[:-1]
    return None


def completed_body(body: ir.Block) -> ir.Block:
    """The body of an iteration that is not left by the `break` of its last statement."""
    last = body[-1]
    assert isinstance(last, ir.If)
    return body[:-1] + last.orelse


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


def is_list(e: ir.Expr) -> bool:
    """Whether an adjoint is certainly a list, and no array."""
    return isinstance(e, ir.Display) or isinstance(e, ir.Call) and e.op in ("builtins.list", ZEROS, OWN)


def statement_reads(s: ir.Stmt) -> set[str]:
    return set().union(*(reads(e) for e in statement_expressions(s)), set())


def substitute_statement(s: ir.Stmt, values: dict[str, ir.Expr]) -> ir.Stmt:
    if not values:
        return s
    match s:
        case ir.Assign(_, exprs):
            return replace(s, values=tuple(substitute(e, values) for e in exprs))
        case ir.Update(place, _, e):
            return replace(s, place=substitute(place, values), value=substitute(e, values))  # type: ignore[arg-type]
        case ir.Store(place, e):
            return replace(s, place=substitute(place, values), value=substitute(e, values))  # type: ignore[arg-type]
        case ir.Eval(e):
            return replace(s, expr=substitute(e, values))
        case ir.Unpack(_, e):
            return replace(s, value=substitute(e, values))
    return s
