"""`itemgetter`, `attrgetter` and `methodcaller` of constants, as the lambdas that they stand for.

    itemgetter(1)              lambda item: item[1]
    attrgetter("cell.w")       lambda item: item.cell.w
    methodcaller("sum", 0)     lambda item: item.sum(0)
"""

from __future__ import annotations

from typing import Any

from ..ir import nodes as ir
from ..ir.walk import substitute

Args = tuple[ir.Expr, ...]
Keywords = tuple[tuple[str, ir.Expr], ...]
ITEM = ir.Name("item")
PARAM = ir.Param(ITEM.id, "positional_only")


def of_items(args: Args, keywords: Keywords) -> ir.Expr | None:
    return getter(tuple(ir.Index(ITEM, key) for key in args)) if args and constant(args, keywords) else None


def of_attributes(args: Args, keywords: Keywords) -> ir.Expr | None:
    return getter(tuple(map(attribute, args))) if args and named(args) and constant(args, keywords) else None


def of_method(args: Args, keywords: Keywords) -> ir.Expr | None:
    if not named(args[:1]) or not constant(args, ()) or not constant(tuple(v for _, v in keywords), ()):
        return None
    name: Any = args[0]
    return getter((ir.Call(f".{name.value}", (ITEM, *args[1:]), keywords),))


def getter(found: Args) -> ir.Lambda:
    return ir.Lambda((PARAM,), found[0] if len(found) == 1 else ir.Display("tuple", found))


def attribute(path: Any) -> ir.Expr:
    found: ir.Expr = ITEM
    for name in path.value.split("."):
        found = ir.Attribute(found, name)
    return found


def constant(args: Args, keywords: Keywords) -> bool:
    return not keywords and all(isinstance(positive(a), ir.Const) for a in args)


def positive(e: ir.Expr) -> ir.Expr:
    """What a minus sign stands before."""
    return e.args[0] if isinstance(e, ir.Call) and e.op == "operator.neg" else e


def named(args: Args) -> bool:
    return bool(args) and all(isinstance(a, ir.Const) and isinstance(a.value, str) for a in args)


def picked(func: ir.Expr, args: Args) -> ir.Expr | None:
    """`itemgetter(1)(x)` is `x[1]`, `attrgetter("w")(x)` is `x.w`."""
    match func, args:
        case ir.Lambda((param,), body), (value,) if param == PARAM and not isinstance(value, ir.Star):
            return None if isinstance(body, ir.Display) else substitute(body, {ITEM.id: value})
        case ir.Call("operator.itemgetter", (key,), ()), (value,) if not isinstance(value, ir.Star):
            return ir.Index(value, key) if not isinstance(key, ir.Star) else None
    return None


GETTERS = {
    "operator.itemgetter": of_items,
    "operator.attrgetter": of_attributes,
    "operator.methodcaller": of_method,
}
