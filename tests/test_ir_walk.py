"""Substitution into expressions that bind names of their own."""

from __future__ import annotations

import libcst as cst
import pytest

from srcgrad.emit.expressions import Writer
from srcgrad.frontend.read_expressions import ExpressionReader
from srcgrad.frontend.scope import RuleScope
from srcgrad.ir import nodes as ir
from srcgrad.ir.walk import substitute


def read(text: str) -> ir.Expr:
    reader = ExpressionReader(RuleScope({}), frozenset(), lambda *a: pytest.fail(str(a)))
    return reader.read(cst.parse_expression(text))


@pytest.mark.parametrize(("text", "name", "value", "expected"), [
    ("[a * n for n in xs]", "a", "b", "[b * n for n in xs]"),
    ("[a * n for n in xs]", "a", "n + 1", "[(n + 1) * n_ for n_ in xs]"),
    ("[a * n for n in xs]", "n", "b", "[a * n for n in xs]"),
    ("[a * n for n in a]", "a", "n", "[n * n_ for n_ in n]"),
    ("[a + n + n_ for n, n_ in xs]", "a", "n", "[n + n__ + n_ for n__, n_ in xs]"),
    ("[a * m for n in xs for m in n if m > a]", "a", "m * n", "[m * n * m_ for n_ in xs for m_ in n_ if m_ > m * n]"),
    ("lambda n: a * n", "a", "n", "lambda n_: n * n_"),
    ("lambda n: a * n", "n", "b", "lambda n: a * n"),
    ("lambda n=a: n", "a", "n", "lambda n_=n: n_"),
])  # fmt: skip
def test_a_bound_name_does_not_capture_what_is_put_in(text: str, name: str, value: str, expected: str) -> None:
    found = substitute(read(text), {name: read(value)})
    assert Writer(str)(found) == Writer(str)(read(expected))
