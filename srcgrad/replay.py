"""A block of statements as a function of the values it began with, differentiated like any other.

The block itself has run as ordinary Python.  Its function computes the target again from copies of those values,
without what a user would see twice: prints, logs, draws that move a generator on.  The value must come out as it
did the first time, bit for bit; else the block depends on more than its source shows, and is refused.
"""

from __future__ import annotations

import inspect
import random
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from types import CellType, SimpleNamespace
from typing import Any

import numpy as np

from .derivative import Emissions, Target
from .diagnostics import diagnose, error
from .frontend.blocks import Line
from .frontend.located import Located
from .frontend.source import Source
from .ir.origin import Span
from .options import Options
from .parts import Part
from .pullbacks import ready_pullback


class BlockSource(Source):
    """The text of the function that a block is made into; its lines are at home in the file of the block."""

    def __init__(self, file: Any, span: Span, lines: list[Line]) -> None:
        super().__init__(file, span)
        self.made = lines
        self.text = "\n".join(line.text for line in lines) + "\n"

    @cached_property
    def is_indented(self) -> bool:
        return False

    def in_file(self, line: int, column: int) -> tuple[int, int]:
        at = self.made[min(max(line, 1), len(self.made)) - 1]
        return at.number, max(column - at.shift, 0)


class BlockTarget(Target):
    """A block as a function.  `constants` are what its names stand for that carries no derivative; `shifts` are the
    parameters that move what the block computes, by the names of that."""

    def __init__(
        self, source: BlockSource, params: list[str], block: Any, constants: dict[str, Any], shifts: dict[str, str]
    ) -> None:
        self.source, self.params, self.shifts = source, params, shifts
        self.global_names, self.constants = block.global_names, constants
        self.emissions: dict[tuple[Part, ...], Emissions] = {}
        self.f = self.callee = SimpleNamespace(__name__=NAME)
        self.find()

    def find(self) -> None:
        self.located = Located(
            source=self.source, name=NAME, qualname=NAME, module_name=self.global_names.get("__name__"),
            globals=self.global_names, closure={n: CellType(v) for n, v in self.constants.items()},
        )  # fmt: skip
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        self.signature = self.full = inspect.Signature([inspect.Parameter(n, kind) for n in self.params])
        self.names = self.free = tuple(self.params)

    def refresh(self) -> None:
        """The text of a block is found again where it is entered again."""

    def with_respect_to(self, parts: tuple[Part, ...]) -> Emissions:
        if parts not in self.emissions:
            names = tuple(dict.fromkeys(p.name for p in parts))
            options = Options("pullback", quiet=True)
            self.emissions[parts] = Emissions(self, names, options, ready_pullback, parts)
        return self.emissions[parts]


NAME = "tape_block"


# ----- generators of random numbers -----


def generators(values: Any) -> list[Any]:
    """The generators among some values."""
    kinds = (np.random.Generator, np.random.RandomState, random.Random)
    found: dict[int, Any] = {}
    for v in values:
        for x in (v, *(vars(v).values() if hasattr(v, "__dict__") and not callable(v) else ())):
            if isinstance(x, kinds):
                found[id(x)] = x
    return list(found.values())


class Draws:
    """The states of generators at some moment: those of numpy and Python, and some objects."""

    def __init__(self, objects: list[Any]) -> None:
        self.objects = [(g, state_of(g)) for g in objects]
        self.numpy, self.python = np.random.get_state(), random.getstate()

    @contextmanager
    def again(self) -> Iterator[None]:
        """What is drawn inside is what was drawn then; afterwards the generators are where they were."""
        now = Draws([g for g, _ in self.objects])
        self.restore()
        try:
            yield
        finally:
            now.restore()

    def restore(self) -> None:
        np.random.set_state(self.numpy)
        random.setstate(self.python)
        for g, state in self.objects:
            set_state(g, state)


def state_of(g: Any) -> Any:
    if isinstance(g, np.random.Generator):
        return g.bit_generator.state
    return g.get_state() if isinstance(g, np.random.RandomState) else g.getstate()


def set_state(g: Any, state: Any) -> None:
    if isinstance(g, np.random.Generator):
        g.bit_generator.state = state
    elif isinstance(g, np.random.RandomState):
        g.set_state(state)
    else:
        g.setstate(state)


# ----- values -----


def same(a: Any, b: Any) -> bool:
    """Whether two values are equal in every bit that counts; nan is nan."""
    if isinstance(a, dict):
        return isinstance(b, dict) and a.keys() == b.keys() and all(same(v, b[n]) for n, v in a.items())
    if isinstance(a, tuple | list):
        return isinstance(b, tuple | list) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, np.ndarray | np.generic | float | complex):
        if not isinstance(b, np.ndarray | np.generic | float | complex):
            return False
        return np.result_type(a) == np.result_type(b) and np.array_equal(a, b, equal_nan=True)
    return a is b or type(a) is type(b) and bool(a == b)


def check_same(found: Any, was: Any, source: Source) -> None:
    if not same(found, was):
        hint = (
            "It draws from a generator, reads a clock, a file or an iterator, or something it reads was changed by a "
            "call. Do that before the block, and let the block read the result."
        )
        message = "the block does not give the same value again, so its derivative is not known"
        raise error(diagnose("SG415", message, source.span, source, hint))
