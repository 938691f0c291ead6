"""Which variables of a function were computed from another one, as far as its text says.

    for n in range(steps):
        loss = np.mean((batch @ w) ** 2)          `loss` and `g` depend on `w` here; `batch` does not
        (g,) = gradients(loss, [w])
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from .blocks import FUNCTIONS, names_in, own_nodes, root, suites
from .text_memory import changes_nothing, is_fresh, is_gradients
from .text_names import Names, carried_into, changed_by, matched, own_names, reads


@dataclass(eq=False)
class Dependents:
    """Names whose values may have been computed from the present value of `source`, when a statement is reached."""

    function: Any
    source: str
    statement: Any
    closures: dict[str, Names]
    others: list[Any]
    found: set[str] = field(default_factory=set)
    views: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.own = own_names(self.function)
        for _ in range(2):  # the second time, it is known what may share memory
            self.block(self.function.body, frozenset())

    def in_comprehension(self, generators: Sequence[Any]) -> Names:
        """Those that depend on it inside a comprehension with these generators, in the statement."""
        state = frozenset(self.found)
        for g in generators:
            for target, items in iterated(g.target, g.iter):
                state = self.bound(names_in(target, ast.Store), items, state, isinstance(target, ast.Name))
        return state

    def block(self, body: list[Any], state: Names) -> Names:
        for s in body:
            if s is self.statement:
                self.found |= state
            state = self.after(s, state)
        return state

    def after(self, s: Any, state: Names) -> Names:
        match s:
            case ast.For() | ast.AsyncFor() | ast.While():
                return self.loop(s, state)
            case ast.If():
                return self.block(s.body, state) | self.block(s.orelse, state)
            case ast.With():
                for item in s.items:
                    if item.optional_vars is not None:
                        state = self.bound(names_in(item.optional_vars, ast.Store), item.context_expr, state, False)
                return self.block(s.body, state)
            case _ if isinstance(s, FUNCTIONS):
                return state
            case _ if list(suites(s)):
                for suite in suites(s):
                    state = state | self.block(suite, state)
                return state
        return self.simple(s, state)

    def loop(self, s: Any, state: Names) -> Names:
        while True:
            inside = state
            for target, items in iterated(s.target, s.iter) if not isinstance(s, ast.While) else ():
                inside = self.bound(names_in(target, ast.Store), items, inside, isinstance(target, ast.Name), state)
            after = state | self.block(s.body, inside)
            if after == state:
                return state | self.block(s.orelse, state)
            state = after

    def simple(self, s: Any, state: Names) -> Names:
        match s:
            case ast.Assign(targets, value):
                pairs = [p for t in targets for p in matched(t, value)]
                before = state
                for target, part in pairs:
                    if isinstance(target, ast.Name):
                        state = self.bound({target.id}, part, state, True, before)
                    else:
                        state = self.bound(changed_by(ast.Assign([target], part)), part, state, False, before)
                return self.by_calls(s, state)
            case ast.AnnAssign(ast.Name(name), _, value) if value is not None:
                return self.by_calls(s, self.bound({name}, value, state, True))
            case ast.AugAssign(ast.Name(name), _, value):
                if name == self.source:  # what else has its memory changes with it
                    return frozenset(n for n in state if n in self.views)
                return state | {name} if self.depends(value, state) else state
        return self.by_calls(s, self.bound(changed_by(s), s, state, False))

    def by_calls(self, s: Any, state: Names) -> Names:
        """With what is handed to functions that may keep what they are given, and the objects of methods."""
        for n in own_nodes(s):
            if isinstance(n, ast.Call) and not is_gradients(n) and self.depends(n, state):
                if isinstance(n.func, ast.Attribute):
                    kept = {root(n.func)}
                else:
                    kept = set() if self.keeps_nothing(n.func) else names_in(n)
                state = state | (kept & self.own - {self.source})
        return state

    def keeps_nothing(self, f: Any) -> bool:
        return changes_nothing(f, self.function, self.others)

    def bound(self, names: set[str], value: Any, state: Names, whole: bool, before: Names | None = None) -> Names:
        """After names have a new value, or, if not `whole`, perhaps one more part."""
        before = state if before is None else before
        if self.source in names:
            new = frozenset() if whole and is_fresh(value) else state | (reads(value, self.closures) - {self.source})
            return new | (before if not whole else frozenset())
        depends = self.depends(value, before)
        if not is_fresh(value):
            self.views |= names
        if depends:
            return state | names
        return state - names if whole else state

    def depends(self, value: Any, state: Names) -> bool:
        return bool(carried_into(value, self.closures) & {*state, self.source})


def iterated(target: Any, iterable: Any) -> Iterator[tuple[Any, Any]]:
    """The variables of a loop, each with what its items come from."""
    match target, iterable:
        case ast.Tuple([count, item]), ast.Call(ast.Name("enumerate"), [inner, *_]):
            yield count, ast.Constant(0)
            yield from iterated(item, inner)
        case ast.Tuple(items), ast.Call(ast.Name("zip"), inner) if len(items) == len(inner):
            for t, i in zip(items, inner, strict=True):
                yield from iterated(t, i)
        case _:
            yield target, iterable
