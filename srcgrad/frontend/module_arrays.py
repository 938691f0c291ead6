"""Arrays that a module makes of numbers which are written out: `W = np.array([0.5, 1.0])`, `np.linspace(0, 1, 5)`.

A file is not imported, but what such a line makes is known from its text.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from .bindings import MISSING
from .decorators import dotted

MAKERS = frozenset({
    "numpy.array", "numpy.asarray", "numpy.zeros", "numpy.ones", "numpy.full", "numpy.eye", "numpy.linspace",
    "numpy.diag",
})  # fmt: skip
OPERATORS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
}  # fmt: skip
ROOTS = ("numpy.sqrt", "math.sqrt")
LARGEST = 1e6  # numbers; of more, too much would be computed for nothing but their kind


def array_of(node: ast.Call, operation: Callable[[tuple[str, ...]], str | None]) -> Any:
    """The array that a call makes; MISSING where the text does not tell."""
    try:
        found = Maker(operation).value(node)
    except (ValueError, TypeError, ArithmeticError, MemoryError, RecursionError):
        return MISSING
    return found if isinstance(found, np.ndarray) and found.dtype.kind in "fc" else MISSING


class Maker:
    """`operation` says which function of a library a dotted name is."""

    def __init__(self, operation: Callable[[tuple[str, ...]], str | None]) -> None:
        self.operation = operation

    def value(self, e: ast.expr) -> Any:
        match e:
            case ast.Constant(bool() | int() | float() as value):
                return value
            case ast.List(items) | ast.Tuple(items):
                found = [self.value(i) for i in items]
                return tuple(found) if isinstance(e, ast.Tuple) else found
            case ast.UnaryOp(ast.USub(), inner):
                return -self.value(inner)
            case ast.BinOp(a, op, b) if type(op) in OPERATORS:
                x, y = self.value(a), self.value(b)
                if not all(isinstance(v, int | float | np.ndarray) for v in (x, y)):
                    raise ValueError
                return OPERATORS[type(op)](x, y)
            case ast.Attribute(ast.Name(home), "pi" | "e" as constant) if self.operation((home, "sqrt")) in ROOTS:
                return getattr(np, constant)
            case ast.Name("float"):
                return float
            case ast.Call(function, args, keywords) if (name := self.named(function) or "") in MAKERS:
                values = [self.value(a) for a in args]
                words = {str(w.arg): self.value(w.value) for w in keywords}
                sizes = numbers_in([*values, *words.values()]) if name not in ("numpy.array", "numpy.asarray") else []
                if math.prod(abs(n) + 1.0 for n in sizes) > LARGEST:
                    raise ValueError
                return getattr(np, name.rpartition(".")[2])(*values, **words)
        raise ValueError

    def named(self, e: ast.expr) -> str | None:
        names = dotted(e)
        return self.operation(tuple(names)) if names is not None else None


def numbers_in(value: Any) -> list[float]:
    if isinstance(value, list | tuple):
        return [n for item in value for n in numbers_in(item)]
    return [float(value)] if isinstance(value, int | float) else []
