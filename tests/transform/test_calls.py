"""Calls of user functions: a forward half, and a backward half with what it saved."""

from __future__ import annotations

from tests.passes import becomes, transformed


def test_halves() -> None:
    """The forward half returns what the backward half needs."""
    becomes(
        transformed,
        """
            def g(v, k):
                return np.sin(v) * k

            def f(x: float, y: float):
                a = g(x, y)
                return a * a
        """,
        """
            def g_fwd(v, k):
                out = np.sin(v) * k
                return out, (v, k)
            def g_bwd(saved, d_out):
                v, k = saved
                # return np.sin(v) * k
                d_v = d_out * k * np.cos(v)
                d_k = d_out * np.sin(v)
                return d_v, d_k
            def f_grad(x: float, y: float, d_out=1.0):
                a, a_saved = g_fwd(x, y)
                out = a * a
                # reverse sweep
                # return a * a
                d_a = d_out * 2.0 * a
                # a = g(x, y)
                d_x, d_y = g_bwd(a_saved, d_a)
                return out, (d_x, d_y)
        """,
    )


def test_nothing_to_save() -> None:
    becomes(
        transformed,
        """
            def g(v):
                return 2.0 * v

            def f(x: float):
                a = g(x)
                return a
        """,
        """
            def g_fwd(v):
                out = 2.0 * v
                return out, ()
            def g_bwd(d_out):
                # return 2.0 * v
                d_v = d_out * 2.0
                return d_v
            def f_grad(x: float, d_out=1.0):
                a, _ = g_fwd(x)
                out = a
                # reverse sweep
                # return a
                d_a = d_out
                # a = g(x)
                d_x = g_bwd(d_a)
                return out, (d_x,)
        """,
    )


def test_constant_argument() -> None:
    """The backward half returns the adjoints of all calls' active parameters; here nobody wants this one."""
    becomes(
        transformed,
        """
            def g(v, k):
                return v * k

            def f(x: float):
                a = g(x, 2.0)
                b = g(3.0, x)
                return a * b
        """,
        """
            def g_fwd(v, k):
                out = v * k
                return out, (v, k)
            def g_bwd(saved, d_out):
                v, k = saved
                # return v * k
                d_v = d_out * k
                d_k = d_out * v
                return d_v, d_k
            def f_grad(x: float, d_out=1.0):
                a, a_saved = g_fwd(x, 2.0)
                b, b_saved = g_fwd(3.0, x)
                out = a * b
                # reverse sweep
                # return a * b
                d_a = d_out * b
                d_b = d_out * a
                # b = g(3.0, x)
                _, d_x = g_bwd(b_saved, d_b)
                # a = g(x, 2.0)
                d_x_part, _ = g_bwd(a_saved, d_a)
                d_x += d_x_part
                return out, (d_x,)
        """,
    )


def test_calls_in_a_loop() -> None:
    """What each call saved goes on a stack."""
    becomes(
        transformed,
        """
            def g(v):
                return v * v

            def f(x: float, n: int):
                for i in range(n):
                    x = g(x)
                return x
        """,
        """
            def g_fwd(v):
                out = v * v
                return out, (v,)
            def g_bwd(saved, d_out):
                (v,) = saved
                # return v * v
                d_v = d_out * 2.0 * v
                return d_v
            def f_grad(x: float, n: int, d_out=1.0):
                x_saved_stack = []
                for i in range(n):
                    x, x_saved = g_fwd(x)
                    x_saved_stack.append(x_saved)
                out = x
                # reverse sweep
                # return x
                d_x = d_out
                for i in reversed(range(n)):
                    x_saved = x_saved_stack.pop()
                    # x = g(x)
                    d_x_part = g_bwd(x_saved, d_x)
                    d_x = d_x_part
                return out, (d_x,)
        """,
    )


def test_constant_call() -> None:
    """A function through which no derivative flows is called as it is."""
    becomes(
        transformed,
        """
            def g(k):
                return k + 1

            def f(x: float, n: int):
                return x * g(n)
        """,
        """
            def f_grad(x: float, n: int, d_out=1.0):
                out = x * g(n)
                # reverse sweep
                # return x * g(n)
                d_x = d_out * g(n)
                return out, (d_x,)
        """,
    )


def test_keywords_and_defaults() -> None:
    becomes(
        transformed,
        """
            def g(v, scale=2.0, shift=0.0):
                return v * scale + shift

            def f(x: float):
                return g(x, shift=x)
        """,
        """
            def g_fwd(v, scale=2.0, shift=0.0):
                out = v * scale + shift
                return out, (scale,)
            def g_bwd(saved, d_out):
                (scale,) = saved
                # return v * scale + shift
                d_v = d_out * scale
                d_shift = d_out
                return d_v, d_shift
            def f_grad(x: float, d_out=1.0):
                out, out_saved = g_fwd(x, shift=x)
                # reverse sweep
                # return g(x, shift=x)
                d_x, d_x_part = g_bwd(out_saved, +d_out)
                d_x += d_x_part
                return out, (d_x,)
        """,
    )


def test_recursion() -> None:
    becomes(
        transformed,
        """
            def f(x: float, n: int):
                if n < 1:
                    return x
                y = f(x * x, n - 1)
                return y
        """,
        """
            def f_fwd(x: float, n: int):
                y_saved = None
                if n < 1:
                    out = x
                else:
                    y, y_saved = f_fwd(x * x, n - 1)
                    out = y
                return out, (x, n, y_saved)
            def f_bwd(saved, d_out):
                x, n, y_saved = saved
                if n < 1:
                    # return x
                    d_x = d_out
                else:
                    # return y
                    d_y = d_out
                    # y = f(x * x, n - 1)
                    d_x_part = f_bwd(y_saved, d_y)
                    d_x = d_x_part * 2.0 * x
                return d_x
            def f_grad(x: float, n: int, d_out=1.0):
                if n < 1:
                    out = x
                else:
                    y, y_saved = f_fwd(x * x, n - 1)
                    out = y
                # reverse sweep
                if n < 1:
                    # return x
                    d_x = d_out
                else:
                    # return y
                    d_y = d_out
                    # y = f(x * x, n - 1)
                    d_x_part = f_bwd(y_saved, d_y)
                    d_x = d_x_part * 2.0 * x
                return out, (d_x,)
        """,
    )


def test_callee_that_changes_its_argument() -> None:
    """The changed memory is passed in again with its adjoint, and both are changed in place."""
    becomes(
        transformed,
        '''
            def step(u, k):
                u[0] = u[0] * k

            def f(x, k: float):
                """Shapes: x[n]"""
                u = x * 1.0
                step(u, k)
                return np.sum(u)
        ''',
        """
            def step_fwd(u, k):
                u_kept = u[0]
                u[0] = u[0] * k
                out = None
                return out, (k, u_kept)
            def step_bwd(saved, u, d_u):
                k, u_kept = saved
                # u[0] = u[0] * k
                u[0] = u_kept
                d_k = d_u[0] * u[0]
                d_u[0] *= k
                return d_k
            def f_grad(x, k: float, d_out=1.0):
                u = x * 1.0
                step_out, step_out_saved = step_fwd(u, k)
                out = np.sum(u)
                # reverse sweep
                # return np.sum(u)
                d_u = np.full_like(u, d_out)
                # step(u, k)
                d_k = step_bwd(step_out_saved, u, d_u)
                # u = x * 1.0
                d_x = d_u
                return out, (d_x.copy(), d_k)
        """,
    )
