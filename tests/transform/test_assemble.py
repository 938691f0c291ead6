"""Both sweeps together: what is saved where, and restored where it is read."""

from __future__ import annotations

from tests.passes import becomes, transformed


def test_saved_before_and_restored_first() -> None:
    becomes(
        transformed,
        """
            def f(x: float):
                x = np.sin(x)
                x = x * x
                return x
        """,
        """
            def f_grad(x: float, d_out=1.0):
                x_stack = []
                x_stack.append(x)
                x = np.sin(x)
                x_stack.append(x)
                x = x * x
                out = x
                # reverse sweep
                # return x
                d_x = d_out
                # x = x * x
                x = x_stack.pop()
                d_x = d_x * 2.0 * x
                # x = np.sin(x)
                x = x_stack.pop()
                d_x = d_x * np.cos(x)
                return out, (d_x,)
        """,
    )


def test_iterations() -> None:
    """Saved at the end of an iteration, restored at the start of its reverse."""
    becomes(
        transformed,
        '''
            def f(x, w: float):
                """Shapes: x[n]"""
                s = 0.0
                for v in x:
                    a = np.sin(v * w)
                    s = s + a * a
                return s
        ''',
        """
            def f_grad(x, w: float, d_out=1.0):
                a_stack = []
                s = 0.0
                for v_index in range(len(x)):
                    v = x[v_index]
                    a = np.sin(v * w)
                    s = s + a * a
                    a_stack.append(a)
                out = s
                # reverse sweep
                # return s
                d_s = d_out
                d_x = np.zeros_like(x)
                d_w = 0.0
                for v_index in reversed(range(len(x))):
                    a = a_stack.pop()
                    v = x[v_index]
                    # s = s + a * a
                    d_a = d_s * 2.0 * a
                    # a = np.sin(v * w)
                    d_a_arg = d_a * np.cos(v * w)
                    d_v = d_a_arg * w
                    d_w += d_a_arg * v
                    # for v in x:
                    d_x[v_index] += d_v
                return out, (d_x, d_w)
        """,
    )


def test_backwards_range() -> None:
    """A range that went backwards goes forwards."""
    becomes(
        transformed,
        """
            def f(x: float, n: int):
                y = 1.0
                for i in reversed(range(n)):
                    y = y * x * i
                return y
        """,
        """
            def f_grad(x: float, n: int, d_out=1.0):
                y_stack = []
                y = 1.0
                for i in reversed(range(n)):
                    y_stack.append(y)
                    y = y * x * i
                out = y
                # reverse sweep
                # return y
                d_y = d_out
                d_x = 0.0
                for i in range(n):
                    # y = y * x * i
                    y = y_stack.pop()
                    d_y_arg = d_y * i
                    d_x += d_y_arg * y
                    d_y = d_y_arg * x
                return out, (d_x,)
        """,
    )


def test_trips_of_a_while() -> None:
    """Counted forwards, walked back."""
    becomes(
        transformed,
        """
            def f(x: float):
                y = x
                while y < 9.0:
                    y = y * x
                return y
        """,
        """
            def f_grad(x: float, d_out=1.0):
                y_stack = []
                y = x
                trips = 0
                while y < 9.0:
                    trips += 1
                    y_stack.append(y)
                    y = y * x
                out = y
                # reverse sweep
                # return y
                d_y = d_out
                d_x = 0.0
                for _ in range(trips):
                    # y = y * x
                    y = y_stack.pop()
                    d_x += d_y * y
                    d_y = d_y * x
                # y = x
                d_x += d_y
                return out, (d_x,)
        """,
    )


def test_trips_of_a_range_that_is_left() -> None:
    becomes(
        transformed,
        """
            def f(x: float, n: int):
                y = x
                for i in range(2, n):
                    if y > 9.0:
                        break
                    y = y * x * i
                return y
        """,
        """
            def f_grad(x: float, n: int, d_out=1.0):
                y_stack = []
                y = x
                trips = 0
                for i in range(2, n):
                    if y > 9.0:
                        break
                    else:
                        y_stack.append(y)
                        y = y * x * i
                        trips += 1
                out = y
                # reverse sweep
                # return y
                d_y = d_out
                d_x = 0.0
                for i in reversed(range(2, n)[:trips]):
                    # y = y * x * i
                    y = y_stack.pop()
                    d_y_arg = d_y * i
                    d_x += d_y_arg * y
                    d_y = d_y_arg * x
                # y = x
                d_x += d_y
                return out, (d_x,)
        """,
    )


def test_conditions_on_a_stack() -> None:
    """A branch inside another has a stack of its own."""
    becomes(
        transformed,
        """
            def f(x: float, n: int):
                for i in range(n):
                    if x > 1:
                        x = x * 0.5
                        if x > 2:
                            x = np.sin(x)
                return x
        """,
        """
            def f_grad(x: float, n: int, d_out=1.0):
                x_stack = []
                branch_stack = []
                x_branch_stack = []
                for i in range(n):
                    branch_stack.append(x > 1)
                    if branch_stack[-1]:
                        x = x * 0.5
                        x_branch_stack.append(x > 2)
                        if x_branch_stack[-1]:
                            x_stack.append(x)
                            x = np.sin(x)
                out = x
                # reverse sweep
                # return x
                d_x = d_out
                for i in reversed(range(n)):
                    if branch_stack.pop():
                        if x_branch_stack.pop():
                            # x = np.sin(x)
                            x = x_stack.pop()
                            d_x = d_x * np.cos(x)
                        # x = x * 0.5
                        d_x = d_x * 0.5
                return out, (d_x,)
        """,
    )


