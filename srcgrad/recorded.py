"""What a tape keeps of its block: the statements, what their names stood for when it began and when it ended.

Arrays, containers and objects are copied at the beginning, since the block, or what comes after it, may change them.
"""

from __future__ import annotations

import ast
import io
import logging
from dataclasses import dataclass, field
from typing import Any

from .diagnostics import SrcgradError, refuse
from .frontend.blocks import names_in, needed, suspended
from .frontend.flattened import Flattened
from .frontend.frames import FrameText, called, entered, span_in, text_of_frame
from .objects import as_records, is_taken_apart
from .replay import Draws, generators
from .runtime import private
from .runtime.records import record
from .structures import MISSING, STATIC, Ref, follow, leaves

MUTED = logging.Logger("srcgrad.muted", logging.CRITICAL + 1)


@dataclass(eq=False)
class Recorded:
    """A block from the moment it is entered."""

    text: FrameText
    node: ast.With
    body: list[ast.stmt]
    code: Any
    global_names: dict[str, Any]
    originals: dict[str, Any] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)
    entry: dict[str, Any] = field(default_factory=dict)
    watched: list[tuple[Any, Ref | None]] = field(default_factory=list)
    exit: dict[str, Any] = field(default_factory=dict)
    taken: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    tapes: set[str] = field(default_factory=set)
    draws: Any = None
    idle: list[ast.stmt] = field(default_factory=list)
    inner: Flattened | None = None
    given: dict[str, str] = field(default_factory=dict)
    failed: bool = False

    def span(self, node: Any = None) -> Any:
        if node is None:  # of a function that asks for gradients there is no `with`
            node = self.node.items[0].context_expr if isinstance(self.node, ast.With) else self.node.body[0]
        return span_in(self.text.file, node)

    def refuse(self, code: str, message: str, node: Any, hint: str) -> Any:
        refuse(code, message, self.span(node), self.text.file, hint)

    # ----- the beginning and the end -----

    def begin(self, frame: Any) -> None:
        """Keep what the names of the block stand for now."""
        self.begin_with(needed(self.body), frame.f_locals)

    def begin_with(self, names: list[str], local: dict[str, Any]) -> None:
        known: dict[str, Any] = {}
        for name in names:
            value = local.get(name, self.global_names.get(name, MISSING))
            if value is MISSING or is_tape(value):
                continue
            if is_static(value):
                if local is not self.global_names and name in local:
                    self.constants[name] = value
            else:
                known[name] = value
        self.originals = known
        self.draws = Draws(generators([*known.values(), *self.global_names.values()]))
        self.entry = copies(known)

    def give(self, values: dict[str, Any]) -> None:
        """Keep values of some names under other names, for the middle of the block."""
        used = {n.id for s in self.body for n in ast.walk(s) if isinstance(n, ast.Name)}
        self.given = {n: fresh_name(f"{n}_given", used) for n in values}
        held = {self.given[n]: v for n, v in values.items()}
        self.constants = {**self.constants, **{n: v for n, v in held.items() if is_static(v)}}
        self.originals = {**self.originals, **{n: v for n, v in held.items() if not is_static(v)}}
        self.entry = {**self.entry, **copies({n: v for n, v in held.items() if not is_static(v)})}

    def end(self, frame: Any) -> None:
        """Keep what the names of the block stand for in the end."""
        local = frame.f_locals
        self.exit = {}
        bound = {n for s in self.body for n in names_in(s, ast.Store)} | set(self.originals)
        for n in bound.union(*(names_in(s) for s in self.body)):
            value = local.get(n, self.global_names.get(n, MISSING))
            if is_tape(value):
                self.tapes.add(n)
            elif value is not MISSING and n in bound:
                self.exit[n] = value

    def is_intermediate(self, name: str) -> bool:
        """Whether the block has bound a name to something else than it began with."""
        return name in self.exit and self.exit[name] is not self.originals.get(name, MISSING)

    def take(self, name: str, frame: Any) -> None:
        """Keep what a name stands for now that the block itself does not read; functions that it calls may."""
        value = frame.f_locals.get(name, self.global_names.get(name, MISSING))
        if name not in self.originals and value is not MISSING and not is_static(value) and not is_tape(value):
            bound = {n for s in self.body for n in names_in(s, ast.Store)}
            if name not in bound:
                began = silent(records(value))
                copy = private(began)
                relink(copy, began)
                self.taken[name] = (value, copy)

    def join(self, names: set[str]) -> None:
        """Count what was only watched as read: by these names, which functions read, and where it is nowhere else.

        A list of floats that was made to be watched holds them a second time.
        """
        for name in sorted(self.taken):
            floats = [v for _, v in leaves(self.taken[name][0], Ref(name)) if isinstance(v, float)]
            if name in names or not any(self.began_at(v) for v in floats):
                self.originals[name], self.entry[name] = self.taken.pop(name)

    # ----- where a value is -----

    def found_at(self, ref: Ref, value: Any) -> bool:
        held = self.exit if ref.name in self.exit else self.originals
        return ref.name in held and follow(held[ref.name], ref.path) is value

    def began_at(self, value: Any) -> list[Ref]:
        """The places where a value was when the block began."""
        return [r for n, v in self.originals.items() for r, leaf in leaves(v, Ref(n)) if leaf is value]

    def ended_at(self, value: Any) -> list[Ref]:
        """The places where a value was when the block ended, those that the block has bound first."""
        names = sorted(self.exit, key=lambda n: not self.is_intermediate(n))
        return [r for n in names for r, leaf in leaves(self.exit[n], Ref(n)) if leaf is value]


