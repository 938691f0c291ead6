"""Arguments that change and are values of the module, too: the copies that are made of them would not be."""

from __future__ import annotations

import copy
import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad.files import Request, emit_text
from tests.loading import load as load_file


class Cell:
    def __init__(self, mass: Any) -> None:
        self.mass = mass


FIELD = np.array([0.5, 1.2, 0.7])
ROWS = [0.5, 1.2]
TABLE = {"a": 0.5, "b": 1.2}
CELL = Cell(0.5)


def last_of_the_field(w: Any) -> Any:
    return w * FIELD[0]


def array(a: Any, w: Any) -> Any:
    a[0] = w * w
    return w * FIELD[0] + a[1]


def array_read_by_a_helper(a: Any, w: Any) -> Any:
    a[0] = w * w
    return last_of_the_field(w)


def rows(a: Any, w: Any) -> Any:
    a.append(w * w)
    return ROWS[-1] * w + a[-1]


def table(a: Any, w: Any) -> Any:
    a["a"] = w * w
    return TABLE["a"] * w


def cell(a: Any, w: Any) -> Any:
    a.mass = w * w
    return CELL.mass * w


CASES = [(array, FIELD), (array_read_by_a_helper, FIELD), (rows, ROWS), (table, TABLE), (cell, CELL)]


@pytest.mark.parametrize(("f", "value"), CASES, ids=lambda x: getattr(x, "__name__", ""))
@pytest.mark.parametrize("wrt", [("w",), ("a", "w")], ids=["constant", "active"])
def test_the_same_is_refused_and_a_copy_is_not(f: Any, value: Any, wrt: Any) -> None:
    g = srcgrad.value_and_grad(f, wrt=wrt)
    expected = f(copy.deepcopy(value), 1.5)
    assert g(copy.deepcopy(value), 1.5)[0] == expected
    with pytest.raises(srcgrad.SrcgradError) as refused:
        g(value, 1.5)
    assert refused.value.code == "SG421"
    assert g(copy.deepcopy(value), 1.5)[0] == expected
    with pytest.raises(srcgrad.SrcgradError):
        srcgrad.jvp(f, (value, 1.5), (None, 1.0))


MODULE = """
import numpy as np

FIELD = np.array([0.5, 1.2, 0.7])
SCALE = 2.0 * np.pi


def array(a: np.ndarray, w: float):
    a[0] = w * w
    return w * FIELD[0] * SCALE + a[1]
"""


def test_emitted_files_check_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "field_of_a_module.py").write_text(MODULE)
    monkeypatch.syspath_prepend(str(tmp_path))
    text = emit_text(Request(f"{tmp_path / 'field_of_a_module.py'}:array"))
    assert "shares_memory(a, SCALE)" not in text
    (tmp_path / "field_grad.py").write_text(text)
    emitted = load_file(tmp_path / "field_grad.py", known=False)
    original = importlib.import_module("field_of_a_module")
    assert emitted.array_grad(original.FIELD.copy(), 1.5)[0] == original.array(original.FIELD.copy(), 1.5)
    with pytest.raises(ValueError, match="a and FIELD share memory, and a is changed"):
        emitted.array_grad(original.FIELD, 1.5)
