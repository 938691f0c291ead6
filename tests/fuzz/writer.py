"""Random programs, written line by line; each seed gives the same program every time."""

from __future__ import annotations

import random
from collections.abc import Callable


class Writer:
    """Grows blocks of statements out of `statements`: pairs of a weight and a function that gives the lines of one."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.statements: list[tuple[float, Callable[[int], list[str]]]] = []

    def simple(self, depth: int) -> list[str]:
        """What stands where nothing nests any deeper."""
        raise NotImplementedError

    def test(self) -> str:
        """The head of a branch."""
        raise NotImplementedError

    def pick(self, *choices: str) -> str:
        return self.random.choice(choices)

    def number(self, low: int, high: int) -> int:
        return self.random.randint(low, high)

    def block(self, depth: int, low: int, high: int) -> list[str]:
        weights = [w for w, _ in self.statements]
        found: list[str] = []
        for _ in range(self.number(low, high)):
            (_, make), = self.random.choices(self.statements, weights)
            found += make(depth)
        return found

    def inside(self, depth: int, low: int, high: int) -> list[str]:
        return ["    " + row for row in self.block(depth + 1, low, high)]

    def loop(self, depth: int) -> list[str]:
        if depth > 1:
            return self.simple(depth)
        return [f"for k{depth} in range({self.number(1, 3)}):", *self.inside(depth, 1, 3)]

    def branch(self, depth: int) -> list[str]:
        if depth > 1:
            return self.simple(depth)
        rows = [self.test(), *self.inside(depth, 1, 2)]
        return [*rows, "else:", *self.inside(depth, 1, 2)] if self.random.random() < 0.5 else rows
