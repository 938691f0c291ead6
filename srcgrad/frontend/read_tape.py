"""The tape inside code that is differentiated: its gradients as those of a nested function.

    with GradientTape() as tape:              x_0 = x
        tape.watch(x)                         y = x * x
        y = x * x                     ->      def y_at(x):
    d = tape.gradient(y, x)                       y = x * x
                                                  return y
                                              d = srcgrad.grad(y_at, 0)(x_0)
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import libcst as cst

from ..ir import nodes as ir
from ..syntax import parsed
from .block_gradient import (
    WAY_OUT,
    BlockGradient,
    NotWritten,
    arguments,
    expression,
    is_path,
    listed,
    named,
    wants_zero,
    weights_of,
)
from .blocks import FUNCTIONS, LOOPS, Edit, binds, exits, names_in, needed, of_node, root, statements_of, suspended
from .text_names import nested_reads, own_names, parameters, reads

TAPE = "srcgrad.tape.GradientTape"
ASKED = ("gradient", "jacobian")


@dataclass(eq=False)
class InnerTape:
    """A tape whose block the program enters; `start` are the names of what its block began with."""

    name: str
    node: Any
    lines: list[str]
    params: list[str]
    start: dict[str, str] = field(default_factory=dict)
    end: tuple[int, int] = (0, 0)
    watched: set[str] = field(default_factory=set)
    recording: bool = True

    @property
    def body(self) -> list[Any]:
        found: list[Any] = self.node.body
        return found


def read_tape(reader: Any, node: cst.With, names: list[str | None]) -> list[ir.Stmt]:
    """The block of some tapes, with what it begins with kept for their gradients."""
    code = cst.Module([]).code_for_node(node.with_changes(leading_lines=()))
    statement: Any = parsed(code).body[0]
    stop = suspended(statement.body)
    if stop is not None:
        reader.refuse("SG203", "the block of a tape is left here, and entered again", node, "Take it out of the block.")
        return []
    functions = {n.name for n in ast.walk(reader.source.tree) if isinstance(n, ast.FunctionDef)}
    found: list[ir.Stmt] = []
    params = [n for n in needed(statement.body) if n in reader.locals and n not in functions and n not in reader.tapes]
    params = [n for n in params if n not in names]
    start = {n: reader.fresh(f"{n}_0") for n in params}
    changes = may_change(reader, [*statement.body, *afterwards(reader, node)], {*names, *reader.tapes})
    for n in params:
        value: ir.Expr = ir.Name(n)
        found.append(ir.Assign((start[n],), (ir.Call("srcgrad.runtime.own", (value,)) if changes else value,)))
    reader.locals |= set(start.values())
    before = dict(reader.tapes)
    for name in names:
        if name is not None:
            span = reader.source.span_of(node)
            end = (span.end_line, span.end_column)
            reader.tapes[name] = InnerTape(name, statement, code.split("\n"), params, start, end)
    body = reader.block(node.body)
    for name in names:
        if name is not None:
            reader.tapes[name].recording = False
    reader.tapes = {**before, **{n: reader.tapes[n] for n in names if n is not None}}
    return [*found, *body]


def afterwards(reader: Any, node: cst.With) -> list[Any]:
    """The statements that may run after a block: those behind it, and those of the loops around it."""
    source, span = reader.source, reader.source.span_of(node)
    every = [(s, source.ast_span(s)) for s in ast.walk(source.tree) if isinstance(s, ast.stmt)]
    around = [s for s, at in every if isinstance(s, LOOPS) and at.line <= span.line and at.end_line >= span.end_line]
    behind = [s for s, at in every if at.line > span.end_line and not isinstance(s, FUNCTIONS)]
    return [*around, *behind]


def may_change(reader: Any, body: list[Any], tapes: set[Any]) -> bool:
    """Whether a block may change memory that it began with, by itself or by a function that it calls."""
    for n in (n for s in body for n in ast.walk(s)):
        match n:
            case ast.Subscript(ctx=ast.Store()) | ast.Attribute(ctx=ast.Store()) | ast.AugAssign():
                return True
            case ast.Expr(ast.Call(ast.Attribute(ast.Name(name)))) if name in tapes:
                pass
            case ast.Expr(ast.Call()):
                return True
            case ast.Call(func) if any(k.arg == "out" for k in n.keywords) or not is_library(reader, func):
                root = func.value.id if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) else ""
                if root not in tapes:
                    return True
    return False


def is_library(reader: Any, func: Any) -> bool:
    names: list[str] = []
    while isinstance(func, ast.Attribute):
        names.append(func.attr)
        func = func.value
    if not isinstance(func, ast.Name) or func.id in reader.locals:
        return False
    return reader.scope.operation((func.id, *reversed(names))) is not None


# ----- statements and calls that concern a tape -----


def tape_method(reader: Any, node: Any) -> tuple[InnerTape, str] | None:
    """The tape and its method that a call is of."""
    match node:
        case cst.Call(func=cst.Attribute(value=cst.Name(value=name), attr=cst.Name(value=method))):
            return (reader.tapes[name], method) if name in reader.tapes else None
    return None


def read_tape_statement(reader: Any, node: cst.Expr) -> list[ir.Stmt] | None:
    """`tape.watch(x)` as a statement; None for others."""
    found = tape_method(reader, node.value)
    if found is None:
        return None
    tape, method = found
    if method == "watch" and tape.recording:
        assert isinstance(node.value, cst.Call)
        names = {n for a in node.value.args for n in watched_in(expression(a.value))}
        for outer in reader.tapes.values():
            if outer.recording:
                outer.watched |= names
        return []
    if method in ASKED:
        return None
    reader.refuse("SG209", f"`{method}` of a tape cannot be differentiated", node, WAY_OUT)
    return []


def watched_in(node: Any) -> Iterator[str]:
    """What is watched: names, and parts of what they stand for."""
    match node:
        case ast.List(parts) | ast.Tuple(parts) | ast.Dict(_, parts):
            yield from (n for part in parts for n in watched_in(part))
        case ast.Name(name):
            yield name
        case _ if is_path(node):
            yield ast.unparse(node)
        case _:
            yield from (n.id for n in ast.walk(node) if isinstance(n, ast.Name))


def read_gradient(reader: Any, node: cst.Call) -> ir.Expr | None:
    """`tape.gradient(y, x)` as a call of a derivative; None for other calls."""
    found = tape_method(reader, node)
    if found is None:
        return None
    tape, method = found
    try:
        if method not in ASKED:
            raise NotWritten(f"`{method}` of a tape cannot be differentiated")
        if tape.recording:
            raise NotWritten("a gradient that is asked for while its tape records cannot be differentiated")
        return gradient(reader, tape, node, method == "jacobian").expression()
    except NotWritten as reason:
        reader.refuse("SG209", reason.message, node, reason.hint)
        return ir.Const(None)


def gradient(reader: Any, tape: InnerTape, node: cst.Call, whole: bool = False) -> BlockGradient:
    weighted = () if whole else ("output_gradients",)
    given = arguments(node, ("target", "sources", *weighted, "unconnected_gradients"), 2)
    targets, _ = listed(given["target"])
    sources, several = listed(given["sources"])
    names = named(sources, parts=True)
    for n, e in zip(names, sources, strict=True):
        if is_path(e):
            check_part(reader, tape, n, e)
            continue
        if any(binds(s, n) for s in tape.body):
            continue
        if n not in tape.params:
            raise NotWritten(f"the block of this tape does not read `{n}`, so there is no gradient by it")
        if n not in tape.watched:
            raise NotWritten(f"`{n}` is not watched, so there is no gradient by it", f"Watch it: `watch({n})`.")
    refuse_rebound(reader, tape, node, {*map(root, sources), *(n for t in targets for n in names_in(t))})
    found = BlockGradient(
        reader, tape.body, tape.lines, tape.start, targets, names, several,
        weights_of(given.get("output_gradients"), len(targets)), zero=wants_zero(given.get("unconnected_gradients")),
        whole=whole,
    )  # fmt: skip
    found.edits = edits(reader, tape, found.result)
    return found


def check_part(reader: Any, tape: InnerTape, name: str, node: Any) -> None:
    """NotWritten unless a part of what a name holds is watched, and stays in its place."""
    first = root(node)
    if any(binds(s, first) for s in tape.body):
        raise NotWritten(f"the block binds `{first}`, or a part of it, so `{name}` may be another value",
                         "Give the source a name, before it is used.")  # fmt: skip
    if first not in tape.params:
        raise NotWritten(f"the block of this tape does not read `{first}`, so there is no gradient by `{name}`")
    around = [name]
    while is_path(node):
        node = node.value
        around.append(ast.unparse(node))
    if not tape.watched.intersection(around):
        raise NotWritten(f"`{name}` is not watched, so there is no gradient by it", f"Watch it: `watch({name})`.")


def edits(reader: Any, tape: InnerTape, result: str) -> list[Edit]:
    """What makes the block the body of a function."""
    tapes = {n for n, t in reader.tapes.items() if t.node is tape.node or t.recording}
    found: list[Edit] = []
    for s in statements_of(tape.body):
        match s:
            case ast.Expr(ast.Call(ast.Attribute(ast.Name(name), "watch"))) if name in tapes:
                found.append(of_node(s, "pass"))
    for s in exits(tape.body):
        leaves = isinstance(s, ast.Return)  # then the gradient is never asked for
        found.append(of_node(s, 'raise RuntimeError("the block was left")' if leaves else result))
    return found


def bound_around(source: Any, place: tuple[int, int]) -> set[str]:
    """Names that comprehensions and functions without a name around a place of the text bind."""
    found: set[str] = set()
    for n in ast.walk(source.tree):
        if isinstance(n, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
            span = source.ast_span(n)
            if (span.line, span.column) <= place < (span.end_line, span.end_column):
                targets = [n.args] if isinstance(n, ast.Lambda) else [c.target for c in n.generators]
                inner = (x for t in targets for x in ast.walk(t))
                found |= {getattr(x, "arg", getattr(x, "id", "")) for x in inner}
    return found


def refuse_rebound(reader: Any, tape: InnerTape, node: cst.Call, names: set[str]) -> None:
    """A name that is bound anew between the block and here stands for something else."""
    source, here = reader.source, reader.source.span_of(node)
    spans = [source.ast_span(s) for s in ast.walk(source.tree) if isinstance(s, ast.stmt)]
    closures = {f: names - own_of(source.tree, f) for f, names in nested_reads(source.tree).items()}
    called = {f for n in tape.body for f in names_in(n) if f in closures}
    carried = {n for f in called for n in reads(ast.Name(f, ast.Load()), closures)}  # as they were in the block
    inside = {changed_place(n) for s in tape.body for n in ast.walk(s)} & carried
    if inside:
        raise NotWritten(f"a function that the block calls reads `{min(inside)}`, which the block binds anew",
                         "Pass it as an argument.")  # fmt: skip
    call = (here.line, here.column)
    own = bound_around(source, call) & names
    if own:
        raise NotWritten(f"`{min(own)}` is bound where this gradient is taken, not in the block of the tape",
                         "Write each of them out: `tape.gradient(a, x)`, `tape.gradient(b, x)`.")  # fmt: skip
    start = max((p for p in ((s.line, s.column) for s in spans) if p <= call), default=call)  # of what asks
    for n in ast.walk(source.tree):
        place = changed_place(n)
        if place in carried or isinstance(n, ast.Name) and place in names:
            span = source.ast_span(n)
            if tape.end < (span.line, span.column) < start:
                raise NotWritten(f"`{place}` is bound anew between the block of this tape and here",
                                 "Give the other value another name.")  # fmt: skip


def own_of(tree: Any, name: str) -> set[str]:
    """The parameters and variables of the functions that a name stands for."""
    found: set[str] = set()
    for n in ast.walk(tree):
        match n:
            case ast.FunctionDef(own) if own == name:
                found |= own_names(n)
            case ast.Assign([ast.Name(own)], ast.Lambda() as made) if own == name:
                found |= parameters(made)
    return found


def changed_place(n: Any) -> str:
    """The name that a node binds, or part of whose value it replaces."""
    if not isinstance(n, ast.Name | ast.Subscript | ast.Attribute) or not isinstance(n.ctx, ast.Store):
        return ""
    return n.id if isinstance(n, ast.Name) else root(n)
