"""`out=`: a call that writes its result into an array is the assignment of the result to all elements of it.

    np.multiply(x, y, out=a)             a[...] = np.multiply(x, y)
    np.sqrt(x, a, where=m)               a[...] = np.where(m, np.sqrt(x), a)
    x.mean(0, None, a)                   a[...] = x.mean(0, None)
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any

from ..frontend.bindings import MISSING
from ..frontend.library_objects import library_object
from ..ir import nodes as ir
from ..ir.build import call
from . import kinds as k

KindOf = Callable[[ir.Expr], k.Kind]
# where `out` stands among the arguments of a method, the receiver counted
OF_METHODS = {
    ".all": 2, ".any": 2, ".argmax": 2, ".argmin": 2, ".choose": 2, ".clip": 3, ".compress": 3, ".cumprod": 3,
    ".cumsum": 3, ".dot": 2, ".max": 2, ".mean": 3, ".min": 2, ".prod": 3, ".round": 2, ".std": 3, ".sum": 3,
    ".take": 3, ".trace": 5, ".var": 3,
}  # fmt: skip
WITHOUT_SIGNATURE = {"numpy.dot": 2, "numpy.concatenate": 2}
# how the result is stored; what is computed is the same
STORED_HOW = frozenset({"casting", "order", "subok"})


def is_array(kind: k.Kind) -> bool:
    return isinstance(kind, k.Num) and not kind.is_scalar


@cache
def position_of_out(op: str) -> int | None:
    """Where `out` stands among the arguments given by position."""
    if op.startswith("."):
        return OF_METHODS.get(op)
    found: Any = library_object(op) if op.startswith("numpy.") else MISSING
    if isinstance(getattr(found, "nin", None), int):
        return int(found.nin)
    if op in WITHOUT_SIGNATURE or found is MISSING or not callable(found):
        return WITHOUT_SIGNATURE.get(op)
    try:
        parameters = list(inspect.signature(found).parameters.values())
    except (TypeError, ValueError):
        return None
    names = [p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    return names.index("out") if "out" in names else None


def says_nothing(op: str, name: str, value: k.Kind) -> bool:
    """Whether a keyword of a function of NumPy is the same as none: `out=None`, and `where=True` of a ufunc."""
    if name == "out":
        return value == k.Known(None) and (op.startswith("numpy.") or op in OF_METHODS)
    return name == "where" and getattr(value, "value", None) is True and is_ufunc(op)


def is_ufunc(op: str) -> bool:
    return op.startswith("numpy.") and hasattr(library_object(op), "nin")


def given_outputs(e: ir.Call, kind: KindOf) -> tuple[ir.Expr, ...]:
    """The arrays a call writes its results into."""
    for name, value in e.keywords:
        if name == "out" and kind(value) != k.Known(None):
            return value.items if isinstance(value, ir.Display) and value.kind == "tuple" else (value,)
    position = position_of_out(e.op)
    found = e.args[position:] if position is not None and not any(isinstance(a, ir.Star) for a in e.args) else ()
    count = getattr(library_object(e.op), "nout", 1) if e.op.startswith("numpy.") else 1
    written = tuple(a for a in found[:count] if kind(a) != k.Known(None))
    return written if e.args and len(written) == len(found[:count]) else ()


def without_outputs(e: ir.Call) -> ir.Call:
    """The call that gives the results."""
    position = position_of_out(e.op)
    args = e.args
    if position is not None and len(args) > position:
        count = getattr(library_object(e.op), "nout", 1) if e.op.startswith("numpy.") else 1
        rest = args[position + count :]
        args = args[:position] + ((ir.Const(None), *rest) if rest else ())
    dropped = {"out"} | (STORED_HOW if is_ufunc(e.op) else set())
    return ir.Call(e.op, args, tuple((n, v) for n, v in e.keywords if n not in dropped))


def stored_result(e: ir.Call, kind: KindOf) -> ir.Store | None:
    """The assignment that a call with one output is."""
    outputs = given_outputs(e, kind)
    if len(outputs) != 1 or not is_array(kind(outputs[0])):
        return None
    (out,) = outputs
    whole = without_outputs(e)
    words = dict(whole.keywords)
    mask = words.pop("where", None) if is_ufunc(e.op) else None
    value: ir.Expr = ir.Call(whole.op, whole.args, tuple(words.items()))
    if mask is not None and mask != ir.Const(True) and not says_nothing(e.op, "where", kind(mask)):
        value = call("numpy.where", mask, value, out)
    return ir.Store(ir.Index(out, ir.Const(...)), value)
