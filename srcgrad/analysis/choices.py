"""Tables of functions, and what is taken from them: parts of `analysis.split`."""

from __future__ import annotations

from dataclasses import replace

from ..ir import nodes as ir
from ..ir.walk import map_children, subexpressions
from . import kinds as k
from .inline import renamed


def items_of(kind: k.Kind) -> list[ir.Const]:
    """Where the functions of a table are found in it; empty if that is not known of all of them."""
    match kind:
        case k.Seq(items=tuple(items)) if not all(map(is_settled, items)):
            return []
        case k.Dict(items=tuple(items)) if not all(is_settled(v) for _, v in items):
            return []
        case k.Seq(_, items) if items is not None:
            return [ir.Const(n) for n in range(len(items))]
        case k.Dict(pairs) if pairs is not None:
            return [ir.Const(key) for key, _ in pairs]
    return []


def continued(s: ir.If, tail: ir.Block) -> ir.If:
    """An `if` with what follows it in each of its branches, those of a chain of choices too."""
    tail = tuple(map(written_out, tail))
    again = tuple(renamed(x, {}, None, keep=True) for x in tail)
    match s.orelse:
        case (ir.If() as inner,) if inner.origin is None:
            return replace(s, body=(*s.body, *tail), orelse=(continued(inner, again),), flat=False)
    return replace(s, body=(*s.body, *tail), orelse=(*s.orelse, *again), flat=False)


def is_implicit(s: ir.Stmt) -> bool:
    """What the header of a loop does: written out where the header says something else."""
    return bool(getattr(s, "implicit", False))


def written_out(s: ir.Stmt) -> ir.Stmt:
    return replace(s, implicit=False, origin=None) if isinstance(s, ir.Assign | ir.Unpack) and s.implicit else s


def is_place(e: ir.Expr) -> bool:
    """Whether it makes no difference when an expression is evaluated: names, constants and items."""
    return all(isinstance(x, ir.Name | ir.Const | ir.Index | ir.Attribute) for x in subexpressions(e))


def dispatched(s: ir.Stmt, following: ir.Block) -> bool:
    """Whether what `s` takes from a table is told apart right after it."""
    match s, following:
        case ir.Assign((name,), _), (ir.If(ir.Compare(ir.Name(tested), ("is",), (ir.Index(),))),):
            return tested == name
    return False


def is_key(index: ir.Expr, base: ir.Expr, target: str) -> bool:
    """`list(d)[n]` of the dict `d`: its key number n."""
    match index:
        case ir.Index(ir.Call("builtins.list", (table,)), ir.Name(n)):
            return table == base and n == target
    return False


def replaced(e: ir.Expr, old: ir.Expr, new: ir.Expr) -> ir.Expr:
    return new if e is old else map_children(lambda c: replaced(c, old, new), e)


def is_mixed(kind: k.Kind) -> bool:
    return isinstance(kind, k.Unknown) and kind.functions


def is_settled(kind: k.Kind) -> bool:
    return not is_mixed(kind) and not holds_mixed(kind)


def holds_mixed(kind: k.Kind) -> bool:
    match kind:
        case k.Seq(_, items, element):
            return any(map(is_mixed, items or ())) or element is not None and is_mixed(element)
        case k.Dict(items, element):
            return any(is_mixed(v) for _, v in items or ()) or element is not None and is_mixed(element)
    return False
