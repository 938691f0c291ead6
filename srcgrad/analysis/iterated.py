"""Objects that are iterated over, by what their `__iter__` gives; and those that are asked what is in them.

    for v in p:             p_items = p.__iter__()
                      ->    for v in p_items:
    a, b = p                a, b = p.__iter__()
    v in p                  p.__contains__(v)

`iter(...)` in an `__iter__` stands for the items themselves.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.rewrite import map_statement
from ..ir.walk import map_children, reads, statement_expressions, statements, subexpressions, substitute
from . import kinds as k

KindOf = Callable[[ir.Expr], k.Kind]
ITER = "__iter__"
BY_POSITION = (deque, array, np.ndarray, memoryview)
HELPERS = ("order_of", "dict_of", "runs_of", "counted", "leading", "items_of", "following")
TAKING_ITEMS = frozenset({
    "builtins.list", "builtins.tuple", "builtins.sum", "builtins.max", "builtins.min", "builtins.enumerate",
    "builtins.zip", "builtins.sorted", "builtins.any", "builtins.all", "math.fsum", "math.prod",
    *(f"srcgrad.runtime.{n}" for n in HELPERS),
})  # fmt: skip


def gives_items(kind: k.Kind) -> bool:
    """Whether a value is an object whose `__iter__` gives its items, each time from the first."""
    if not k.is_record(kind) or kind.cls.is_tuple:  # type: ignore[union-attr]
        return False
    members = {n: kind.cls.member(n) for n in (ITER, "__next__")}  # type: ignore[union-attr]
    return members["__next__"] is None and members[ITER] is not None and members[ITER].kind == "method"


def can_repeat(e: ir.Expr) -> bool:
    """Whether a place may be written once for each of its parts."""
    match e:
        case ir.Index(base, ir.Name() | ir.Const()) | ir.Attribute(base, _):
            return can_repeat(base)
    return isinstance(e, ir.Name)


def is_sequence(kind: k.Kind) -> bool:
    """Whether NumPy reads an object as it reads a list."""
    if not gives_items(kind):
        return False
    has_length, has_items, is_array = (
        kind.cls.member(n) is not None for n in ("__len__", "__getitem__", "__array__")  # type: ignore[union-attr]
    )
    return has_length and has_items and not is_array


def takes_items(op: str, args: list[k.Kind]) -> bool:
    """Whether an operation iterates over objects that it is given."""
    alone = len(args) == 1 or op not in ("builtins.max", "builtins.min")
    of_arrays = op.startswith("numpy.") and all(is_sequence(a) for a in args if gives_items(a))
    return (op in TAKING_ITEMS and alone or of_arrays) and any(map(gives_items, args))


def contains(kind: k.Kind) -> bool:
    found = kind.cls.member("__contains__") if k.is_record(kind) else None  # type: ignore[union-attr]
    return found is not None and found.kind == "method" or gives_items(kind)


def items(e: ir.Expr) -> ir.Expr:
    return ir.Call(f".{ITER}", (e,))


def asked_inside(e: ir.Compare, kind: KindOf) -> ir.Expr:
    """`v in p` of an object."""
    (op,), (held,) = e.ops, e.rest
    found: Any = kind(held)
    if found.cls.member("__contains__") is None:
        return ir.Compare(e.first, e.ops, (items(held),))
    asked = ir.Call("builtins.bool", (ir.Call(".__contains__", (held, e.first)),))
    return asked if op == "in" else ir.Call("operator.not_", (asked,))


def iterated_names(s: ir.For, kind: KindOf) -> list[str]:
    """The names of objects that a loop goes through."""
    if s.header is None:
        return []
    return sorted(n for n in reads(s.header[1]) if gives_items(kind(ir.Name(n))))


def listed_names(s: ir.For, kind: KindOf) -> list[str]:
    """The names of values outside of the program that a loop goes through, and whose items have no positions."""
    taken = names_taken(s.header[1]) if s.header is not None else []
    return sorted({n for n in taken if has_no_positions(kind(ir.Name(n)))})


def names_taken(e: ir.Expr) -> list[str]:
    """The names in what a loop goes through that give their own items: not `d` in `d.items()`."""
    match e:
        case ir.Name(name):
            return [name]
        case ir.Call("builtins.enumerate" | "builtins.reversed", (inner, *_)):
            return names_taken(inner)
        case ir.Call("builtins.zip", args):
            return [n for a in args for n in names_taken(a)]
    return []


def has_no_positions(kind: k.Kind) -> bool:
    """Whether a value outside of the program gives its items to a loop, and not by their positions."""
    return isinstance(kind, k.Obj) and not isinstance(kind.value, BY_POSITION)


def may_be_endless(kind: k.Kind) -> bool:
    """Whether it gives its items once only, or nobody knows how many there are."""
    return has_no_positions(kind) and not (hasattr(kind.value, "__iter__") and hasattr(kind.value, "__len__"))  # type: ignore[union-attr]


def over_items(s: ir.For, swaps: dict[str, str], late: frozenset[str]) -> ir.For:
    """A loop over the items of objects, which have names of their own."""
    names: dict[str, ir.Expr] = {n: ir.Name(m) for n, m in swaps.items()}

    def each(e: ir.Expr) -> ir.Expr:
        return substitute(e, names)

    taken = [x for x in s.body if getattr(x, "implicit", False)]
    body = tuple(replace(map_statement(each, x), origin=x.origin) if any(x is t for t in taken) else x for x in s.body)
    assert s.header is not None
    header = (s.header[0], each(s.header[1]))
    origin = s.origin.edit() if s.origin is not None else None
    return replace(s, iterable=each(s.iterable), body=body, header=header, late=s.late | late, origin=origin)


def is_lazy(function: Function) -> bool:
    """Whether items are worked out while they are taken."""
    inner = (e for s in statements(function.body) for x in statement_expressions(s) for e in subexpressions(x))
    return function.yields or any(isinstance(e, ir.Comprehension) and e.kind == "generator" for e in inner)


def with_items(body: ir.Block, function: Function) -> ir.Block:
    """The body of an `__iter__` that gives the items instead of an iterator."""
    if function.name != ITER:
        return body

    def expression(e: ir.Expr) -> ir.Expr:
        match e:
            case ir.Call("builtins.iter", (inner,), ()):
                return inner
        return map_children(expression, e)

    return tuple(map_statement(expression, s) for s in body)
