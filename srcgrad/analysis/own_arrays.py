"""Arrays that a function makes, and gives to nobody before it returns them: no object can hold them while they change.

    out = x.copy()
    out[mask] = 0.0
    return out
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..ir import nodes as ir
from ..ir.walk import bound_names, children, reads, root, statement_expressions, statements
from ..rules.registry import lookup
from . import kinds as k
from .aliases import sharing_in
from .sharing import SHARING_BUILTINS, VIEWING, Sharing

KindOf = Callable[[ir.Expr], k.Kind]


def is_own(at: Any, changing: ir.Stmt, kind: KindOf) -> bool:
    """Whether what a statement changes is such an array."""
    place = getattr(changing, "place", None)
    name = root(place) if place is not None else ""
    if not name or name in at.params or ir.Name(name) not in (place, getattr(place, "base", None)):
        return False
    sharing = sharing_in(at, kind)
    return all(keeps(s, name, at, sharing) for s in statements(at.body))


def keeps(s: ir.Stmt, name: str, at: Any, sharing: Sharing) -> bool:
    """Whether a statement binds a name to new memory only, and lets nothing else have the memory."""
    match s:
        case ir.Assign(names, values):
            if any(n == name and not is_new(v, at, sharing) for n, v in zip(names, values, strict=True)):
                return False
            given = {at.result_name: True}
            return all(
                given.get(n) and is_passed_out(v, name) or not escapes(v, name, at, sharing)
                for n, v in zip(names, values, strict=True)
            )
        case ir.Store(place, value) | ir.Update(place, _, value):
            if escapes(value, name, at, sharing):
                return False
            inner = [] if root(place) == name else children(place)
            return not any(escapes(e, name, at, sharing) for e in inner)
        case ir.Define() | ir.Opaque():
            captured = {*getattr(s, "captures", ()), *getattr(s, "reads", ())}
            return name not in captured or getattr(s, "kind", "") in ("raise", "assert")
    if name in bound_names(s):
        return False
    return not any(escapes(e, name, at, sharing) for e in statement_expressions(s))


def is_new(e: ir.Expr, at: Any, sharing: Sharing) -> bool:
    if not isinstance(e, ir.Call) or id(e) in at.calls or not isinstance(sharing.kind(e), k.Num):
        return False
    if e.op.startswith("."):
        return e.op == ".copy" and isinstance(sharing.kind(e.args[0]), k.Num)
    known = e.op.startswith(("numpy.", "operator.", "math.")) and lookup(e.op) is not None
    return known and e.op not in VIEWING | SHARING_BUILTINS and not any(n in ("out", "copy") for n, _ in e.keywords)


def is_passed_out(e: ir.Expr, name: str) -> bool:
    """The result, or one of several."""
    return e == ir.Name(name) or isinstance(e, ir.Display) and all(
        i == ir.Name(name) or name not in reads(i) for i in e.items
    )


def escapes(e: ir.Expr, name: str, at: Any, sharing: Sharing) -> bool:
    """Whether an expression may give the memory of a name, or a part of it, to anything."""
    return any(not is_taken(parent, name, at, sharing) for parent in holders(e, name)) or e == ir.Name(name)


def holders(e: ir.Expr, name: str) -> Iterator[ir.Expr]:
    """The expressions that a name is a part of itself."""
    if isinstance(e, ir.Lambda | ir.Comprehension | ir.Walrus):
        if name in reads(e):
            yield e
        return
    if ir.Name(name) in children(e):
        yield e
    for c in children(e):
        yield from holders(c, name)


def is_taken(e: ir.Expr, name: str, at: Any, sharing: Sharing) -> bool:
    """Whether an expression with the name as an operand works out something else."""
    match e:
        case ir.Compare() | ir.BoolOp() | ir.Text():
            return not isinstance(e, ir.BoolOp)
        case ir.Call() if id(e) not in at.calls:
            return isinstance(sharing.kind(e), k.Num) and name not in sharing(e) and not written_to(e, name)
        case ir.Index():
            return isinstance(sharing.kind(e), k.Num) and name not in sharing(e)
        case ir.Attribute(_, "shape" | "ndim" | "size" | "dtype"):
            return True
    return False


def written_to(e: ir.Call, name: str) -> bool:
    return any(v == ir.Name(name) for _, v in e.keywords)
