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
from ..ir.rewrite import map_blocks
from ..ir.walk import (
    blocks,
    bound_names,
    children,
    reads,
    statement_expressions,
    statements,
    subexpressions,
)
from .without_effect import effect

ERROR_OF = "srcgrad.runtime.error_of"
RAISED, TRY_STORE = "srcgrad.runtime.raise_error", "srcgrad.runtime.try_store"
SHOWING = frozenset({
    "builtins.print", "builtins.str", "builtins.repr", "builtins.type", "builtins.isinstance", ".debug", ".info",
    ".warning", ".error", ".exception", ".critical",
})  # fmt: skip
HINT = "Test the condition with `if` before the operation."
# what storing into an array or a dict, and unpacking, never raise
NOT_OF_STORES = frozenset({
    "ZeroDivisionError", "OverflowError", "FloatingPointError", "ArithmeticError", "LinAlgError", "KeyError",
    "AttributeError", "StopIteration", "RuntimeError", "AssertionError",
})  # fmt: skip


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

    def raises_again(self) -> bool:
        """Whether it at most shows something before what it has caught goes on: then nothing comes after it."""
        *before, last = self.body or (None,)
        if not isinstance(last, ir.Opaque) or last.kind != "raise" or last.origin is None:
            return False
        error, cause = last.origin.small.exc, last.origin.small.cause
        again = error is None or isinstance(error, cst.Name) and error.value == self.name and cause is None
        return again and all(isinstance(s, ir.Eval) and shows(s.expr) for s in before)

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
    for h in handlers:
        if trial.carries and h.name is not None and reads_inside(h.body, h.name, reader):
            message = "what an exception holds may carry a derivative, and is read here"
            reader.refuse("SG208", message, node, "Return the value instead of raising it.")
    match whole:
        case [ir.Assign() as test, ir.If(_, steps, ())] if not any(blocks(s) or error in bound_names(s) for s in steps):
            return [test, ir.If(trial.fine(), (*steps, *orelse), otherwise)]
    last = ir.If(trial.fine(), orelse, otherwise) if orelse else ir.If(trial.failed(), otherwise)
    return [*trial.started(whole), last]


@dataclass
class Trial:
    """The statements of one `try`, each after the test whether it will fail."""

    reader: Any
    node: cst.CSTNode
    error: str
    types: ir.Expr
    each: list[ir.Expr]
    carries: bool = False  # may what is raised hold a value of the program

    def fine(self) -> ir.Expr:
        return ir.Compare(ir.Name(self.error), ("is",), (ir.Const(None),))

    def failed(self) -> ir.Expr:
        return ir.Compare(ir.Name(self.error), ("is not",), (ir.Const(None),))

    def started(self, whole: list[ir.Stmt]) -> list[ir.Stmt]:
        """The statements after which it is known whether one has failed."""
        if whole and isinstance(whole[0], ir.Assign) and whole[0].names == (self.error,):
            return whole
        return [ir.Assign((self.error,), (ir.Const(None),)), *whole]

    def block(self, block: ir.Block) -> list[ir.Stmt]:
        for n, s in enumerate(block):
            rest = block[n + 1 :]
            if isinstance(s, ir.Opaque) and s.kind == "assert" and s.origin is not None:
                return [*block[:n], *self.block((self.as_raise(s), *rest))]
            tried = self.tried(s)
            if tried is None and not blocks(s):
                continue
            before = list(block[:n])
            s = self.inside(s)
            if tried is None:
                after = self.block(rest)
                return [*before, s, *([ir.If(self.fine(), tuple(after))] if after else [])]
            test = ir.Assign((self.error,), (ir.Call(ERROR_OF, (ir.Lambda((), tried), self.types)),))
            if is_raise(s):  # nothing follows, and what is not caught here has left by now
                return [*before, test]
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
            case ir.For() | ir.While():
                return replace(s, body=(*self.block(s.body), ir.If(self.failed(), (ir.Break(),))))
        return s

    def as_raise(self, s: ir.Opaque) -> ir.If:
        """`assert` as the branch that it is."""
        node = s.origin.small  # type: ignore[union-attr]
        call = cst.Call(cst.Name("AssertionError"), [cst.Arg(node.msg)] if node.msg is not None else [])
        return ir.If(ir.Call("operator.not_", (self.reader.read(node.test),)), (self.raised(call, None),))

    def raised(self, error: cst.BaseExpression, cause: cst.BaseExpression | None) -> ir.Eval:
        """`raise` as a call, of the text as it is."""
        parts = [e for e in (error, cause) if e is not None]
        code = ", ".join(cst.Module([]).code_for_node(e) for e in parts)
        names = {n for e in parts for n in reads(self.reader.read(e))}
        self.carries |= bool(names & self.reader.locals)
        if names & set(self.reader.cells.values()):
            self.refuse("`try` around `raise` cannot be differentiated where the exception reads a `nonlocal`")
        return ir.Eval(ir.Call(RAISED, (ir.Text(code, tuple(sorted(names & self.reader.locals))),)))

    def tried(self, s: ir.Stmt) -> ir.Expr | None:
        """What a statement evaluates and may fail at; None if it cannot fail before its own statements do."""
        parts: tuple[ir.Expr, ...] = ()
        match s:
            case ir.Assign(implicit=True) | ir.Unpack(implicit=True):  # what the header of a loop does
                return None
            case ir.Assign(_, parts):
                pass
            case ir.Unpack(_, value) if self.stores_cannot_fail():
                parts = (value,)
            case ir.Update(ir.Name() | ir.Index() as place, op, value) if op.startswith("operator."):
                parts = (ir.Call(op, (place, value)),)
            case ir.Store(ir.Index(base, index), value) if self.stores_cannot_fail():
                parts = (value, base, index) if not isinstance(index, ir.Slice) else (value, base)
            case ir.Store(ir.Index(base, index), value):
                parts = (ir.Call(TRY_STORE, (base, index, value)),)
            case ir.Store(ir.Attribute(), value):
                parts = (value,)
            case ir.Opaque("raise") if s.origin is not None and s.origin.small.exc is not None:
                node = s.origin.small
                parts = (self.raised(node.exc, node.cause.item if node.cause is not None else None).expr,)
            case ir.Eval(ir.Call("srcgrad.runtime.raise_error", args) as expr):
                self.carries |= any(isinstance(a, ir.Name) for a in args)
                return expr
            case ir.Return(None) | ir.Break() | ir.Continue() | ir.Opaque("pass"):
                return None
            case ir.Return(value) if value is not None:
                parts = (value,)
            case ir.Eval(ir.Call(".append", (_, value), ())):
                parts = (value,)
            case ir.Eval(expr):
                parts = (expr,)
            case ir.If(test):
                parts = (test,) if not is_sure(test) or self.catches_types() else ()
            case ir.While(test, _, ()) if isinstance(test, ir.Const) or is_sure(test) and not self.catches_types():
                return None
            case ir.For(_, iterable, _, ()) if s.header is None:
                parts = (iterable,)
            case ir.For(orelse=()) if self.stores_cannot_fail() or not takes_may_fail(s):
                pass
            case _:
                self.refuse(f"`try` around {described(s)} cannot be differentiated")
        parts = tuple(p for p in parts if not isinstance(p, ir.Name | ir.Const))
        for p in parts:
            why = effect(p, self.reader)
            if why:
                self.refuse(f"`try` cannot be differentiated here: {why}")
        if not parts:
            return None
        self.carries |= any(isinstance(x, ir.Apply) for p in parts for x in subexpressions(p))
        return parts[0] if len(parts) == 1 else ir.Display("tuple", parts)

    def names(self) -> list[str]:
        return [t.name if isinstance(t, ir.Attribute) else getattr(t, "id", "") for t in self.each]

    def stores_cannot_fail(self) -> bool:
        return all(n in NOT_OF_STORES for n in self.names())

    def catches_types(self) -> bool:
        """Whether what comparing things that cannot be compared raises is caught."""
        return not {"TypeError", "Exception", "BaseException"}.isdisjoint(self.names())

    def refuse(self, message: str) -> None:
        self.reader.refuse("SG208", message, self.node, HINT)


