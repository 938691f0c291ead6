"""Sharing: what an adjoint needs twice is computed once."""

from __future__ import annotations

from tests.passes import becomes, reversed_nodes, shared


def test_twice_in_one_line() -> None:
    becomes(
        reversed_nodes,
        """
            def f(x: float):
                return np.exp(-np.tanh(x) * np.tanh(x)) * 2.0
        """,
        """
            <- out = np.exp(-np.tanh(x) * np.tanh(x)) * 2.0
            tanh_x = np.tanh(x)
            d_prod = d_out * 2.0 * np.exp(-tanh_x * tanh_x)
            diff = 1.0 - tanh_x**2
            d_x = -d_prod * tanh_x * diff
            d_x -= d_prod * tanh_x * diff
        """,
    )


def test_once_goes_into_its_line() -> None:
    becomes(
        reversed_nodes,
        """
            def f(x: float, y: float):
                return np.sin(x) * y
        """,
        """
            <- out = np.sin(x) * y
            d_x = d_out * y * np.cos(x)
            d_y = d_out * np.sin(x)
        """,
    )


def test_cheap_things_are_repeated() -> None:
    """Names, sizes and elements of names."""
    becomes(
        reversed_nodes,
        '''
            def f(x, y):
                """Shapes: x[n], y[n]"""
                return np.sin(x[0]) * y[0] * len(x) * len(y)
        ''',
        """
            <- out = np.sin(x[0]) * y[0] * len(x) * len(y)
            d_prod = d_out * len(y) * len(x)
            d_x = np.zeros_like(x)
            d_x[0] += d_prod * y[0] * np.cos(x[0])
            d_y = np.zeros_like(y)
            d_y[0] += d_prod * np.sin(x[0])
        """,
    )


def test_largest_first() -> None:
    """The whole of what is needed twice is one name, not each of its parts."""
    becomes(
        reversed_nodes,
        """
            def f(x: float):
                x = np.sin(np.exp(x) + 1.0) * (np.exp(x) + 1.0)
                return x
        """,
        """
            <- out = x
            d_x = d_out
            <- x = np.sin(np.exp(x) + 1.0) * (np.exp(x) + 1.0)
            exp_x = np.exp(x)
            sum_of_x = exp_x + 1.0
            d_x = d_x * sum_of_x * np.cos(sum_of_x) * exp_x + d_x * np.sin(sum_of_x) * exp_x
        """,
    )


def test_not_across_a_change() -> None:
    """What reads a name that the lines change has another value after the change."""
    becomes(
        shared,
        """
        d_u *= k
        d_k = np.sin(d_u) * np.cos(k)
        d_v = np.sin(d_u) * np.cos(k)
        """,
        """
        d_u *= k
        cos_k = np.cos(k)
        d_k = np.sin(d_u) * cos_k
        d_v = np.sin(d_u) * cos_k
        """,
    )


def test_zeros_are_not_shared() -> None:
    """Each zero adjoint is an array of its own."""
    becomes(
        shared,
        """
        d_x = np.zeros_like(u)
        d_y = np.zeros_like(u)
        """,
        """
        d_x = np.zeros_like(u)
        d_y = np.zeros_like(u)
        """,
    )


def test_name_after_operation_and_operand() -> None:
    """A second one of the same name is told apart by the target."""
    becomes(
        reversed_nodes,
        """
            def f(x: float, y: float):
                return np.sin(x * y) * np.cos(x * y) / (x + y)
        """,
        """
            <- out = np.sin(x * y) * np.cos(x * y) / (x + y)
            sum_of_out = x + y
            d_out_arg = d_out / sum_of_out
            prod = x * y
            cos = np.cos(prod)
            d_prod = d_out_arg * cos * cos
            sin = np.sin(prod)
            d_prod_of_out = -d_out_arg * sin * sin
            d_sum = -d_out * out / sum_of_out
            d_x = d_prod * y
            d_y = d_prod * x
            d_x += d_prod_of_out * y
            d_y += d_prod_of_out * x
            d_x += d_sum
            d_y += d_sum
        """,
    )
