"""Scope: what a name that a function does not bind itself means, from text alone."""

from __future__ import annotations

from tests.passes import becomes, meanings


def test_libraries_and_functions() -> None:
    becomes(
        meanings,
        """
            import math as m
            import numpy.linalg
            from numpy import sin, pi as half_turn
            from scipy import special

            def own(x):
                return x

            def f(x):
                return m.exp(x) + sin(x) + half_turn + own(x) + numpy.linalg.norm(x) + special.expit(x) + abs(x) + gone
        """,
        """
            gone: nothing
            abs: library builtins.abs
            special.expit: library scipy.special.expit
            numpy.linalg.norm: library numpy.linalg.norm
            half_turn: value 3.141592653589793
            own: function own
            m.exp: library math.exp
            sin: library numpy.sin
        """,
    )


def test_the_last_definition_counts() -> None:
    becomes(
        meanings,
        """
            from numpy import sin

            def sin(x):
                return x

            K = 1
            K = (2, 3)

            def f(x):
                return sin(x) + K
        """,
        """
            K: value (2, 3)
            sin: function sin
        """,
    )


def test_lambda_and_method() -> None:
    becomes(
        meanings,
        """
            square = lambda x: x * x

            class Model:
                size = 3
                def step(self, x):
                    return x

            def f(x):
                return square(x) + Model.step(None, x) + Model.size
        """,
        """
            Model.size: value 3
            square: function square
            Model.step: function Model.step
        """,
    )


def test_computed_values() -> None:
    """A value that only running the module would give is a value all the same."""
    becomes(
        meanings,
        """
            TABLE = np.loadtxt("table.txt")
            GRID = np.linspace(0.0, 1.0, 5)
            SCALE: float = 2.5

            def f(x):
                return TABLE * SCALE * x * GRID
        """,
        """
            GRID: value array([0.  , 0.25, 0.5 , 0.75, 1.  ])
            TABLE: value known when it runs
            SCALE: value 2.5
        """,
    )


def test_import_inside_the_function() -> None:
    becomes(
        meanings,
        """
            def f(x):
                from math import sin as s
                return s(x) + np.cos(x)
        """,
        """
            s: library math.sin
            np.cos: library numpy.cos
        """,
    )


def test_star_import() -> None:
    becomes(
        meanings,
        """
            from math import *

            def f(x):
                return cosh(x) + tau
        """,
        """
            tau: value 6.283185307179586
            cosh: library math.cosh
        """,
    )
