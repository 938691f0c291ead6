"""Names of arrays that nothing else refers to, so that to change one in place and to bind it anew are the same."""

from __future__ import annotations

from collections.abc import Callable

from ..frontend.emitted import is_emitted
from ..ir import nodes as ir
from ..ir.walk import bound_names, children, reads, statement_expressions, statements
from . import kinds as k
from .instance import Instance
from .sharing import MAY_VIEW, VIEWING_METHODS

KindAt = Callable[[ir.Stmt, ir.Expr], k.Kind]
NEW = frozenset({
    "numpy.zeros", "numpy.ones", "numpy.zeros_like", "numpy.ones_like", "numpy.full", "numpy.copy", "numpy.exp",
    "numpy.sin", "numpy.cos", "numpy.eye", ".copy",
})  # fmt: skip


def unshared(at: Instance, name: str, kind: KindAt) -> bool:
    """Whether `name` is only ever bound to new values, and nothing else is ever bound to what it holds.

    So it is in emitted code, where an adjoint that is added to in place is memory of its own; but not the adjoint of a
    view, `d_part = d_x[1:]`, nor of what an item of a list is, `d_u = d_cell[0]`.
    """
    if is_emitted(at.function.scope):
        return not any(is_in_another(v, lambda e: kind(s, e)) for s, v in bindings(at.body, name))  # noqa: B023
    if name in at.function.param_names or name in at.function.captures:
        return False
    if not all(is_new(v) for _, v in bindings(at.body, name)):
        return False
    for s in statements(at.body):
        if not isinstance(s, ir.Assign | ir.Update) and name in bound_names(s):
            return False
        if isinstance(s, ir.Define) and name in s.captures:
            return False
        evaluated = (s.value,) if isinstance(s, ir.Update) else statement_expressions(s)
        if any(passes_on(e, name) for e in evaluated):
            return False
    return True


def bindings(body: ir.Block, name: str) -> list[tuple[ir.Assign, ir.Expr]]:
    """The values that assignments bind a name to."""
    found = [s for s in statements(body) if isinstance(s, ir.Assign)]
    return [(s, v) for s in found for n, v in zip(s.names, s.values, strict=True) if n == name]


def is_in_another(e: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> bool:
    """Whether a value is a part of an object, array or list, which changes along with it."""
    match e:
        case ir.Index(base) | ir.Attribute(base):
            return isinstance(k.present(kind(base)), k.Num | k.Seq | k.Dict)
        case ir.Call(op, (ir.Name() | ir.Index() | ir.Attribute() as base, *_)) if op in MAY_VIEW | VIEWING_METHODS:
            return isinstance(kind(base), k.Num)
    return False


def is_new(e: ir.Expr) -> bool:
    """Whether an expression makes a value of its own."""
    match e:
        case ir.Const():
            return True
        case ir.Call(op, _, _):
            return op.startswith("operator.") or op in NEW
    return False


def passes_on(e: ir.Expr, name: str) -> bool:
    """Whether evaluating `e` may give something that refers to the value of `name`: anything but arithmetic."""
    if isinstance(e, ir.Name):
        return e.id == name
    match e:
        case ir.Call(op) if op.startswith(("operator.", "numpy.")) and op not in MAY_VIEW:
            return any(passes_on(a, name) for a in children(e) if not isinstance(a, ir.Name))
        case ir.Compare():
            return False
        case ir.Text() | ir.Const():
            return False
    if any(passes_on(c, name) for c in children(e)):
        return True
    return isinstance(e, ir.Lambda | ir.Comprehension) and name in reads(e)
