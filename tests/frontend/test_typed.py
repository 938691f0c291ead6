"""Functions typed at a prompt, piped, passed with `-c`, run by a notebook or by doctest."""

from __future__ import annotations

import doctest
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest

import srcgrad
from srcgrad.diagnostics import SrcgradError
from srcgrad.frontend.locate import locate
from srcgrad.frontend.typed import statement

ROOT = Path(__file__).parents[2]
SESSION = """\
import srcgrad
def f(x):
    if x > 0:
        return x*x
    else:
        return x

srcgrad.grad(f)(3.0)
def f(x): return 5*x

srcgrad.grad(f)(1.0)
@srcgrad.grad
def h(x):
    return x**3

h(2.0)
a, b = lambda x: x*2, lambda y: y*3
srcgrad.grad(a)(1.0), srcgrad.grad(b)(1.0)
srcgrad.grad(lambda x: (x
  * x))(4.0)
"""
ANSWERS = ["6.0", "5.0", "12.0", "(2.0, 3.0)", "8.0"]


def run(*args: str, **kwargs: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *args], capture_output=True, text=True, cwd=ROOT, **kwargs)


def test_program_on_the_command_line() -> None:
    code = "import srcgrad\ndef f(x):\n    return x*x\nprint(srcgrad.grad(f)(3.0), srcgrad.grad(lambda x: x**3)(2.0))"
    done = run("-c", code)
    assert (done.stdout, done.stderr) == ("6.0 12.0\n", "")


def test_exec_is_not_taken_for_the_command_line() -> None:
    code = "import srcgrad\ns = {}\nexec('def f(x): return x*x', s)\ntry: srcgrad.grad(s['f'])\n"
    code += "except LookupError as e: print(e)"
    assert run("-c", code).stdout == (
        "SG101 the source of `f` is not known: it was compiled from <string>\n"
        "    Text given to `exec` or `eval`, or piped into Python, is not kept. Save the function in a file.\n"
    )


def test_file_redirected_into_python(tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text("import srcgrad\n# é\ndef f(x):\n    return x*x\n\nprint(srcgrad.grad(f)(3.0))\n", encoding="utf-8")
    with path.open() as file:
        done = run(stdin=file)
    assert (done.stdout, done.stderr) == ("6.0\n", "")
    with path.open() as file:
        piped = run(input=file.read())
    assert "SG101 the source of `f` is not known: it was compiled from <stdin>" in piped.stderr


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="this prompt keeps what is typed")
def test_session_redirected_into_the_prompt(tmp_path: Path) -> None:
    path = tmp_path / "session.txt"
    path.write_text(SESSION)
    with path.open() as file:
        done = run("-i", stdin=file)
    assert done.stdout.split("\n")[:-1] == ANSWERS, done.stderr


def test_typed_at_a_prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    """As readline remembers it: without the blank lines."""
    lines = [line for line in SESSION.splitlines() if line]
    fake: Any = types.ModuleType("readline")
    fake.get_current_history_length = lambda: len(lines)
    fake.get_history_item = lambda n: lines[n - 1]
    monkeypatch.setitem(sys.modules, "readline", fake)
    space: dict[str, Any] = {}
    rest, shown = lines, []
    while rest:
        text = statement(rest)
        if text.startswith("srcgrad"):
            shown.append(repr(eval(compile(text, "<stdin>", "eval"), space)))
        else:
            exec(compile(text, "<stdin>", "single"), space)
        rest = rest[text.count("\n") :]
    assert shown[:1] == ["6.0"] and [s for s in shown if s in ANSWERS] == [a for a in ANSWERS if a != "12.0"]
    assert space["h"](2.0) == 12.0
    lines.clear()
    with pytest.raises(SrcgradError, match="SG101 the source of `f` is not known: it was compiled from <stdin>"):
        locate(space["f"])


def test_deep_text_at_a_prompt_is_refused_as_such() -> None:
    code = "import srcgrad\ndef f(x):\n    return " + "+".join(["x"] * 2000) + "\nsrcgrad.grad(f)"
    assert "SG106 this statement is nested 2002 levels deep; the limit is 1000" in run("-c", code).stderr


def test_doctest() -> None:
    """
    >>> def f(x):
    ...     return x*x
    >>> srcgrad.grad(f)(3.0)
    6.0
    >>> srcgrad.grad(lambda x: x**3)(1.0)
    3.0
    """
    found = doctest.DocTestFinder().find(test_doctest, globs={"srcgrad": srcgrad})
    assert doctest.DocTestRunner().run(found[0]) == (0, 3)


CELLS = [
    ("import srcgrad, numpy as np", ""),
    ("def f(x):\n    return np.sum(x*x)\nsrcgrad.grad(f)(np.ones(2))", "array([2., 2.])"),
    ("a, b = lambda x: x*2, lambda y: y*3\nprint(srcgrad.grad(a)(1.0), srcgrad.grad(b)(1.0))", "2.0 3.0\n"),
    ("@srcgrad.value_and_grad\ndef h(x):\n    return 2.0*f(x)\nh(np.ones(1))", "(np.float64(2.0), array([4.]))"),
    ("def f(x):\n    return np.sum(x**3)\nsrcgrad.grad(f)(np.ones(2))", "array([3., 3.])"),
    ("print(h(np.ones(1))[1])", "[6.]\n"),
    ("%%time\ndef q(x):\n    return x*x\nprint(srcgrad.grad(q)(2.0))", "4.0\nCPU times:"),
    ("class M:\n    w = 2.0\n    def m(self, x): return self.w*x\nsrcgrad.grad(M().m)(2.0)", "2.0"),
]


def test_notebook() -> None:
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    book = nbformat.v4.new_notebook()
    book.cells = [nbformat.v4.new_code_cell(text) for text, _ in CELLS]
    nbclient.NotebookClient(book, kernel_name="python3", timeout=120, resources={"metadata": {"path": ROOT}}).execute()
    for cell, (_, expected) in zip(book.cells, CELLS, strict=True):
        found = "".join(o.get("text") or o["data"]["text/plain"] for o in cell.outputs)
        assert found.startswith(expected)
