"""Names for values that have none: operation and operand."""

from __future__ import annotations

from . import nodes as ir


def describe(e: ir.Expr) -> str:
    """A name for the value of an expression: operation and operand."""
    match e:
        case ir.Name(name):
            return name
        case ir.Const():
            return "constant"
        case ir.Call(op, args):
            short = WORDS.get(op) or op.rpartition(".")[2].strip("_")
            operand = next((a.id for a in args if isinstance(a, ir.Name)), "")
            if op in WORDS or not operand:
                return short
            return f"{short}_{operand}"
        case ir.Apply(ir.Name(name)):
            return f"{name}_value"
        case ir.Index(base, _):
            return f"{describe(base)}_item"
        case ir.Attribute(base, name):
            return f"{describe(base)}_{name}"
        case ir.Display():
            return "items"
    return "value"


WORDS = {
    "operator.add": "sum", "operator.sub": "diff", "operator.mul": "prod", "operator.truediv": "quot",
    "operator.pow": "power", "operator.matmul": "product", "operator.neg": "negative", "operator.mod": "rest",
    "operator.floordiv": "quot", "srcgrad.runtime.masked": "masked", "srcgrad.runtime.unbroadcast": "summed",
}  # fmt: skip
