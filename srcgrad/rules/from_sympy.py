"""Partial derivatives of a function that is given as a formula; sympy differentiates it, and is imported only here."""

from __future__ import annotations

import ast
from typing import Any

from ..syntax import parsed_expression
from .declare import Rule
from .well_formed import FORMULA, Malformed

MODULES = frozenset({"np", "numpy", "math"})


def partials_of(text: Any, row: Rule) -> tuple[str, ...]:
    """The partial derivatives of `text`, for each parameter of a row.

    >>> partials_of("x**2 * y", Rule("elementwise", "np.f(x, y)"))
    ('2 * x * y', 'x ** 2')
    """
    if row.partials:
        raise Malformed("both partial derivatives and `of` are given", "Give the one or the other.")
    if not isinstance(text, str):
        raise Malformed(f"`of` is of type {type(text).__name__}, not text", 'Write "log(1 + exp(x))".', code="SG313")
    names = [p.name for p in row.pattern.parameters]
    sympy = import_sympy()
    expression = read(text, names, sympy)
    # as it stands: `simplify` may trade abs(x)**1.5 for powers of negative numbers
    return tuple(written(sympy.diff(expression, sympy.Symbol(n, real=True)), text, sympy) for n in names)


def import_sympy() -> Any:
    try:
        import sympy  # type: ignore[import-untyped]
    except ImportError:
        raise Malformed("`of` needs sympy, which is not installed", "Install it, or give the partials.") from None
    return sympy


def read(text: str, names: list[str], sympy: Any) -> Any:
    """A formula as sympy's; only arithmetic, the arguments and functions that sympy knows."""
    try:
        tree = parsed_expression(text.strip())
    except (SyntaxError, ValueError) as e:
        raise Malformed(f"the function `{text}` is not Python: {getattr(e, 'msg', e)}", FORMULA) from None

    def value(node: ast.expr) -> Any:
        match node:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                return sympy.Integer(number) if isinstance(number, int) else sympy.Float(number)
            case ast.Name(id=name) if name in names:
                return sympy.Symbol(name, real=True)
            case ast.UnaryOp(op=ast.USub(), operand=a):
                return -value(a)
            case ast.BinOp(left=a, op=op, right=b) if type(op) in OPERATIONS:
                return OPERATIONS[type(op)](value(a), value(b))
            case ast.Call(func=f, args=args, keywords=[]):
                return named(ast.unparse(f))(*[value(a) for a in args])
        name = ast.unparse(node).rpartition(".")[2]
        if name in ("pi", "E", "e"):
            return sympy.pi if name == "pi" else sympy.E
        raise Malformed(f"the function `{text}` uses `{ast.unparse(node)}`, which sympy is not given", FORMULA)

    def named(written: str) -> Any:
        module, _, name = written.rpartition(".")
        name = SPELLINGS.get(name, name)
        found = getattr(sympy, name, None)
        known = isinstance(found, type | sympy.FunctionClass) or name in ("sqrt", "cbrt")
        if module not in ("", *MODULES) or not known:
            raise Malformed(f"the function `{text}` uses `{written}`, which sympy does not know", "Give the partials.")
        return found

    return value(tree)


OPERATIONS: dict[type, Any] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Pow: lambda a, b: a**b,
}
SPELLINGS = {"arcsin": "asin", "arccos": "acos", "arctan": "atan", "arctan2": "atan2", "arcsinh": "asinh",
             "arccosh": "acosh", "arctanh": "atanh", "abs": "Abs"}  # fmt: skip


def written(expression: Any, text: str, sympy: Any) -> str:
    """A formula of sympy in NumPy's words, or SciPy's."""
    from sympy.printing.numpy import SciPyPrinter  # type: ignore[import-untyped]

    try:
        found = str(SciPyPrinter({"strict": True}).doprint(expression))
    except Exception:  # what its printers raise for a function they lack is not one class
        found = "#"
    if "#" in found or expression.has(sympy.Derivative, sympy.Subs, sympy.Piecewise):
        raise Malformed(f"sympy cannot write the derivative of `{text}` with NumPy", "Give the partials.")
    tree = parsed_expression(found)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "numpy":
            node.id = "np"
    return ast.unparse(tree)
