"""A sample of all constructs in all places; `python -m tests.contexts` runs the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contexts import module_of, outcome, programs

SAMPLE = dict(list(programs().items())[::59])


@pytest.mark.parametrize("name", SAMPLE)
def test_right_or_refused(name: str, tmp_path: Path) -> None:
    found = outcome(getattr(module_of({name: SAMPLE[name]}, tmp_path), name))
    assert found == "right" or found.startswith("refused") and found != "refused SG390"


def test_few_are_refused(tmp_path: Path) -> None:
    module = module_of(SAMPLE, tmp_path)
    refused = [name for name in SAMPLE if outcome(getattr(module, name)) != "right"]
    assert len(refused) < 0.12 * len(SAMPLE), refused
