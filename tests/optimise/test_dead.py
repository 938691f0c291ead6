"""Dead adjoints: what nobody reads is not computed; what the user wrote stays."""

from __future__ import annotations

from srcgrad.optimise.dead import Removable, sweep
from tests.passes import becomes, lines, optimised, printed


def test_contribution_to_a_parameter_nobody_asked_for() -> None:
    becomes(
        optimised,
        """
            def f(x: float, y: float):
                z = x * y
                return z * y
        """,
        """
            def f_grad(x: float, y: float, d_out=1.0):
                z = x * y
                out = z * y
                # reverse sweep
                # return z * y
                d_z = d_out * y
                # z = x * y
                d_x = d_z * y
                return out, (d_x,)
        """,
        wrt="x",
    )


def test_branch_that_is_empty_now() -> None:
    becomes(
        optimised,
        """
            def f(x: float, y: float, k: int):
                z = x
                if k > 1:
                    z = z + y
                return z
        """,
        """
            def f_grad(x: float, y: float, k: int, d_out=1.0):
                z = x
                if k > 1:
                    z = z + y
                out = z
                # reverse sweep
                # return z
                d_z = d_out
                # z = x
                d_x = d_z
                return out, (d_x,)
        """,
        wrt="x",
    )


def test_tangents() -> None:
    becomes(
        optimised,
        """
            def f(x: float, y: float):
                pair = (x, y)
                a, b = pair
                b = y * 2.0
                c = a + b
                c = a * 3.0
                return c
        """,
        """
            def f_jvp(x: float, y: float, t_x, t_y):
                t_pair = (t_x, t_y)
                pair = (x, y)
                t_a, t_b = t_pair
                a, b = pair
                b = y * 2.0
                c = a + b
                t_c = t_a * 3.0
                c = a * 3.0
                t_out = t_c
                out = c
                return out, t_out
        """,
        mode="forward",
    )


def test_last_assignment_before_the_end() -> None:
    check("d_x = a; d_x = b", live="d_x", after="d_x = b")


def test_users_statements_stay() -> None:
    """Only adjoints, tangents and temporaries go: here `d_x` and `d_y`, never `y`."""
    check("y = a; d_y = b; d_x = c", live="d_x", after="y = a; d_x = c")


def test_update_of_what_nobody_reads() -> None:
    check("d_x = a; d_x += b; d_y = c", live="d_y", after="d_y = c")
    check("d_x = a; d_x[i] = b; d_y = c", live="d_y", after="d_y = c")


def test_update_reads_its_place() -> None:
    check("d_x = a; d_x += b", live="d_x", after="d_x = a; d_x += b")


def test_memory_under_another_name() -> None:
    """A change of a pinned adjoint may be a change of another one."""
    check("d_x[i] = 0.0", live="d_y", after="d_x[i] = 0.0", pinned="d_x d_y")


def test_effects_stay() -> None:
    """A stack is popped, a half is run."""
    check("d_x = x_stack.pop(); d_y = g(a)", live="", after="d_x = x_stack.pop(); d_y = g(a)")


def test_some_of_several() -> None:
    check("d_x, d_y = a, b", live="d_y", after="d_y = b")


def test_read_in_the_next_iteration() -> None:
    loop = """
        for i in range(n):
            d_y += d_x
            d_x = d_x * k
            d_z = d_x
    """
    check(loop, live="d_y", after=loop.replace("d_z = d_x", ""))


def test_branches() -> None:
    """What one branch reads is live before both; a branch that was emptied goes, its condition with it."""
    check(
        """
        d_x = a
        d_z = b
        if k > 1:
            d_y = d_x
        """,
        live="d_y",
        after="""
        d_x = a
        if k > 1:
            d_y = d_x
        """,
    )
    check(
        """
        if k > 1:
            d_x = a
        """,
        live="",
        after="",
    )


def test_popped_condition_stays() -> None:
    found = lines("if branch_stack.pop():\n    d_x = a")
    kept, _ = sweep(tuple(found), frozenset(), Removable(frozenset({"d_x"}), frozenset()))
    assert printed(kept) == "if branch_stack.pop():\n    pass"


def check(before: str, live: str, after: str, pinned: str = "") -> None:
    names = frozenset({"d_x", "d_y", "d_z"})
    kept, _ = sweep(tuple(lines(before)), frozenset(live.split()), Removable(names, frozenset(pinned.split())))
    assert printed(kept) == printed(lines(after))
