"""Helpers of emitted code that decide by type, as what they are for the kinds they meet.

    accumulate(d_x, d_x_part)      d_x + d_x_part
    zeros_like(x)                  np.zeros_like(x)

So emitted code is differentiated again without its helpers, and reads as plainly.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..ir import nodes as ir
from ..ir.build import call
from ..ir.helpers import ACCUMULATE, OWN, SLOT, ZEROS_LIKE
from . import kinds as k
from .library_sizes import special

KindOf = Callable[[ir.Expr], k.Kind]
RUNTIME = "srcgrad.runtime."
Each = Callable[..., ir.Expr]


def helper_form(e: ir.Expr, kind: KindOf) -> ir.Expr | None:
    """What a call of a helper is; None if it is another call, or the kinds do not tell."""
    match e:
        case ir.Call(op, args, ()) if op in FORMS:
            return FORMS[op](args, [kind(a) for a in args])
    return None


def accumulated(args: tuple[ir.Expr, ...], kinds: list[k.Kind]) -> ir.Expr | None:
    match kinds:
        case [k.Known(None), _]:
            return args[1]
        case [_, k.Known(None)]:
            return args[0]
        case [k.Num(), k.Num()]:
            return call("operator.add", *args)
    return each(RUNTIME + "accumulate", args, kinds)


def zeros(args: tuple[ir.Expr, ...], kinds: list[k.Kind]) -> ir.Expr | None:
    match kinds:
        case [k.Num() as x] if not k.carries_derivative(x):
            return ir.Const(None)
        case [k.Num("python" | "scalar")]:
            return ir.Const(0.0)
        case [k.Num("array")]:
            return call("numpy.zeros_like", *args)
        case [k.Num()]:
            return ir.Index(call("numpy.zeros_like", *args), ir.Display("tuple", ()))
        case [k.Known()]:
            return ir.Const(None)
    return each(RUNTIME + "zeros_like", args, kinds)


def zero_tangents(args: tuple[ir.Expr, ...], kinds: list[k.Kind]) -> ir.Expr | None:
    match kinds:
        case [k.Num("python" | "scalar" | "array") as x] if x.is_scalar or k.carries_derivative(x):
            return ir.Const(0.0) if x.is_scalar else call("numpy.zeros_like", *args)
    return None


def owned(args: tuple[ir.Expr, ...], kinds: list[k.Kind]) -> ir.Expr | None:
    match kinds:
        case [k.Num("array")]:
            return call(".copy", *args)
        case [k.Num("any", None, None, False)]:  # no number, maybe: a generator, say
            return args[0]
        case [k.Num("any")]:
            return call("operator.pos", *args)
        case [k.Num("python" | "scalar") | k.Known()]:
            return args[0]
    return each(RUNTIME + "own", args, kinds)


def each(op: str, args: tuple[ir.Expr, ...], kinds: list[k.Kind]) -> ir.Expr | None:
    """The helper for each item of lists or dicts of one structure."""
    if any(isinstance(x, k.Seq) for x in kinds) and all(is_sequence(x) for x in kinds):
        sizes = {len(x.items) if isinstance(x, k.Seq) and x.items is not None else None for x in kinds}
        if len(sizes) == 1 and None not in sizes and all(isinstance(a, ir.Display) or is_path(a) for a in args):
            items = [call(op, *(item(a, n) for a in args)) for n in range(sizes.pop() or 0)]
            return ir.Display("list", tuple(items))
        names = tuple(ir.Name(f"item{n or ''}") for n in range(len(args)))
        target: ir.Expr = names[0] if len(names) == 1 else ir.Display("tuple", names)
        source = args[0] if len(args) == 1 else ir.Call("builtins.zip", args)
        inner = FORMS[op](names, [k.element_of(x) for x in kinds if isinstance(x, k.Seq)]) if len(args) == 1 else None
        element = inner if isinstance(inner, ir.Const) else call(op, *names)  # as its kind is found
        return ir.Comprehension("list", element, (ir.Clause(target, source, ()),))
    if all(isinstance(x, k.Dict) and x.items is not None and not x.missing for x in kinds) and all(map(is_path, args)):
        found: list[list[Any]] = [[n for n, _ in x.items or ()] for x in kinds]  # type: ignore[union-attr,misc]
        if all(names == found[0] for names in found):
            keys = tuple(ir.Const(n) for n in found[0])
            values = tuple(call(op, *(ir.Index(a, key) for a in args)) for key in keys)
            return ir.Mapping(keys, values, kinds[0].cls)  # type: ignore[union-attr]
    match args, kinds:
        case (x,), [k.Dict(None, _, None) as whole]:
            pairs = ir.Clause(ir.Display("tuple", (KEY, ITEM)), call(".items", x), ())
            inner = FORMS[op]((ITEM,), [k.value_of(whole)])  # the zero of an int is None or 0.0
            return ir.Comprehension("dict", inner if inner is not None else call(op, ITEM), (pairs,), KEY)
    return None


KEY, ITEM = ir.Name("key"), ir.Name("item")


def is_path(e: ir.Expr) -> bool:
    """Whether an expression is a name or a part of one, and may be written several times."""
    while isinstance(e, ir.Index) and isinstance(e.index, ir.Name | ir.Const):
        e = e.base
    return isinstance(e, ir.Name)


def is_sequence(kind: k.Kind) -> bool:
    return isinstance(kind, k.Seq) or isinstance(kind, k.Num) and kind.kind == "array" and kind.rank != 0


@special(RUNTIME + "accumulate")
def accumulated_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """Two adjoints of one value have one structure, where they are not None."""
    match args:
        case [k.Num() as a, k.Num() as b] if a.is_scalar and b.is_scalar:
            return replace(k.join_numbers(a, b), active=False, value=k.UNSET)
        case [k.Num() as a, k.Maybe(inner=k.Num() as b)] | [k.Maybe(inner=k.Num() as b), k.Num() as a]:
            return accumulated_kind([k.join(a, b), b], {})
        case [k.Num(), _] | [_, k.Num()]:
            return k.Num("any")
        case [k.Maybe(inner=k.Num() as a), k.Maybe(inner=k.Num() as b)]:
            return k.perhaps(accumulated_kind([a, b], {}) or k.Num("any"))
        case [k.Seq() as a, k.Unknown()] | [k.Unknown(), k.Seq() as a]:
            return k.Seq("list", None, k.element_of(k.Seq("list", (k.element_of(a), k.Unknown()))))
        case [k.Dict() | k.Seq() as a, k.Dict() | k.Seq() as b]:
            return sum_of(a, b)
    return None


def sum_of(a: k.Kind, b: k.Kind) -> k.Kind:
    """The sum of two adjoints that have one structure, where they are not None."""
    match a, b:
        case (k.Known(None), x) | (x, k.Known(None)):
            return x
        case k.Num(), k.Num():
            return k.Num("any", active=a.active or b.active)
        case k.Dict(x), k.Dict(y) if x is not None and y is not None and k.is_record(a) == k.is_record(b):
            left, right = dict(x), dict(y)
            if left.keys() == right.keys():
                one = a.missing | b.missing  # then the other is the sum
                sums = {n: sum_of(v, right[n]) for n, v in x}
                pairs = tuple((n, k.join(v, k.join(left[n], right[n])) if n in one else v) for n, v in sums.items())
                return k.Dict(pairs, None, a.cls, False, a.missing & b.missing)
        case k.Seq(_, x), k.Seq(_, y) if x is not None and y is not None and len(x) == len(y):
            return k.Seq("list", tuple(map(sum_of, x, y)))
        case k.Seq(), k.Seq():
            return k.Seq("list", None, sum_of(k.element_of(a), k.element_of(b)))
    return k.Unknown(a.active or b.active)


@special(RUNTIME + "zeros_like")
def zeros_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    return zeros_of(args[0])


def zeros_of(kind: k.Kind, of_int: k.Kind = k.NONE) -> k.Kind:
    match kind:
        case k.Linked():
            return k.NONE
        case k.Maybe(inner=inner):
            return k.join(k.NONE, zeros_of(inner, of_int))
        case k.Num() if not k.carries_derivative(kind):
            return of_int
        case k.Num():
            known = kind.is_scalar or kind.kind == "array"
            zero = replace(kind, active=False, value=k.UNSET) if known else k.Num("any")
            return k.join(zero, of_int) if kind.is_scalar and kind.dtype is None else zero
        case k.Seq(_, items, element):
            return k.Seq("list", None if items is None else tuple(zeros_of(i, of_int) for i in items),
                         None if element is None else zeros_of(element, of_int))  # fmt: skip
        case k.Dict(items, element, cls):
            return k.Dict(None if items is None else tuple((n, zeros_of(x, of_int)) for n, x in items),
                          None if element is None else zeros_of(element, of_int), cls, False, kind.missing)  # fmt: skip
        case k.Known():
            return k.Known(None)
    return k.Unknown()


@special(RUNTIME + "zero_tangent")
def zero_tangent_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    return zeros_of(args[0], k.Num("any"))


@special(RUNTIME + "own")
def owned_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    return owned_of(args[0])


def owned_of(kind: k.Kind) -> k.Kind:
    match kind:
        case k.Num():
            return replace(kind, value=k.UNSET)
        case k.Seq(_, items, element):
            return k.Seq("list", None if items is None else tuple(map(owned_of, items)),
                         None if element is None else owned_of(element))  # fmt: skip
        case k.Dict(items, element, cls) if not isinstance(kind, k.Linked):
            return k.Dict(None if items is None else tuple((n, owned_of(x)) for n, x in items),
                          None if element is None else owned_of(element), cls, False, kind.missing)  # fmt: skip
        case k.Maybe(inner=inner):
            return k.perhaps(owned_of(inner))
    return kind


@special(RUNTIME + "unbroadcast")
def unbroadcast_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """The adjoint of `x` has x's shape and dtype."""
    match args:
        case [k.Num(), k.Num(kind, dtype, dims) as x] if k.carries_derivative(x):
            return k.Num("scalar" if kind == "python" else kind, {"float": "float64"}.get(dtype or "", dtype), dims)
        case [k.Num(), k.Maybe(inner=k.Num() as x)]:  # of None, too, as of a scalar: it has no axes
            return unbroadcast_kind([args[0], x], keywords)
    return None


