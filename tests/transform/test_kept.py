"""What is saved once has a name; what is saved in loops and branches, or more often, has a list."""

from __future__ import annotations

from tests.passes import becomes, transformed


def test_saved_once() -> None:
    becomes(
        transformed,
        """
            def f(x: float):
                x = np.sin(x)
                x = 2.0 * x
                return x
        """,
        """
            def f_grad(x: float, d_out=1.0):
                x_kept = x
                x = np.sin(x)
                x = 2.0 * x
                out = x
                # reverse sweep
                # return x
                d_x = d_out
                # x = 2.0 * x
                d_x = d_x * 2.0
                # x = np.sin(x)
                x = x_kept
                d_x = d_x * np.cos(x)
                return out, (d_x,)
        """,
    )


def test_saved_twice() -> None:
    becomes(
        transformed,
        """
            def f(x: float):
                x = np.sin(x)
                x = np.cos(x)
                return x
        """,
        """
            def f_grad(x: float, d_out=1.0):
                x_stack = []
                x_stack.append(x)
                x = np.sin(x)
                x_stack.append(x)
                x = np.cos(x)
                out = x
                # reverse sweep
                # return x
                d_x = d_out
                # x = np.cos(x)
                x = x_stack.pop()
                d_x = -d_x * np.sin(x)
                # x = np.sin(x)
                x = x_stack.pop()
                d_x = d_x * np.cos(x)
                return out, (d_x,)
        """,
    )


def test_a_condition() -> None:
    becomes(
        transformed,
        """
            def f(x: float):
                if np.sum(x) > 0.0:
                    y = 2.0 * x
                else:
                    y = np.sin(x)
                return y
        """,
        """
            def f_grad(x: float, d_out=1.0):
                branch = np.sum(x) > 0.0
                if branch:
                    y = 2.0 * x
                else:
                    y = np.sin(x)
                out = y
                # reverse sweep
                # return y
                d_y = d_out
                if branch:
                    # y = 2.0 * x
                    d_x = d_y * 2.0
                else:
                    # y = np.sin(x)
                    d_x = d_y * np.cos(x)
                return out, (d_x,)
        """,
    )


def test_in_a_branch() -> None:
    becomes(
        transformed,
        """
            def f(x: float, flag: bool):
                if flag:
                    x = np.sin(x)
                return x
        """,
        """
            def f_grad(x: float, flag: bool, d_out=1.0):
                x_stack = []
                if flag:
                    x_stack.append(x)
                    x = np.sin(x)
                out = x
                # reverse sweep
                # return x
                d_x = d_out
                if flag:
                    # x = np.sin(x)
                    x = x_stack.pop()
                    d_x = d_x * np.cos(x)
                return out, (d_x,)
        """,
    )


def test_contents_saved_as_a_whole() -> None:
    """What changes them after that saves nothing."""
    becomes(
        transformed,
        """
            def f(x: float, steps: int):
                y = np.full(3, x)
                for _ in range(steps):
                    y *= y + 0.5
                    y[0] = 0.1
                    y[y > 0.6] = 0.6
                return np.sum(y)
        """,
        """
            def f_grad(x: float, steps: int, d_out=1.0):
                mask_stack = []
                y_stack = []
                y = np.full(3, x)
                for _ in range(steps):
                    y_stack.append(y.copy())
                    y *= y + 0.5
                    y[0] = 0.1
                    mask = y > 0.6
                    y[mask] = 0.6
                    mask_stack.append(mask)
                out = np.sum(y)
                # reverse sweep
                # return np.sum(y)
                d_y = np.full_like(y, d_out)
                for _ in reversed(range(steps)):
                    mask = mask_stack.pop()
                    # y[y > 0.6] = 0.6
                    d_y[mask] = 0.0
                    # y[0] = 0.1
                    d_y[0] = 0.0
                    # y *= y + 0.5
                    y[...] = y_stack.pop()
                    d_y[...] = d_y * (y + 0.5) + d_y * y
                # y = np.full(3, x)
                d_x = np.sum(d_y)
                return out, (d_x,)
        """,
    )
