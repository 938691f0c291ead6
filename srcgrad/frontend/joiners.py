"""`np.r_[a, b]` and `np.c_[a, b]`: objects that join what stands in their brackets, as operations with a rule."""

from __future__ import annotations

from typing import Any

import numpy as np

from .bindings import Value

JOINERS = {"numpy.r_": np.r_, "numpy.c_": np.c_}
GET = ".__getitem__"


def joined_by(scope: Any, chain: tuple[str, ...] | None) -> str | None:
    """The operation that brackets after a dotted name are: "numpy.r_.__getitem__"; None after any other name."""
    if chain is None or not hasattr(scope, "binding"):
        return None
    found = scope.binding(chain)
    if isinstance(found, Value):
        for name, joiner in JOINERS.items():
            if found.value is joiner:
                return name + GET
    return None


def is_joiner(op: str) -> bool:
    return op.endswith(GET) and op[: -len(GET)] in JOINERS
