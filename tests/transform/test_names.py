"""Names: made from the user's, and never one of them."""

from __future__ import annotations

from tests.passes import becomes, reversed_nodes, tangents, transformed


def test_prefix_that_is_taken() -> None:
    """If one derivative's name would clash, the prefix changes for the whole function."""
    becomes(
        transformed,
        """
            def f(x: float, d_x: float):
                return x * d_x
        """,
        """
            def f_grad(x: float, d_x: float, grad_out=1.0):
                out = x * d_x
                # reverse sweep
                # return x * d_x
                grad_x = grad_out * d_x
                grad_d_x = grad_out * x
                return out, (grad_x, grad_d_x)
        """,
    )


def test_tangent_prefix_that_is_taken() -> None:
    becomes(
        tangents,
        """
            def f(x: float, t_x: float):
                return x * t_x
        """,
        """
            def f_jvp(x: float, t_x: float, tangent_x, tangent_t_x):
                tangent_out = tangent_x * t_x + tangent_t_x * x
                out = x * t_x
                return out, tangent_out
        """,
    )


def test_stack_that_is_taken() -> None:
    becomes(
        transformed,
        """
            def f(x: float, n: int, x_stack: float):
                for i in range(n):
                    x = np.sin(x) * x_stack
                return x
        """,
        """
            def f_grad(x: float, n: int, x_stack: float, d_out=1.0):
                x_stack_ = []
                for i in range(n):
                    x_stack_.append(x)
                    x = np.sin(x) * x_stack
                out = x
                # reverse sweep
                # return x
                d_x = d_out
                d_x_stack = 0.0
                for i in reversed(range(n)):
                    # x = np.sin(x) * x_stack
                    x = x_stack_.pop()
                    d_x_stack += d_x * np.sin(x)
                    d_x = d_x * x_stack * np.cos(x)
                return out, (d_x, d_x_stack)
        """,
    )


def test_trips_that_are_taken() -> None:
    becomes(
        transformed,
        """
            def f(x: float, trips: int):
                while x < trips:
                    x = x * x
                return x
        """,
        """
            def f_grad(x: float, trips: int, d_out=1.0):
                x_stack = []
                x_trips = 0
                while x < trips:
                    x_trips += 1
                    x_stack.append(x)
                    x = x * x
                out = x
                # reverse sweep
                # return x
                d_x = d_out
                for _ in range(x_trips):
                    # x = x * x
                    x = x_stack.pop()
                    d_x = d_x * 2.0 * x
                return out, (d_x,)
        """,
    )


def test_out_that_is_taken() -> None:
    becomes(
        transformed,
        """
            def f(out: float):
                y = out * out
                return y
        """,
        """
            def f_grad(out: float, d_result=1.0):
                y = out * out
                result = y
                # reverse sweep
                # return y
                d_y = d_result
                # y = out * out
                d_out = d_y * 2.0 * out
                return result, (d_out,)
        """,
    )


def test_two_loops_two_counters() -> None:
    becomes(
        transformed,
        """
            def f(x: float):
                while x < 3.0:
                    x = x * x
                y = x
                while y < 9.0:
                    y = y * 2.0
                return y
        """,
        """
            def f_grad(x: float, d_out=1.0):
                x_stack = []
                x_trips = 0
                while x < 3.0:
                    x_trips += 1
                    x_stack.append(x)
                    x = x * x
                y = x
                y_trips = 0
                while y < 9.0:
                    y_trips += 1
                    y = y * 2.0
                out = y
                # reverse sweep
                # return y
                d_y = d_out
                for _ in range(y_trips):
                    # y = y * 2.0
                    d_y = d_y * 2.0
                # y = x
                d_x = d_y
                for _ in range(x_trips):
                    # x = x * x
                    x = x_stack.pop()
                    d_x = d_x * 2.0 * x
                return out, (d_x,)
        """,
    )


def test_temporary_that_is_taken() -> None:
    becomes(
        reversed_nodes,
        """
            def f(x: float, tanh_x: float):
                return np.exp(-np.tanh(x) * np.tanh(x)) * tanh_x
        """,
        """
            <- out = np.exp(-np.tanh(x) * np.tanh(x)) * tanh_x
            tanh_x_of_out = np.tanh(x)
            exp = np.exp(-tanh_x_of_out * tanh_x_of_out)
            d_prod = d_out * tanh_x * exp
            diff = 1.0 - tanh_x_of_out**2
            d_x = -d_prod * tanh_x_of_out * diff
            d_x -= d_prod * tanh_x_of_out * diff
            d_tanh_x = d_out * exp
        """,
    )
