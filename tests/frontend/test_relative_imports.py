"""Relative imports inside functions: emitted code is in no package."""

import importlib
import sys
from pathlib import Path

import numpy as np
import pytest

import srcgrad
from srcgrad.files import Request, emit_text

FILES = {
    "pack/__init__.py": "",
    "pack/kernels.py": """
import numpy as np

SCALE = 2.0

def bell(x):
    return np.exp(-x**2)
""",
    "pack/inner/__init__.py": "",
    "pack/inner/near.py": "def tripled(x):\n    return x * 3.0\n",
    "pack/inner/model.py": """
import numpy as np

def misfit(x):
    from ..kernels import SCALE, bell
    from .near import tripled
    return np.sum(tripled(bell(x)) * SCALE)
""",
}


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in [n for n in sys.modules if n.partition(".")[0] == "pack"]:
        del sys.modules[name]


X = np.array([0.4, -0.7])
EXPECTED = 6.0 * np.exp(-(X**2)) * -2.0 * X


def test_in_memory(package: Path) -> None:
    misfit = importlib.import_module("pack.inner.model").misfit
    np.testing.assert_allclose(srcgrad.grad(misfit)(X), EXPECTED)
    np.testing.assert_allclose(srcgrad.jvp(misfit, (X,), (np.ones(2),))[1], np.sum(EXPECTED))


def test_from_a_file(package: Path) -> None:
    found: dict = {}
    exec(emit_text(Request(f"{package}/pack/inner/model.py:misfit", ("x",), "reverse")), found)
    np.testing.assert_allclose(found["misfit_grad"](X)[1][0], EXPECTED)
