"""Programs of the corpus in the block of a tape: the gradients are those of vjp, and what vjp refuses stays refused."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

from srcgrad import GradientTape, SrcgradError
from srcgrad.api import vjp_with
from srcgrad.options import Options
from srcgrad.tensorflow_names import ones_like
from tests.test_programs import CASES

REAL = (float, np.floating, np.ndarray)


def is_real(x: Any) -> bool:
    return isinstance(x, REAL) and np.result_type(x).kind == "f"


def taped(f: Any, args: Any, words: Any, wrt: list[int]) -> Any:
    args = [x * 1.0 if type(x) is float else x for x in args]  # literals that are equal may be one object
    xs = [args[n] for n in wrt]
    with GradientTape() as tape:
        tape.watch(xs)
        y = f(*args, **words)
    return tape.gradient(y, xs, unconnected_gradients="zero")


REFUSED = ("cells_and_parts", "base_method_of_a_subclass")  # less is known of objects in what a tape makes of its block
CHOSEN = [(g, c) for g, c in CASES[::37] if any(is_real(c.args[n]) for n in c.wrt)]


@pytest.mark.parametrize(("group", "c"), CHOSEN, ids=[f"{g}-{c.name}" for g, c in CHOSEN])
def test_gradients_are_those_of_vjp(group: str, c: Any) -> None:
    wrt = [n for n in c.wrt if is_real(c.args[n])]
    with np.errstate(all="ignore"):
        try:
            value, pull = vjp_with(c.function, copy.deepcopy(c.args), c.keywords, Options("pullback"))
        except SrcgradError:
            with pytest.raises((SrcgradError, TypeError)):
                taped(c.function, copy.deepcopy(c.args), c.keywords, wrt)
            return
        if not is_real(value):
            pytest.skip("the result is no real number or array")
        expected = pull(ones_like(value))
        try:
            found = taped(c.function, copy.deepcopy(c.args), c.keywords, wrt)
        except SrcgradError as e:
            assert e.code == "SG416" or c.name in REFUSED
            pytest.skip("the program keeps a number where the tape cannot tell it from its argument")
    for n, gradient in zip(wrt, found, strict=True):
        np.testing.assert_allclose(gradient, expected[n], rtol=1e-10, atol=1e-12)
