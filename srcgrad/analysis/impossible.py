"""Statements that no run gets to, because a tuple that they take an item of is empty.

    Node(w, ())            for c in self.children: ...        (nothing, in the instance for this node)
    self.children[0]       raise IndexError                   (the branch is for nodes that have some)

So functions that call themselves for the parts of an object come to an end where the parts do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import libcst as cst

from ..ir import nodes as ir
from ..ir.origin import Origin
from ..ir.walk import children, statement_expressions
from . import kinds as k

KindOf = Callable[[ir.Stmt, ir.Expr], k.Kind]


class Impossible:
    """`kind(stmt, expr)` gives kinds; `source` is that of the function."""

    def __init__(self, kind: KindOf, source: Any) -> None:
        self.kind, self.source = kind, source
        self.changed = False

    def block(self, block: ir.Block) -> ir.Block:
        done: list[ir.Stmt] = []
        for s in block:
            if isinstance(s, ir.For) and self.is_never_run(s):
                self.changed = True
                continue
            if any(self.fails(s, e) for e in statement_expressions(s)):
                self.changed = True
                error = cst.parse_statement('raise IndexError("index out of range")').body[0]  # type: ignore[union-attr,index]
                return (*done, ir.Opaque("raise", (), (), Origin(error, self.source)))
            done.append(self.inside(s))
        return tuple(done)

    def inside(self, s: ir.Stmt) -> ir.Stmt:
        match s:
            case ir.If(_, body, orelse):
                return replace(s, body=self.block(body), orelse=self.block(orelse))
            case ir.While(_, body) | ir.For(_, _, body):
                return replace(s, body=self.block(body))
        return s

    def is_never_run(self, s: ir.For) -> bool:
        match s.iterable:
            case ir.Call("builtins.range", (ir.Call("builtins.len", (x,)),)):
                return is_empty(self.kind(s, x))
        return False

    def fails(self, s: ir.Stmt, e: ir.Expr) -> bool:
        """Whether evaluating an expression certainly takes an item of something empty."""
        match e:
            case ir.Index(base, index) if not isinstance(index, ir.Slice) and is_empty(self.kind(s, base)):
                return True
            case ir.Select(test) | ir.BoolOp(_, (test, *_)) | ir.Compare(test):
                return self.fails(s, test)
            case ir.Comprehension():
                return False
        return any(self.fails(s, c) for c in children(e))


def is_empty(kind: k.Kind) -> bool:
    """Of a list it is not certain: it may be changed by way of another name."""
    return isinstance(kind, k.Seq) and kind.kind == "tuple" and kind.items == ()
