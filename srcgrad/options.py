"""What a user asks for, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Options:
    """`mode`: "reverse" or "forward". `optimise`: dead adjoints removed. `check`: the IR is checked between passes.
    `compile`: "numpy", or "numba" where the sweeps are compiled. `parts`: (parameter, keys) where only a part
    of an argument is differentiated. `quiet`: without calls for what a user sees, such as `print`.
    `directions`: tangents are along many directions at once."""

    mode: str = "reverse"
    optimise: bool = True
    use_runtime: bool = False
    check: bool = False
    compile: str = "numpy"
    parts: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    quiet: bool = False
    directions: bool = False
