"""Hoisting: what must be a statement of its own becomes one, and nothing else moves."""

from __future__ import annotations

from tests.passes import becomes, hoisted


def test_active_call() -> None:
    """Operands that were evaluated before it need nothing: they cannot change."""
    becomes(
        hoisted,
        """
            def g(x):
                return x * x

            def f(x: float):
                y = np.sin(x) + g(x) * 2.0
                return y
        """,
        """
            g_out = g(x)
            y = np.sin(x) + g_out * 2.0
            out = y
        """,
    )


def test_two_calls_keep_their_order() -> None:
    becomes(
        hoisted,
        """
            def g(x):
                return x * x

            def f(x: float):
                return g(x + 1) * g(g(x))
        """,
        """
            g_out = g(x + 1)
            g_out__ = g(x)
            g_out_ = g(g_out__)
            out = g_out * g_out_
        """,
    )


def test_call_at_the_root() -> None:
    """It has its place already."""
    becomes(
        hoisted,
        """
            def g(x):
                return x * x

            def f(x: float):
                y = g(x)
                return y
        """,
        """
            y = g(x)
            out = y
        """,
    )


def test_call_with_constants() -> None:
    """A function is differentiated in all of its calls or in none."""
    becomes(
        hoisted,
        """
            def g(x, k):
                return x * k

            def f(x: float, k: int):
                return g(x, 2) * g(1.0, k)
        """,
        """
            g_out = g(x, 2)
            g_out_ = g(1.0, k)
            out = g_out * g_out_
        """,
    )


def test_call_in_the_arguments_of_a_call() -> None:
    becomes(
        hoisted,
        """
            def g(x):
                return x * x

            def f(x: float):
                return np.exp(g(x)) - g(x)
        """,
        """
            g_out = g(x)
            g_out_ = g(x)
            out = np.exp(g_out) - g_out_
        """,
    )


def test_active_choice() -> None:
    becomes(
        hoisted,
        """
            def f(x: float, k: int):
                return 2.0 * (np.sin(x) if k > 1 else x)
        """,
        """
            if k > 1:
                chosen = np.sin(x)
            else:
                chosen = x
            out = 2.0 * chosen
        """,
    )


def test_constant_choice_stays() -> None:
    becomes(
        hoisted,
        """
            def f(x: float, k: int):
                return x * (2.0 if k > 1 else 3.0)
        """,
        """
            out = x * (2.0 if k > 1 else 3.0)
        """,
    )


def test_and_or() -> None:
    """An operand is evaluated only if those before it ask for it."""
    becomes(
        hoisted,
        """
            def f(x: float, y: float):
                return x and np.sin(y) or y
        """,
        """
            out = x
            if out:
                out = np.sin(y)
            if not out:
                out = y
        """,
    )


def test_call_in_one_side_of_a_choice() -> None:
    """It stays under the condition."""
    becomes(
        hoisted,
        """
            def g(x):
                return x * x

            def f(x: float, k: int):
                return (g(x) if k > 1 else x) + 1.0
        """,
        """
            if k > 1:
                chosen = g(x)
            else:
                chosen = x
            out = chosen + 1.0
        """,
    )


def test_active_comprehension() -> None:
    """A loop that appends; the comprehension's variable is its own."""
    becomes(
        hoisted,
        """
            def f(x: np.ndarray, v: float):
                squares = [v * v for v in x if v > 0]
                return sum(squares) * v
        """,
        """
            squares = []
            for v_index in range(len(x)):
                v_ = x[v_index]
                if v_ > 0:
                    squares.append(v_ * v_)
            out = sum(squares) * v
        """,
    )


def test_constant_comprehension_stays() -> None:
    becomes(
        hoisted,
        """
            def f(x: float, n: int):
                return x * sum([k * k for k in range(n)])
        """,
        """
            out = x * sum([k * k for k in range(n)])
        """,
    )


def test_reduce() -> None:
    becomes(
        hoisted,
        """
            import functools

            def mul(a, b):
                return a * b

            def f(x: np.ndarray):
                return functools.reduce(mul, x, 1.0)
        """,
        """
            out = 1.0
            for item_index in range(len(x)):
                item = x[item_index]
                out = mul(out, item)
        """,
    )


def test_names_that_are_taken() -> None:
    becomes(
        hoisted,
        """
            def g(x):
                return x * x

            def f(x: float, g_out: float):
                return g(x) * g_out
        """,
        """
            g_out_ = g(x)
            out = g_out_ * g_out
        """,
    )


def test_value_that_is_overwritten_by_its_choice() -> None:
    """The old value is needed until the new one is complete."""
    becomes(
        hoisted,
        """
            def f(x: float, y: float):
                x = y and x * y
                return x
        """,
        """
            chosen = y
            if chosen:
                chosen = x * y
            x = chosen
            out = x
        """,
    )


def test_index_computed_before_a_store() -> None:
    """What the statement itself could move is computed before it."""
    becomes(
        hoisted,
        """
            def f(a: np.ndarray, x: float):
                a = a.copy()
                a[a > 1.0] = x
                return a.sum()
        """,
        """
            a = a.copy()
            mask = a > 1.0
            a[mask] = x
            out = a.sum()
        """,
    )


def test_call_for_its_effect() -> None:
    """A callee that changes its argument is a statement with a result nobody reads."""
    becomes(
        hoisted,
        """
            def fill(a, x):
                a[0] = x

            def f(a: np.ndarray, x: float):
                a = a.copy()
                fill(a, x)
                return a.sum()
        """,
        """
            a = a.copy()
            fill_out = fill(a, x)
            out = a.sum()
        """,
    )
