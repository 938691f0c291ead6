"""Names that the user's module gives to things of its own, and that emitted code would use for something else."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad.files import Request, emit_text
from tests.loading import load as load_file

MODULE = """\
import numpy
import math as m
from math import sin as abs
my_abs = __builtins__["abs"]
np = 5.0
math = 7.0
len = 4.0
masked = 3.0

def reversed(x): return 1

def own_abs(x): return abs(x) * 2.0
def alias_of_abs(x): return my_abs(x) * my_abs(x)
def both(x): return my_abs(x) * abs(x)
def uses_np(x): return numpy.tanh(x) * np
def uses_math(x): return m.sin(x) * math
def items(x):
    s = 0.5
    for i in [1, 2, 3]:
        s = s * x * s + len
    return s
def steps(x):
    s = 0.5
    for i in [1, 2, 3]:
        s = s * x * s
    return s * reversed(x)
def over_items(x): return items(x) * len * uses_np(x)
def helper(x): return numpy.linalg.norm(x) * masked
"""
X = 0.7


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("names") / "names_of_its_own.py"
    path.write_text(MODULE)
    return load_file(path)


@pytest.mark.parametrize("name", ["own_abs", "alias_of_abs", "both", "uses_np", "uses_math", "items", "steps"])
def test_the_name_means_what_the_module_says(module: Any, name: str) -> None:
    f = getattr(module, name)
    expected = (f(X + 1e-6) - f(X - 1e-6)) / 2e-6
    value, slope = srcgrad.value_and_grad(f)(X)
    assert value == f(X) and np.isclose(slope, expected, rtol=1e-8)


@pytest.mark.parametrize("name", ["own_abs", "uses_np", "uses_math", "items", "steps"])
def test_in_a_file_too(module: Any, name: str) -> None:
    f = getattr(module, name)
    space: dict[str, Any] = {}
    exec(emit_text(Request(f"{module.__file__}:{name}")), space)
    value, (slope,) = space[f"{name}_grad"](X)
    assert value == f(X) and np.isclose(slope, (f(X + 1e-6) - f(X - 1e-6)) / 2e-6, rtol=1e-8)


def test_a_helper_goes_by_another_name(module: Any) -> None:
    gradient = srcgrad.grad(module.helper)
    x = np.array([3.0, 4.0])
    np.testing.assert_allclose(gradient(x), 3.0 * x / 5.0)
    assert "import masked as masked_" in srcgrad.source(gradient)


def test_a_module_is_imported_once(module: Any) -> None:
    """By what it calls as well, which reads values of the module, too."""
    gradient = srcgrad.grad(module.over_items)
    assert gradient(X) == pytest.approx((module.over_items(X + 1e-6) - module.over_items(X - 1e-6)) / 2e-6, rel=1e-8)
    assert srcgrad.source(gradient).count("import names_of_its_own") == 1


def test_two_modules_mean_different_libraries_by_one_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "numbers_of.py").write_text(
        "from math import exp\ndef wave(x): return exp(x) * x\ndef largest(items): return max(items, key=exp)\n"
    )
    (tmp_path / "arrays_of.py").write_text(
        "from numpy import exp, sum\ndef applied(f, x): return f(x)\ndef total(x): return sum(applied(exp, x))\n"
    )
    (tmp_path / "both_of.py").write_text(
        "from arrays_of import total\nfrom numbers_of import largest, wave\n"
        "def f(x): return total(x) * wave(x[0]) + largest([x[0], x[1]]) * sum([x[0], 1.0])\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    f = importlib.import_module("both_of").f
    x = np.array([0.3, 0.9])
    space: dict[str, Any] = {}
    exec(emit_text(Request(f"{tmp_path / 'both_of.py'}:f")), space)
    for value, slope in (srcgrad.value_and_grad(f)(x), (space["f_grad"](x)[0], space["f_grad"](x)[1][0])):
        assert value == f(x)
        np.testing.assert_allclose(slope, [(f(x + e) - f(x - e)) / 2e-6 for e in np.eye(2) * 1e-6], rtol=1e-7)
