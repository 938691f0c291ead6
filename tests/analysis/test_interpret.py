"""Interpretation: the kind of every name.  `'` marks what carries a derivative."""

from __future__ import annotations

from tests.passes import becomes, interpreted


def test_activity_follows_values() -> None:
    """A comparison, a size and a rounded number carry none."""
    becomes(
        interpreted,
        """
            def f(x: np.ndarray, n: int):
                a = x * 2.0
                b = a > 1.0
                c = len(a) * n
                d = np.floor(a)
                return a
        """,
        """
            x: array float64[like x]'
            n: python int
            a: array float64[like x]'
            b: any bool[like x]
            c: python int
            d: any None
            ->: array float64[like x]'
        """,
    )


def test_choice_of_parameters() -> None:
    becomes(
        interpreted,
        """
            def f(x: float, y: float):
                a = x * x
                b = y * y
                return a * b
        """,
        """
            x: python float
            y: python float'
            a: python float
            b: python float'
            ->: python float'
        """,
        wrt="y",
    )


def test_shapes() -> None:
    becomes(
        interpreted,
        '''
            def f(x, w):
                """Shapes: x[n, 3], w[3]"""
                y = x @ w
                z = x + w
                t = x.T
                first = x[0]
                rest = y[1:]
                s = z.sum(axis=0)
                return s
        ''',
        """
            x: array float64[n, 3]'
            w: array float64[3]'
            y: array float64[n]'
            z: array float64[n, 3]'
            t: array float64[3, n]'
            first: array float64[3]'
            rest: array float64[n-1]'
            s: array float64[3]'
            ->: array float64[3]'
        """,
    )


def test_broadcasting() -> None:
    """Where a length may be 1, only the running program knows the size."""
    becomes(
        interpreted,
        '''
            def f(x, y):
                """Shapes: x[n], y[m]"""
                a = x + y
                b = x[:, None] + y
                return a
        ''',
        """
            x: array float64[n]'
            y: array float64[m]'
            a: array float64[?]'
            b: array float64[n, m]'
            ->: array float64[?]'
        """,
    )


def test_branches_meet() -> None:
    """A number or an array; the same shape on both sides stays known."""
    becomes(
        interpreted,
        '''
            def f(x, k: int):
                """Shapes: x[n]"""
                if k > 1:
                    a = x * 2.0
                    b = 1.0
                else:
                    a = x + 1.0
                    b = x
                return a * b
        ''',
        """
            x: array float64[n]'
            k: python int
            a: array float64[n]'
            b: any float64'
            ->: any float64'
        """,
    )


def test_loops_settle() -> None:
    """The kind at the head of a loop is what all iterations start with."""
    becomes(
        interpreted,
        """
            def f(x: np.ndarray, n: int):
                s = 0.0
                for i in range(n):
                    s = s + x[i]
                return s
        """,
        """
            x: array float64[like x]'
            n: python int
            s: any float64'
            i: python int
            ->: any float64'
        """,
    )


def test_containers() -> None:
    becomes(
        interpreted,
        """
            def f(x: float, k: int):
                t = (x, k, "name")
                d = {"a": x, "b": 2}
                items = [x * i for i in range(k)]
                a, b, c = t
                return d["a"] * items[0]
        """,
        """
            x: python float'
            k: python int
            t: tuple of (python float', python int, constant 'name')
            d: dict of {a: python float', b: python int = 2}
            items: list of python float'
            i: python int
            a: python float'
            b: python int
            c: constant 'name'
            ->: python float'
        """,
    )


def test_known_numbers() -> None:
    """Constants are worked out as far as rules may ask for them."""
    becomes(
        interpreted,
        """
            def f(x: np.ndarray):
                axis = 1 - 2
                shape = (2, 3)
                flag = not True
                return x
        """,
        """
            x: array float64[like x]'
            axis: python int
            shape: tuple of (python int = 2, python int = 3)
            flag: python bool
            ->: array float64[like x]'
        """,
    )


def test_results_of_calls() -> None:
    """One instance serves all calls of a function: what is true of every call."""
    becomes(
        interpreted,
        """
            def scaled(v, k):
                return v * k

            def f(x: float, y: np.ndarray):
                a = scaled(x, 2)
                b = scaled(y, 3)
                return b
        """,
        """
            x: python float'
            y: array float64[like y]'
            a: any float64'
            b: any float64'
            ->: any float64'
        """,
    )


def test_functions_as_values() -> None:
    """A function with what it carries; with an active value in it, it carries a derivative."""
    becomes(
        interpreted,
        """
            def f(x: float, k: int):
                g = lambda v: v * k
                h = lambda v: v * x
                return h(x)
        """,
        """
            x: python float'
            k: python int
            g: function g with k
            h: function h with x'
            ->: python float'
        """,
    )


def test_recursion() -> None:
    """The result of a call that is still being worked out is no value yet."""
    becomes(
        interpreted,
        """
            def f(x: float, n: int):
                if n <= 0:
                    return x
                y = f(x * x, n - 1)
                return y
        """,
        """
            x: python float'
            n: python int
            y: python float'
            ->: python float'
        """,
    )


def test_never_reached() -> None:
    """What follows a `raise` has no kind."""
    becomes(
        interpreted,
        """
            def f(x: float):
                if x > 1.0:
                    a = 2
                else:
                    raise ValueError
                    a = "text"
                return a * x
        """,
        """
            x: python float'
            a: python int = 2
            ->: python float'
        """,
    )


def test_array_that_something_active_is_stored_into() -> None:
    """It is active from its creation on."""
    becomes(
        interpreted,
        """
            def f(x: float, n: int):
                u = np.zeros(n)
                first = u[0]
                u[1] = x
                return u.sum()
        """,
        """
            x: python float'
            n: python int
            u: array float64[?]'
            first: scalar float64'
            ->: scalar float64'
        """,
    )


def test_dtypes() -> None:
    becomes(
        interpreted,
        """
            def f(x: float, n: int, z: complex):
                a = x / n
                b = n // 2
                c = z * x
                d = abs(z)
                return a
        """,
        """
            x: python float'
            n: python int
            z: python complex'
            a: python float'
            b: python int
            c: python complex'
            d: python float'
            ->: python float'
        """,
    )
