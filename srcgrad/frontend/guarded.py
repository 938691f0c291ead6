"""What a function checks of its arguments itself is not checked again above it.

    require_numbers(x, y)            require_numbers(y)
    require_numbers(x)        ->     require_numbers(x)

Emitted files begin with such checks, and are differentiated again.
"""

from __future__ import annotations

from dataclasses import replace

from ..ir import nodes as ir

HELPERS = "srcgrad.runtime.require_"


def not_checked_yet(checks: list[ir.Stmt], body: ir.Block) -> list[ir.Stmt]:
    """The checks that a function does not begin with."""
    given: dict[str, set[ir.Expr]] = {}
    refused: set[tuple[ir.Expr, str]] = set()
    while body:
        match body[0]:
            case ir.Eval(ir.Call(op, args, ())) if op.startswith(HELPERS):
                given.setdefault(op, set()).update(args)
                body = body[1:]
            case ir.If(test, (only,), orelse) if raised(only):
                refused.add((test, raised(only)))
                body = orelse or body[1:]
            case _:
                break
    found: list[ir.Stmt] = []
    for s in checks:
        match s:
            case ir.Eval(ir.Call(op, args, ()) as check) if op in given:
                rest = tuple(a for a in args if a not in given[op])
                found += [replace(s, expr=replace(check, args=rest))] if rest else []
            case ir.If(test, (only,)) if (test, raised(only)) in refused:
                pass
            case _:
                found.append(s)
    return found


def raised(s: ir.Stmt) -> str:
    """The text of a statement that raises, or ""."""
    match s:
        case ir.Eval(ir.Text(text, ())) if text.startswith("raise "):
            return text
        case ir.Opaque("raise") if s.origin is not None:
            return s.origin.code
    return ""
