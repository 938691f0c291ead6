"""What functions of arrays are along many directions at once, where the last axis of a tangent is for the directions.

np.sum(t_x)              ->      np.sum(t_x, axis=0)
np.flip(t_x, axis=-1)    ->      np.flip(t_x, axis=-2)
t_a @ b                  ->      matmul_after(t_a, b)

Each form is None where the call is not one that it covers: then it is called for each direction by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..analysis import kinds as k
from ..ir import nodes as ir
from ..ir.build import call
from .apply_rule import bind_call

if TYPE_CHECKING:
    from .directions import Along

DIRECTIONS = "directions"
RUNTIME = "srcgrad.runtime."
MATRICES = {"numpy.matmul": 9, "numpy.dot": 2}  # up to which rank they are the product of matrices
REQUIRED = object()
AXES = frozenset({"axis", "axis1", "axis2", "source", "destination"})
KEPT = AXES | {"n", "shift", "indices", "mode", "repeats", "indices_or_sections"}


def scalar(kind: k.Kind) -> bool:
    return isinstance(kind, k.Num) and kind.is_scalar


def bound(a: Along, e: ir.Call, rule: Any, first: str, *known: str) -> tuple[ir.Expr, dict[str, ir.Expr]] | None:
    """The only tangent in a call, and the other arguments, if there are none but those that are known."""
    found = bind_call(rule, e, a.kind)
    values = dict(found.values)
    t = values.pop(first, None)
    if t is None or found.star or not set(values) <= set(known) or any(a.moved(v) for v in values.values()):
        return None
    if not a.moved(t) or not a.numeric(t):
        return None
    return a(t), values


def axes(e: ir.Expr | None) -> ir.Expr | None:
    """Numbers of axes, where the last axis is not counted; None where they are not written out."""
    match e:
        case ir.Const(int() as n) if not isinstance(n, bool):
            return e if n >= 0 else ir.Const(n - 1)
        case ir.Call("operator.neg", (ir.Const(int() as n),)):
            return ir.Const(-n - 1)
        case ir.Display(kind, items):
            found = [axes(i) for i in items]
            return ir.Display(kind, tuple(f for f in found if f is not None)) if None not in found else None
    return None


def reduction(a: Along, e: ir.Call, rule: Any) -> ir.Expr | None:
    found = bound(a, e, rule, rule.pattern.positional[0].name, "axis", "keepdims")
    if found is None:
        return None
    t, values = found
    axis = values.get("axis", ir.Const(None if rule.name != "numpy.add.reduce" else 0))
    words: tuple[tuple[str, ir.Expr], ...] = tuple((n, v) for n, v in values.items() if n == "keepdims")
    number = axes(axis) if axis != ir.Const(None) else None
    if axis == ir.Const(None):
        kind = a.kind(bind_call(rule, e, a.kind).values[rule.pattern.positional[0].name])
        rank = kind.rank if isinstance(kind, k.Num) else None
        every = ir.Display("tuple", tuple(ir.Const(n) for n in range(rank))) if rank is not None else None
        number = ir.Const(0) if rank == 1 else every or call(RUNTIME + "axes_before", t)
        if every is None and not isinstance(t, ir.Name):
            return None  # it would be computed twice
    return ir.Call(rule.name, (t,), (("axis", number), *words)) if number is not None else None


def along_an_axis(default: Any) -> Any:
    """Functions of a tangent and an axis whose other arguments stay as they are."""

    def form(a: Along, e: ir.Call, rule: Any) -> ir.Expr | None:
        first = rule.pattern.parameters[0].name
        known = [p.name for p in rule.pattern.parameters[1:] if p.name in KEPT]
        found = bound(a, e, rule, first, *known)
        if found is None:
            return None
        t, values = found
        numbered = {n: axes(v) if n in AXES else v for n, v in values.items()}
        if default is not REQUIRED and not AXES & set(values):
            numbered["axis"] = axes(ir.Const(default))
        if None in numbered.values() or default is REQUIRED and not AXES & set(values):
            return None
        return ir.Call(rule.name, (t,), tuple((n, v) for n, v in numbered.items() if v is not None))

    return form


def joined(default: int) -> Any:
    """`concatenate` and `stack`."""

    def form(a: Along, e: ir.Call, rule: Any) -> ir.Expr | None:
        values = bind_call(rule, e, a.kind).values
        arrays = values.get("arrays")
        axis = axes(values.get("axis", ir.Const(default)))
        if arrays is None or axis is None or not set(values) <= {"arrays", "axis"}:
            return None
        if not isinstance(a.kind(arrays), k.Seq):
            return None
        return ir.Call(rule.name, (a.whole(arrays),), (("axis", axis),))

    return form


def new_shape(shape: ir.Expr, kind: k.Kind) -> ir.Expr | None:
    """A shape with the directions behind it."""
    last = ir.Name(DIRECTIONS)
    if isinstance(shape, ir.Display):
        return ir.Display("tuple", (*shape.items, last))
    if isinstance(kind, k.Num) and kind.is_scalar:
        return ir.Display("tuple", (shape, last))
    return ir.Display("tuple", (ir.Star(shape), last)) if isinstance(kind, k.Seq) else None


def reshape(a: Along, e: ir.Call, rule: Any) -> ir.Expr | None:
    found = bind_call(rule, e, a.kind)
    values = dict(found.values)
    t = values.pop("a")
    shape: ir.Expr | None = values.pop("shape", None)
    if found.star:
        shape = found.star[0] if len(found.star) == 1 else ir.Display("tuple", found.star)
    if values or shape is None or a.moved(shape) or not a.moved(t) or not isinstance(a.kind(t), k.Num):
        return None
    new = new_shape(shape, a.kind(shape))
    return call("numpy.reshape", a(t), new) if new is not None else None


def ravel(a: Along, e: ir.Call, rule: Any) -> ir.Expr | None:
    """By `ravel`, too: it gives a view in fewer cases than `reshape`."""
    found = bound(a, e, rule, "a")
    if found is None:
        return None
    shape = ir.Display("tuple", (ir.Const(-1), ir.Name(DIRECTIONS)))
    flat = call("numpy.reshape", call("numpy.ravel", found[0]), shape)
    return call("numpy.copy", flat) if e.op == ".flatten" else flat


def broadcast_to(a: Along, e: ir.Call, rule: Any) -> ir.Expr | None:
    found = bound(a, e, rule, "array", "shape")
    if found is None:
        return None
    new = new_shape(found[1]["shape"], a.kind(found[1]["shape"]))
    return call("numpy.broadcast_to", found[0], new) if new is not None else None


def transpose(a: Along, e: ir.Call, rule: Any) -> ir.Expr | None:
    given = bind_call(rule, e, a.kind)
    t, order = given.values["a"], given.values.get("axes", ir.Const(None))
    if given.star:
        order = given.star[0] if len(given.star) == 1 else ir.Display("tuple", given.star)
    if not a.moved(t) or not a.numeric(t):
        return None
    if order == ir.Const(None):
        return call(RUNTIME + "transposed_along", a(t))
    numbers = axes(order)
    if not isinstance(numbers, ir.Display):
        return None
    return call("numpy.transpose", a(t), ir.Display("tuple", (*numbers.items, ir.Const(-1))))


def with_axes(op: str, *numbers: int) -> Any:
    """A function of a tangent alone, as another one of given axes."""

    def form(a: Along, e: ir.Call, rule: Any) -> ir.Expr | None:
        found = bound(a, e, rule, rule.pattern.parameters[0].name)
        return call(op, found[0], *(ir.Const(n) for n in numbers)) if found is not None else None

    return form


def as_array(a: Along, e: ir.Call, rule: Any) -> ir.Expr | None:
    """The array itself; an array of its own of what is none."""
    if len(e.args) != 1 or e.keywords:
        return None
    kind = a.kind(e.args[0])
    if isinstance(kind, k.Num) and kind.kind == "array":
        return a(e.args[0])
    return array(a, e, rule) if scalar(kind) or isinstance(kind, k.Seq) else None


def astype(a: Along, e: ir.Call, rule: Any) -> ir.Expr | None:
    if len(e.args) != 2 or e.keywords or a.moved(e.args[1]):
        return None
    return ir.Call(".astype", (a(e.args[0]), e.args[1]))


def laid_out_as(a: Along, e: ir.Call, rule: Any) -> ir.Expr | None:
    return call(RUNTIME + "laid_out_along", a(e.args[0]), e.args[1])


def array(a: Along, e: ir.Call, rule: Any) -> ir.Expr | None:
    """A copy, or the array of what a list holds."""
    if len(e.args) != 1 or e.keywords:
        return None
    return call("numpy.array", a.whole(e.args[0]))


def matrices(a: Along, e: ir.Call, rule: Any) -> ir.Expr | None:
    if len(e.args) != 2 or e.keywords:
        return None
    x, y = e.args
    ranks = [kind.rank if isinstance(kind, k.Num) else None for kind in (a.kind(x), a.kind(y))]
    if any(r is None or not 0 < r <= MATRICES[rule.name] for r in ranks) or a.moved(x) == a.moved(y):
        return None
    if a.moved(x):
        return call(RUNTIME + "matmul_after", a(x), y)
    return ir.Call("operator.matmul", (x, a(y))) if ranks[1] == 1 else call(RUNTIME + "matmul_before", x, a(y))


def solve(a: Along, e: ir.Call, rule: Any) -> ir.Expr | None:
    if len(e.args) != 2 or e.keywords or a.moved(e.args[0]):
        return None
    matrix, right = e.args
    kinds = [a.kind(matrix), a.kind(right)]
    ranks = [kind.rank if isinstance(kind, k.Num) else None for kind in kinds]
    return ir.Call(e.op, (matrix, a(right))) if ranks == [2, 1] else None


def unbroadcast(a: Along, e: ir.Call, rule: Any) -> ir.Expr | None:
    if a.moved(e.args[1]) or not isinstance(a.kind(e.args[1]), k.Num):
        return None
    return call(RUNTIME + "unbroadcast_along", a(e.args[0]), e.args[1], ir.Name(DIRECTIONS))


def of_result(a: Along, e: ir.Call, rule: Any) -> ir.Expr | None:
    t, *others = e.args
    if any(map(a.moved, others)) or not isinstance(a.kind(others[0]), k.Num):
        return None
    return ir.Call(RUNTIME + "of_result_along", (a(t), ir.Name(DIRECTIONS), *others))


def full_like(a: Along, e: ir.Call, rule: Any) -> ir.Expr | None:
    if len(e.args) != 2 or e.keywords or a.moved(e.args[0]) or not isinstance(a.kind(e.args[0]), k.Num):
        return None
    return call(RUNTIME + "full_along", e.args[0], a(e.args[1]), ir.Name(DIRECTIONS))


def flip(a: Along, e: ir.Call, rule: Any) -> ir.Expr | None:
    found = along_an_axis(REQUIRED)(a, e, rule)
    kind = a.kind(e)
    if found is not None or not (isinstance(kind, k.Num) and kind.rank is not None):
        return found
    alone = bound(a, e, rule, "m")
    every = ir.Display("tuple", tuple(ir.Const(n) for n in range(kind.rank)))
    return call("numpy.flip", alone[0], every) if alone is not None else None


def squeeze(a: Along, e: ir.Call, rule: Any) -> ir.Expr | None:
    alone = bound(a, e, rule, "a")
    return call(RUNTIME + "squeezed_along", alone[0]) if alone is not None else along_an_axis(REQUIRED)(a, e, rule)


SPECIAL: dict[str, Callable[[Along, ir.Call, Any], ir.Expr | None]] = {
    "numpy.sum": reduction, "numpy.mean": reduction, "numpy.add.reduce": reduction,
    "numpy.diff": along_an_axis(-1), "numpy.flip": flip, "numpy.roll": along_an_axis(REQUIRED),
    "numpy.cumsum": along_an_axis(REQUIRED), "numpy.expand_dims": along_an_axis(REQUIRED),
    "numpy.squeeze": squeeze, "numpy.split": along_an_axis(0), "numpy.array_split": along_an_axis(0),
    "numpy.take": along_an_axis(REQUIRED),
    "numpy.repeat": along_an_axis(REQUIRED), "numpy.swapaxes": along_an_axis(REQUIRED),
    "numpy.moveaxis": along_an_axis(REQUIRED), "numpy.concatenate": joined(0), "numpy.stack": joined(0),
    "numpy.reshape": reshape, "ndarray.reshape": reshape, "numpy.ravel": ravel, "numpy.broadcast_to": broadcast_to,
    "numpy.transpose": transpose, "ndarray.transpose": transpose,
    "numpy.matrix_transpose": with_axes("numpy.swapaxes", -3, -2),
    "numpy.fliplr": with_axes("numpy.flip", 1), "numpy.flipud": with_axes("numpy.flip", 0), "numpy.asarray": as_array,
    "ndarray.astype": astype, "srcgrad.runtime.laid_out_as": laid_out_as,
    "numpy.array": array, "numpy.matmul": matrices, "numpy.dot": matrices,
    "numpy.linalg.solve": solve, "srcgrad.runtime.unbroadcast": unbroadcast,
    "srcgrad.runtime.of_shape": unbroadcast, "srcgrad.runtime.of_result": of_result, "numpy.full_like": full_like,
}  # fmt: skip
