"""Flow: names a block needs from before it."""

from __future__ import annotations

import pytest

from srcgrad.ir.flow import exposed
from tests.passes import lines


@pytest.mark.parametrize(
    ("block", "needed"),
    [
        ("b = a; c = b", "a"),
        ("a = a + 1", "a"),
        ("a, b = b, c", "b c"),
        ("a += b", "b a"),
        ("a = 1; a[i] = b", "b i"),
        ("a[i] = b", "a b i"),
        ("if k: a = 1\nb = a", "k a"),
        ("if k: a = 1\nelse: a = 2\nb = a", "k"),
        ("for i in range(n): a = i\nb = a", "n a"),
        ("for i in range(n): a = i; b = a", "n"),
        ("while a: b = a; a = c", "a c"),
        ("a, *b = c; d = b", "c"),
        ("s.append(a); b = s.pop()", "s a"),
        ("b = [v for v in a]", "a"),
        ("b = lambda v: v + a", "a"),
    ],
)
def test_needed_from_before(block: str, needed: str) -> None:
    assert sorted(exposed(lines(block.replace("\\n", "\n")))) == sorted(needed.split())
