"""Run a campaign, or show one program: see `tests.fuzz.campaign` and `tests.fuzz.ways`."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np

import srcgrad

from .campaign import PROGRAMS, is_good, load
from .ways import WAYS


def main(kind: str, first: int, last: int | None, way: str = "memory") -> None:
    np.seterr(all="ignore")
    with tempfile.TemporaryDirectory() as folder:
        if last is None:
            print(PROGRAMS[kind](first))
            module = load(kind, first, Path(folder))
            print(WAYS[way](module, first))
            print(srcgrad.source(srcgrad.vjp(module.f, np.ones(3), np.ones(3), 0.7)[1]))
            return
        counts: Counter[str] = Counter()
        for seed in range(first, last):
            try:
                result = WAYS[way](load(kind, seed, Path(folder)), seed)
            except Exception as e:
                result = f"{type(e).__name__}: {str(e)[:80]}"
            counts[result] += 1
            if not is_good(result):
                print(seed, result, flush=True)
        print(dict(counts))


if __name__ == "__main__":
    seeds = [int(word) for word in sys.argv[2:4]]
    main(sys.argv[1], seeds[0], seeds[1] if len(seeds) > 1 else None, *sys.argv[4:5])
