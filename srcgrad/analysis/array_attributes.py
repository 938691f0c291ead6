"""Attributes of arrays that are assigned: elements that change, or a new shape for the array a name stands for.

    z.imag[1:] = e                  z[1:] = with_imag(z[1:], e)
    a.flat = e                      a.flat[:] = np.resize(e, a.size)
    a.shape = s                     a = np.reshape(a, s), where nothing else refers to the array
    a.resize(s)                     a = resized(a, s), likewise
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..ir import nodes as ir
from ..ir.build import call
from . import kinds as k
from .mutators import flat_store, is_scalar
from .outputs import KindOf, is_array

PARTS = {"real": "srcgrad.runtime.with_real", "imag": "srcgrad.runtime.with_imag"}
KEEPING = ("operator.add", "operator.sub")
EVERY = ir.Slice(None, None, None)
WHOLE = ir.Const(...)


def is_reshaped(s: ir.Stmt, base: k.Kind) -> bool:
    """Whether a statement assigns the shape of an array that has a name."""
    match s:
        case ir.Store(ir.Attribute(ir.Name(), "shape")):
            return is_array(base)
    return False


def is_part(s: ir.Stmt, place: ir.Attribute) -> bool:
    """Whether a statement assigns to all elements by way of an attribute."""
    return place.name in PARTS or place.name == "flat" and isinstance(s, ir.Store)


def plain_store(s: ir.Store | ir.Update, kind: KindOf) -> ir.Store | ir.Update | None:
    """An assignment to a part of an array as one to elements of it; None if it is one already."""
    match s:
        case ir.Store(ir.Attribute(base, "flat"), value) if is_array(kind(base)):
            return replace(flat_store(base, EVERY, value, kind), origin=s.origin)
        case ir.Store(ir.Index(ir.Attribute(base, "flat"), index), value) if is_array(kind(base)):
            again = flat_store(base, index, value, kind)
            return None if is_scalar(kind(value)) or is_resized(value) else replace(again, origin=s.origin)
        case ir.Update(ir.Index(ir.Attribute(base, "flat"), index), op, value) if op not in KEEPING:
            if not is_array(kind(base)):
                return None
            old = ir.Index(call("numpy.ravel", base), index)
            return ir.Store(s.place, ir.Call(op, (old, value)), origin=s.origin)  # type: ignore[arg-type]
        case ir.Store(place, value) | ir.Update(place, _, value):
            found = part_of(place, kind)
            if found is None:
                return None
            helper, part = found
            if isinstance(s, ir.Update):
                value = ir.Call(s.op, (place, value))
            return ir.Store(part, call(helper, part, value), origin=s.origin)
    return None


def part_of(place: ir.Expr, kind: KindOf) -> tuple[str, ir.Index] | None:
    """`z.real[i]`: the helper that replaces a real part, and `z[i]`."""
    match place:
        case ir.Attribute(base, "real" | "imag" as name) if is_array(kind(base)):
            return PARTS[name], base if isinstance(base, ir.Index) else ir.Index(base, WHOLE)
        case ir.Index(ir.Attribute(base, "real" | "imag" as name), index) if is_array(kind(base)):
            return PARTS[name], ir.Index(base, index)
    return None


def is_resized(e: ir.Expr) -> bool:
    return isinstance(e, ir.Call) and e.op == "numpy.resize"


def is_resize(s: ir.Stmt | None, e: ir.Expr, kind: KindOf) -> bool:
    """Whether a statement is the call of an array's `resize`."""
    return isinstance(s, ir.Eval) and s.expr is e and rebound(s, kind) is not None


def rebound(s: ir.Stmt, kind: KindOf) -> ir.Assign | None:
    """The new array that a name stands for after the statement."""
    match s:
        case ir.Store(ir.Attribute(ir.Name(name) as array, "shape"), value) if is_array(kind(array)):
            return ir.Assign((name,), (call("numpy.reshape", array, value),), origin=s.origin)
        case ir.Eval(ir.Call(".resize", (ir.Name(name) as array, *shape), keywords)) if is_array(kind(array)):
            if not set(dict(keywords)) <= {"refcheck"}:
                return None
            return ir.Assign((name,), (call("srcgrad.runtime.resized", array, *shape),), origin=s.origin)
    return None


def checked_rebinding(at: Any, s: ir.Stmt, kind: KindOf, diagnose: Any) -> ir.Stmt:
    """The new array under the name; other names for the array would see the change, and are refused."""
    found = rebound(s, kind)
    assert found is not None
    (name,) = found.names
    known = at.aliases.before.get(id(s)) if at.aliases is not None else None
    if known is not None and not known.get(name, frozenset()) - {name}:
        return replace(found, origin=s.origin.edit() if s.origin is not None else None)
    how = "resize" if isinstance(s, ir.Eval) else "assigning `shape`"
    diagnose(
        "SG213", f"{how} changes an array for all names it has, and `{name}` may not be the only one", at, s, None,
        "Make a new array, for example with reshape or np.resize.",
    )  # fmt: skip
    return s
