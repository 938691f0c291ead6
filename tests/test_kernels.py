"""Kernels as scientists write them, none adapted: both modes, from memory and from a file; some not optimised, too.

`SRCGRAD_CORPUS=all` takes all without the optimiser.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import srcgrad
from tests import refused
from tests.checking import derivatives, from_files, runs
from tests.pending import PENDING

FOLDER = Path(__file__).parent / "kernels"
FILES = sorted(FOLDER.glob("*.py"))
ENABLED = [p for p in FILES if p.stem not in PENDING]
CASES = [(p.stem, c) for p in ENABLED for c in importlib.import_module(p.stem).CASES]
IDS = [f"{group}-{n}-{c.name}" for n, (group, c) in enumerate(CASES)]


@pytest.mark.parametrize(("group", "c", "optimise"), runs(CASES, IDS))
def test_in_memory(group: str, c: Any, optimise: bool) -> None:
    code = refused.in_memory(group).get(c.function.__name__)
    with np.errstate(all="ignore"):
        if code is None:
            derivatives(c, optimise)
            return
        with pytest.raises(srcgrad.SrcgradError) as caught:
            derivatives(c, optimise)
        assert caught.value.code == code


@pytest.mark.parametrize("path", ENABLED, ids=lambda p: p.stem)
def test_from_a_file(path: Path, tmp_path: Path) -> None:
    """The emitted modules of an area, in a process where srcgrad cannot be imported."""
    problems = from_files(path, tmp_path, refused.from_file(path.stem))
    assert not problems, "\n".join(problems)


def test_there_are_enough_of_them() -> None:
    functions = {c.function for p in FILES for c in importlib.import_module(p.stem).CASES}
    assert len(functions) >= 65
