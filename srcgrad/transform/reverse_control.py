"""The reverse of branches and loops: which adjoints live at their start, and what an iteration left half way runs."""

from __future__ import annotations

from collections.abc import Iterable

from ..analysis import kinds as k
from ..frontend.lower import raises
from ..ir import nodes as ir
from ..ir.walk import bound_names, statements
from .reverse_node import Node, ReverseParts, without_views
from .shadows import State, joined


class Control(ReverseParts):
    """Branches and loops."""

    def branch(self, s: ir.If, state: State) -> Node:
        without_views(state)
        if raises(s.body) or raises(s.orelse):
            return self.only_way(s, state)
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
            elif (
                name in before
                or self.names.adjoint(name) in written(node.body if a is None else node.orelse)
                or self.resized(name, s.body if a is None else s.orelse)
            ):
                (node.last if a is None else node.last_else).append(self.zero(name))
                state[name] = joined(a or b or self.zero_shadow(name), self.zero_shadow(name))
            else:
                node.first.append(self.zero(name))
                state[name] = joined(a or b or self.zero_shadow(name), self.zero_shadow(name))
        return node

    def resized(self, name: str, block: ir.Block) -> bool:
        """Whether a list or dict may have other items before a block than after it: a zero has those of one time."""
        aliases = self.instance.aliases
        if aliases is None or not isinstance(self.instance.kind_of_name(name), k.Seq | k.Dict):
            return False
        return any(name in aliases.touched.get(id(x), ()) for x in statements(block))

    def only_way(self, s: ir.If, state: State) -> Node:
        """A branch of which one side raises: who gets to the reverse sweep went the other way."""
        nodes = self.block(s.orelse if raises(s.body) else s.body, state)
        without_views(state)
        return Node(s, orelse=nodes) if raises(s.body) else Node(s, body=nodes)

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
            touched = aliases.touched.get(id(inner), ()) if aliases is not None else ()
            for n in sorted({self.views.base(n, inner) for n in touched}):
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


def written(nodes: list[Node]) -> set[str]:
    """Names that some reverse nodes bind or change, to use them up again."""
    found: set[str] = set()
    for node in nodes:
        lines = (*node.first, *node.lines, *node.last, *node.last_else)
        found |= {n for s in statements(lines) for n in bound_names(s)} | written(node.body) | written(node.orelse)
    return found
