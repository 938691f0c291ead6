"""Inner loops and comprehensions around a call of `gradients`: the round that runs, with its variables as given.

    g = gradients(y, x)[0]                        g = gradients(y, x)[0]
    for i in range(n):                            if True:
        v = w * i                          ->         i = i_given
        rows.append(gradients(g[i] * v, x))           v = w * i
                                                      return g[i] * v

That is right where what a round is given was not computed from the sources: else a way through earlier rounds lacks.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .blocks import LEFT, LOOPS, Edit, Test, exits, first_line, names_in, needed, of_node, own_nodes, taken
from .text_names import may_change

COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Given(ast.Assign):
    """The names that a round is given, bound where it begins."""

    def __init__(self, names: list[str]) -> None:
        super().__init__([ast.Name(n, ast.Store()) for n in names], ast.Constant(None), lineno=1, col_offset=0)

    @property
    def names(self) -> list[str]:
        return [t.id for t in self.targets if isinstance(t, ast.Name)]


@dataclass(eq=False)
class Flattened:
    """The way through a block to a call in it, with one round of each loop on it, and what that is given.

    The `idle` statements are left out.
    """

    body: list[Any]
    call: Any
    wanted: set[str]
    idle: list[Any] = field(default_factory=list)
    loops: list[tuple[Any, Given]] = field(default_factory=list)
    inside: list[Any] = field(default_factory=list)
    statement: Any = None

    def __post_init__(self) -> None:
        self.path = self.path_in(self.body)
        self.loops.reverse()

    def path_in(self, body: list[Any]) -> list[Any]:
        at = next((n for n, s in enumerate(body) if holds(s, self.call)), len(body))
        return [*(s for s in body[:at] if s not in self.idle), *(self.into(body[at]) if at < len(body) else ())]

    def into(self, s: Any) -> list[Any]:
        """What runs of the statement that the call stands in, before it."""
        if isinstance(s, ast.If) and not holds(s.test, self.call):
            return [test_of(s.test), *self.path_in(taken(s, self.call))]
        if isinstance(s, ast.With) and any(holds(x, self.call) for x in s.body):
            return [*(test_of(i.context_expr) for i in s.items), *self.path_in(s.body)]
        if isinstance(s, LOOPS) and any(holds(x, self.call) for x in s.body):
            inner = self.path_in(s.body)
            self.inside += inner
            return self.round(s, inner, may_change(s))
        self.statement = s
        found: list[Any] = []
        around = [n for n in own_nodes(s) if isinstance(n, COMPREHENSIONS) and holds(n, self.call)]
        for n in sorted(around, key=lambda n: (n.lineno, n.col_offset), reverse=True):
            names = {x for g in generators_around(n, self.call) for x in names_in(g.target, ast.Store)}
            found = self.round(n, found, names)
        return found

    def round(self, s: Any, inner: list[Any], changed: set[str]) -> list[Any]:
        asked = [ast.Expr(ast.Name(n, ast.Load(), lineno=1, col_offset=0)) for n in sorted(self.wanted)]
        given = Given([n for n in needed([*inner, *asked]) if n in changed])
        self.loops.append((s, given))
        return [given, *inner]

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(n for _, g in self.loops for n in g.names))

    @property
    def made(self) -> list[Any]:
        return [g for _, g in self.loops]

    @property
    def comprehensions(self) -> list[Any]:
        """The parts of comprehensions that bind variables around the call."""
        found = (s for s, _ in self.loops if not isinstance(s, LOOPS))
        return [g for s in found for g in generators_around(s, self.call)]

    def edits(self, given: dict[str, str]) -> list[Edit]:
        """What makes one round of each loop; `given` are the parameters that hold what a round is given."""
        loops = [(s, [f"{n} = {given[n]}" for n in g.names]) for s, g in self.loops if isinstance(s, LOOPS)]
        return [e for s, opening in loops for e in round_edits(s, opening)]

    def asked(self, target: Any, given: dict[str, str]) -> Any:
        """A target, with what the variables of comprehensions are given."""
        names = {n: given[n] for s, g in self.loops if not isinstance(s, LOOPS) for n in g.names}
        return Renamed(names).visit(copy.deepcopy(target))


class Renamed(ast.NodeTransformer):
    """Names by other ones."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self.names.get(node.id, node.id), node.ctx)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(self.names.get(node.arg, node.arg))


def round_edits(s: Any, opening: list[str]) -> Iterator[Edit]:
    first = s.body[0]
    line = first_line(first)
    between = "; " if line == s.lineno else f"\n{' ' * first.col_offset}"
    head = "if True:" + (between if line != s.lineno else " ")
    yield Edit((s.lineno, s.col_offset), (line, first.col_offset), head + between.join([*opening, ""]))
    yield from (of_node(x, LEFT) for x in exits(s.body))


def test_of(e: Any) -> Any:
    return ast.copy_location(Test(e), e)


def holds(node: Any, call: Any) -> bool:
    return any(n is call for n in ast.walk(node))


def generators_around(node: Any, call: Any) -> list[Any]:
    """The generators of a comprehension whose variables a call in it may read."""
    for at, g in enumerate(node.generators):
        if holds(g.iter, call):
            return list(node.generators[:at])
    return list(node.generators)
