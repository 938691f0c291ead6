"""Memory of the user's modules that a program may change: put back where a program is run a second time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from .pipeline import Module


@contextmanager
def kept_as_they_are() -> Iterator[Callable[[Module], None]]:
    """Given a module that is to run inside, puts back what it changes in lists, dicts and arrays of the user."""
    kept: list[tuple[Any, Any]] = []

    def keep(module: Module) -> None:
        for (_, name), (scope, chain) in module.values.items():
            if name in module.changed or chain[0] in module.changed:
                value = scope.object(chain)
                if isinstance(value, list | dict | set | np.ndarray):
                    kept.append((value, value.copy()))

    try:
        yield keep
    finally:
        for value, was in kept:
            put_back(value, was)


def put_back(value: Any, was: Any) -> None:
    if isinstance(value, np.ndarray):
        if value.flags.writeable:
            value[...] = was
    elif isinstance(value, list):
        value[:] = was
    else:
        value.clear()
        value.update(was)
