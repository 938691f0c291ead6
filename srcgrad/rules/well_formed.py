"""Checks of a user's declaration: its signature and its formulas, with a reason and a way out.

Rules of srcgrad's own tables are not checked here: every row of theirs runs in the tests.
"""

from __future__ import annotations

import ast
import difflib
from typing import TYPE_CHECKING, Any

from ..syntax import parsed, parsed_expression
from .declare import Rule
from .pattern import Pattern, parse_pattern

if TYPE_CHECKING:
    from .lookup_names import Names

Place = tuple[int, int, int, int]
FORMULA = 'Write a formula over the arguments and `out`, such as "1.0 - out**2".'
SIGNATURE = 'Write the name of a function and its parameters, such as "special.erf(x)".'


class Malformed(Exception):
    """What is wrong with a declaration, and what to do; where, if not at the declaration itself."""

    def __init__(
        self, message: str, hint: str = "", filename: str | None = None, span: Place | None = None, code: str = "SG311"
    ) -> None:
        super().__init__(message)
        self.hint, self.filename, self.span, self.code = hint, filename, span, code


# ----- signatures -----


def check_signature(row: Rule) -> tuple[str, frozenset[str]]:
    """The name that a signature gives, as it is written, and its parameters."""
    if not isinstance(row.text, str):
        raise Malformed(f"the signature is {described(row.text)}, not text", SIGNATURE, code="SG313")
    written = row.text.partition("(")[0].strip()
    pattern = read_signature(row.text, written)
    for p in pattern.parameters:
        if p.name in ("out", "d_out") or p.name.startswith(("d_", "t_")):
            raise Malformed(
                f"the parameter `{p.name}` has a name that means something else in a rule",
                "Give it another one: calls by position are matched by position. `out` is the result, `d_` and `t_` "
                "begin the names of derivatives.",
            )  # fmt: skip
    check_allowed(row, pattern)
    return written, frozenset(p.name for p in pattern.parameters)


def read_signature(text: str, written: str) -> Pattern:
    try:
        tree = parsed(f"def pattern{text[len(text.partition('(')[0]) :]}: pass")
        names = [part.isidentifier() for part in written.split(".")]
    except (SyntaxError, ValueError):
        raise Malformed(f"`{text}` is no signature", SIGNATURE) from None
    found = tree.body[0]
    if len(tree.body) > 1 or not isinstance(found, ast.FunctionDef) or len(found.body) > 1 or found.returns:
        raise Malformed(f"`{text}` is no signature", SIGNATURE)
    if "(" not in text or not all(names) or not isinstance(found.body[0], ast.Pass):
        raise Malformed(f"`{text}` is no signature", SIGNATURE)
    if found.args.kwarg is not None:
        raise Malformed(f"`**{found.args.kwarg.arg}` in a signature says nothing of each keyword", "List the keywords.")
    for default in [*found.args.defaults, *(d for d in found.args.kw_defaults if d)]:
        try:
            ast.literal_eval(default)
        except ValueError:
            raise Malformed(
                f"the default `{ast.unparse(default)}` is no constant", "Write a number, a string, None or a tuple."
            ) from None
    return parse_pattern(text)


def check_allowed(row: Rule, pattern: Pattern) -> None:
    for name, values in row.domains.items():
        if pattern.parameter(name) is None:
            raise Malformed(
                f"`{name}` is neither an option of a declaration nor a parameter of `{pattern.name}`", SIGNATURE
            )
        if not isinstance(values, tuple):
            raise Malformed(
                f"`{name}={values!r}` must be a tuple of the values the rule holds for",
                f"Write `{name}=({values!r},)`."
            )  # fmt: skip
    if row.singular not in (None, "none", "root", "pole", "selection"):
        raise Malformed(f"`singular` is {row.singular!r}", 'It is "none", "root", "pole" or "selection".')


# ----- formulas -----

EXPRESSIONS = (
    ast.Expression, ast.BinOp, ast.UnaryOp, ast.Call, ast.Attribute, ast.Name, ast.Constant, ast.Compare, ast.BoolOp,
    ast.IfExp, ast.Subscript, ast.Slice, ast.Tuple, ast.List, ast.keyword, ast.expr_context, ast.operator, ast.unaryop,
    ast.cmpop, ast.boolop,
)  # fmt: skip


