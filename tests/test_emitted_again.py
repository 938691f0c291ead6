"""Emitted files as input of `srcgrad emit`: second derivatives that stand alone; and names that modules bind oddly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

import srcgrad
from tests.loading import load as load_file

ROOT = Path(__file__).parents[1]
MODEL = '''\
import numpy as np

(WIDTH, DEPTH), *REST = (2, 3), 4.0, 0.5
for SCALE in (1.0, 2.0):
    pass
OFFSET = 1.0
OFFSET += REST[1]


def energy(theta, x, decay: float):
    """Shapes: theta[p], x[n, p]"""
    s = np.tanh(x @ theta * SCALE + OFFSET)
    return np.sum(s**DEPTH) / WIDTH + decay * np.sum(theta**4) * REST[0]
'''


def emit(folder: Path, *words: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "cli", "emit", *words]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_a_hessian_times_a_direction_from_an_emitted_gradient(tmp_path: Path, monkeypatch: Any) -> None:
    name = "energies_of_a_test"
    (tmp_path / f"{name}.py").write_text(MODEL)
    emit(tmp_path, f"{name}.py:energy", "--wrt", "theta", "-o", "energy_grad.py")
    emit(tmp_path, "energy_grad.py:energy_grad", "--wrt", "theta", "--mode", "forward", "-o", "energy_grad_jvp.py")
    assert "srcgrad.runtime" not in (tmp_path / "energy_grad_jvp.py").read_text()
    monkeypatch.syspath_prepend(str(tmp_path))
    model = load_file(tmp_path / f"{name}.py")
    product = load_file(tmp_path / "energy_grad_jvp.py").energy_grad_jvp
    rng = np.random.default_rng(1)
    theta, x, v = rng.normal(size=4), rng.normal(size=(6, 4)), rng.normal(size=4)
    (value, (gradient,)), (slope, (along,)) = product(theta, x, 0.3, t_theta=v)
    assert value == model.energy(theta, x, 0.3)
    np.testing.assert_allclose(gradient, srcgrad.grad(model.energy)(theta, x, 0.3), rtol=1e-12)
    np.testing.assert_allclose(slope, gradient @ v, rtol=1e-12)
    np.testing.assert_allclose(along, srcgrad.hvp(model.energy)(theta, x, 0.3, v), rtol=1e-11)
    from_memory = srcgrad.jvp(load_file(tmp_path / "energy_grad.py").energy_grad, (theta, x, 0.3), (v, None, None))
    np.testing.assert_allclose(from_memory[1][1][0], along, rtol=1e-12)


def checked(x: Any, n: int) -> Any:
    # what is refused
    if n < 0:
        raise ValueError("n must not be negative")
    elif n > 9:
        message = f"n is {n}"
        raise ValueError(message)
    y = x
    for _ in range(n):
        if x < -1.0:
            raise ValueError("left the domain")
        y = np.sin(y) * x
    return y


def test_a_branch_that_raises_is_not_walked_back() -> None:
    """Who gets to the reverse sweep went the other way: nothing is kept for it, and nothing asked again."""
    gradient = srcgrad.grad(checked)
    step = 1e-6
    assert abs(gradient(0.7, 3) - (checked(0.7 + step, 3) - checked(0.7 - step, 3)) / (2.0 * step)) < 1e-8
    forward, reverse = srcgrad.source(gradient).split("# ---- reverse sweep ----")
    assert "raise" in forward and "branch_stack" not in forward and "if " not in reverse
    assert abs(srcgrad.grad(gradient)(0.7, 3) - (gradient(0.7 + step, 3) - gradient(0.7 - step, 3)) / (2 * step)) < 1e-7


def taken(x: Any, n: int) -> Any:
    items = [x * 2.0, x, x**2]
    total = 0.0
    while len(items) > n:
        last = items.pop()
        items[0] = items[0] * items[-1]
        total += last * x
        first = items.pop(0)
        total += first
    return total


def pushed(f: Any) -> Any:
    """A derivative that has been called, forward."""
    found = srcgrad.jacobian(f, mode="forward")
    found(1.5, 1)
    return found


def test_items_are_taken_as_they_were_written() -> None:
    value, tangent = srcgrad.jvp(taken, (1.5, 1), (1.0, None))
    assert value == taken(1.5, 1) and abs(tangent - (taken(1.5 + 1e-6, 1) - taken(1.5 - 1e-6, 1)) / 2e-6) < 1e-8
    text = srcgrad.source(pushed(taken))
    assert "t_last = t_items.pop()\n        last = items.pop()\n" in text and "_item =" not in text
