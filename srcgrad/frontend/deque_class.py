"""`collections.deque` in Python, for the deques that objects hold or functions hand on: they are objects of this class.

    self.log = deque(maxlen=3)         self.log = record(held=[], maxlen=3)
    self.log.append(v)           ->    append(self.log, v)

A deque with one name in one function is a list there instead (`stand_in_types`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any


class deque:
    """What it does, on a list; methods that nobody differentiates through are left out, and refused where called."""

    def __init__(self, iterable: Iterable[Any] = (), maxlen: int | None = None) -> None:
        self.held = list(iterable)
        self.maxlen = maxlen
        if maxlen is not None and len(self.held) > maxlen:
            self.held = self.held[len(self.held) - maxlen :]

    def append(self, value: Any) -> None:
        self.held.append(value)
        if self.maxlen is not None and len(self.held) > self.maxlen:
            self.held.pop(0)

    def appendleft(self, value: Any) -> None:
        self.held.insert(0, value)
        if self.maxlen is not None and len(self.held) > self.maxlen:
            self.held.pop()

    def extend(self, values: Iterable[Any]) -> None:
        for value in list(values):
            self.append(value)

    def extendleft(self, values: Iterable[Any]) -> None:
        for value in list(values):
            self.appendleft(value)

    def pop(self) -> Any:
        return self.held.pop()

    def popleft(self) -> Any:
        return self.held.pop(0)

    def clear(self) -> None:
        self.held = []

    def rotate(self, n: int = 1) -> None:
        for _ in range(n % len(self.held) if self.held else 0):
            self.held.insert(0, self.held.pop())

    def reverse(self) -> None:
        self.held.reverse()

    def index(self, value: Any) -> int:
        return self.held.index(value)

    def count(self, value: Any) -> int:
        return self.held.count(value)

    def remove(self, value: Any) -> None:
        self.held.remove(value)

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, deque) and self.held == other.held

    def __copy__(self) -> deque:
        return self.copy()

    def __len__(self) -> int:
        return len(self.held)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.held)

    def __reversed__(self) -> Any:
        return self.held[::-1]

    def copy(self) -> deque:
        return deque(self.held, self.maxlen)

    def __iadd__(self, values: Iterable[Any]) -> deque:
        self.extend(values)
        return self

    def __getitem__(self, index: int) -> Any:
        return self.held[index]

    def __setitem__(self, index: int, value: Any) -> None:
        self.held[index] = value
