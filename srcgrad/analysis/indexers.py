"""What NumPy's indexing objects make: `np.mgrid[0:3, 0:4]`, `np.ogrid`, `np.r_`, `np.c_`, `np.s_`.

Their bounds and items are constants: a number that carries a derivative is refused, for nothing would carry it on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from ..ir import nodes as ir
from . import kinds as k

WAYS_OUT = {
    id(np.r_): "Write np.concatenate, or np.array of the numbers.",
    id(np.c_): "Write np.column_stack.",
    id(np.mgrid): "Write np.linspace and np.meshgrid.",
    id(np.ogrid): "Write np.linspace and np.meshgrid.",
}
GRIDS = {id(np.mgrid), id(np.ogrid)}


def is_indexer(base: k.Kind) -> bool:
    return isinstance(base, k.Obj) and id(base.value) in WAYS_OUT


def way_out(base: k.Kind) -> str:
    return WAYS_OUT[id(base.value)]  # type: ignore[union-attr]


def indexer_parts(index: ir.Expr) -> Iterator[ir.Expr]:
    """The items of an index, and the bounds of its slices."""
    for p in index.items if isinstance(index, ir.Display) and index.kind == "tuple" else (index,):
        if isinstance(p, ir.Slice):
            yield from (b for b in (p.lower, p.upper, p.step) if b is not None)
        else:
            yield p


def indexer_kind(base: k.Kind, index: ir.Expr, kind: Callable[[ir.Expr], k.Kind]) -> k.Kind:
    """What an indexing object gives; the sizes of a grid are not looked at."""
    if id(base.value) not in GRIDS or not isinstance(index, ir.Display):  # type: ignore[union-attr]
        return k.Unknown()
    if not all(isinstance(p, ir.Slice) for p in index.items):
        return k.Unknown()
    bounds = [kind(b) for b in indexer_parts(index)]
    if not all(isinstance(b, k.Num) and b.dtype == "int" for b in bounds):
        return k.Unknown()
    sizes = tuple(k.Sym("?") for _ in index.items)
    grid = k.Num("array", np.dtype(int).name, sizes)
    if base.value is np.ogrid:  # type: ignore[union-attr]
        return k.Seq("tuple", (grid,) * len(sizes))
    return k.Num("array", grid.dtype, (len(sizes), *sizes))