@special(RUNTIME + "of_shape")
def of_shape_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    return unbroadcast_kind(args[:2], keywords)


@special(RUNTIME + "of_result")
def of_result_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """As the value, where that is a number; as it was given, where it is not."""
    found = unbroadcast_kind(args[:2], keywords)
    return found if found is not None or isinstance(args[1], k.Num) else args[0]


@special(RUNTIME + "carried")
def carried_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    return replace(args[0], value=k.UNSET) if isinstance(args[0], k.Num) else None


@special(RUNTIME + "laid_out_as")
def laid_out_kind(args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
    """The tangent of an array has its shape and dtype; that of anything else is left as it is."""
    match args:
        case [k.Num() as t, k.Num("array", dtype, dims)] if dims != ():
            return k.Num("array", dtype if t.dtype == dtype else None, dims)
    return replace(args[0], value=k.UNSET) if isinstance(args[0], k.Num) else args[0]


def item(a: ir.Expr, n: int) -> ir.Expr:
    return a.items[n] if isinstance(a, ir.Display) else ir.Index(a, ir.Const(n))


def items(args: tuple[ir.Expr, ...], kinds: list[k.Kind]) -> ir.Expr | None:
    match kinds:
        case [k.Num() | k.Seq() | k.Known()]:
            return args[0]
        case [k.Dict(cls=None)]:
            return call("builtins.list", *args)
    return None


def whole_view(args: tuple[ir.Expr, ...], kinds: list[k.Kind]) -> ir.Expr | None:
    """`a.view()` is `a[...]`."""
    match kinds:
        case [k.Num("array")]:
            return ir.Index(args[0], ir.Const(...))
    return None


def copied(args: tuple[ir.Expr, ...], kinds: list[k.Kind]) -> ir.Expr | None:
    """`copy.copy(a)` and `copy.deepcopy(a)` of a number are the number; a copy has the layout of the array."""
    match kinds:
        case [k.Num("array")]:
            return call("numpy.copy", *args)
        case [k.Num("any")]:
            return call(RUNTIME + "private", *args)
        case [k.Num()]:
            return args[0]
    return None


def shallow(args: tuple[ir.Expr, ...], kinds: list[k.Kind]) -> ir.Expr | None:
    """`copy.copy(xs)` of a list is `list(xs)`."""
    match kinds:
        case [k.Seq("list")]:
            return call("builtins.list", *args)
        case [k.Dict(cls=None)]:
            return call("builtins.dict", *args)
        case [k.Seq("tuple")]:
            return args[0]
    return copied(args, kinds)


def deep(args: tuple[ir.Expr, ...], kinds: list[k.Kind]) -> ir.Expr | None:
    """`copy.deepcopy(xs)` of lists and dicts of numbers and arrays; `transform.private` sees to what is there twice."""
    if len(kinds) == 1 and isinstance(kinds[0], k.Seq | k.Dict):
        return call(RUNTIME + "private", *args) if all(map(is_data, (kinds[0], *k.inside(kinds[0])))) else None
    return copied(args, kinds)


def is_data(kind: k.Kind) -> bool:
    return isinstance(kind, k.Num | k.Known | k.Seq) or isinstance(kind, k.Dict) and kind.cls is None


def held_in_slot(args: tuple[ir.Expr, ...], kinds: list[k.Kind]) -> ir.Expr | None:
    """What a dict or object holds under a key, in a tuple that is empty if it holds nothing."""
    match args, kinds:
        case (d, ir.Name() as key), [k.Dict(cls=None), _]:
            held, nothing = ir.Display("tuple", (ir.Index(d, key),)), ir.Display("tuple", ())
            return ir.Select(ir.Compare(key, ("in",), (d,)), held, nothing)
        case (d, ir.Const(key)), [k.Dict(items) as found, _]:
            name = ir.Const(ir.Field(key) if found.cls is not None else key)
            held, nothing = ir.Display("tuple", (ir.Index(d, name),)), ir.Display("tuple", ())
            if items is None or name.value in found.missing:
                return ir.Select(ir.Compare(name, ("in",), (d,)), held, nothing)
            return held if any(k.same_constant(x, name.value) for x, _ in items) else nothing
    return None


FORMS: dict[str, Callable[[tuple[ir.Expr, ...], list[k.Kind]], ir.Expr | None]] = {
    ACCUMULATE: accumulated,
    ZEROS_LIKE: zeros,
    RUNTIME + "zero_tangent": zero_tangents,
    OWN: owned,
    RUNTIME + "items_of": items,
    SLOT: held_in_slot,
    ".view": whole_view,
    "copy.copy": shallow,
    "copy.deepcopy": deep,
}
