"""`srcgrad emit --order 2`: the derivative of an emitted gradient, in one file that stands alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

MODEL = '''\
import numpy as np

SCALE = 3.0


def wave(u, k):
    v = u.copy()
    for n in range(3):
        v[1:] += k * SCALE * v[:-1] ** 2
    return v


def loss(x: np.ndarray, k: float) -> float:
    total = np.sum(wave(x, k) ** 2)
    if total > 1.0:
        total = total * k
    return total
'''
USE = """\
import sys
import numpy as np
import first
import second

assert "srcgrad" not in sys.modules
x, v, h = np.array([0.3, -0.2, 0.5, 0.7]), np.array([1.0, 2.0, -1.0, 0.5]), 1e-6
(_, (gradient,)), (slope, (product,)) = second.loss_grad_jvp(x, 0.5, t_x=v)
_, (above,) = first.loss_grad(x + h * v, 0.5)
_, (below,) = first.loss_grad(x - h * v, 0.5)
np.testing.assert_allclose(product, (above - below) / (2 * h), rtol=1e-6, atol=1e-6)
np.testing.assert_allclose(slope, gradient @ v)
print("right")
"""


def run(folder: Path, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    code = "import sys; from srcgrad_cli.__main__ import main; main(prog_name='srcgrad')"
    return subprocess.run(
        [sys.executable, "-c", code, *words], cwd=folder, capture_output=True, text=True, check=False, input=given
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model.py").write_text(MODEL, encoding="utf-8")
    return tmp_path


def test_a_hessian_times_a_direction(folder: Path) -> None:
    for words in (("--order", "2", "-o", "second.py"), ("-o", "first.py")):
        done = run(folder, "emit", "model.py:loss", "--wrt", "x", *words)
        assert done.returncode == 0, done.stderr
    (folder / "use.py").write_text(USE, encoding="utf-8")
    done = subprocess.run([sys.executable, "use.py"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.stdout == "right\n", done.stderr
    first, *_ = (folder / "second.py").read_text(encoding="utf-8").splitlines()
    assert first.endswith("run: srcgrad emit model.py:loss --wrt x --order 2 -o second.py")
    assert "import first" not in (folder / "second.py").read_text(encoding="utf-8")
    assert run(folder, "check", ".").returncode == 0
    (folder / "model.py").write_text(MODEL.replace("3.0", "4.0").replace("** 2)", "** 4)"), encoding="utf-8")
    assert "is stale" in run(folder, "check", "second.py").stderr + run(folder, "check", "second.py").stdout


def test_other_options(folder: Path) -> None:
    for words in (("--mode", "reverse"), ("--use-runtime",), ("--mode", "forward")):
        texts = {run(folder, "emit", "model.py:loss", "--order", "2", *words).stdout for _ in range(2)}
        assert len(texts) == 1 and texts != {""}, words
    done = run(folder, "emit", "model.py:loss", "--order", "3")
    assert done.returncode == 2 and "--order" in done.stderr
    plain = "def power(x: float, n: int) -> float:\n    return x**n * x\n"
    done = run(folder, "emit", "-:power", "--order", "2", given=plain)
    assert done.returncode == 0 and "def power_grad_jvp(x: float, n: int, d_out=1.0, *, t_x):" in done.stdout
    (folder / "plain.py").write_text(plain, encoding="utf-8")
    done = run(folder, "emit", "plain.py:power", "--order", "2", "--target", "numba")
    assert done.returncode == 0 and "@njit" in done.stdout or "numba" in done.stdout, done.stderr


def test_hostile_headers(folder: Path) -> None:
    first = run(folder, "emit", "model.py:loss", "--order", "2").stdout.splitlines()[0]
    for order in ("9", "x", "-1"):
        (folder / "bad.py").write_text(first.replace("--order 2", f"--order {order}") + "\n", encoding="utf-8")
        assert run(folder, "check", "bad.py").returncode == 2
