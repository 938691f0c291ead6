"""Views that no part of a shadow corresponds to are taken again wherever they are read after their memory changes.

    w = np.broadcast_to(a, (2, 3))        w = np.broadcast_to(a, (2, 3))
    a[1] = s                        ->    a[1] = s
    y = w * c                             y = np.broadcast_to(a, (2, 3)) * c

One element of memory is several of such a view, or counts in it with another sign (`z.imag`), or it cannot be written
to.  The view shows what its memory holds by then, and so does one that is taken by then, of the same memory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..ir import nodes as ir
from ..ir.liveness import liveness
from ..ir.walk import map_children, reads, statements, subexpressions, substitute
from .paths import VIEW_CALLS, KindOf, is_view, path_root, spine
from .rebinding import rebound_names

RETAKEN = frozenset({
    "numpy.broadcast_to", "numpy.lib.stride_tricks.sliding_window_view", "numpy.diagonal", ".diagonal",
    "numpy.linalg.diagonal", "numpy.imag",
})  # fmt: skip
READ_ONLY = RETAKEN - {"numpy.imag"}
State = dict[str, ir.Expr]


class Retaken:
    """`block(body)` with such views taken again; `changed` if there were any."""

    def __init__(self, instance: Any, kind_at: Callable[[Any, ir.Stmt], KindOf]) -> None:
        self.instance, self.kind_at, self.changed = instance, kind_at, False
        self.known: dict[int, State] = {}
        self.wanted = self.in_trouble()

    def in_trouble(self) -> set[str]:
        """Names of memory that changes while they are in use."""
        if self.instance.aliases is None or not self.instance.aliases.changes:
            return set()
        live = liveness(self.instance.body, self.instance.result_name)
        found: set[str] = set()
        for s in statements(self.instance.body):
            changed = self.instance.aliases.changed.get(id(s), frozenset())
            touched = self.instance.aliases.touched.get(id(s), frozenset())
            found |= {n for n in changed if n in live[id(s)] or n in touched}
        return found

    def run(self) -> ir.Block:
        body: ir.Block = self.instance.body
        if not self.wanted:
            return body
        self.flow(body, {})
        return self.block(body)

    # ----- which view a name is at a statement -----

    def flow(self, block: ir.Block, state: State) -> State:
        for s in block:
            old = self.known.get(id(s))
            self.known[id(s)] = state = dict(state) if old is None else met(old, state)
            state = self.after(s, state)
        return state

    def after(self, s: ir.Stmt, state: State) -> State:
        match s:
            case ir.If(_, body, orelse):
                return met(self.flow(body, state), self.flow(orelse, state))
            case ir.For() | ir.While():
                while True:
                    inside = self.without(state, {s.target}) if isinstance(s, ir.For) else state
                    again = met(state, self.flow(s.body, inside))
                    if again == state:
                        return met(state, self.without(state, {s.target})) if isinstance(s, ir.For) else state
                    state = again
        state = self.without(state, set(rebound_names(s)))
        match s:
            case ir.Assign(names, values) if not set(names) & set().union(*map(reads, values)):
                kind = self.kind_at(self.instance, s)
                views = {n: self.view(v, state, kind) for n, v in zip(names, values, strict=True) if n in self.wanted}
                return {**state, **{n: v for n, v in views.items() if v is not None}}
        return state

    def view(self, value: ir.Expr, state: State, kind: KindOf) -> ir.Expr | None:
        """The view that a name is bound to, if it is of the kind that is taken again, or is one of such a view."""
        view = substitute(value, {n: v for n, v in state.items() if n == path_root(value)})
        return as_attributes(view) if self.is_taken(value, kind) or view != value and is_view(value, kind) else None

    def without(self, state: State, names: set[str]) -> State:
        """What is still known when names are bound to something else."""
        return {n: v for n, v in state.items() if n not in names and not reads(v) & names}

    @staticmethod
    def is_taken(e: ir.Expr, kind: KindOf) -> bool:
        """Whether a value is a view of the kind that is taken again, of an array with a name."""
        return is_view(e, kind, VIEW_CALLS | RETAKEN) and not is_view(e, kind)

    # ----- the statements with views taken again -----

    def block(self, block: ir.Block) -> ir.Block:
        return tuple(self.statement(s) for s in block)

    def statement(self, s: ir.Stmt) -> ir.Stmt:
        state = self.known.get(id(s), {})
        match s:
            case ir.If(test, body, orelse):
                return self.edited(s, test=self.again(test, state), body=self.block(body), orelse=self.block(orelse))
            case ir.While(_, body):
                return self.edited(s, body=self.block(body))
            case ir.For():
                return self.loop(s, state)
            case ir.Assign(_, values):
                return self.edited(s, values=tuple(self.again(v, state) for v in values))
            case ir.Unpack(_, value):
                return self.edited(s, value=self.again(value, state))
            case ir.Eval(e):
                return self.edited(s, expr=self.again(e, state))
            case ir.Store(place, value) | ir.Update(place, _, value):
                return self.edited(s, place=self.again_place(place, state), value=self.again(value, state))
        return s

    def loop(self, s: ir.For, state: State) -> ir.Stmt:
        body = self.block(s.body)
        implicit = [x for x in s.body if getattr(x, "implicit", False) and x.origin is s.origin]
        if any(x is not y for x, y in zip(s.body, body, strict=True) if any(x is i for i in implicit)):
            body = tuple(
                replace(y, implicit=False, origin=None) if any(x is i for i in implicit) else y  # type: ignore[arg-type]
                for x, y in zip(s.body, body, strict=True)
            )
            return replace(s, iterable=self.again(s.iterable, state), body=body, header=None)
        if s.header is not None:
            return self.edited(s, body=body)
        return self.edited(s, iterable=self.again(s.iterable, state), body=body)

    def edited(self, s: Any, **parts: Any) -> Any:
        """The same statement where nothing is different."""
        if all(same(getattr(s, n), v) for n, v in parts.items()):
            return s
        shown = {n: v for n, v in parts.items() if n not in ("body", "orelse")}
        if s.origin is None or all(same(getattr(s, n), v) for n, v in shown.items()):
            return replace(s, **parts)
        return replace(s, **parts, origin=s.origin.edit())

    def again(self, e: ir.Expr, state: State) -> ir.Expr:
        views = {n: v for n, v in state.items() if n in reads(e)}
        if not views or any(isinstance(x, ir.Lambda | ir.Walrus) for x in subexpressions(e)):
            return e
        self.changed = True
        return substitute(e, views)

    def again_place(self, place: Any, state: State) -> Any:
        """A place in a view; one that is read-only stays, and is for NumPy to refuse."""
        view = state.get(path_root(place))
        if view is None or any(isinstance(x, ir.Call) and x.op in READ_ONLY for x in spine(view)):
            return place
        if place == ir.Name(path_root(place)):
            place = ir.Index(place, ir.Const(...))
        return self.again(place, state)


def met(a: State, b: State) -> State:
    """What is known where two paths meet."""
    return {n: v for n, v in a.items() if n in b and b[n] == v}


def as_attributes(e: ir.Expr) -> ir.Expr:
    """`np.imag(z)` as `z.imag`, which can be assigned to."""
    e = map_children(as_attributes, e)
    match e:
        case ir.Call("numpy.imag", (base,)):
            return ir.Attribute(base, "imag")
    return e


def same(a: Any, b: Any) -> bool:
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(x is y for x, y in zip(a, b, strict=True))
    return a is b


def take_again(interpreter: Any, kind_at: Any) -> bool:
    """Write such views out where they are read; whether there were any."""
    changed = False
    for instance in list(interpreter.instances.values()):
        taken = Retaken(instance, kind_at)
        body = taken.run()
        if taken.changed:
            instance.body, changed = body, True
    return changed
