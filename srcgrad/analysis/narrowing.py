"""What a test tells of the names in it: where `x is not None` holds, x is what it is when it is not None."""

from __future__ import annotations

from ..ir import nodes as ir
from . import kinds as k
from .none_together import with_group

Env = dict[str, k.Kind]


def narrowed(test: ir.Expr, env: Env, holds: bool) -> Env | None:
    """`env` where the test has turned out true, or false; None where it cannot have, as far as is known by now.

    >>> env = {"x": k.Maybe(False, False, k.Num("python", "float", ()))}
    >>> narrowed(ir.Compare(ir.Name("x"), ("is",), (ir.Const(None),)), env, False)["x"].kind
    'python'
    """
    found: Env = {}
    for name, is_none in answers(test, holds).items():
        if env.get(name) == k.NONE and not is_none:
            return None
        for n in with_group(name, env):
            match env.get(n):
                case k.Maybe(inner=inner):
                    found[n] = k.NONE if is_none else inner
    return {**env, **found} if found else env


def answers(test: ir.Expr, holds: bool) -> dict[str, bool]:
    """Whether names are certainly None, or certainly not."""
    match test:
        case ir.Compare(ir.Name(name), ("is" | "==" as op,), (ir.Const(None),)) if op == "is" or not holds:
            return {name: holds}
        case ir.Compare(ir.Name(name), ("is not",), (ir.Const(None),)):
            return {name: not holds}
        case ir.Call("operator.not_", (inner,)):
            return answers(inner, not holds)
        case ir.BoolOp(op, values) if (op == "and") == holds:
            return {n: x for v in values for n, x in answers(v, holds).items()}
    return {}
