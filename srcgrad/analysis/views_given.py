"""Views of dicts that are given away, to an object, a function or a place, where the dict changes afterwards.

    held = Weighted(d.values())
    d["a"] = x                      refused: what `held` has shows it, and the list that stands for it does not
    total = sum_of(d.values())
    d["a"] = x                      fine: what `sum_of` gives is a number
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..ir import nodes as ir
from ..ir.walk import reads, root, statement_expressions, statements, subexpressions
from . import kinds as k
from .container_steps import is_dict
from .kept_views import VIEWS
from .relation import closure

MESSAGE = "a view of `{}` is given away here, and shows what changes in the dict later"


def refuse_given_views(interpreter: Any, diagnose: Callable[..., None]) -> None:
    for at in interpreter.reached():
        written = list(statements(at.function.body))
        for n, s in enumerate(written):
            for view in views_given(s, lambda e, at=at, s=s: may_keep(at, s, e)):  # type: ignore[misc]
                if is_dict(kind_of(at, view.args[0])) and changes_later(at, written, n, view):
                    message = MESSAGE.format(root(view.args[0]))
                    diagnose("SG222", message, at, s, view, "Write `list(...)` around it.")


def views_given(s: ir.Stmt, may_keep: Callable[[ir.Expr], bool]) -> Iterator[ir.Call]:
    if isinstance(s, ir.Store):
        yield from chosen(s.value)
    if isinstance(s, ir.Assign):
        for value in s.values:
            if isinstance(value, ir.Select | ir.BoolOp):
                yield from chosen(value)
    for whole in statement_expressions(s):
        for e in subexpressions(whole):
            views = [view for x in given_away(e) for view in chosen(x)]
            if views and may_keep(e):
                yield from views


def given_away(e: ir.Expr) -> tuple[ir.Expr, ...]:
    """What a function or a method of an object is given."""
    match e:
        case ir.Apply(_, args, keywords):
            return (*args, *(v for _, v in keywords))
        case ir.Call(op, (_, *args), keywords) if op.startswith("."):
            return (*args, *(v for _, v in keywords))
    return ()


def chosen(e: ir.Expr) -> Iterator[ir.Call]:
    """The views that an expression may be."""
    match e:
        case ir.Call(op, (base,), ()) if op in VIEWS and root(base):
            yield e
        case ir.Select(_, then, other):
            yield from chosen(then)
            yield from chosen(other)
        case ir.BoolOp(_, values):
            for v in values:
                yield from chosen(v)


def may_keep(at: Any, s: ir.Stmt, e: ir.Expr) -> bool:
    """Whether what is called may keep what it is given, or change something: not a function that gives a number."""
    if not isinstance(e, ir.Apply) and not is_of_an_object(at, e):
        return False
    found = [at.calls[id(x)].instance for b in same(at, s) for x in at.within(b) if id(x) in at.calls]
    return not found or not all(map(gives_new_values, found))


def gives_new_values(called: Any) -> bool:
    """Whether a function changes nothing that it is given, and what it gives has nothing of that in it."""
    facts = called.aliases
    if facts is not None and facts.params:
        return False
    return isinstance(called.result, k.Num | k.Known) or facts is not None and not facts.result


def is_of_an_object(at: Any, e: ir.Expr) -> bool:
    """Whether it is a method of an object of a class: lists take the items of a view, and other dicts, too."""
    receiver = e.args[0] if isinstance(e, ir.Call) and e.args else None
    return receiver is not None and k.is_record(k.present(kind_of(at, receiver)))


def kind_of(at: Any, e: ir.Expr) -> k.Kind:
    match e:
        case ir.Name(name):
            return at.kind_of_name(name) if name in at.names or name in at.params else k.Unknown()
        case ir.Attribute(base, name):
            held: Any = k.present(kind_of(at, base))
            return dict(held.items or ()).get(name, k.Unknown()) if k.is_record(held) else k.Unknown()
    return k.Unknown()


def changes_later(at: Any, written: list[ir.Stmt], n: int, view: ir.Call) -> bool:
    """Whether the dict changes in this statement or one that may run after it."""
    if at.aliases is None:
        return False
    before = (at.aliases.before.get(id(b), {}) for b in same(at, written[n]))
    dicts = reads(view).union(*(closure(known, reads(view)) for known in before))
    loops = [s for s in written if isinstance(s, ir.For | ir.While) and repeats(s, written[n])]
    later = {id(node(s)) for s in [*written[n:], *(x for loop in loops for x in statements((loop,)))]}
    changing = (b for b in statements(at.body) if at.aliases.changed.get(id(b), frozenset()) & dicts)
    return any(node(b) is None or id(node(b)) in later for b in changing)


def same(at: Any, s: ir.Stmt) -> list[ir.Stmt]:
    """The statements that one of the user's has become."""
    return [b for b in statements(at.body) if node(b) is not None and node(b) is node(s)]


def repeats(loop: ir.For | ir.While, s: ir.Stmt) -> bool:
    return any(x is s for x in statements((loop,)))


def node(s: ir.Stmt) -> Any:
    origin = getattr(s, "origin", None)
    return origin.node if origin is not None else None
