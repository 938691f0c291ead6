"""Liveness: the names whose present value may still be read."""

from __future__ import annotations

import pytest

from srcgrad.ir.liveness import liveness
from srcgrad.ir.walk import statements
from tests.passes import lines, printed, table


@pytest.mark.parametrize(
    ("block", "after"),
    [
        ("a = x; b = a; out = b", "a = x: a\nb = a: b\nout = b: out"),
        ("a = x; a[0] = y; out = y", "a = x: a y\na[0] = y: y\nout = y: out"),
        ("a = x; a = y; out = a", "a = x: y\na = y: a\nout = a: out"),
    ],
)
def test_straight_line(block: str, after: str) -> None:
    assert live(block) == after


def test_next_iteration() -> None:
    """What an iteration leaves for the next one is live at its end."""
    found = live("for i in range(n):\n    out = a\n    a = i\n")
    assert "a = i: a n out" in found


def test_break() -> None:
    """After a break only what is read after the loop is live."""
    found = live("while t:\n    if k:\n        a = x\n        break\n    a = y\n    t = a\nout = a\n")
    assert "a = x: a\n" in found
    assert "a = y: a k x y\n" in found


def live(block: str) -> str:
    found = lines(block)
    after = liveness(tuple(found), "out")
    rows = [s for s in statements(tuple(found)) if len(printed([s]).splitlines()) == 1]
    return table((printed([s]), " ".join(sorted(after[id(s)]))) for s in rows)
