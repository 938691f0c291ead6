"""Passes over emitted functions; each keeps the values, bit for bit, of everything that is returned."""

from __future__ import annotations

from typing import Any

from .copied import with_copies
from .dead import without_dead
from .popped import with_pops


def optimised(f: Any) -> Any:
    """The function after all passes."""
    return with_pops(with_copies(without_dead(f)))
