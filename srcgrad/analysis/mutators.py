"""Calls that change an array, as the assignment to its elements that they are.

    a.fill(x)                       a[...] = x
    np.copyto(a, b, where=m)        a[...] = np.where(m, b, a)
    np.multiply(x, y, out=a)        a[...] = np.multiply(x, y)
    np.add.at(a, i, x)              a[i] += x, once for every time an element is picked
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..frontend.scope import MISSING, library_object
from ..ir import nodes as ir
from ..ir.build import call
from . import kinds as k
from .container_changes import container_change

ALL = ir.Const(...)
Change = ir.Store | ir.Update
KindOf = Callable[[ir.Expr], k.Kind]
AT = ("numpy.add.at", "numpy.subtract.at")


@dataclass(frozen=True)
class Arguments:
    """The arguments of one call, by position and keyword; `take` gives one, or its default."""

    args: tuple[ir.Expr, ...]
    keywords: dict[str, ir.Expr]
    kind: KindOf

    def take(self, position: int, name: str, default: ir.Expr | None = None) -> ir.Expr | None:
        if position < len(self.args):
            return self.args[position]
        return self.keywords.get(name, default)

    def only(self, count: int, *names: str) -> bool:
        """Whether nothing else is given."""
        return len(self.args) <= count and set(self.keywords) <= set(names)


Form = Callable[[Arguments], "Change | None"]
FORMS: dict[str, Form] = {}


def form(*ops: str) -> Callable[[Form], Form]:
    def add(f: Form) -> Form:
        FORMS.update(dict.fromkeys(ops, f))
        return f

    return add


def as_change(e: ir.Expr, kind: KindOf) -> Change | None:
    """The assignment that a call for its effect is; None if it is not such a call, or one of unknown effect."""
    match e:
        case ir.Call(_, (container, *_)) if isinstance(kind(container), k.Seq | k.Dict):
            return container_change(e, kind)
        case ir.Call(op, (array, *_) as args, keywords) if op in FORMS and is_array(kind(array)):
            return FORMS[op](Arguments(args, dict(keywords), kind))
        case ir.Call():
            return with_out(e, kind)
    return None


def is_array(kind: k.Kind) -> bool:
    return isinstance(kind, k.Num) and not kind.is_scalar


def is_scalar(kind: k.Kind) -> bool:
    return isinstance(kind, k.Num) and (kind.is_scalar or kind.dims == ())


# ----- out= -----


def output(e: ir.Call, kind: KindOf) -> ir.Expr | None:
    """The array a call writes its result into."""
    for name, value in e.keywords:
        if name == "out" and kind(value) != k.Known(None):
            return value.items[0] if isinstance(value, ir.Display) and len(value.items) == 1 else value
    ufunc = library_object(e.op) if e.op.startswith("numpy.") else MISSING
    inputs = getattr(ufunc, "nin", None)
    if isinstance(inputs, int) and getattr(ufunc, "nout", 0) == 1 and len(e.args) == inputs + 1:
        return e.args[-1]
    return None


def without_out(e: ir.Call, out: ir.Expr) -> ir.Expr:
    """The value that is written; where a mask is given, the old one elsewhere."""
    words = {n: v for n, v in e.keywords if n != "out"}
    positional = e.args[:-1] if not any(n == "out" for n, _ in e.keywords) else e.args
    mask = words.pop("where", None) if hasattr(library_object(e.op), "nin") else None
    value: ir.Expr = ir.Call(e.op, positional, tuple(words.items()))
    return value if mask is None or mask == ir.Const(True) else call("numpy.where", mask, value, out)


def with_out(e: ir.Call, kind: KindOf) -> Change | None:
    out = output(e, kind)
    if out is None or not is_array(kind(out)):
        return None
    return ir.Store(ir.Index(out, ALL), without_out(e, out))


# ----- functions and methods that return nothing -----


@form(".fill")
def fill(a: Arguments) -> Change | None:
    value = a.take(1, "value")
    return ir.Store(ir.Index(a.args[0], ALL), value) if value is not None and a.only(2, "value") else None


@form("numpy.copyto")
def copyto(a: Arguments) -> Change | None:
    target, source, mask = a.args[0], a.take(1, "src"), a.take(3, "where", ir.Const(True))
    if source is None or mask is None or not a.only(2, "src", "where", "casting"):
        return None
    value = source if mask == ir.Const(True) else call("numpy.where", mask, source, target)
    return ir.Store(ir.Index(target, ALL), value)


@form(".sort")
def sort(a: Arguments) -> Change | None:
    axis = a.take(1, "axis", ir.Const(-1))
    if axis is None or not a.only(2, "axis", "kind", "stable"):
        return None
    rest = {n: v for n, v in a.keywords.items() if n != "axis"}
    value = ir.Call("numpy.sort", (a.args[0],), (("axis", axis), *rest.items()))
    return ir.Store(ir.Index(a.args[0], ALL), value)


@form(".partition")
def partition(a: Arguments) -> Change | None:
    value = ir.Call("numpy.partition", a.args, tuple(a.keywords.items()))
    return ir.Store(ir.Index(a.args[0], ALL), value)


@form("numpy.fill_diagonal")
def fill_diagonal(a: Arguments) -> Change | None:
    """Of a matrix: every element that is a row and a column further, as NumPy does it."""
    array, value = a.args[0], a.take(1, "val")
    found = a.kind(array)
    if value is None or not a.only(2, "val") or not isinstance(found, k.Num) or found.rank != 2:
        return None
    columns = ir.Index(ir.Attribute(array, "shape"), ir.Const(1))
    end = call("operator.mul", columns, columns)
    every = ir.Slice(None, end, call("operator.add", columns, ir.Const(1)))
    return ir.Store(ir.Index(ir.Attribute(array, "flat"), every), value)


@form("numpy.put", ".put")
def put(a: Arguments) -> Change | None:
    indices, values = a.take(1, "ind" if "ind" in a.keywords else "indices"), a.take(2, "v")
    if values is None:
        values = a.keywords.get("values")
    if indices is None or values is None or not a.only(3, "ind", "indices", "v", "values"):
        return None
    if not is_scalar(a.kind(values)):
        values = call("numpy.resize", values, call("numpy.shape", indices))
    return ir.Store(ir.Index(ir.Attribute(a.args[0], "flat"), indices), values)


@form("numpy.putmask")
def putmask(a: Arguments) -> Change | None:
    array, mask, values = a.args[0], a.take(1, "mask"), a.take(2, "values")
    if mask is None or values is None or not a.only(3, "mask", "values"):
        return None
    if not is_scalar(a.kind(values)):
        values = call("numpy.resize", values, call("numpy.shape", array))
    return ir.Store(ir.Index(array, ALL), call("numpy.where", mask, values, array))


@form("numpy.place")
def place(a: Arguments) -> Change | None:
    array, mask, values = a.args[0], a.take(1, "mask"), a.take(2, "vals")
    if mask is None or values is None or not a.only(3, "mask", "vals"):
        return None
    if not is_scalar(a.kind(values)):
        values = call("numpy.resize", values, call("numpy.count_nonzero", mask))
    return ir.Store(ir.Index(array, mask), values)


@form("numpy.put_along_axis")
def put_along_axis(a: Arguments) -> Change | None:
    array, indices, values, axis = a.args[0], a.take(1, "indices"), a.take(2, "values"), a.take(3, "axis")
    if indices is None or values is None or axis is None or not a.only(4, "indices", "values", "axis"):
        return None
    return ir.Store(ir.Index(array, call("srcgrad.runtime.along_axis", array, indices, axis)), values)


def at(op: str) -> Form:
    def change(a: Arguments) -> Change | None:
        indices, value = a.take(1, "indices"), a.take(2, "b")
        if indices is None or value is None or not a.only(3, "indices", "b"):
            return None
        return ir.Update(ir.Index(a.args[0], indices), op, value)

    return change


FORMS.update({op: at(op) for op in AT})


def ufunc_method(e: ir.Expr, kind: KindOf) -> ir.Expr:
    """`np.add.at(a, i, x)` under the name of the operation it is."""
    match e:
        case ir.Call(".at", (function, *args), keywords):
            found = kind(function)
            if isinstance(found, k.Func) and isinstance(found.target, str) and found.target.startswith("numpy."):
                return ir.Call(f"{found.target}.at", tuple(args), keywords)
    return e


def placed(change: Change, s: ir.Stmt) -> Change:
    return replace(change, origin=s.origin)
