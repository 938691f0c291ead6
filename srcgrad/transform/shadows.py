"""Adjoints as they accumulate: the first contribution assigns, later ones add; nothing is zeroed without need.

The state of the reverse sweep says, for each primal name that may have a nonzero adjoint at this point, how its
shadow may be changed: a scalar is rebound, an array the function made itself is added to in place, anything
else is replaced, so that two adjoints never share memory by accident.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..analysis import kinds as k
from ..ir import nodes as ir
from ..ir.build import call, negated, plus
from .broadcasting import repeated_like
from .immutable import as_number
from .names import Names

ACCUMULATE = "srcgrad.runtime.accumulate"
ZEROS = "srcgrad.runtime.zeros_like"
OWN = "srcgrad.runtime.own"
PRIVATE = "srcgrad.runtime.private"
ADD_INTO = "srcgrad.runtime.add_into"


@dataclass(frozen=True)
class Shadow:
    """mode: "scalar", "owned" or "borrowed" array, "tree" (containers, anything unknown), "owned tree" if made here.

    `dense`: no zero in it comes from a selection (indexing, where, max, a branch not taken).
    """

    mode: str
    dense: bool = True


State = dict[str, Shadow]


def mode_of(kind: k.Kind, fresh: bool) -> str:
    match kind:
        case k.Num() if kind.is_scalar:
            return "scalar"
        case k.Num():
            return "owned" if fresh else "borrowed"
    return "owned tree" if fresh else "tree"


def joined(a: Shadow, b: Shadow) -> Shadow:
    mode = a.mode if a.mode == b.mode else "tree" if "tree" in a.mode + b.mode else "borrowed"
    return Shadow(mode, a.dense and b.dense)


FRESH_OPERATORS = frozenset({"add", "sub", "mul", "truediv", "pow", "neg", "matmul", "floordiv", "mod"})
FRESH = frozenset({
    "numpy.zeros_like", "numpy.full_like", "numpy.where", "numpy.outer", "numpy.tensordot", "numpy.concatenate",
    "numpy.stack", "numpy.copy", "numpy.sum", "numpy.sign", "numpy.exp", "numpy.sin", "numpy.cos", "numpy.matmul",
    "numpy.kron",    "srcgrad.runtime.masked", "numpy.zeros", "numpy.ones_like", "numpy.cumsum", "numpy.linalg.solve",
    "srcgrad.runtime.each_direction", "srcgrad.runtime.matmul_before", "srcgrad.runtime.matmul_after",
})  # fmt: skip


def is_fresh(e: ir.Expr) -> bool:
    """Whether evaluating `e` makes a new array that nothing else refers to."""
    match e:
        case ir.Call(op, _, _):
            return op in FRESH or op == ".copy" or op.startswith("operator.") and op[9:] in FRESH_OPERATORS
    return False


def zero(name: str, kind: k.Kind) -> ir.Expr:
    """The zero adjoint of a name: a float, or an array of the primal's shape and dtype."""
    match kind:
        case k.Num() if kind.is_scalar:
            return ir.Const(0.0)
        case k.Num("array"):
            return call("numpy.zeros_like", ir.Name(name))
    return call(ZEROS, ir.Name(name))


def contribute(state: State, names: Names, name: str, kind: k.Kind, e: ir.Expr, dense: bool) -> ir.Stmt:
    """The statement that adds `e` to the adjoint of `name`; updates the state."""
    target = names.adjoint(name)
    old = state.get(name)
    if old is None:
        e = filled(e, ir.Name(name), kind)
        e = as_number(e) if isinstance(kind, k.Num) and kind.is_scalar else e
        state[name] = Shadow(mode_of(kind, is_fresh(e)), dense)
        return ir.Assign((target,), (e,))
    state[name] = replace(old, dense=old.dense and dense)
    if old.mode in ("scalar", "owned"):
        return add_to(ir.Name(target), e)
    if old.mode == "owned tree" and isinstance(kind, k.Seq | k.Dict):  # the caller of a function may hold it, too
        return ir.Eval(call(ADD_INTO, ir.Name(target), e))
    if "tree" in old.mode:
        state[name] = Shadow("tree", old.dense and dense)
        return ir.Assign((target,), (call(ACCUMULATE, ir.Name(target), e),))
    state[name] = Shadow("owned", old.dense and dense)
    return ir.Assign((target,), (plus(ir.Name(target), e),))


def filled(e: ir.Expr, primal: ir.Expr, kind: k.Kind) -> ir.Expr:
    """A number repeated in the shape of the primal as an array of its dtype, too, that may be changed."""
    match repeated_like(e), kind:
        case (value, like), k.Num("array") if like == primal:
            return call("numpy.full_like", like, value)
    match e, kind:
        case ir.Call("srcgrad.runtime.unbroadcast", (inner, like)), k.Num() if kind.is_scalar and like == primal:
            repeated = repeated_like(inner)  # an array of rank 0 that only repeats a number cannot be added to
            return call("srcgrad.runtime.unbroadcast", repeated[0], like) if repeated is not None else e
    return e


def add_to(place: ir.Name | ir.Index | ir.Attribute, e: ir.Expr) -> ir.Stmt:
    """`place += e`, or `place -= a` where e is written -a."""
    repeated = repeated_like(e)
    e = repeated[0] if repeated is not None else e
    inner = negated(e)
    return ir.Update(place, "operator.add", e) if inner is None else ir.Update(place, "operator.sub", inner)
