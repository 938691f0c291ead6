"""Memory that a caller lends to a function which changes it: who needs of it what, and when.

    step(u)        the backward half of `step` puts back what was in u before the call, if the reverse sweep of some
                   caller still reads that;
    u[0] = 0.0     the caller saves what it overwrites, if the backward half reads u as the call has left it

Both are found together, as the least answer that agrees with itself: nobody needs anything until a line that reads it
is found (the "adjoint-live" and "to be recorded" analyses of Hascoet, Naumann, Pascual, 2005, across calls).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..ir import nodes as ir
from ..ir.rewrite import map_statement
from ..ir.walk import statement_expressions, statements
from . import kinds as k
from .aliases import Aliases
from .rebinding import NONE, Names
from .relation import ENTRY
from .required import BINDING, MEMORY


@dataclass(frozen=True)
class Lending:
    """A call that is walked back: by parameter the names of the caller that share memory with what is passed; the
    parameters that its backward half is given again; the names that the call binds."""

    instance: Any
    backward: str
    passed: dict[str, Names]
    handed: tuple[str, ...]
    results: Names


@dataclass
class Terms:
    """By function, parameters of which some caller needs the memory as it was before the call (`needed`), and those of
    which the backward half reads the memory as the call left it (`kept`)."""

    needed: dict[int, set[str]] = field(default_factory=dict)
    kept: dict[int, set[str]] = field(default_factory=dict)

    def needed_of(self, instance: Any) -> set[str]:
        return self.needed.setdefault(id(instance), set())

    def kept_of(self, instance: Any) -> set[str]:
        return self.kept.setdefault(id(instance), set())

    def given(self, lending: Lending) -> Names:
        """Names of memory that a callee may have kept for its backward half."""
        kept = self.kept_of(lending.instance)
        return lending.results.union(*(names for n, names in lending.passed.items() if n in kept))

    def handed(self, lines: list[ir.Stmt], lending: Lending) -> Names:
        """The names that a backward half is given again, with their contents or, where it only writes, without."""
        kept = self.kept_of(lending.instance)
        found = NONE
        for e in (x for s in statements(tuple(lines)) for x in statement_expressions(s)):
            if is_backward(e, lending.backward):
                assert isinstance(e, ir.Apply)
                pairs: Any = zip(lending.handed, e.args[1:], strict=False)
                found |= {a.id if n in kept else BINDING + a.id for n, a in pairs}
        return found

    def note_needed(self, lending: Lending, required: Names, aliases: Aliases, s: ir.Stmt) -> None:
        """`required`: the names that lines of the caller read once the backward half has run."""
        for n, names in lending.passed.items():
            lent = aliases.with_names(s, names)
            linked = n in lending.instance.params and k.holds_reference(lending.instance.params[n])
            if linked or any(m in required or MEMORY + m in required for m in lent):
                self.needed_of(lending.instance).add(n)

    def note_kept(self, instance: Any, aliases: Aliases, required: Names) -> None:
        """`required`: all that the reverse sweep of a function reads at any time."""
        for n, kind in instance.params.items():
            names = names_of(aliases, n)
            if k.holds_reference(kind) or any(m in required or MEMORY + m in required for m in names):
                self.kept_of(instance).add(n)


def names_of(aliases: Aliases, parameter: str) -> Names:
    """All names that share memory with what the caller has passed, at any time."""
    entry = ENTRY + parameter
    found = NONE.union(*(relation.get(entry, NONE) for relation in aliases.before.values()))
    bound = (n for names in aliases.bound.values() for n, shared in names.items() if entry in shared)
    return found.union(bound, (parameter, entry))


def without_handed(lines: Iterable[ir.Stmt], lending: Lending) -> list[ir.Stmt]:
    """Lines in which the backward half is given nothing again."""
    shorter = shortened(lending.backward, lending.handed, set(lending.handed))
    return [map_statement(shorter, s) for s in lines]


def shortened(backward: str, handed: Sequence[str], unread: set[str]) -> Callable[[ir.Expr], ir.Expr]:
    """What leaves out of a call of a backward half those of the parameters handed to it that it does not read."""

    def shorter(e: ir.Expr) -> ir.Expr:
        if not is_backward(e, backward):
            return e
        assert isinstance(e, ir.Apply)
        again, seeds = e.args[1 : 1 + len(handed)], e.args[1 + len(handed) :]
        return replace(e, args=(e.args[0], *(a for n, a in zip(handed, again, strict=True) if n not in unread), *seeds))

    return shorter


def is_backward(e: ir.Expr, backward: str) -> bool:
    return isinstance(e, ir.Apply) and e.func == ir.Name(backward)
