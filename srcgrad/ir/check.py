"""Invariants of emitted functions, checked between passes in tests.

* Every adjoint, tangent, temporary and stack is bound on every path before it is read.
* A stack that is pushed is popped in the same or the other sweep, and the reverse.
"""

from __future__ import annotations

from collections.abc import Iterable

from . import nodes as ir
from .flow import exposed
from .walk import statement_expressions, statements, subexpressions


class Broken(AssertionError):
    """An invariant does not hold; the message says which name breaks it."""


def check_function(name: str, block: list[ir.Stmt], params: Iterable[str], made: Iterable[str]) -> None:
    """Raise Broken if a made name is read before it is bound.

    A tangent is bound where its primal is: it may be as uncertain as the user's own name, and no more.
    """
    given = frozenset(params)
    open_names = [n for n in exposed(block) if n not in given]
    primal = {n.partition("_")[2] for n in open_names if n.partition("_")[2] in open_names}
    early = [n for n in open_names if n in frozenset(made) and n.partition("_")[2] not in primal]
    if early:
        raise Broken(f"{name}: `{early[0]}` may be read before it is bound")


WHOLE = ("srcgrad.runtime.own", "srcgrad.runtime.zero_tangent", "srcgrad.runtime.zeros_like")  # give lists as a whole


def check_stacks(blocks: Iterable[list[ir.Stmt]]) -> None:
    """Raise Broken if a stack is only ever pushed or only ever popped."""
    pushed: set[str] = set()
    popped: set[str] = set()
    appended: set[str] = set()  # adjoints of the stacks of emitted code are lists, which grow in the reverse sweep,
    # or come as a whole
    for block in blocks:
        for s in statements(tuple(block)):
            if isinstance(s, ir.Push):
                pushed.add(s.stack)
            elif isinstance(s, ir.Pop):
                popped.add(s.stack)
            elif isinstance(s, ir.Update) and isinstance(s.place, ir.Name) and s.op.endswith("append"):
                appended.add(s.place.id)
            elif isinstance(s, ir.Assign):
                appended |= {n for n, v in zip(s.names, s.values, strict=True) if is_whole(v)}
            for e in statement_expressions(s):
                popped |= {popped_stack(x) for x in subexpressions(e)} - {""}
    stacks = {n for n in popped - appended if n.rstrip("_").endswith(("_stack", "_states"))}
    for n in sorted((pushed - appended) ^ stacks):
        raise Broken(f"stack `{n}` is {'pushed and never popped' if n in pushed else 'popped and never pushed'}")


def is_whole(e: ir.Expr) -> bool:
    made = isinstance(e, ir.Call) and e.op in WHOLE
    return made or isinstance(e, ir.Comprehension)


def popped_stack(e: ir.Expr) -> str:
    match e:
        case ir.Call(".pop", (ir.Name(name),)):
            return name
    return ""
