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
from .blocks import LEFT, Edit, beside, binds, exits, of_node, own_nodes, path_to, statement_of, without_inner
from .read_tape import is_library
from .rounds import ADDING, HINT, NoRound, Round, changes_nothing, changes_parts, functions_of, loop_around, round_of

GRADIENTS = "srcgrad.graph.gradients"
PURE = {"all", "any", "astype", "copy", "dot", "flatten", "max", "mean", "min", "ravel", "reshape", "std", "sum", "var"}
PARAMETERS = ("ys", "xs", "grad_ys", "stop_gradients", "unconnected_gradients")


def read_gradients(reader: Any, node: cst.Call) -> ir.Expr:
    try:
        return gradients(reader, node)
    except NotWritten as reason:
        reader.refuse("SG209", reason.message, node, reason.hint)
    except NoRound as reason:
        reader.refuse("SG209", str(reason), node, HINT)
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
    loop = loop_around(function, call)
    if loop is None:
        body, params = so_far(function, call)
        before, idle = path_to(body, call), []
    else:
        found = round_of(function, loop, call, names, targets, stops, module_of(reader))
        check_memory(reader, found, function)
        body, before, params, idle = found.body, found.before, found.start, found.idle
    if not before:
        raise NotWritten("nothing is computed before these gradients", "Compute the target first.")
    known = {n for n in names if n in params or any(binds(s, n) for s in before)}
    if set(names) - known:
        raise NotWritten(f"`{min(set(names) - known)}` is no variable of this function", "Compute it there.")
    made = BlockGradient(
        reader, body, text_of(reader).split("\n"), {n: n for n in params if n in reader.locals}, targets,
        names, "list", weights_of(given.get("grad_ys"), len(targets)), [n for n in stops if n not in params],
        wants_zero(given.get("unconnected_gradients")), before=before,
    )  # fmt: skip
    made.edits = edits(body, call, idle, made.result)
    return made.expression()


def edits(body: list[Any], call: Any, idle: list[Any], result: str) -> list[Edit]:
    """What makes statements up to a call the body of a function."""
    place = statement_of(body, call)
    if place is None or place[1]:
        raise NotWritten("these gradients are asked for in a nested function", "Ask for them in the function itself.")
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
    for s in (*found.before, *found.idle):
        match s:
            case ast.Expr(ast.Call(ast.Attribute(_, name), args)) if s in found.idle and name in ADDING:
                parts: list[Any] = args
            case ast.Expr(ast.Call(ast.Name("print"), args)):
                parts = args
            case _:
                parts = [s]
        if any(is_in_place(reader, n, function) for p in parts for n in ast.walk(p)):
            raise NotWritten("memory may be changed in this round before these gradients", HINT)


def is_in_place(reader: Any, n: Any, function: Any) -> bool:
    """Whether a node may change memory that the round began with."""
    match n:
        case ast.Call(ast.Attribute(_, name)) if name in PURE:
            return False
        case ast.Call(f):
            out = any(k.arg == "out" for k in n.keywords)
            return out or not (is_library(reader, f) or changes_nothing(f, function, functions_of(module_of(reader))))
    return changes_parts(n)


def so_far(function: Any, call: Any) -> tuple[list[Any], list[str]]:
    """The statements of a function up to the one with the call, and its parameters."""
    at = next(n for n, s in enumerate(function.body) if any(x is call for x in ast.walk(s)))
    body = function.body[: at + 1]
    start = 1 if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) else 0
    params = [a.arg for a in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
    for n in params:
        if any(binds(x, n) for x in path_to(body, call)):
            raise NotWritten(f"the parameter `{n}` is bound anew before these gradients", "Give the value a new name.")
    return body[start:], params
