"""The groups of `itertools.groupby`: iterators that are empty after they have been read once, or after the next one.

They are lists in the IR, so each has to be read at most once, and where it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..ir import nodes as ir
from ..ir.walk import children, reads, statements
from .iteration_more import RUNS
from .iterators import expressions, innermost_loops

TAKERS = ("builtins.", "math.", "numpy.fromiter", ".join", ".extend", "itertools.")
KEPT = "the group that `groupby` gives is kept or read again here: it is empty after the next group"
HINT = "Write `list(...)` around it first, and use the list."


def of_groups(iterable: ir.Expr) -> bool:
    match iterable:
        case ir.Comprehension("generator", _, clauses):
            last = clauses[-1].iterable
            return isinstance(last, ir.Call) and last.op == RUNS
    return False


def check_loop(target: ir.Expr, iterable: ir.Expr, body: ir.Block, refuse: Callable[[], Any]) -> None:
    if not of_groups(iterable):
        return
    name = group_name(target)
    if name is None:
        return refuse()
    found: list[int] = []
    loops = innermost_loops(body)
    for s in statements(body):
        if getattr(s, "implicit", False) or isinstance(s, ir.Assign) and name in s.names and name not in s_reads(s):
            continue
        if isinstance(s, ir.For) and s.header is not None and s.header[1] == ir.Name(name):
            found.append(loops.get(id(s), 0))
            continue
        good, bad = counts(expressions(s), name)
        if bad or isinstance(s, ir.Define) and name in s.captures or isinstance(s, ir.Opaque) and name in s.reads:
            return refuse()
        found += [loops.get(id(s), 0)] * good
    if len(found) > 1 or any(found):
        refuse()


def check_comprehension(e: ir.Comprehension, refuse: Callable[[], Any]) -> None:
    for n, clause in enumerate(e.clauses):
        if of_groups(clause.iterable):
            name = group_name(clause.target)
            later = [x for c in e.clauses[n + 1 :] for x in (c.iterable, *c.conditions)]
            rest = [*clause.conditions, *later, e.element, *([e.key] if e.key is not None else [])]
            good, bad = counts(tuple(rest), name) if name is not None else (0, 1)
            again = any(name in reads(x) for x in (e.element, *later)) and len(e.clauses) > n + 2
            if bad or good > 1 or again:
                refuse()


def s_reads(s: ir.Assign) -> set[str]:
    return set().union(*(reads(v) for v in s.values))


def group_name(target: ir.Expr) -> str | None:
    match target:
        case ir.Display(_, (_, ir.Name(name))):
            return name
    return None


def counts(found: tuple[ir.Expr, ...], name: str) -> tuple[int, int]:
    """How often a group is read as a whole, and how often anything else is done with it."""
    good = bad = 0
    for kind in (use for e in found for use in uses(e, name, False)):
        good, bad = good + kind, bad + (not kind)
    return good, bad


def uses(e: ir.Expr, name: str, taken: bool) -> Iterator[bool]:
    match e:
        case ir.Name(own):
            if own == name:
                yield taken
        case ir.Call(op, args, keywords):
            for n, a in enumerate(args):
                yield from uses(a, name, op.startswith(TAKERS) and (n == 0 or op == "builtins.zip"))
            for _, a in keywords:
                yield from uses(a, name, False)
        case ir.Comprehension(_, element, clauses, key):
            for n, clause in enumerate(clauses):
                yield from uses(clause.iterable, name, n == 0)
                for test in clause.conditions:
                    yield from uses(test, name, False)
            for part in (element, *([key] if key is not None else [])):
                for _ in uses(part, name, False):
                    yield False
        case ir.Lambda() | ir.Text():
            if name in reads(e):
                yield False
        case _:
            for c in children(e):
                yield from uses(c, name, False)
