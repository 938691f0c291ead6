"""Expressions as text: no more parentheses than precedence asks for, and no fewer."""

from __future__ import annotations

import ast
import itertools

import pytest

from tests.passes import expression, shown

SAME = [
    "a + b * c",
    "(a + b) * c",
    "a - (b - c)",
    "a / (b / c)",
    "a ** b**c",
    "(a**b) ** c",
    "(-a)**2",
    "-a**2",
    "a**-b",
    "2.0**-1.5",
    "(a + b) ** (c * d)",
    "a @ b @ c",
    "a @ (b @ c)",
    "-(a + b)",
    "-a + b",
    "not a == b",
    "(not a) == b",
    "a and (b or c)",
    "a and b or c",
    "not (a or b)",
    "(a if b else c) + d",
    "a if b else c if d else e",
    "(a if b else c) if d else e",
    "a < b <= c",
    "(a < b) < c",
    "a < (b < c)",
    "a & b | c ^ d",
    "a & (b | c)",
    "a << b + c",
    "(a << b) + c",
    "~a % b // c",
    "(a + b).sum()",
    "(-a).sum()",
    "(1).real",
    "(2.5).hex()",
    "a.b[c].d(e)",
    "a[b + c, 1:d, ::2, ...]",
    "a[b,]",
    "a[(1, 2), 0]",
    "a[:-1]",
    "a[b + 1 :]",
    "a[: b + 1]",
    "a[b : c + 1]",
    "(a, b)",
    "(a,)",
    "[a, *b]",
    "{a: b, **c}",
    "{a, b}",
    "lambda x, *y, k=1: x + k",
    "(lambda: 1)()",
    "[x + 1 for x in a if x > 0 if x < 9]",
    "[x for x, y in a for z in y]",
    "{x: y for x, y in a}",
    "[x for x in (a if b else c)]",
    "np.sin(a, where=b)",
    "np.linalg.norm(a)",
    "a(*b, **c)",
    "a is not None",
    "a not in b",
    "1e-300 * 1e+300",
    '"it\'s"',
    "b'bytes'",
    "None",
    "1j * a",
]
SIMPLER = [
    ("(a * b) + c", "a * b + c"),
    ("a + (b * c)", "a + b * c"),
    ("(a - b) - c", "a - b - c"),
    ("a**(b**c)", "a ** b**c"),
    ("-(a ** 2)", "-a**2"),
    ("((a)) + ((b))", "a + b"),
    ("(a and b) or c", "a and b or c"),
    ("(not a) and b", "not a and b"),
    ("(a.b)(c)", "a.b(c)"),
    ("a[(b, c)]", "a[b, c]"),
    ("np.sin((a + b))", "np.sin(a + b)"),
]
OPERATORS = ["+", "-", "*", "/", "//", "%", "@", "**", "&", "|", "^", "<<", ">>", "<", "==", "and", "or"]
SAME_TREE = [("and", "and"), ("or", "or")]  # `(a and b) and c` is `a and b and c`
PAIRS = [pair for pair in itertools.product(OPERATORS, repeat=2) if pair not in SAME_TREE]


@pytest.mark.parametrize("text", SAME)
def test_as_it_was_written(text: str) -> None:
    assert shown(expression(text)) == text


@pytest.mark.parametrize(("text", "after"), SIMPLER)
def test_without_needless_parentheses(text: str, after: str) -> None:
    assert shown(expression(text)) == after


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_every_pair_of_operators(one: str, other: str) -> None:
    """Written again, an expression has the same tree, and no pair of parentheses that it could do without."""
    for text in (f"(a {one} b) {other} c", f"a {one} (b {other} c)", f"(-a) {one} b", f"-(a {one} b)"):
        found = shown(expression(text))
        assert ast.dump(ast.parse(found)) == ast.dump(ast.parse(text)), found
        if "(" in found:
            assert ast.dump(ast.parse(found.replace("(", "").replace(")", ""))) != ast.dump(ast.parse(text)), found


@pytest.mark.parametrize("text", SAME + [text for text, _ in SIMPLER])
def test_means_the_same(text: str) -> None:
    assert ast.dump(ast.parse(shown(expression(text)))) == ast.dump(ast.parse(text))
