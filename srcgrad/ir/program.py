"""A function as the passes see it: parameters, body, and the scope its free names are looked up in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .nodes import Block, Param

GRADIENT_OF_BLOCK = "srcgrad.tape.gradient_of_block"  # of a tape inside a function that is differentiated


@dataclass(frozen=True, eq=False)
class Function:
    """A user's function in IR.

    `captures` are the names it takes from enclosing functions; `scope` answers what any other free
    name means (`frontend.scope`).  `yields`: a generator function, as one that returns the list of its items.
    `made`: by srcgrad, and of use only where it is called.
    Compared by identity: two functions are never the same by accident.
    """

    name: str
    qualname: str
    params: tuple[Param, ...]
    body: Block
    locals: frozenset[str]
    captures: tuple[str, ...]
    scope: Any
    source: Any
    docstring: str | None = None
    returns: str | None = None
    yields: bool = False
    made: bool = False

    @property
    def param_names(self) -> tuple[str, ...]:
        return tuple(p.name for p in self.params)
