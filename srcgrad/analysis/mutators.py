"""Calls that change an array, as the assignment to its elements that they are.

    a.fill(x)                       a[...] = x
    np.copyto(a, b, where=m)        a[...] = np.where(m, b, a)
    np.multiply(x, y, out=a)        a[...] = np.multiply(x, y)
    np.add.at(a, i, x)              a[i] += x, once for every time an element is picked
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..frontend.operators import IN_PLACE
from ..ir import nodes as ir
from ..ir.build import call
from . import kinds as k
from .container_changes import DICT_FORMS, LIST_FORMS, container_change
from .outputs import is_array, stored_result

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

    def is_constant(self, e: ir.Expr | None, value: object) -> bool:
        """Whether an argument is this constant, in the text or by what is known of it."""
        known = self.kind(e) if e is not None else k.Unknown()
        return e == ir.Const(value) or isinstance(known, k.Num | k.Known) and known.value is value

    def only(self, count: int, *names: str) -> bool:
        """Whether nothing else is given."""
        return len(self.args) <= count and set(self.keywords) <= set(names)


Form = Callable[[Arguments], "Change | None"]
FORMS: dict[str, Form] = {}
NAMES = {
    "numpy.copyto": ("dst", "src", "casting", "where"),
    "numpy.put": ("a", "ind", "v", "mode"),
    "numpy.place": ("arr", "mask", "vals"),
    "numpy.putmask": ("a", "mask", "values"),
    "numpy.put_along_axis": ("arr", "indices", "values", "axis"),
    "numpy.fill_diagonal": ("a", "val", "wrap"),
    "numpy.nan_to_num": ("x", "copy"),
}


def form(*ops: str) -> Callable[[Form], Form]:
    def add(f: Form) -> Form:
        FORMS.update(dict.fromkeys(ops, f))
        return f

    return add


def as_change(e: ir.Expr, kind: KindOf) -> Change | None:
    """The assignment that a call for its effect is; None if it is not such a call, or one of unknown effect."""
    if not isinstance(e, ir.Call):
        return None
    e = positional(e)
    match e:
        case ir.Call(".shuffle" | "numpy.random.shuffle" as op, (*source, array), ()) if is_array(kind(array)):
            order = ir.Call("numpy.arange", (ir.Call("builtins.len", (array,)),))
            drawn = ir.Call(op.replace("shuffle", "permutation"), (*source, order))  # which shuffles a copy
            return ir.Store(ir.Index(array, ALL), ir.Index(array, drawn))
        case ir.Call(op, (array, *_) as args, keywords) if op in FORMS and is_array(kind(array)):
            return FORMS[op](Arguments(args, dict(keywords), kind))
        case ir.Call(_, (container, *_)) if isinstance(kind(container), k.Seq | k.Dict):
            return container_change(e, kind) or stored_result(e, kind)
    return stored_result(e, kind)


def positional(e: ir.Call) -> ir.Call:
    """The call with the array that it changes, and what stands before others, given by position."""
    names = NAMES.get(e.op, ())
    words = dict(e.keywords)
    args = list(e.args)
    for name in names[len(args) :]:
        if name not in words:
            break
        args.append(words.pop(name))
    return e if len(args) == len(e.args) else ir.Call(e.op, tuple(args), tuple(words.items()))


def is_scalar(kind: k.Kind) -> bool:
    return isinstance(kind, k.Num) and (kind.is_scalar or kind.dims == ())


# ----- functions and methods that return nothing -----


@form(".fill")
def fill(a: Arguments) -> Change | None:
    value = a.take(1, "value")
    return ir.Store(ir.Index(a.args[0], ALL), value) if value is not None and a.only(2, "value") else None


@form("numpy.copyto")
def copyto(a: Arguments) -> Change | None:
    target, source, mask = a.args[0], a.take(1, "src"), a.take(3, "where", ir.Const(True))
    if source is None or mask is None or not a.only(4, "casting", "where"):
        return None
    value = source if a.is_constant(mask, True) else call("numpy.where", mask, source, target)
    return ir.Store(ir.Index(target, ALL), value)


@form("numpy.nan_to_num")
def nan_to_num(a: Arguments) -> Change | None:
    """With copy=False it writes into its argument."""
    words = {n: v for n, v in a.keywords.items() if n != "copy"}
    if not a.is_constant(a.take(1, "copy"), False) or a.args[2:]:
        return None
    return ir.Store(ir.Index(a.args[0], ALL), ir.Call("numpy.nan_to_num", a.args[:1], tuple(words.items())))


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
    """Every element that is one further along each axis; of a tall matrix only to its first square, unless `wrap`."""
    array, value, wrap = a.args[0], a.take(1, "val"), a.take(2, "wrap", ir.Const(False))
    found = a.kind(array)
    if value is None or wrap is None or not a.only(3, "wrap") or not isinstance(found, k.Num):
        return None
    if found.rank is None:
        return flat_store(array, call("srcgrad.runtime.diagonal_places", array, wrap), value, a.kind)
    shape = ir.Attribute(array, "shape")
    columns = ir.Index(shape, ir.Const(1))
    end: ir.Expr | None = call("operator.mul", columns, columns)
    step: ir.Expr = columns
    if found.rank != 2:
        step = call("numpy.sum", call("numpy.cumprod", ir.Index(shape, ir.Slice(None, ir.Const(-1), None))))
    if found.rank != 2 or wrap != ir.Const(False):
        end = None if wrap in (ir.Const(True), ir.Const(False)) else ir.Select(wrap, ir.Const(None), end)  # type: ignore[arg-type]
    every = ir.Slice(None, end, call("operator.add", step, ir.Const(1)))
    return flat_store(array, every, value, a.kind)


def flat_store(array: ir.Expr, places: ir.Expr, values: ir.Expr, kind: KindOf) -> ir.Store:
    """`array.flat[places] = values`: values that are too few begin again from the first, and the rest is left out."""
    flat = ir.Attribute(array, "flat")
    if not is_scalar(kind(values)):
        found = ir.Index(call("numpy.ravel", array), places)
        values = call("numpy.resize", values, call("numpy.shape", found))
    return ir.Store(ir.Index(flat, places), values)


@form("numpy.put", ".put")
def put(a: Arguments) -> Change | None:
    array, indices = a.args[0], a.take(1, "ind" if "ind" in a.keywords else "indices")
    values = a.take(2, "v" if "v" in a.keywords else "values")
    mode = a.take(3, "mode", ir.Const("raise"))
    if indices is None or values is None or not a.only(4, "ind", "indices", "v", "values", "mode"):
        return None
    size = call("numpy.size", array)
    if mode == ir.Const("wrap"):
        indices = call("numpy.mod", indices, size)
    elif mode == ir.Const("clip"):
        indices = call("numpy.clip", indices, ir.Const(0), call("operator.sub", size, ir.Const(1)))
    elif mode != ir.Const("raise"):
        return None
    if not is_scalar(a.kind(values)):
        values = call("numpy.resize", values, call("numpy.shape", indices))
    return ir.Store(ir.Index(ir.Attribute(array, "flat"), indices), values)


@form("numpy.putmask")
def putmask(a: Arguments) -> Change | None:
    array, mask, values = a.args[0], a.take(1, "mask"), a.take(2, "values")
    if mask is None or values is None or not a.only(3):
        return None
    if not is_scalar(a.kind(values)):
        values = call("numpy.resize", values, call("numpy.shape", array))
    return ir.Store(ir.Index(array, ALL), call("numpy.where", mask, values, array))


@form("numpy.place")
def place(a: Arguments) -> Change | None:
    array, mask, values = a.args[0], a.take(1, "mask"), a.take(2, "vals")
    if mask is None or values is None or not a.only(3):
        return None
    if getattr(a.kind(mask), "dtype", None) != "bool":  # as an index, integers would be positions
        mask = call("numpy.not_equal", mask, ir.Const(0))
    if not is_scalar(a.kind(values)):
        values = call("numpy.resize", values, call("numpy.count_nonzero", mask))
    return ir.Store(ir.Index(array, mask), values)


@form("numpy.put_along_axis")
def put_along_axis(a: Arguments) -> Change | None:
    array, indices, values, axis = a.args[0], a.take(1, "indices"), a.take(2, "values"), a.take(3, "axis")
    if indices is None or values is None or axis is None or not a.only(4):
        return None
    if a.is_constant(axis, None):
        return flat_store(array, indices, values, a.kind)
    return ir.Store(ir.Index(array, call("srcgrad.runtime.along_axis", array, indices, axis)), values)


@form(".__setitem__", "operator.setitem")
def set_item(a: Arguments) -> Change | None:
    return ir.Store(ir.Index(a.args[0], a.args[1]), a.args[2]) if len(a.args) == 3 else None


def augmented(op: str, of_numbers: bool) -> Form:
    """`operator.iadd(a, x)` and `a.__iadd__(x)` are `a += x`; only the first may be given a number, which stays."""

    def change(a: Arguments) -> Change | None:
        found = a.kind(a.args[0])
        if len(a.args) != 2 or of_numbers and getattr(found, "kind", "") != "array":
            return None
        return ir.Update(ir.Index(a.args[0], ALL), op, a.args[1])

    return change


for name, op in IN_PLACE.items():
    FORMS[name] = augmented(op, of_numbers=True)
    FORMS[f".__{name.removeprefix('operator.')}__"] = augmented(op, of_numbers=False)


def at(op: str) -> Form:
    def change(a: Arguments) -> Change | None:
        indices, value = a.take(1, "indices"), a.take(2, "b")
        if indices is None or value is None or not a.only(3, "indices", "b"):
            return None
        return ir.Update(ir.Index(a.args[0], indices), op, value)

    return change


FORMS.update({op: at(op) for op in AT})
GIVING = frozenset({"numpy.nan_to_num", *IN_PLACE, *(f".__{n.removeprefix('operator.')}__" for n in IN_PLACE)})


def gives_nothing(e: ir.Expr) -> bool:
    """Whether a call that changes an array, a list or a dict gives None, rather than the array as `out=` does."""
    op = e.op if isinstance(e, ir.Call) else ""
    known = op in LIST_FORMS or op in DICT_FORMS or op in FORMS and op not in GIVING
    return known or op.rpartition(".")[2] in ("at", "shuffle")


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
