"""Which names a piece of text reads, binds, or may change the memory of."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from .blocks import binds, names_in, own_nodes, root, suites

Names = frozenset[str]
ADDING = {"add", "append", "extend", "insert", "update"}
COUNTS = {"len", "range"}
SIZES = {"dtype", "ndim", "shape", "size"}


def parameters(function: Any) -> set[str]:
    args = function.args
    return {a.arg for a in (*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg) if a is not None}


def own_names(function: Any) -> set[str]:
    return parameters(function) | {n for s in function.body for n in names_in(s, ast.Store)}


def nested_reads(function: Any) -> dict[str, Names]:
    """What functions that are defined inside read, by their names."""
    found: dict[str, Names] = {}
    for n in ast.walk(function):
        match n:
            case ast.FunctionDef() if n is not function:
                found[n.name] = found.get(n.name, frozenset()) | names_in(n)
            case ast.Assign([ast.Name(name)], ast.Lambda() as made):
                found[name] = found.get(name, frozenset()) | names_in(made)
    return found


def reads(node: Any, closures: dict[str, Names]) -> set[str]:
    """Names that a piece of text reads, by the functions it mentions, too."""
    return with_closures(ast.walk(node), closures)


def carried_into(node: Any, closures: dict[str, Names]) -> set[str]:
    """Names whose derivatives may flow into the value of an expression."""
    return with_closures(counts_left_out(node), closures)


def with_closures(nodes: Iterator[Any], closures: dict[str, Names]) -> set[str]:
    found: set[str] = set()
    for n in nodes:
        if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load):
            found.add(n.id)
        elif isinstance(n, ast.Subscript | ast.Attribute):
            found |= {root(n)} - {""}
    todo = list(found)
    while todo:
        more = closures.get(todo.pop(), frozenset()) - found
        found |= more
        todo += more
    return found


def counts_left_out(node: Any) -> Iterator[Any]:
    """The nodes of a piece of text, without those that are read for a number of items only."""
    todo = list(node) if isinstance(node, list) else [node]
    while todo:
        n = todo.pop()
        match n:
            case ast.Call(ast.Name(name)) if name in COUNTS:
                continue
            case ast.Attribute(_, name, ast.Load()) if name in SIZES:
                continue
        yield n
        todo.extend(ast.iter_child_nodes(n))


def touches(s: Any, names: set[str], closures: dict[str, Names]) -> bool:
    return bool(reads(s, closures) & names) or any(binds(s, n) for n in names)


def changed_by(s: Any) -> set[str]:
    """Names that a simple statement binds, or whose memory it may change."""
    found = names_in(s, ast.Store)
    for n in ast.walk(s):
        if isinstance(n, ast.Subscript | ast.Attribute) and isinstance(n.ctx, ast.Store):
            found.add(root(n))
        if isinstance(n, ast.keyword) and n.arg == "out":
            found |= names_in(n.value)
    match s:
        case ast.Expr(ast.Call(ast.Name("print"))):
            pass
        case ast.Expr(ast.Call(ast.Attribute(_, name) as f)) if name in ADDING:
            found.add(root(f))
        case ast.Expr(ast.Call() as call):
            found |= names_in(call)
    return found - {""}


def may_change(s: Any) -> set[str]:
    """Names that a statement, or one inside of it, binds, or whose memory it may change."""
    return {n for x in own_nodes(s) for n in changed_by(x)} if list(suites(s)) else changed_by(s)


def slice_of(body: list[Any], wanted: set[str], closures: dict[str, Names]) -> set[str]:
    """Names that some statements read, or hand on, for the values of `wanted`."""
    found = set(wanted)
    for n in wanted:
        found |= closures.get(n, frozenset())
    for s in reversed(body):
        if may_change(s) & found:
            found |= reads(s, closures)
    return found


def matched(target: Any, value: Any) -> list[tuple[Any, Any]]:
    """The parts of a target with what is assigned to each."""
    if isinstance(target, ast.Tuple | ast.List):
        same = isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts)
        starred = any(isinstance(e, ast.Starred) for e in (*target.elts, *(value.elts if same else ())))
        each = value.elts if same and not starred else [value] * len(target.elts)
        return [p for t, v in zip(target.elts, each, strict=True) for p in matched(t, v)]
    return [(target, value)]
