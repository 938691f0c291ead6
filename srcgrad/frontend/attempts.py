"""`try`: each statement in it is tried before it runs, and what it raises decides which way the program goes.

    try:                                    caught = error_of(lambda: a / b, ZeroDivisionError)
        y = a / b                   ->      if caught is None:
    except ZeroDivisionError:                   y = a / b
        y = 0.0                             else:
                                                y = 0.0

A statement that fails has then changed nothing, so no derivative has to be taken of half of it. What is tried is
evaluated twice, so it must have no effect; where that cannot be seen, the `try` is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import libcst as cst

from ..ir import nodes as ir
from ..ir.origin import Origin
from ..ir.walk import blocks, with_blocks
from .without_effect import effect

ERROR_OF = "srcgrad.runtime.error_of"
HINT = "Test the condition with `if` before the operation."
# what storing into an array or a dict never raises
NOT_OF_STORES = frozenset({
    "ZeroDivisionError", "OverflowError", "FloatingPointError", "ArithmeticError", "LinAlgError", "KeyError",
    "AttributeError", "StopIteration", "RuntimeError", "AssertionError",
})  # fmt: skip


def read_try(reader: Any, node: cst.Try, origin: Origin) -> list[ir.Stmt]:
    body = reader.block(node.body)
    final = reader.block(node.finalbody.body) if node.finalbody is not None else ()
    if leaves(final):
        reader.refuse("SG208", "a `finally` that leaves by itself cannot be differentiated", node, HINT)
        return []
    found: ir.Block = body
    if node.handlers:
        orelse = reader.block(node.orelse.body) if node.orelse is not None else ()
        handlers = [Handler.read(reader, h) for h in node.handlers]
        found = tuple(attempted(reader, node, body, handlers, orelse))
    return [*finished(reader, found, final), *final]


@dataclass(frozen=True)
class Handler:
    """`except type as name: body`"""

    type: ir.Expr
    name: str | None
    body: ir.Block

    @staticmethod
    def read(reader: Any, node: cst.ExceptHandler) -> Handler:
        error = reader.read(node.type) if node.type is not None else ir.Name("Exception")
        name = node.name.name.value if node.name is not None and isinstance(node.name.name, cst.Name) else None
        return Handler(error, name, reader.block(node.body))

    def caught(self, error: str) -> ir.Block:
        named: ir.Block = (ir.Assign((self.name,), (ir.Name(error),)),) if self.name is not None else ()
        return named + raising(self.body, error)


def attempted(
    reader: Any, node: cst.CSTNode, body: ir.Block, handlers: list[Handler], orelse: ir.Block
) -> list[ir.Stmt]:
    error = reader.fresh("caught")
    types = [t for h in handlers for t in (h.type.items if isinstance(h.type, ir.Display) else (h.type,))]
    trial = Trial(reader, node, error, types[0] if len(types) == 1 else ir.Display("tuple", tuple(types)), types)
    otherwise = handlers[-1].caught(error)
    for h in reversed(handlers[:-1]):
        otherwise = (ir.If(ir.Call("builtins.isinstance", (ir.Name(error), h.type)), h.caught(error), otherwise),)
    whole = trial.block(body)
    match whole:
        case [ir.Assign() as test, ir.If(_, steps, ())] if not any(map(blocks, steps)):
            return [test, ir.If(trial.fine(), (*steps, *orelse), otherwise)]
    always = bool(whole) and isinstance(whole[0], ir.Assign) and whole[0].names == (error,)
    start = [] if always else [ir.Assign((error,), (ir.Const(None),))]
    last = ir.If(trial.fine(), orelse, otherwise) if orelse else ir.If(trial.failed(), otherwise)
    return [*start, *whole, last]


@dataclass
class Trial:
    """The statements of one `try`, each after the test whether it will fail."""

    reader: Any
    node: cst.CSTNode
    error: str
    types: ir.Expr
    each: list[ir.Expr]

    def fine(self) -> ir.Expr:
        return ir.Compare(ir.Name(self.error), ("is",), (ir.Const(None),))

    def failed(self) -> ir.Expr:
        return ir.Compare(ir.Name(self.error), ("is not",), (ir.Const(None),))

    def block(self, block: ir.Block) -> list[ir.Stmt]:
        for n, s in enumerate(block):
            rest = block[n + 1 :]
            tried = self.tried(s)
            if tried is None and not blocks(s):
                continue
            before = list(block[:n])
            s = self.inside(s)
            if tried is None:
                after = self.block(rest)
                return [*before, s, *([ir.If(self.fine(), tuple(after))] if after else [])]
            test = ir.Assign((self.error,), (ir.Call(ERROR_OF, (ir.Lambda((), tried), self.types)),))
            following = self.block(rest)
            if blocks(s) and following:
                following = [ir.If(self.fine(), tuple(following))]
            return [*before, test, ir.If(self.fine(), (s, *following))]
        return list(block)

    def inside(self, s: ir.Stmt) -> ir.Stmt:
        """A compound statement whose own statements are tried; a loop ends where one fails."""
        match s:
            case ir.If(_, body, orelse):
                return replace(s, body=tuple(self.block(body)), orelse=tuple(self.block(orelse)), flat=False)
            case ir.For():
                return replace(s, body=(*self.block(s.body), ir.If(self.failed(), (ir.Break(),))))
        return s

    def tried(self, s: ir.Stmt) -> ir.Expr | None:
        """What a statement evaluates and may fail at; None if it cannot fail before its own statements do."""
        parts: tuple[ir.Expr, ...] = ()
        match s:
            case ir.Assign(implicit=True) | ir.Unpack(implicit=True):  # what the header of a loop does
                return None
            case ir.Assign(_, parts):
                pass
            case ir.Update(ir.Name() | ir.Index() as place, op, value) if op.startswith("operator."):
                parts = (ir.Call(op, (place, value)),)
            case ir.Store(ir.Index(base, index), value) if self.stores_cannot_fail():
                parts = (value, base, index) if not isinstance(index, ir.Slice) else (value, base)
            case ir.Return(None) | ir.Break() | ir.Continue() | ir.Opaque("pass"):
                return None
            case ir.Return(value) if value is not None:
                parts = (value,)
            case ir.Eval(ir.Call(".append", (_, value), ())):
                parts = (value,)
            case ir.Eval(expr):
                parts = (expr,)
            case ir.If(test):
                parts = (test,)
            case ir.For(_, iterable, _, ()):
                parts = (iterable,) if s.header is None else ()
            case _:
                self.refuse(f"`try` around {described(s)} cannot be differentiated")
        parts = tuple(p for p in parts if not isinstance(p, ir.Name | ir.Const))
        for p in parts:
            why = effect(p, self.reader)
            if why:
                self.refuse(f"`try` cannot be differentiated here: {why}")
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else ir.Display("tuple", parts)

    def stores_cannot_fail(self) -> bool:
        names = [t.name if isinstance(t, ir.Attribute) else getattr(t, "id", "") for t in self.each]
        return all(n in NOT_OF_STORES for n in names)

    def refuse(self, message: str) -> None:
        self.reader.refuse("SG208", message, self.node, HINT)


def described(s: ir.Stmt) -> str:
    kinds = {ir.While: "a `while` loop", ir.Store: "a store that may fail", ir.Unpack: "an unpacking",
             ir.Define: "a definition", ir.For: "a loop with `else`"}  # fmt: skip
    return kinds.get(type(s), f"`{s.kind}`" if isinstance(s, ir.Opaque) else "this statement")


def leaves(block: ir.Block) -> bool:
    return any(isinstance(s, ir.Return | ir.Break | ir.Continue) or any(map(leaves, blocks(s))) for s in block)


def changed(block: ir.Block, f: Callable[[ir.Stmt], list[ir.Stmt]]) -> ir.Block:
    return tuple(
        x for s in block for x in (f(s) if not blocks(s) else [with_blocks(s, *(changed(b, f) for b in blocks(s)))])
    )


def raising(block: ir.Block, error: str) -> ir.Block:
    """`raise` of a handler names what it raises again."""

    def again(s: ir.Stmt) -> list[ir.Stmt]:
        if isinstance(s, ir.Opaque) and s.kind == "raise" and s.origin is not None and s.origin.small.exc is None:
            line = cst.parse_statement(f"raise {error}")
            return [ir.Opaque("raise", (error,), (), Origin(line, s.origin.source))]
        return [s]

    return changed(block, again)


def suppressed(reader: Any, node: cst.CSTNode, types: tuple[ir.Expr, ...], body: ir.Block) -> list[ir.Stmt]:
    """`with contextlib.suppress(types): body`"""
    return attempted(reader, node, body, [Handler(ir.Display("tuple", types), None, ())], ())


def finished(reader: Any, block: ir.Block, final: ir.Block) -> ir.Block:
    """What `finally` does, also where the block is left early; a result is worked out before."""
    if not final:
        return block

    def left(s: ir.Stmt) -> list[ir.Stmt]:
        match s:
            case ir.Return(value) if value is not None and not isinstance(value, ir.Const):
                name = reader.fresh("value")
                return [ir.Assign((name,), (value,)), *final, ir.Return(ir.Name(name))]
            case ir.Return() | ir.Break() | ir.Continue():
                return [*final, s]
        return [s]

    return changed(block, left)
