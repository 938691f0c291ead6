"""What one statement reads, and a statement with some of its names replaced by expressions."""

from __future__ import annotations

from dataclasses import replace

from ..ir import nodes as ir
from ..ir.walk import reads, statement_expressions, substitute


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
