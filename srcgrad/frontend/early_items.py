"""Items that are worked out before Python would ask for them, which nobody sees unless something changes on the way.

    for v, w in zip(xs, map(noted, ys)):        refused where `noted` changes a list: the loop may end before
        ...                                     all of `ys` are asked for, and its body stands between two calls
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeGuard

from ..ir import nodes as ir
from .evaluation_order import changes_something
from .moved import within

if TYPE_CHECKING:
    from .hoist import Hoist

MESSAGE = "what is called for the items here changes something, and Python calls it for one item at a time"
HINT = "Write the loop out, or put `list(...)` around what gives the items."
TAKE_ALL = frozenset({
    "builtins.sum", "builtins.max", "builtins.min", "builtins.list", "builtins.tuple", "builtins.dict", "builtins.set",
    "builtins.frozenset", "builtins.sorted", "builtins.len", "math.fsum", "math.prod", ".join", ".extend", ".update",
    "srcgrad.runtime.order_of", "srcgrad.runtime.counted",
})  # fmt: skip
STOP = frozenset({"builtins.any", "builtins.all", "builtins.next"})  # become loops that stop where Python does


def refuse_early_items(hoist: Hoist, s: ir.Stmt, e: ir.Expr) -> None:
    for found in worked_out_early(e):
        if any(changes_something(hoist, x) for x in for_each_item(found)):
            hoist.resolve.diagnose("SG216", MESSAGE, hoist.resolve.at, s, found, HINT)


def for_each_item(e: ir.Comprehension) -> Iterator[ir.Expr]:
    """What is worked out for one item: not what is gone through first, which Python works out at once, too."""
    first, *rest = e.clauses
    if isinstance(first.iterable, ir.Comprehension):
        yield from for_each_item(first.iterable)
    yield from (e.element, *first.conditions, *(x for c in rest for x in (c.iterable, *c.conditions)))


def worked_out_early(e: ir.Expr) -> Iterator[ir.Comprehension]:
    for x in (e, *within(e)):
        match x:
            case ir.Comprehension(early=True):
                yield x
            case ir.Compare(_, _, rest):
                yield from filter(is_generator, rest)
            case ir.Call(op, args) if op not in TAKE_ALL | STOP:
                yield from filter(is_generator, args)


def is_generator(e: ir.Expr) -> TypeGuard[ir.Comprehension]:
    return isinstance(e, ir.Comprehension) and e.kind == "generator"
