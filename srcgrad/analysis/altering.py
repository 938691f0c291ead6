"""Calls inside of expressions that change memory: what they change, and which statements have to be taken apart first.

    y = d.pop("a") * d.get("a", s)        d has no "a" any more where `get` is called: the kinds tell so once
                                          `pop` is a statement of its own
"""

from __future__ import annotations

from typing import Any

from ..frontend.deque_class import deque
from ..ir import nodes as ir
from ..ir.walk import reads, root, statement_expressions
from . import kinds as k
from .container_changes import is_list
from .effects import changes
from .linked import stands_alone, taken_apart
from .mutators import gives_nothing, ufunc_method
from .outputs import position_of_out
from .passed import takes_objects
from .sharing import may_share


class Altering:
    """`change` and `steps` give the statements that a call is; `kind` gives kinds; `at` is the instance."""

    at: Any
    kind: Any
    change: Any
    steps: Any
    linking: Any

    def alters(self, s: ir.Stmt, e: ir.Expr) -> bool:
        """Whether a call changes memory that its statement may read elsewhere."""
        called = self.at.calls.get(id(e))
        if called is not None:
            return called.instance.aliases is not None and bool(called.instance.aliases.params)
        if isinstance(e, ir.Call) and e.op == ".at":
            e = ufunc_method(e, lambda x: self.kind(s, x))
        if not isinstance(e, ir.Call) or not changes(e.op):
            return isinstance(e, ir.Call) and bool(outputs(e)) and self.writes(s, e)
        unknown = bool(e.args) and isinstance(self.kind(s, e.args[0]), k.Unknown)
        return unknown or self.writes(s, e)

    def writes(self, s: ir.Stmt, e: ir.Call) -> bool:
        """Whether a call is known to be one assignment or several."""
        return self.change(s, e) is not None or self.steps(s, e) is not None

    def gives_nothing(self, e: ir.Expr) -> bool:
        return gives_nothing(e)

    def is_list(self, s: ir.Stmt, e: ir.Expr) -> bool:
        return is_list(self.kind(s, e))

    def is_deque(self, s: ir.Stmt, e: ir.Expr) -> bool:
        return getattr(getattr(self.kind(s, e), "cls", None), "value", None) is deque

    def is_generator(self, s: ir.Stmt, e: ir.Expr) -> bool:
        """Whether an expression is a call of a generator function of the user's."""
        called = self.at.calls.get(id(e))
        return called is not None and bool(called.instance.function.yields)

    def captured(self, s: ir.Stmt, name: str) -> frozenset[str]:
        """The names that a function of the user's takes from around it."""
        kind = self.kind(s, ir.Name(name))
        return frozenset(getattr(kind.target, "captures", ())) if isinstance(kind, k.Func) else frozenset()

    def other_names(self, s: ir.Stmt) -> frozenset[str]:
        """The names of what a statement changes."""
        return self.at.aliases.changed.get(id(s), frozenset()) if self.at.aliases is not None else frozenset()

    def takes_objects(self, e: ir.Expr) -> bool:
        """Whether an expression is a call of a user function that is given objects."""
        called = self.at.calls.get(id(e))
        return called is not None and (called.on_object or takes_objects(called.instance))

    def stands_alone(self, s: ir.Stmt, e: ir.Expr) -> bool:
        if isinstance(e, ir.Call) and id(e) in self.at.calls:
            return False
        return self.linking is not None and stands_alone(e, lambda x: self.kind(s, x), self.linking.is_volatile)

    def linked_change(self, s: ir.Stmt, fresh: Any) -> list[ir.Stmt] | None:
        return taken_apart(s, lambda x: self.kind(s, x), fresh)

    def altered(self, s: ir.Stmt) -> frozenset[str]:
        """The names whose contents the calls of a statement may change."""
        names = set().union(*(reads(e) for e in statement_expressions(s)))
        held = {n for n in names if isinstance(self.kind(s, ir.Name(n)), k.Seq | k.Dict | k.Unknown)}
        return self.other_names(s) | held | self.pending(s, names)

    def pending(self, s: ir.Stmt, names: set[str]) -> frozenset[str]:
        """The names of memory that calls inside of a statement change, which are no statements of their own yet."""
        own = (x for x in self.at.within(s) if isinstance(x, ir.Call) and id(x) not in self.at.calls)
        found = set().union(*(reads(a) for x in own if self.alters(s, x) for a in altered(x)))
        if not found or self.at.aliases is None:
            return frozenset(n for n in names if found and may_share(self.kind(s, ir.Name(n))))
        return self.at.aliases.with_names(s, found)  # type: ignore[no-any-return]

    def urgency(self, s: ir.Stmt) -> int:
        """1 for a statement in which calls inside of expressions change memory, 2 if that is memory without a name.

        What the kinds tell of such a statement is not true of all of it, nor, for 2, of those after it.
        """
        whole = statement_expressions(s)
        single = len(whole) == 1 or isinstance(s, ir.Store | ir.Update)
        roots = {id(whole[-1])} if single and not isinstance(s, ir.If | ir.While | ir.For) else set()
        if isinstance(s, ir.Store | ir.Update) and root(s.place) in reads(whole[-1]):
            roots = set()  # `d["a"] = d.pop("a")`: the value is there before the place is
        found = 0
        for x in self.at.within(s):
            if isinstance(x, ir.Call | ir.Apply) and self.alters(s, x):
                nameless = isinstance(x, ir.Call) and id(x) not in self.at.calls and not all(map(root, altered(x)))
                found = max(found, 2 if nameless else 0 if id(x) in roots else 1)
        return found


def altered(e: ir.Call) -> tuple[ir.Expr, ...]:
    """The arguments that a call changes: of `rng.shuffle(a)` the array."""
    of_ufunc = e.args[1:2] if e.op == ".at" else e.args[:1]  # `np.add.at(a, i, x)`
    return outputs(e) or (e.args[-1:] if e.op.endswith("shuffle") else of_ufunc)


def outputs(e: ir.Call) -> tuple[ir.Expr, ...]:
    """What a call is given to write its results into, by name or by position."""
    position = position_of_out(e.op)
    given = [v for n, v in e.keywords if n == "out"] or (e.args[position:] if position is not None else ())
    return tuple(x for v in given for x in (v.items if isinstance(v, ir.Display) else (v,)) if x != ir.Const(None))
