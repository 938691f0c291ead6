"""What the transforms ask of an expression, whatever its derivative."""

from __future__ import annotations

from typing import NamedTuple

from ..analysis import kinds as k
from ..ir import nodes as ir
from ..ir.build import call, is_number, plus, simplified, times
from ..ir.walk import statement_expressions, statements, subexpressions
from ..rules.registry import lookup

# operations whose adjoint can hold zeros although the incoming one does not, and which hide what is discarded
SELECTING = frozenset({
    "numpy.where", "numpy.clip", "numpy.maximum", "numpy.minimum", "numpy.fmax", "numpy.fmin", "numpy.nan_to_num",
})  # fmt: skip


def mixes_complex(items: k.Kind, result: k.Kind) -> bool:
    """Whether a sequence of which something complex is made may have real items: their adjoint is real."""
    if not isinstance(items, k.Seq) or not isinstance(result, k.Num) or result.is_complex is False:
        return False
    found = complexity(items)
    return found != {True} and found != {False}


def complexity(kind: k.Kind) -> set[bool | None]:
    """Whether the numbers of a sequence are complex: all that is possible."""
    match kind:
        case k.Seq(_, items, element):
            inner = items if items is not None else (element,) if element is not None else ()
            return set().union(*map(complexity, inner))
        case k.Num():
            return {kind.is_complex}
    return {None}


def has_names(e: ir.Expr) -> bool:
    return any(isinstance(x, ir.Name) for x in subexpressions(e))


class Traits(NamedTuple):
    """What a function selects, and what may arise anywhere in the program: infinite derivatives, complex numbers."""

    selects: bool
    singular: bool
    complex: bool = False


def traits_of(block: ir.Block) -> Traits:
    """Whether a function selects among elements, and whether some derivative in it may be infinite."""
    selects = singular = False
    for s in statements(block):
        for e in statement_expressions(s):
            for sub in subexpressions(e):
                if isinstance(sub, ir.Call):
                    rule = lookup(sub.op)
                    selects = selects or rule is not None and rule.name in SELECTING
                    singular = singular or rule is not None and rule.singular in ("root", "pole")
    return Traits(selects, singular)


def is_argument(e: ir.Expr, value: ir.Expr) -> bool:
    return isinstance(value, ir.Call) and any(a is e for a in value.args)


def positions(items: tuple[ir.Expr, ...]) -> list[ir.Expr]:
    """Where each item of a display is in its value, when some of them are `*sequence`."""
    found: list[ir.Expr] = []
    start: ir.Expr = ir.Const(0)
    for item in items:
        size = length(item.value) if isinstance(item, ir.Star) else ir.Const(1)
        end = simplified(plus(start, size)) if start != ir.Const(0) else size
        found.append(ir.Slice(start, end, None) if isinstance(item, ir.Star) else start)
        start = end
    return found


def length(e: ir.Expr) -> ir.Expr:
    iterator = isinstance(e, ir.Call) and e.op in ("builtins.reversed", "builtins.zip", "builtins.enumerate")
    return call("builtins.len", call("builtins.list", e) if iterator else e)


def item_of(e: ir.Expr, key: ir.Expr) -> ir.Expr:
    match e, key:
        case ir.Display(_, items), ir.Const(int(n)):
            return items[n]
    return ir.Index(e, key)


def doubled(a: ir.Expr, b: ir.Expr) -> ir.Expr:
    """The sum of two partials with respect to the same operand."""
    if a == b:
        return ir.Const(2.0) if is_number(a, 1.0) else times(ir.Const(2.0), a)
    if isinstance(a, ir.Const) and isinstance(b, ir.Const):
        return ir.Const(a.value + b.value)
    return simplified(plus(a, b))


def is_cheap(e: ir.Expr) -> bool:
    """As good as a name: a name, a constant, a part of a name by constants."""
    match e:
        case ir.Name() | ir.Const():
            return True
        case ir.Index(ir.Name(), index):
            return all(isinstance(x, ir.Const | ir.Slice | ir.Display | ir.Name) for x in subexpressions(index))
        case ir.Display(_, items):
            return all(is_cheap(i) for i in items)
    return False
