"""`map(f, xs, ys)` and `filter(f, xs)` as generator expressions, which work out f for each item.

    map(f, xs)                    (f(item) for item in xs)
    list(map(self.step, xs))      list(self.step(item) for item in xs)
    list(map(partial(f, 2), xs))  list(partial(f, 2)(item) for item in xs)
    map(partial(f, a[0]), xs)     refused: it may be another function for the next item
"""

from __future__ import annotations

from typing import Any

from ..ir import nodes as ir
from .without_effect import effect

FOR_EACH = {  # where functions stand that are called for each item, and the keyword for them
    "builtins.map": (0, ""), "builtins.filter": (0, ""), "functools.reduce": (0, ""),
    "itertools.accumulate": (1, "func"), "itertools.groupby": (1, "key"),
    "itertools.takewhile": (0, ""), "itertools.dropwhile": (0, ""), "itertools.filterfalse": (0, ""),
}  # fmt: skip
MESSAGE = "the function that is given here is worked out once, and might be another one for the next item"
HINT = "Give it a name first."


def mapped(op: str, args: tuple[ir.Expr, ...], method: bool) -> ir.Expr:
    """`method`: the function is one of an object that has a name."""
    func, *iterables = args
    items = tuple(ir.Name(f"item{n or ''}") for n in range(len(iterables)))
    target: ir.Expr = items[0] if len(items) == 1 else ir.Display("tuple", items)
    source = iterables[0] if len(items) == 1 else ir.Call("builtins.zip", tuple(iterables))
    applied: ir.Expr = ir.Apply(func, items)
    if method and isinstance(func, ir.Attribute):
        applied = ir.Call(f".{func.name}", (func.base, *items))
    if op == "builtins.filter":
        test = applied if func != ir.Const(None) else items[0]
        return ir.Comprehension("generator", items[0], (ir.Clause(target, source, (test,)),))
    return ir.Comprehension("generator", applied, (ir.Clause(target, source, ()),))


def is_steady(func: ir.Expr, reader: Any, at_once: bool) -> bool:
    """Whether an expression gives the same function for each item; `at_once`: nothing else runs between the items."""
    match func:
        case ir.Name() | ir.Attribute():
            return True
        case ir.Index(ir.Name(), index):
            return is_given(index, reader, at_once)
        case ir.Lambda(params):
            return all(p.default is None or is_given(p.default, reader, at_once) for p in params)
        case ir.Call(_, args, keywords) | ir.Apply(_, args, keywords):
            given = [*args, *(v for _, v in keywords)]
            return all(is_given(e, reader, at_once) for e in given) and not effect(func, reader)
    return is_given(func, reader, at_once)


def is_given(e: ir.Expr, reader: Any, at_once: bool) -> bool:
    """Whether an operand is the same for each item."""
    match e:
        case ir.Const():
            return True
        case ir.Name(name):
            return at_once or name not in reader.locals
        case ir.Lambda():
            return is_steady(e, reader, at_once)
    return False
