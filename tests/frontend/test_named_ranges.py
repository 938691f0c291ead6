"""Loops over names that are ranges."""

from __future__ import annotations

import textwrap

import pytest

from srcgrad.frontend.named_ranges import counting_for_themselves
from srcgrad.ir import nodes as ir
from srcgrad.ir.walk import statements
from tests.passes import loaded

STACK = """
    def f(n):
        ranges = []
        for i in range(n):
            r = range(i)
            ranges.append(r)
        for i in range(n):
            r = ranges.pop()
            for k in reversed(r):
                print(k)
"""
REFUSED = {
    "bound to a list on one path": """
        def f(n, c):
            r = range(n)
            if c:
                r = [n]
            for i in r:
                print(i)
    """,
    "a parameter": """
        def f(r):
            for i in r:
                print(i)
    """,
    "bound anew in the loop": """
        def f(n):
            r = range(n)
            for i in r:
                r = range(i)
    """,
    "counter bound in the loop": """
        def f(n):
            r = range(n)
            for i in r:
                i = i + 1
                print(i)
    """,
    "bound by an inner function": """
        def f(n):
            r = range(n)
            def g():
                nonlocal r
                r = [n]
            g()
            for i in r:
                print(i)
    """,
    "off a list into which something else is put": """
        def f(n):
            ranges = []
            ranges.append(range(n))
            ranges.append([n])
            r = ranges.pop()
            for i in r:
                print(i)
    """,
    "off a list that has another name": """
        def f(n):
            ranges = []
            others = ranges
            others.append([n])
            ranges.append(range(n))
            r = ranges.pop()
            for i in r:
                print(i)
    """,
}


def counters(source: str) -> list[tuple[str, ir.Expr]]:
    body = counting_for_themselves(loaded(textwrap.dedent(source).strip() + "\n")[1])
    return [(s.target, s.iterable) for s in statements(body) if isinstance(s, ir.For)]


def test_a_range_under_a_name() -> None:
    source = """
        def f(n):
            r = range(1, n)
            for i in r:
                print(i)
    """
    assert counters(source) == [("i", ir.Name("r"))]


def test_ranges_off_a_list() -> None:
    assert counters(STACK)[-1] == ("k", ir.Call("builtins.reversed", (ir.Name("r"),)))


@pytest.mark.parametrize("why", REFUSED)
def test_others_count_through_their_items(why: str) -> None:
    assert all(isinstance(e, ir.Call) and e.op == "builtins.range" for _, e in counters(REFUSED[why]))
