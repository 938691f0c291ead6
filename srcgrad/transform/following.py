"""Shadows that follow their names through the forward sweep (see `analysis.following` for which, and why).

    b = a.reshape(2, 3)          d_b = d_a.reshape(2, 3)
    c = np.sin(x)                c = np.sin(x)
    d = b                        d_c = np.zeros_like(c)
                                 d_d = d_b

In the reverse sweep such a shadow is memory that lives already: contributions are added in place.  What the names of
shadows stood for is saved and restored like names of the primal.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..analysis import kinds as k
from ..analysis.following import is_views_display, value_for
from ..analysis.instance import Instance
from ..analysis.passed import changed_parameters
from ..analysis.paths import by_layout, is_part, is_view, path_root, rerooted
from ..analysis.rebinding import block_rebinds, rebound_names
from ..ir import nodes as ir
from ..ir.build import call
from ..ir.helpers import ADDED
from ..ir.walk import reads, statements
from .mirrored import Mirror
from .names import Names, Temporaries
from .shadows import ZEROS, Shadow, State, add_to
from .substitution import statement_reads

Loop = ir.For | ir.While
SHADOW_OF = "srcgrad.runtime.shadow_of"


class Followed:
    """The followed names of one function, and the lines that bind their shadows."""

    def __init__(
        self, instance: Instance, followed: set[str], mirrored: frozenset[str], kind_at: Any, names: Names
    ) -> None:
        self.instance, self.kind_at, self.names = instance, kind_at, names
        self.followed = frozenset(followed) | mirrored
        rebound = block_rebinds(instance.body)
        lent = [n for n in changed_parameters(instance) if n in self.followed and n in rebound]
        self.mirror = Mirror(instance, mirrored, kind_at, names)
        self.first = {n: names.fresh(f"{names.adjoint(n)}_first") for n in lent}

    def state(self) -> State:
        """A followed shadow lives throughout the reverse sweep."""
        trees = {n for n in self.mirror.names if not isinstance(self.instance.kind_of_name(n), k.Num)}
        return {n: Shadow("owned tree" if n in trees else "owned", False) for n in sorted(self.followed)}

    @property
    def shadows(self) -> frozenset[str]:
        return frozenset({*map(self.names.adjoint, self.followed), *self.first.values()})

    def bound_by(self, s: ir.Stmt) -> frozenset[str]:
        """Followed names that a statement binds."""
        return frozenset(self.bound_in_order(s))

    def bound_in_order(self, s: ir.Stmt) -> list[str]:
        if not self.followed or isinstance(s, ir.Update) and self.mirror.changes(s):
            return []
        return [n for n in dict.fromkeys(rebound_names(s)) if n in self.followed]

    def shadows_bound(self, s: ir.Stmt) -> frozenset[str]:
        return frozenset(map(self.names.adjoint, self.bound_by(s)))

    def is_private(self, s: ir.Stmt) -> bool:
        """Whether a statement copies an argument for the function's own use: both have one adjoint."""
        at = self.instance
        return isinstance(s, ir.Assign) and any(s is x for x in at.body[: len(at.copied)])

    def part_of(self, s: ir.Stmt, name: str) -> ir.Expr | None:
        """The part of followed memory that a name is bound to; None if its memory is new, or looked up."""
        if name in self.mirror.names:
            return None
        value = value_for(s, name)
        if is_views_display(value, self.kind_at(s)):
            return value
        if value is None or not is_part(value, self.kind_at(s)) or path_root(value) not in self.followed:
            return None
        return value

    def is_certain(self, s: ir.Stmt, name: str) -> bool:
        """Whether a name is bound to followed memory, and certainly no copy."""
        part = self.part_of(s, name)
        return part is not None and (isinstance(part, ir.Display) or is_view(part, self.kind_at(s)))

    def trades_numbers(self, s: ir.Stmt) -> str:
        """A name of `p, q = 2 * q, p` that takes what another leaves: a number, if it is one, shares no shadow."""
        if not isinstance(s, ir.Assign) or len(s.names) < 2 or self.permutation(s):
            return ""
        for n in self.bound_in_order(s):
            part = self.part_of(s, n)
            if isinstance(part, ir.Name) and part.id in s.names and getattr(self.kind_at(s)(part), "kind", "") == "any":
                return n
        return ""

    def reshaped(self) -> frozenset[str]:
        """Names of which the memory layout decides whether a part of them is a view or a copy."""
        found = [(s, n) for s in statements(self.instance.body) for n in self.bound_by(s)]
        unsure = [self.part_of(s, n) for s, n in found if not self.is_certain(s, n)]
        return frozenset(path_root(part) for part in unsure if part is not None and by_layout(part))

    # ----- the forward sweep -----

    def setup(self) -> list[ir.Stmt]:
        params = [n for n in self.instance.params if n in self.followed and n not in self.instance.copied]
        mirrored = [n for n in params if n in self.mirror.names]
        params = [n for n in params if n not in mirrored]
        kept: list[ir.Stmt] = [ir.Assign((f,), (ir.Name(self.names.adjoint(n)),)) for n, f in self.first.items()]
        return [*map(self.new, params), *self.mirror.setup(mirrored), *kept]

    def bound_first(self) -> list[str]:
        """Shadows of the arguments: what they name at first is what the caller gets."""
        return [n for s in self.setup() for n in rebound_names(s) if n in self.shadows]

    def new(self, name: str) -> ir.Stmt:
        if name in self.mirror.names:
            return self.mirror.bound(name)
        known = getattr(self.instance.kind_of_name(name), "kind", "") == "array"
        op = SHADOW_OF if name in self.reshaped() else "numpy.zeros_like" if known else ZEROS
        return ir.Assign((self.names.adjoint(name),), (call(op, ir.Name(name)),))

    def opened(self, loop: Loop, forward: list[ir.Stmt]) -> tuple[Loop, list[ir.Stmt]]:
        """A loop over items, and its body in the forward sweep, count openly where shadows follow the items."""
        if not isinstance(loop, ir.For):
            return loop, forward
        implicit = [x for x in loop.body if getattr(x, "implicit", False) and x.origin is loop.origin]
        if not any(self.bound_by(x) for x in implicit):
            return loop, forward
        shown = [
            replace(x, implicit=False, origin=None) if any(x is y for y in implicit) else x  # type: ignore[arg-type]
            for x in forward
        ]
        return replace(loop, header=None), shown

    def before(self, s: ir.Stmt) -> list[ir.Stmt]:
        """Views of shadows are taken before the names are bound: a value may read what it binds."""
        parts = [(n, self.part_of(s, n)) for n in rebound_names(s) if n in self.followed]
        found = [(n, p) for n, p in parts if p is not None]
        if not found or self.is_private(s):
            return self.mirror.before(s)
        values = tuple(self.shadow_of(p) for _, p in found)
        return [ir.Assign(tuple(self.names.adjoint(n) for n, _ in found), values)]

    def shadow_of(self, part: ir.Expr) -> ir.Expr:
        """The same part of the shadow; of several parts, each of its own."""
        if isinstance(part, ir.Display):
            return ir.Display(part.kind, tuple(map(self.shadow_of, part.items)))
        return rerooted(part, self.names.adjoint(path_root(part)))

    def after(self, s: ir.Stmt) -> list[ir.Stmt]:
        new = [self.new(n) for n in self.bound_in_order(s) if self.part_of(s, n) is None]
        return [*new, *self.mirror.after(s)]

    def permutation(self, s: ir.Stmt) -> dict[str, str]:
        """Of `a, b = b, a` the name that each name takes its value from, shadows that follow included; else nothing."""
        match s:
            case ir.Assign(names, values) if len(names) > 1 and {*map(ir.Name, names)} == {*values}:
                found = {n: v.id for n, v in zip(names, values, strict=True) if isinstance(v, ir.Name)}
            case _:
                return {}
        followed = self.bound_by(s)
        if followed not in (frozenset(), frozenset(found)):
            return {}
        return found | {self.names.adjoint(n): self.names.adjoint(found[n]) for n in sorted(followed)}

    # ----- the reverse sweep -----

    def holds(self, name: str, value: ir.Expr) -> bool:
        """Whether a name that takes an item of a value has that item's shadow."""
        return name in self.mirror.names and path_root(value) in self.mirror.names

    def left(self, s: ir.Stmt) -> list[str]:
        """Names whose new memory a statement binds: what their shadows hold by then goes on to the value."""
        if self.is_private(s):
            return []
        return [n for n in rebound_names(s) if n in self.followed and not self.is_certain(s, n)]

    def moves(self, s: ir.Stmt, used: set[str], names: Temporaries) -> dict[str, ir.Expr]:
        """New names for shadows of which a statement leaves others under the same name: `d_b_new = d_b`."""
        return {
            d: ir.Name(names.fresh(f"{d}_new")) for n in sorted(self.bound_by(s)) for d in [self.names.adjoint(n)]
            if n in used
        }  # fmt: skip

    def if_copied(self, s: ir.Stmt, moves: dict[str, ir.Expr], lines: list[ir.Stmt]) -> list[ir.Stmt]:
        """Lines for the case that what may be a view is a copy after all."""
        unsure = {n: self.part_of(s, n) for n in self.left(s)}
        parts = {n: part for n, part in unsure.items() if part is not None}
        if not parts or not lines:
            return lines
        if len(rebound_names(s)) == 1:
            ((name, part),) = parts.items()
            return [self.unless_shared(name, part, moves, lines)]
        guarded: list[ir.Stmt] = []
        for line in lines:  # each passes on the shadow of one of the names
            used = statement_reads(line)
            own = [n for n in parts if used & reads(self.shadow_now(n, moves))]
            assert len(own) < 2, "each line passes on the shadow of one name"
            guarded.append(self.unless_shared(own[0], parts[own[0]], moves, [line]) if own else line)
        return guarded

    def shadow_now(self, name: str, moves: dict[str, ir.Expr]) -> ir.Expr:
        return moves.get(self.names.adjoint(name), ir.Name(self.names.adjoint(name)))

    def unless_shared(self, name: str, part: ir.Expr, moves: dict[str, ir.Expr], lines: list[ir.Stmt]) -> ir.Stmt:
        whole = ir.Name(self.names.adjoint(path_root(part)))
        arrays = all(getattr(self.instance.kind_of_name(n), "kind", "") == "array" for n in (name, path_root(part)))
        test = "numpy.may_share_memory" if arrays else "srcgrad.runtime.may_share_memory"
        shared = call(test, self.shadow_now(name, moves), whole)
        return ir.If(ir.Call("operator.not_", (shared,)), tuple(lines))

    def seeded(self, name: str, seed: str) -> list[ir.Stmt]:
        """What the caller gives as the adjoint of the result, in the shadow of the result."""
        if name not in self.followed:
            return []
        own = ir.Name(self.names.adjoint(name))
        if isinstance(self.instance.kind_of_name(name), k.Num):
            return [add_to(own, ir.Name(seed))]
        return [ir.Eval(call(ADDED, own, ir.Name(seed)))]

    def lent(self, seeds: dict[str, str]) -> tuple[list[ir.Stmt], list[ir.Stmt]]:
        """Adjoints of memory of the caller that the function changes: their contents in, and out again."""
        pairs = [(seed, self.first.get(n, self.names.adjoint(n))) for n, seed in seeds.items() if n in self.followed]
        return (
            [ir.Store(ir.Index(ir.Name(own), ir.Const(...)), ir.Name(seed)) for seed, own in pairs],
            [ir.Store(ir.Index(ir.Name(seed), ir.Const(...)), ir.Name(own)) for seed, own in pairs],
        )
