"""Modules: imports under the user's names, helpers, docstrings and defaults."""

from __future__ import annotations

from typing import Any

import numpy as np

import srcgrad
from tests.passes import becomes, module


def test_users_alias() -> None:
    becomes(
        module,
        """
            import numpy as num
            import math as m

            def f(x: float):
                return num.sin(m.exp(x))
        """,
        '''
            import math as m
            import numpy as num


            def f_grad(x: float, d_out=1.0):
                """Return `f(x)` and its derivatives with respect to x."""
                # ---- forward sweep ----
                out = num.sin(m.exp(x))

                # ---- reverse sweep ----
                # return num.sin(m.exp(x))
                exp_x = m.exp(x)
                d_x = d_out * num.cos(exp_x) * exp_x

                return out, (d_x,)
        ''',
    )


def test_names_from_libraries() -> None:
    """The user's own name for an operation stands in the user's lines; derivatives spell it out."""
    becomes(
        module,
        """
            from numpy import sin, cos as c

            def f(x: float):
                y = sin(x) + c(x)
                return y
        """,
        '''
            import numpy as np
            from numpy import cos as c
            from numpy import sin


            def f_grad(x: float, d_out=1.0):
                """Return `f(x)` and its derivatives with respect to x."""
                # ---- forward sweep ----
                y = sin(x) + c(x)
                out = y

                # ---- reverse sweep ----
                # return y
                d_y = d_out

                # y = sin(x) + c(x)
                d_x = d_y * np.cos(x)
                d_x -= d_y * np.sin(x)

                return out, (d_x,)
        ''',
    )


def test_alias_that_a_parameter_hides() -> None:
    becomes(
        module,
        """
            from numpy import sin

            def f(x: float, np: float):
                y = sin(x) * np
                return y
        """,
        '''
            import numpy as np_
            from numpy import sin


            def f_grad(x: float, np: float, d_out=1.0):
                """Return `f(x, np)` and its derivatives with respect to x and np."""
                # ---- forward sweep ----
                y = sin(x) * np
                out = y

                # ---- reverse sweep ----
                # return y
                d_y = d_out

                # y = sin(x) * np
                d_x = d_y * np * np_.cos(x)
                d_np = d_y * np_.sin(x)

                return out, (d_x, d_np)
        ''',
    )


def test_submodules() -> None:
    becomes(
        module,
        """
            from scipy import special

            def f(x: float):
                k = special.factorial(3)
                return k * x
        """,
        '''
            from scipy import special


            def f_grad(x: float, d_out=1.0):
                """Return `f(x)` and its derivatives with respect to x."""
                # ---- forward sweep ----
                k = special.factorial(3)
                out = k * x

                # ---- reverse sweep ----
                # return k * x
                d_x = d_out * k

                return out, (d_x,)
        ''',
    )


def test_values_of_the_users_module() -> None:
    """They are read where they are, when the function runs."""
    becomes(
        module,
        """
            SCALE = 2.5

            def f(x: float):
                return SCALE * x
        """,
        '''
            import model


            def f_grad(x: float, d_out=1.0):
                """Return `f(x)` and its derivatives with respect to x."""
                SCALE = model.SCALE

                # ---- forward sweep ----
                out = SCALE * x

                # ---- reverse sweep ----
                # return SCALE * x
                d_x = d_out * SCALE

                return out, (d_x,)
        ''',
    )


def test_parameters_of_every_kind() -> None:
    """The seed comes where it changes no call."""
    becomes(
        module,
        """
            def f(x: float, /, y: float = 1.0, *rest, k: int = 2, **options):
                return x * y * k
        """,
        '''
            def f_grad(x: float, /, y: float = 1.0, *rest, k: int = 2, d_out=1.0, **options):
                """Return `f(x, y, *rest, k, **options)` and its derivatives with respect to x and y."""
                # ---- forward sweep ----
                out = x * y * k

                # ---- reverse sweep ----
                # return x * y * k
                d_out_arg = d_out * k
                d_x = d_out_arg * y
                d_y = d_out_arg * x

                return out, (d_x, d_y)
        ''',
        wrt="x y",
    )


def test_default_from_the_module() -> None:
    becomes(
        module,
        """
            START = 3.0

            def f(x: float, y: float = START):
                return x * y
        """,
        '''
            import model


            def f_grad(x: float, y: float = model.START, d_out=1.0):
                """Return `f(x, y)` and its derivatives with respect to x and y."""
                # ---- forward sweep ----
                out = x * y

                # ---- reverse sweep ----
                # return x * y
                d_x = d_out * y
                d_y = d_out * x

                return out, (d_x, d_y)
        ''',
    )


def test_banners_and_halves() -> None:
    becomes(
        module,
        r'''
            def g(v):
                r"""Squared \alpha, or "sine".

                Of a number:
                    v
                """
                return np.sin(v) ** 2

            def f(x: np.ndarray):
                return g(x) * g(2.0 * x)
        ''',
        r'''
            import numpy as np


            def g_fwd(v):
                """Squared \\alpha, or "sine".

                Of a number:
                    v
                """
                sin_v = np.sin(v)
                out = sin_v**2

                return out, (v, sin_v)


            def g_bwd(saved, d_out):
                v, sin_v = saved

                # return np.sin(v) ** 2
                d_sin_v = d_out * 2.0 * sin_v
                d_v = d_sin_v * np.cos(v)

                return d_v


            def f_grad(x: np.ndarray, d_out=1.0):
                """Return `f(x)` and its derivatives with respect to x."""
                # ---- forward sweep ----
                g_out, g_out_saved = g_fwd(x)
                g_out_, g_out__saved = g_fwd(2.0 * x)
                out = g_out * g_out_

                # ---- reverse sweep ----
                # return g(x) * g(2.0 * x)
                d_g_out = d_out * g_out_
                d_g_out_ = d_out * g_out
                d_v_part = g_bwd(g_out__saved, d_g_out_)
                d_x = d_v_part * 2.0
                d_x_part = g_bwd(g_out_saved, d_g_out)
                d_x += d_x_part

                return out, (d_x,)
        ''',
    )


def squared_first(v: Any, n: int) -> None:
    if n > 1:
        v[0] = v[0] * v[0]


def squared_twice(x: Any, n: int) -> Any:
    v = x * 1.5
    squared_first(v, n)
    squared_first(v, n + 1)
    return np.sum(v)


def test_a_branch_that_ends_a_function_is_followed_by_two_blank_lines() -> None:
    g = srcgrad.grad(squared_twice)
    assert g(np.ones(2), 1).tolist() == [4.5, 1.5]
    assert "_bwd(saved, v, d_v):" in srcgrad.source(g) and "\n" * 4 not in srcgrad.source(g)
