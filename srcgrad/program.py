"""The program around a function: the functions it calls are found and read when the analysis meets them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import CellType, CodeType, FunctionType
from typing import Any

from .analysis.callers import Callers
from .analysis.constructors import Constructors
from .analysis.dispatch import Dispatch
from .analysis.iterated import with_items
from .analysis.owners import with_owner
from .diagnostics import Collector, Diagnostic, SrcgradError
from .equations import solver_of_file
from .frontend.bindings import EMITTED, MISSING, Value, is_derivative
from .frontend.classes import Class
from .frontend.decorated import without_decorators
from .frontend.file_scope import FileScope
from .frontend.live_defaults import with_live_defaults
from .frontend.locate import locate, locate_file
from .frontend.locate_file import UNDECORATED
from .frontend.located import Located
from .frontend.lookups import Places
from .frontend.prepare import Prepared, prepare
from .frontend.read import WHERE, read_function
from .frontend.scope import ObjectScope
from .frontend.star_imports import EVERYTHING
from .frontend.text import WRITTEN
from .frontend.written import GIVEN, OF_USER
from .ir.nodes import Assign, Block, Call, Stmt
from .ir.program import Function
from .ir.rewrite import map_statement
from .ir.walk import map_children, statement_expressions, statements, subexpressions
from .rules.declare import SOLVERS


@dataclass(frozen=True, eq=False)
class ReliedOn:
    """Functions with their code and defaults, and places of names with the function or class that was there."""

    functions: tuple[tuple[FunctionType, CodeType, Any, Any], ...] = ()
    names: tuple[tuple[Mapping[str, Any], str, Any], ...] = ()
    cells: tuple[tuple[CellType, Any], ...] = ()

    def holds(self) -> bool:
        """Whether nobody has bound a name to another function since, or reloaded one in place."""
        for f, code, defaults, keywords in self.functions:
            if f.__code__ is not code or f.__defaults__ is not defaults or f.__kwdefaults__ is not keywords:
                return False
        for namespace, name, value in self.names:
            if namespace.get(name, MISSING) is not value:
                return False
        for cell, value in self.cells:
            if cell.cell_contents is not value:
                return False
        return True

    def and_on(self, other: ReliedOn) -> ReliedOn:
        return ReliedOn(self.functions + other.functions, self.names + other.names, self.cells + other.cells)


HELD = "srcgrad.runtime.held"
STOP, STOPPED = "srcgrad.api.stop_gradient", "srcgrad.runtime.stopped"


class Program:
    """Reads functions once each; refusals of all of them end up in one collector."""

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet  # without what a user sees
        self.collector = Collector()
        self.of_kinds: list[Diagnostic] = []  # what was refused of the kinds that are being looked for
        self.functions: dict[Any, tuple[Any, Function | None]] = {}
        self.prepared: dict[int, Prepared] = {}
        self.located: dict[int, Located] = {}
        self.files: dict[str, FileScope] = {}
        self.scopes: list[ObjectScope] = []
        self.constructors = Constructors(self.load)
        self.dispatch = Dispatch(self.load)
        self.tagged: set[Class] = set()  # classes whose objects carry the name of their class
        self.linked: frozenset[Class] = frozenset()  # classes whose objects are linked whatever they hold
        self.unlinked: set[Class] = set()  # other classes that objects are made of
        self.stand_ins: dict[int, tuple[Function, Any]] = {}  # written in Python for a call of a library
        self.solvers: dict[int, Any] = {}  # functions that stand for solvers, with their equations
        self.callers = Callers()
        self.collector.located = self.callers.located
        self.changed: set[str] = set()  # names of the user's modules, of a program that is to be quiet
        self.nested: list[ReliedOn] = []  # what derivatives rely on that the program takes
        self.places: Places = {}  # of functions in modules, classes and objects

    def add(self, located: Located) -> Function:
        function = with_live_defaults(read_function(located, self.scope(located), self.collector), located)
        body = called_by_name(function.body) if SOLVERS else function.body
        if any(a is not b for a, b in zip(body, function.body, strict=True)):
            places = WHERE.get(function, {})
            function = replace(function, body=body)
            WHERE[function] = places
        self.located[id(function)] = located
        return function

    def scope(self, located: Located) -> Any:
        if located.globals is not None:
            self.scopes.append(ObjectScope(located.globals, dict(located.closure), located.module_name or ""))
            return self.scopes[-1]
        return self.file_scope(located)

    def file_scope(self, located: Located) -> FileScope:
        path = located.filename
        if path not in self.files:
            own = path in WRITTEN and path not in OF_USER
            name = f"{EMITTED}.{located.name}" if own else module_name(path)
            find = lambda dotted, rest: find_beside(path, dotted, rest)  # noqa: E731
            self.files[path] = FileScope(located.module_ast, path, name, find)
            self.files[path].given = GIVEN.get(path, {})
        return self.files[path]

    def load(self, handle: Any) -> Function | None:
        """The function behind a live object or a (file, name) pair; None where there is no source for it."""
        key = handle if isinstance(handle, tuple) else id(handle)
        if key not in self.functions:
            self.functions[key] = (handle, self.find(handle))
        return self.functions[key][1]

    def find(self, handle: Any) -> Function | None:
        from .frontend.locate_file import locate_entry

        if is_derivative(handle):
            return None

        try:
            if isinstance(handle, tuple) and (found := self.solver_in_file(handle)) is not None:
                return found
            if isinstance(handle, tuple):
                located = locate_entry(*handle) if "[" in handle[1] else self.in_file(handle)
            else:
                located = locate(handle)
        except SrcgradError as refused:
            if refused.code != "SG101":
                for d in refused.diagnostics:
                    self.collector.diagnostics.append(d)
            return None
        found = self.add(located)
        solver = getattr(located.function, "__srcgrad_solver__", None)
        if solver is not None:
            self.solvers[id(found)] = solver
        return found

    def in_file(self, handle: tuple[str, str]) -> Located:
        """The function of a file as its decorators make it."""
        located = locate_file(":".join(handle), marked=True)
        if handle[1].endswith(f".{UNDECORATED}"):
            return located
        found = without_decorators(located, handle, self.file_scope(located))
        return located if found is handle else locate_file(":".join(found), marked=True)

    def solver_in_file(self, handle: tuple[str, str]) -> Function | None:
        """A solver of a file, for the parameters that it has; None for other functions."""
        if "[" in handle[1]:
            return None
        located = locate_file(":".join(handle), marked=True)
        solver = solver_of_file(located, handle, self.scope(located))
        if solver is None:
            return None
        found = self.add(located)
        self.solvers[id(found)] = solver
        return found

    def relied_on(self) -> ReliedOn:
        """What was read from live objects, so that an emission can tell whether it still holds."""
        functions: list[Any] = [at.function for at in self.located.values() if at.function is not None]
        fixed = [(scope, n) for scope in self.scopes for n in scope.fixed]
        found_in_modules = [(at.globals, n, at.globals.get(n, MISSING)) for at, n in fixed if n not in at.cells]
        found_as_keywords = [(words, n, words[n]) for f in functions if (words := f.__kwdefaults__) for n in words]
        found = ReliedOn(
            tuple((f, f.__code__, f.__defaults__, f.__kwdefaults__) for f in functions),
            (*found_in_modules, *found_as_keywords, *self.places.values()),
            tuple((at.cells[n], at.fixed[n]) for at, n in fixed if n in at.cells),
        )
        for inner in self.nested:
            found = found.and_on(inner)
        return found

    def prepare(self, function: Function) -> Prepared:
        if id(function) not in self.prepared:
            found = prepare(function)
            receiver = self.constructors.receivers.get(id(function))
            body = with_items(with_owner(found.body, function, receiver), function)
            self.prepared[id(function)] = replace(found, body=with_stops(body))
        return self.prepared[id(function)]

    def default_object(self, function: Function, name: str) -> Any:
        """The value a default was evaluated to, once, when the function was defined."""
        located = self.located.get(id(function))
        if located is None or located.function is None:
            return MISSING
        if name in located.kwdefaults:
            return located.kwdefaults[name]
        positional = [p.name for p in function.params if p.kind in ("positional", "positional_only")]
        with_default = positional[len(positional) - len(located.defaults) :]
        return dict(zip(with_default, located.defaults, strict=True)).get(name, MISSING)


def find_beside(path: str, dotted: str, rest: tuple[str, ...]) -> Any:
    """The file of an imported user module, looked for beside the importing one and in the folders above it."""
    level = len(dotted) - len(dotted.lstrip("."))
    parts = [p for p in (*dotted.lstrip(".").split("."), *rest) if p]
    folder = os.path.dirname(os.path.abspath(path))
    for _ in range(max(level - 1, 0)):
        folder = os.path.dirname(folder)
    tries = [folder] if level else [folder, os.path.dirname(folder), os.path.dirname(os.path.dirname(folder))]
    for base in tries:
        for cut in range(len(parts) - 1, 0, -1):
            for candidate in (
                os.path.join(base, *parts[:cut]) + ".py",
                os.path.join(base, *parts[:cut], "__init__.py"),
            ):
                if os.path.isfile(candidate):
                    return beside(candidate, tuple(parts[cut:]))
    return None


def beside(path: str, names: tuple[str, ...]) -> Any:
    """What a name of another module of the user means there."""
    from .frontend.text import read_module

    found = FileScope(read_module(path).tree, path, module_name(path), lambda d, rest: find_beside(path, d, rest))
    if names == (EVERYTHING,):
        return found
    binding = found.binding(names)
    return binding if binding is not None else Value(MISSING)


def module_name(path: str) -> str:
    """The name a file is imported by: dotted, from the topmost package it is in."""
    folder, name = os.path.split(os.path.abspath(path))
    parts = [os.path.splitext(name)[0]]
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, package = os.path.split(folder)
        parts.insert(0, package)
    return ".".join(parts)


def with_stops(block: Block) -> Block:
    """`srcgrad.stop_gradient(x)` as a helper, which is copied into emitted files: they need no srcgrad."""
    if not any(isinstance(x, Call) and x.op == STOP for s in statements(block) for e in statement_expressions(s)
               for x in subexpressions(e)):  # fmt: skip
        return block

    def stopped(e: Any) -> Any:
        e = map_children(stopped, e)
        return replace(e, op=STOPPED) if isinstance(e, Call) and e.op == STOP else e

    return tuple(map_statement(stopped, s) for s in block)


def called_by_name(block: Block) -> Block:
    """In the text of a solver it stands for its value; in what is written for it, for the solver again."""

    def renewed(s: Stmt) -> Stmt:
        match s:
            case Assign(_, (Call(op),)) if s.origin is not None and op in (HELD, *SOLVERS):
                return replace(s, origin=s.origin.edit())
        return s

    return tuple(renewed(s) for s in block)
