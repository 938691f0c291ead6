"""Adjoints that are bound and copied at once."""

from __future__ import annotations

from tests.passes import becomes, optimised


def test_seed_of_a_view_that_changes_in_a_loop() -> None:
    becomes(
        optimised,
        """
            def f(x, k: int):
                '''Shapes: x[n]'''
                for _ in range(k):
                    even = x[::2]
                    even *= 2.0
                return x
        """,
        """
            def f_grad(x, k: int, d_out=1.0):
                x = np.copy(x)
                for _ in range(k):
                    even = x[::2]
                    even *= 2.0
                out = x
                # reverse sweep
                # return x
                d_x = d_out.copy()
                for _ in reversed(range(k)):
                    # even *= 2.0
                    d_even = d_x[::2]
                    d_even *= 2.0
                return out, (d_x,)
        """,
    )
