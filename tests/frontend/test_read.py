"""Reading: from the user's syntax to statements and operations by qualified name."""

from __future__ import annotations

from tests.passes import becomes, read


def test_chained_targets() -> None:
    """The value is computed once, for the first target; the others take it from there."""
    becomes(
        read,
        """
            def f(x):
                a = b = x * x
                return a + b
        """,
        """
            a = x * x
            b = a
            return a + b
        """,
    )


def test_swap() -> None:
    """All values are computed before any name is bound."""
    becomes(
        read,
        """
            def f(x, y):
                x, y = y, x + y
                return x
        """,
        """
            x, y = y, x + y
            return x
        """,
    )


def test_star_target() -> None:
    """A value that is not written out is unpacked as a whole."""
    becomes(
        read,
        """
            def f(x):
                (a, *b), c = x
                return a
        """,
        """
            (a, *b), c = x
            return a
        """,
    )


def test_augmented_name_and_element() -> None:
    """`+=` changes a place; only the kinds will tell whether a name is rebound."""
    becomes(
        read,
        """
            def f(x, i):
                x += 1.0
                x[i] **= 2
                return x
        """,
        """
            x += 1.0
            x[i] **= 2
            return x
        """,
    )


def test_operations_of_libraries() -> None:
    """However it was imported, an operation has one name; the user's own functions are values."""
    becomes(
        read,
        """
            from math import sin as sine
            from numpy import tanh

            def own(x):
                return x

            def f(x):
                return sine(x) + tanh(x) + abs(x) + np.linalg.norm(x) + x.sum() + own(x)
        """,
        """
            return math.sin(x) + np.tanh(x) + abs(x) + np.linalg.norm(x) + x.sum() + own(x)
        """,
    )


def test_shadowed_library_name() -> None:
    """A name the function binds itself is not the library's."""
    becomes(
        read,
        """
            def f(x, abs):
                return abs(x)
        """,
        """
            return abs(x)
        """,
    )


def test_import_inside() -> None:
    becomes(
        read,
        """
            def f(x):
                from numpy import cos as c
                return c(x)
        """,
        """
            from numpy import cos as c
            return np.cos(x)
        """,
    )


def test_comparison_chain_and_choice() -> None:
    becomes(
        read,
        """
            def f(x, y):
                return x if 0 < x <= y and not y == 1 else -y
        """,
        """
            return x if 0 < x <= y and not y == 1 else -y
        """,
    )


def test_docstring_is_no_statement() -> None:
    becomes(
        read,
        '''
            def f(x):
                """What it does."""
                "and a remark"
                return x
        ''',
        """
            "and a remark"
            return x
        """,
    )


def test_annotated_assignment() -> None:
    """An annotation without a value binds nothing."""
    becomes(
        read,
        """
            def f(x):
                y: float
                z: float = x
                return z
        """,
        """
            y: float
            z = x
            return z
        """,
    )


def test_nested_function() -> None:
    """Captured names are noted with the function that is defined."""
    becomes(
        read,
        """
            def f(x, k):
                def scaled(v):
                    return v * k
                return scaled(x)
        """,
        """
            def scaled(v): ...
            return scaled(x)
        """,
    )


def test_one_line() -> None:
    becomes(
        read,
        """
            def f(x): y = x * x; return y + 1
        """,
        """
            y = x * x
            return y + 1
        """,
    )
