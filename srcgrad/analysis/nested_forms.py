"""`jvp` whose primals and tangents have names, with their items written out, where kinds tell how many there are.

    y, dy = jvp(f, primals, tangents)      y, dy = pushed(f, (0,))(primals[0], tangents[0])
"""

from __future__ import annotations

from ..frontend.read_products import pushed
from ..ir import nodes as ir
from . import kinds as k
from .starred import KindOf, parts

JVP = "srcgrad.api.jvp"


def product_form(e: ir.Expr, kind: KindOf) -> ir.Expr | None:
    """What a call of `jvp` is; None for any other expression, and where the items are not known."""
    if not isinstance(e, ir.Call) or e.op != JVP:
        return None
    given = dict(zip(("f", "primals", "tangents"), e.args, strict=False)) | dict(e.keywords)
    if given.keys() != {"f", "primals", "tangents"}:
        return None
    primals, tangents = parts(given["primals"], kind), parts(given["tangents"], kind)
    if primals is None or tangents is None:
        return None
    along = [ir.Const(None) if kind(t) == k.NONE else t for t in tangents]
    return pushed((given["f"], ir.Display("tuple", tuple(primals)), ir.Display("tuple", tuple(along))), ())
