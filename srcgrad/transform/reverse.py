"""The reverse sweep: statements backwards, each with its adjoint, under a state that says which adjoints live.

    y = np.sin(x)        ->        d_x += d_y * np.cos(x)

The result mirrors the forward program: one `Node` per statement that has an adjoint.  What must be saved for it
is decided afterwards, from the names the nodes read (`analysis.recording`).
"""

from __future__ import annotations

from typing import Any

from ..analysis.container_changes import STRUCTURAL, is_container_change
from ..analysis.instance import Instance
from ..analysis.paths import path_root
from ..analysis.views import Views
from ..ir import nodes as ir
from ..ir.walk import statements
from .changes import Change
from .container_changes import ContainerChange
from .expression_facts import traits_of
from .following import Followed
from .linked import stored
from .linked_places import is_linked_store
from .mirrored import MirroredChange
from .names import Names
from .reverse_assignments import Assignments
from .reverse_control import Control
from .reverse_node import Node
from .shadows import State


class Reverse(Assignments, Control):
    """Builds the reverse of one function.  `evaluate(stmt, expr)` gives the kind of an expression there."""

    def __init__(
        self, instance: Instance, evaluate: Any, names: Names, calls: Any, views: Views, following: Followed
    ) -> None:
        self.instance, self.evaluate, self.names, self.calls, self.views = instance, evaluate, names, calls, views
        self.following = following
        self.count_all_trips: set[int] = set()
        self.traits = traits_of(instance.body)
        self.appended = {
            path_root(s.place) for s in statements(instance.body)
            if isinstance(s, ir.Update) and s.op in ("append", *STRUCTURAL)
        }  # fmt: skip

    def block(self, block: ir.Block, state: State) -> list[Node]:
        """Nodes in the order the reverse sweep runs them; `state` is changed to what holds before the block."""
        nodes = []
        for s in reversed(block):
            node = self.statement(s, state)
            if node is not None and not node.empty:
                nodes.append(node)
        return nodes

    def statement(self, s: ir.Stmt, state: State) -> Node | None:
        self.current = s
        match s:
            case ir.Assign():
                return self.assign(s, state)
            case ir.Unpack():
                return self.unpack(s, state)
            case ir.Update(ir.Name(name), "append", value) if name not in self.following.mirror.names:
                return self.append(s, name, value, state)
            case ir.Store() | ir.Update() if self.following.mirror.changes(s):
                return MirroredChange(self, s, state).node()
            case ir.Store() if is_linked_store(s, self.kind_at(s)):
                return stored(self, s, state)
            case ir.Store() | ir.Update() if self.is_live(path_root(s.place), state):
                kind = self.kind_at(s)
                made: Any = ContainerChange if is_container_change(s, kind) else Change
                return made(self, s, state).node()  # type: ignore[no-any-return]
            case ir.Store() | ir.Update():
                return None
            case ir.If():
                return self.branch(s, state)
            case ir.For() | ir.While():
                return self.loop(s, state)
            case ir.Opaque(_, _, writes):
                for name in writes:
                    state.pop(name, None)
            case ir.Define(name):
                state.pop(name, None)
            case ir.Eval() | ir.Break() | ir.Continue():
                pass
            case _:
                raise AssertionError(f"not prepared for reverse mode: {s!r}")
        return None
