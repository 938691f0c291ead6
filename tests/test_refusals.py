"""Every program that must be refused, with its whole message.

To accept new messages after reading them: `python -m tests.test_refusals`.
"""

from __future__ import annotations

import inspect
import json
import os
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import srcgrad
from tests.loading import load as load_file
from tests.pending import PENDING

FOLDER = Path(__file__).parent / "refusals"
MESSAGES = FOLDER / "messages.json"


def programs(name: str) -> ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_file(FOLDER / f"{name}.py", f"refused_{name}")


def defined(module: ModuleType) -> dict[str, tuple[Any, Any]]:
    """The programs of a file with their arguments."""
    usual = getattr(module, "USUAL", 1.5)
    return {
        n: (f, module.INPUTS.get(n, usual))
        for n, f in vars(module).items()
        if inspect.isfunction(f) and f.__module__ == module.__name__ and n not in module.SKIPPED
    }


PROGRAMS = programs("programs")
FILES = [p.stem for p in sorted(FOLDER.glob("*.py")) if p.stem not in PENDING]
MODULES = [programs(file) if file != "programs" else PROGRAMS for file in FILES]
REFUSED = {name: found for module in MODULES for name, found in defined(module).items()}


def refusal(f: Any, argument: Any) -> str:
    """The message of the refusal, with the path of the file left out."""
    try:
        result = srcgrad.grad(f)(argument)
    except srcgrad.SrcgradError as e:
        return str(e).replace(f"{FOLDER}{os.sep}", "")
    return f"not refused: {result!r}"


def found() -> dict[str, str]:
    messages = {n: refusal(f, a) for n, (f, a) in REFUSED.items()}
    messages.update({n: refusal(PROGRAMS.plain, a) for n, a in PROGRAMS.ARGUMENTS.items()})
    return messages


EXPECTED: dict[str, str] = json.loads(MESSAGES.read_text(encoding="utf-8")) if MESSAGES.exists() else {}


@pytest.mark.parametrize("name", REFUSED)
def test_program_is_refused(name: str) -> None:
    message = refusal(*REFUSED[name])
    assert message == EXPECTED[name]
    assert not message.startswith("not refused")


@pytest.mark.parametrize("name", list(PROGRAMS.ARGUMENTS))
def test_argument_is_refused(name: str) -> None:
    message = refusal(PROGRAMS.plain, PROGRAMS.ARGUMENTS[name])
    assert message == EXPECTED[name]
    assert not message.startswith("not refused")


def test_there_are_enough_of_them() -> None:
    assert len(EXPECTED) >= 120
    assert len(REFUSED) == sum(len(defined(module)) for module in MODULES), "two programs have the same name"
    assert EXPECTED.keys() == {*REFUSED, *PROGRAMS.ARGUMENTS}


if __name__ == "__main__":
    MESSAGES.write_text(json.dumps(found(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
