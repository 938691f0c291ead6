"""Functions of texts that srcgrad has written for a file, as part of the module that calls them.

    def jacobian_balance(x, a, b):        the text of the function as it is, with all that it calls
        ...
"""

from __future__ import annotations

import ast
from typing import Any

from .diagnostics import refuse
from .emit.module import Imports
from .frontend.bindings import UserFunction
from .frontend.file_scope import FileScope
from .frontend.locate_file import UNDECORATED
from .frontend.text import WRITTEN
from .frontend.written import REACHED, file_of, is_written
from .program import module_name
from .writing import note_names, outside


class Included:
    """What an emitted module takes from such texts: definitions and imports, each under its own name."""

    def __init__(self, imports: Imports, source: Any) -> None:
        self.imports, self.source = imports, source
        self.found: dict[str, tuple[str, str]] = {}  # by name: where it is from, and the text
        self.lines: dict[str, str] = {}

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.found.values()]

    def take(self, scope: Any, name: str) -> bool:
        """Have a name mean here what it means in a text that was written; False in other scopes."""
        if not is_written(scope):
            return False
        own = file_of(scope)
        assert own is not None
        given = own.given.get(name)
        if isinstance(given, UserFunction):
            path, function = given.handle
            if function.endswith(f".{UNDECORATED}") or path in WRITTEN and function != name:
                self.reach(name, given.handle)
            elif path in WRITTEN:
                self.define(FileScope(WRITTEN[path].tree, path, own.module_name, own.find_module), name)
            else:
                last = f" as {name}" if name != function else ""
                self.note(name, f"from {module_name(path)} import {function}{last}")
        elif name in own.definitions:
            self.define(own, name)
        else:
            dotted = own.imports[name]
            home, _, last = dotted.rpartition(".")
            whole = any(isinstance(n, ast.Import) and name in bound(n) for n in ast.walk(own.tree))
            line = f"import {dotted}" if whole else f"from {home} import {last}"
            self.note(name, line + (f" as {name}" if name != (dotted if whole else last) else ""))
        return True

    def reach(self, name: str, handle: tuple[str, str]) -> None:
        """What stands below the decorators of a function."""
        way = REACHED.get(handle)
        if way is None:
            shown = handle[1].removesuffix(f".{UNDECORATED}")
            refuse(
                "SG103", f"what stands below the decorators of `{shown}` has no name in its module",
                self.source.span, self.source, "Decorate with functools.wraps, or take the decorators off.",
            )  # fmt: skip
        owner = way.partition(".")[0]
        self.note(owner, f"from {module_name(handle[0])} import {owner}")
        self.note(name, f"{name} = {way}")

    def note(self, name: str, line: str) -> None:
        if self.lines.setdefault(name, line) != line:
            self.clash(name)

    def define(self, own: Any, name: str) -> None:
        text = ast.get_source_segment(WRITTEN[own.path].text, own.definitions[name])
        assert text is not None
        if name in self.found:
            if self.found[name][1] != text:
                self.clash(name)
            return
        self.found[name] = (own.path, text)  # before what it calls, which may call it
        names = sorted(n for n in outside(text) if n != name)
        for n in note_names(names, frozenset(names), frozenset(), own, self.imports):
            self.take(own, n)
        self.found[name] = self.found.pop(name)  # after what it calls

    def clash(self, name: str) -> None:
        refuse(
            "SG390", f"what is written for this function has two meanings of `{name}`", self.source.span, self.source,
            "Take the derivative in memory, with srcgrad.grad.",
        )  # fmt: skip

    def check(self, taken: set[str]) -> None:
        """The names that are copied into a module must not mean anything else there."""
        for name in {*self.found, *self.lines}:
            if name in taken or name in self.found and name in self.lines:
                self.clash(name)


def bound(node: ast.Import) -> list[str]:
    return [a.asname or a.name for a in node.names]
