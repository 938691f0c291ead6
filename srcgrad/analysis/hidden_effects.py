"""Functions that the library calls for each item, and that change more than what they make.

    def noted(v):
        seen.append(v)
        return -v
    sorted(xs, key=noted)       refused: how often it is called, and in which order, is not in the source
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..frontend.bindings import UserFunction
from ..frontend.stand_ins import everything
from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.walk import root, statement_expressions, statements
from . import kinds as k
from .effects import changes

LIBRARY = ("builtins.", "srcgrad.runtime.")
CALLING = ("srcgrad.runtime.order_of", "srcgrad.runtime.leading", "builtins.")


def given_to_library(s: ir.Stmt, at: Any) -> Iterator[tuple[ir.Call, ir.Expr]]:
    """What is given to operations that the analysis does not follow, each with the operation."""
    for e in at.within(s):
        if isinstance(e, ir.Call) and e.op.startswith(LIBRARY) and id(e) not in at.calls:
            yield from ((e, given) for given in (*e.args, *(v for _, v in e.keywords)))


class HiddenEffects:
    """Refuses them; `load` reads the function behind a name."""

    def __init__(self, interpreter: Any, evaluate: Any) -> None:
        self.interpreter, self.evaluate = interpreter, evaluate

    def refuse(self, diagnose: Any) -> None:
        for at in self.interpreter.reached():
            for s in statements(at.body):
                for e, name in self.found(at, s):
                    message = f"the function that is called for each item here changes `{name}`"
                    diagnose("SG216", message, at, s, e, "Write the loop out.")

    def found(self, at: Any, s: ir.Stmt) -> Iterator[tuple[ir.Expr, str]]:
        for e, given in given_to_library(s, at):
            if e.op.startswith(CALLING) and (name := self.changed_by(at, s, given)) is not None:
                yield e, name

    def changed_by(self, at: Any, s: ir.Stmt, given: ir.Expr) -> str | None:
        """What a call of the function that an expression gives changes, if it is one."""
        if isinstance(given, ir.Lambda):
            inner = (self.evaluate(at, s, x.func) for x in named_calls(given.body))
            own = {p.name for p in given.params}
            changed = changed_in(given.body, set())
            return changed or next((n for f in inner if (n := self.changed_of(f, own)) is not None), None)
        return self.changed_of(self.evaluate(at, s, given)) if isinstance(given, ir.Name) else None

    def changed_of(self, func: k.Kind, known: set[Any] | frozenset[Any] = frozenset()) -> str | None:
        if not isinstance(func, k.Func) or not isinstance(func.target, Function) or id(func.target) in known:
            return None
        known = {*known, id(func.target)}
        found = changed_by_body(func.target)
        inner = [h.kind for h in func.held]
        inner += [self.of_module(func.target, x.func.id) for x in calls_by_name(func.target)]
        return found or next((n for f in inner if (n := self.changed_of(f, known)) is not None), None)

    def of_module(self, around: Function, name: str) -> k.Kind:
        match around.scope.binding((name,)):
            case UserFunction(handle):
                function = self.interpreter.load(handle)
                return k.Func(function) if function is not None else k.Unknown()
        return k.Unknown()


def changed_by_body(f: Function) -> str | None:
    """A name of memory that is not made in the function, and that it changes: captured, or given to it."""
    own = f.locals - set(f.param_names)
    for s in statements(f.body):
        if isinstance(s, ir.Store | ir.Update) and not isinstance(s.place, ir.Name) and root(s.place) not in own:
            return root(s.place)
        for e in statement_expressions(s):
            if (name := changed_in(e, own)) is not None:
                return name
    return None


def changed_in(e: ir.Expr, own: Any) -> str | None:
    calls = (x for x in everything(e) if isinstance(x, ir.Call) and x.args and changes(x.op))
    return next((root(x.args[0]) for x in calls if root(x.args[0]) not in own), None)


def named_calls(e: ir.Expr) -> Iterator[Any]:
    """The calls of what has a name, in an expression and all in it."""
    return (x for x in everything(e) if isinstance(x, ir.Apply) and isinstance(x.func, ir.Name))


def calls_by_name(f: Function) -> Iterator[Any]:
    for s in statements(f.body):
        for e in statement_expressions(s):
            yield from named_calls(e)
