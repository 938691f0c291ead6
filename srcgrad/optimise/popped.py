"""An item that is taken off a list is taken in one line, as it was written.

x = xs[-1]          ->      x = xs.pop()
xs.pop()
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from ..ir import nodes as ir
from ..ir.rewrite import map_blocks
from ..ir.walk import blocks, bound_names, reads, root, statement_expressions, statements, subexpressions

POP = ".pop"


def with_pops(f: Any) -> Any:
    """An emitted function (`parts`) whose reads of an item and removals of it are one where they were."""
    if not any(isinstance(s, ir.Update) and s.op == POP for s in statements(tuple(f.statements()))):
        return f
    parts = [(banner, joined(tuple(block)), reverse) for banner, block, reverse in f.parts]
    every = tuple(s for _, block, _ in parts for s in block)
    uses = Counter(n for s in statements(every) for e in statement_expressions(s) for n in names_in(e))
    uses += Counter(n for s in statements(every) for n in bound_names(s))
    return replace(f, parts=[(banner, list(tested(b, uses)), reverse) for banner, b, reverse in parts])


def names_in(e: ir.Expr) -> list[str]:
    return [x.id for x in subexpressions(e) if isinstance(x, ir.Name)]


def joined(block: ir.Block) -> ir.Block:
    """The block, and those in it, with each item taken where it is first read."""
    found = [map_blocks(joined, s) for s in block]
    for position, s in enumerate(found):
        match s:
            case ir.Assign((_,), (ir.Index(place, index),)) if s.origin is not None and not has_calls(place):
                later = removal(found, position, place, index)
                if later is not None:
                    taken = (place,) if index == ir.Const(-1) else (place, index)
                    found[position] = replace(s, values=(ir.Call(POP, taken),))
                    found[later] = ir.Comment("")
    return tuple(s for s in found if s != ir.Comment(""))


def removal(block: list[ir.Stmt], position: int, place: ir.Expr, index: ir.Expr) -> int | None:
    """Where the item that is read here is removed by the same statement of the source."""
    node = block[position].origin.node  # type: ignore[union-attr]
    for later in range(position + 1, len(block)):
        s = block[later]
        if s == ir.Comment(""):
            continue
        if getattr(s, "origin", None) is None or s.origin.node is not node or blocks(s):  # type: ignore[union-attr]
            return None
        if isinstance(s, ir.Update) and s.op == POP and s.place == place and s.value == index:
            return later
        if root(place) in {*bound_names(s), *(n for e in statement_expressions(s) for n in reads(e))}:
            return None
    return None


def has_calls(e: ir.Expr) -> bool:
    return any(isinstance(x, ir.Call | ir.Apply) for x in subexpressions(e))


def tested(block: ir.Block, uses: Counter[str]) -> ir.Block:
    """The block with each item that only the next statement asks for taken there."""
    found: list[ir.Stmt] = []
    for s in block:
        s = map_blocks(lambda b: tested(b, uses), s)
        match found[-1] if found else None:
            case ir.Assign((name,), (ir.Call(".pop") as item,)) as a if uses[name] == 2 and name not in bound_names(s):
                taken = asking(s, name, item) if of_one_line(a, s) else None
                found[-1:] = [found[-1], s] if taken is None else [taken]
            case _:
                found.append(s)
    return tuple(found)


def of_one_line(a: ir.Stmt, s: ir.Stmt) -> bool:
    """Whether `s` is written by itself, or stands for the same line of the source, which is written for both."""
    own, other = getattr(s, "origin", None), getattr(a, "origin", None)
    return own is None or other is not None and own.node is other.node


def asking(s: ir.Stmt, name: str, item: ir.Expr) -> ir.Stmt | None:
    """The statement with `item` for a name that it reads before anything else, and nowhere else."""
    match s:
        case ir.If(ir.Name(own)) if own == name:
            return replace(s, test=item)
        case ir.Assign((_,), (ir.Name(own),)) if own == name:
            return replace(s, values=(item,))
        case ir.Push(_, value) | ir.Store(_, value) | ir.Update(_, _, value):
            match value:
                case ir.Name(own) if own == name:
                    return replace(s, value=item)
                case ir.Call("builtins.bool", (ir.Name(own),)) if own == name:
                    return replace(s, value=replace(value, args=(item,)))
    return None
