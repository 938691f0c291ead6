"""Dicts, lists and tuples at the top level of a file that hold functions: which ones, from the text alone.

    ACTIVATIONS = {"tanh": np.tanh, "soft": soft, "square": lambda x: x * x}

They are known where the file never does more with the name than look something up in it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..syntax import nodes_of, parsed_expression
from .bindings import Binding, Library, UserFunction, Value
from .changing_methods import CHANGING
from .decorators import dotted

ALTERING = CHANGING | {"send"}
READING = frozenset({"get", "items", "keys", "values", "index", "count"})


@dataclass(frozen=True)
class Table:
    """What is known of each entry, by its key or position."""

    kind: str
    entries: tuple[tuple[Any, Binding | Table], ...]


Find = Callable[[tuple[str, ...]], "Binding | None"]


def table(name: str, tree: ast.Module, node: ast.AST, path: str, find: Find) -> Table | None:
    """The table that `name` is bound to in a file; None if there is none, or if the file may change it."""
    found = entries_of(node, name, path, find)
    return found if found is not None and holds_function(found) and is_constant(name, tree) else None


def entries_of(node: ast.AST, name: str, path: str, find: Find) -> Table | None:
    match node:
        case ast.List(items) | ast.Tuple(items):
            pairs = list(enumerate(items))
        case ast.Dict(keys, items) if all(isinstance(key, ast.Constant) for key in keys):
            pairs = [(key.value, item) for key, item in zip(keys, items, strict=True)]  # type: ignore[union-attr,misc]
        case _:
            return None
    if len({key for key, _ in pairs}) < len(pairs) or not all(isinstance(key, str | int) for key, _ in pairs):
        return None
    found = [(key, entry(item, f"{name}[{key!r}]", path, find)) for key, item in pairs]
    if any(binding is None for _, binding in found):
        return None
    return Table(type(node).__name__.lower(), tuple(found))  # type: ignore[arg-type]


def entry(node: ast.expr, name: str, path: str, find: Find) -> Binding | Table | None:
    match node:
        case ast.Name() | ast.Attribute():
            chain = dotted(node)
            return find(tuple(chain)) if chain else None
        case ast.Lambda():
            return UserFunction((path, name))
        case ast.Dict() | ast.List() | ast.Tuple():
            inner = entries_of(node, name, path, find)
            if inner is not None:
                return inner
    try:
        return Value(ast.literal_eval(node))
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None


def holds_function(found: Binding | Table | None) -> bool:
    if isinstance(found, Table):
        return any(holds_function(binding) for _, binding in found.entries)
    return isinstance(found, UserFunction | Library)


def is_constant(name: str, tree: ast.Module) -> bool:
    """Whether a file binds a name once and else only looks things up in what it is bound to."""
    uses = other_uses(name, tree)
    return len(uses) == 1 and isinstance(getattr(uses[0], "ctx", None), ast.Store)


def other_uses(name: str, tree: ast.Module) -> list[ast.AST]:
    """Where a file does anything with a name, or with an attribute called like that, but look things up in it."""
    allowed = {id(n) for node in nodes_of(tree) for n in looked_into(node)}
    return [n for n in nodes_of(tree) if id(n) not in allowed and name in names_of(n)]


def is_changed(name: str, tree: ast.Module) -> bool:
    """Whether a file puts something into what a name is bound to, or takes something out, and reads it, too."""
    nodes = nodes_of(tree)
    if not any(changed_name(n) == name for n in nodes):
        return False
    filled = {id(receiver(n.value)) for n in nodes if isinstance(n, ast.Expr)}
    reads = (n for n in nodes if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load))
    return any(id(n) not in filled for n in reads)


def receiver(e: ast.expr) -> ast.expr | None:
    """What a call changes."""
    match e:
        case ast.Call(func=ast.Attribute(value, method)) if method in ALTERING:
            return value
    return None


def changed_name(node: ast.AST) -> str:
    """The name of what a node changes in place; "" if it changes nothing that has one."""
    match node:
        case ast.Subscript(ctx=ast.Store() | ast.Del()) | ast.AugAssign(target=ast.Name()):
            place: ast.AST = node.value if isinstance(node, ast.Subscript) else node.target
        case ast.Call(func=ast.Attribute(place, method)) if method in ALTERING:
            pass
        case _:
            return ""
    while isinstance(place, ast.Attribute | ast.Subscript):
        place = place.value
    return place.id if isinstance(place, ast.Name) else ""


def names_of(node: ast.AST) -> list[str]:
    match node:
        case ast.Name(name) | ast.Attribute(attr=name):
            return [name]
        case ast.Global(names):
            return names
    return []


def looked_into(node: ast.AST) -> list[ast.expr]:
    """The expressions that a node only takes something out of."""
    match node:
        case ast.Subscript(value=value, ctx=ast.Load()):
            return [value]
        case ast.Compare(ops=ops, comparators=values):
            return [v for op, v in zip(ops, values, strict=True) if isinstance(op, ast.In | ast.NotIn)]
        case ast.Call(func=ast.Attribute(value, name)) if name in READING:
            return [value]
        case ast.Call(func=ast.Name("len" | "list" | "sorted" | "enumerate" | "zip"), args=args):
            return args
        case ast.For(iter=value) | ast.comprehension(iter=value):
            return [value]
    return []


def lambda_in(tree: ast.Module, name: str) -> ast.Lambda | None:
    """The lambda that is the entry `name` of a table, written as "TABLE['key']", or makes the default of a field."""
    wanted = parsed_expression(name)
    keys: list[Any] = []
    while isinstance(wanted, ast.Subscript):
        keys.insert(0, ast.literal_eval(wanted.slice))
        wanted = wanted.value
    for node in tree.body:
        value = getattr(node, "value", node)
        targets = getattr(node, "targets", [getattr(node, "target", None)])
        named = any(isinstance(t, ast.Name) and t.id == wanted.id for t in targets)  # type: ignore[attr-defined]
        if named or isinstance(node, ast.ClassDef) and node.name == wanted.id:  # type: ignore[attr-defined]
            for key in keys:
                value = item(value, key)
            return value if isinstance(value, ast.Lambda) else None
    return None


def item(node: Any, key: Any) -> Any:
    if isinstance(node, ast.ClassDef):
        fields = [s for s in node.body if isinstance(s, ast.AnnAssign) and getattr(s.target, "id", "") == key]
        made = [w.value for w in fields[-1].value.keywords if w.arg == "default_factory"]  # type: ignore[union-attr]
        return made[0]
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return next(v for k, v in pairs if isinstance(k, ast.Constant) and k.value == key)
    return node.elts[key]
