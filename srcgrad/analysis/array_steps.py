"""Calls that change arrays in several steps, as the statements that they are.

    np.multiply.at(a, i, b)         for where, which in in_turn(a, i):
                                        a[where] = np.multiply(a[where], values[which])
    np.modf(x, out=(f, w))          f_new, w_new = np.modf(x)
                                    f[...] = f_new
                                    w[...] = w_new

In each turn of `ufunc.at` no element is picked twice, so that a turn is an assignment like any other.
"""

from __future__ import annotations

from ..frontend.library_objects import library_object
from ..frontend.loops import counted_loop
from ..frontend.lower import Names
from ..ir import nodes as ir
from ..ir.build import call
from ..ir.naming import describe
from . import kinds as k
from .container_steps import Steps, as_steps
from .mutators import ALL, AT, is_scalar, ufunc_method
from .outputs import KindOf, given_outputs, is_array, without_outputs

TURNS = "srcgrad.runtime.in_turn"
FOUND = Steps((), ir.Const(None))


def steps_of(e: ir.Expr, kind: KindOf, names: Names | None = None) -> Steps | None:
    """The statements that a call is, if it is several; without `names`, whether it is."""
    found = as_steps(e, kind)
    if found is not None or not isinstance(e, ir.Call):
        return found
    e = ufunc_method(e, kind)
    assert isinstance(e, ir.Call)
    if e.op.startswith("numpy.") and e.op.endswith(".at") and e.op not in AT:
        return at_steps(e, kind, names)
    outputs = given_outputs(e, kind) if any(n == "out" for n, _ in e.keywords) or len(e.args) > 2 else ()
    if len(outputs) > 1 and all(is_array(kind(o)) for o in outputs):
        return output_steps(e, outputs, names) if names is not None else FOUND
    return None


def at_steps(e: ir.Call, kind: KindOf, names: Names | None) -> Steps | None:
    """`ufunc.at`, turn by turn."""
    op = e.op.removesuffix(".at")
    inputs = getattr(library_object(op), "nin", 0)
    words = dict(e.keywords)
    given = [*e.args, *(words.pop(n) for n in ("indices", "b")[len(e.args) - 1 :] if n in words)]
    if words or len(given) != inputs + 1 or inputs not in (1, 2) or not is_array(kind(given[0])):
        return None
    if names is None:
        return FOUND
    before: list[ir.Stmt] = []

    def named(x: ir.Expr, name: str) -> ir.Expr:
        if isinstance(x, ir.Name):
            return x
        before.append(ir.Assign((names.fresh(name),), (x,)))
        return ir.Name(before[-1].names[0])  # type: ignore[union-attr]

    found = kind(given[0])
    array, index = named(given[0], describe(given[0])), named(given[1], "index")
    where, which = ir.Name(names.fresh("where")), ir.Name(names.fresh("which"))
    rank_one = isinstance(found, k.Num) and found.rank == 1
    old: ir.Expr = ir.Index(array, where) if rank_one else call("numpy.take", array, where)
    operands = [old]
    for b in given[2:]:
        double = isinstance(found, k.Num) and found.dtype in ("float64", "complex128")
        if double and is_scalar(kind(b)) and isinstance(b, ir.Name | ir.Const):
            operands.append(b)
        else:  # as an array, as which NumPy takes numbers too
            picked = call("numpy.shape", ir.Index(call("srcgrad.runtime.positions", array), index))
            values = named(ir.Call(".flatten", (call("numpy.broadcast_to", b, picked),)), "values")
            operands.append(ir.Index(values, which))
    place = ir.Index(array if rank_one else ir.Attribute(array, "flat"), where)
    change = ir.Store(place, ir.Call(op, tuple(operands)))
    turns = named(call(TURNS, array, index), "turns")
    target = ir.Display("tuple", (where, which))
    loop = counted_loop(target, turns, (change,), (), None, frozenset(names.taken), names)
    return Steps((*before, *loop), ir.Const(None))


def output_steps(e: ir.Call, outputs: tuple[ir.Expr, ...], names: Names) -> Steps:
    """A function with several results, each written into an array."""
    new = [ir.Name(names.fresh(f"{describe(o)}_new")) for o in outputs]
    first = ir.Unpack(ir.Display("tuple", tuple(new)), without_outputs(e))
    stores = [ir.Store(ir.Index(o, ALL), n) for o, n in zip(outputs, new, strict=True)]
    return Steps((first, *stores), ir.Display("tuple", outputs))
