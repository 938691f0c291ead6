"""Tangents that lie in memory as their primals do, where that decides whether a part is a view or a copy.

    m = A.T + x                      t_m = laid_out_as(t_x + ..., m)
    w = m.reshape(-1)       ->       t_w = t_m.reshape(-1)
    w[0] = s                         ...

    def h(v, s):                     require_alike(t_v.reshape(-1), t_v, v.reshape(-1), v)
        w = v.reshape(-1)   ->       t_w = t_v.reshape(-1)
        w[0] = s                     ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from ..analysis import kinds as k
from ..analysis.instance import Instance
from ..analysis.paths import is_part, is_view, path_root, rerooted, viewed
from ..analysis.relation import ENTRY, closure
from ..ir import nodes as ir
from ..ir.build import call
from ..ir.walk import bound_names, reads, statement_expressions, statements, subexpressions
from .private import reshapes

ALIKE = "srcgrad.runtime.require_alike"


def alike(part: ir.Call, tangent: str) -> ir.Stmt:
    """The check that a part of the tangent of a name is a view if that of the primal is one, and only then."""
    whole = viewed(part)
    assert whole is not None, f"a part of nothing: {part!r}"
    return ir.Eval(call(ALIKE, rerooted(part, tangent), rerooted(whole, tangent), part, whole))


class Layout:
    """`changed`: names of memory that the function changes; `lent`: its callers may change what it gives."""

    def __init__(
        self, instance: Instance, kind_at: Callable[[ir.Stmt], Any], changed: frozenset[str], lent: bool
    ) -> None:
        self.instance, self.kind_at, self.changed, self.lent = instance, kind_at, changed, lent

    @cached_property
    def parts(self) -> list[tuple[ir.Stmt, ir.Call]]:
        """The parts of memory that are views or copies by its layout, with their statements."""
        return [(s, x) for s in statements(self.instance.body) for x in self.parts_in(s)]

    def parts_in(self, s: ir.Stmt) -> Iterator[ir.Call]:
        kind = self.kind_at(s)
        for x in (x for e in statement_expressions(s) for x in subexpressions(e)):
            if isinstance(x, ir.Call) and is_part(x, kind) and not is_view(x, kind):
                yield x

    @cached_property
    def reshaped(self) -> frozenset[str]:
        """Names of memory that changes whose layout matters, here or in a function that is called."""
        found: set[str] = set()
        for s, part in self.parts:
            known = self.shared(s, {path_root(part)})
            found |= known if self.is_given_on(known) else self.changed & known
        for s in statements(self.instance.body):
            for x in (x for e in statement_expressions(s) for x in subexpressions(e)):
                called = self.instance.calls.get(id(x))
                if called is not None and reshapes(called.instance, set()):
                    found |= self.changed & self.shared(s, reads(x))
        return frozenset(found)

    def shared(self, s: ir.Stmt, names: set[str]) -> frozenset[str]:
        known = self.instance.aliases.before.get(id(s), {}) if self.instance.aliases is not None else {}
        return closure(known, names)

    def from_elsewhere(self, s: ir.Stmt) -> list[ir.Call]:
        """The parts in a statement of changed memory that was not made here, of which the layout is not known."""
        own = [(x, self.shared(s, {path_root(x)})) for at, x in self.parts if at is s]
        return [
            x for x, known in own
            if not known <= self.made and (self.changes_together(s, known) or self.is_given_on(known))
        ]  # fmt: skip

    def changes_together(self, s: ir.Stmt, known: frozenset[str]) -> bool:
        """Whether memory changes while a part of it that a statement names and another of its names are in use."""
        part = frozenset(bound_names(s)) if isinstance(s, ir.Assign) else frozenset()
        if not part or self.instance.aliases is None:
            return not self.changed.isdisjoint(known)
        return any(names & part and names & (known - part) for names in self.instance.aliases.changed.values())

    def is_given_on(self, names: frozenset[str]) -> bool:
        """Whether callers may change what they have under several names, or in several places."""
        several = not isinstance(self.instance.result, k.Num) or any(n.startswith(ENTRY) for n in names)
        known = self.instance.aliases.result_names if self.instance.aliases is not None else frozenset()
        return self.lent and several and not known.isdisjoint(names)

    @cached_property
    def made(self) -> frozenset[str]:
        """Names of arrays that are made here, or views of such."""
        found, others = set[str](), set(self.instance.params)
        for s in statements(self.instance.body):
            if isinstance(s, ir.Store | ir.Update):
                continue
            plain = isinstance(s, ir.Assign) and not any(id(v) in self.instance.calls for v in s.values)
            (found if plain else others).update(bound_names(s))
        arrays = {n for n in found if isinstance(self.instance.kind_of_name(n), k.Num)}
        return frozenset(arrays - others)
