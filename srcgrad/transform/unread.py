"""Results of a callee that no caller reads: its backward half computes nothing for them.

    a, _ = both(x)    ->    d_x = both_bwd(both_saved, (d_a, None))

Zeros in place of None would give the same, but for the work, and for zeros times what is infinite or nan.
"""

from __future__ import annotations

from typing import Any

from ..analysis import kinds as k
from ..analysis.instance import Instance
from ..ir import nodes as ir
from ..ir.walk import block_reads, bound_names, reads, statement_expressions, statements, subexpressions
from .handed import CallSites

NONE: frozenset[int] = frozenset()


def unread_results(instance: Instance, sites: CallSites) -> frozenset[int]:
    """The places in the tuple of numbers and arrays that a function returns, which no caller has a use for."""
    match instance.result:
        case k.Seq("tuple", items) if items is not None and all(isinstance(i, k.Num) for i in items):
            count = len(items)
        case _:
            return NONE
    if not returns_display(instance, count):
        return NONE
    found = [unread_by(at, s, called, count) for at, s, called in sites.get(id(instance), ())]
    return frozenset.intersection(*found) if found else NONE


def returns_display(instance: Instance, count: int) -> bool:
    """Whether every `return` of a function has the tuple written out."""
    name = instance.result_name
    for s in statements(instance.body):
        if name in bound_names(s):
            match s:
                case ir.Assign((_,), (ir.Display("tuple", items),)) if len(items) == count:
                    if any(isinstance(i, ir.Star) for i in items):
                        return False
                case _:
                    return False
    return name not in block_reads(instance.body)


def unread_by(at: Instance, s: ir.Stmt, called: Any, count: int) -> frozenset[int]:
    """The places that the caller of one call has no use for."""
    match s:
        case ir.Unpack(ir.Display(_, targets), value) if at.calls.get(id(value)) is called:
            read = block_reads(at.body) | {at.result_name, *at.function.captures}
            return frozenset(n for n, t in enumerate(targets) if isinstance(t, ir.Name) and t.id not in read)
        case ir.Assign((name,), (value,)) if at.calls.get(id(value)) is called and name != at.result_name:
            return frozenset(range(count)) - places_read(at.body, name, count)
    return NONE


def places_read(body: ir.Block, name: str, count: int) -> set[int]:
    """The places `0` and `1` of `pair[0] + pair[1]`; all of them where the name stands for itself."""
    whole, found = set(range(count)), set[int]()
    for s in statements(body):
        if isinstance(s, ir.Opaque) and name in s.reads or isinstance(s, ir.Define) and name in s.captures:
            return whole
        for e in statement_expressions(s):
            names = indexed = 0
            for x in subexpressions(e):
                match x:
                    case ir.Index(ir.Name(own), ir.Const(int(n))) if own == name:
                        found.add(n % count)
                        indexed += 1
                    case ir.Name(own) if own == name:
                        names += 1
                    case ir.Lambda() | ir.Comprehension() | ir.Text() if name in reads(x):
                        return whole
            if names != indexed:
                return whole
    return found


def without(value: ir.Expr, unread: frozenset[int]) -> ir.Expr:
    """A tuple that is written out, with None in these places."""
    if not unread or not isinstance(value, ir.Display):
        return value
    return ir.Display("tuple", tuple(ir.Const(None) if n in unread else i for n, i in enumerate(value.items)))
