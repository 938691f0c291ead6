"""What the names in a user's declaration stand for: the function a rule is for, and those its formulas call."""

from __future__ import annotations

import ast
import builtins
import difflib
import importlib
import sys
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

from ..syntax import parsed_expression
from .pattern import SHORT_NAMES
from .well_formed import Malformed

MISSING = object()


class Found(NamedTuple):
    """A function by the name rules know it by; `home` is the module it is read from, "" in a library."""

    op: str
    value: Any
    home: str


def find_function(written: str, frame: Any) -> Found:
    """The function a rule is declared for, from how its signature spells it."""
    if written.startswith("ndarray."):
        return Found(written, None, "")
    parts = written.split(".")
    value = object_in(parts, frame.f_globals)
    if value is MISSING:
        if parts[0] in frame.f_locals:
            raise Malformed(
                f"`{written}` is local to a function", "Declare rules for functions at the top level of a module."
            )
        raise Malformed(f"there is no `{written}` here", hint_for(written, frame))
    if not callable(value) or isinstance(value, ModuleType):
        raise Malformed(f"`{written}` is a {type(value).__name__}, which cannot be called", "Name a function.")
    return named(value, written, frame.f_globals)


def named(value: Any, written: str, scope: dict[str, Any]) -> Found:
    """A function under its full name."""
    from ..frontend.bindings import LIBRARIES, qualified_name, root_package
    from ..frontend.library_objects import library_object
    from .declare import OBJECTS

    if id(value) in OBJECTS:
        op = OBJECTS[id(value)][1]
        from .declare import HOMES

        return Found(op, value, HOMES[op])
    full = full_name(written, scope)
    op = qualified_name(value, full) or ""
    if root_package(op) in LIBRARIES and library_object(op) is value:
        return Found(op, value, "")
    home, path = str(getattr(value, "__module__", "") or ""), str(getattr(value, "__qualname__", ""))
    if attribute_of(sys.modules.get(home), path.split(".")) is not value:
        home, path = split_module(full, scope)
    owner = attribute_of(sys.modules.get(home), path.split(".")[:-1])
    if isinstance(owner, type) or isinstance(value, type):
        raise Malformed(
            f"`{written}` belongs to a class" if isinstance(owner, type) else f"`{written}` is a class",
            "A rule is for a function; write one that does the work, and call it.",
        )
    return Found(f"{home}.{path}", value, home)


def full_name(written: str, scope: dict[str, Any]) -> str:
    """The dotted name from the module on that the first part of `written` stands for."""
    root, dot, rest = written.partition(".")
    value = scope.get(root, MISSING)
    if isinstance(value, ModuleType):
        return value.__name__ + dot + rest
    if value is not MISSING:
        return f"{scope.get('__name__', '__main__')}.{written}"
    return f"builtins.{written}" if hasattr(builtins, root) else SHORT_NAMES.get(root, root) + dot + rest


def split_module(full: str, scope: dict[str, Any]) -> tuple[str, str]:
    """The longest part that is a loaded module, and the rest."""
    parts = full.split(".")
    for n in range(len(parts) - 1, 0, -1):
        if ".".join(parts[:n]) in sys.modules:
            return ".".join(parts[:n]), ".".join(parts[n:])
    return str(scope.get("__name__")), full


def object_in(parts: list[str], scope: dict[str, Any]) -> Any:
    """What a dotted name means in a module: a global, a module by its full name, a built-in."""
    root = parts[0]
    if root in scope:
        return attribute_of(scope[root], parts[1:])
    if hasattr(builtins, root):
        return attribute_of(getattr(builtins, root), parts[1:])
    from ..frontend.bindings import LIBRARIES

    full = [*SHORT_NAMES.get(root, root).split("."), *parts[1:]]
    for n in range(len(full), 0, -1):
        module = sys.modules.get(".".join(full[:n]))
        if module is None and full[0] in LIBRARIES:
            try:
                module = importlib.import_module(".".join(full[:n]))
            except ImportError:
                continue
        if module is not None:
            return attribute_of(module, full[n:])
    return MISSING


def attribute_of(value: Any, path: list[str]) -> Any:
    for name in path:
        value = getattr(value, name, MISSING)
    return value if value is not None else MISSING


def hint_for(written: str, frame: Any) -> str:
    root, dot, rest = written.rpartition(".")
    owner = object_in(root.split("."), frame.f_globals) if root else MISSING
    names = dir(owner) if owner is not MISSING else [] if root else list(frame.f_globals)
    near = difflib.get_close_matches(rest, names, 2)
    hint = f"Did you mean {', '.join(root + dot + n for n in near)}? " if near else ""
    return hint + "Import or define it before the rule is declared."


class Names:
    """The names a formula may use: the arguments, what `let` and a template define, and what the module knows."""

    def __init__(self, frame: Any, parameters: frozenset[str]) -> None:
        self.scope, self.known = frame.f_globals, set(parameters)
        self.operations: dict[str, str] = {}

    def used(self) -> tuple[tuple[str, str], ...]:
        """The operations that the dotted names of the formulas stand for."""
        return tuple(sorted(self.operations.items()))

    def operation(self, chain: list[str]) -> bool:
        """Note the function that a dotted name stands for; False if it stands for none."""
        written = ".".join(chain)
        value = self.value(chain)
        if value is MISSING or not callable(value) or isinstance(value, ModuleType):
            return False
        helper = helper_name(value)
        self.operations[written] = helper or self.found(value, written)
        return True

    def found(self, value: Any, written: str) -> str:
        from .declare import HOMES

        found = named(value, written, self.scope)
        if found.home:
            HOMES.setdefault(found.op, found.home)
        return found.op

    def value(self, chain: list[str]) -> Any:
        from .. import runtime

        root = {"np": "numpy", "math": "math"}.get(chain[0])
        if root is not None and chain[0] not in self.scope:
            return attribute_of(importlib.import_module(root), chain[1:])
        value = object_in(chain, self.scope)
        if value is MISSING and len(chain) == 1:
            return getattr(runtime, chain[0], MISSING)
        return value

    def number(self, node: ast.AST) -> ast.expr | None:
        """A number of the module, by its value."""
        chain = dotted(node)
        value = self.value(chain) if chain else MISSING
        if type(value) not in (int, float, complex, bool) or value != value:
            return None
        return parsed_expression(f"({value!r})".replace("inf", "1e999"))


def helper_name(value: Any) -> str | None:
    """The helpers of srcgrad.runtime may be called like any function."""
    module = getattr(value, "__module__", "") or ""
    if isinstance(value, FunctionType) and module.startswith("srcgrad.runtime."):
        return f"srcgrad.runtime.{value.__name__}"
    return None


def dotted(node: ast.AST) -> list[str]:
    """The names of `a.b.c`; empty for anything else."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    return [node.id, *reversed(names)] if isinstance(node, ast.Name) else []
