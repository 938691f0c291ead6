"""What the reverse sweep still has to read at a point of the forward sweep: names, bindings, memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .rebinding import NONE, Names

BINDING = "&"  # "&x": what x is bound to is needed, not its contents
MEMORY = "@"  # "@x": the contents of what x is bound to are needed, under some other reference to it


@dataclass
class Flow:
    """Names required and names certainly bound at a point; `live` is False where control never arrives."""

    required: Names
    bound: Names
    live: bool = True


def meet(flows: Iterable[Flow]) -> Flow:
    arriving = [f for f in flows if f.live]
    if not arriving:
        return Flow(NONE, NONE, False)
    bound = frozenset.intersection(*(f.bound for f in arriving))
    return Flow(frozenset().union(*(f.required for f in arriving)), bound)


def is_needed(name: str, required: Names) -> bool:
    """Whether what a name is bound to must be kept."""
    return name in required or BINDING + name in required


def only_bindings(names: Names) -> Names:
    return frozenset(BINDING + n for n in names)
