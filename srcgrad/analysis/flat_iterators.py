"""`a.flat`, for which a flat array stands: what NumPy copies is copied, and what it writes through is a view.

    w = a.flat[1:3]           w = np.ravel(a)[1:3].copy()
    f = a.flat                f = np.reshape(a, -1, copy=False)      where a changes while f is in use, else np.ravel(a)
    f[0] = x                  f[0] = x
    w = f[1:3]                refused there: a copy of what is in a, and not the view that an array would give
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeGuard

from ..ir import nodes as ir
from ..ir.liveness import liveness
from ..ir.walk import children, reads, statement_expressions, statements, subexpressions
from . import kinds as k
from .paths import index_parts
from .sharing import is_advanced

Kind = Callable[[ir.Expr], k.Kind]
HINT = "Write `.flat` where its items are read, as in `a.flat[1:3]`, or work with `np.ravel(a)`."


def is_flat(e: ir.Expr, kind: Kind) -> TypeGuard[ir.Attribute]:
    return isinstance(e, ir.Attribute) and e.name == "flat" and isinstance(kind(e.base), k.Num)


def picked(e: ir.Index, base: ir.Expr, kind: Kind) -> ir.Expr:
    """What `base.flat[index]` gives: elements, never a view of them."""
    found = ir.Index(ir.Call("numpy.ravel", (base,)), e.index)
    whole = kind(e)
    one = isinstance(whole, k.Num) and whole.is_scalar
    copied = one or any(is_advanced(kind(p)) for p in index_parts(e.index))
    return found if copied else ir.Call(".copy", (found,))


def flattened(at: Any, s: ir.Assign, base: ir.Expr) -> ir.Expr:
    """What a name stands for that is bound to `base.flat`."""
    if changes_while_used(at, s.names):
        return ir.Call("numpy.reshape", (base, ir.Const(-1)), (("copy", ir.Const(False)),))
    return ir.Call("numpy.ravel", (base,))


def changes_while_used(at: Any, names: tuple[str, ...]) -> bool:
    """Whether memory of a name is changed while the name may still be read."""
    live = liveness(at.body, at.result_name)
    changed = at.aliases.changed if at.aliases is not None else {}
    return any(
        n in changed.get(id(s), ()) and n in live[id(s)].union(*map(reads, statement_expressions(s)))
        for s in statements(at.body) for n in names
    )  # fmt: skip


def refuse_kept_iterators(at: Any, s: ir.Stmt, kind: Kind, diagnose: Any) -> None:
    """Refuse iterators that are handed on, or sliced under a name, where the array changes."""
    found = list(kept(at, s, kind))
    known = at.aliases.changed_later() if found and at.aliases is not None else frozenset()
    given = isinstance(s, ir.Assign) and at.result_name in s.names
    for e in found:
        if given or known & reads(e):
            message = "`.flat` is kept here, which is an iterator over the array and no array"
            diagnose("SG222", message, at, s, e, HINT)


def kept(at: Any, s: ir.Stmt, kind: Kind) -> Iterator[ir.Expr]:
    """Iterators that a statement gives to functions of the user or puts somewhere, or that are sliced later."""
    held = [s.value] if isinstance(s, ir.Store) else []
    for x in (y for e in statement_expressions(s) for y in subexpressions(e)):
        if id(x) in at.calls or isinstance(x, ir.Apply | ir.Display | ir.Mapping):
            held += children(x)
    yield from (e for e in held if is_flat(e, kind))
    if isinstance(s, ir.Assign):
        named = ((n, e) for n, e in zip(s.names, s.values, strict=True) if is_flat(e, kind))
        yield from (e for n, e in named if n == at.result_name or is_sliced(at, n))


def is_sliced(at: Any, name: str) -> bool:
    """Whether anything but one element is read of what a name stands for."""
    whole = (y for s in statements(at.body) for x in statement_expressions(s) for y in subexpressions(x))
    found = (e.index for e in whole if isinstance(e, ir.Index) and e.base == ir.Name(name))
    return any(isinstance(i, ir.Slice) or i == ir.Const(...) for i in found)
