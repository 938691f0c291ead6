"""Facts: what a file says of the arguments of a function, and the guards that hold it to that."""

from __future__ import annotations

from tests.passes import arguments, becomes, guarded


def test_annotations() -> None:
    becomes(
        arguments,
        """
            def f(a: float, b: int, c: bool, d: complex, e: np.ndarray, g: str, h: "float"):
                return a
        """,
        """
            a: python float
            b: python int
            c: python bool
            d: python complex
            e: array float64[like e]
            g: unknown
            h: python float
        """,
    )


def test_defaults() -> None:
    """A default number that is no float is a constant; None and text tell nothing."""
    becomes(
        arguments,
        """
            def f(x, n=3, on=True, axis=None, way="up", tol=1e-3):
                return x
        """,
        """
            x: any float64[like x]
            n: python int
            on: python bool
            axis: unknown
            way: unknown
            tol: any float64[like tol]
        """,
    )


def test_shapes() -> None:
    """Equal names are equal sizes."""
    becomes(
        arguments,
        '''
            def f(x, w, b, s):
                """Predict.

                Shapes: x[n, 3], w[3], b[], s[n]
                """
                return x @ w + b
        ''',
        """
            x: array float64[n, 3]
            w: array float64[3]
            b: scalar float64
            s: array float64[n]
        """,
    )


def test_counting() -> None:
    """What bounds a range or a slice is an integer, and so is what is added to it."""
    becomes(
        arguments,
        """
            def f(x, n, m, k):
                for i in range(n + m):
                    x = x + x[:k]
                return x
        """,
        """
            x: any float64[like x]
            n: python int
            m: python int
            k: python int
        """,
    )


def test_tested() -> None:
    """What a condition compares is a scalar, and so is everything it was computed from element by element."""
    becomes(
        arguments,
        """
            def f(x, y, z, n: int):
                s = x * y
                if s > 1.0:
                    return z
                return s
        """,
        """
            x: scalar float64
            y: scalar float64
            z: any float64[like z]
            n: python int
        """,
    )


def test_tested_after_a_sum() -> None:
    """A reduction may be of anything."""
    becomes(
        arguments,
        """
            def f(x, y):
                s = np.sum(x) * y
                while s > 1.0:
                    s = s - y
                return s
        """,
        """
            x: any float64[like x]
            y: any float64[like y]
        """,
    )


def test_identity_says_nothing() -> None:
    becomes(
        arguments,
        """
            def f(x, y):
                if x is None or 1.0 in y:
                    return y
                return x
        """,
        """
            x: any float64[like x]
            y: any float64[like y]
        """,
    )


def test_collected_arguments() -> None:
    becomes(
        arguments,
        """
            def f(*xs, **options):
                return xs[0]
        """,
        """
            xs: tuple of any float64
            options: dict of {any float64}
        """,
    )


def test_guards_of_numbers() -> None:
    """What is differentiated must be a number, and a real one where the emission relies on it."""
    becomes(
        guarded,
        """
            def f(x: float, y, n: int):
                return x
        """,
        """
            require_numbers(x, y)
            require_real(x, y)
            if np.ndim(x) != 0:
                raise ValueError("x must be a scalar")
            if np.ndim(n) != 0:
                raise ValueError("n must be a scalar")
        """,
    )


def test_guards_of_a_choice() -> None:
    becomes(
        guarded,
        """
            def f(x: float, y, n: int):
                return x * y
        """,
        """
            require_numbers(y)
            require_real(x, y)
            if np.ndim(x) != 0:
                raise ValueError("x must be a scalar")
            if np.ndim(n) != 0:
                raise ValueError("n must be a scalar")
        """,
        wrt="y",
    )


def test_guards_of_shapes() -> None:
    """The first size of a name is taken as it is, and the others are compared with it."""
    becomes(
        guarded,
        '''
            def f(x, w, b):
                """Shapes: x[n, 3], w[3, n], b[]"""
                return x @ w + b
        ''',
        """
            require_numbers(x, w, b)
            require_real(x, w, b)
            if np.ndim(x) != 2 or np.shape(x)[1] != 3:
                raise ValueError("x must be [n, 3]")
            if np.ndim(w) != 2 or np.shape(w)[0] != 3 or np.shape(w)[1] != np.shape(x)[0]:
                raise ValueError("w must be [3, n]")
            if np.ndim(b) != 0:
                raise ValueError("b must be a scalar")
        """,
    )


def test_guards_of_a_scalar() -> None:
    becomes(
        guarded,
        """
            def f(x, y):
                if x > 1.0:
                    return x
                return y
        """,
        """
            require_numbers(x, y)
            require_real(x, y)
            if np.ndim(x) != 0:
                raise ValueError("x must be a scalar")
        """,
    )
