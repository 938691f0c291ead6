"""`srcgrad.gradients` inside code that is differentiated: what its function has done so far, as a nested function.

    b = 2.0 * a                                   b = 2.0 * a
    g = gradients(a + b, [a, b])        ->        def a_and_b_at(a, b_shift):
                                                      b = 2.0 * a; b = b + b_shift
                                                      return a + b
                                                  g = [the gradient of a_and_b_at by a and b_shift]
"""

from __future__ import annotations

import ast
from typing import Any

import libcst as cst
from libcst import matchers

from ..ir import nodes as ir
from ..syntax import parsed
from .block_gradient import BlockGradient, NotWritten, arguments, listed, named, wants_zero, weights_of
from .blocks import (
    LEFT,
    Edit,
    beside,
    binds,
    exits,
    names_in,
    of_node,
    own_nodes,
    path_to,
    root,
    statement_of,
    without_inner,
)
from .read_tape import is_library
from .rounds import Asking, NoRound, Round, round_of
from .text_memory import assigned, changed_in_place, changes_nothing, changes_parts, functions_of, is_counter, is_own
from .text_names import ADDING

GRADIENTS = "srcgrad.graph.gradients"
PURE = {"all", "any", "astype", "copy", "dot", "flatten", "max", "mean", "min", "ravel", "reshape", "std", "sum", "var"}
PARAMETERS = ("ys", "xs", "grad_ys", "stop_gradients", "unconnected_gradients")


def read_gradients(reader: Any, node: cst.Call) -> ir.Expr:
    try:
        return gradients(reader, node)
    except NotWritten as reason:
        reader.refuse("SG209", reason.message, node, reason.hint)
    except NoRound as reason:
        reader.refuse("SG209", str(reason), node, reason.hint)
    return ir.Const(None)


def gradients(reader: Any, node: cst.Call) -> ir.Expr:
    given = arguments(node, PARAMETERS, 2)
    targets, _ = listed(given["ys"])
    sources = listed(given["xs"])[0]
    names = named(sources)
    if not names:
        return ir.Display("list", ())
    stops = named(listed(given["stop_gradients"])[0]) if "stop_gradients" in given else []
    function, call = call_in(reader, node)
    found = round_of(Asking(function, call, names, targets, stops, module_of(reader)))
    held: dict[str, str] = {}
    if found is None or found.loop is None:
        body, start = so_far(reader, function, call)
        before, idle = path_to(body, call), []
    if found is not None:
        check_memory(reader, found, function)
        body, before, idle = found.body, found.before, found.idle
        start = {n: n for n in found.start if n in reader.locals} if found.loop is not None else start
        held = {n: reader.fresh(f"{n}_given") for n in found.inner.names}
        targets = [found.inner.asked(t, held) for t in targets]
    if not before:
        raise NotWritten("nothing is computed before these gradients", "Compute the target first.")
    known = {n for n in names if n in start or any(binds(s, n) for s in before)}
    if set(names) - known:
        raise NotWritten(f"`{min(set(names) - known)}` is no variable of this function", "Compute it there.")
    made = BlockGradient(
        reader, body, text_of(reader).split("\n"), start | {new: n for n, new in held.items()}, targets, names, "list",
        weights_of(given.get("grad_ys"), len(targets)), [n for n in stops if n not in start],
        wants_zero(given.get("unconnected_gradients")), before=before,
    )  # fmt: skip
    made.edits = edits(body, call, idle, made.result)
    made.edits = without_inner([*made.edits, *(found.inner.edits(held) if found is not None else ())])
    return made.expression()


def edits(body: list[Any], call: Any, idle: list[Any], result: str) -> list[Edit]:
    """What makes statements up to a call the body of a function."""
    place = statement_of(body, call)
    assert place is not None
    found = [of_node(s, LEFT) for s in exits(body) if not any(n is call for n in ast.walk(s))]
    found += [of_node(s, "pass") for s in idle]
    return without_inner([*found, *beside(body, call), of_node(place[0], result)])


