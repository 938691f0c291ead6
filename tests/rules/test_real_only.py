"""Rules for real numbers refuse complex ones: in memory by dtype, in emitted files when they run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import real_only as programs

import srcgrad
from srcgrad.files import Request, emit_text

FILE = Path(programs.__file__)
Z = np.array([1.0 + 1.0j, 2.0 - 0.4j, -0.5 + 0.3j])
X = np.array([1.5, -0.5])


def refusal(f: Any, argument: Any) -> str:
    with pytest.raises(srcgrad.SrcgradError) as caught:
        srcgrad.grad(f)(argument)
    return str(caught.value).replace(str(FILE), "file.py")


@pytest.mark.parametrize(
    ("name", "op"),
    [("largest", "maximum"), ("smallest", "minimum"), ("largest_number", "fmax"), ("smallest_number", "fmin"),
     ("direction", "sign"), ("middle", "median")],
)  # fmt: skip
def test_complex_operands_are_refused(name: str, op: str) -> None:
    message = refusal(getattr(programs, name), Z)
    assert f"SG302 `numpy.{op}` has a derivative rule for real numbers only, and this is complex" in message
    assert message.endswith("Take np.real, np.imag or np.abs first.")
    srcgrad.check_grads(getattr(programs, name), (Z.real,))


def test_the_place_is_shown() -> None:
    line = next(n for n, t in enumerate(FILE.read_text().splitlines(), 1) if "np.maximum(z, 0.0)" in t)
    assert refusal(programs.largest, Z).startswith(f"file.py:{line}:26: SG302")


def test_complex_items_of_a_list_are_refused() -> None:
    assert "and this is complex" in refusal(programs.of_pairs, [Z, Z.real])
    srcgrad.check_grads(programs.of_pairs, ([Z.real, Z.imag - 0.1],))


def test_real_parts_of_complex_numbers_are_not() -> None:
    srcgrad.check_grads(programs.of_moduli, (Z,), order=1)


def test_picking_elements_is_right_for_complex_ones() -> None:
    srcgrad.check_grads(programs.selected, (Z,), order=1)


def emitted(name: str) -> dict[str, Any]:
    scope: dict[str, Any] = {}
    text = emit_text(Request(f"{FILE}:{name}"))
    exec(text, scope)
    return scope


def test_an_emitted_file_checks_what_it_is_given() -> None:
    gradient = emitted("relu")["relu_grad"]
    np.testing.assert_array_equal(gradient(X, X)[1][0][1], [1.0, 0.0])
    with pytest.raises(TypeError, match="expected real arguments"):
        gradient(X, X + 1j)


def test_an_emitted_file_checks_globals_that_nothing_is_known_of(monkeypatch: pytest.MonkeyPatch) -> None:
    gradient = emitted("scaled")["scaled_grad"]
    np.testing.assert_array_equal(gradient(X)[1][0], [0.5, 0.0])
    monkeypatch.setattr(programs, "scale", 0.5j * np.ones(2))
    with pytest.raises(TypeError, match="expected real arguments"):
        gradient(X)
    with pytest.raises(TypeError, match="expected real arguments"):
        emitted("turned")["turned_grad"](X)


@pytest.mark.parametrize("name", ["rotated", "of_conversion"])
def test_where_a_program_makes_complex_numbers_of_its_own_it_is_refused(name: str) -> None:
    with pytest.raises(srcgrad.SrcgradError, match="SG302 .* its operands are complex is not known|this is complex"):
        emit_text(Request(f"{FILE}:{name}"))