def test_condition_tested_again() -> None:
    becomes(
        transformed,
        """
            def f(x: float, k: int):
                if k > 1:
                    x = x * x
                else:
                    x = np.sin(x)
                return x
        """,
        """
            def f_grad(x: float, k: int, d_out=1.0):
                x_stack = []
                if k > 1:
                    x_stack.append(x)
                    x = x * x
                else:
                    x_stack.append(x)
                    x = np.sin(x)
                out = x
                # reverse sweep
                # return x
                d_x = d_out
                if k > 1:
                    # x = x * x
                    x = x_stack.pop()
                    d_x = d_x * 2.0 * x
                else:
                    # x = np.sin(x)
                    x = x_stack.pop()
                    d_x = d_x * np.cos(x)
                return out, (d_x,)
        """,
    )


def test_continue_in_a_loop() -> None:
    """What an iteration saves at its end is saved before each of its ends."""
    becomes(
        transformed,
        '''
            def f(x, n: int):
                """Shapes: x[n]"""
                s = 0.0
                for i in range(n):
                    a = np.sin(x[i])
                    if i > 2:
                        s = s + a * a
                        continue
                    s = s - a * a
                return s
        ''',
        """
            def f_grad(x, n: int, d_out=1.0):
                a_stack = []
                s = 0.0
                for i in range(n):
                    a = np.sin(x[i])
                    if i > 2:
                        s = s + a * a
                        a_stack.append(a)
                        continue
                    else:
                        s = s - a * a
                        a_stack.append(a)
                out = s
                # reverse sweep
                # return s
                d_s = d_out
                d_x = np.zeros_like(x)
                for i in reversed(range(n)):
                    a = a_stack.pop()
                    if i > 2:
                        # s = s + a * a
                        d_a = d_s * 2.0 * a
                    else:
                        # s = s - a * a
                        d_a = -d_s * 2.0 * a
                    # a = np.sin(x[i])
                    d_x[i] += d_a * np.cos(x[i])
                return out, (d_x,)
        """,
    )


def test_contents_of_an_element() -> None:
    becomes(
        transformed,
        '''
            def f(x, n: int):
                """Shapes: x[n]"""
                u = x * 1.0
                for i in range(1, n):
                    u[i] = u[i] * u[i - 1]
                return np.sum(u)
        ''',
        """
            def f_grad(x, n: int, d_out=1.0):
                u_stack = []
                u = x * 1.0
                for i in range(1, n):
                    u_stack.append(u[i])
                    u[i] = u[i] * u[i - 1]
                out = np.sum(u)
                # reverse sweep
                # return np.sum(u)
                d_u = np.full_like(u, d_out)
                for i in reversed(range(1, n)):
                    # u[i] = u[i] * u[i - 1]
                    u[i] = u_stack.pop()
                    d_u_new = d_u[i]
                    d_u[i] = d_u_new * u[i - 1]
                    d_u[i - 1] += d_u_new * u[i]
                # u = x * 1.0
                d_x = d_u
                return out, (d_x.copy(),)
        """,
    )


def test_name_of_one_side_of_a_branch() -> None:
    becomes(
        transformed,
        """
            def f(x: float, n: int):
                s = 0.0
                for i in range(n):
                    if i > 1:
                        a = np.sin(x)
                        s = s + a * a
                return s
        """,
        """
            def f_grad(x: float, n: int, d_out=1.0):
                a_stack = []
                s = 0.0
                for i in range(n):
                    if i > 1:
                        a = np.sin(x)
                        s = s + a * a
                        a_stack.append(a)
                out = s
                # reverse sweep
                # return s
                d_s = d_out
                d_x = 0.0
                for i in reversed(range(n)):
                    if i > 1:
                        a = a_stack.pop()
                        # s = s + a * a
                        d_a = d_s * 2.0 * a
                        # a = np.sin(x)
                        d_x += d_a * np.cos(x)
                return out, (d_x,)
        """,
    )


def test_name_without_a_value_at_first() -> None:
    becomes(
        transformed,
        """
            def f(x: float, n: int):
                s = 0.0
                for i in range(n):
                    if i > 1:
                        a = np.sin(x)
                    if i > 2:
                        s = s + a * a
                return s
        """,
        """
            def f_grad(x: float, n: int, d_out=1.0):
                a = None
                a_stack = []
                s = 0.0
                for i in range(n):
                    if i > 1:
                        a_stack.append(a)
                        a = np.sin(x)
                    if i > 2:
                        s = s + a * a
                out = s
                # reverse sweep
                # return s
                d_s = d_out
                d_x = 0.0
                d_a = 0.0
                for i in reversed(range(n)):
                    if i > 2:
                        # s = s + a * a
                        d_a += d_s * 2.0 * a
                    if i > 1:
                        # a = np.sin(x)
                        a = a_stack.pop()
                        d_x += d_a * np.cos(x)
                        d_a = 0.0
                return out, (d_x,)
        """,
    )
