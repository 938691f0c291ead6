"""The adjoint of a dict written out: of a key that is given twice, the last value takes it.

    e = {"a": s, **d, "b": t}        s takes d_e["a"] if "a" is not in d,  d takes d_e of all its keys but "b"
"""

from __future__ import annotations

from collections.abc import Iterator

from ..ir import nodes as ir
from ..ir.build import call
from .expression_facts import item_of

OWN_ITEMS = "srcgrad.runtime.own_items"


def mapping_parts(e: ir.Mapping, cot: ir.Expr) -> Iterator[tuple[ir.Expr, ir.Expr]]:
    """Each value, or dict that is spread, with its part of the adjoint `cot`."""
    for n, (key, value) in enumerate(zip(e.keys, e.values, strict=True)):
        rest = list(zip(e.keys[n + 1 :], e.values[n + 1 :], strict=True))
        constants = {k for k, _ in rest if isinstance(k, ir.Const)}
        if key is None:
            yield value, call(OWN_ITEMS, cot, value, overriding(rest))
        elif key in constants:
            continue
        elif isinstance(key, ir.Const) and len(constants) == len(rest) or not rest:
            yield value, item_of(cot, key)
        else:
            own = ir.Mapping((key,), (value,))
            yield value, ir.Index(call(OWN_ITEMS, cot, own, overriding(rest)), key)


def overriding(rest: list[tuple[ir.Expr | None, ir.Expr]]) -> ir.Expr:
    """What holds the keys that come later: those written out, and the dicts that are spread."""
    keys = tuple(k for k, _ in rest if k is not None)
    spread = tuple(v for k, v in rest if k is None)
    return ir.Display("tuple", (*((ir.Display("tuple", keys),) if keys else ()), *spread))
