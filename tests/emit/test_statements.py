"""Statements as text: the user's own stay as they were written, comments and all."""

from __future__ import annotations

from tests.passes import becomes, module


def test_users_text_stays() -> None:
    """Spacing, quotes, comments and redundant parentheses; only `return` becomes an assignment."""
    becomes(
        module,
        """
            def f(x: float):
                # half of it
                y = ( x*x )  # squared

                print('y', y)
                return (y / 2)
        """,
        '''
            def f_grad(x: float, d_out=1.0):
                """Return `f(x)` and its derivatives with respect to x."""
                # ---- forward sweep ----
                # half of it
                y = ( x*x )  # squared
                print('y', y)
                out = (y / 2)

                # ---- reverse sweep ----
                # return (y / 2)
                d_y = d_out / 2

                # y = ( x*x )
                d_x = d_y * 2.0 * x

                return out, (d_x,)
        ''',
    )


def test_guard_clause_stays_flat() -> None:
    """What follows a branch that leaves the loop is printed after it."""
    becomes(
        module,
        """
            def f(x: float, n: int):
                for i in range(n):
                    if x > 9.0:  # enough
                        break
                    x = 2.0 * x
                return x
        """,
        '''
            def f_grad(x: float, n: int, d_out=1.0):
                """Return `f(x, n)` and its derivatives with respect to x."""
                # ---- forward sweep ----
                trips = 0
                for i in range(n):
                    if x > 9.0:
                        break
                    x = 2.0 * x
                    trips += 1
                out = x

                # ---- reverse sweep ----
                # return x
                d_x = d_out

                for i in reversed(range(trips)):
                    # x = 2.0 * x
                    d_x = d_x * 2.0

                return out, (d_x,)
        ''',
    )


def test_elif_stays() -> None:
    becomes(
        module,
        """
            def f(x: float, k: int):
                if k == 1:
                    y = 2.0 * x
                elif k == 2:
                    y = 3.0 * x
                else:
                    y = x
                return y
        """,
        '''
            def f_grad(x: float, k: int, d_out=1.0):
                """Return `f(x, k)` and its derivatives with respect to x."""
                # ---- forward sweep ----
                if k == 1:
                    y = 2.0 * x
                elif k == 2:
                    y = 3.0 * x
                else:
                    y = x
                out = y

                # ---- reverse sweep ----
                # return y
                d_y = d_out

                if k == 1:
                    # y = 2.0 * x
                    d_x = d_y * 2.0
                elif k == 2:
                    # y = 3.0 * x
                    d_x = d_y * 3.0
                else:
                    # y = x
                    d_x = d_y

                return out, (d_x,)
        ''',
    )


def test_loop_over_items() -> None:
    """The header is the user's; what it does on its own is printed in the reverse sweep."""
    becomes(
        module,
        """
            def f(x: np.ndarray):
                s = 0.0
                for i, v in enumerate(x):
                    s = s + v * i
                return s
        """,
        '''
            import numpy as np
            from srcgrad.runtime import unbroadcast


            def f_grad(x: np.ndarray, d_out=1.0):
                """Return `f(x)` and its derivatives with respect to x."""
                # ---- forward sweep ----
                s_stack = []
                s = 0.0
                for i, v in enumerate(x):
                    s_stack.append(s)
                    s = s + v * i
                out = s

                # ---- reverse sweep ----
                # return s
                d_s = d_out
                d_x = np.zeros_like(x)

                for i in reversed(range(len(x))):
                    v = x[i]

                    # s = s + v * i
                    s = s_stack.pop()
                    d_v = unbroadcast(d_s, v * i) * i
                    d_s = unbroadcast(d_s, s)

                    # for i, v in enumerate(x):
                    d_x[i] += d_v

                return out, (d_x,)
        ''',
    )


def test_chained_targets_are_one_line() -> None:
    becomes(
        module,
        """
            def f(x: float):
                a = b = x * x
                return a * b
        """,
        '''
            def f_grad(x: float, d_out=1.0):
                """Return `f(x)` and its derivatives with respect to x."""
                # ---- forward sweep ----
                a = b = x * x
                out = a * b

                # ---- reverse sweep ----
                # return a * b
                d_a = d_out * b
                d_b = d_out * a

                # a = b = x * x
                d_a += d_b
                d_x = d_a * 2.0 * x

                return out, (d_x,)
        ''',
    )


def test_changed_statement_is_a_comment() -> None:
    """A statement that was taken apart stands in the reverse sweep as it was written."""
    becomes(
        module,
        """
            def g(v):
                return 2.0 * v

            def f(x: float):
                y = 3.0 * g(x)  # twice
                return y
        """,
        '''
            def g_fwd(v):
                out = 2.0 * v

                return out, ()


            def g_bwd(d_out):
                # return 2.0 * v
                d_v = d_out * 2.0

                return d_v


            def f_grad(x: float, d_out=1.0):
                """Return `f(x)` and its derivatives with respect to x."""
                # ---- forward sweep ----
                g_out, _ = g_fwd(x)
                y = 3.0 * g_out
                out = y

                # ---- reverse sweep ----
                # return y
                d_y = d_out

                # y = 3.0 * g(x)
                d_g_out = d_y * 3.0
                d_x = g_bwd(d_g_out)

                return out, (d_x,)
        ''',
    )


def test_statement_over_several_lines() -> None:
    becomes(
        module,
        """
            def f(x: float):
                y = (
                    np.sin(x)  # first
                    + np.cos(x)
                )
                return y
        """,
        '''
            import numpy as np


            def f_grad(x: float, d_out=1.0):
                """Return `f(x)` and its derivatives with respect to x."""
                # ---- forward sweep ----
                y = (
                    np.sin(x)  # first
                    + np.cos(x)
                )
                out = y

                # ---- reverse sweep ----
                # return y
                d_y = d_out

                # y = ( np.sin(x) + np.cos(x) )
                d_x = d_y * np.cos(x)
                d_x -= d_y * np.sin(x)

                return out, (d_x,)
        ''',
    )


def test_several_statements_on_a_line() -> None:
    becomes(
        module,
        """
            def f(x: float):
                y = 2.0 * x; z = 3.0 * y
                return z
        """,
        '''
            def f_grad(x: float, d_out=1.0):
                """Return `f(x)` and its derivatives with respect to x."""
                # ---- forward sweep ----
                y = 2.0 * x
                z = 3.0 * y
                out = z

                # ---- reverse sweep ----
                # return z
                d_z = d_out

                # z = 3.0 * y
                d_y = d_z * 3.0

                # y = 2.0 * x
                d_x = d_y * 2.0

                return out, (d_x,)
        ''',
    )


def test_definitions_inside_that_nobody_reads_any_more() -> None:
    becomes(
        module,
        """
            def f(x: float):
                def twice(v):
                    return 2.0 * v  # doubled
                y = twice(x)
                return y
        """,
        '''
            def twice_fwd(v):
                out = 2.0 * v  # doubled

                return out, ()


            def twice_bwd(d_out):
                # return 2.0 * v
                d_v = d_out * 2.0

                return d_v


            def f_grad(x: float, d_out=1.0):
                """Return `f(x)` and its derivatives with respect to x."""
                # ---- forward sweep ----
                y, _ = twice_fwd(x)
                out = y

                # ---- reverse sweep ----
                # return y
                d_y = d_out

                # y = twice(x)
                d_x = twice_bwd(d_y)

                return out, (d_x,)
        ''',
    )
