"""Lists that change their length while a loop takes their items: NumPy's arrays keep theirs, lists may not.

    for p in ps:                for p in ps:
        ps.append(p)                p.history.append(p.x)          a list that is in ps, but not of its kind
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..ir import nodes as ir
from ..ir.walk import children, reads, root, statement_expressions, statements, subexpressions
from . import effects, kinds as k
from .container_changes import STRUCTURAL
from .widening import may_be


def refuse_growing_lists(instance: Any, loop: ir.Stmt, evaluate: Any, diagnose: Any) -> None:
    """A loop takes as many items as there were at its start."""
    if not isinstance(loop, ir.For) or loop.header is None or instance.aliases is None:
        return
    kinds = {n: instance.kind_of_name(n) for n in reads(loop.header[1])}
    kinds = {n: kind for n, kind in kinds.items() if isinstance(kind, k.Seq | k.Dict)}
    for s in statements(loop.body):
        own = root(s.place) if isinstance(s, ir.Update | ir.Store) else ""
        if own not in kinds and own and is_only_name(own, instance.body):
            continue
        looped = [kinds[n] for n in kinds.keys() & instance.aliases.changed.get(id(s), frozenset())]
        if any(may_be(x, grown) for grown in grown_kinds(instance, s, evaluate, frozenset()) for x in looped):
            diagnose(
                "SG217", "the length of a list changes here, while a loop takes its items", instance, s, None,
                "Loop over a copy, `for item in list(items)`, or write a `while` loop.",
            )  # fmt: skip


def grown_kinds(instance: Any, s: ir.Stmt, evaluate: Any, seen: frozenset[int]) -> Iterator[k.Kind]:
    """The kinds of the lists and dicts whose length a statement changes, itself or by what it calls."""
    match s:
        case ir.Update(place, op) if op in STRUCTURAL or op == "append":
            yield evaluate(instance, s, place)
        case ir.Store(ir.Index(base, ir.Slice())) | ir.Update(ir.Index(base, ir.Slice())):
            yield evaluate(instance, s, base)
    for e in (x for whole in statement_expressions(s) for x in subexpressions(whole)):
        called = instance.calls.get(id(e))
        if called is not None and id(called.instance) not in seen:
            for inner in statements(called.instance.body):
                yield from grown_kinds(called.instance, inner, evaluate, seen | {id(called.instance)})
        elif isinstance(e, ir.Call) and effects.changes(e.op) and e.args:
            yield evaluate(instance, s, e.args[0])


def is_only_name(name: str, block: ir.Block) -> bool:
    """Whether a list is made under this name, and never given another one, put somewhere or passed on."""
    for s in statements(block):
        if isinstance(s, ir.Assign) and name in s.names and not is_new(s.values[s.names.index(name)]):
            return False
        kept = s.values if isinstance(s, ir.Assign) else (getattr(s, "value", None),)
        if ir.Name(name) in kept:
            return False
        for e in statement_expressions(s):
            for sub in subexpressions(e):
                holds = isinstance(sub, ir.Display | ir.Mapping | ir.Apply | ir.Select | ir.Star)
                if holds and ir.Name(name) in children(sub):
                    return False
    return name in {n for s in statements(block) if isinstance(s, ir.Assign) for n in s.names}


def is_new(e: ir.Expr) -> bool:
    return isinstance(e, ir.Display | ir.Comprehension) or isinstance(e, ir.Call) and e.op == "builtins.list"
