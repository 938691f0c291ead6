"""What a name that a function does not bind itself means: a library operation, a user function, a value.

Two kinds of scope answer the same questions: one looks at live objects (decorators), the other, in `file_scope`, at the
text of a module alone (command line), so that a file can be differentiated without being imported.
"""

from __future__ import annotations

import builtins
from types import ModuleType
from typing import Any

import numpy as np

from .bindings import (
    LIBRARIES,
    MISSING,
    Binding,
    Chain,
    Library,
    Value,
    classify,
    distribution_name,
    root_package,
)  # fmt: skip
from .file_scope import FileScope
from .library_objects import library_object
from .lookups import note


class Namespace:
    """A stand-in for a module, in emitted code."""


class ObjectScope:
    """The globals and closure of a live function.

    `fixed` are the functions and classes that names were found to mean; an emission holds while they do.
    """

    def __init__(self, global_names: dict[str, Any], cells: dict[str, Any], module_name: str = "") -> None:
        self.globals, self.cells, self.module_name = global_names, cells, module_name
        self.fixed: dict[str, Any] = {}

    def object(self, chain: Chain) -> Any:
        """The object a dotted name stands for, walking through modules and classes only; MISSING if there is none."""
        value = self.root(chain[0])
        for name in chain[1:]:
            if not isinstance(value, ModuleType | type | Namespace):
                value = getattr(value, name, MISSING) if distribution_name(value) else MISSING
                return value if distribution_name(value) else MISSING
            if not is_of_library(value):
                note(value, name)
            value = getattr(value, name, MISSING)
        return value

    def root(self, name: str) -> Any:
        if name in self.cells:
            try:
                return self.cells[name].cell_contents
            except ValueError:  # not bound yet
                return MISSING
        if name in self.globals:
            return self.globals[name]
        return getattr(builtins, name, MISSING)

    def binding(self, chain: Chain) -> Binding | None:
        value = self.object(chain)
        if value is MISSING:
            return None
        found = classify(value, self.written(chain))
        if not isinstance(found, Value):
            self.fixed[chain[0]] = self.root(chain[0])
        return found

    def written(self, chain: Chain) -> str:
        root = self.root(chain[0])
        if isinstance(root, ModuleType):
            return ".".join((root.__name__, *chain[1:]))
        return ".".join(("builtins", *chain) if root is getattr(builtins, chain[0], MISSING) else chain)

    def operation(self, chain: Chain) -> str | None:
        found = self.binding(chain)
        return found.name if isinstance(found, Library) and not isinstance(found.value, ModuleType) else None

    def is_module(self, chain: Chain) -> bool:
        return isinstance(self.object(chain), ModuleType)


def is_of_library(owner: Any) -> bool:
    """Whether a module or class is that of a library."""
    home = owner.__name__ if isinstance(owner, ModuleType) else getattr(owner, "__module__", "")
    return root_package(home) in LIBRARIES


class WithImports:
    """A scope with the imports made inside a function on top."""

    def __init__(self, scope: Any, imports: dict[str, str]) -> None:
        self.scope, self.imports = scope, imports
        self.module_name = getattr(scope, "module_name", "")

    def binding(self, chain: Chain) -> Binding | None:
        if chain[0] in self.imports:
            full, base = ".".join((self.imports[chain[0]], *chain[1:])), self.scope
            while isinstance(base, WithImports):
                base = base.scope
            if root_package(full) not in LIBRARIES and isinstance(base, FileScope):
                return base.imported(full, ())
            value = library_object(full)
            return classify(value, full) if value is not MISSING else Value(MISSING)
        found: Binding | None = self.scope.binding(chain)
        return found

    def object(self, chain: Chain) -> Any:
        return self.scope.object(chain)

    def operation(self, chain: Chain) -> str | None:
        found = self.binding(chain)
        return found.name if isinstance(found, Library) and not isinstance(found.value, ModuleType) else None

    def is_module(self, chain: Chain) -> bool:
        found = self.binding(chain)
        return isinstance(found, Library | Value) and isinstance(found.value, ModuleType)


def is_of_file(scope: Any) -> bool:
    """Whether the names are those of a file that is not run: what they stand for may be something else when it is."""
    while isinstance(scope, WithImports):
        scope = scope.scope
    return isinstance(scope, FileScope)


def ufunc_method(scope: Any, chain: Chain) -> str | None:
    """The operation that a method of a ufunc is: `np.add.reduce` is numpy.add.reduce."""
    if len(chain) < 2 or chain[-1] not in ("reduce", "accumulate", "reduceat", "outer"):
        return None
    found = scope.binding(chain[:-1])
    if isinstance(found, Library) and isinstance(found.value, np.ufunc):
        return f"{found.name}.{chain[-1]}"
    return None


class RuleScope:
    """The scope of rule templates: np, math, the built-ins, the helpers of `srcgrad.runtime`, and `names`."""

    def __init__(self, helpers: dict[str, Any], names: tuple[tuple[str, str], ...] = ()) -> None:
        self.helpers, self.names = helpers, dict(names)

    def operation(self, chain: Chain) -> str | None:
        if self.names and ".".join(chain) in self.names:
            return self.names[".".join(chain)]
        if chain[0] == "np":
            return ".".join(("numpy", *chain[1:]))
        if chain[0] in ("math", "scipy"):
            return ".".join(chain)
        if chain[0] in self.helpers:
            return f"srcgrad.runtime.{chain[0]}"
        return f"builtins.{chain[0]}" if hasattr(builtins, chain[0]) else None

    def is_module(self, chain: Chain) -> bool:
        return chain[0] in ("np", "math") or chain[:1] == ("scipy",) and len(chain) <= 2

    def binding(self, chain: Chain) -> Binding | None:
        op = self.operation(chain)
        return Library(op, library_object(op)) if op else None
