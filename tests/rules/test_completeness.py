"""Every public function of NumPy has a rule, is constant, or is refused with a way out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import srcgrad
from srcgrad.analysis.effects import changes
from srcgrad.rules.numpy_refused import REFUSED
from srcgrad.rules.registry import lookup

MODULES = {"numpy": np, "numpy.linalg": np.linalg, "numpy.fft": np.fft}
NAMES = sorted(
    f"{home}.{name}"
    for home, module in MODULES.items()
    for name in module.__all__
    if callable(getattr(module, name)) and not isinstance(getattr(module, name), type)
)
UFUNCS = [n for n in NAMES if isinstance(getattr(np, n[6:], None), np.ufunc)]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_known(name: str) -> None:
    answers = [lookup(name) is not None, name in REFUSED, changes(name)]
    assert sum(answers) == 1, f"{name}: rule, refused, changing: {answers}"


def test_what_is_refused_exists() -> None:
    assert [n for n in REFUSED if n not in NAMES and n != "numpy.errstate"] == []


def step_by_step(x: Any) -> Any:
    return np.sum(np.arange(0.0, x, 0.1))


def quotient(x: Any) -> Any:
    return np.sum(np.polydiv(x, [1.0, 2.0])[0])


def test_the_way_out_is_shown() -> None:
    with pytest.raises(srcgrad.SrcgradError) as caught:
        srcgrad.grad(step_by_step)(1.0)
    assert "SG301 `numpy.arange` has no derivative rule" in str(caught.value)
    assert str(caught.value).endswith("\n    Multiply np.arange of whole numbers by the step.")
    with pytest.raises(srcgrad.SrcgradError) as caught:
        srcgrad.grad(quotient)(np.ones(3))
    assert str(caught.value).endswith("or solve for them with np.linalg.lstsq and np.vander.")


@pytest.mark.parametrize("name", UFUNCS)
@pytest.mark.parametrize("method", ["reduce", "accumulate", "reduceat"])
def test_a_method_of_a_ufunc_is_a_rule_or_refused(name: str, method: str) -> None:
    """A row for a method says which function it is, so that none is taken for another."""
    row = lookup(f"{name}.{method}")
    assert row is None or row.name == f"{name}.{method}"
