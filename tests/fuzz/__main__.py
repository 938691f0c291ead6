"""Run a campaign, or show one program: see `tests.fuzz.campaign`."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np

import srcgrad

from .campaign import PROGRAMS, is_good, load, outcome


def main(kind: str, first: int, last: int | None) -> None:
    np.seterr(all="ignore")
    with tempfile.TemporaryDirectory() as folder:
        if last is None:
            print(PROGRAMS[kind](first))
            f = load(kind, first, Path(folder)).f
            print(outcome(f, first))
            print(srcgrad.source(srcgrad.vjp(f, np.ones(3), np.ones(3), 0.7)[1]))
            return
        counts: Counter[str] = Counter()
        for seed in range(first, last):
            try:
                result = outcome(load(kind, seed, Path(folder)).f, seed)
            except Exception as e:
                result = f"{type(e).__name__}: {str(e)[:80]}"
            counts[result] += 1
            if not is_good(result):
                print(seed, result, flush=True)
        print(dict(counts))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else None)
