"""The patterns of `match` as tests and assignments.

case [first, *rest] if first > 0:        if is_sequence(s) and len(s) >= 1:
    body                            ->       first, rest = s[0], list(s[1:])
                                             matched = first > 0

A pattern becomes alternatives; each is a list of tests, in the order Python makes them, and of the names that it
binds when all of them hold.  What is captured is the part of the subject itself, not a copy.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

import libcst as cst

from ..ir import nodes as ir
from .bindings import MISSING, Library, Value
from .file_scope import FileScope
from .read_expressions import identifier

IS_SEQUENCE, IS_MAPPING, WITHOUT = (f"srcgrad.runtime.{n}" for n in ("is_sequence", "is_mapping", "without_keys"))
WHOLE = frozenset({
    "bool", "bytearray", "bytes", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple",
})  # fmt: skip
NONE = ir.Const(None)


@dataclass(frozen=True)
class Match:
    tests: tuple[ir.Expr, ...] = ()
    binds: tuple[tuple[str, ir.Expr], ...] = ()

    def __add__(self, other: Match) -> Match:
        return Match(self.tests + other.tests, self.binds + other.binds)

    @property
    def test(self) -> ir.Expr:
        return self.tests[0] if len(self.tests) == 1 else ir.BoolOp("and", self.tests)


class Patterns:
    """`read` reads an expression, `fields(class node)` names the attributes of positional patterns."""

    def __init__(self, read: Callable[[Any], ir.Expr], fields: Callable[[Any, int], tuple[str, ...]]) -> None:
        self.read, self.fields = read, fields

    def of(self, p: Any, e: ir.Expr) -> list[Match]:
        """The ways in which `e` may match."""
        match p:
            case cst.MatchValue(value):
                return [Match((ir.Compare(e, ("==",), (self.read(value),)),))]
            case cst.MatchSingleton(value):
                return [Match((ir.Compare(e, ("is",), (self.read(value),)),))]
            case cst.MatchAs(pattern, name):
                own = Match((), ((identifier(name.value), e),)) if name is not None else Match()
                return [m + own for m in self.of(pattern, e)] if pattern is not None else [own]
            case cst.MatchOr(patterns):
                return [m for x in patterns for m in self.of(x.pattern, e)]
            case cst.MatchList(patterns) | cst.MatchTuple(patterns):
                return self.sequence(list(patterns), e)
            case cst.MatchMapping(elements=elements, rest=rest):
                return self.mapping(elements, rest, e)
            case cst.MatchClass(cls=cls, patterns=patterns, kwds=kwds):
                return self.instance(cls, patterns, kwds, e)
        raise AssertionError(f"not a pattern: {type(p).__name__}")

    def all_of(self, first: Match, parts: list[list[Match]]) -> list[Match]:
        return [sum(ways, first) for ways in product(*parts)]

    def sequence(self, items: list[Any], e: ir.Expr) -> list[Match]:
        star = next((n for n, x in enumerate(items) if isinstance(x, cst.MatchStar)), None)
        size = ir.Const(len(items) if star is None else len(items) - 1)
        length = ir.Compare(ir.Call("builtins.len", (e,)), ("==" if star is None else ">=",), (size,))
        first = Match((ir.Call(IS_SEQUENCE, (e,)), length))
        parts = []
        for n, x in enumerate(items):
            if isinstance(x, cst.MatchStar):
                behind = len(items) - n - 1
                stop = ir.Const(-behind) if behind else None
                rest = ir.Call("builtins.list", (ir.Index(e, ir.Slice(ir.Const(n), stop, None)),))
                parts.append([Match((), ((identifier(x.name.value), rest),)) if x.name is not None else Match()])
            else:
                position = n if star is None or n < star else n - len(items)
                parts.append(self.of(x.value, ir.Index(e, ir.Const(position))))
        return self.all_of(first, parts)

    def mapping(self, elements: Any, rest: Any, e: ir.Expr) -> list[Match]:
        keys = [self.read(x.key) for x in elements]
        first = Match((ir.Call(IS_MAPPING, (e,)), *(ir.Compare(k, ("in",), (e,)) for k in keys)))
        parts = [self.of(x.pattern, ir.Index(e, k)) for x, k in zip(elements, keys, strict=True)]
        if rest is not None:
            others = ir.Comprehension(
                "dict", ir.Index(e, ir.Name("key")),
                (ir.Clause(ir.Name("key"), ir.Call(WITHOUT, (e, ir.Display("tuple", tuple(keys)))), ()),),
                ir.Name("key"),
            )  # fmt: skip
            parts.append([Match((), ((identifier(rest.value), others),))])
        return self.all_of(first, parts)

    def instance(self, cls: Any, patterns: Any, kwds: Any, e: ir.Expr) -> list[Match]:
        first = Match((ir.Call("builtins.isinstance", (e, self.read(cls))),))
        names = self.fields(cls, len(patterns)) if patterns else ()
        parts = [
            self.of(x.value, e if n == "" else ir.Attribute(e, n)) for x, n in zip(patterns, names, strict=False)
        ]
        parts += [self.of(x.pattern, ir.Attribute(e, identifier(x.key.value))) for x in kwds]
        return self.all_of(first, parts)


def class_fields(scope: Any, chain: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """The attributes that positional patterns of a class stand for; "" is the subject itself."""
    found = scope.binding(chain) if chain is not None else None
    if isinstance(found, Library) and found.name.removeprefix("builtins.") in WHOLE:
        return ("",)
    value = found.value if isinstance(found, Library | Value) else MISSING
    if isinstance(value, type):
        return tuple(getattr(value, "__match_args__", ()))
    node = scope.definitions.get(chain[0]) if isinstance(scope, FileScope) and chain and len(chain) == 1 else None
    return written_fields(node) if isinstance(node, ast.ClassDef) else None


def written_fields(node: ast.ClassDef) -> tuple[str, ...] | None:
    """`__match_args__` of a class in a file: written out, or the fields of a dataclass or a named tuple."""
    for s in node.body:
        if isinstance(s, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__match_args__" for t in s.targets):
            return tuple(ast.literal_eval(s.value))
    marks = [ast.unparse(d).partition("(")[0].rpartition(".")[2] for d in (*node.decorator_list, *node.bases)]
    if not {"dataclass", "NamedTuple"} & set(marks) or len(node.bases) > ("NamedTuple" in marks):
        return None
    return tuple(s.target.id for s in node.body if isinstance(s, ast.AnnAssign) and isinstance(s.target, ast.Name))
