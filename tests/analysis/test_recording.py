"""Recording: what is saved for the reverse sweep, and where."""

from __future__ import annotations

from tests.passes import becomes, recorded


def test_linear_programs_save_nothing() -> None:
    becomes(
        recorded,
        """
            def f(x: float, n: int):
                for i in range(n):
                    x = 2.0 * x + 1.0
                return x
        """,
        """
            nothing
        """,
    )


def test_before_an_overwrite() -> None:
    """Only the value that a later line of the reverse sweep reads."""
    becomes(
        recorded,
        """
            def f(x: float):
                x = np.sin(x)
                x = 2.0 * x
                return x
        """,
        """
            before `x = np.sin(x)`: x
        """,
    )


def test_not_where_the_result_does() -> None:
    """exp gives its own derivative: the old argument is not needed."""
    becomes(
        recorded,
        """
            def f(x: float):
                x = np.exp(x)
                return x
        """,
        """
            nothing
        """,
    )


def test_at_the_end_of_an_iteration() -> None:
    """A name that starts anew in every iteration is saved once, when the iteration is done."""
    becomes(
        recorded,
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
            at the end of `for v_index in range(len(x))`: a
            again in `for v_index in range(len(x))`: v
        """,
    )


def test_carried_by_the_loop() -> None:
    """A name that the next iteration reads is saved where it is overwritten."""
    becomes(
        recorded,
        """
            def f(x: float, n: int):
                y = 1.0
                for i in range(n):
                    y = y * np.sin(y * x)
                return y
        """,
        """
            before `y = y * np.sin(y * x)`: y
        """,
    )


def test_again_instead_of_saving() -> None:
    """What costs no more than a push is computed again."""
    becomes(
        recorded,
        '''
            def f(x: np.ndarray, n: int):
                """Shapes: x[n]"""
                s = 0.0
                for i in range(n):
                    j = n - i
                    a = x[j - 1]
                    s = s + a * a * j
                return s
        ''',
        """
            again in `for i in range(n)`: j, a
        """,
    )


def test_not_again_from_a_name_that_has_another_value_by_then() -> None:
    """At the end of an iteration `j` is not what `a` was read at."""
    becomes(
        recorded,
        '''
            def f(x: np.ndarray, n: int):
                """Shapes: x[n]"""
                s = 0.0
                for i in range(n):
                    j = n - i
                    a = x[j - 1]
                    s = s + a * a * j
                    j = j * j
                    s = s * j
                return s
        ''',
        """
            at the end of `for i in range(n)`: j, a
            before `j = j * j`: j
        """,
    )


def test_not_again_from_what_changes() -> None:
    becomes(
        recorded,
        """
            def f(x: float, n: int):
                s = 0.0
                k = n
                for i in range(n):
                    j = k - i
                    k = k - 1
                    s = s + x * j
                return s
        """,
        """
            at the end of `for i in range(n)`: j
        """,
    )


def test_conditions() -> None:
    """A condition of names that never change is tested again; any other is saved."""
    becomes(
        recorded,
        """
            def f(x: float, k: int, n: int):
                y = x
                if k > 1:
                    y = np.sin(x)
                for i in range(n):
                    if y > 1:
                        y = 0.5 * y
                    if i > 2:
                        y = 2.0 * y
                return y
        """,
        """
            the condition of `if y > 1`: yes
        """,
    )


def test_condition_without_derivative() -> None:
    """A branch in which nothing is active needs no record; what it changes may."""
    becomes(
        recorded,
        """
            def f(x: float, k: float, n: int):
                y = x
                for i in range(n):
                    if k > 3.0:
                        k = k / 2.0
                    y = y * k
                return y
        """,
        """
            before `if k > 3.0`: k
        """,
        wrt="x",
    )


def test_bound_on_some_paths_only() -> None:
    """The stack needs a first value where a path does not bind the name."""
    becomes(
        recorded,
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
            before `a = np.sin(x)`: a
            at the start: a = None
        """,
    )


