"""Forward mode: each statement with its tangent, which comes first."""

from __future__ import annotations

from tests.passes import becomes, tangents


def test_straight_line() -> None:
    becomes(
        tangents,
        """
            def f(x: float, y: float):
                a = np.sin(x) * y
                return a + x
        """,
        """
            def f_jvp(x: float, y: float, t_x, t_y):
                t_a = t_x * np.cos(x) * y + t_y * np.sin(x)
                a = np.sin(x) * y
                t_out = t_a + t_x
                out = a + x
                return out, t_out
        """,
    )


def test_overwritten_name() -> None:
    """The tangent reads the old value, so it is computed before."""
    becomes(
        tangents,
        """
            def f(x: float):
                x = x * np.sin(x)
                return x
        """,
        """
            def f_jvp(x: float, t_x):
                t_x = t_x * np.sin(x) + t_x * np.cos(x) * x
                x = x * np.sin(x)
                t_out = t_x
                out = x
                return out, t_out
        """,
    )


def test_swap() -> None:
    becomes(
        tangents,
        """
            def f(x: float, y: float):
                x, y = y, x * y
                return x
        """,
        """
            def f_jvp(x: float, y: float, t_x, t_y):
                t_x, t_y = t_y, t_x * y + t_y * x
                x, y = y, x * y
                t_out = t_x
                out = x
                return out, t_out
        """,
    )


def test_constants_have_no_tangent() -> None:
    becomes(
        tangents,
        """
            def f(x: float, n: int):
                k = n * 2
                y = x * k
                z = np.floor(x)
                return y
        """,
        """
            def f_jvp(x: float, n: int, t_x):
                k = n * 2
                t_y = t_x * k
                y = x * k
                z = np.floor(x)
                t_out = t_y
                out = y
                return out, t_out
        """,
    )


def test_active_on_some_paths() -> None:
    """A name that is a constant on one path has a zero tangent there."""
    becomes(
        tangents,
        """
            def f(x: float, k: int):
                if k > 1:
                    y = x * x
                else:
                    y = 2.0
                return y
        """,
        """
            def f_jvp(x: float, k: int, t_x):
                if k > 1:
                    t_y = t_x * 2.0 * x
                    y = x * x
                else:
                    t_y = 0.0
                    y = 2.0
                t_out = t_y
                out = y
                return out, t_out
        """,
    )


def test_loop() -> None:
    becomes(
        tangents,
        """
            def f(x: float, n: int):
                y = 1.0
                for i in range(n):
                    y = y * x
                    if y > 9.0:
                        break
                return y
        """,
        """
            def f_jvp(x: float, n: int, t_x):
                t_y = 0.0
                y = 1.0
                for i in range(n):
                    t_y = t_y * x + t_x * y
                    y = y * x
                    if y > 9.0:
                        break
                t_out = t_y
                out = y
                return out, t_out
        """,
    )


def test_parameter_that_becomes_active() -> None:
    becomes(
        tangents,
        """
            def f(x: float, y: float):
                y = y * x
                return y
        """,
        """
            def f_jvp(x: float, y: float, t_x):
                t_y = 0.0
                t_y = t_x * y
                y = y * x
                t_out = t_y
                out = y
                return out, t_out
        """,
        wrt="x",
    )


def test_calls() -> None:
    becomes(
        tangents,
        """
            def g(v, k):
                return np.sin(v) * k

            def f(x: float, y: float):
                return g(x, 2.0) * g(3.0, y)
        """,
        """
            def g_jvp(v, k, t_v, t_k):
                t_out = t_v * np.cos(v) * k + t_k * np.sin(v)
                out = np.sin(v) * k
                return out, t_out
            def f_jvp(x: float, y: float, t_x, t_y):
                g_out, t_g_out = g_jvp(x, 2.0, t_x, 0.0)
                g_out_, t_g_out_ = g_jvp(3.0, y, 0.0, t_y)
                t_out = t_g_out * g_out_ + t_g_out_ * g_out
                out = g_out * g_out_
                return out, t_out
        """,
    )


def test_elements() -> None:
    becomes(
        tangents,
        '''
            def f(x, y: float):
                """Shapes: x[n]"""
                u = x * 2.0
                u[0] = y * y
                u[1:] += y
                return np.sum(u)
        ''',
        """
            def f_jvp(x, y: float, t_x, t_y):
                t_u = t_x * 2.0
                u = x * 2.0
                t_u[0] = t_y * 2.0 * y
                u[0] = y * y
                t_u[1:] += t_y
                u[1:] += y
                t_out = np.sum(t_u)
                out = np.sum(u)
                return out, t_out
        """,
    )


def test_containers() -> None:
    becomes(
        tangents,
        """
            def f(x: float, k: int):
                t = (x * x, k)
                a, b = t
                return a * b
        """,
        """
            def f_jvp(x: float, k: int, t_x):
                t_t = (t_x * 2.0 * x, 0.0)
                t = (x * x, k)
                t_a, _ = t_t
                a, b = t
                t_out = t_a * b
                out = a * b
                return out, t_out
        """,
    )


def test_lists_in_places_are_changed_in_place() -> None:
    """Other names may stand for the list, and for its tangent."""
    becomes(
        tangents,
        """
            def f(x: float):
                d = {"a": [x]}
                e = d["a"]
                d["a"] += [x * x]
                d["a"] *= 2
                return sum(e)
        """,
        """
            def f_jvp(x: float, t_x):
                t_d = {"a": [t_x]}
                d = {"a": [x]}
                t_e = t_d["a"]
                e = d["a"]
                t_d["a"] += [t_x * 2.0 * x]
                d["a"] += [x * x]
                t_d["a"][:] = t_d["a"] * 2
                d["a"] *= 2
                t_out = sum(t_e)
                out = sum(e)
                return out, t_out
        """,
    )
