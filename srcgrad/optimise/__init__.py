"""Passes over emitted functions; each keeps the values of all that is returned, bit for bit but for signs of zeros."""

from __future__ import annotations

from typing import Any

from .appended import without_zeros
from .copied import with_copies
from .dead import without_dead
from .popped import with_pops


def optimised(f: Any) -> Any:
    """The function after all passes."""
    return with_pops(without_zeros(with_copies(without_dead(f))))
