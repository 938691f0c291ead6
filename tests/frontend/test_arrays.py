"""Which arguments are arrays, judging by how a function uses them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from srcgrad.files import Request, emit_text
from tests.passes import arrays, becomes


@pytest.mark.parametrize(
    "use",
    ["x[1:]", "x[0]", "x.shape", "x.T", "x.copy()", "x @ x", "len(x)", "list(reversed(x))"],
)
def test_what_is_taken_apart(use: str) -> None:
    assert arrays(f"def f(x):\n    return {use}\n") == "x: array float64[like x]"


@pytest.mark.parametrize("use", ["x * 2.0", "np.sum(x)", "x['w']", "type(x) is int or x[0]", "np.ndim(x) or x[0]"])
def test_what_may_be_a_number(use: str) -> None:
    assert "array" not in arrays(f"import numpy as np\ndef f(x):\n    return {use}\n")


def test_rank() -> None:
    """Two indices are two axes, unless one of them stands for none or for many."""
    becomes(
        arrays,
        """
            def f(x, y, z):
                y[..., 0] = 1.0
                z[None, 0] = 1.0
                return x[1:, 0] + x[:-1, 1] + y + z
        """,
        """
            x: array float64[x.0, x.1]
            y: array float64[like y]
            z: array float64[like z]
        """,
    )


def test_rebound_names() -> None:
    """What a name is used for after it was bound to something else says nothing of the argument."""
    becomes(
        arrays,
        """
            def f(x, y):
                for i in range(3):
                    x = y[i]
                return x[0]
        """,
        """
            x: any float64[like x]
            y: array float64[like y]
        """,
    )


def test_arithmetic() -> None:
    """A local name that is taken apart needs an array among its operands: certain where there is one operand."""
    becomes(
        arrays,
        """
            def f(x, y, z):
                a = 2.0 * x
                b = y * z
                return a[1:] + b[1:]
        """,
        """
            x: array float64[like x]
            y: any float64[like y]
            z: any float64[like z]
        """,
        wanted="x y z",
    )


def test_only_what_is_differentiated_or_changed() -> None:
    assert "array" not in arrays("def f(x, k):\n    return x * k[0]\n", wanted="x")
    assert "k: array" in arrays("def f(x, k):\n    k[0] = 1.0\n    return x * k[0]\n", wanted="x")


def test_the_emitted_function_checks(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "m.py").write_text("def f(x):\n    x *= 2.0\n    return x[0] * x[1]\n")
    (tmp_path / "g.py").write_text("def f(x):\n    return x[0, 1] * x[1, 1]\n")
    scope: dict[str, object] = {}
    exec(emit_text(Request(f"{tmp_path / 'm.py'}:f", ("x",))), scope)
    with pytest.raises(TypeError, match="expected an array, not float"):
        scope["f_grad"](2.0)  # type: ignore[operator]
    exec(emit_text(Request(f"{tmp_path / 'g.py'}:f", ("x",))), scope)
    with pytest.raises(ValueError, match="x must have 2 axes"):
        scope["f_grad"](__import__("numpy").ones(3))  # type: ignore[operator]


def test_what_cannot_be_told_is_checked(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "m.py").write_text("def f(x, y):\n    kept = [y, y]\n    kept[0] *= x\n    return kept[1]\n")
    namespace: dict[str, Any] = {}
    exec(emit_text(Request(f"{tmp_path / 'm.py'}:f", ("x",))), namespace)
    value, (d_x,) = namespace["f_grad"](2.0, np.array([1.0, 2.0]), np.ones(2))
    assert (value.tolist(), d_x) == ([2.0, 4.0], 3.0)
    with pytest.raises(TypeError, match="expected an array, not float"):
        namespace["f_grad"](2.0, 3.0)
