"""Where functions that nobody has written are called, so that a refusal inside of them is located at the call.

    x.py:7:12: SG304 ...            and not            srcgrad/runtime/memory.py:95:16: SG304 ...
        return tape.gradient(y, x)                        return type(x)(*items)
               ^^^^^^^^^^^^^^^^^^^
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..diagnostics import Diagnostic, diagnose
from ..frontend.read import WHERE
from ..ir import nodes as ir
from ..ir.program import Function

RUNTIME = str(Path(__file__).parent.parent / "runtime")
AGAIN = "this cannot be differentiated again: "
HINT = "Take this derivative outside of what is differentiated, or build new values instead of changing them."


class Callers:
    """By helper and by emitted function, a place where it is called."""

    def __init__(self) -> None:
        self.places: dict[int, tuple[Function, Function, ir.Stmt | None, ir.Expr]] = {}

    def note(self, called: Function, caller: Function, s: ir.Stmt | None, e: ir.Expr) -> None:
        if called is not caller and nobodys(called.source.filename):
            self.places.setdefault(id(called), (called, caller, s, e))

    def located(self, found: list[Diagnostic]) -> list[Diagnostic]:
        """The refusals, those of helpers and emitted functions at the call of these, once for each call."""
        if not any(nobodys(d.filename) for d in found):
            return found
        first: dict[Any, Diagnostic] = {}
        for d in found:
            placed = self.at_the_call(d)
            first.setdefault((placed.filename, placed.span, placed is d and d.message), placed)
        return list(first.values())

    def at_the_call(self, d: Diagnostic) -> Diagnostic:
        """The refusal where somebody has written something; where nobody has, in the text that was emitted."""
        called = next((f for f, *_ in self.places.values() if surrounds(f, d)), None) if nobodys(d.filename) else None
        message, seen = d.message, set()
        if called is not None and is_helper(d.filename):
            message = f"`{called.name}` is called with what it has no derivative for"
        while called is not None and id(called) in self.places and id(called) not in seen:
            seen.add(id(called))
            _, called, s, e = self.places[id(called)]
            if not is_emitted(called.source.filename) or is_helper(d.filename):
                message = AGAIN + message.removeprefix(AGAIN)
                d = diagnose(d.code, message, place_of(called, s, e), called.source, HINT)
        return d


def place_of(function: Function, s: ir.Stmt | None, e: ir.Expr | None) -> Any:
    """The span of an expression in its source, else that of its statement, else that of the function."""
    found = WHERE.get(function, {}).get(id(e))
    node = found[1] if found is not None else s.origin.node if s is not None and s.origin is not None else None
    return function.source.span_of(node) if node is not None else function.source.span


def surrounds(function: Function, d: Diagnostic) -> bool:
    own = function.source.span
    return function.source.filename == d.filename and d.span is not None and own.line <= d.span.line <= own.end_line


def nobodys(filename: str | None) -> bool:
    return is_helper(filename) or is_emitted(filename)


def is_helper(filename: str | None) -> bool:
    return filename is not None and filename.startswith(RUNTIME)


def is_emitted(filename: str | None) -> bool:
    return filename is not None and filename.startswith("<srcgrad")
