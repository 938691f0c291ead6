"""The objects of libraries, by their dotted names."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

from .bindings import LIBRARIES, MISSING, root_package


def library_object(dotted: str) -> Any:
    """The object of a library by its dotted name; imports the library."""
    return library_object_once(dotted) if root_package(dotted) in LIBRARIES else imported_object(dotted)


@cache
def library_object_once(dotted: str) -> Any:
    return imported_object(dotted)


def imported_object(dotted: str) -> Any:
    parts = dotted.split(".")
    if not parts[0]:  # a method
        return MISSING
    for k in range(len(parts), 0, -1):
        try:
            value: Any = importlib.import_module(".".join(parts[:k]))
        except ImportError:
            continue
        for name in parts[k:]:
            value = getattr(value, name, MISSING)
        return value
    return MISSING
