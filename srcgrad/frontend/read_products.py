"""`jvp` and `vjp` in code that is differentiated, as functions of their own.

    y, dy = jvp(f, (x, n), (v, None))      ->      y, dy = pushed(f, (0,))(x, n, v)

    y, pull = vjp(f, x)                    ->      x_0 = x
                                                   y = f(x_0)
                                                   def pull(dy): return pulled(f)(x_0, dy)
"""

from __future__ import annotations

from typing import Any

import libcst as cst

from ..ir import nodes as ir
from ..ir.origin import Origin

PUSHED, PULLED = "srcgrad.products.pushed", "srcgrad.products.pulled"
VJP = "srcgrad.api.vjp"


def pushed(args: tuple[ir.Expr, ...], keywords: Any) -> ir.Expr | None:
    """A call of `jvp` whose primals and tangents are written out."""
    given = {**dict(zip(("f", "primals", "tangents"), args, strict=False)), **dict(keywords)}
    match given.get("f"), given.get("primals"), given.get("tangents"):
        case f, ir.Display("tuple" | "list", primals), ir.Display("tuple" | "list", tangents) if (
            f is not None and len(given) == 3 and len(primals) == len(tangents)
        ):
            if any(isinstance(e, ir.Star) for e in (*primals, *tangents)):
                return None
            along = [n for n, t in enumerate(tangents) if t != ir.Const(None)]
            which = ir.Display("tuple", tuple(ir.Const(n) for n in along))
            return ir.Apply(ir.Call(PUSHED, (f, which)), (*primals, *(tangents[n] for n in along)))
    return None


def read_vjp(reader: Any, node: cst.Assign, origin: Origin) -> list[ir.Stmt] | None:
    """`value, pullback = vjp(f, x)`; None for other assignments."""
    call, targets = node.value, [t.target for t in node.targets]
    if not isinstance(call, cst.Call) or len(targets) != 1 or not isinstance(targets[0], cst.Tuple):
        return None
    chain = reader.chain(call.func)
    if chain is None or chain[-1] != "vjp" or reader.scope.operation(chain) != VJP:
        return None
    names = [e.value.value if isinstance(e.value, cst.Name) else "" for e in targets[0].elements]
    if len(names) != 2 or not all(names) or any(a.star or a.keyword is not None for a in call.args):
        return None
    edited = origin.edit()
    f, *args = (a.value for a in call.args)
    found: list[ir.Stmt] = []

    def kept(e: cst.BaseExpression, name: str, own: bool) -> str:
        new = str(reader.fresh(name))
        value = reader.read(e)
        found.append(ir.Assign((new,), (ir.Call("srcgrad.runtime.own", (value,)) if own else value,), origin=edited))
        return new

    known = f.value if isinstance(f, cst.Name) else kept(f, "primal", False)
    given = [kept(a, f"{a.value}_0" if isinstance(a, cst.Name) else f"given{n}", True) for n, a in enumerate(args)]
    reader.locals |= set(given) if isinstance(f, cst.Name) else {*given, known}
    value = ir.Apply(reader.read(cst.Name(known)), tuple(map(ir.Name, given)))
    found.append(ir.Assign((names[0],), (value,), origin=edited))
    pulled, dy = reader.fresh("pulled_"), reader.fresh("dy")
    text = (
        f"def {names[1]}({dy}):\n    from srcgrad.products import pulled as {pulled}\n"
        f"    return {pulled}({known})({', '.join([*given, dy])})\n"
    )
    made = cst.parse_module(text).body[0]
    found.append(ir.Define(names[1], reader.read_function(made, reader), Origin(made, reader.source)))
    return found
