"""Tangents that share memory only where their primals do.

    v = u + 1.0                    t_v = np.copy(t_u)              where one of them is changed in place
    xs.append(u + 1.0)     ->      t_xs.append(np.copy(t_u))
    w = shifted(u)                 w, t_w = shifted_jvp(u, t_u)    in which the same is done: the caller may change w
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ..analysis import kinds as k
from ..analysis.aliases import sharing_in
from ..analysis.instance import Instance
from ..analysis.sharing import Sharing, may_share
from ..analysis.tangles import Tangles
from ..ir import nodes as ir
from ..ir.build import call
from ..ir.walk import reads, subexpressions
from .shadows import OWN, PRIVATE, is_fresh
from .tangent_expressions import zeros


class Apart:
    """`changed`: names of memory that the function changes; `lent`: its callers may change what it gives."""

    def __init__(self, instance: Instance, kind_at: Any, changed: frozenset[str], lent: bool) -> None:
        self.instance, self.kind_at, self.changed, self.lent = instance, kind_at, changed, lent

    def sharing(self, s: ir.Stmt) -> Sharing:
        return sharing_in(self.instance, self.kind_at(s))

    def is_tangled(self, s: ir.Stmt, e: ir.Expr) -> bool:
        return Tangles(self.sharing(s), {})(e)

    def __call__(self, s: ir.Stmt, names: Iterable[str], e: ir.Expr, t: ir.Expr) -> ir.Expr:
        """The tangent `t` of `e`, which gets one of the names, or a place in what has it."""
        kind = self.kind_at(s)(e)
        if not self.changed.isdisjoint(names) and isinstance(kind, k.Num) and kind.kind == "array" and kind.dims == ():
            return t if self.sharing(s)(e) or zeros(t) else call("numpy.array", t)
        if not self.may_change(s, {*names, *reads(e)}):
            return t
        if isinstance(kind, k.Num) and not kind.is_scalar and kind.is_complex and self.may_be_real(s, e):
            whole = ir.Call(".astype", (t, ir.Const(kind.dtype or "complex128")))
            whole = whole if kind.kind == "array" else call("operator.add", t, ir.Const(0j))
            return t if self.sharing(s)(e) or zeros(t) else whole
        return self.apart(s, e, t)

    def may_be_real(self, s: ir.Stmt, e: ir.Expr) -> bool:
        """Whether the tangent may have no imaginary part, into which something is written later."""
        parts = [x for x in subexpressions(e) if isinstance(x, (ir.Attribute, ir.Call, ir.Index))]  # z.real, np.abs(z)
        kinds = map(self.kind_at(s), [*map(ir.Name, sorted(reads(e))), *parts])
        return any(isinstance(x, k.Num) and x.active and not x.is_complex for x in kinds)

    def may_change(self, s: ir.Stmt, names: set[str]) -> bool:
        if self.lent:
            return True
        reached = self.instance.aliases.with_names(s, names) if self.instance.aliases is not None else frozenset()
        return not self.changed.isdisjoint(reached)

    def apart(self, s: ir.Stmt, e: ir.Expr, t: ir.Expr) -> ir.Expr:
        match e, t:
            case (ir.Display(_, items), ir.Display(_, found)) if len(items) == len(found):
                return replace(t, items=tuple(self.apart(s, i, x) for i, x in zip(items, found, strict=True)))
            case (ir.Mapping(_, items), ir.Mapping(_, found)) if len(items) == len(found):
                return replace(t, values=tuple(self.apart(s, i, x) for i, x in zip(items, found, strict=True)))
            case (ir.Star(), _) | (ir.Lambda(), _):
                return t
        kind = self.kind_at(s)(e)
        match e, t:
            case (ir.Call(op, items), ir.Call(other, found)) if op == other and isinstance(kind, k.Seq | k.Dict):
                if len(items) == len(found):  # lists that are joined, repeated or copied
                    return replace(t, args=tuple(self.apart(s, i, x) for i, x in zip(items, found, strict=True)))
        if isinstance(kind, k.Num) and is_fresh(t) or zeros(t):
            return t
        if not may_share(kind) or self.sharing(s)(e):
            return t
        if isinstance(kind, k.Num) and kind.kind == "array":
            return call("numpy.copy", t)
        return call(PRIVATE if not isinstance(kind, k.Num) and self.is_tangled(s, e) else OWN, t)