def copies(values: dict[str, Any]) -> dict[str, Any]:
    began = {n: silent(records(v)) for n, v in values.items()}
    found: dict[str, Any] = private(began)
    relink(found, began)
    return found


def fresh_name(name: str, used: set[str]) -> str:
    while name in used:
        name += "_"
    return name


def is_tape(value: Any) -> bool:
    return getattr(type(value), "records_a_block", False)


def is_static(value: Any) -> bool:
    return isinstance(value, STATIC) or callable(value) and not is_taken_apart(value)


def records(value: Any) -> Any:
    try:
        return as_records(value)
    except SrcgradError:  # an object that holds itself is read as it is
        return value


def relink(copy: Any, value: Any) -> None:
    """Give copied records the classes of their originals."""
    if type(value) is record:
        vars(copy).update(vars(value))
    if isinstance(value, dict):
        for n, v in value.items():
            relink(copy[n], v)
    elif isinstance(value, tuple | list):
        for c, v in zip(copy, value, strict=True):
            relink(c, v)


def silent(value: Any) -> Any:
    """`value` with a logger that says nothing, and a file that keeps nothing, for those in it."""
    match value:
        case logging.Logger() | logging.LoggerAdapter():
            return MUTED
        case io.TextIOBase():
            return NOWHERE
        case dict():
            changes = {n: s for n, v in value.items() if (s := silent(v)) is not v}
            if changes:
                link = vars(value) if type(value) is record else None
                value = value.copy()
                for n, s in changes.items():
                    value[n] = s
                if link is not None:
                    vars(value).update(link)
    return value


class Nowhere(io.TextIOBase):
    def write(self, text: str) -> int:
        return len(text)


NOWHERE = Nowhere()


# ----- beginnings -----


def recorded(frame: Any) -> Recorded:
    """The block that a frame is entering; refused where its source is not known."""
    text = text_of_frame(frame)
    node = entered(frame, text)
    if node is None:
        hint = "Write `with srcgrad.GradientTape() as tape:` around the block."
        message = "a tape is entered here, but not by a `with` statement of its own"
        where = line_span(text, frame.f_lineno)
        refuse("SG209", message, where, text.file, hint)
    found = Recorded(text, node, node.body, frame.f_code, frame.f_globals)
    stop = suspended(node.body)
    if stop is not None:
        found.refuse("SG203", "the block of a tape is left here, and entered again", stop, "Take it out of the block.")
    found.begin(frame)
    return found


def line_span(text: FrameText, number: int) -> Any:
    from .ir.origin import Span

    line = text.file.line(number)
    return Span(number, len(line) - len(line.lstrip()), number, len(line))


def restarted(old: Recorded, frame: Any) -> Recorded:
    """The rest of a block, after a statement that resets its tape."""
    found = called(frame) if frame.f_code is old.code else None
    at = [n for n, s in enumerate(old.body) if found is not None and isinstance(s, ast.Expr) and s.value is found[1]]
    if not at or at[0] == len(old.body) - 1:
        old.refuse(
            "SG209", "a tape is reset inside a statement of its block, or at its end", found and found[1],
            "Reset it in a statement of the block itself, before others.",
        )  # fmt: skip
    again = Recorded(old.text, old.node, old.body[at[0] + 1 :], old.code, old.global_names)
    again.begin(frame)
    return again
