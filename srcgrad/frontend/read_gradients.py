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

from ..ir import nodes as ir
from .block_gradient import BlockGradient, NotWritten, arguments, listed, named, wants_zero, weights_of
from .blocks import binds, exits, of_node

GRADIENTS = "srcgrad.graph.gradients"
PARAMETERS = ("ys", "xs", "grad_ys", "stop_gradients", "unconnected_gradients")


def read_gradients(reader: Any, node: cst.Call) -> ir.Expr:
    try:
        return gradients(reader, node)
    except NotWritten as reason:
        reader.refuse("SG209", reason.message, node, reason.hint)
        return ir.Const(None)


def gradients(reader: Any, node: cst.Call) -> ir.Expr:
    given = arguments(node, PARAMETERS, 2)
    targets, _ = listed(given["ys"])
    names = named(listed(given["xs"])[0])
    if not names:
        return ir.Display("list", ())
    function, body = so_far(reader, node)
    params = [a.arg for a in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
    for n in params:
        if any(binds(s, n) for s in body):
            raise NotWritten(f"the parameter `{n}` is bound anew before these gradients", "Give the value a new name.")
    stops = named(listed(given["stop_gradients"])[0]) if "stop_gradients" in given else []
    known = {n for n in names if n in params or any(binds(s, n) for s in body)}
    if set(names) - known:
        raise NotWritten(f"`{min(set(names) - known)}` is no variable of this function", "Compute it there.")
    found = BlockGradient(
        reader, body, reader.source.parsed_text.split("\n"), {n: n for n in params}, targets, names, "list",
        weights_of(given.get("grad_ys"), len(targets)), [n for n in stops if n not in params],
        wants_zero(given.get("unconnected_gradients")),
    )  # fmt: skip
    found.edits = [of_node(s, 'raise RuntimeError("the function was left")') for s in exits(body)]
    return found.expression()


def so_far(reader: Any, node: cst.Call) -> tuple[Any, list[Any]]:
    """The function that a call stands in, and its statements before the one with the call."""
    source, here = reader.source, reader.source.span_of(node)
    calls = [n for n in ast.walk(source.tree) if isinstance(n, ast.Call) and source.ast_span(n) == here]
    function = source.tree
    if not calls or not isinstance(function, ast.FunctionDef):
        raise NotWritten("these gradients are asked for in a nested function", "Ask for them in the function itself.")
    for position, s in enumerate(function.body):
        if any(n is calls[0] for n in ast.walk(s)):
            inside = any(n is calls[0] for f in ast.walk(s) if isinstance(f, ast.FunctionDef | ast.Lambda)
                         for n in ast.walk(f))  # fmt: skip
            if inside or hasattr(s, "body"):
                break
            body = function.body[:position]
            start = 1 if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) else 0
            if not body[start:]:
                raise NotWritten("nothing is computed before these gradients", "Compute the target first.")
            return function, body[start:]
    raise NotWritten("these gradients are asked for inside a loop, a branch or a nested function",
                     "Ask for them in a statement of the function itself.")  # fmt: skip
