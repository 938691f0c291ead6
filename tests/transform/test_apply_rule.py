"""Rules at work: the row's formula with the call's own arguments."""

from __future__ import annotations

from tests.passes import becomes, reversed_nodes


def test_out_is_the_result() -> None:
    """A derivative in terms of the result reads the name of the result."""
    becomes(
        reversed_nodes,
        """
            def f(x: float):
                y = np.tanh(x)
                return y
        """,
        """
            <- out = y
            d_y = d_out
            <- y = np.tanh(x)
            d_x = d_y * (1.0 - y**2)
        """,
    )


def test_out_inside_an_expression() -> None:
    """Without a name the value is computed again."""
    becomes(
        reversed_nodes,
        """
            def f(x: float):
                return 2.0 * np.exp(x)
        """,
        """
            <- out = 2.0 * np.exp(x)
            d_x = d_out * 2.0 * np.exp(x)
        """,
    )


def test_power_variants() -> None:
    """A constant exponent has the short formula; the general row guards the logarithm."""
    becomes(
        reversed_nodes,
        """
            def f(x: float, y: float):
                a = x ** 2
                b = x ** 1
                c = x ** y
                return a + b + c
        """,
        """
            <- out = a + b + c
            d_a = d_out
            d_b = d_out
            d_c = d_out
            <- c = x**y
            d_x = masked(d_c, y * np.power(x, y - (y != 0.0)))
            d_y = masked(d_c, c * np.log(x + (x == 0.0)))
            <- b = x**1
            d_x += d_b
            <- a = x**2
            d_x += d_a * 2.0 * x
        """,
    )


def test_only_active_arguments() -> None:
    becomes(
        reversed_nodes,
        """
            def f(x: float, y: float):
                return x ** y + math.atan2(x, y)
        """,
        """
            <- out = x**y + math.atan2(x, y)
            d_y = masked(d_out, x**y * np.log(x + (x == 0.0)))
            hypot_y = np.hypot(y, x)
            d_y += masked(d_out, -x / hypot_y / hypot_y)
        """,
        wrt="y",
    )


def test_template_with_a_decided_condition() -> None:
    """With the axis known the formula needs no look at the running program."""
    becomes(
        reversed_nodes,
        '''
            def f(x):
                """Shapes: x[n, m]"""
                a = np.sum(x, axis=0)
                b = np.sum(x)
                return a * b
        ''',
        """
            <- out = a * b
            d_a = d_out * b
            d_b = np.sum(d_out * a)
            <- b = np.sum(x)
            d_x = np.full_like(x, d_b)
            <- a = np.sum(x, axis=0)
            d_x += np.expand_dims(d_a, 0)
        """,
    )


def test_keywords() -> None:
    becomes(
        reversed_nodes,
        '''
            def f(x):
                """Shapes: x[n, m]"""
                return np.mean(x, axis=1, keepdims=True)
        ''',
        """
            <- out = np.mean(x, axis=1, keepdims=True)
            d_x = np.full_like(x, expand_reduced(d_out / max(count_along(x, 1), 1), x, 1, True))
        """,
    )


def test_products() -> None:
    becomes(
        reversed_nodes,
        '''
            def f(a, b, v):
                """Shapes: a[n, m], b[m, k], v[k]"""
                return a @ b @ v
        ''',
        """
            <- out = product @ v
            d_product = np.outer(d_out, v)
            d_v = product.T @ d_out
            <- product = a @ b
            d_a = d_product @ b.T
            d_b = a.T @ d_product
        """,
    )


def test_linear_and_structural() -> None:
    becomes(
        reversed_nodes,
        '''
            def f(x):
                """Shapes: x[n, m]"""
                y = x.T
                z = np.reshape(y, -1)
                return z[1:]
        ''',
        """
            <- out = z[1:]
            d_z = np.zeros_like(z)
            d_z[1:] += d_out
            <- z = np.reshape(y, -1)
            d_y = np.reshape(d_z, np.shape(y))
            <- y = x.T
            d_x = np.transpose(d_y)
        """,
    )

