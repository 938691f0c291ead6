"""Naming: operation and operand."""

from __future__ import annotations

import pytest

from srcgrad.ir.naming import describe
from tests.passes import expression


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("x", "x"),
        ("np.sin(x)", "sin_x"),
        ("np.sin(x + 1)", "sin"),
        ("np.maximum(0.0, x)", "maximum_x"),
        ("x + y", "sum"),
        ("x * y", "prod"),
        ("x @ y", "product"),
        ("-x", "negative"),
        ("x.sum()", "sum_x"),
        ("x[0]", "x_item"),
        ("x.real", "x_real"),
        ("np.sin(x)[0]", "sin_x_item"),
        ("unbroadcast(x, y)", "summed"),
        ("(x, y)", "items"),
        ("2.0", "constant"),
        ("x if y else z", "value"),
    ],
)
def test_name(text: str, name: str) -> None:
    assert describe(expression(text)) == name
