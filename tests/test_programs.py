"""Every program of the corpus, in both modes, in memory and from a file; one in eight without the optimiser, too.

`SRCGRAD_CORPUS=all` takes all without it, which needs some minutes more.

The value is bit-equal, arguments stay untouched, derivatives agree with differences, and the two modes agree in the
dot-product identity <d_out, t_out> = <d_x, t_x>.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import srcgrad
from tests import refused as known
from tests.checking import derivatives, from_files, runs
from tests.pending import PENDING

FOLDER = Path(__file__).parent / "programs"
HELPERS = {"case", "helpers", "run_emitted"}
GROUPS = sorted(p.stem for p in FOLDER.glob("*.py") if p.stem not in HELPERS and p.stem not in PENDING)
CASES = [(group, c) for group in GROUPS for c in importlib.import_module(group).CASES]
IDS = [f"{group}-{n}-{c.name}" for n, (group, c) in enumerate(CASES)]


# programs that are refused, with the code of the refusal: right or refused, nothing between
REFUSED = {
    "called_a_round_later": "SG303",
    "chosen_at_run_time": "SG305",
    "remade_from_its_own_value": "SG303",
}
# from a file, where an argument without annotation may be anything
REFUSED_FROM_FILES = {
    "uses_global_object": "SG301",
    "uses_objects": "SG303",
    "default_function": "SG303",
}


@pytest.mark.parametrize(("group", "c", "optimise"), runs(CASES, IDS))
def test_in_memory(group: str, c: Any, optimise: bool) -> None:
    code = {**REFUSED, **known.in_memory(group)}.get(getattr(c.function, "__qualname__", ""))
    with np.errstate(all="ignore"):
        if code is not None:
            with pytest.raises(srcgrad.SrcgradError) as refused:
                derivatives(c, optimise)
            assert refused.value.code == code
            assert refused.value.lineno or refused.value.code.startswith("SG4")  # of an argument, not a line
            return
        derivatives(c, optimise)


@pytest.mark.parametrize("group", [g for g in GROUPS if any(c.file for own, c in CASES if own == g)])
def test_from_a_file(group: str, tmp_path: Path) -> None:
    """The emitted modules of a group, in a process where srcgrad cannot be imported."""
    problems = from_files(FOLDER / f"{group}.py", tmp_path, {**REFUSED, **REFUSED_FROM_FILES, **known.from_file(group)})
    assert not problems, "\n".join(problems)


def test_the_corpus_is_large_enough() -> None:
    assert len({c.function for _, c in CASES}) >= 150
