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
    """Whether an operator takes a list or tuple as an array, since what it meets is one.

    An argument of which a file says nothing may be a list or tuple, too: `(2,) + shape`.
    """
    if not isinstance(items, k.Seq) or not isinstance(other, k.Num):
        return False
    if other.kind == "any":
        return other.active or not (may_be_whole(other) if op == "operator.mul" else may_be_list(other))
    return other.kind == "array" or other.kind == "scalar" and op != "operator.mul"


def list_or_array(op: str, args: list[k.Kind]) -> tuple[str, str] | None:
    """Message and way out where a list that carries a derivative meets what may be an array, and may be none."""
    match op, args:
        case ("operator.mul" | "operator.add"), [k.Seq() as items, other] | [other, k.Seq() as items]:
            open_ = isinstance(other, k.Unknown) or isinstance(other, k.Num) and other.kind == "any"
            if items.active and open_ and not makes_array(op, items, other):
                return AMBIGUOUS[op]
    return None


AMBIGUOUS = {
    "operator.mul": (
        "whether `*` repeats a list or multiplies an array is not known here",
        "Write np.array(...) around the list to multiply, or a comprehension over range(n) to repeat it.",
    ),
    "operator.add": (
        "whether `+` joins lists or adds arrays is not known here",
        "Write np.array(...) around the list to add, or list(...) around what is joined to it.",
    ),
}


def may_be_list(x: k.Num) -> bool:
    """An argument of which a file says nothing, or a part of one."""
    return isinstance(x.dims, str) or x.dims is None


def may_be_whole(x: k.Num) -> bool:
    """Also an argument of which a file says nothing, or what is like one."""
    return x.dtype is None or may_be_list(x) or x.dtype.startswith(("int", "uint", "bool"))
