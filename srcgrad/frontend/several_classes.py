"""Objects of several classes under one name: what the classes have in common, and which of them an object is of.

Where the program asks, an object carries the name of its class, as `class_`; that is none of its attributes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..ir.nodes import Field
from .classes import Class, Member

TAG = Field("class_")


@dataclass(frozen=True)
class Tagged:
    """In an object that is written out: it carries the name of its class."""

    of: Class
    name: str


class OneOf(Class):
    """One of several classes, each with a name of its own."""

    fields = None
    obstacle = None
    is_tuple = False

    def __init__(self, classes: tuple[Class, ...]) -> None:
        self.classes = classes
        self.name = "_or_".join(c.name for c in classes)

    @property
    def is_frozen(self) -> bool:
        return any(c.is_frozen for c in self.classes)

    @property
    def slots(self) -> frozenset[str] | None:
        known = [s for c in self.classes if (s := c.slots) is not None]
        return frozenset.intersection(*known) if known else None

    def member(self, name: str, after: Any = None) -> Member | None:
        """What all have in common; a member of the kind of each, or of the kind "mixed", where they differ."""
        found = tuple(c.member(name, after) for c in self.classes)
        first = found[0]
        if all(m is None for m in found):
            return None
        if first is not None and first.kind != "class" and all(m == first for m in found):
            return first
        kinds = {m.kind if m is not None else "none" for m in found}
        return Member(kinds.pop() if len(kinds) == 1 else "mixed", found, differs=True)


def several(a: Class, b: Class) -> OneOf | None:
    """The class of what is of one class or of another; None where their names do not tell them apart."""
    parts = classes_of(a) | classes_of(b)
    if parts not in KNOWN:
        if len({c.name for c in parts}) < len(parts) or not all(is_plain(c) for c in parts):
            return None
        KNOWN[parts] = OneOf(tuple(sorted(parts, key=lambda c: c.name)))
    return KNOWN[parts]


def classes_of(c: Class) -> frozenset[Class]:
    return frozenset(c.classes if isinstance(c, OneOf) else (c,))


def is_plain(c: Class) -> bool:
    return c.obstacle is None and not c.is_tuple and c.member(TAG) is None


KNOWN: dict[frozenset[Class], OneOf] = {}
