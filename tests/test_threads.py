"""Threads that derive at once: what belongs to the whole process is not disturbed, nor disturbs them."""

import ast
import gc
import threading
import time
import warnings

import numpy as np
import pytest

import srcgrad
from srcgrad.syntax import parsed, parsed_expression, without_warnings

MISMATCH = "AST constructor recursion depth mismatch (before=57, after=84)"


@pytest.mark.parametrize("parse", [parsed, parsed_expression])
def test_a_parser_that_another_thread_disturbed_parses_again(parse, monkeypatch) -> None:
    undisturbed, raised = ast.parse, [SystemError(MISMATCH), SystemError(MISMATCH)]

    def disturbed(text, **keywords):
        if raised:
            raise raised.pop()
        return undisturbed(text, **keywords)

    monkeypatch.setattr(ast, "parse", disturbed)
    assert "Name(id='x'" in ast.dump(parse("x"))
    assert raised == []


@pytest.mark.parametrize("parse", [parsed, parsed_expression])
def test_other_system_errors_pass(parse, monkeypatch) -> None:
    def broken(text, **keywords):
        raise SystemError("another one")

    monkeypatch.setattr(ast, "parse", broken)
    with pytest.raises(SystemError, match="another one"):
        parse("x")


def test_threads_that_are_quiet_at_once_restore_the_filters() -> None:
    before = list(warnings.filters)
    inside, overlapped = threading.Event(), threading.Event()

    def second() -> None:
        inside.wait()
        with without_warnings():
            overlapped.set()
            time.sleep(0.05)

    thread = threading.Thread(target=second)
    thread.start()
    with without_warnings():
        inside.set()
        overlapped.wait(0.2)
    thread.join()
    assert overlapped.is_set()
    assert list(warnings.filters) == before


def square(x):
    return np.sum(x * x)


def wave(x):
    for i in range(3):
        x = np.sin(x) * x + i
    return np.sum(x)


def chosen(x):
    return np.sum(np.exp(x)) if x[0] > 0 else np.sum(x)


def filled(x):
    out = np.zeros_like(x)
    out[1:] = x[:-1] ** 2
    return np.sum(out)


def test_threads_that_are_interrupted_in_the_middle_of_a_step() -> None:
    """The collector's callbacks let another thread run where C code does not expect it."""
    functions = [square, wave, chosen, filled]
    x = np.linspace(0.1, 1.0, 4)
    expected = [srcgrad.grad(f)(x) for f in functions]
    wrong = []

    def work(first: int) -> None:
        try:
            for k in range(4):
                n = (first + k) % 4
                if not np.array_equal(srcgrad.grad(functions[n])(x), expected[n]):
                    wrong.append(functions[n])
        except BaseException as e:
            wrong.append(e)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    threshold = gc.get_threshold()
    gc.callbacks.append(interrupted)
    gc.set_threshold(100)
    try:
        for t in threads:
            t.start()
        for t in threads:
            t.join()
    finally:
        gc.set_threshold(*threshold)
        gc.callbacks.remove(interrupted)
    assert wrong == []


def interrupted(phase: str, info: dict[str, int]) -> None:
    time.sleep(0)
