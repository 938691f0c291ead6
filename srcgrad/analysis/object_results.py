"""Arrays of objects that functions of `np.frompyfunc` give, where the program converts them at once.

    np.frompyfunc(f, 1, 1)(x).astype(float)    ->    np.vectorize(np.frompyfunc(f, 1, 1), otypes=[float])(x)

Both call `f` as often, with the same numbers of Python.  An array of objects has no derivative; any other use is
refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..frontend.emitted import is_emitted
from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.walk import statement_expressions, subexpressions
from . import kinds as k

KindOf = Callable[[ir.Expr], k.Kind]
MAKER = "numpy.frompyfunc"
CONVERSIONS = frozenset({".astype", "numpy.array", "numpy.asarray"})
MESSAGE = "a function of `np.frompyfunc` gives an array of objects, which carries no derivative"
HINT = "Convert it where it is made, g(x).astype(float), or write np.vectorize(f, otypes=[float])."


def is_maker(e: ir.Call) -> bool:
    """`np.frompyfunc(f, n, 1)`: one result for each call."""
    return e.op == MAKER and len(e.args) == 3 and e.args[2] == ir.Const(1)


def text_for(args: Sequence[k.Kind]) -> str | None:
    """The function for numbers, of which those of NumPy are made ones of Python; None for arrays."""
    if not args or not all(isinstance(a, k.Num) and a.is_scalar for a in args):
        return None
    names = [f"x{n + 1}" for n in range(len(args))]
    given = [n if getattr(a, "kind", "") == "python" else f"{n}.item()" for n, a in zip(names, args, strict=True)]
    return f"def frompyfunc(pyfunc, {', '.join(names)}):\n    return pyfunc({', '.join(given)})\n"


def gives_objects(kind: k.Kind) -> bool:
    """Whether a value is a function that `np.frompyfunc` has made."""
    made = isinstance(kind, k.Func) and isinstance(kind.target, Function) and kind.target.name == "frompyfunc"
    return made and is_emitted(kind.target.scope)  # type: ignore[union-attr]


def is_converted(e: ir.Expr, s: ir.Stmt) -> bool:
    """Whether a call stands in its statement where what it gives is converted: it is left behind."""
    every = (x for top in statement_expressions(s) for x in subexpressions(top))
    return any(isinstance(x, ir.Call) and x.op in CONVERSIONS and x.args and x.args[0] is e for x in every)


def converted(e: ir.Expr, kind: KindOf) -> ir.Expr | None:
    """The plainer expression for a call whose result is converted; None for any other expression."""
    match e:
        case (
            ir.Call(op, (ir.Apply(func, args, keywords), dtype), ())
            | ir.Call(op, (ir.Apply(func, args, keywords),), (("dtype", dtype),))
        ) if op in CONVERSIONS and gives_objects(kind(func)):
            otypes = ir.Display("list", (dtype,))
            return ir.Apply(ir.Call("numpy.vectorize", (func,), (("otypes", otypes),)), args, keywords)
    return None
