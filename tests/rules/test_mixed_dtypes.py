"""Programs that mix real and complex numbers, against differences, in both modes."""

from __future__ import annotations

import inspect
from typing import Any

import mixed_programs
import numpy as np
import pytest

import srcgrad

W = np.array([1.0 + 0.4j, 2.0 - 0.3j, 0.5 + 0.8j])
Z = np.array([1.0 + 1.0j, 0.6 + 0.2j, -0.4 + 0.5j])
SKIPPED = {"measured"}
NAMES = [n for n, f in vars(mixed_programs).items() if inspect.isfunction(f) and n not in SKIPPED]


@pytest.mark.parametrize("name", NAMES)
def test_real_values_have_real_adjoints(name: str) -> None:
    f: Any = getattr(mixed_programs, name)
    srcgrad.check_grads(f, (W, Z), order=1)
    d = srcgrad.grad(f, (0, 1))(W, Z)
    assert [x.dtype for x in d] == [np.complex128, np.complex128]
