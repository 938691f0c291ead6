"""Where the block of a tape may stand: scripts, `python -c`, prompts, notebooks; and where its source is not known."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

import srcgrad
from srcgrad import GradientTape

ROOT = str(Path(__file__).parents[1])
BLOCK = """\
import numpy as np
import srcgrad

w = np.array([1.0, 2.0])

def model(x):
    return np.sum(x @ w)

with srcgrad.GradientTape() as tape:
    tape.watch(w)
    y = model(np.array([3.0, 4.0])) ** 2

print(tape.gradient(y, w))
"""


def run(*args: str, cwd: Any = ROOT, **kwargs: Any) -> Any:
    environment = {"PYTHONPATH": ROOT, "PATH": "/usr/bin:/bin"}
    command = [sys.executable, *args]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=environment, timeout=120, **kwargs)


def test_a_script_and_a_program_on_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "script.py"
    path.write_text(BLOCK)
    for done in (run(str(path)), run("-c", BLOCK), run("-m", "script", cwd=tmp_path)):
        assert (done.stdout, done.stderr) == ("[66. 88.]\n", "")


def test_a_script_that_is_edited_while_it_runs(tmp_path: Path) -> None:
    path = tmp_path / "script.py"
    edit = f"open({str(path)!r}, 'w').write({BLOCK.replace('** 2', '** 3')!r})\n"
    path.write_text(BLOCK.replace("with srcgrad", edit + "with srcgrad"))
    done = run(str(path))
    assert "SG102 the source of this code is not what runs" in done.stderr and "Run it again." in done.stderr


def test_text_that_is_not_kept() -> None:
    with pytest.raises(LookupError) as caught:
        exec(compile(BLOCK, "<generated>", "exec"), {})
    assert str(caught.value) == (
        "SG101 the source of the code that enters the tape (a prompt or `exec`) is not kept\n"
        "    The source of the block is read where it stands, in a file, a notebook cell or a prompt that keeps its "
        "lines. Save it in a file, or put the block into a function and use srcgrad.value_and_grad."
    )


def test_a_tape_without_a_with_statement_of_its_own() -> None:
    with ExitStack() as stack, pytest.raises(ValueError, match="SG209 a tape is entered here, but not by a `with`"):
        stack.enter_context(GradientTape())
    with pytest.raises(ValueError, match="SG209 a tape is entered here"):
        GradientTape().__enter__()


def test_several_blocks_that_look_alike() -> None:
    x, found = 3.0, []
    for scale in (1.0, 2.0):
        with GradientTape() as a: a.watch(x); y = x * x * scale  # noqa: E701, E702
        with GradientTape() as b: b.watch(x); z = x * x * x * scale  # noqa: E701, E702
        found += [a.gradient(y, x), b.gradient(z, x)]
    assert found == [6.0, 27.0, 12.0, 54.0]


def test_a_class_body_and_a_generator() -> None:
    class Constants:
        x = 3.0
        with GradientTape() as tape:
            tape.watch(x)
            y = x * x
        slope = tape.gradient(y, x)

    def slopes(n: int) -> Any:
        for k in range(n):
            x = float(k)
            with GradientTape() as tape:
                tape.watch(x)
                y = x * x
            yield tape.gradient(y, x)

    assert Constants.slope == 6.0 and list(slopes(3)) == [0.0, 2.0, 4.0]

    def suspended(x: float) -> Any:
        with GradientTape() as tape:
            tape.watch(x)
            y = yield x * x
        return tape.gradient(y, x)

    with pytest.raises(srcgrad.SrcgradError, match="SG203 the block of a tape is left here, and entered again"):
        next(suspended(2.0))


CELLS = [
    ("import numpy as np, srcgrad\nx = 3.0", ""),
    ("with srcgrad.GradientTape(persistent=True) as tape:\n    tape.watch(x)\n    y = x * x\n    z = y * y", ""),
    ("tape.gradient(z, x), tape.gradient(z, y)", "(108.0, 18.0)"),
    ("w = np.ones(2)\ndef model(v):\n    return np.sum(v * w**2)", ""),
    ("for step in range(2):\n    with srcgrad.GradientTape() as tape:\n        tape.watch(w)\n"
     "        loss = model(np.array([1.0, 2.0]))\n    w = w - 0.1 * tape.gradient(loss, w)\nw", "array([0.64, 0.36])"),
    ("%%time\nwith srcgrad.GradientTape() as t:\n    t.watch(x)\n    y = x * x\nprint(t.gradient(y, x))", "6.0\nCPU"),
    ("with srcgrad.GradientTape() as t:\n    t.watch(x)\n    y = x ** 3\nprint(t.gradient(y, x))", "27.0\n"),
]  # fmt: skip


def test_notebook() -> None:
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    book = nbformat.v4.new_notebook()
    book.cells = [nbformat.v4.new_code_cell(text) for text, _ in CELLS]
    nbclient.NotebookClient(book, kernel_name="python3", timeout=120, resources={"metadata": {"path": ROOT}}).execute()
    for cell, (_, expected) in zip(book.cells, CELLS, strict=True):
        found = "".join(o.get("text") or o["data"]["text/plain"] for o in cell.outputs)
        assert found.startswith(expected)
