"""Which names are read later, after each statement of a function."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import nodes as ir
from .walk import bound_names, reads, root, statement_expressions, statements

Live = frozenset[str]
NONE: Live = frozenset()


@dataclass
class Liveness:
    """`after`: by statement, the names whose present value may still be read; `captured`: what each nested function
    reads when it is called."""

    captured: dict[str, Live] = field(default_factory=dict)
    after: dict[int, Live] = field(default_factory=dict)
    loops: list[tuple[Live, Live]] = field(default_factory=list)

    def block(self, block: ir.Block, live: Live) -> Live:
        """What is live before a block after which `live` is."""
        for s in reversed(block):
            live = self.statement(s, live)
        return live

    def statement(self, s: ir.Stmt, live: Live) -> Live:
        live = self.with_captured(live)
        self.after[id(s)] = self.after.get(id(s), NONE) | live
        match s:
            case ir.If(test, body, orelse):
                return self.block(body, live) | self.block(orelse, live) | reads(test)
            case ir.For() | ir.While():
                return self.loop(s, live)
            case ir.Break():
                return self.loops[-1][0]
            case ir.Continue():
                return self.loops[-1][1]
            case ir.Opaque("raise", names):
                return frozenset(names)
            case ir.Opaque(_, names, writes):
                return (live - set(writes)) | set(names)
            case ir.Define(name):
                return (live - {name}) | set(s.captures)
            case ir.Store(place) | ir.Update(place):
                return live | used(s) | {root(place)} - {""}
        return (live - set(bound_names(s))) | used(s)

    def with_captured(self, live: Live) -> Live:
        while True:
            wider = live.union(*(self.captured[n] for n in live if n in self.captured))
            if wider == live:
                return live
            live = wider

    def loop(self, s: ir.For | ir.While, live: Live) -> Live:
        header = used(s)
        if isinstance(s, ir.For) and s.header is not None:
            header |= reads(s.header[1])
        head = live | header
        while True:
            self.loops.append((live, head))
            inside = self.block(s.body, head)
            self.loops.pop()
            if isinstance(s, ir.For):
                inside -= {s.target}
            if inside <= head:
                return head
            head |= inside


def used(s: ir.Stmt) -> Live:
    return frozenset(n for e in statement_expressions(s) for n in reads(e))


def liveness(block: ir.Block, result: str) -> dict[int, Live]:
    """The names live after every statement of a function that returns `result`."""
    found = Liveness({s.name: frozenset(s.captures) for s in statements(block) if isinstance(s, ir.Define)})
    found.block(block, frozenset({result}))
    return found.after
