"""Building derivative expressions: each in the simplest form that is equal."""

from __future__ import annotations

import pytest

from srcgrad.ir.build import minus, over, plus, simplified, times
from tests.passes import expression, shown


@pytest.mark.parametrize(
    ("d", "p", "product"),
    [
        ("d", "1.0", "d"),
        ("1.0", "y", "y"),
        ("d", "-y", "-d * y"),
        ("d", "1.0 / y", "d / y"),
        ("d", "a / b", "d * a / b"),
        ("d", "a * b", "d * a * b"),
        ("d", "-1.0", "-d"),
        ("2.0", "3.0", "6.0"),
        ("-d", "-y", "d * y"),
        ("d", "a + b", "d * (a + b)"),
        ("d", "True", "d * True"),
    ],
)
def test_times(d: str, p: str, product: str) -> None:
    assert shown(times(expression(d), expression(p))) == product


@pytest.mark.parametrize(
    ("a", "b", "total"),
    [
        ("a", "0.0", "a"),
        ("0.0", "b", "b"),
        ("a", "-b", "a - b"),
        ("a", "-b * c", "a - b * c"),
        ("a", "-b / c", "a - b / c"),
        ("a", "np.sum(-b)", "a - np.sum(b)"),
        ("a", "unbroadcast(-b, x)", "a - unbroadcast(b, x)"),
        ("1.0", "2.0", "3.0"),
        ("a", "b - c", "a + (b - c)"),
    ],
)
def test_plus(a: str, b: str, total: str) -> None:
    assert shown(plus(expression(a), expression(b))) == total


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a", "-a"),
        ("-a", "a"),
        ("a * b", "-a * b"),
        ("-a / b", "a / b"),
        ("a - b", "b - a"),
        ("2.0", "-2.0"),
        ("-2.0 * a", "2.0 * a"),
    ],
)
def test_minus(before: str, after: str) -> None:
    assert shown(minus(expression(before))) == after


def test_over() -> None:
    assert shown(over(expression("a"), expression("1.0"))) == "a"
    assert shown(over(expression("a + b"), expression("c"))) == "(a + b) / c"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2.0 * 1.0 * x", "2.0 * x"),
        ("x**1", "x"),
        ("x**1.0 * 1.0", "x"),
        ("a - 0.0", "a"),
        ("a - -b", "a + b"),
        ("a * (b / 1.0)", "a * b"),
        ("np.sin(1.0 * x)", "np.sin(x)"),
        ("0.0 * x", "0.0 * x"),
        ("x / x", "x / x"),
    ],
)
def test_simplified(before: str, after: str) -> None:
    """Nothing that changes a value: 0 * x is not 0 where x is infinite."""
    assert shown(simplified(expression(before))) == after
