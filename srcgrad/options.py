"""What a user asks for, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """`mode`: "reverse" or "forward".  `optimise`: dead adjoints removed.  `check`: the IR is
    checked between passes."""

    mode: str = "reverse"
    optimise: bool = True
    use_runtime: bool = False
    check: bool = False