def is_raise(s: ir.Stmt) -> bool:
    match s:
        case ir.Opaque("raise") | ir.Eval(ir.Call("srcgrad.runtime.raise_error")):
            return True
    return False


def takes_may_fail(s: ir.For) -> bool:
    """Whether an item of a loop may not fit its target, or the things that are walked together each other."""
    if any(isinstance(x, ir.Unpack) and x.implicit for x in s.body):
        return True
    together = subexpressions(s.header[1]) if s.header is not None else ()
    return any(isinstance(e, ir.Call) and e.op == "builtins.zip" and e.keywords for e in together)


def is_sure(e: ir.Expr) -> bool:
    """Whether a condition compares numbers that have names, or says nothing."""
    match e:
        case ir.Compare(first, ops, rest):
            return not {"in", "not in"} & set(ops) and all(isinstance(x, ir.Name | ir.Const) for x in (first, *rest))
        case ir.BoolOp(_, values):
            return all(map(is_sure, values))
        case ir.Call("operator.not_", (inner,)):
            return is_sure(inner)
    return isinstance(e, ir.Name | ir.Const)


def reads_inside(block: ir.Block, name: str, reader: Any) -> bool:
    """Whether a handler does more with what it has caught than raise it again, show it, or ask what it is."""

    def looks(e: ir.Expr) -> bool:
        match e:
            case ir.Name(own):
                return own == name
            case ir.Text():
                return False
            case ir.Call(_, args, _) if shows(e):
                return any(looks(a) for a in args if not isinstance(a, ir.Name))
        return any(map(looks, children(e)))

    return any(looks(e) for s in statements(block) if not is_raise(s) for e in statement_expressions(s))


def shows(e: ir.Expr) -> bool:
    return isinstance(e, ir.Call) and (e.op in SHOWING or e.op.startswith(("logging.", "warnings.")))


def described(s: ir.Stmt) -> str:
    kinds = {ir.While: "a `while` loop whose condition may fail", ir.Unpack: "an unpacking",
             ir.Define: "a definition", ir.For: "a loop with `else`, or whose items may not fit,"}  # fmt: skip
    return kinds.get(type(s), f"`{s.kind}`" if isinstance(s, ir.Opaque) else "this statement")


def changed(block: ir.Block, f: Callable[[ir.Stmt], list[ir.Stmt]]) -> ir.Block:
    return tuple(x for s in block for x in ([map_blocks(lambda b: changed(b, f), s)] if blocks(s) else f(s)))


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
