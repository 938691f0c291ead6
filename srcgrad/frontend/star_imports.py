"""`from module import *` of the user's own modules, in files that are not run: which names it binds, and to what.

A module gives the names that its `__all__` lists, or else all that have no leading underscore, its own star imports
included.  Of what is bound here as well, the later one counts.
"""

from __future__ import annotations

import ast
from typing import Any

from ..syntax import nodes_of
from .bindings import LIBRARIES, root_package

Star = tuple[str, int, Any]  # the dotted name of a module, the line that imports it, its scope
EVERYTHING = "*"


def stars_of(scope: Any) -> list[Star]:
    """The modules of the user that a file imports everything from, in order."""
    found = []
    for node in nodes_of(scope.tree):
        if isinstance(node, ast.ImportFrom) and node.names[0].name == EVERYTHING and node.module:
            dotted = "." * node.level + node.module
            if root_package(dotted) not in LIBRARIES and scope.find_module is not None:
                found.append((dotted, node.lineno, scope.find_module(f"{dotted}.{EVERYTHING}", ())))
    return found


def starred(scope: Any, name: str) -> tuple[str, int] | None:
    """The dotted name that a star import binds `name` to, and the line that does; None where none does."""
    for dotted, line, home in reversed(scope.stars):
        if home is not None and gives(home, name, ()):
            return f"{dotted}.{name}", line
    return None


def gives(home: Any, name: str, reading: tuple[str, ...]) -> bool:
    """Whether everything of a module includes this name."""
    if home.path in reading:
        return False
    listed = home.definitions.get("__all__")
    if listed is not None:
        try:
            return name in ast.literal_eval(listed)
        except (ValueError, TypeError):
            return bound(home, name, reading)
    return not name.startswith("_") and bound(home, name, reading)


def bound(home: Any, name: str, reading: tuple[str, ...]) -> bool:
    if name in home.definitions or name in home.imports:
        return True
    within = (*reading, home.path)
    return any(inner is not None and gives(inner, name, within) for _, _, inner in home.stars)


def last_line(tree: ast.Module, name: str) -> int:
    """The last line at which the top level of a module binds a name itself; 0 where it does not."""
    lines = [0]
    for node in tree.body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names = [node.name]
            case ast.Import() | ast.ImportFrom():
                names = [a.asname or a.name.partition(".")[0] for a in node.names]
            case _:
                names = [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
        lines += [node.lineno] if name in names else []
    return max(lines)
