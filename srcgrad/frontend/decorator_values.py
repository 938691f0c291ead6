"""Values of a decorator that are the same in every call: as expressions in names of its module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..syntax import parsed_expression
from .bindings import Library
from .decorators import dotted
from .tables import is_changed

PURE = ("math.", "numpy.", "inspect.signature", "logging.getLogger", "builtins.")
IMPURE = ("numpy.random", "builtins.next", "builtins.iter", "builtins.open", "builtins.print", "builtins.input")


class Unclear(Exception):
    """Why the text does not tell what a decorator makes."""


@dataclass(frozen=True)
class Undecorated:
    """The function that stands below the decorators, or what those below have made of it: a (file, name) pair."""

    handle: Any
    name: str
    parameters: ast.arguments


@dataclass(frozen=True)
class Text:
    """A value that is worked out anew wherever it is read, by names of the module of `scope`."""

    node: ast.expr
    scope: Any


@dataclass(frozen=True)
class State:
    """A value that lasts from one call to the next."""

    name: str


def text(e: ast.expr, env: dict[str, Any], scope: Any) -> Text:
    """An expression without effect that means the same in every call, in terms of the names of the module."""
    for node in ast.walk(e):
        match node:
            case ast.Call(func) if not is_pure(name_of(func, scope)):
                raise Unclear("it calls what may differ from call to call")
            case ast.NamedExpr() | ast.Yield() | ast.Await() | ast.Lambda() | ast.ListComp() | ast.GeneratorExp():
                raise Unclear("it is worked out in a way that is not followed")
            case ast.Name(name) if name not in env and not is_steady(name, scope):
                raise Unclear(f"`{name}` is bound more than once")
    if len({id(s) for s in scopes_of(e, env, scope)}) > 1:
        raise Unclear("it takes names of two modules")
    inserted = Inserted(env, scope)
    return Text(inserted.visit(copy(e)), inserted.scope)


def scopes_of(e: ast.expr, env: dict[str, Any], scope: Any) -> Iterator[Any]:
    """The modules whose names an expression reads."""
    for node in ast.walk(e):
        if isinstance(node, ast.Name) and node.id not in env:
            yield scope
        elif isinstance(node, ast.Name) and isinstance(found := env[node.id], Text):
            yield from (found.scope for n in ast.walk(found.node) if isinstance(n, ast.Name))


def is_pure(name: str) -> bool:
    return name.startswith(PURE) and not name.startswith(IMPURE)


def is_steady(name: str, scope: Any) -> bool:
    """Whether a name of a module means the same when the decorator is applied and when the function is called."""
    stores = [n for n in ast.walk(scope.tree) if isinstance(n, ast.Name) and n.id == name and is_store(n)]
    written = any(isinstance(n, ast.Global) and name in n.names for n in ast.walk(scope.tree))
    return len(stores) <= 1 and not written and not is_changed(name, scope.tree)


def is_store(n: ast.Name) -> bool:
    return not isinstance(n.ctx, ast.Load)


def copy(e: Any) -> Any:
    return parsed_expression(ast.unparse(e))


class Inserted(ast.NodeTransformer):
    """Names of a decorator replaced by what they stand for."""

    def __init__(self, env: dict[str, Any], scope: Any) -> None:
        self.env, self.scope = env, scope

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        match node.value:
            case ast.Name(name) if isinstance(self.env.get(name), Undecorated) and node.attr in (
                "__name__", "__qualname__",
            ):  # fmt: skip
                return ast.Constant(self.env[name].name)
        node.value = self.visit(node.value)
        return node

    def visit_Name(self, node: ast.Name) -> ast.expr:
        found = self.env.get(node.id)
        if node.id not in self.env:
            return node
        if not isinstance(found, Text):
            raise Unclear(f"`{node.id}` is used as a value")
        if any(isinstance(n, ast.Name) for n in ast.walk(found.node)):
            self.scope = found.scope
        return found.node


def name_of(e: ast.expr, scope: Any) -> str:
    chain = dotted(e)
    found = scope.binding(tuple(chain)) if chain is not None else None
    return found.name if isinstance(found, Library) else ""
