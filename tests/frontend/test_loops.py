"""Loops: every `for` counts, and what its header binds is written out."""

from __future__ import annotations

from tests.passes import becomes, read


def test_over_items() -> None:
    becomes(
        read,
        """
            def f(x):
                s = 0.0
                for v in x:
                    s = s + v
                return s
        """,
        """
            s = 0.0
            for v_index in range(len(x)):
                v = x[v_index]
                s = s + v
            return s
        """,
    )


def test_range_stays() -> None:
    becomes(
        read,
        """
            def f(x, n):
                for i in reversed(range(1, n, 2)):
                    x = x * i
                return x
        """,
        """
            for i in reversed(range(1, n, 2)):
                x = x * i
            return x
        """,
    )


def test_enumerate_gives_the_index() -> None:
    """The user's own index counts, unless the body rebinds it."""
    becomes(
        read,
        """
            def f(x):
                s = 0.0
                for i, v in enumerate(x):
                    s = s + i * v
                for j, v in enumerate(x):
                    j = j + 1
                    s = s + j * v
                return s
        """,
        """
            s = 0.0
            for i in range(len(x)):
                v = x[i]
                s = s + i * v
            for v_index in range(len(x)):
                j = v_index
                v = x[v_index]
                j = j + 1
                s = s + j * v
            return s
        """,
    )


def test_enumerate_with_a_start() -> None:
    becomes(
        read,
        """
            def f(x):
                s = 0.0
                for i, v in enumerate(x, 1):
                    s = s + i * v
                return s
        """,
        """
            s = 0.0
            for v_index in range(len(x)):
                i = 1 + v_index
                v = x[v_index]
                s = s + i * v
            return s
        """,
    )


def test_zip_is_as_long_as_the_shortest() -> None:
    """Two equal lengths are asked for once."""
    becomes(
        read,
        """
            def f(x, y):
                s = 0.0
                for a, b in zip(x, y):
                    s = s + a * b
                for a, b in zip(x, x):
                    s = s + a * b
                return s
        """,
        """
            s = 0.0
            for b_index in range(min(len(x), len(y))):
                a = x[b_index]
                b = y[b_index]
                s = s + a * b
            for b_index in range(len(x)):
                a = x[b_index]
                b = x[b_index]
                s = s + a * b
            return s
        """,
    )


def test_reversed_items() -> None:
    becomes(
        read,
        """
            def f(x):
                s = 0.0
                for v in reversed(x):
                    s = s * v
                return s
        """,
        """
            s = 0.0
            for v_index in range(len(x)):
                v = x[len(x) - 1 - v_index]
                s = s * v
            return s
        """,
    )


def test_computed_items_are_computed_once() -> None:
    becomes(
        read,
        """
            def f(x):
                s = 0.0
                for v in np.sin(x):
                    s = s + v
                return s
        """,
        """
            s = 0.0
            v_items = np.sin(x)
            for v_index in range(len(v_items)):
                v = v_items[v_index]
                s = s + v
            return s
        """,
    )


def test_items_that_the_body_rebinds() -> None:
    """The loop goes on over what it started with."""
    becomes(
        read,
        """
            def f(x):
                for v in x:
                    x = x * v
                return x
        """,
        """
            v_items = x
            for v_index in range(len(v_items)):
                v = v_items[v_index]
                x = x * v
            return x
        """,
    )


def test_nested_targets() -> None:
    becomes(
        read,
        """
            def f(pairs):
                s = 0.0
                for k, (a, b) in enumerate(pairs):
                    s = s + a * b
                return s
        """,
        """
            s = 0.0
            for k in range(len(pairs)):
                a, b = pairs[k]
                s = s + a * b
            return s
        """,
    )


def test_dict_items() -> None:
    becomes(
        read,
        """
            def f(d):
                s = 0.0
                for key, v in d.items():
                    s = s + v
                return s
        """,
        """
            s = 0.0
            for v_index in range(len(d)):
                key = list(d)[v_index]
                v = d[list(d)[v_index]]
                s = s + v
            return s
        """,
    )


def test_index_name_that_is_taken() -> None:
    becomes(
        read,
        """
            def f(x, v_index):
                s = 0.0
                for v in x:
                    s = s + v * v_index
                return s
        """,
        """
            s = 0.0
            for v_index_ in range(len(x)):
                v = x[v_index_]
                s = s + v * v_index
            return s
        """,
    )
