"""The module of emitted functions as text: its imports, and the values of the user's modules that it reads."""

from __future__ import annotations

import builtins
import json
import keyword
import re
import symtable
from dataclasses import replace
from functools import lru_cache
from types import ModuleType
from typing import Any

from .emit.module import Imports
from .frontend.bindings import Library, UserFunction, Value, is_helper
from .frontend.scope import ObjectScope, WithImports
from .ir import nodes as ir
from .ir.program import Function
from .ir.walk import reads, substitute
from .rules.declare import HOMES


def with_default(p: ir.Param, holders: Holders, scope: Any, values: Any) -> ir.Param:
    """A default that names values of the user's module reads them there.

    One that names a local of the function around it is out of reach: in memory, the function's own object replaces it.
    """
    if p.default is None or isinstance(p.default, ir.Const):
        return p
    swaps: dict[str, ir.Expr] = {}
    for n in reads(p.default):
        found = scope.binding((n,))
        if found is None and isinstance(scope, ObjectScope):
            return replace(p, default=ir.Const(None))
        if not isinstance(found, Library):
            alias = holders.alias(scope)
            values[alias, n] = (scope, (n,))
            swaps[n] = ir.Attribute(ir.Name(alias), n)
    return replace(p, default=substitute(p.default, swaps))


class Holders:
    """The modules whose values emitted functions read, each under a name that clashes with nothing."""

    def __init__(self, imports: Imports) -> None:
        self.imports = imports
        self.aliases: dict[int, tuple[str, str]] = {}

    @property
    def used(self) -> set[str]:
        return {alias for alias, _ in self.aliases.values()}

    def alias(self, scope: Any) -> str:
        plain = isinstance(scope, ObjectScope) and not scope.cells  # all of a module's functions read the same
        key = id(scope.globals) if plain else id(scope)
        if key not in self.aliases:
            module = str(getattr(scope, "module_name", "") or "user")
            name = re.sub(r"^(?=\d)|\W", "_", module.rpartition(".")[2].strip("_")) or "user"
            while name in self.imports.taken or name in self.imports.aliases or name in self.used:
                name += "_module" if not name.endswith("_") else "_"
            self.aliases[key] = (name, module)
            self.imports.taken.add(name)
        return self.aliases[key][0]

    def lines(self) -> list[str]:
        lines = [self.line(alias, module) for alias, module in sorted(self.aliases.values())]
        return sorted(lines, key=lambda line: not line.startswith("import "))

    def line(self, alias: str, module: str) -> str:
        """The import of a module; one whose name is not Python's (`my model.py`) is imported by a call."""
        if not all(part.isidentifier() and not keyword.iskeyword(part) for part in module.split(".")):
            return f"{alias} = {self.imports.module('importlib')}.import_module({json.dumps(module)})"
        return f"import {module}" if alias == module else f"import {module} as {alias}"

    def injected(self) -> tuple[tuple[str, str], ...]:
        """(name, the line that imports it), for running in memory, where the values are given directly."""
        return tuple((alias, self.line(alias, module)) for alias, module in self.aliases.values())


@lru_cache(maxsize=64)
def outside(text: str) -> frozenset[str]:
    """Names that the text of a function takes from its module."""
    found: set[str] = set()
    tables = [symtable.symtable(text, "<emitted>", "exec")]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        if table.get_type() == "function":
            found |= {s.get_name() for s in table.get_symbols() if s.is_global()}
    return frozenset(found)


def user_names(function: Function) -> frozenset[str]:
    """Names that the user's own text takes from its module, or imports inside the function or one around it."""
    names, scope = outside(function.source.parsed_text) | function.source.borrowed, function.scope
    while isinstance(scope, WithImports):
        names |= scope.imports.keys()
        scope = scope.scope
    return frozenset(names)


def reserve(imports: Imports, function: Function) -> None:
    """What the user's own text calls something stays the name of that, and of nothing the emitted code adds."""
    for n in sorted(user_names(function)):
        match function.scope.binding((n,)):
            case Library(name, _) if name in (f"builtins.{n}", f"srcgrad.runtime.{n}"):
                pass
            case UserFunction(handle) if is_helper(handle) and handle.__name__ == n:
                pass
            case Library(name, _):
                imports.alias(n, name)
                imports.hidden.add(n)
            case None:
                pass
            case _:
                imports.taken.add(n)
                imports.hidden.add(n)


def note_names(
    names: list[str], own: frozenset[str], known: frozenset[str], scope: Any, imports: Imports
) -> list[str]:
    """Note the imports that names stand for; returns those that are values of the user's module.

    `own` are names that the user's text reads, `known` those that are there where the emitted text is read.
    """
    wanted = []
    for n in names:
        found = scope.binding((n,)) if n in own else None
        match found:
            case UserFunction(handle) if is_helper(handle) and handle.__name__ == n:
                imports.helpers.add(n)
            case Library(name, value) if is_helper(value) and name == f"srcgrad.runtime.{n}":
                imports.helpers.add(n)
            case Library(name, _) if name in HOMES or n in imports.ambiguous:
                wanted.append(n)
            case Library(name, _) if name == f"builtins.{n}":
                continue
            case Value(value) if value is getattr(builtins, n, found):  # Ellipsis
                continue
            case Library(name, _):
                imports.aliases[n] = name
                imports.used[n] = name
            case Value(ModuleType(__name__=name)) if name in HOMES.values():  # of functions that have a rule
                imports.aliases[n] = name
                imports.used[n] = name
            case None:
                if n in ("np", "math"):  # a constant in a rule: np.pi
                    imports.module({"np": "numpy"}.get(n, n))
                else:
                    there = own | known | imports.used.keys()
                    assert n in there or hasattr(builtins, n), f"`{n}`, which is read, is bound somewhere"
            case _:
                wanted.append(n)
    return wanted
