"""Calls of Python's own functions that say in other words what the IR has a node for.

dict(zip(ks, vs)), dict(a=x)    ->    {k: v for ...}, {"a": x}
np.fromiter(g, float)           ->    np.array([... for ...], dtype=float)
"""

from __future__ import annotations

from collections.abc import Callable

from ..ir import nodes as ir
from .comprehensions import DICT_OF

Args = tuple[ir.Expr, ...]
Keywords = tuple[tuple[str, ir.Expr], ...]


def rewritten(op: str, args: Args, keywords: Keywords) -> ir.Expr | None:
    """The expression that stands for a call, if there is a plainer one."""
    if any(isinstance(a, ir.Star) for a in args):
        return None
    found = REWRITES.get(op)
    return found(args, keywords) if found is not None else None


def plain_dict(args: Args, keywords: Keywords) -> ir.Expr | None:
    match args:
        case () if keywords:
            return ir.Mapping(tuple(ir.Const(n) for n, _ in keywords), tuple(v for _, v in keywords))
        case (ir.Call("builtins.zip", (keys, values)),) if not keywords and can_be_read_twice(keys):
            return ir.Call(DICT_OF, (keys, values))
        case (ir.Comprehension("list" | "generator", ir.Display("tuple", (key, value)), clauses),) if not keywords:
            return ir.Comprehension("dict", value, clauses, key)
    return None


def can_be_read_twice(e: ir.Expr) -> bool:
    return isinstance(e, ir.Name | ir.Const | ir.Display | ir.Index | ir.Attribute)


def from_iterable(args: Args, keywords: Keywords) -> ir.Expr | None:
    named = dict(zip(("iter", "dtype", "count"), args, strict=False)) | dict(keywords)
    if set(named) - {"iter", "dtype", "count"} or "iter" not in named:
        return None
    items = as_list(named["iter"])
    if "count" in named and named["count"] != ir.Const(-1):
        items = ir.Index(items, ir.Slice(None, named["count"], None))
    return ir.Call("numpy.array", (items,), (("dtype", named["dtype"]),)) if "dtype" in named else None


def as_list(e: ir.Expr) -> ir.Expr:
    match e:
        case ir.Comprehension("generator", element, clauses, _):
            return ir.Comprehension("list", element, clauses)
    return ir.Call("builtins.list", (e,))


REWRITES: dict[str, Callable[[Args, Keywords], ir.Expr | None]] = {
    "builtins.dict": plain_dict,
    "numpy.fromiter": from_iterable,
}
