"""Functions that a block calls and that read, from outside of themselves, what the tape watches.

    def model(x):                                     def tape_block(w, x):
        return x @ w                                      def model(x):
                                          ->                  return x @ w
    with GradientTape() as tape:                          y = model(x)
        tape.watch(w)                                     return y
        y = model(x)

Their definitions become a part of the block's function, so that they read its `w`, and not that of the module.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any

from .diagnostics import SrcgradError
from .frontend.blocks import Line, names_in
from .frontend.locate import find_source
from .recorded import Recorded
from .structures import MISSING


@dataclass(frozen=True)
class Carried:
    """A function under the name by which it is called, and its text."""

    name: str
    function: FunctionType
    source: Any

    def lines(self, margin: str) -> list[Line] | None:
        """The definition at another margin; None where a string in it would change with that."""
        span, first = self.source.span, self.source.line(self.source.span.line)
        own = first[: len(first) - len(first.lstrip())]
        if own != margin and has_long_strings(self.source.tree):
            return None
        found = []
        for number in range(span.line, span.end_line + 1):
            text = self.source.line(number)
            found.append(Line(margin + text.removeprefix(own) if text.strip() else "", number, len(margin) - len(own)))
        return found


def has_long_strings(tree: Any) -> bool:
    docstrings = {id(n.body[0].value) for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)
                  and isinstance(n.body[0], ast.Expr)}  # fmt: skip
    return any(is_long_string(n) for n in ast.walk(tree) if id(n) not in docstrings)


def is_long_string(node: Any) -> bool:
    text = isinstance(node, ast.JoinedStr) or isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    return text and node.lineno != node.end_lineno


def carried(block: Recorded, hot: frozenset[str]) -> list[Carried]:
    """The functions in reach of a block that read one of the names `hot`, callees first."""
    reading = {n for s in block.body for n in names_in(s)}
    found: dict[str, Carried | None] = {}
    for name in sorted(reading):
        visit(block, name, hot, found)
    return [c for c in found.values() if c is not None]


def visit(block: Recorded, name: str, hot: frozenset[str], found: dict[str, Carried | None]) -> bool:
    """Whether the function of a name has to be carried; it and those that it calls are added to `found`."""
    if name in found:
        return found[name] is not None
    f = block.constants.get(name, block.global_names.get(name, MISSING))
    if not isinstance(f, FunctionType) or not at_home(f, block) or f.__name__ != name:
        return False
    found[name] = None
    names = set(outer_names(f.__code__))
    inner = [n for n in sorted(names) if visit(block, n, hot, found)]
    if not inner and not (names & hot):
        return False
    try:
        source = find_source(f)
    except SrcgradError:
        return False
    found.pop(name)
    found[name] = Carried(name, f, source)  # behind those that it calls
    return True


def at_home(f: FunctionType, block: Recorded) -> bool:
    """Whether the names that a function reads are those of the block: of the same module and function."""
    inside = f.__qualname__.startswith(f"{block.code.co_qualname}.<locals>.")
    return f.__globals__ is block.global_names and (not f.__closure__ or inside)


def outer_names(code: CodeType) -> Iterator[str]:
    """Names that a function may take from outside; attributes, too, which does no harm."""
    yield from code.co_names
    yield from code.co_freevars
    for c in code.co_consts:
        if isinstance(c, CodeType):
            yield from outer_names(c)


def captured(functions: list[Carried], known: set[str]) -> dict[str, Any]:
    """What carried functions take from the function around them, apart from what is known by name."""
    found: dict[str, Any] = {}
    for c in functions:
        for name, cell in zip(c.function.__code__.co_freevars, c.function.__closure__ or (), strict=True):
            if name not in known and name not in (x.name for x in functions):
                found[name] = cell.cell_contents
    return found
