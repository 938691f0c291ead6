"""The adjoint of broadcasting: sums over the axes along which an operand was repeated.

Where the shapes are known it is a plain `np.sum`, or nothing; else the helper `unbroadcast` decides at run time.
"""

from __future__ import annotations

from collections.abc import Callable

from ..analysis import kinds as k
from ..ir import nodes as ir
from ..ir.build import call
from ..ir.walk import map_children, subexpressions
from ..rules.registry import is_elementwise

UNBROADCAST = "srcgrad.runtime.unbroadcast"
SUMMING = (UNBROADCAST, "srcgrad.runtime.of_shape", "srcgrad.runtime.of_result")
WIDTH = {"float": "float64", "complex": "complex128", "int": "int64", "bool": "bool"}


def fit(
    value: ir.Expr, operand: ir.Expr, a: k.Kind, result: k.Kind, others: list[k.Kind], alone: bool = True
) -> ir.Expr:
    """`value`, which has the shape of the result, in the shape and dtype of the operand.

    `others` are the kinds of the other operands; `alone`: there are none, so the result has the operand's shape.
    """
    if not isinstance(a, k.Num) or not isinstance(result, k.Num):
        return call(UNBROADCAST, value, operand)
    if not others_keep_dtype(a, others):
        return call(UNBROADCAST, value, operand)
    if others and all(isinstance(o, k.Num) and o.dims == () for o in others) or others == [] and alone:
        return cast(value, operand, a, result) if a.dtype is not None else value
    summed = reduce_axes(value, operand, a, result)
    if summed is None:
        return call(UNBROADCAST, value, operand)
    return cast(summed, operand, a, result)


def others_keep_dtype(a: k.Num, others: list[k.Kind]) -> bool:
    """An operand of unknown dtype keeps its width only beside plain Python numbers."""
    if a.dtype is not None:
        return True
    return all(isinstance(o, k.Num) and o.kind == "python" and o.dtype in ("float", "int", "bool") for o in others)


def reduce_axes(value: ir.Expr, operand: ir.Expr, a: k.Num, result: k.Num) -> ir.Expr | None:
    """`value` summed to the operand's shape; None if that needs the running program."""
    if k.fits(a.dims, result.dims):
        return value
    if a.dims == ():
        return call("numpy.sum", value)
    if not isinstance(a.dims, tuple) or not isinstance(result.dims, tuple):
        return None
    extra = len(result.dims) - len(a.dims)
    if extra < 0:  # stored in a place of lower rank
        return None
    tail = result.dims[extra:]
    ones = [n for n, (x, y) in enumerate(zip(a.dims, tail, strict=True)) if x == 1 and y != 1]
    if not all(x == 1 or k.same_size(x, y) or k.never_one(x) for x, y in zip(a.dims, tail, strict=True)):
        return None
    if extra and ones:
        return None
    if extra:
        axis: ir.Expr = ir.Const(0) if extra == 1 else ir.Display("tuple", tuple(ir.Const(n) for n in range(extra)))
        return call("numpy.sum", value, axis=axis)
    where: ir.Expr = ir.Const(ones[0]) if len(ones) == 1 else ir.Display("tuple", tuple(ir.Const(n) for n in ones))
    return call("numpy.sum", value, axis=where, keepdims=ir.Const(True)) if ones else value


def repeated_like(value: ir.Expr) -> tuple[ir.Expr, ir.Expr] | None:
    """What is repeated in the shape of what, if `value` is that."""
    match value:
        case ir.Call("numpy.broadcast_to", (d, ir.Call("numpy.shape", (like,)))):
            return d, like
    return None


def cast(value: ir.Expr, operand: ir.Expr, a: k.Num, result: k.Num) -> ir.Expr:
    """The real part where a real operand met a complex one; the operand's own width where they differ."""
    if a.dtype is None or result.dtype is None:
        return value if a.dtype == result.dtype else call(UNBROADCAST, value, operand)
    x, y = WIDTH.get(a.dtype, a.dtype), WIDTH.get(result.dtype, result.dtype)
    if x == y or a.kind == "python" and not result.is_complex:
        return value
    if result.is_complex and not a.is_complex:
        real = call("numpy.real", value)
        return real if a.kind == "python" or same_width(x, y) else call(UNBROADCAST, value, operand)
    if a.kind == "python" or result.kind == "python":
        return value
    return call(UNBROADCAST, value, operand)


def same_width(real: str, complex_: str) -> bool:
    return {"complex128": "float64", "complex64": "float32"}.get(complex_) == real


def shape_source(e: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> ir.Expr:
    """`e` with the shape, size and rank of an expression read off a name of the same shape."""
    match e:
        case ir.Call("numpy.shape" | "numpy.size" | "numpy.ndim" | "numpy.zeros_like" | "builtins.len" as op, (x,), ()):
            like = same_shape_name(x, kind)
            return ir.Call(op, (like,)) if like is not None else map_children(lambda c: shape_source(c, kind), e)
        case ir.Attribute(x, "shape" | "size" | "ndim" as name):
            like = same_shape_name(x, kind)
            return ir.Attribute(like, name) if like is not None else e
    return map_children(lambda c: shape_source(c, kind), e)


def same_shape_name(x: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> ir.Expr | None:
    """A name in `x` that certainly has the shape of x."""
    if isinstance(x, ir.Name):
        return None
    found = kind(x)
    if not isinstance(found, k.Num):
        return None
    for sub in subexpressions(x):
        if isinstance(sub, ir.Name):
            other = kind(sub)
            if isinstance(other, k.Num) and k.same_shape(other.dims, found.dims) and other.kind == found.kind:
                return sub
    name = shape_name(x, kind)
    return ir.Name(name) if name else None


def shape_name(e: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> str | None:
    """The name whose shape an elementwise expression has, "" for a scalar, None if that cannot be seen."""
    found = kind(e)
    if isinstance(found, k.Num) and found.dims == ():
        return ""
    match e:
        case ir.Name(name) if isinstance(found, k.Num):
            return name
        case ir.Call(op, args, ()):
            if not is_elementwise(op, len(args)):
                return None
            names = {shape_name(a, kind) for a in args} - {""}
            return names.pop() if len(names) == 1 else None
    return None


def may_be_smaller(e: ir.Expr, operand: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> bool:
    """Whether `e` sums its operand, an array, to a shape that may have fewer elements."""
    if not isinstance(e, ir.Call) or e.op not in SUMMING:
        return False
    found = kind(operand)
    return not (isinstance(found, k.Num) and found.dims == ()) and not covers(operand, e, kind)


def covers(part: ir.Expr, whole: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> bool:
    """Whether `part` certainly has the shape of `whole`."""
    a, b = kind(part), kind(whole)
    if isinstance(a, k.Num) and isinstance(b, k.Num) and k.same_shape(a.dims, b.dims):
        return True
    name = shape_name(part, kind)
    return bool(name) and name == shape_name(whole, kind)
