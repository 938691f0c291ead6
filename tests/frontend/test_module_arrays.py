"""What the text of a module tells of its arrays."""

from __future__ import annotations

import ast
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from srcgrad.frontend.bindings import MISSING, Value
from srcgrad.frontend.file_scope import FileScope


def value(text: str) -> Any:
    source = f"import math\nimport numpy as np\nfrom numpy import array\nother = 3\nW = {text}\n"
    found = FileScope(ast.parse(source), str(Path("m.py")), "m").binding(("W",))
    assert isinstance(found, Value)
    return found.value


@pytest.mark.parametrize(
    "text",
    [
        "np.array([0.5, -1 / 3, 2 * np.pi])", "array([[1.0, 2], [3, 4]])", "np.zeros((2, 3), dtype=float)",
        "np.linspace(0.0, 1.0, num=4)", "np.full(3, math.e)", "np.eye(2)",
    ],
)  # fmt: skip
def test_arrays_of_numbers_that_are_written_out(text: str) -> None:
    expected = eval(text, {"np": np, "array": np.array, "math": math})
    assert value(text).dtype == expected.dtype and np.array_equal(value(text), expected)


@pytest.mark.parametrize(
    "text",
    [
        "np.array([1, 2])", "np.array(other)", "np.zeros(10**9)", "np.zeros((100000, 100000))", "np.load('w.npy')",
        "np.array([1.0], dtype=kind)", "np.zeros(-1)", "np.random.rand(3)", "np.linspace(0.0, 1.0, 10000000)",
    ],
)  # fmt: skip
def test_nothing_is_known_of_others(text: str) -> None:
    assert value(text) is MISSING
