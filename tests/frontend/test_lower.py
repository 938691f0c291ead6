"""Lowering: one exit per block, and a result in place of `return`."""

from __future__ import annotations

from tests.passes import becomes, lowered


def test_return_is_an_assignment() -> None:
    becomes(
        lowered,
        """
            def f(x):
                y = np.sin(x)
                return y
        """,
        """
            y = np.sin(x)
            out = y
        """,
    )


def test_no_return() -> None:
    """The result of a function that falls off its end is None."""
    becomes(
        lowered,
        """
            def f(x):
                y = x
        """,
        """
            y = x
            out = None
        """,
    )


def test_early_return() -> None:
    """What follows becomes the other branch."""
    becomes(
        lowered,
        """
            def f(x):
                if x > 1:
                    return x
                y = x * x
                return y
        """,
        """
            if x > 1:
                out = x
            else:
                y = x * x
                out = y
        """,
    )


def test_return_in_the_other_branch() -> None:
    """What follows goes on in the branch that does not leave."""
    becomes(
        lowered,
        """
            def f(x):
                if x > 1:
                    y = x
                else:
                    return 0.0
                return y * y
        """,
        """
            if x > 1:
                y = x
                out = y * y
            else:
                out = 0.0
        """,
    )


def test_return_in_both() -> None:
    """What follows is never reached."""
    becomes(
        lowered,
        """
            def f(x):
                if x > 1:
                    return x
                else:
                    return -x
                return 0.0
        """,
        """
            if x > 1:
                out = x
            else:
                out = -x
        """,
    )


def test_early_return_in_a_loop() -> None:
    """The result and a flag are set, the loop is left, and what follows runs only without the flag."""
    becomes(
        lowered,
        """
            def f(x, n):
                for i in range(n):
                    if x > 9:
                        return x
                    x = x * x
                x = x + 1
                return x
        """,
        """
            returned = False
            for i in range(n):
                if x > 9:
                    out = x
                    returned = True
                    break
                else:
                    x = x * x
            if not returned:
                x = x + 1
                out = x
        """,
    )


def test_return_in_a_loop_in_a_loop() -> None:
    """The outer loop is left as well."""
    becomes(
        lowered,
        """
            def f(x, n):
                for i in range(n):
                    while x < 9:
                        if x > 5:
                            return x
                        x = x * x
                    x = x - 1
                return x
        """,
        """
            returned = False
            for i in range(n):
                returned = False
                while x < 9:
                    if x > 5:
                        out = x
                        returned = True
                        break
                    else:
                        x = x * x
                if returned:
                    break
                else:
                    x = x - 1
            if not returned:
                out = x
        """,
    )


def test_break_and_continue() -> None:
    """Each stays at the end of its branch, and the rest of the body goes into the other one."""
    becomes(
        lowered,
        """
            def f(x, n):
                for i in range(n):
                    if x > 9:
                        break
                    if x < 0:
                        x = -x
                        continue
                    x = x * x
                return x
        """,
        """
            for i in range(n):
                if x > 9:
                    break
                else:
                    if x < 0:
                        x = -x
                        continue
                    else:
                        x = x * x
            out = x
        """,
    )


def test_loop_else() -> None:
    """It runs when no `break` did."""
    becomes(
        lowered,
        """
            def f(x, n):
                for i in range(n):
                    if x > 9:
                        break
                    x = x * x
                else:
                    x = x - 1
                return x
        """,
        """
            broke = False
            for i in range(n):
                if x > 9:
                    broke = True
                    break
                else:
                    x = x * x
            if not broke:
                x = x - 1
            out = x
        """,
    )


def test_loop_else_without_break() -> None:
    """It always runs."""
    becomes(
        lowered,
        """
            def f(x, n):
                for i in range(n):
                    x = x * x
                else:
                    x = x - 1
                return x
        """,
        """
            for i in range(n):
                x = x * x
            x = x - 1
            out = x
        """,
    )


def test_break_of_an_inner_loop() -> None:
    """It is no `break` of the loop with the `else`."""
    becomes(
        lowered,
        """
            def f(x, n):
                for i in range(n):
                    for j in range(i):
                        if x > j:
                            break
                        x = x + j
                else:
                    x = x - 1
                return x
        """,
        """
            for i in range(n):
                for j in range(i):
                    if x > j:
                        break
                    else:
                        x = x + j
            x = x - 1
            out = x
        """,
    )


def test_flag_where_both_paths_go_on() -> None:
    """One copy of what follows is enough."""
    becomes(
        lowered,
        """
            def f(x, y):
                if x > 1:
                    if y > 1:
                        return x
                    x = x * y
                return x + y
        """,
        """
            finished = False
            if x > 1:
                if y > 1:
                    out = x
                    finished = True
                if not finished:
                    x = x * y
            if not finished:
                out = x + y
        """,
    )


def test_continue_inside_a_branch() -> None:
    becomes(
        lowered,
        """
            def f(x, n):
                for i in range(n):
                    if x > 1:
                        if i > 2:
                            continue
                        x = x - 1
                    x = x * x
                return x
        """,
        """
            for i in range(n):
                skip = False
                if x > 1:
                    if i > 2:
                        skip = True
                    if not skip:
                        x = x - 1
                if skip:
                    continue
                else:
                    x = x * x
            out = x
        """,
    )


def test_raise_ends_a_block() -> None:
    becomes(
        lowered,
        """
            def f(x):
                if x < 0:
                    raise ValueError("negative")
                return np.sqrt(x)
        """,
        """
            if x < 0:
                raise ValueError("negative")
            else:
                out = np.sqrt(x)
        """,
    )


def test_endless_loop() -> None:
    """Without a `break` nothing after the loop is reached, so no None is returned."""
    becomes(
        lowered,
        """
            def f(x):
                while True:
                    if x > 9:
                        return x
                    x = x * x
        """,
        """
            returned = False
            while True:
                if x > 9:
                    out = x
                    returned = True
                    break
                else:
                    x = x * x
        """,
    )


def test_names_that_are_taken() -> None:
    becomes(
        lowered,
        """
            def f(x, returned, n):
                for broke in range(n):
                    if x > 9:
                        return x
                    x = x * returned
                return x
        """,
        """
            returned_ = False
            for broke in range(n):
                if x > 9:
                    out = x
                    returned_ = True
                    break
                else:
                    x = x * returned
            if not returned_:
                out = x
        """,
    )
