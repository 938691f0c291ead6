"""The memory that the value of an expression may refer to, by the names that stand for it.

    A[1:]  A.T  [A, s]      that of A
    A + 1  np.copy(A)       none: a value of its own
    f(A)                    what the callee says of its result

Whatever is not known to make memory of its own counts as sharing that of all its operands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from ..ir import nodes as ir
from ..ir.walk import children, reads
from ..rules.registry import lookup
from . import kinds as k
from .passed import call_arguments
from .paths import index_parts
from .relation import NONE

if TYPE_CHECKING:
    from .evaluate_calls import Called

VIEWING = frozenset({
    "numpy.reshape", "numpy.ravel", "numpy.transpose", "numpy.swapaxes", "numpy.moveaxis", "numpy.squeeze",
    "numpy.expand_dims", "numpy.asarray", "srcgrad.runtime.unbroadcast", "srcgrad.runtime.carried",
    "srcgrad.runtime.laid_out_as", "srcgrad.runtime.accumulate", "srcgrad.runtime.share_of",
    "numpy.broadcast_to", "numpy.real", "numpy.imag", "numpy.diagonal",
    "numpy.diag", "numpy.split", "numpy.array_split", "numpy.hsplit", "numpy.vsplit", "numpy.dsplit", "numpy.flip",
    "numpy.fliplr", "numpy.flipud", "numpy.rollaxis", "numpy.atleast_1d", "numpy.atleast_2d", "numpy.atleast_3d",
    "numpy.rot90", "numpy.ascontiguousarray", "numpy.asfortranarray", "numpy.asanyarray", "numpy.require",
    "numpy.matrix_transpose", "numpy.permute_dims", "numpy.broadcast_arrays", "numpy.nan_to_num", "numpy.array",
    "numpy.unstack", "numpy.conj", "numpy.conjugate", "operator.pos", "numpy.positive", "numpy.linalg.matrix_transpose",
    "numpy.linalg.diagonal", "numpy.lib.stride_tricks.as_strided", "numpy.lib.stride_tricks.sliding_window_view",
    "numpy.real_if_close", "numpy.trim_zeros", "numpy.astype", "numpy.ix_", "numpy.meshgrid", "numpy.einsum",
    "numpy.diff", "numpy.linalg.matrix_power", "numpy.polyder", "numpy.asarray_chkfinite", "srcgrad.runtime.of_shape",
    "srcgrad.runtime.of_result",
})  # fmt: skip
COPYING = frozenset({
    "operator.pos", "numpy.positive", "numpy.conj", "numpy.conjugate", "numpy.array", "numpy.meshgrid",
})  # fmt: skip
MAY_VIEW = VIEWING - COPYING
LIKE_ANOTHER = frozenset({  # what they give may be their first argument, and never the one that it is to be like
    "srcgrad.runtime.laid_out_as", "srcgrad.runtime.unbroadcast", "srcgrad.runtime.carried", "srcgrad.runtime.share_of",
    "srcgrad.runtime.of_shape", "srcgrad.runtime.of_result",
})  # fmt: skip
VIEWING_METHODS = frozenset({
    ".reshape", ".ravel", ".transpose", ".squeeze", ".swapaxes", ".view", ".diagonal", ".astype", ".conj", ".conjugate",
})  # fmt: skip
SHARING_BUILTINS = frozenset({
    "builtins.list", "builtins.tuple", "builtins.dict", "builtins.zip", "builtins.enumerate", "builtins.reversed",
    "builtins.iter", "builtins.next", "builtins.sorted", "builtins.filter", "builtins.map", "builtins.max",
    "builtins.min", "builtins.getattr", "srcgrad.runtime.dict_of",
})  # fmt: skip

KEYS = frozenset({  # of a dict: its keys
    "builtins.list", "builtins.tuple", "builtins.enumerate", "builtins.reversed", "builtins.sorted", "builtins.set",
    ".keys",
})  # fmt: skip
MAKING = frozenset({"srcgrad.runtime.zeros_like", "srcgrad.runtime.own", "numpy.zeros_like"})  # all the way down


def may_hold(kind: k.Kind | None, changed: k.Kind | None, apart: bool = False) -> bool:
    """Whether a value of this kind may be, or hold, a list or dict of the kind `changed`; `apart`: only hold it."""
    if isinstance(kind, k.Maybe):  # None is and holds nothing
        return may_hold(kind.inner, changed, apart)
    if kind is None or isinstance(kind, k.Unknown):
        return True
    inside = list(k.inside(kind))
    return any(may_be(x, changed) for x in (inside if apart else [kind, *inside]))


def may_be(kind: k.Kind | None, changed: k.Kind | None) -> bool:
    match kind, changed:
        case k.Maybe(inner=inner), _:
            return may_be(inner, changed)
        case (k.Num() | k.Known(), _) | (k.Seq(), k.Dict()) | (k.Dict(), k.Seq()):
            return False
        case k.Seq(a), k.Seq(b):
            return a == b or "sequence" in (a, b)
    return True


def may_share(kind: k.Kind) -> bool:
    """Whether a value of this kind may be, or hold, memory that can be changed."""
    match kind:
        case k.Linked():  # what is in it is read and assigned at once, and never by another name
            return False
        case k.Num():
            return not kind.is_scalar
        case k.Seq("tuple", items) if items is not None:
            return any(may_share(i) for i in items)
        case k.Seq("tuple", None, k.Num() | k.Known() as element):
            return may_share(element)
        case k.Maybe(inner=k.Num() as inner):
            return may_share(inner)
        case k.Func(_, held):
            return any(may_share(h.kind) for h in held)
        case k.Known() | k.Never():
            return False
        case k.Maybe(inner=inner):
            return may_share(inner)
    return True


def is_method(e: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> bool:
    """Whether it is a method of an object: what calls it is given the object under its own name."""
    match e:
        case ir.Attribute() | ir.Call("srcgrad.runtime.method_of" | "srcgrad.runtime.derivative_of"):
            return isinstance(kind(e), k.Func)
    return False


class Sharing:
    """The names whose memory the value of an expression may refer to; `summary` gives the facts of a callee."""

    def __init__(self, kind: Callable[[ir.Expr], k.Kind], calls: dict[int, Any], summary: Callable[[Any], Any]):
        self.kind, self.calls, self.summary = kind, calls, summary

    def __call__(self, e: ir.Expr) -> frozenset[str]:
        match e:
            case ir.Const() | ir.Text() | ir.Compare() | ir.Slice():
                return NONE
            case ir.Comprehension("list" | "dict") if self.is_flat(e) or self.is_made_new(e):
                return NONE
            case ir.Lambda() | ir.Comprehension():
                return frozenset(reads(e))
        if not may_share(self.kind(e)) or is_method(e, self.kind):
            return NONE
        match e:
            case ir.Name(name):
                return frozenset({name})
            case ir.Index(base, index):
                if self.certainly_copies(base, index) or isinstance(index, ir.Slice) and self.is_flat(e):
                    return NONE
                return self(base)
            case ir.Attribute(base, _) | ir.Star(base) | ir.Walrus(_, base):
                return self(base)
            case ir.Select(_, then, other):
                return self(then) | self(other)
            case ir.Call() if id(e) not in self.calls:
                return self.operation(e)
            case ir.Call() | ir.Apply():
                return self.function(e)
        return NONE if isinstance(e, ir.Mapping) and self.is_flat(e) else self.all_of(children(e))

    def all_of(self, parts: Iterable[ir.Expr]) -> frozenset[str]:
        return NONE.union(*(self(p) for p in parts))

    def certainly_copies(self, base: ir.Expr, index: ir.Expr) -> bool:
        """Reading an array by masks or integer arrays makes a new one (NumPy's advanced indexing)."""
        return isinstance(self.kind(base), k.Num) and any(is_advanced(self.kind(p)) for p in index_parts(index))

    def is_flat(self, e: ir.Expr) -> bool:
        """Whether a list or dict made by an operation holds no memory that can be changed."""
        match self.kind(e):
            case k.Seq(_, items, element):
                return not any(map(may_share, items if items is not None else (element or k.Unknown(),)))
            case k.Dict() as found:
                return not may_share(k.value_of(found))
        return False

    def inside(self, e: ir.Comprehension) -> Sharing:
        """The same for what stands inside a comprehension, where its own variables have values."""

        def kind(x: ir.Expr) -> k.Kind:
            found = self.kind(ir.Comprehension("list", x, e.clauses))
            return k.element_of(found) if isinstance(found, k.Seq) else k.Unknown()

        return Sharing(kind, self.calls, self.summary)

    def is_made_new(self, e: ir.Comprehension) -> bool:
        """Whether each item of a list or dict has memory of its own."""
        match e.element, self.kind(e):
            case ir.Call(".copy"), k.Seq(_, items, element):
                return all(isinstance(x, k.Num) for x in items or (element,))
            case ir.Call(op) | ir.Index(ir.Call(op), ir.Display("tuple", ())), _:  # `np.zeros_like(item)[()]`
                return op in MAKING
        return False

    def operation(self, e: ir.Call) -> frozenset[str]:
        if e.op == "srcgrad.runtime.private" or e.op == "numpy.ndarray" and not makes_on_memory(e):
            return NONE
        if e.op in KEYS and len(e.args) == 1 and isinstance(self.kind(e.args[0]), k.Dict):
            return NONE
        if (e.op in SHARING_BUILTINS or e.op in (".copy", "operator.add", "operator.mul")) and self.is_flat(e):
            return NONE
        if e.op.startswith("."):
            receiver = self.kind(e.args[0])
            if isinstance(receiver, k.Num):
                return self(e.args[0]) if e.op in VIEWING_METHODS and not self.always_computes(e) else NONE
            return self.all_of(e.args)
        if e.op in COPYING and not e.keywords or self.always_computes(e):
            return NONE
        if e.op in LIKE_ANOTHER:
            return self(e.args[0])
        if e.op in VIEWING or e.op in SHARING_BUILTINS:
            return self.all_of(children(e))
        made = isinstance(self.kind(e), k.Seq | k.Dict)  # `[a] * 2`
        if e.op.startswith("operator.") and (made or not any(isinstance(self.kind(a), k.Num) for a in e.args)):
            return self.all_of(e.args)
        if e.op.startswith(("numpy.", "operator.", "math.")) and lookup(e.op) is not None:
            return NONE
        return self.all_of([*e.args, *(v for _, v in e.keywords)]) if lookup(e.op) is None else NONE

    def always_computes(self, e: ir.Call) -> bool:
        """Whether a function that gives back its argument, or a view of it, in some cases is certainly not in one."""
        match e:
            case ir.Call("numpy.einsum", args):
                return sum(1 for a in args if not isinstance(self.kind(a), k.Known | k.Seq)) > 1
            case ir.Call("numpy.diff", (_,), keywords):
                return "n" not in dict(keywords)
            case ir.Call("numpy.array", (_,), keywords) if dict(keywords).get("copy") == ir.Const(True):
                return getattr(self.kind(e), "dtype", None) not in (None, "object")
            case ir.Call(".astype" | "numpy.astype", _, keywords):
                return dict(keywords).get("copy", ir.Const(True)) == ir.Const(True)
            case ir.Call("numpy.array", (_,), (("dtype", _),)):
                return getattr(self.kind(e), "dtype", None) not in (None, "object")
            case ir.Call("numpy.diff" | "numpy.linalg.matrix_power", (_, ir.Const(int(n)), *_)):
                return n > 1 or n == 1 and e.op == "numpy.diff"
        return False

    def function(self, e: ir.Expr) -> frozenset[str]:
        called = self.calls.get(id(e))
        if called is None:
            return self.all_of(children(e)[1:] if isinstance(e, ir.Apply) else children(e))
        passed = call_arguments(called)
        known = self.summary(called.instance)
        return NONE.union(*(self(passed[n]) for n in known.result if n in passed))

    def changed_by_calls(self, calls: Iterable[Called]) -> tuple[frozenset[str], frozenset[str]]:
        """Names whose contents some calls change; and those of which only lists and dicts change."""
        found = flat = NONE
        for called in calls:
            known = self.summary(called.instance)
            if known.params:
                passed = call_arguments(called)
                found |= self.all_of(passed[n] for n in known.deep if n in passed)
                flat |= self.all_of(passed[n] for n in known.params - known.deep if n in passed)
        return found, flat

    def slots_of_calls(self, calls: Iterable[Called]) -> frozenset[str]:
        """Names of lists, dicts and objects in which some calls may give a slot to something else."""
        found = NONE
        for called in calls:
            known = self.summary(called.instance)
            if known.slots:
                passed = call_arguments(called)
                found |= self.all_of(passed[n] for n in known.slots if n in passed)
        return found


def makes_on_memory(e: ir.Call) -> bool:
    """Whether `np.ndarray` makes an array on the memory of another object."""
    return len(e.args) > 2 or not set(dict(e.keywords)) <= {"shape", "dtype", "order"}


def is_advanced(kind: k.Kind) -> bool:
    match kind:
        case k.Num(_, dtype):
            return not kind.is_scalar and kind.kind == "array" and kind.dims != () or dtype == "bool"
        case k.Seq("list"):
            return True
    return False
