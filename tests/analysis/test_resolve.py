"""Resolving: what a statement means once the kinds are known."""

from __future__ import annotations

from tests.passes import becomes, hoisted, refused


def test_augmented_number() -> None:
    """A number is rebound."""
    becomes(
        hoisted,
        """
            def f(x: float):
                x += 1.0
                return x
        """,
        """
            x = x + 1.0
            out = x
        """,
    )


def test_augmented_array() -> None:
    """An array is changed in place."""
    becomes(
        hoisted,
        """
            def f(x: np.ndarray):
                y = x * 2.0
                y += 1.0
                return y
        """,
        """
            y = x * 2.0
            y += 1.0
            out = y
        """,
    )


def test_augmented_unknown() -> None:
    """A name that may be either, and that nothing else refers to, is rebound."""
    becomes(
        hoisted,
        """
            def f(x):
                y = x * 2.0
                y += x
                return np.sin(y)
        """,
        """
            y = x * 2.0
            y = y + x
            out = np.sin(y)
        """,
    )


def test_augmented_unknown_with_another_name() -> None:
    becomes(
        refused,
        """
            def f(x):
                y = x
                y += 1.0
                return y
        """,
        """
            SG212 `y` may be changed in place here, and other names may refer to it
        """,
    )


def test_augmented_tuple() -> None:
    becomes(
        hoisted,
        """
            def f(x: float):
                t = (x, x)
                t += (x * x,)
                return t[2]
        """,
        """
            t = (x, x)
            t = t + (x * x,)
            out = t[2]
        """,
    )


def test_function_in_a_name() -> None:
    """A call of a name that is bound to a library operation is that operation."""
    becomes(
        hoisted,
        """
            def f(x: float):
                g = np.tanh
                return g(x) * g(2.0)
        """,
        """
            g = np.tanh
            out = np.tanh(x) * np.tanh(2.0)
        """,
    )


def test_partial_of_an_operation() -> None:
    becomes(
        hoisted,
        """
            from functools import partial

            def f(x: np.ndarray):
                g = partial(np.sum, axis=0)
                return g(x)
        """,
        """
            g = functools.partial(np.sum, axis=0)
            out = np.sum(x, axis=0)
        """,
    )


def test_iterating_over_a_dict() -> None:
    """Iterating gives the keys."""
    becomes(
        hoisted,
        """
            def f(x: float):
                d = {"a": x, "b": x * x}
                s = 0.0
                for key in d:
                    s = s + d[key]
                return s
        """,
        """
            d = {"a": x, "b": x * x}
            s = 0.0
            for key_index in range(len(d)):
                key = list(d)[key_index]
                s = s + d[key]
            out = s
        """,
    )


def test_values_of_a_known_dict() -> None:
    becomes(
        hoisted,
        """
            def f(x: float):
                d = {"a": x, "b": x * x}
                return sum(d.values())
        """,
        """
            d = {"a": x, "b": x * x}
            out = sum([d["a"], d["b"]])
        """,
    )


def test_get_with_a_default() -> None:
    becomes(
        hoisted,
        """
            def f(x: float):
                d = {"a": x}
                return d.get("a", 0.0) + d.get("b", 2.0) * x
        """,
        """
            d = {"a": x}
            out = d["a"] + 2.0 * x
        """,
    )


def test_method_that_changes_an_array() -> None:
    """A call that fills an array is an assignment to its elements."""
    becomes(
        hoisted,
        """
            def f(a: np.ndarray, x: float):
                b = a.copy()
                b.fill(x)
                np.add(a, x, out=b)
                return b.sum()
        """,
        """
            b = a.copy()
            b[...] = x
            b[...] = np.add(a, x)
            out = b.sum()
        """,
    )
