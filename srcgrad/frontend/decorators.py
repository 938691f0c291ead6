"""Which decorators leave a function's meaning as it is, decided by what they are and not by how they are spelled."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable
from typing import Any

from ..diagnostics import diagnose, error
from .source import Source

TRANSPARENT = frozenset({
    "builtins.staticmethod", "builtins.classmethod", "builtins.property",
    "functools.lru_cache", "functools.cache", "functools.cached_property", "functools.wraps",
    "abc.abstractmethod",
    "typing.no_type_check", "typing.overload", "typing.final", "typing.override",
    "typing_extensions.overload", "typing_extensions.final", "typing_extensions.override",
    "numba.jit", "numba.njit", "srcgrad.graph.function",
})  # fmt: skip
Resolve = Callable[[ast.expr], str | None]


def check_decorators(source: Source, resolve: Resolve, known: frozenset[str] = TRANSPARENT) -> None:
    """Refuse every decorator that may compute something; what stands above one of srcgrad's own is applied to its
    result, and no concern of the function.
    """
    unknown = []
    for decorator in reversed(getattr(source.tree, "decorator_list", [])):
        name = resolve(decorator.func if isinstance(decorator, ast.Call) else decorator)
        if name == "srcgrad.implicit":
            raise error(solver_in_a_file(decorator, source))
        if name is not None and name.partition(".")[0] == "srcgrad":
            break
        if name not in known and not (name is None and is_accessor(decorator, source)):
            unknown.append(decorator)
    if unknown:
        raise error(*(refusal(d, source) for d in reversed(unknown)))


def solver_in_a_file(decorator: ast.expr, source: Source) -> Any:
    return diagnose(
        "SG103", f"`{source.tree.name}` is a solver, which has no derivative of its own in a file",
        source.ast_span(decorator), source,
        f"Name a function that calls `{source.tree.name}`, or take the derivative in memory, with srcgrad.grad.",
    )  # fmt: skip


def equation_of(source: Source, resolve: Resolve) -> tuple[ast.expr, bool] | None:
    """The equation that a solver is marked with, and whether its solution is a fixed point; None for others."""
    for decorator in getattr(source.tree, "decorator_list", []):
        match decorator:
            case ast.Call(called, [root], []) | ast.Call(called, [], [ast.keyword("root", root)]):
                fixed_point = False
            case ast.Call(called, [], [ast.keyword("fixed_point", root)]):
                fixed_point = True
            case _:
                continue
        if resolve(called) in ("srcgrad.implicit", "srcgrad.equations.implicit"):
            return root, fixed_point
    return None


def is_accessor(decorator: ast.expr, source: Source) -> bool:
    """`@x.setter` above a method `x`."""
    match decorator:
        case ast.Attribute(ast.Name(name), "setter" | "getter" | "deleter"):
            return bool(name == source.tree.name)
    return False


def refusal(decorator: ast.expr, source: Source, why: str = "") -> Any:
    written = ast.unparse(decorator.func if isinstance(decorator, ast.Call) else decorator)
    message = f"what the decorator `{written}` computes would be missing from the derivative of `{source.tree.name}`"
    return diagnose(
        "SG103", message + (f": {why}" if why else ""),
        source.ast_span(decorator),
        source,
        f"Take `@{written}` off, or apply `{written}` in a function of your own that calls `{source.tree.name}`.",
    )


def dotted(e: ast.expr) -> list[str] | None:
    """`a.b.c` as its names."""
    names: list[str] = []
    while isinstance(e, ast.Attribute):
        names.append(e.attr)
        e = e.value
    return [e.id, *reversed(names)] if isinstance(e, ast.Name) else None


def resolve_in_text(module: ast.Module) -> Resolve:
    """Names as the imports of a file have them; the file is not run."""
    names = imported_names(module)

    def resolve(e: ast.expr) -> str | None:
        chain = dotted(e)
        if chain is None:
            return None
        root = names.get(chain[0], f"builtins.{chain[0]}" if hasattr(builtins, chain[0]) else None)
        return None if root is None else ".".join([root, *chain[1:]])

    return resolve


def imported_names(module: ast.Module) -> dict[str, str | None]:
    """What the top level binds: dotted names of imports, None for anything of the file's own."""
    found: dict[str, str | None] = {}
    todo: list[ast.AST] = list(reversed(module.body))
    while todo:
        node = todo.pop()
        match node:
            case ast.Import(names):
                found |= {a.asname or root(a.name): a.name if a.asname else root(a.name) for a in names}
            case ast.ImportFrom(home, names, level):
                found |= {a.asname or a.name: f"{'.' * level}{home or ''}.{a.name}" for a in names}
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
                found[name] = None
            case ast.Name(name, ast.Store()):
                found[name] = None
            case ast.stmt() | ast.excepthandler() | ast.Tuple() | ast.List():
                todo.extend(reversed(list(ast.iter_child_nodes(node))))
    return found


def root(name: str) -> str:
    return name.partition(".")[0]
