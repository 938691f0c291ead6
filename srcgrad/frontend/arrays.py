"""Which arguments of a function in a file are arrays, judging by how they are used.

Nothing but the source is known there.  What is taken apart (`x[1:]`, `x.shape`, `for row in x`, `x @ w`) is an array
rather than a number; one that is read with two indices has two axes.  The emitted function checks either.
"""

from __future__ import annotations

from dataclasses import replace

from ..analysis import kinds as k
from ..ir import nodes as ir
from ..ir.walk import blocks, bound_names, reads, root, statement_expressions, statements, subexpressions
from .facts import is_elementwise

ATTRIBUTES = frozenset({"shape", "T", "ndim", "size", "dtype", "flat", "mT"})
METHODS = frozenset({
    ".copy", ".reshape", ".ravel", ".flatten", ".transpose", ".astype", ".fill", ".sort", ".dot",
})  # fmt: skip
ITERATING = frozenset({"builtins.len", "builtins.zip", "builtins.enumerate", "builtins.reversed"})
ASKING = frozenset({"builtins.isinstance", "builtins.type", "builtins.hasattr", "numpy.ndim", "numpy.isscalar"})


def with_arrays(kinds: dict[str, k.Kind], body: ir.Block, wanted: set[str]) -> dict[str, k.Kind]:
    """The same kinds, where what may be a number or an array, and is used as an array, is one.

    Only arguments in `wanted` and those whose parts are assigned to: the kind of others does not matter.
    """
    found = dict(kinds)
    ranks = ranks_by_use(body)
    for n in used_as_arrays(body) & (wanted | stored_into(body)) - asked(body):
        kind = found.get(n)
        if isinstance(kind, k.Num) and kind.kind == "any":
            dims = tuple(k.Sym(f"{n}.{axis}") for axis in range(ranks[n])) if n in ranks else kind.dims
            found[n] = replace(kind, kind="array", dims=dims)
    return found


def used_as_arrays(body: ir.Block) -> set[str]:
    """Names that are taken apart, and those of which such names are made by arithmetic alone."""
    values = single_values(body)
    taken = {n for s in statements(body) for n in taken_apart(s)}
    found = taken_before(body, frozenset())
    waiting = [n for n in values if n in taken]
    while waiting:
        value = values.get(waiting.pop())
        operands = reads(value) if value is not None and is_elementwise(value) else set()
        if len(operands) == 1 and not operands <= found:  # of two operands, one may be a number
            waiting += operands
            found |= operands
    return found


def single_values(body: ir.Block) -> dict[str, ir.Expr]:
    """What names are bound to that are bound once."""
    bindings: dict[str, list[ir.Expr | None]] = {}
    for s in statements(body):
        for n in rebound(s):
            bindings.setdefault(n, []).append(s.values[0] if isinstance(s, ir.Assign) and len(s.names) == 1 else None)
    return {n: found[0] for n, found in bindings.items() if len(found) == 1 and found[0] is not None}


def taken_before(block: ir.Block, bound: frozenset[str]) -> set[str]:
    """Names that are taken apart before they are bound to something else."""
    found: set[str] = set()
    for s in block:
        new = {n for inner in statements((s,)) for n in rebound(inner)}
        within = bound | new if isinstance(s, ir.For | ir.While) else bound
        found |= taken_apart(s) - within
        found |= {n for inner in blocks(s) for n in taken_before(inner, within)}
        bound |= new
    return found


def taken_apart(s: ir.Stmt) -> set[str]:
    """Names a statement uses as numbers cannot be used."""
    found = {s.iterable.id} if isinstance(s, ir.For) and isinstance(s.iterable, ir.Name) else set()
    for e in statement_expressions(s):
        for sub in subexpressions(e):
            match sub:
                case ir.Index(ir.Name(), ir.Const(str())):
                    pass
                case ir.Index(ir.Name(name), _):
                    found.add(name)
                case ir.Attribute(ir.Name(name), attr) if attr in ATTRIBUTES:
                    found.add(name)
                case ir.Call(op, (ir.Name(name), *_)) if op in METHODS:
                    found.add(name)
                case ir.Call(op, args) if op in ITERATING or op == "operator.matmul":
                    found |= {a.id for a in args if isinstance(a, ir.Name)}
    return found


def asked(body: ir.Block) -> set[str]:
    """Names whose type the program looks at itself."""
    return {
        a.id for s in statements(body) for e in statement_expressions(s) for sub in subexpressions(e)
        if isinstance(sub, ir.Call) and sub.op in ASKING for a in sub.args[:1] if isinstance(a, ir.Name)
    }  # fmt: skip


def rebound(s: ir.Stmt) -> tuple[str, ...]:
    return () if isinstance(s, ir.Store | ir.Update) else bound_names(s)


def stored_into(body: ir.Block) -> set[str]:
    """Names whose parts are assigned to."""
    return {root(s.place) for s in statements(body) if isinstance(s, ir.Store | ir.Update)}


def ranks_by_use(body: ir.Block) -> dict[str, int]:
    """The number of indices that a name is always read with, if they are at least two."""
    counts: dict[str, set[int]] = {}
    for s in statements(body):
        for e in statement_expressions(s):
            for sub in subexpressions(e):
                match sub:
                    case ir.Index(ir.Name(name), ir.Display("tuple", items)):
                        plain = not any(isinstance(i, ir.Const) and i.value in (None, ...) for i in items)
                        counts.setdefault(name, set()).add(len(items) if plain else 0)
    return {n: max(found) for n, found in counts.items() if len(found) == 1 and max(found) > 1}
