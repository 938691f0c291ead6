"""Emitted code in tracebacks, debuggers and coverage, among threads, and what the returned functions look like."""

from __future__ import annotations

import copy
import inspect
import linecache
import os
import pickle
import subprocess
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import srcgrad

ROOT = Path(__file__).parents[1]


def guarded(x, n=2, *, k: float = 1.0) -> float:
    """A power."""
    y = x**n
    if y > 100.0:
        raise ValueError("too large")
    return y * k


@srcgrad.grad(wrt="x")
def decorated(x):
    return x * x


def run(code: str, folder: Path, given: str = "", *before: str) -> subprocess.CompletedProcess[str]:
    (folder / "program.py").write_text(code)
    words = [sys.executable, *before, str(folder / "program.py")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(words, input=given, capture_output=True, text=True, cwd=folder, env=environment)


# ----- tracebacks -----


def test_traceback_shows_the_emitted_line() -> None:
    g = srcgrad.grad(guarded)
    assert g(2.0) == 4.0
    with pytest.raises(ValueError, match="^too large$") as caught:
        g(50.0)
    last = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert last.filename.startswith("<srcgrad guarded_grad") and last.name == "guarded_grad"
    assert last.line == 'raise ValueError("too large")'
    assert srcgrad.source(g).splitlines()[(last.lineno or 0) - 1].strip() == last.line
    assert caught.value.__cause__ is None and caught.value.__context__ is None
    assert not hasattr(caught.value, "__notes__")
    assert g(2.0) == 4.0


PROGRAM = """\
import srcgrad
def f(x):
    y = x * x
    assert y < 10.0, "too large"
    return y
"""


def test_traceback_that_ends_a_program(tmp_path: Path) -> None:
    done = run(PROGRAM + "srcgrad.grad(f)(5.0)\n", tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "AssertionError: too large"
    assert '    assert y < 10.0, "too large"' in done.stderr.splitlines()
    plain = run(PROGRAM + "srcgrad.grad(f)(1.0)\nf(5.0)\n", tmp_path)
    assert plain.returncode == 1 and "srcgrad" not in plain.stderr


def test_traceback_from_a_file(tmp_path: Path) -> None:
    from srcgrad.files import Request, emit_text

    (tmp_path / "model.py").write_text(PROGRAM)
    (tmp_path / "f_grad.py").write_text(emit_text(Request(str(tmp_path / "model.py") + ":f")))
    done = run("import f_grad\nf_grad.f_grad(5.0)\n", tmp_path)
    assert '    assert y < 10.0, "too large"' in done.stderr.splitlines()
    assert f'File "{tmp_path / "f_grad.py"}", line' in done.stderr


# ----- debuggers and coverage -----


def test_stepping_with_pdb(tmp_path: Path) -> None:
    skipped = ["srcgrad.api", "srcgrad.derivative", "srcgrad.signature", "srcgrad.program"]
    code = PROGRAM + f"g = srcgrad.grad(f)\ng(2.0)\nimport pdb\npdb.Pdb(skip={skipped}).runcall(g, 3.0)\n"
    done = run(code, tmp_path, "s\ns\nn\np y\ns\ns\ns\np d_x\nc\n")
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert "-> y = x * x" in lines and '-> assert y < 10.0, "too large"' in lines and "(Pdb) 9.0" in lines
    assert any(line.startswith("-> d_x = ") for line in lines)


def test_breakpoint_in_the_primal(tmp_path: Path) -> None:
    code = PROGRAM.replace("    return y", "    breakpoint()\n    return y") + "print(srcgrad.grad(f)(2.0))\n"
    done = run(code, tmp_path, "p y\nc\n")
    assert "(Pdb) 4.0" in done.stdout and done.stdout.endswith("4.0\n"), done.stderr


def test_coverage(tmp_path: Path) -> None:
    pytest.importorskip("coverage")
    done = run(PROGRAM + "print(srcgrad.grad(f)(2.0))\n", tmp_path, "", "-m", "coverage", "run")
    assert (done.stdout, done.stderr) == ("4.0\n", "")


# ----- what comes back -----


def test_what_the_function_looks_like() -> None:
    g = srcgrad.grad(guarded)
    assert inspect.signature(g) == inspect.signature(guarded)
    assert (g.__name__, g.__doc__, g.__module__) == ("guarded", "A power.", __name__)
    assert repr(g).startswith("<function grad(guarded) at ")
    assert repr(srcgrad.value_and_grad(lambda x: x)).startswith("<function value_and_grad(test_what_the_function_looks")
    assert inspect.getsource(g) == inspect.getsource(guarded)
    assert (g(2.0, 3), g(2.0, n=3, k=2.0), g(x=2.0)) == (12.0, 24.0, 4.0)


def test_source_of_a_pullback() -> None:
    value, pullback = srcgrad.vjp(guarded, 2.0)
    assert "def guarded_bwd(saved, d_out):" in srcgrad.source(pullback)
    assert repr(pullback).startswith("<function vjp(guarded) at ")
    with pytest.raises(TypeError, match="^SG410 this function was not made by srcgrad$"):
        srcgrad.source(guarded)
    with pytest.raises(LookupError, match="^SG411 nothing has been emitted yet\n    Call the function once.$"):
        srcgrad.source(srcgrad.grad(guarded))


def test_copies_and_pickles() -> None:
    assert pickle.loads(pickle.dumps(decorated)) is decorated
    assert repr(decorated).startswith("<function decorated at ")
    g = srcgrad.grad(guarded)
    assert copy.copy(g)(2.0) == copy.deepcopy(g)(2.0) == 4.0
    with pytest.raises((pickle.PicklingError, AttributeError), match=r"grad\(guarded\)"):
        pickle.dumps(g)


def test_clearing_linecache_is_survived() -> None:
    g = srcgrad.grad(guarded)
    assert g(2.0) == 4.0
    linecache.checkcache()
    assert any(name.startswith("<srcgrad guarded_grad") for name in linecache.cache)
    linecache.clearcache()
    assert g(2.0) == 4.0
    assert srcgrad.grad(g)(2.0) == 2.0


# ----- threads and exceptions -----


def wave(x):
    for i in range(3):
        x = np.sin(x) * x + i
    return np.sum(x)


def test_threads_derive_and_run_at_once() -> None:
    expected = {n: srcgrad.grad(wave)(np.linspace(0.1, 1.0, n)) for n in (1, 2, 3, 4)}
    g = srcgrad.grad(wave)
    start, wrong = threading.Barrier(8), []

    def work(n: int) -> None:
        start.wait()
        for k in range(20):
            size = (n + k) % 4 + 1
            if not np.array_equal(g(np.linspace(0.1, 1.0, size)), expected[size]):
                wrong.append(size)

    def guard(n: int) -> None:
        try:
            work(n)
        except BaseException as e:
            wrong.append(e)

    threads = [threading.Thread(target=guard, args=(n,)) for n in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert wrong == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ZeroDivisionError, StopIteration])
def test_exceptions_of_the_primal_arrive_as_they_are(error: type[BaseException]) -> None:
    raised: list[Any] = [error("own")]

    def f(x, e):
        if x > 1.0:
            raise e
        return x * x

    for call in (
        lambda: srcgrad.grad(f)(2.0, raised[0]),
        lambda: srcgrad.vjp(f, 2.0, raised[0]),
        lambda: srcgrad.jvp(f, (2.0, raised[0]), (1.0, None)),
    ):
        with pytest.raises(error) as caught:
            call()
        assert caught.value is raised[0]
    assert srcgrad.grad(f)(0.5, raised[0]) == 1.0
