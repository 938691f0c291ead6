"""Adjoints and tangents of numbers as numbers: NumPy gives arrays of rank 0 in places, which other names may share.

`d_x = np.where(c, d_y, 0.0)` is an array even if everything in it is a number; after `d_z = d_x`, `d_z += d_y` would
change d_x.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ..analysis import kinds as k
from ..frontend.library_objects import library_object
from ..ir import nodes as ir
from ..ir.build import call

SUMMED = "numpy.sum"
NUMBERS = frozenset({
    SUMMED, "numpy.mean", "numpy.prod", "numpy.dot", "numpy.vdot", "numpy.max", "numpy.min", "numpy.trace",
    "srcgrad.runtime.masked", "srcgrad.runtime.carried", "srcgrad.runtime.summed_like",
    "srcgrad.runtime.of_shape", ".item", ".sum",
})  # fmt: skip


def as_number(e: ir.Expr) -> ir.Expr:
    """`e`, the derivative with respect to a number, as something that no `+=` can change.

    np.where(c, d, 0.0)       np.where(c, d, 0.0)[()]
    np.reshape(d, ())         np.reshape(d, ())[()]
    d * 2.0                   d * 2.0
    """
    match e:
        case ir.Select(test, then, other):
            return ir.Select(test, as_number(then), as_number(other))
        case ir.Call("numpy.real" | "numpy.imag", (part,)):  # of a Python number a Python number
            return e if as_number(part) == part else call(SUMMED, e)
        case ir.Call(op) if not gives_number(op):
            if op.startswith(("numpy.", "scipy.")):
                return ir.Index(e, ir.Display("tuple", ()))
            return call(SUMMED, e)
    return e


def own_number(e: ir.Expr) -> ir.Expr:
    """`e`, which may be a part of memory that goes on changing, as a number.

    d_u[0]              d_u[0][()]
    np.real(d_u[0])     np.sum(np.real(d_u[0]))
    d_u[0] * 2.0        d_u[0] * 2.0
    """
    match e:
        case ir.Name() | ir.Index():
            return ir.Index(e, ir.Display("tuple", ()))
        case ir.Call("numpy.real" | "numpy.imag", (ir.Name() | ir.Index(),)):
            return call(SUMMED, e)
    return as_number(e)


@lru_cache(maxsize=1024)
def gives_number(op: str) -> bool:
    """Whether an operation on numbers and arrays of rank 0 gives a number, and no array."""
    if op.startswith(("numpy.", "scipy.")):
        return op in NUMBERS or isinstance(library_object(op), np.ufunc)
    return op in NUMBERS or not op.startswith("srcgrad.runtime.")


def taken_out(value: ir.Expr, operand: k.Num, result: k.Kind) -> ir.Expr:
    """The adjoint of an array of rank 0, under its name, for the number that the array was made of."""
    if not operand.is_scalar or not isinstance(result, k.Num) or result.is_scalar:
        return value
    match value:
        case ir.Name() | ir.Index() | ir.Call("numpy.real" | "numpy.imag", (ir.Name() | ir.Index(),)):
            return call(SUMMED, value)
    return value