def test_inner_loops() -> None:
    """The value of the outer iteration is saved once per outer iteration."""
    becomes(
        recorded,
        '''
            def f(x: np.ndarray, n: int, m: int):
                """Shapes: x[n]"""
                s = 0.0
                for i in range(n):
                    a = np.cos(x[i])
                    for j in range(m):
                        s = s + a * a * x[j]
                return s
        ''',
        """
            at the end of `for i in range(n)`: a
        """,
    )


def test_left_early() -> None:
    """What is saved in an iteration that a break ends is popped as well."""
    becomes(
        recorded,
        """
            def f(x: float, n: int):
                y = x
                for i in range(n):
                    y = y * y
                    if y > 9.0:
                        break
                    y = np.sin(y)
                return y
        """,
        """
            before `y = y * y`: y
            the condition of `if y > 9.0`: yes
            before `y = np.sin(y)`: y
        """,
    )


def test_elements() -> None:
    """Only the part that is overwritten is saved, if a line of the reverse sweep reads it."""
    becomes(
        recorded,
        '''
            def f(x: np.ndarray, n: int):
                """Shapes: x[n]"""
                u = x.copy()
                for i in range(1, n):
                    u[i] = u[i] * u[i - 1]
                return u.sum()
        ''',
        """
            contents, before `u[i] = u[i] * u[i - 1]`: u[i]
        """,
    )


def test_elements_of_a_linear_program() -> None:
    becomes(
        recorded,
        '''
            def f(x: np.ndarray, n: int):
                """Shapes: x[n]"""
                u = x.copy()
                for i in range(1, n):
                    u[i] = u[i] + 2.0 * u[i - 1]
                return u.sum()
        ''',
        """
            nothing
        """,
    )


def test_shape_of_an_overwritten_name() -> None:
    """A line that reads only its shape still needs the name, not its contents."""
    becomes(
        recorded,
        """
            def f(x: np.ndarray, y: np.ndarray):
                s = x
                s = s + y
                return s
        """,
        """
            before `s = s + y`: s
        """,
    )


def test_while_loops() -> None:
    becomes(
        recorded,
        """
            def f(x: float):
                y = x
                while y < 9.0:
                    y = y * x
                return y
        """,
        """
            before `y = y * x`: y
        """,
    )


def test_one_side_of_a_branch() -> None:
    """A name that nothing else binds or reads starts anew there: saved at its end, or computed again."""
    becomes(
        recorded,
        """
            def f(u, k: float, n: int):
                '''Shapes: u[m]'''
                for i in range(n):
                    if u[i] > 0.0:
                        before = i - 1
                        s = k * u[before]
                        u[i] = s * s
                return u
        """,
        """
            the condition of `if u[i] > 0.0`: yes
            at the end of one side of `if u[i] > 0.0`: s
            again in one side of `if u[i] > 0.0`: before
            contents, before `u[i] = s * s`: u[i]
        """,
    )


def test_a_name_that_starts_anew_in_two_places() -> None:
    """Neither needs what the other left in it."""
    becomes(
        recorded,
        """
            def f(a: float, n: int):
                y = 0.0
                for k in range(n):
                    for j in range(k):
                        x = np.sin(a * j)
                        y += x * x
                    if k > 1:
                        x = np.cos(a * k)
                        y += x * x
                return y
        """,
        """
            at the end of `for j in range(k)`: x
            at the end of one side of `if k > 1`: x
        """,
    )


def test_what_is_needed_from_before_a_loop() -> None:
    """The name starts anew in every iteration, but the branch before the loop needs what it was then."""
    becomes(
        recorded,
        """
            def f(a: float, n: int, c: bool):
                y = 0.0
                if c:
                    x = np.sin(a)
                    y = x * x
                for i in range(n):
                    x = np.cos(a * i)
                    y += x * x
                return y
        """,
        """
            before `x = np.cos(a * i)`: x
            at the start: x = None
        """,
    )


def test_a_name_that_one_path_has_bound_before() -> None:
    """At its end the scope has another value than the branch in it needs."""
    becomes(
        recorded,
        """
            def f(x: float, n: int):
                s = 0.0
                for i in range(n):
                    if i > 1:
                        a = np.sin(x)
                        s += a * a
                    a = np.cos(x)
                    s += a * a
                return s
        """,
        """
            at the end of `for i in range(n)`: a
            at the end of one side of `if i > 1`: a
        """,
    )
