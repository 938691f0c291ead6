"""Preparing: a loop's range and counter are out of its body's reach."""

from __future__ import annotations

from tests.passes import becomes, prepared, steady


def test_range_the_body_changes() -> None:
    """The range is computed once, under a name."""
    becomes(
        steady,
        """
            def f(x, n):
                for i in range(n):
                    n = n - 1
                    x = x * n
                return x
        """,
        """
            i_range = range(n)
            for i in i_range:
                n = n - 1
                x = x * n
            return x
        """,
    )


def test_range_of_names_that_stay() -> None:
    becomes(
        steady,
        """
            def f(x, n, m):
                for i in range(n, m):
                    x = x * i
                return x
        """,
        """
            for i in range(n, m):
                x = x * i
            return x
        """,
    )


def test_range_of_the_counter_itself() -> None:
    becomes(
        steady,
        """
            def f(x, i):
                for i in range(i):
                    x = x * i
                return x
        """,
        """
            i_range = range(i)
            for i in i_range:
                x = x * i
            return x
        """,
    )


def test_inside_other_blocks() -> None:
    becomes(
        steady,
        """
            def f(x, n):
                while x < 9:
                    if x > 1:
                        for i in range(n):
                            n = n * 2
                    x = x * n
                return x
        """,
        """
            while x < 9:
                if x > 1:
                    i_range = range(n)
                    for i in i_range:
                        n = n * 2
                x = x * n
            return x
        """,
    )


def test_in_order() -> None:
    """A `return` inside a loop, an assignment inside its condition, and a result whose name is taken."""
    becomes(
        prepared,
        """
            def f(x, out):
                while (y := x * out) < 9:
                    if y < 0:
                        return y
                    x = y * y
                return x
        """,
        """
            returned = False
            while True:
                y = x * out
                if not y < 9:
                    break
                else:
                    if y < 0:
                        result = y
                        returned = True
                        break
                    else:
                        x = y * y
            if not returned:
                result = x
        """,
    )
