"""`match` as `if` and `else`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import libcst as cst

from ..ir import nodes as ir
from ..ir.origin import Origin
from .patterns import Match, Patterns, class_fields

if TYPE_CHECKING:
    from .read_statements import StatementReader


def read_match(reader: StatementReader, node: cst.Match, origin: Origin) -> list[ir.Stmt]:
    def fields(cls: Any, count: int) -> tuple[str, ...]:
        found = class_fields(reader.scope, reader.chain(cls))
        if found is None or len(found) < count:
            reader.refuse(
                "SG210", "which attributes this class pattern stands for cannot be found", cls,
                "Name the attributes: Point(x=a, y=b).",
            )  # fmt: skip
            return ()
        return found[:count]

    patterns = Patterns(reader.read, fields)
    subject = reader.read(node.subject)
    ways = [(c, patterns.of(c.pattern, ir.Name("<subject>"))) for c in node.cases]
    captured = {n for _, alternatives in ways for m in alternatives for n, _ in m.binds}
    before: list[ir.Stmt] = []
    if not isinstance(subject, ir.Name) or subject.id in captured:
        name = reader.fresh("subject")
        before.append(ir.Assign((name,), (subject,), origin=Origin(node.subject, reader.source).edit()))
        subject = ir.Name(name)
    ways = [(c, patterns.of(c.pattern, subject)) for c in node.cases]
    return [*before, *Cases(reader, origin).chain(ways)]


class Cases:
    def __init__(self, reader: StatementReader, origin: Origin) -> None:
        self.reader, self.origin = reader, origin

    def chain(self, ways: list[tuple[cst.MatchCase, list[Match]]]) -> list[ir.Stmt]:
        """The first case, and the others where it does not match."""
        if not ways:
            return []
        (case, alternatives), *others = ways
        guard = self.reader.read(case.guard) if case.guard is not None else None
        body = self.reader.block(case.body)
        plain = not any(m.binds for m in alternatives)
        if guard is None and len(alternatives) == 1:
            (way,) = alternatives
            bound = (*self.bind(way, case), *body)
            return [ir.If(way.test, bound, tuple(self.chain(others)))] if way.tests else list(bound)
        if plain and all(m.tests for m in alternatives):
            tests = tuple(m.test for m in alternatives)
            test = tests[0] if len(tests) == 1 else ir.BoolOp("or", tests)
            whole = test if guard is None else ir.BoolOp("and", (test, guard))
            return [ir.If(whole, body, tuple(self.chain(others)))]
        matched = self.reader.fresh("matched")
        found: list[ir.Stmt] = [ir.Assign((matched,), (ir.Const(False),))]
        found += self.tried(alternatives, matched, guard, case)
        return [*found, ir.If(ir.Name(matched), body, tuple(self.chain(others)))]

    def tried(self, ways: list[Match], matched: str, guard: ir.Expr | None, case: cst.MatchCase) -> list[ir.Stmt]:
        """`matched` is set if one of the alternatives holds, and the guard; names are bound before the guard."""
        truth = ir.Const(True) if guard is None else ir.Select(guard, ir.Const(True), ir.Const(False))
        way, *others = ways
        body = (*self.bind(way, case), ir.Assign((matched,), (truth,)))
        if not way.tests:
            return list(body)
        rest = tuple(self.tried(others, matched, guard, case)) if others else ()
        return [ir.If(way.test, body, rest)]

    def bind(self, way: Match, case: cst.MatchCase) -> tuple[ir.Stmt, ...]:
        if not way.binds:
            return ()
        origin = Origin(case.pattern, self.reader.source).edit()
        return (ir.Assign(tuple(n for n, _ in way.binds), tuple(e for _, e in way.binds), origin=origin),)
