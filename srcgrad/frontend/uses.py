"""Which attributes of its arguments a function uses, of what is in them, and of what it makes of either.

`model.predict(x)`, `for model in models: model.b`, `left = node.left; left.value`: what the names stand for has those
attributes, also where a helper or an inner function asks for them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.walk import statement_expressions, statements
from .axes import inside, parts
from .bindings import UserFunction

DEEPEST = 3  # calls within calls
THROUGH = frozenset({"builtins.list", "builtins.tuple", "builtins.reversed", "copy.copy", ".copy"})


@dataclass
class Use:
    """`attributes`: by name, how what is found there is used; `items`: how what is in it is used."""

    attributes: dict[str, Use] = field(default_factory=dict)
    items: Use | None = None

    def attribute(self, name: str) -> Use:
        return self.attributes.setdefault(name, Use())

    def item(self) -> Use:
        self.items = self.items or Use()
        return self.items


class Uses:
    """`names`: by name, the values that it may stand for."""

    def __init__(
        self, function: Function, body: ir.Block, program: Any, names: dict[str, list[Use]], depth: int = 0
    ) -> None:
        self.function, self.program, self.depth = function, program, depth
        self.names = names
        self.inner: dict[str, Function] = {}
        found = list(statements(body))
        for s in found:
            if isinstance(s, ir.Define):
                self.inner[s.name] = s.function
        for _ in range(2):  # names that are bound further down are used further up in a loop
            for s in found:
                self.bind(s)
        for s in found:
            for e in statement_expressions(s) + (s.header or () if isinstance(s, ir.For) else ()):
                self.read(e)

    def bind(self, s: ir.Stmt) -> None:
        match s:
            case ir.Assign(names, values):
                for n, v in zip(names, values, strict=True):
                    self.stands_for(n, self.of(v))
            case ir.Unpack(ir.Display(_, targets), value):
                for target in targets:
                    if isinstance(target, ir.Name):
                        self.stands_for(target.id, [u.item() for u in self.of(value)])

    def stands_for(self, name: str, found: list[Use]) -> None:
        known = self.names.setdefault(name, [])
        known += [u for u in found if not any(u is own for own in known)]

    def of(self, e: ir.Expr) -> list[Use]:
        """How the values that an expression may have are used, to be added to."""
        match e:
            case ir.Name(name):
                return self.names.get(name, [])
            case ir.Attribute(base, name):
                return [u.attribute(name) for u in self.of(base)]
            case ir.Index(base, index) if not any(isinstance(x, ir.Slice) for x in parts(index)):
                return [u.item() for u in self.of(base)]
            case ir.Index(base):
                return self.of(base)
            case ir.Select(_, a, b):
                return [*self.of(a), *self.of(b)]
            case ir.Call(op, (first, *_)) if op in THROUGH:
                return self.of(first)
        return []

    def read(self, e: ir.Expr) -> None:
        match e:
            case ir.Attribute() | ir.Index():
                self.of(e)
            case ir.Call(op, (base, *_)) if op.startswith("."):
                for u in self.of(base):
                    u.attribute(op[1:])
            case ir.Comprehension(_, _, clauses):
                for clause in clauses:
                    self.clause(clause.target, clause.iterable)
            case ir.Apply(function, args, keywords):
                for u in self.of(function):
                    u.attribute("__call__")
                if isinstance(function, ir.Name):
                    self.call(function.id, args, keywords)
        for c in inside(e):
            self.read(c)

    def clause(self, target: ir.Expr, iterable: ir.Expr) -> None:
        match target, iterable:
            case ir.Display(_, (_, inner)), ir.Call("builtins.enumerate", (items,)):
                self.clause(inner, items)
            case ir.Display(_, targets), ir.Call("builtins.zip", several):
                for t, items in zip(targets, several, strict=False):
                    self.clause(t, items)
            case ir.Display(_, (_, inner)), ir.Call(".items", (items,)):
                self.clause(inner, items)
            case ir.Name(), ir.Call(".values", (items,)):
                self.clause(target, items)
            case ir.Name(name), _:
                self.stands_for(name, [u.item() for u in self.of(iterable)])

    def call(self, name: str, args: tuple[ir.Expr, ...], keywords: tuple[tuple[str | None, ir.Expr], ...]) -> None:
        function = self.inner.get(name) or self.outside(name)
        if function is None or self.depth >= DEEPEST:
            return
        given: dict[str, list[Use]] = {n: self.of(v) for n, v in zip(function.param_names, args, strict=False)}
        given |= {n: self.of(v) for n, v in keywords if n is not None}
        given |= {n: self.names.get(n, []) for n in function.captures}
        if any(given.values()):
            Uses(function, self.program.prepare(function).body, self.program, dict(given), self.depth + 1)

    def outside(self, name: str) -> Any:
        found = self.function.scope.binding((name,)) if name not in self.function.locals else None
        return self.program.load(found.handle) if isinstance(found, UserFunction) else None


def uses_of(function: Function, body: ir.Block, program: Any) -> dict[str, Use]:
    """How the parameters of a function are used."""
    found = {p.name: Use() for p in function.params}
    Uses(function, body, program, {n: [u] for n, u in found.items()})
    return found
