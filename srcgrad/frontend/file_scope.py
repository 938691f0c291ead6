"""The top level of a module, from its text alone."""

from __future__ import annotations

import ast
import builtins
import importlib
from functools import cached_property
from types import ModuleType
from typing import Any

from ..rules.declare import HOMES, SOLVERS
from ..syntax import nodes_of, parsed
from .bindings import LIBRARIES, MISSING, Binding, Chain, Library, UserFunction, Value, classify, root_package
from .library_objects import library_object
from .module_arrays import array_of
from .star_imports import Star, last_line, starred, stars_of
from .tables import Table, is_changed, other_uses, table
from .vectorized import of_call

UNKNOWN = ast.Name("unknown")


def bound_by(target: ast.expr, value: ast.expr) -> list[tuple[str, ast.expr]]:
    """The names that an assignment binds, with the expressions they are bound to; UNKNOWN where that is not written."""
    match target, value:
        case ast.Name(name), _:
            return [(name, value)]
        case ast.Tuple(targets) | ast.List(targets), ast.Tuple(values) | ast.List(values) if (
            len(targets) == len(values) and not any(isinstance(e, ast.Starred) for e in (*targets, *values))
        ):
            return [pair for t, v in zip(targets, values, strict=True) for pair in bound_by(t, v)]
    return [(n, UNKNOWN) for n in stored_names(target)]


