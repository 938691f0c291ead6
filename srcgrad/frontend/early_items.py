"""Items that are worked out before Python would ask for them, which nobody sees unless something changes on the way.

    for v, w in zip(xs, map(noted, ys)):        refused where `noted` changes a list: the loop may end before
        ...                                     all of `ys` are asked for, and its body stands between two calls
    xs.extend(xs[-1] * v for v in ys)           a loop that appends: each item is there when the next is worked out
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeGuard

from ..ir import nodes as ir
from ..ir.walk import children, reads, root
from .comprehensions import grown
from .evaluation_order import changes_something
from .moved import edited, within

if TYPE_CHECKING:
    from .hoist import Hoist

MESSAGE = "what is called for the items here changes something, and Python calls it for one item at a time"
GROWS = "what is worked out for the items here reads what grows by them, and Python adds one item at a time"
HINT = "Write the loop out, or put `list(...)` around what gives the items."
TAKE_ALL = frozenset({
    "builtins.sum", "builtins.max", "builtins.min", "builtins.list", "builtins.tuple", "builtins.dict", "builtins.set",
    "builtins.frozenset", "builtins.sorted", "builtins.len", "math.fsum", "math.prod", ".join", ".extend", ".update",
    "srcgrad.runtime.order_of", "srcgrad.runtime.counted",
})  # fmt: skip
WALKING = ("builtins.zip", "builtins.enumerate")
STOP = frozenset({"builtins.any", "builtins.all", "builtins.next"})  # become loops that stop where Python does


def refuse_early_items(hoist: Hoist, s: ir.Stmt, e: ir.Expr) -> None:
    for found in worked_out_early(e):
        if any(changes_something(hoist, x) for x in [*for_each_item(found), *late_parts(found.clauses[0].iterable)]):
            hoist.resolve.diagnose("SG216", MESSAGE, hoist.resolve.at, s, found, HINT)


def added_one_by_one(hoist: Hoist, s: ir.Stmt) -> list[ir.Stmt] | None:
    """A list that grows by the items of a generator that reads it, as the loop that Python runs."""
    match s:
        case ir.Eval(ir.Call(".extend" | ".extendleft", (place, e), ())) | ir.Update(place, "operator.add", e):
            is_list = hoist.resolve.is_list(s, place)
            if not is_list and not hoist.resolve.is_deque(s, place):
                return None
            if any(sees(hoist, s, place, x) for x in [*walked_on(hoist, s, e), *([] if is_list else late_parts(e))]):
                hoist.resolve.diagnose("SG216", GROWS, hoist.resolve.at, s, e, HINT)
            elif isinstance(e, ir.Comprehension) and any(sees(hoist, s, place, x) for x in late_parts(e)):
                return grown(place, e, hoist.names, edited(s))  # type: ignore[arg-type]
    return None


def sees(hoist: Hoist, s: ir.Stmt, place: ir.Expr, e: ir.Expr) -> bool:
    """Whether an expression may read what grows, under this name or another one, or in a function."""
    home, names = root(place), reads(e)
    inside = frozenset().union(*(hoist.resolve.captured(s, n) for n in names))
    others = hoist.resolve.other_names(s) - {home}
    return bool((names | inside) & others) or home in inside or touches(e, place, home)


def late_parts(e: ir.Expr) -> list[ir.Expr]:
    """What generators work out when an item is asked for: all but their first iterables."""
    if not isinstance(e, ir.Comprehension):
        return [p for c in children(e) for p in late_parts(c)]
    return [*(for_each_item(e) if is_generator(e) else ()), *late_parts(e.clauses[0].iterable)]


def for_each_item(e: ir.Comprehension) -> list[ir.Expr]:
    first, *later = e.clauses
    return [e.element, *first.conditions, *(x for c in later for x in (c.iterable, *c.conditions))]


def walked_on(hoist: Hoist, s: ir.Stmt, e: ir.Expr) -> list[ir.Expr]:
    """What generator functions are given, and what is walked while the items are added."""
    match e:
        case ir.Comprehension("generator", _, (ir.Clause(_, ir.Index(ir.Call("builtins.list", given), ir.Slice())),)):
            return list(given)  # `itertools.islice`
        case ir.Comprehension(_, _, (first, *_)):
            return walked_on(hoist, s, first.iterable) if is_generator(e) else []
        case ir.Apply() if hoist.resolve.is_generator(s, e):
            return list(children(e))
        case ir.Call(op) if op in WALKING or op.startswith("itertools."):
            return [x for c in children(e) for x in (c, *walked_on(hoist, s, c))]
    return []


def touches(e: ir.Expr, place: ir.Expr, home: str) -> bool:
    """Whether an expression may read a place: of `self.found` not where it reads `self.scale`."""
    match e, place:
        case (ir.Name(name), _):
            return name == home
        case (ir.Text(_, names), _):
            return home in names
        case (ir.Index(a, ir.Const(m)), ir.Index(b, ir.Const(n))) | (ir.Attribute(a, m), ir.Attribute(b, n)) if a == b:
            return bool(m == n)
        case (ir.Lambda() | ir.Comprehension(), _):
            return home in reads(e)
    return any(touches(c, place, home) for c in children(e))


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
