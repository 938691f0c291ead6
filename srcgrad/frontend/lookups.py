"""Where functions were found, so that an emission can tell whether they are still found there.

A name in a module, an attribute of a class: the place is the dict that has it.  Dicts that were asked before, and did
not have it, are places too: what is put there later hides what was found.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from .bindings import MISSING

Places = dict[tuple[int, str], tuple[Mapping[str, Any], str, Any]]


class _Noting(threading.local):
    def __init__(self) -> None:
        self.places: list[Places] = []


_noting = _Noting()


@contextmanager
def noting(places: Places) -> Iterator[None]:
    """Note what this thread looks up in classes in the meantime."""
    _noting.places.append(places)
    try:
        yield
    finally:
        _noting.places.pop()


def note(owner: Any, name: str) -> None:
    """A name was looked up in a module, a class or an object, and what is there matters if it is a function."""
    if not _noting.places:
        return
    asked = owner.__mro__ if isinstance(owner, type) else (owner, *type(owner).__mro__)
    found: Places = {}
    for place in (p for p in asked if hasattr(p, "__dict__")):
        value = vars(place).get(name, MISSING)
        found[id(place), name] = (vars(place), name, value)
        if value is not MISSING:
            if is_function(value):
                _noting.places[-1].update(found)
            return


def is_function(value: Any) -> bool:
    return callable(value) or isinstance(value, staticmethod | classmethod | property)