def stored_names(node: ast.AST) -> list[str]:
    """Names that a statement of the top level binds, apart from what it defines or imports."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
        return []
    own = [node.id] if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else []
    return own + [n for child in ast.iter_child_nodes(node) for n in stored_names(child)]


class FileScope:
    """The top level of a module, from its text alone.

    Libraries are imported to learn which function an alias names; the user's own modules never are.
    """

    def __init__(self, tree: ast.Module, path: str, module_name: str, find_module: Any = None) -> None:
        self.tree, self.path, self.module_name, self.find_module = tree, path, module_name, find_module
        self.reading: set[str] = set()
        self.classes: dict[str, Any] = {}
        self.given: dict[str, Binding] = {}

    @cached_property
    def imports(self) -> dict[str, str]:
        """Local name -> dotted name of what is imported, with leading dots for relative imports."""
        found: dict[str, str] = {}
        for node in nodes_of(self.tree):
            if isinstance(node, ast.Import):
                for a in node.names:
                    found[a.asname or a.name.partition(".")[0]] = a.name if a.asname else a.name.partition(".")[0]
            elif isinstance(node, ast.ImportFrom):
                for a in node.names:
                    self.import_from("." * node.level + (node.module or ""), a, found)
        return found

    @staticmethod
    def import_from(module: str, a: ast.alias, found: dict[str, str]) -> None:
        if a.name == "*":
            if root_package(module) in LIBRARIES:
                library = importlib.import_module(module)
                names = getattr(library, "__all__", None) or [n for n in vars(library) if not n.startswith("_")]
                found.update({n: f"{module}.{n}" for n in names})
        else:
            found[a.asname or a.name] = f"{module}.{a.name}"

    @cached_property
    def definitions(self) -> dict[str, ast.AST]:
        """Functions, classes and assigned values of the top level; the last one of a name counts."""
        found: dict[str, ast.AST] = {}
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                found[node.name] = node
            elif isinstance(node, ast.Assign):
                found.update({n: v for t in node.targets for n, v in bound_by(t, node.value)})
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
                found[node.target.id] = node.value
            else:  # bound in a loop, a branch, a `with`, or by an operator: to what, only running it tells
                found.update({n: UNKNOWN for n in stored_names(node)})
        return found

    @cached_property
    def stars(self) -> list[Star]:
        return stars_of(self)

    @cached_property
    def helpers(self) -> dict[str, Any]:
        """Functions of this file that are helpers of srcgrad, copied into it: they are known by what they are."""
        from .. import runtime
        from ..emit.standalone import helper_texts

        texts = helper_texts()
        nodes = {n: d for n, d in self.definitions.items() if n in texts and isinstance(d, ast.FunctionDef)}
        same = [n for n, d in nodes.items() if ast.dump(parsed(texts[n]).body[0]) == ast.dump(d)]
        return {n: getattr(runtime, n) for n in same if hasattr(runtime, n)}

    def binding(self, chain: Chain) -> Binding | None:
        root, rest = chain[0], chain[1:]
        if not rest and root in self.given:
            return self.given[root]
        star = starred(self, root) if self.stars else None
        if star is not None and star[1] > last_line(self.tree, root):
            return self.imported(star[0], rest)
        if not rest and root in self.definitions and root in self.helpers:
            return classify(self.helpers[root], f"srcgrad.runtime.{root}")
        if root in self.definitions:
            return self.defined(root, rest)
        if root in self.imports:
            return self.imported(self.imports[root], rest)
        value = getattr(builtins, root, MISSING)
        for name in rest:
            value = getattr(value, name, MISSING)
        return None if value is MISSING else classify(value, ".".join(("builtins", *chain)))

    def defined(self, name: str, rest: Chain) -> Any:
        node = self.definitions[name]
        full = ".".join((self.module_name, name, *rest))
        if full in HOMES and full not in SOLVERS:
            return Library(full, has_a_rule)
        if isinstance(node, ast.ClassDef):
            methods = {n.name for n in node.body if isinstance(n, ast.FunctionDef)}
            found = self.method(name, node, rest)
            if found is not None:
                return UserFunction(found)
            if len(rest) == 1 and rest[0] in methods:
                return UserFunction((self.path, f"{name}.{rest[0]}"))
        if isinstance(node, ast.ClassDef | ast.Call):
            value = self.class_named(name, node, rest[1:])
            if value is not MISSING:
                from .file_classes import constant_of

                return Value(value if not rest else constant_of(value, rest[0]))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not rest:
            return UserFunction((self.path, name))
        if isinstance(node, ast.Lambda) and not rest:
            return UserFunction((self.path, name))
        if isinstance(node, ast.Call) and not rest and (made := of_call(node, self.operation, self.function)):
            return UserFunction(made)
        if not rest and (found := table(name, self.tree, node, self.path, self.binding)):
            return found
        if isinstance(node, ast.Call) and not rest:
            return Value(array_of(node, self.operation))
        if isinstance(node, ast.Dict | ast.List | ast.Set) and is_changed(name, self.tree):
            return Value(MISSING)
        try:
            return Value(ast.literal_eval(node)) if not rest else Value(MISSING)  # type: ignore[arg-type]
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            return Value(MISSING)

    def method(self, name: str, node: ast.AST, rest: Chain) -> Any:
        """The handle of a method that a class of the file has itself or inherits."""
        from .file_classes import function_of

        cls = self.class_named(name, node, ()) if len(rest) == 1 else MISSING
        return function_of(cls, rest[0]) if isinstance(cls, type) else None

    def class_named(self, name: str, node: ast.AST, rest: Chain) -> Any:
        """A stand-in for a class of the file; MISSING where its text does not tell, and for constants of a class."""
        from .file_classes import stand_in

        if rest or name in self.reading:  # a class that is among its own bases
            return MISSING
        if name in self.classes:
            return self.classes[name]
        first = not self.reading
        self.reading.add(name)
        made = stand_in(node, self)
        self.reading.discard(name)
        found = made if made is not None else MISSING
        if first:  # nothing was left out because it was being read already
            self.classes[name] = found
        return found

    def function(self, name: str) -> Any:
        """The handle of a function of the file."""
        found = self.binding((name,)) if name in self.definitions else None
        return found.handle if isinstance(found, UserFunction) else None

    def imported(self, dotted: str, rest: Chain) -> Binding:
        full = ".".join((dotted, *rest))
        if root_package(full) in LIBRARIES:
            value = library_object(full)
            return classify(value, full) if value is not MISSING else Value(MISSING)
        found = self.find_module(dotted, rest) if self.find_module else None
        if isinstance(found, Table) and other_uses(full.rpartition(".")[2], self.tree):
            return Value(MISSING)
        return found if found is not None else Value(MISSING)

    def operation(self, chain: Chain) -> str | None:
        found = self.binding(chain)
        return found.name if isinstance(found, Library) and not isinstance(found.value, ModuleType) else None

    def is_module(self, chain: Chain) -> bool:
        found = self.binding(chain)
        return isinstance(found, Library) and isinstance(found.value, ModuleType)


def has_a_rule(*args: Any) -> Any:
    """Stands for a function of a file that is not imported, for which a rule is declared."""
    raise NotImplementedError("only the file that defines this function can run it")
