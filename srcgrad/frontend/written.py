"""Text that srcgrad has written for a function of a file, and reads again: it is in no file.

It stands beside the file it is written for, so that its imports find the same modules.  What another module takes from
it is copied into that (`included`).
"""

from __future__ import annotations

import os
from itertools import count

from .bindings import Binding
from .file_scope import FileScope
from .scope import WithImports
from .text import WRITTEN, ModuleText

_numbers = count(1)
GIVEN: dict[str, dict[str, Binding]] = {}  # what names of such a text mean, where its imports do not say
OF_USER: set[str] = set()  # such texts that say what the user's own code does
REACHED: dict[tuple[str, str], str] = {}  # how what stands below decorators is reached when the program runs


def write(
    beside: str, name: str, text: str, given: dict[str, Binding] | None = None, of_user: bool = False
) -> tuple[str, str]:
    """The handle of a function of a text that belongs to a file; `of_user`: it is code like any other there."""
    path = os.path.join(os.path.dirname(os.path.abspath(beside)), f"<srcgrad {name} {next(_numbers)}>")
    WRITTEN[path] = ModuleText(path, text)
    GIVEN[path] = given or {}
    if of_user:
        OF_USER.add(path)
    return path, name


def file_of(scope: object) -> FileScope | None:
    """The scope of the file that a function stands in, or was written for; None for a live one."""
    while isinstance(scope, WithImports):
        scope = scope.scope
    return scope if isinstance(scope, FileScope) else None


def is_written(scope: object) -> bool:
    found = file_of(scope)
    return found is not None and found.path in WRITTEN
