"""Python's operators by their names in the `operator` module, for the reader and for the writer."""

from __future__ import annotations

BINARY = {
    "Add": "operator.add", "Subtract": "operator.sub", "Multiply": "operator.mul", "Divide": "operator.truediv",
    "FloorDivide": "operator.floordiv", "Modulo": "operator.mod", "Power": "operator.pow",
    "MatrixMultiply": "operator.matmul", "BitAnd": "operator.and_", "BitOr": "operator.or_",
    "BitXor": "operator.xor", "LeftShift": "operator.lshift", "RightShift": "operator.rshift",
}  # fmt: skip
# `operator.iadd(a, b)`: the operator that it is on numbers
IN_PLACE = {f"operator.i{op.removeprefix('operator.').rstrip('_')}": op for op in BINARY.values()}
# `a += b` where `a` must be a number: refused of what would be changed in place
OF_NUMBERS = {f"srcgrad.of_numbers.{op.removeprefix('operator.')}": op for op in BINARY.values()}
UNARY = {"Minus": "operator.neg", "Plus": "operator.pos", "BitInvert": "operator.invert", "Not": "operator.not_"}
COMPARISON = {
    "LessThan": "<", "LessThanEqual": "<=", "GreaterThan": ">", "GreaterThanEqual": ">=", "Equal": "==",
    "NotEqual": "!=", "In": "in", "NotIn": "not in", "Is": "is", "IsNot": "is not",
}  # fmt: skip

# symbol and binding strength, as in the Python grammar
SYMBOLS = {
    "operator.or_": ("|", 7), "operator.xor": ("^", 8), "operator.and_": ("&", 9),
    "operator.lshift": ("<<", 10), "operator.rshift": (">>", 10),
    "operator.add": ("+", 11), "operator.sub": ("-", 11),
    "operator.mul": ("*", 12), "operator.truediv": ("/", 12), "operator.floordiv": ("//", 12),
    "operator.mod": ("%", 12), "operator.matmul": ("@", 12), "operator.pow": ("**", 14),
}  # fmt: skip
PREFIXES = {
    "operator.neg": ("-", 13),
    "operator.pos": ("+", 13),
    "operator.invert": ("~", 13),
    "operator.not_": ("not ", 5),
}

OPERATORS = frozenset(BINARY.values()) | frozenset(UNARY.values())
