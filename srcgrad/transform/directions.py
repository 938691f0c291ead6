"""Forward mode along many directions at once: each tangent has one axis more, the last, for the directions.

t_y = t_x * np.cos(x)        ->        t_y = t_x * np.cos(x)[..., None]
t_s = np.sum(t_y)            ->        t_s = np.sum(t_y, axis=0)
t_u[1:-1] += k * t_f         ->        t_u[1:-1] += k * t_f

With that axis last, what NumPy does to shapes from the left (an index, an axis that is counted from the front) and
its broadcasting of shapes from the right mean the same as before; the primal takes part with an axis of size one.
What has no such form is done for each direction by itself, in its place (`each_direction`).  OneByOne is raised for
what cannot be told: then each direction is pushed by itself through all of the program.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..analysis import kinds as k
from ..analysis.paths import index_parts
from ..analysis.sharing import Sharing, may_share
from ..ir import nodes as ir
from ..ir.build import call, is_number
from ..ir.walk import reads, substitute
from ..rules.registry import is_elementwise, lookup
from .direction_forms import DIRECTIONS, RUNTIME, SPECIAL, scalar
from .names import Names
from .reverse_contributions import OUT
from .shadows import OWN, is_fresh

KindOf = Callable[[ir.Expr], k.Kind]
ZEROS = RUNTIME + "zeros_along"

# the same function of tangents, and of containers of them
UNCHANGED = frozenset({
    ".copy", "numpy.copy", "numpy.ascontiguousarray", "srcgrad.runtime.private",
    "srcgrad.runtime.accumulate", "srcgrad.runtime.carried", "numpy.float64", "numpy.float32", "numpy.complex128",
})  # fmt: skip
CONTAINERS = frozenset({"builtins.list", "builtins.tuple", "builtins.dict", "builtins.zip", "builtins.reversed"})
REDUCTIONS = frozenset({"numpy.sum", "numpy.mean"})
ARRAYS = frozenset({
    "numpy.broadcast_to", "numpy.reshape", ".reshape", "numpy.ravel", "numpy.transpose", "numpy.expand_dims",
    "numpy.squeeze", "srcgrad.runtime.laid_out_as",
})  # fmt: skip
OF_ITS_OWN = frozenset({"srcgrad.runtime.each_direction", "srcgrad.runtime.full_along"})
NEWAXIS = ir.Attribute(ir.Name("np"), "newaxis")


class OneByOne(Exception):
    """The directions of this program are pushed one by one."""


class Along:
    """The tangents of one statement, along all directions; `changing`: the program changes memory in place."""

    def __init__(self, kind: KindOf, names: Names, sharing: Sharing, values: dict[str, ir.Expr], changing: bool):
        self.kind_of_primal, self.names, self.sharing = kind, names, sharing
        self.primals: dict[str, ir.Expr] = {OUT + n: e for n, e in values.items()}
        self.changing = changing

    # ----- what a tangent is of -----

    def is_tangent(self, name: str) -> bool:
        return name in self.names.made and name.startswith(self.names.t_prefix)

    def moved(self, e: ir.Expr) -> bool:
        return any(self.is_tangent(n) for n in reads(e))

    def primal(self, e: ir.Expr) -> ir.Expr:
        """The primal that has the kind of a tangent."""
        prefix = self.names.t_prefix
        known: dict[str, ir.Expr] = {n: ir.Name(n.removeprefix(prefix)) for n in reads(e) if self.is_tangent(n)}
        return substitute(substitute(e, known), self.primals)

    def kind(self, e: ir.Expr) -> k.Kind:
        return self.kind_of_primal(self.primal(e))

    # ----- whole values -----

    def whole(self, e: ir.Expr) -> ir.Expr:
        """A tangent that gets a name or a place: of memory of its own, where the primal is a number."""
        if is_zero(e) and not self.moved(e):
            return zero_along(e)
        match e:
            case ir.Const(None):
                return e
            case ir.Call(op, (x,), ()) if is_zero(e):
                return ir.Call(op, (self(x),))
            case ir.Display(kind, items):
                return ir.Display(kind, tuple(self.whole(i) for i in items))
            case ir.Mapping(keys, values, cls):
                return ir.Mapping(keys, tuple(self.whole(v) for v in values), cls)
            case ir.Star(value):
                return ir.Star(self.whole(value))
            case ir.Call(op, (x,), ()) if op == OWN:
                return ir.Call(op, (self.whole(x),))
            case ir.Select(test, then, other):
                self.constant(test)
                return ir.Select(test, self.whole(then), self.whole(other))
        if not self.moved(e):
            return self.same(e)
        found = self(e)
        if isinstance(e, ir.Name) or is_fresh(e) or is_array(e) or not self.changing:
            return found
        if isinstance(found, ir.Call) and found.op in OF_ITS_OWN:
            return found
        of = self.kind(e)
        if scalar(of):
            return call("numpy.copy", found)
        match of:
            case k.Num("array") | k.Seq() | k.Dict():
                return found
        raise OneByOne

    def unpacked(self, e: ir.Expr) -> ir.Expr:
        """A tangent that is taken apart: the parts of an array are views, where those of the primal may be numbers."""
        found = self.whole(e)
        if not self.changing or isinstance(found, ir.Call) and found.op in OF_ITS_OWN:
            return found
        match self.kind(e):
            case k.Seq() | k.Dict():
                return found
            case k.Num("array", _, tuple(dims)):
                return call("numpy.copy", found) if len(dims) == 1 else found
        raise OneByOne

    def change(self, s: ir.Stmt) -> ir.Stmt:
        """A change of a tangent in place."""
        match s:
            case ir.Store(place, e):
                scattered = is_number(e, 0.0) and isinstance(place, ir.Index) and self.numeric(place.base)
                return ir.Store(self.place(place), e if scattered else self.whole(e))
            case ir.Update(place, op, e):
                return ir.Update(self.place(place), op, e if op in (".pop", ".clear") else self.whole(e))
        raise OneByOne

    def place(self, place: ir.Expr) -> Any:
        match place:
            case ir.Name():
                return place
            case ir.Index(base, index):
                return self.index(base, index)
        raise OneByOne

    def same(self, e: ir.Expr) -> ir.Expr:
        return call(RUNTIME + "same_along", e, ir.Name(DIRECTIONS))

    def constant(self, e: ir.Expr) -> None:
        if self.moved(e):
            raise OneByOne

    # ----- expressions that tangents are in -----

    def __call__(self, e: ir.Expr) -> ir.Expr:
        match e:
            case ir.Name():
                return e
            case ir.Index(base, index):
                return self.index(base, index)
            case ir.Display() | ir.Mapping() | ir.Star() | ir.Select():
                return self.whole(e)
            case ir.Call():
                return self.call(e)
        raise OneByOne

    def index(self, base: ir.Expr, index: ir.Expr) -> ir.Index:
        self.constant(index)
        match self.kind(base):
            case k.Seq() | k.Dict():
                return ir.Index(self(base), index)
        if self.numeric(base):
            return ir.Index(self(base), self.position(index))
        raise OneByOne

    def numeric(self, e: ir.Expr) -> bool:
        """Whether a tangent is a number or an array, also where it is made by what no program of a user has in it."""
        match self.kind(e), e:
            case k.Num(), _:
                return True
            case k.Unknown(), ir.Index(base, _):
                return self.numeric(base)
            case k.Unknown(), ir.Call(op, args) if getattr(lookup(op), "name", "") in REDUCTIONS:
                return self.numeric(args[0])
            case k.Unknown(), ir.Call(op, args) if is_elementwise(op, len(args)):
                return all(self.numeric(a) for a in args if self.moved(a))
        return False

    def position(self, index: ir.Expr) -> ir.Expr:
        """An index of the leading axes; one that counts from the last axis leaves that of the directions out."""
        parts = index_parts(index)
        dots = [p for p in parts if isinstance(p, ir.Const) and p.value is ...]
        if not all(p in dots or self.counts_from_the_front(p) for p in parts):
            return call(RUNTIME + "before_directions", index)
        if not dots or parts == tuple(dots):
            return index
        return ir.Display("tuple", (*parts, ir.Slice(None, None, None)))

    def counts_from_the_front(self, part: ir.Expr) -> bool:
        if isinstance(part, ir.Slice) or isinstance(part, ir.Call) and part.op == "builtins.slice":
            return True
        match self.kind_of_primal(self.primal(part)):
            case k.Num():
                return True
            case k.Known(value):
                return value is None or isinstance(value, slice)
            case k.Seq(_, items, element):
                inner = [*(items or ()), *([element] if element is not None else [])]
                return all(isinstance(i, k.Num) for i in inner)
        return False

    def call(self, e: ir.Call) -> ir.Expr:
        kind = self.kind(e)
        rule = lookup(e.op)
        if e.op in CONTAINERS or isinstance(kind, k.Seq | k.Dict) and e.op in ("operator.add", "operator.mul"):
            return self.container(e)
        name = rule.name if rule is not None else e.op
        if e.op in UNCHANGED or name in UNCHANGED:
            return self.unchanged(e)
        if e.op in ("builtins.float", ".item") and len(e.args) == 1 and scalar(self.kind(e.args[0])):
            return self(e.args[0])
        if is_elementwise(e.op, len(e.args)) and not e.keywords and not e.op.startswith(("math.", "builtins.")):
            if not self.numeric(e) and not isinstance(kind, k.Seq):
                raise OneByOne
            return ir.Call(e.op, tuple(self.operand(a) for a in e.args))
        special = SPECIAL.get(name)
        found = special(self, e, rule) if special is not None else None
        return found if found is not None else self.one_by_one(e)

    def container(self, e: ir.Call) -> ir.Expr:
        """The same function of containers."""
        if e.keywords:
            raise OneByOne
        if e.op == "operator.mul":
            return ir.Call(e.op, tuple(self.whole(a) if self.moved(a) else a for a in e.args))
        return ir.Call(e.op, tuple(self.unpacked(a) for a in e.args))

    def unchanged(self, e: ir.Call) -> ir.Expr:
        first = e.args[0]
        others = [*e.args[1:], *(v for _, v in e.keywords)]
        if e.op == RUNTIME + "accumulate":
            return ir.Call(e.op, tuple(self.whole(a) for a in e.args))
        if e.keywords or any(self.moved(a) for a in others) or others and e.op != RUNTIME + "carried":
            return self.one_by_one(e)
        return ir.Call(e.op, (self(first), *others))

    def operand(self, e: ir.Expr) -> ir.Expr:
        """An operand of what works on each element: the primal has the same value in every direction."""
        if self.moved(e):
            return self(e)
        if isinstance(e, ir.Const) or scalar(self.kind(e)):
            return e
        kind = self.kind(e)
        if isinstance(kind, k.Num) and kind.kind == "array":
            return ir.Index(e, ir.Display("tuple", (ir.Const(...), ir.Const(None))))
        return call("numpy.expand_dims", e, ir.Const(-1))

    def one_by_one(self, e: ir.Call) -> ir.Expr:
        """One call for each direction, of memory of its own."""
        if self.changing and not makes_memory(e.op) and may_share(self.kind(e)) and self.sharing(self.primal(e)):
            raise OneByOne
        taken = reads(e)
        params: list[str] = []
        given: list[ir.Expr] = []

        def hole(a: ir.Expr) -> ir.Expr:
            if not self.moved(a):
                return a
            if isinstance(a, ir.Star) or not self.numeric(a) and not isinstance(self.kind(a), k.Seq | k.Dict):
                raise OneByOne
            name = f"t{len(params) + 1}"
            while name in taken:
                name += "_"
            params.append(name)
            given.append(self(a))
            return ir.Name(name)

        body = ir.Call(e.op, tuple(hole(a) for a in e.args), tuple((n, hole(v)) for n, v in e.keywords))
        one = ir.Lambda(tuple(ir.Param(n, "positional") for n in params), body)
        return call(RUNTIME + "each_direction", one, ir.Name(DIRECTIONS), *given)


def makes_memory(op: str) -> bool:
    """Whether a helper of emitted code gives an array of its own."""
    return op.startswith(RUNTIME) and op.endswith("_tangent") and op != RUNTIME + "einsum_tangent"


def is_array(e: ir.Expr) -> bool:
    """Whether a value is never a number, so that what it shares memory with is what its primal shares it with."""
    match e:
        case ir.Index(_, index):
            return any(isinstance(p, ir.Slice) or p in (ir.Const(None), NEWAXIS) for p in index_parts(index))
        case ir.Call(op, args):
            return op in ARRAYS or is_elementwise(op, len(args)) and op not in ("numpy.real", "numpy.imag")
    return False


def is_zero(e: ir.Expr) -> bool:
    return is_number(e, 0.0) or isinstance(e, ir.Call) and e.op.endswith(("zeros_like", ".zero_tangent"))


def zero_along(e: ir.Expr) -> ir.Expr:
    """A zero tangent along all directions."""
    last = ir.Name(DIRECTIONS)
    match e:
        case ir.Const(None):
            return e
        case ir.Const():
            return call("numpy.zeros", last)
        case ir.Call(_, (x,), ()):
            return call(ZEROS, x, last)
        case ir.Display(kind, items):
            return ir.Display(kind, tuple(zero_along(i) for i in items))
    raise OneByOne
