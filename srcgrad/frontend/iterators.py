"""Iterators that are kept: they work out their items late, and give them once.

    squares = (v * v for v in x)          refused: the items are worked out later, from what x is then
    pairs = zip(a, b)                     taken: nothing happens between this
    for p, q in pairs: ...                and this, and nobody reads `pairs` again
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..ir import nodes as ir
from ..ir.walk import bound_names, children, reads, statement_expressions, statements, subexpressions, target_names

LAZY = ("builtins.zip", "builtins.enumerate", "builtins.map", "builtins.filter", "builtins.reversed")
SPREAD = ("builtins.zip", "builtins.enumerate", "builtins.reversed")  # the others are read as lists


def refuse_iterators(body: ir.Block, local: frozenset[str], refuse: Any) -> None:
    """`refuse(code, message, expression, hint)` takes what cannot be followed; `local`: the user's names."""
    everything = list(statements(body))
    defined = {s.name: set(s.captures) for s in everything if isinstance(s, ir.Define)}
    loops = innermost_loops(body)
    for s in everything:
        for e in kept(s):
            name = s.names[s.values.index(e)] if isinstance(s, ir.Assign) and e in s.values else ""
            if name and name not in local:
                continue  # the items of a loop, which takes them at once
            if is_lazy(e) and not (name and read_once(everything, loops, s, name, e, defined)):
                refuse(
                    "SG222", "an iterator is kept here: it works out its items later, and only once", e,
                    "Take its items where it is made, or write `list(...)` around it.",
                )  # fmt: skip


def kept(s: ir.Stmt) -> Iterator[ir.Expr]:
    """The expressions whose values stay: bound, stored, put in containers, passed to functions, returned."""
    match s:
        case ir.Assign(_, values):
            yield from values
        case ir.Store(_, value) | ir.Return(value) if value is not None:
            yield value
    for e in expressions(s):
        for sub in subexpressions(e):
            match sub:
                case ir.Display(_, parts) | ir.Mapping(_, parts) | ir.Call(".append" | ".insert", parts):
                    yield from parts
                case ir.Apply():
                    yield from (a for a in children(sub)[1:] if not isinstance(a, ir.Star))
                case ir.Comprehension() | ir.Lambda():
                    yield from kept_inside(sub)


def kept_inside(e: ir.Comprehension | ir.Lambda) -> Iterator[ir.Expr]:
    """The same inside of comprehensions and lambdas: items of lists, and results."""
    if isinstance(e, ir.Lambda):
        inside = [e.body]
        yield e.body
    else:
        inside = [e.element, *(x for c in e.clauses for x in (c.iterable, *c.conditions))]
        if e.kind in ("list", "dict", "set") and not e.early:
            yield e.element
    for x in inside:
        yield from kept(ir.Eval(x))


def expressions(s: ir.Stmt) -> tuple[ir.Expr, ...]:
    """What a statement evaluates; of a loop over items, the iterable that the user wrote."""
    return (s.header[1],) if isinstance(s, ir.For) and s.header is not None else statement_expressions(s)


def is_lazy(e: ir.Expr) -> bool:
    match e:
        case ir.Comprehension("generator"):
            return True
        case ir.Call(op):
            return op in LAZY or op.startswith("itertools.")
    return False


def read_once(
    everything: list[ir.Stmt],
    loops: dict[int, int],
    made: ir.Stmt,
    name: str,
    e: ir.Expr,
    defined: dict[str, set[str]],
) -> bool:
    """Whether an iterator is read by one statement that runs once, when everything it reads is as it was.

    `defined`: what the functions that are defined here capture.
    """
    used = [s for s in everything for x in expressions(s) for n in names_in(x) if n == name]
    if len(used) != 1 or loops.get(id(used[0])) != loops.get(id(made)) or is_spread(used[0], name, e):
        return False
    start, end = everything.index(made) + 1, everything.index(used[0])
    between = everything[start:end]
    if isinstance(used[0], ir.For) and any(isinstance(x, ir.Comprehension) for x in subexpressions(e)):
        between += list(statements(used[0].body))  # its items are worked out between the iterations
    late = late_names(e).union(*(defined[n] for n in reads(e) if n in defined))
    return all(is_calm(s) and not late & set(bound_names(s)) for s in between)


def is_spread(s: ir.Stmt, name: str, e: ir.Expr) -> bool:
    """Whether the items are unpacked, for which the reverse sweep asks how many there were."""
    if isinstance(e, ir.Comprehension) or e.op not in SPREAD:  # type: ignore[union-attr]
        return False
    parts = (x for part in expressions(s) for x in subexpressions(part))
    return isinstance(s, ir.Unpack) and s.value == ir.Name(name) or ir.Star(ir.Name(name)) in parts


def is_calm(s: ir.Stmt) -> bool:
    """Whether a statement changes no memory that others may read."""
    if isinstance(s, ir.Store | ir.Update) and not (isinstance(s, ir.Update) and isinstance(s.place, ir.Name)):
        return False
    calls = [x for e in expressions(s) for x in subexpressions(e)]
    return not any(isinstance(x, ir.Apply) or isinstance(x, ir.Call) and x.op.startswith(".") for x in calls)


def late_names(e: ir.Expr) -> set[str]:
    """Names that are looked up when an item is asked for: all but those of the first iterable."""
    if not isinstance(e, ir.Comprehension):
        return set().union(*(late_names(c) for c in children(e)), set())
    first = e.clauses[0]
    own = {n for c in e.clauses for n in target_names(c.target)}
    parts = [e.element, *first.conditions, *(x for c in e.clauses[1:] for x in (c.iterable, *c.conditions))]
    return set().union(*(reads(x) for x in parts), late_names(first.iterable)) - own


def names_in(e: ir.Expr) -> Iterator[str]:
    """Every occurrence of a name in an expression."""
    for sub in subexpressions(e):
        match sub:
            case ir.Name(name):
                yield name
            case ir.Lambda() | ir.Comprehension():
                yield from reads(sub)


def innermost_loops(block: ir.Block, loop: int = 0) -> dict[int, int]:
    """The loop that each statement is repeated by; a `for` itself runs once."""
    found: dict[int, int] = {}
    for s in block:
        found[id(s)] = id(s) if isinstance(s, ir.While) else loop
        if isinstance(s, ir.If):
            found |= innermost_loops(s.body, loop) | innermost_loops(s.orelse, loop)
        elif isinstance(s, ir.For | ir.While):
            found |= innermost_loops(s.body, id(s)) | innermost_loops(s.orelse, loop)
    return found
