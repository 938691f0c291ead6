"""The programs over lists, dicts, objects and shared memory, with few states kept of their loops.

Some loops have no step at all, and some are broken off.
"""

from __future__ import annotations

import re

from . import arrays, checkpoints, classes, containers, lists, objects, shared, views

WRITERS = (lists, objects, containers, shared, views, arrays, lists, objects, containers, classes)


def program(seed: int) -> str:
    """The program of the seed; what a test in it counts as one step may be none, or several."""
    text = WRITERS[seed % len(WRITERS)].program(seed)
    marked = checkpoints.with_checkpoints(text, seed, broken=True)
    return marked if seed % 3 else re.sub(r"checkpoint\(range\(3\)", "checkpoint(range(0)", marked)
