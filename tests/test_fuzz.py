"""A few random programs of each kind; `python -m tests.fuzz` runs as many as one likes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.fuzz.campaign import PROGRAMS, is_good, load, outcome
from tests.fuzz.ways import WAYS

FOUND = {  # seeds that were wrong once
    "arrays": (0, 18, 44, 65, 66, 75, 85, 123, 281, 388, 635, 696, 717, 934),
    "callees": (16, 20, 83, 176, 234),
    "checkpoints": (2, 44, 130, 131, 136, 273, 360, 376),
    "classes": (8,),
    "containers": (4, 8, 17, 23, 38, 201, 216, 249),
    "flow": (67,),
    "flowing": (),
    "links": (),
    "lists": (0, 4, 17),
    "numbers": (125, 300, 424, 2155),
    "objects": (40, 73, 119, 310, 317),
    "parts": (6, 7, 16),
    "shapes": (),
    "shared": (23, 44),
    "slots": (12, 35, 747, 764, 2306, 2381, 2719, 4156, 5166, 5184, 930227),
    "states": (43,),
    "views": (27, 69, 82, 101),
}
FEWER = dict.fromkeys(("classes", "links", "flow", "states", "objects", "flowing", "shapes"), 1002)  # slow


FOUND_ELSEWHERE = [  # wrong once where they are emitted to files, or derived twice
    ("arrays", 40024, "second"), ("callees", 40014, "second"), ("flowing", 43023, "second"),
    ("parts", 40002, "files"), ("parts", 40044, "files"),
    ("arrays", 1, "files"), ("lists", 1, "files"), ("views", 1, "second"), ("flow", 1, "second"),
]  # fmt: skip
SEEDS = [(k, s) for k in PROGRAMS for s in (*FOUND[k], *range(1000, FEWER.get(k, 1004)))]


@pytest.mark.parametrize(("kind", "seed"), SEEDS)
def test_a_random_program_is_right_or_refused(kind: str, seed: int, tmp_path: Path) -> None:
    with np.errstate(all="ignore"):
        result = outcome(load(kind, seed, tmp_path).f, seed)
    assert is_good(result), result


@pytest.mark.parametrize(("kind", "seed", "way"), FOUND_ELSEWHERE)
def test_a_random_program_from_a_file_and_at_second_order(kind: str, seed: int, way: str, tmp_path: Path) -> None:
    with np.errstate(all="ignore"):
        result = WAYS[way](load(kind, seed, tmp_path), seed)
    assert is_good(result), result


@pytest.mark.parametrize("kind", PROGRAMS)
def test_programs_are_the_same_every_time_and_many_are_differentiated(kind: str, tmp_path: Path) -> None:
    assert PROGRAMS[kind](7) == PROGRAMS[kind](7) != PROGRAMS[kind](8)
    with np.errstate(all="ignore"):
        results = [outcome(load(kind, seed, tmp_path).f, seed) for seed in range(2 if kind in FEWER else 5)]
    assert results.count("right") >= 0.4 * len(results), results
