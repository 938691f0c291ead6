"""The reverse sweep: the adjoint of each statement, under the statement, before anything is saved or restored."""

from __future__ import annotations

from tests.passes import becomes, reversed_nodes


def test_straight_line() -> None:
    """Backwards, each contribution under the statement it comes from."""
    becomes(
        reversed_nodes,
        """
            def f(x: float):
                y = np.sin(x)
                z = y * x
                return z
        """,
        """
            <- out = z
            d_z = d_out
            <- z = y * x
            d_y = d_z * x
            d_x = d_z * y
            <- y = np.sin(x)
            d_x += d_y * np.cos(x)
        """,
    )


def test_first_contribution_assigns() -> None:
    """The second one adds; nothing is set to zero before."""
    becomes(
        reversed_nodes,
        """
            def f(x: float):
                a = x * 2.0
                b = x * 3.0
                return a * b
        """,
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


def test_overwritten_name() -> None:
    """The adjoint of the old value replaces that of the new one."""
    becomes(
        reversed_nodes,
        """
            def f(x: float):
                x = x * np.sin(x)
                return x
        """,
        """
            <- out = x
            d_x = d_out
            <- x = x * np.sin(x)
            d_x = d_x * np.sin(x) + d_x * x * np.cos(x)
        """,
    )


def test_name_bound_anew() -> None:
    """Before it is bound anew, a name has no adjoint."""
    becomes(
        reversed_nodes,
        """
            def f(x: float):
                y = x * x
                z = y
                y = np.cos(x)
                return y * z
        """,
        """
            <- out = y * z
            d_y = d_out * z
            d_z = d_out * y
            <- y = np.cos(x)
            d_x = -d_y * np.sin(x)
            <- z = y
            d_y = d_z
            <- y = x * x
            d_x += d_y * 2.0 * x
        """,
    )


def test_swap() -> None:
    """Both adjoints at once."""
    becomes(
        reversed_nodes,
        """
            def f(x: float, y: float):
                x, y = y, x * y
                return x * y
        """,
        """
            <- out = x * y
            d_x = d_out * y
            d_y = d_out * x
            <- x, y = y, x * y
            d_y, d_x = d_x + d_y * x, d_y * y
        """,
    )


def test_dead_and_constant_statements() -> None:
    """What does not reach the result, or carries no derivative, has no adjoint."""
    becomes(
        reversed_nodes,
        """
            def f(x: float, n: int):
                unused = np.sin(x)
                k = n * 2
                y = x * k
                print(y)
                return y
        """,
        """
            <- out = y
            d_y = d_out
            <- y = x * k
            d_x = d_y * k
        """,
    )


def test_one_branch_only() -> None:
    """A name that a branch leaves alone keeps its adjoint; one that it gives one first gets a zero."""
    becomes(
        reversed_nodes,
        """
            def f(x: float, y: float, k: int):
                z = x
                if k > 1:
                    z = x * y
                return z
        """,
        """
            <- out = z
            d_z = d_out
            d_x = 0.0
            d_y = 0.0
            <- if k > 1:
                <- z = x * y
                d_x = d_z * y
                d_y = d_z * x
                d_z = 0.0
            <- z = x
            d_x += d_z
        """,
    )


def test_loop() -> None:
    """Adjoints that the body builds up start before the loop; those of the body's own names start within."""
    becomes(
        reversed_nodes,
        """
            def f(x: float, n: int):
                s = 0.0
                for i in range(n):
                    a = np.sin(x)
                    s = s + a * i
                return s
        """,
        """
            <- out = s
            d_s = d_out
            d_x = 0.0
            <- for i in range(n):
                <- s = s + a * i
                d_a = d_s * i
                <- a = np.sin(x)
                d_x += d_a * np.cos(x)
        """,
    )


def test_carried_name() -> None:
    becomes(
        reversed_nodes,
        """
            def f(x: float, n: int):
                y = 1.0
                for i in range(n):
                    y = y * x
                return y
        """,
        """
            <- out = y
            d_y = d_out
            d_x = 0.0
            <- for i in range(n):
                <- y = y * x
                d_x += d_y * y
                d_y = d_y * x
        """,
    )


def test_break_of_a_loop() -> None:
    """Only completed iterations are walked back where nothing active happens before the break."""
    becomes(
        reversed_nodes,
        """
            def f(x: float, n: int):
                y = x
                for i in range(n):
                    if y > 9.0:
                        break
                    y = y * x
                return y
        """,
        """
            <- out = y
            d_y = d_out
            d_x = 0.0
            <- for i in range(n):
                <- y = y * x
                d_x += d_y * y
                d_y = d_y * x
            <- y = x
            d_x += d_y
        """,
    )


def test_unpacked() -> None:
    becomes(
        reversed_nodes,
        """
            def f(pair: np.ndarray, k: float):
                a, b = pair
                return a * b * k
        """,
        """
            <- out = a * b * k
            d_out_arg = d_out * k
            d_a = unbroadcast(d_out_arg * b, a)
            d_b = unbroadcast(d_out_arg * a, b)
            d_k = np.sum(d_out * a * b)
            <- a, b = pair
            d_pair = np.zeros_like(pair)
            d_pair[0] += d_a
            d_pair[1] += d_b
        """,
    )


def test_appended() -> None:
    """Taken off the adjoint's own list."""
    becomes(
        reversed_nodes,
        """
            def f(x: float, n: int):
                powers = [x * i for i in range(n)]
                return sum(powers)
        """,
        """
            <- out = sum(powers)
            d_powers = own(list([d_out] * len(powers)))
            d_x = 0.0
            <- for i in range(n):
                <- powers.append(x * i)
                d_powers_item = d_powers.pop()
                d_x += d_powers_item * i
        """,
    )


def test_element_stored() -> None:
    """The adjoint of the element goes to the value, and starts again at zero."""
    becomes(
        reversed_nodes,
        '''
            def f(x, y):
                """Shapes: x[n], y[]"""
                u = x * 2.0
                u[0] = y * y
                return np.sum(u * x)
        ''',
        """
            <- out = np.sum(u * x)
            d_u = d_out * x
            d_x = d_out * u
            <- u[0] = y * y
            d_y = d_u[0] * 2.0 * y
            d_u[0] = 0.0
            <- u = x * 2.0
            d_x += d_u * 2.0
        """,
    )


def test_element_added_to() -> None:
    """The adjoint of the element goes to the value, and stays."""
    becomes(
        reversed_nodes,
        '''
            def f(x, y):
                """Shapes: x[n], y[]"""
                u = x * 2.0
                u[0] += y * y
                return np.sum(u * x)
        ''',
        """
            <- out = np.sum(u * x)
            d_u = d_out * x
            d_x = d_out * u
            <- u[0] += y * y
            d_y = d_u[0] * 2.0 * y
            <- u = x * 2.0
            d_x += d_u * 2.0
        """,
    )
