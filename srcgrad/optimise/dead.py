"""Adjoints and tangents nobody reads are not computed.

d_c = 0.0           ->      (nothing: d_c is assigned again before it is read)
d_c = d_out * a             d_c = d_out * a
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ..ir import nodes as ir
from ..ir.helpers import ADDED, DERIVATIVE_OF, METHOD_OF
from ..ir.program import GRADIENT_OF_BLOCK
from ..ir.walk import reads, root, statement_expressions, subexpressions, target_names

Live = frozenset[str]
DERIVATIVES = ("srcgrad.api.", "srcgrad.products.")


def without_dead(f: Any) -> Any:
    """An emitted function (`name, params, parts, made`) without statements whose results are never read."""
    removable = Removable(frozenset(f.made), frozenset(f.pinned))
    live: Live = frozenset()
    parts: list[tuple[str, list[ir.Stmt], bool]] = []
    for banner, block, reverse in reversed(f.parts):
        kept, live = sweep(tuple(block), live, removable)
        parts.append((banner, list(kept), reverse))
    return replace(f, parts=list(reversed(parts)))


@dataclass(frozen=True)
class Removable:
    """Names whose assignments may go when nobody reads them; changing a `pinned` one may change others."""

    names: Live
    pinned: Live

    def binding(self, names: tuple[str, ...], values: tuple[ir.Expr, ...]) -> bool:
        """Whether it matters only to who reads the names: what is added to in place is memory of others, if pinned."""
        in_place = any(isinstance(v, ir.Call) and v.op == ADDED for v in values)
        return self.names.issuperset(names) and is_pure(values) and not (in_place and self.pinned & set(names))

    def change(self, name: str, live: Live) -> bool:
        return name in self.names and name not in self.pinned and name not in live


def sweep(block: ir.Block, live: Live, removable: Removable) -> tuple[ir.Block, Live]:
    """The statements of a block that matter when the names in `live` are read after it, and what is live before."""
    kept: list[ir.Stmt] = []
    for s in reversed(block):
        new, live = statement(s, live, removable)
        if new is not None:
            kept.append(new)
    return without_lonely_comments(tuple(reversed(kept))), live


def statement(s: ir.Stmt, live: Live, removable: Removable) -> tuple[ir.Stmt | None, Live]:
    match s:
        case ir.Assign(names, values) if removable.binding(names, values):
            needed = [(n, v) for n, v in zip(names, values, strict=True) if n in live]
            if not needed:
                return None, live
            if len(needed) < len(names):
                s = replace(s, names=tuple(n for n, _ in needed), values=tuple(v for _, v in needed))
            return s, (live - set(s.names)) | used(s)
        case ir.Update(place) | ir.Store(place) if removable.change(root(place), live):
            return None, live
        case ir.Update() | ir.Store():
            return s, live | used(s) | {root(s.place)}
        case ir.Unpack(target, _):
            return s, (live - set(target_names(target))) | used(s)
        case ir.Assign(names, values) if all(map(is_derivative, values)) and not set(names) & live:
            return None, live
        case ir.Assign(names):
            return s, (live - set(names)) | used(s)
        case ir.If(test, body, orelse):
            new_body, a = sweep(body, live, removable)
            new_else, b = sweep(orelse, live, removable)
            if not new_body and not new_else and not has_effect(test) and all_removed(body, orelse):
                return None, live
            return replace(s, body=new_body, orelse=new_else), a | b | reads(test)
        case ir.For() | ir.While():
            return loop(s, live, removable)
        case ir.Pop(name, stack):
            return s, (live - {name}) | {stack}
        case ir.Push(stack, value):
            return s, live | {stack} | reads(value)
        case ir.Opaque(_, names):
            return s, live | set(names)
        case ir.Define() if s.name not in live and is_plain(s):
            return None, live
        case ir.Define():
            return s, live | set(s.captures)
    return s, live | used(s)


def is_derivative(e: ir.Expr) -> bool:
    """Whether an expression makes a derivative, as a function or of the block before it, or takes a method."""
    match e:
        case ir.Call(op):
            return op.startswith(DERIVATIVES) or op in (METHOD_OF, DERIVATIVE_OF)
        case ir.Apply(ir.Call(op)):
            return op == GRADIENT_OF_BLOCK
    return False


def loop(s: ir.For | ir.While, live: Live, removable: Removable) -> tuple[ir.Stmt, Live]:
    header = used(s)
    if isinstance(s, ir.For) and s.header is not None:
        header |= reads(s.header[1])
    inside = live | header
    while True:
        body, again = sweep(s.body, inside, removable)
        if again <= inside:
            return replace(s, body=body), live | again | header
        inside |= again


def used(s: ir.Stmt) -> Live:
    return frozenset(n for e in statement_expressions(s) for n in reads(e))


def is_pure(values: tuple[ir.Expr, ...]) -> bool:
    """Whether leaving the computation out changes nothing else: no stack is popped, no half of a callee run."""
    return not any(has_effect(v) for v in values)


def is_plain(s: ir.Define) -> bool:
    """Whether nothing is evaluated where a function is defined, but the function itself."""
    decorators = getattr(s.origin.node, "decorators", ()) if s.origin is not None else ()
    return s.function.made or not decorators and all(p.default is None for p in s.function.params)


def has_effect(e: ir.Expr) -> bool:
    return any(
        isinstance(x, ir.Apply | ir.Walrus) or isinstance(x, ir.Call) and x.op == ".pop" for x in subexpressions(e)
    )


def all_removed(*blocks: ir.Block) -> bool:
    """Whether there was something in the blocks, so that it was this pass that emptied them."""
    return any(blocks)


def without_lonely_comments(block: ir.Block) -> ir.Block:
    """A source comment goes with its lines."""
    found: list[ir.Stmt] = []
    for position, s in enumerate(block):
        following = block[position + 1] if position + 1 < len(block) else None
        lonely = following is None or isinstance(following, ir.Comment | ir.For | ir.While | ir.If)
        if isinstance(s, ir.Comment) and lonely:
            continue
        found.append(s)
    return tuple(found)
