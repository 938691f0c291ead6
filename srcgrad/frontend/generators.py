"""Generator functions whose items are taken where they are called, as functions that return a list.

    def sums(x):                            def sums(x):
        total = 0.0                             yielded = []
        for v in x:                             total = 0.0
            total = total + v       ->          for v in x:
            yield total                             total = total + v
                                                    yielded.append(total)
                                                return yielded

The function then runs to its end before the first item is used. That is the same only where it changes no memory and
has no effect, so any other is refused; and a call of it is a generator expression, which must not be kept.
"""

from __future__ import annotations

import inspect
from functools import cache
from pathlib import Path
from typing import Any

import libcst as cst

from ..ir import nodes as ir
from ..ir.origin import Origin
from ..ir.walk import statement_expressions, statements
from .iteration_tools import variables
from .without_effect import effect

HINT = "Return a list, or move the computation into a plain function."


def yields(node: cst.CSTNode) -> bool:
    """Whether the body of a function has a `yield` of its own."""
    for child in node.children:
        if isinstance(child, cst.Yield) or not isinstance(child, cst.FunctionDef | cst.Lambda) and yields(child):
            return True
    return False


def read_yield(reader: Any, node: cst.Yield, origin: Origin) -> list[ir.Stmt]:
    items = ir.Name(reader.yielded)
    if isinstance(node.value, cst.From):
        return [ir.Eval(ir.Call(".extend", (items, reader.read(node.value.item))), origin.edit())]
    value = reader.read(node.value) if node.value is not None else ir.Const(None)
    return [ir.Eval(ir.Call(".append", (items, value)), origin.edit())]


def as_list(reader: Any, body: ir.Block, node: cst.CSTNode) -> ir.Block:
    """The body of a generator function as that of one that returns the list of all items."""
    items = ir.Name(reader.yielded)
    for s in statements(body):
        why = reason(s, items, reader)
        if why:
            reader.refuse("SG203", f"a generator function {why} cannot be differentiated", node, HINT)
            break
    return (ir.Assign((items.id,), (ir.Display("list", ()),)), *body, ir.Return(items))


def reason(s: ir.Stmt, items: ir.Name, reader: Any) -> str:
    match s:
        case ir.Store() | ir.Update():
            return "that changes a value in place"
        case ir.While(ir.Const()):
            return "that may never end"
        case ir.Return(value) if value != items:
            return "that returns a value"
        case ir.Eval(ir.Call(".append" | ".extend", (base, value))) if base == items:
            return f"in which {effect(value, reader)}" if effect(value, reader) else ""
    found = next((why for e in statement_expressions(s) if (why := effect(e, reader))), "")
    return f"in which {found}" if found else ""


def called(apply: ir.Apply) -> ir.Expr:
    """A call of a generator function: an iterator, as any generator is."""
    (item,) = variables("item", 1, apply)
    return ir.Comprehension("generator", item, (ir.Clause(item, apply, ()),))


def is_generator(handle: Any) -> bool:
    """Whether a user function is a generator function: a live one, or a (file, name) pair."""
    if not isinstance(handle, tuple):
        return inspect.isgeneratorfunction(inspect.unwrap(handle)) if callable(handle) else False
    return str(handle[1]) in of_file(str(handle[0]))


@cache
def of_file(path: str) -> frozenset[str]:
    """The generator functions at the top level of a file."""
    try:
        tree = cst.parse_module(Path(path).read_text(encoding="utf-8"))
    except (OSError, SyntaxError, cst.ParserSyntaxError):
        return frozenset()
    return frozenset(n.name.value for n in tree.body if isinstance(n, cst.FunctionDef) and yields(n.body))
