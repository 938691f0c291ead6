"""Short constructors for derivative expressions; each returns the simplest form that is equal.

times(d, 1.0) is d,  times(d, -y) is -d * y,  times(d, 1.0 / y) is d / y,  plus(a, -b) is a - b
"""

from __future__ import annotations

from . import nodes as ir

ONE, ZERO = ir.Const(1.0), ir.Const(0.0)


def call(op: str, *args: ir.Expr, **keywords: ir.Expr) -> ir.Call:
    return ir.Call(op, args, tuple(keywords.items()))


def is_number(e: ir.Expr, value: float) -> bool:
    return isinstance(e, ir.Const) and type(e.value) in (int, float) and e.value == value


def plain(e: ir.Const) -> bool:
    return type(e.value) in (int, float)


def is_zero(e: ir.Expr) -> bool:
    return is_number(e, 0.0)


def negated(e: ir.Expr) -> ir.Expr | None:
    """`a` if `e` is written `-a`, also where the sign stands on its first factor; else None."""
    match e:
        case ir.Call("operator.neg", (a,)):
            return a
        case ir.Const(value) if type(value) in (int, float, complex) and repr(value).startswith("-"):
            return ir.Const(-value)
        case ir.Call("operator.mul" | "operator.truediv" | "operator.matmul" as op, (a, b)):
            inner = negated(a)
            if inner is None:
                return None
            return b if op == "operator.mul" and is_number(inner, 1.0) else ir.Call(op, (inner, b))
        case ir.Call("numpy.sum", (a,), keywords):
            inner = negated(a)
            return ir.Call("numpy.sum", (inner,), keywords) if inner is not None else None
        case ir.Call("srcgrad.runtime.unbroadcast", (a, x)):
            inner = negated(a)
            return ir.Call(e.op, (inner, x)) if inner is not None else None
    return None


def minus(e: ir.Expr) -> ir.Expr:
    """`-e`, with the sign on the first factor."""
    inner = negated(e)
    if inner is not None:
        return inner
    match e:
        case ir.Const(value) if type(value) in (int, float, complex):
            return ir.Const(-value)
        case ir.Call("operator.mul" | "operator.truediv" | "operator.matmul" as op, (a, b)):
            return ir.Call(op, (minus(a), b))
        case ir.Call("operator.sub", (a, b)):
            return ir.Call("operator.sub", (b, a))
    return call("operator.neg", e)


def times(d: ir.Expr, p: ir.Expr) -> ir.Expr:
    """`d * p`, the incoming derivative first."""
    if is_number(p, 1.0):
        return d
    if isinstance(d, ir.Const) and isinstance(p, ir.Const) and plain(d) and plain(p):
        return ir.Const(d.value * p.value)
    if is_number(d, 1.0):
        return p
    inner = negated(p)
    if inner is not None:
        return minus(times(d, inner))
    match p:
        case ir.Call("operator.truediv", (a, b)):
            return over(times(d, a), b)
        case ir.Call("operator.mul", (a, b)):
            return times(times(d, a), b)
    return call("operator.mul", d, p)


def over(a: ir.Expr, b: ir.Expr) -> ir.Expr:
    """`a / b`"""
    return a if is_number(b, 1.0) else call("operator.truediv", a, b)


def plus(a: ir.Expr, b: ir.Expr) -> ir.Expr:
    """`a + b`"""
    if isinstance(a, ir.Const) and isinstance(b, ir.Const) and plain(a) and plain(b):
        return ir.Const(a.value + b.value)
    if is_zero(a):
        return b
    if is_zero(b):
        return a
    inner = negated(b)
    return call("operator.sub", a, inner) if inner is not None else call("operator.add", a, b)


def simplified(e: ir.Expr) -> ir.Expr:
    """`e` with products, quotients, sums and signs in simplest form, from the leaves up."""
    from .walk import map_children

    e = map_children(simplified, e)
    match e:
        case ir.Call("operator.mul", (a, b)):
            return times(a, b)
        case ir.Call("operator.truediv", (a, b)):
            return over(a, b)
        case ir.Call("operator.add", (a, b)):
            return plus(a, b)
        case ir.Call("operator.sub", (a, b)):
            return a if is_zero(b) else plus(a, minus(b)) if negated(b) is not None else e
        case ir.Call("operator.neg", (a,)):
            return minus(a)
        case ir.Call("operator.pow", (a, b)) if is_number(b, 1.0):
            return a
        case ir.Index(ir.Display("tuple", items), ir.Const(int(n))) if 0 <= n < len(items):
            return items[n] if all(isinstance(i, ir.Name | ir.Const) for i in items) else e
    return e


def slot(base: ir.Expr, name: str) -> ir.Index:
    """The attribute of an object, which is the dict of its attributes."""
    return ir.Index(base, ir.Const(ir.Field(name)))


def is_slot(e: ir.Expr) -> bool:
    return isinstance(e, ir.Index) and isinstance(e.index, ir.Const) and isinstance(e.index.value, ir.Field)
