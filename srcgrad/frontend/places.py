"""Unpacking into elements, places that functions give, and `del`.

    a[i], a[j] = a[j], a[i]            a_i, a_j = a[j], a[i]
                               ->      a[i] = a_i
                                       a[j] = a_j
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from ..ir import nodes as ir
from ..ir.liveness import liveness
from ..ir.naming import describe
from ..ir.rewrite import map_blocks
from ..ir.walk import blocks, reads, target_names
from .moved import name_for

Bound = list[tuple[ir.Expr, str]]
PLAIN = (np.ndarray, np.generic, list, dict, set, deque)  # whose methods may be places of the value they belong to


def with_names(target: ir.Expr, fresh: Callable[[str], str]) -> tuple[ir.Expr, Bound]:
    """A target of names alone, and what is bound to them afterwards, from left to right as Python does it.

    A name that an element further left reads keeps its old value until then.
    """
    later: Bound = []
    read: set[str] = set()

    def visit(t: ir.Expr) -> ir.Expr:
        match t:
            case ir.Display(kind, items):
                return ir.Display(kind, tuple(visit(i) for i in items))
            case ir.Star(value):
                return ir.Star(visit(value))
            case ir.Name(name) if name not in read:
                return t
        read.update(reads(t))
        later.append((t, fresh(describe(t))))
        return ir.Name(later[-1][1])

    return visit(target), later


def once_each(target: ir.Expr, fresh: Callable[[str], str]) -> ir.Expr:
    """A target with each name in it once: `_, a, _` as `__, a, _`, since the last one is what `_` stands for."""
    names = target_names(target)
    if len(set(names)) == len(names):
        return target
    seen: set[str] = set()

    def visit(t: ir.Expr) -> ir.Expr:
        match t:
            case ir.Display(kind, items):
                return ir.Display(kind, tuple(reversed([visit(i) for i in reversed(items)])))
            case ir.Star(value):
                return ir.Star(visit(value))
            case ir.Name(name) if name in seen:
                return ir.Name(fresh(name))
            case ir.Name(name):
                seen.add(name)
        return t

    return visit(target)


def has_places(target: ir.Expr) -> bool:
    match target:
        case ir.Display(_, items):
            return any(has_places(i) for i in items)
        case ir.Star(value):
            return has_places(value)
    return not isinstance(target, ir.Name)


def held_by(place: Any, fresh: Callable[[str], str]) -> tuple[Any, tuple[tuple[str], tuple[ir.Expr]] | tuple[()]]:
    """`f(x)["v"]` as `f_out["v"]`, with the name and what it is given; the same place where no function gives it."""
    base = place
    while isinstance(base, ir.Index | ir.Attribute):
        base = base.base
    if isinstance(place, ir.Name) or not is_given(base):
        return place, ()
    name = fresh(name_for(base))
    return with_base(place, base, ir.Name(name)), ((name,), (base,))


def is_given(e: ir.Expr) -> bool:
    """Whether a function or method of the user's gives a value, as far as its name tells."""
    method = e.op[1:] if isinstance(e, ir.Call) and e.op.startswith(".") else ""
    return isinstance(e, ir.Apply) or method.isidentifier() and not any(hasattr(t, method) for t in PLAIN)


def with_base(place: Any, base: ir.Expr, new: ir.Expr) -> Any:
    """A place with another expression for one that it starts from."""
    return new if place is base else replace(place, base=with_base(place.base, base, new))


def without_deletions(body: ir.Block, refuse: Callable[[ir.Opaque, str], Any]) -> ir.Block:
    """The body without `del name`, which only matters to a statement that reads the name again: that is refused."""
    if not any_deletion(body):
        return body
    live = liveness(body, "")

    def visit(block: ir.Block) -> ir.Block:
        found: list[ir.Stmt] = []
        for s in block:
            if isinstance(s, ir.Opaque) and s.kind == "del":
                for name in s.writes:
                    if name in live[id(s)]:
                        refuse(s, name)
                continue
            found.append(map_blocks(visit, s))
        return tuple(found)

    return visit(body)


def any_deletion(body: ir.Block) -> bool:
    return any(
        isinstance(s, ir.Opaque) and s.kind == "del" or any(any_deletion(b) for b in blocks(s)) for s in body
    )


def deleted(target: ir.Expr, origin: Any) -> list[ir.Stmt]:
    """`del a, b[i]` as one statement for each."""
    match target:
        case ir.Display(_, items):
            return [s for i in items for s in deleted(i, origin)]
        case ir.Name(name):
            return [ir.Opaque("del", (), (name,), origin)]
        case ir.Index(base, index):
            return [ir.Eval(ir.Call("operator.delitem", (base, index)), origin.edit())]
        case ir.Attribute(base, name):
            return [ir.Eval(ir.Call("builtins.delattr", (base, ir.Const(name))), origin.edit())]
    raise AssertionError(f"not a place: {target!r}")
