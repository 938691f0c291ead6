"""Statements that no run gets to, because evaluating them certainly raises, or a call before them does.

    Node(w, ())            for c in self.children: ...        (nothing, in the instance for this node)
    self.children[0]       raise IndexError                   (the branch is for nodes that have some)
    [w, b] ** 2            raise TypeError                    (the branch is for what is no list)
    p = checked(None)      checked(None); raise ...           (where what it is given always makes it raise)

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
from .containers import has_none

KindOf = Callable[[ir.Stmt, ir.Expr], k.Kind]
EMPTY = 'IndexError("index out of range")'
ABSENT_KEY = 'KeyError("the dict is empty")'
ABSENT = 'TypeError("None is asked what it has not")'
UNSUPPORTED = 'TypeError("unsupported operands")'
OF_NUMBERS = ("operator.sub", "operator.truediv", "operator.floordiv", "operator.pow")


class Impossible:
    """`kind(stmt, expr)` gives kinds; `source` is that of the function, `calls` are its calls by their id; `raising`
    the ids of statements that are known to raise."""

    def __init__(self, kind: KindOf, source: Any, calls: Any, raising: set[int]) -> None:
        self.kind, self.source, self.calls, self.raising = kind, source, calls, raising
        self.changed = False

    def block(self, block: ir.Block) -> ir.Block:
        done: list[ir.Stmt] = []
        for s in block:
            if isinstance(s, ir.For) and self.is_never_run(s):
                self.changed = True
                continue
            error = ABSENT if id(s) in self.raising else self.raised_by(s)
            if error is not None:
                self.changed = True
                return (*done, self.raised(error))
            call = self.call_that_raises(s)
            if call is not None:
                ended = len(block) == len(done) + 2 and isinstance(block[-1], ir.Opaque) and block[-1].kind == "raise"
                self.changed = self.changed or not ended
                return (*done, ir.Eval(call, s.origin), self.raised('AssertionError("the call above raises")'))
            done.append(self.inside(s))
        return tuple(done)

    def raised_by(self, s: ir.Stmt) -> str | None:
        evaluated = (*children(s.place), s.value) if isinstance(s, ir.Store | ir.Update) else statement_expressions(s)
        return next(filter(None, (self.error(s, e) for e in evaluated)), None)

    def raised(self, what: str) -> ir.Stmt:
        error = cst.parse_statement(f"raise {what}").body[0]  # type: ignore[union-attr,index]
        return ir.Opaque("raise", (), (), Origin(error, self.source))

    def call_that_raises(self, s: ir.Stmt) -> ir.Expr | None:
        """The call of a function of the user that a statement is, if it never returns."""
        match s:
            case ir.Assign(_, (value,)) | ir.Unpack(_, value) | ir.Eval(value) if id(value) in self.calls:
                raises = isinstance(self.calls[id(value)].instance.result, k.Never)
                return value if raises else None
        return None

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

    def error(self, s: ir.Stmt, e: ir.Expr) -> str | None:
        """What evaluating an expression certainly raises: it takes an item of something empty, say."""
        match e:
            case ir.Index(base, index) if not isinstance(index, ir.Slice) and is_empty(self.kind(s, base)):
                return EMPTY
            case ir.Index(base) if has_nothing(self.kind(s, base)) and isinstance(self.kind(s, e), k.Never):
                return ABSENT_KEY
            case ir.Call(op, (a, b)) if op in OF_NUMBERS and no_numbers(self.kind(s, a), self.kind(s, b)):
                return UNSUPPORTED
            case ir.Select(test) | ir.BoolOp(_, (test, *_)) | ir.Compare(test):
                return self.error(s, test)
            case ir.Comprehension():
                return None
        return next(filter(None, (self.error(s, c) for c in children(e))), None)


def no_numbers(a: k.Kind, b: k.Kind) -> bool:
    """Whether one operand is a list or tuple and the other a number of Python's; an array takes a list as one."""
    return any(
        isinstance(x, k.Seq) and isinstance(y, k.Num) and y.kind == "python" for x, y in ((a, b), (b, a))
    )


def is_empty(kind: k.Kind) -> bool:
    """Of a list it is not certain: it may be changed by way of another name."""
    return isinstance(kind, k.Seq) and kind.kind == "tuple" and kind.items == ()


def has_nothing(kind: k.Kind) -> bool:
    """Of a dict, too, another name may change it; then something is known of its items."""
    return isinstance(kind, k.Dict) and has_none(kind)
