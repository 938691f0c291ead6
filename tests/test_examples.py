"""The examples, run as a user runs them: with derivatives made in memory, and from the committed modules alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("scipy")
pytest.importorskip("sklearn")

ROOT = Path(__file__).parents[1]
EMITTED = {
    "digits": ["logistic_loss_grad.py", "network_loss_grad.py"],
    "heat_source": ["misfit_grad.py"],
    "orbit": ["ball_misfit_grad.py", "planet_misfit_grad.py"],
    "option": ["closed_price_grad.py", "simulated_price_grad.py"],
    "newton": ["loss_grad.py", "loss_grad_jvp.py"],
    "maml": ["meta_loss_grad.py", "task_loss_grad.py"],
    "tensorflow_names": ["loss_grad.py"],
}
RUN = """
import json, sys
folder, script, emitted, *settings = sys.argv[1:]
sys.path.insert(0, folder)
if emitted:
    sys.modules["srcgrad"] = None  # importing it now fails
    settings.append("--emitted")
result = __import__(script).main(settings)
print(json.dumps(result, default=lambda x: x.tolist()))
"""

both_ways = pytest.mark.parametrize("emitted", ["", "emitted"], ids=["in-memory", "emitted"])


def run(name: str, script: str, emitted: str, *settings: str) -> tuple[Any, str]:
    """What the example's `main` returns, and what it printed."""
    folder = str(ROOT / "examples" / name)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", RUN, folder, script, emitted, *settings],
        capture_output=True, text=True, env=environment, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    *printed, result = done.stdout.splitlines()
    return json.loads(result), "\n".join(printed)


@both_ways
def test_digits_are_recognised(emitted: str) -> None:
    reached, printed = run("digits", "fit", emitted, "--iterations", "60")
    assert reached["logistic"] > 0.95
    assert reached["network"] > 0.97
    assert "network   iteration   40" in printed


@both_ways
def test_parameters_of_the_motion_are_recovered(emitted: str) -> None:
    recovered, printed = run("orbit", "fit", emitted, "--iterations", "60")
    assert recovered["ball"] == pytest.approx([3.0, 4.0, 0.8, 0.05], abs=0.01)
    assert recovered["planet"] == pytest.approx([0.0, 0.8, 1.0, 0.2], abs=0.01)
    assert "planet iteration   5" in printed


@both_ways
def test_the_source_is_found(emitted: str, tmp_path: Path) -> None:
    """Two heated stretches, at 0.3 and 0.72 of the rod, from readings along it and in bounded memory."""
    plot = tmp_path / "misfit.png"
    settings = ("--iterations", "15", "--rows", "25", "--snapshots", "20", "--plot", str(plot))
    found, printed = run("heat_source", "fit", emitted, *settings)
    source, history = found["source"], found["history"]
    assert history[-1] < 0.12 < 1.0 < history[0]
    assert abs(source.index(max(source)) - 15) <= 1
    assert abs(source.index(max(source[26:])) - 36) <= 1
    assert source[15] > 80.0 and source[36] > 40.0 and max(source[26:30] + source[44:]) < 15.0
    assert "iteration  10" in printed
    assert plot.exists() or plot.with_suffix(".svg").read_text().startswith("<svg")


def test_the_source_is_drawn_without_matplotlib(tmp_path: Path) -> None:
    path = ROOT / "examples" / "heat_source" / "plot.py"
    code = f"import sys; sys.modules['matplotlib'] = None; sys.path.insert(0, {str(path.parent)!r})\n"
    code += "from pathlib import Path; import plot\n"
    code += "print(plot.draw([3.0, 1.0, 0.1], [0.0, 5.0, 1.0], Path(sys.argv[1])))"
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "x.png")], capture_output=True, text=True)
    assert done.stdout.strip() == str(tmp_path / "x.svg"), done.stderr
    assert (tmp_path / "x.svg").read_text().count("<polyline") == 2


@both_ways
def test_greeks_agree_with_the_closed_form(emitted: str) -> None:
    settings = ("--paths", "4000", "--steps", "6", "--batches", "20")
    (means, errors, closed, expected), printed = run("option", "greeks", emitted, *settings)
    assert set(means) == {"price", "delta", "vega", "rho", "theta"}
    for name, value in expected.items():
        assert closed[name] == pytest.approx(value, rel=1e-12)
        assert abs(means[name] - value) < 4.0 * errors[name], name
        assert errors[name] < 0.02 * abs(value), name
    assert "20 of 20 batches" in printed


@both_ways
def test_newton_takes_few_iterations(emitted: str) -> None:
    found, printed = run("newton", "fit", emitted)
    assert found["losses"]["Newton-CG"] == pytest.approx(found["losses"]["L-BFGS-B"], rel=1e-6)
    assert found["iterations"]["Newton-CG"] < 40 < 100 < found["iterations"]["L-BFGS-B"]
    assert found["right"] > 0.98
    assert "products" in printed


@both_ways
def test_a_start_is_learned_for_new_digits(emitted: str) -> None:
    reached, printed = run("maml", "train", emitted, "--iterations", "600")
    assert reached["learned start"] > reached["random start"] + 0.02
    assert "iteration   600" in printed


@both_ways
def test_four_names_find_one_line(emitted: str) -> None:
    found, _ = run("tensorflow_names", "fit", emitted)
    assert len(found) == (1 if emitted else 4)
    for weight, offset in found.values():
        assert (weight, offset) == pytest.approx((3.061576294222, 1.994933513446), abs=1e-11)


@pytest.mark.parametrize("name", EMITTED)
def test_every_example_has_its_committed_modules(name: str) -> None:
    folder = ROOT / "examples" / name
    assert sorted(p.name for ending in ("grad", "jvp") for p in folder.glob(f"*_{ending}.py")) == EMITTED[name]


def test_committed_modules_are_fresh() -> None:
    files = [f"examples/{name}/{file}" for name, found in EMITTED.items() for file in found]
    done = subprocess.run([sys.executable, "-m", "cli", "check", *files], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
