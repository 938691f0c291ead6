"""Every program that must be refused, with its whole message.

To accept new messages after reading them: `python -m tests.test_refusals`.
"""

from __future__ import annotations

import importlib.util
import inspect
import json
import sys
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import srcgrad

FOLDER = Path(__file__).parent / "refusals"
MESSAGES = FOLDER / "messages.json"


def programs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("refused_programs", FOLDER / "programs.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["refused_programs"] = module
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        spec.loader.exec_module(module)
    return module


PROGRAMS = programs()
NAMES = [
    n
    for n, f in vars(PROGRAMS).items()
    if inspect.isfunction(f) and f.__module__ == PROGRAMS.__name__ and n not in PROGRAMS.SKIPPED
]


def refusal(f: Any, argument: Any) -> str:
    """The message of the refusal, with the path of the file left out."""
    try:
        result = srcgrad.grad(f)(argument)
    except srcgrad.SrcgradError as e:
        return str(e).replace(str(FOLDER / "programs.py"), "programs.py")
    return f"not refused: {result!r}"


def found() -> dict[str, str]:
    messages = {n: refusal(getattr(PROGRAMS, n), PROGRAMS.INPUTS.get(n, 1.5)) for n in NAMES}
    messages.update({n: refusal(PROGRAMS.plain, a) for n, a in PROGRAMS.ARGUMENTS.items()})
    return messages


EXPECTED: dict[str, str] = json.loads(MESSAGES.read_text(encoding="utf-8")) if MESSAGES.exists() else {}


@pytest.mark.parametrize("name", NAMES)
def test_program_is_refused(name: str) -> None:
    message = refusal(getattr(PROGRAMS, name), PROGRAMS.INPUTS.get(name, 1.5))
    assert message == EXPECTED[name]
    assert not message.startswith("not refused")


@pytest.mark.parametrize("name", list(PROGRAMS.ARGUMENTS))
def test_argument_is_refused(name: str) -> None:
    message = refusal(PROGRAMS.plain, PROGRAMS.ARGUMENTS[name])
    assert message == EXPECTED[name]
    assert not message.startswith("not refused")


def test_there_are_enough_of_them() -> None:
    assert len(EXPECTED) >= 40
    assert EXPECTED.keys() == {*NAMES, *PROGRAMS.ARGUMENTS}


if __name__ == "__main__":
    MESSAGES.write_text(json.dumps(found(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
