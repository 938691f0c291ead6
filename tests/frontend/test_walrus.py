"""Assignments inside expressions, pulled out in the order of evaluation."""

from __future__ import annotations

from tests.passes import becomes, prepared


def test_in_a_condition() -> None:
    becomes(
        prepared,
        """
            def f(x):
                if (y := x * x) > 1:
                    return y
                return x
        """,
        """
            y = x * x
            if y > 1:
                out = y
            else:
                out = x
        """,
    )


def test_name_read_before() -> None:
    """What a name was before is kept under another name."""
    becomes(
        prepared,
        """
            def f(x):
                return x + (x := x * x) * x
        """,
        """
            x_before = x
            x = x * x
            out = x_before + x * x
        """,
    )


def test_name_never_read_before() -> None:
    becomes(
        prepared,
        """
            def f(x):
                return (y := x * x) * y
        """,
        """
            y = x * x
            out = y * y
        """,
    )


def test_twice_in_one_expression() -> None:
    """The first value is kept for its own place."""
    becomes(
        prepared,
        """
            def f(x):
                return (y := x) + (y := x * x) * y
        """,
        """
            y = x
            y_before = y
            y = x * x
            out = y_before + y * y
        """,
    )


def test_under_a_choice() -> None:
    """It happens only where the choice falls on it."""
    becomes(
        prepared,
        """
            def f(x, y):
                return (y := x * x) if x > 1 else y
        """,
        """
            if x > 1:
                y = x * x
                chosen = y
            else:
                chosen = y
            out = chosen
        """,
    )


def test_under_and() -> None:
    becomes(
        prepared,
        """
            def f(x, y):
                return x > 1 and (y := x * x) > y
        """,
        """
            chosen = x > 1
            if chosen:
                y = x * x
                chosen = y > y
            out = chosen
        """,
    )


def test_under_or() -> None:
    becomes(
        prepared,
        """
            def f(x):
                return x or (y := 2 * x) or y
        """,
        """
            chosen = x
            if not chosen:
                y = 2 * x
                chosen_ = y
                if not chosen_:
                    chosen_ = y
                chosen = chosen_
            out = chosen
        """,
    )


def test_condition_of_while() -> None:
    """It is evaluated at the start of every iteration."""
    becomes(
        prepared,
        """
            def f(x):
                while (y := x * x) < 9:
                    x = x + y
                return y
        """,
        """
            while True:
                y = x * x
                if not y < 9:
                    break
                else:
                    x = x + y
            out = y
        """,
    )


def test_operand_of_its_own_update() -> None:
    """The name is looked up before the value is computed."""
    becomes(
        prepared,
        """
            def f(x):
                x += (x := x * x)
                return x
        """,
        """
            x_before = x
            x = x * x
            x_before += x
            x = x_before
            out = x
        """,
    )


def test_index_of_an_update() -> None:
    """`a[i] += e` looks up its place first, `a[i] = e` last."""
    becomes(
        prepared,
        """
            def f(a, i):
                a[i] += (i := 2)
                a[i] = (i := 3)
                return a
        """,
        """
            i_before = i
            i = 2
            a[i_before] += i
            i = 3
            a[i] = i
            out = a
        """,
    )


def test_statements_without_one() -> None:
    becomes(
        prepared,
        """
            def f(x):
                print(x)
                y, z = x
                return y * z
        """,
        """
            print(x)
            y, z = x
            out = y * z
        """,
    )
