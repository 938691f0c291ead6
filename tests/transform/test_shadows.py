"""Shadows: how an adjoint is added to without two of them sharing memory."""

from __future__ import annotations

from tests.passes import becomes, reversed_nodes, transformed


def test_number_is_rebound() -> None:
    becomes(
        reversed_nodes,
        """
            def f(x: float):
                a = np.sin(x)
                b = np.cos(x)
                return a * b
        """,
        """
            <- out = a * b
            d_a = d_out * b
            d_b = d_out * a
            <- b = np.cos(x)
            d_x = -d_b * np.sin(x)
            <- a = np.sin(x)
            d_x += d_a * np.cos(x)
        """,
    )


def test_own_array_is_added_to_in_place() -> None:
    becomes(
        reversed_nodes,
        '''
            def f(x):
                """Shapes: x[n]"""
                a = x * 2.0
                b = x * 3.0
                return a * b
        ''',
        """
            <- out = a * b
            d_a = d_out * b
            d_b = d_out * a
            <- b = x * 3.0
            d_x = d_b * 3.0
            <- a = x * 2.0
            d_x += d_a * 2.0
        """,
    )


def test_borrowed_array_is_replaced() -> None:
    """d_x is the caller's d_out at first: adding to it in place would change the caller's array."""
    becomes(
        reversed_nodes,
        '''
            def f(x):
                """Shapes: x[n]"""
                return x + np.sin(x)
        ''',
        """
            <- out = x + np.sin(x)
            d_x = d_out
            d_x = d_x + d_out * np.cos(x)
        """,
    )


def test_subtracted() -> None:
    """A negative contribution is subtracted."""
    becomes(
        reversed_nodes,
        '''
            def f(x):
                """Shapes: x[n]"""
                a = -x
                b = x * 2.0
                return a * b
        ''',
        """
            <- out = a * b
            d_a = d_out * b
            d_b = d_out * a
            <- b = x * 2.0
            d_x = d_b * 2.0
            <- a = -x
            d_x -= d_a
        """,
    )


def test_containers_are_accumulated() -> None:
    becomes(
        reversed_nodes,
        """
            def f(x: float, y: float):
                t = (x, y)
                a = t[0]
                b = t[1]
                return a * b
        """,
        """
            <- out = a * b
            d_a = d_out * b
            d_b = d_out * a
            <- b = t[1]
            d_t = zeros_like(t)
            d_t[1] = accumulate(d_t[1], d_b)
            <- a = t[0]
            d_t[0] = accumulate(d_t[0], d_a)
            <- t = (x, y)
            d_x = d_t[0]
            d_y = d_t[1]
        """,
    )


def test_parameter_returned_as_it_is() -> None:
    """The derivative is never the caller's own array."""
    becomes(
        transformed,
        '''
            def f(x):
                """Shapes: x[n]"""
                return x
        ''',
        """
            def f_grad(x, d_out=1.0):
                out = x
                # reverse sweep
                # return x
                d_x = d_out
                return out, (d_x.copy(),)
        """,
    )


def test_parameter_without_influence() -> None:
    becomes(
        transformed,
        '''
            def f(x, y, z: float):
                """Shapes: x[n], y[m]"""
                return x * 2.0
        ''',
        """
            def f_grad(x, y, z: float, d_out=1.0):
                out = x * 2.0
                # reverse sweep
                # return x * 2.0
                d_x = d_out * 2.0
                d_y = np.zeros_like(y)
                d_z = 0.0
                return out, (d_x, d_y, d_z)
        """,
    )
