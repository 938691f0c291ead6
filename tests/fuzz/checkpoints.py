"""The programs over arrays, with few states kept of their loops."""

from __future__ import annotations

import re

from . import arrays


def program(seed: int) -> str:
    """The program of the seed, with every loop that nothing breaks off checkpointed, and more steps in each."""
    return with_checkpoints(arrays.program(seed), seed)


def with_checkpoints(text: str, seed: int, broken: bool = False) -> str:
    rows = text.splitlines()
    for n, row in enumerate(rows):
        depth = len(row) - len(row.lstrip())
        body = [r for r in rows[n + 1 :] if r.strip()]
        length = next((k for k, r in enumerate(body) if len(r) - len(r.lstrip()) <= depth), len(body))
        if broken or not any(r.strip() == "break" for r in body[:length]):
            rows[n] = marked(row, 1 + (seed + n) % 3)
    return "from srcgrad import checkpoint\n" + "\n".join(rows) + "\n"


def marked(row: str, snapshots: int) -> str:
    """The head of a loop, checkpointed; any other row as it is."""
    row = re.sub(r"in range\((\d)\):", lambda m: f"in checkpoint(range({int(m[1]) + 2}), {snapshots}):", row)
    return re.sub(r"while (\w+) < 2:", rf"while checkpoint(\1 < 4, snapshots={snapshots}):", row)