def call_in(reader: Any, node: cst.Call) -> tuple[Any, Any]:
    """The function that a call stands in, and the call, as CPython sees them."""
    if reader.made_node is not None:
        function: Any = parsed(text_of(reader)).body[0]
        written = [n for n in matchers.findall(reader.made_node, matchers.Call()) if is_gradients(n)]
        asked = [n for n in ast.walk(function) if isinstance(n, ast.Call) and is_named(n.func)]
        asked.sort(key=lambda n: (n.lineno, n.col_offset))
        calls = [a for a, w in zip(asked, written, strict=True) if w is node]
    else:
        source, here = reader.source, reader.source.span_of(node)
        function = source.tree
        calls = [n for n in ast.walk(function) if isinstance(n, ast.Call) and source.ast_span(n) == here]
    if not isinstance(function, ast.FunctionDef) or not any(n in calls for n in own_nodes(function.body)):
        raise NotWritten("these gradients are asked for in a nested function", "Ask for them in the function itself.")
    return function, calls[0]


def text_of(reader: Any) -> str:
    """The text of the function that is read."""
    made = reader.made_node
    found: str = reader.source.parsed_text if made is None else cst.Module([]).code_for_node(made)
    return found


def is_gradients(call: Any) -> bool:
    name = call.func.attr if isinstance(call.func, cst.Attribute) else call.func
    return isinstance(name, cst.Name) and name.value == "gradients"


def is_named(func: Any) -> bool:
    return getattr(func, "attr", getattr(func, "id", "")) == "gradients"


def module_of(reader: Any) -> Any:
    """The module that the function stands in, where there is a text of it."""
    return getattr(reader.source.file, "tree", None)


def check_memory(reader: Any, found: Round, function: Any) -> None:
    """Refuse a round that may change memory which it began with: what that held is not known any more."""
    for s in (*found.before, *found.idle) if found.loop is not None else ():
        match s:
            case ast.Expr(ast.Call(ast.Attribute(_, name), args)) if s in found.idle and name in ADDING:
                parts: list[Any] = args
            case ast.Expr(ast.Call(ast.Name("print"), args)):
                parts = args
            case _:
                parts = [s]
        if any(is_in_place(reader, n, function) for p in parts for n in ast.walk(p)):
            raise NotWritten("memory may be changed in this round before these gradients")
    for call in (n for s, _ in found.inner.loops for n in own_nodes(s) if isinstance(n, ast.Call)):
        adds = isinstance(call.func, ast.Attribute) and call.func.attr in ADDING  # see `rounds.check_inner`
        if not adds and is_in_place(reader, call, function) and not is_draw(reader, call, function, found.reached):
            raise NotWritten("memory may be changed in this loop, by a call of something that is not known")


def is_draw(reader: Any, call: ast.Call, function: Any, reached: set[str]) -> bool:
    """Whether a call is a method of what a function of a module has made from nothing that matters here."""
    made = assigned(function, root(call.func)) if isinstance(call.func, ast.Attribute) else [call]
    calls = [m for m in made if isinstance(m, ast.Call) and is_of_module(reader, m.func)]
    return len(calls) == len(made) and not reached & set().union(names_in(call), *map(names_in, calls))


def is_of_module(reader: Any, func: Any) -> bool:
    names = ast.unparse(func).split(".")
    return names[0] not in reader.locals and reader.scope.is_module(tuple(names[:-1]))


def is_in_place(reader: Any, n: Any, function: Any) -> bool:
    """Whether a node may change memory that the round began with."""
    match n:
        case ast.Call(ast.Attribute(_, name)) if name in PURE:
            return False
        case ast.Call(f):
            out = any(k.arg == "out" for k in n.keywords)
            return out or not (is_library(reader, f) or changes_nothing(f, function, functions_of(module_of(reader))))
    return changes_parts(n)


def so_far(reader: Any, function: Any, call: Any) -> tuple[list[Any], dict[str, str]]:
    """The statements of a function up to the one with the call, and where the values of its parameters are."""
    at = next(n for n, s in enumerate(function.body) if any(x is call for x in ast.walk(s)))
    body = function.body[: at + 1]
    first = 1 if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) else 0
    args = function.args
    params = [a.arg for a in (*args.posonlyargs, *args.args, *args.kwonlyargs) if a.arg in reader.locals]
    changes = may_change_memory(reader, body, function)
    changed = {n for n in params if changes or any(binds(x, n) for x in body)}
    return body[first:], {n: reader.at_entry(n) if n in changed else n for n in params}


def may_change_memory(reader: Any, body: list[Any], function: Any) -> bool:
    """Whether statements may change memory of something else than what the function makes."""
    for s in body:
        if any(not is_counter(function, n) and not is_own(function, n) for n in changed_in_place(s)):
            return True
        calls = (n for n in ast.walk(s) if isinstance(n, ast.Call))
        if any(is_in_place(reader, n, function) for n in calls if getattr(n.func, "attr", "") not in ADDING):
            return True
    return False
