"""What a user asks for, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """`mode`: "reverse" or "forward".  `optimise`: names shared and dead adjoints removed."""

    mode: str = "reverse"
    optimise: bool = True
    use_runtime: bool = False
