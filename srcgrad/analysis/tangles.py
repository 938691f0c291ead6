"""Values that may hold the same memory in two places, as `[row, row]` does."""

from __future__ import annotations

from collections.abc import Iterable

from ..ir import nodes as ir
from ..ir.walk import children
from . import kinds as k
from .relation import NONE, TANGLED as TANGLED, Relation, closure
from .sharing import SHARING_BUILTINS, VIEWING, Sharing, may_share


class Tangles:
    """Whether the value of an expression may hold the same memory in two places, given the relation before it."""

    def __init__(self, sharing: Sharing, relation: Relation) -> None:
        self.sharing, self.relation = sharing, relation

    def __call__(self, e: ir.Expr) -> bool:
        if not isinstance(e, ir.Display | ir.Mapping | ir.Comprehension) and isinstance(self.sharing.kind(e), k.Num):
            return False
        match e:
            case ir.Display(_, parts) | ir.Mapping(_, parts):
                return self.among(parts)
            case ir.Comprehension(_, element):
                return bool(self.sharing.inside(e)(element))
            case ir.Call("operator.mul", (a, b)):
                return any(may_share(k.element_of(x)) for x in map(self.sharing.kind, (a, b)) if isinstance(x, k.Seq))
            case ir.Select(_, then, other):
                return self(then) or self(other)
            case ir.Walrus(_, value) | ir.Star(value) | ir.Index(value, _) | ir.Attribute(value, _):
                return self(value)
            case ir.Call("srcgrad.runtime.private", args):  # shares nothing with them, but is as they are
                return self.among(args) or TANGLED in closure(self.relation, self.sharing(args[0]))
            case ir.Call(op, args) if op in SHARING_BUILTINS | VIEWING or op == "operator.add":
                return self.among(args)
            case ir.Call() | ir.Apply():
                called = self.sharing.calls.get(id(e))
                if called is None:
                    return bool(self.sharing(e))
                return TANGLED in self.sharing.summary(called.instance).result_names or self.among(children(e))
        return False

    def among(self, parts: Iterable[ir.Expr]) -> bool:
        """Whether two of several parts overlap, or one is tangled by itself."""
        seen: frozenset[str] = NONE
        for p in parts:
            names = self.sharing(p)
            if self(p) or closure(self.relation, names) & seen:
                return True
            seen |= names
        return False

    def reach(self, e: ir.Expr) -> frozenset[str]:
        """The names that a value shares memory with; TANGLED among them if it is."""
        return self.sharing(e) | ({TANGLED} if self(e) else NONE)