def check_partials(row: Rule) -> None:
    """One partial for each argument that must be given, at most one for every parameter; not all None."""
    pattern = row.pattern
    if pattern.star is not None:
        raise Malformed("an elementwise function has a fixed number of arguments", "Declare it with srcgrad.rule.")
    least = sum(p.default is None for p in pattern.parameters)
    count = len(row.partials)
    if not least <= count <= len(pattern.parameters) or count == 0:
        raise Malformed(
            f"`{pattern.name}` takes {least} {plural('argument', least)}, "
            f"and {count} {plural('partial derivative', count)} {'is' if count == 1 else 'are'} given",
            "Give one for each argument, in order; None for one without a derivative.",
        )
    for p in row.partials:
        if p is not None and not isinstance(p, str):
            raise Malformed(f"a partial derivative is {described(p)}, not text", f'Write "{p!r}".'
                            if isinstance(p, int | float) else FORMULA, code="SG313")  # fmt: skip
    if all(p is None for p in row.partials):
        raise Malformed("no argument has a derivative", "Declare the function with srcgrad.constant.")


def check_let(row: Rule, names: Names) -> str:
    """The definitions of `let`, checked; their names are known from then on."""
    if not isinstance(row.let, str):
        raise Malformed(f"`let` is {described(row.let)}, not text", 'Write "r2 = x**2 + y**2".', code="SG313")
    found = []
    for part in filter(str.strip, row.let.split(";")):
        name, equals, text = part.partition("=")
        name = name.strip()
        if name in names.known or name == "out":
            raise Malformed(f"`let` defines `{name}`, which has a meaning already", "Use another name.")
        if not equals or not name.isidentifier():
            raise Malformed(f"`{part.strip()}` in `let` defines no name", 'Write "r2 = x**2 + y**2; s = ...".')
        formula = check_formula(text.strip(), f"definition of `{name}`", names)
        found.append(f"{name} = {ast.unparse(formula)}")
        names.known.add(name)
    return "; ".join(found)


def check_formula(text: str, what: str, names: Names) -> ast.expr:
    """The tree of a formula, with numbers of the module by their values."""
    try:
        tree = parsed_expression(text.strip())
    except (SyntaxError, ValueError, RecursionError, MemoryError) as e:
        reason = getattr(e, "msg", None) or str(e)
        raise Malformed(f"the {what} `{text}` is not Python: {reason}", FORMULA) from None
    return checked_expression(tree, f"the {what} `{text}`", names, ("out",))


def checked_expression(tree: ast.expr, where: str, names: Names, more: tuple[str, ...] = ()) -> ast.expr:
    known = names.known | set(more)
    for node in ast.walk(tree):
        if not isinstance(node, EXPRESSIONS) or isinstance(node, ast.Constant) and isinstance(node.value, bytes):
            raise Malformed(f"{where} uses `{ast.unparse(node)}`, which cannot stand in a rule", FORMULA)
    return Resolver(names, known, where).visit(tree)  # type: ignore[no-any-return]


class Resolver(ast.NodeTransformer):
    """Notes the functions that are called, puts in numbers of the module, refuses names that nobody knows."""

    def __init__(self, names: Names, known: set[str], where: str) -> None:
        self.names, self.known, self.where = names, known, where

    def visit_Call(self, node: ast.Call) -> ast.AST:
        from .lookup_names import dotted

        chain = dotted(node.func)
        if chain and chain[0] not in self.known:
            if not self.names.operation(chain):
                self.unknown(chain)
        else:
            node.func = self.visit(node.func)
        node.args = [self.visit(a) for a in node.args]
        node.keywords = [self.visit(k) for k in node.keywords]
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        from .lookup_names import dotted

        chain = dotted(node)
        if chain and chain[0] not in self.known:
            return self.names.number(node) or self.unknown(chain)
        node.value = self.visit(node.value)
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self.known:
            return node
        return self.names.number(node) or self.unknown([node.id])

    def unknown(self, chain: list[str]) -> Any:
        name = ".".join(chain)
        near = difflib.get_close_matches(name, self.known, 2)
        hint = f"Did you mean {', '.join(near)}? " if near else ""
        listed = ", ".join(sorted(self.known)) or "nothing"
        raise Malformed(
            f"{self.where} uses `{name}`, which is not known",
            f"{hint}Known are {listed}, numbers of this module, and functions that are called.",
        )


def needs_mask(text: str) -> bool:
    """Whether a formula may be infinite at a finite point: it divides, takes a power or calls a function."""
    for node in ast.walk(parsed(text)):
        match node:
            case ast.BinOp(op=ast.Div() | ast.FloorDiv() | ast.Mod(), right=right):
                if not isinstance(right, ast.Constant):
                    return True
            case ast.BinOp(op=ast.Pow(), right=right):
                if not (isinstance(right, ast.Constant) and isinstance(right.value, int)):
                    return True
            case ast.Call(func=f) if ast.unparse(f).rpartition(".")[2] not in BOUNDED:
                return True
    return False


BOUNDED = frozenset({"sin", "cos", "tanh", "sign", "arctan", "abs", "exp", "where"})


def described(value: Any) -> str:
    return "None" if value is None else f"of type {type(value).__name__}"


def plural(word: str, count: int) -> str:
    return word if count == 1 else word + "s"
