"""Operators between a list and an array, which NumPy makes an array of: the list is written as one.

    [1.0, 0.0] * x      np.array([1.0, 0.0]) * x
    x -= [y, 2.0]       x -= np.array([y, 2.0])

`[y] * n` repeats the list where `n` is a whole number, and multiplies where it is an array.
"""

from __future__ import annotations

from collections.abc import Callable

from ..frontend.operators import BINARY
from ..ir import nodes as ir
from . import kinds as k

KindOf = Callable[[ir.Expr], k.Kind]
OPERATORS = frozenset(BINARY.values())


def with_arrays_for_lists(e: ir.Expr, kind: KindOf) -> ir.Expr | None:
    """An operation on a list and an array, with an array for the list; None for every other expression."""
    match e:
        case ir.Call(op, (a, b), ()) if op in OPERATORS:
            if makes_array(op, kind(a), kind(b)):
                return ir.Call(op, (ir.Call("numpy.array", (a,)), b))
            if makes_array(op, kind(b), kind(a)):
                return ir.Call(op, (a, ir.Call("numpy.array", (b,))))
    return None


def makes_array(op: str, items: k.Kind, other: k.Kind) -> bool:
    """Whether an operator takes a list or tuple as an array, since what it meets is one."""
    if not isinstance(items, k.Seq) or not isinstance(other, k.Num):
        return False
    if op != "operator.mul":
        return other.kind != "python"
    return other.kind == "array" or other.kind == "any" and (other.active or not may_be_whole(other))


def repeats_or_multiplies(op: str, args: list[k.Kind]) -> bool:
    """Whether a list that carries a derivative meets what may be a whole number or an array of them."""
    match op, args:
        case "operator.mul", [k.Seq() as items, other] | [other, k.Seq() as items]:
            open_ = isinstance(other, k.Unknown) or isinstance(other, k.Num) and other.kind == "any"
            return items.active and open_ and not makes_array(op, items, other)
    return False


def may_be_whole(x: k.Num) -> bool:
    return x.dtype is None or x.dtype.startswith(("int", "uint", "bool"))
