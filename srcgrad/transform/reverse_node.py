"""The reverse of one statement, and what the parts of the reverse sweep (`reverse`, ...) share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..analysis import kinds as k
from ..analysis.instance import Instance
from ..analysis.lent import Lending
from ..analysis.views import Views
from ..ir import nodes as ir
from .changes import owned
from .following import Followed
from .names import Names
from .shadows import Shadow, State, mode_of, zero


@dataclass(eq=False)
class Node:
    """The reverse of one forward statement.

    `lending`: of a call, the memory that the callee changes, and puts back itself where that is needed.

    `first` runs before everything else and reads names as they are after the statement, `lines` as they are
    before it (except `after`: names read as the statement leaves them; so are shadows that follow, but for those in
    `before`), `last` as at the start of a block.
    """

    stmt: ir.Stmt
    first: list[ir.Stmt] = field(default_factory=list)
    lines: list[ir.Stmt] = field(default_factory=list)
    after: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    body: list[Node] = field(default_factory=list)
    orelse: list[Node] = field(default_factory=list)
    last: list[ir.Stmt] = field(default_factory=list)
    last_else: list[ir.Stmt] = field(default_factory=list)
    completed_only: bool = False
    lending: Lending | None = None

    @property
    def empty(self) -> bool:
        return not (self.first or self.lines or self.body or self.orelse or self.last or self.last_else or self.after)


class ReverseParts:
    """The state of the builder, and adjoints of memory with several names."""

    instance: Instance
    evaluate: Any
    names: Names
    calls: Any
    views: Views
    following: Followed
    traits: Any
    appended: set[str]
    count_all_trips: set[int]
    writes: Any = staticmethod(lambda callee: False)  # does a callee put adjoints into objects that hold one another
    reusable = False  # is the reverse sweep run more than once
    current: Any = None

    if TYPE_CHECKING:  # what one part asks of another

        def block(self, block: ir.Block, state: State) -> list[Node]: ...

    def is_live(self, name: str, state: State) -> bool:
        """Whether memory may have a nonzero adjoint, under this name or the one it is a view of."""
        return name in state or self.views.base(name, self.current) in state

    def owned(self, name: str, state: State) -> list[ir.Stmt]:
        return owned(self, name, state)

    def drop_views(self, name: str, state: State) -> None:
        """The adjoint of `name` is other memory now: views of it are taken again when they are needed."""
        for n in [n for n, shadow in state.items() if shadow.mode == "view"]:
            if n != name and self.views.base(n, self.current) == self.views.base(name, self.current):
                del state[n]

    def zero(self, name: str) -> ir.Stmt:
        return ir.Assign((self.names.adjoint(name),), (zero(name, self.instance.kind_of_name(name)),))

    def zero_shadow(self, name: str) -> Shadow:
        return Shadow(mode_of(self.instance.kind_of_name(name), True), False)

    def kind_at(self, s: ir.Stmt) -> Any:
        return self.evaluate.at(self.instance, s)

    def evaluate_name(self, place: ir.Expr, kind: k.Kind) -> k.Kind:
        assert isinstance(place, ir.Index | ir.Attribute)
        return kind if isinstance(place.base, ir.Name) else self.current_kind(place.base)

    def current_kind(self, e: ir.Expr) -> k.Kind:
        return self.evaluate(self.instance, self.current, e)


def without_views(state: State) -> None:
    """Views are taken anew on the other side of a branch or loop."""
    for n in [n for n, shadow in state.items() if shadow.mode == "view"]:
        del state[n]
