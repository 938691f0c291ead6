"""Broadcasting: an operand's adjoint has the operand's shape."""

from __future__ import annotations

from tests.passes import becomes, reversed_nodes


def test_same_shape() -> None:
    """With the shapes known to be equal there is nothing to do."""
    becomes(
        reversed_nodes,
        '''
            def f(x, y):
                """Shapes: x[n], y[n]"""
                return x * y
        ''',
        """
            <- out = x * y
            d_x = d_out * y
            d_y = d_out * x
        """,
    )


def test_scalar_operand() -> None:
    becomes(
        reversed_nodes,
        '''
            def f(x, y):
                """Shapes: x[n], y[]"""
                return x * y
        ''',
        """
            <- out = x * y
            d_x = d_out * y
            d_y = np.sum(d_out * x)
        """,
    )


def test_lower_rank() -> None:
    becomes(
        reversed_nodes,
        '''
            def f(x, y):
                """Shapes: x[m, n], y[n]"""
                return x * y
        ''',
        """
            <- out = x * y
            d_x = d_out * y
            d_y = np.sum(d_out * x, axis=0)
        """,
    )


def test_lower_rank_of_another_length() -> None:
    """Of y the length may still be 1, so the program decides when it runs."""
    becomes(
        reversed_nodes,
        '''
            def f(x, y):
                """Shapes: x[m, n], y[k]"""
                return x * y
        ''',
        """
            <- out = x * y
            d_x = unbroadcast(d_out * y, x)
            d_y = unbroadcast(d_out * x, y)
        """,
    )


def test_several_leading_axes() -> None:
    becomes(
        reversed_nodes,
        '''
            def f(x, y):
                """Shapes: x[k, m, 3], y[3]"""
                return x * y
        ''',
        """
            <- out = x * y
            d_x = d_out * y
            d_y = np.sum(d_out * x, axis=(0, 1))
        """,
    )


def test_axis_of_length_one() -> None:
    becomes(
        reversed_nodes,
        '''
            def f(x, y):
                """Shapes: x[m, 3], y[m, 1]"""
                return x * y
        ''',
        """
            <- out = x * y
            d_x = d_out * y
            d_y = np.sum(d_out * x, axis=1, keepdims=True)
        """,
    )


def test_lengths_that_may_be_one() -> None:
    """Two sizes that may be 1: only the running program knows."""
    becomes(
        reversed_nodes,
        '''
            def f(x, y):
                """Shapes: x[n], y[m]"""
                return x * y
        ''',
        """
            <- out = x * y
            d_x = unbroadcast(d_out * y, x)
            d_y = unbroadcast(d_out * x, y)
        """,
    )


def test_without_facts() -> None:
    becomes(
        reversed_nodes,
        """
            def f(x, y):
                return x * y
        """,
        """
            <- out = x * y
            d_x = unbroadcast(d_out * y, x)
            d_y = unbroadcast(d_out * x, y)
        """,
    )


def test_beside_numbers() -> None:
    """A Python number widens nothing."""
    becomes(
        reversed_nodes,
        """
            def f(x):
                return x * 2.0 + 1
        """,
        """
            <- out = x * 2.0 + 1
            d_x = d_out * 2.0
        """,
    )


def test_real_beside_complex() -> None:
    """The adjoint of a real operand is real."""
    becomes(
        reversed_nodes,
        """
            def f(x: float, z: complex):
                return x * z
        """,
        """
            <- out = x * z
            d_x = np.real(d_out * z)
            d_z = d_out * x
        """,
    )
