"""Loops over `np.nditer` of one array, as loops over its indices.

    for v in np.nditer(y, op_flags=["readwrite"]):        for n in np.ndindex(np.shape(y)):
        v[...] = v * v                              ->        y[n] = y[n] * y[n]

It goes through the memory as it lies, which is the order of the indices only if that is contiguous: a check says so.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import libcst as cst

from ..ir import nodes as ir

CHECK = "srcgrad.runtime.require_c_order"
FLAGS = (["readwrite"], ["readonly"], [["readwrite"]], [["readonly"]])
VALUES = ("numpy.", "math.", "builtins.float", "builtins.abs", "builtins.print")


def over_array(reader: Any, node: cst.For) -> list[ir.Stmt] | None:
    """The loop in plainer words; None for every other loop."""
    match node.target, node.iter:
        case cst.Name(item), cst.Call(cst.Attribute() as func, [cst.Arg(cst.Name(array), keyword=None), *more]):
            chain = reader.chain(func)
        case _:
            return None
    if chain is None or reader.scope.operation(chain) != "numpy.nditer" or not all(map(is_known, more)):
        return None
    if array not in reader.locals or not only_values(reader, node.body, item, array):
        return None
    index = reader.fresh("n")
    reader.locals |= {index}
    reader.made |= {index}
    own = cst.Subscript(cst.Name(array), [cst.SubscriptElement(cst.Index(cst.Name(index)))])
    shape = cst.Call(func.with_changes(attr=cst.Name("shape")), [cst.Arg(cst.Name(array))])
    indices = cst.Call(func.with_changes(attr=cst.Name("ndindex")), [cst.Arg(shape)])
    body = node.body.visit(Replaced(item, own))
    loop = node.with_changes(target=cst.Name(index), iter=indices, body=body)
    reader.source.stand_in((loop,), node)
    return [ir.Eval(ir.Call(CHECK, (ir.Name(array),))), *reader.statement(loop)]


def entered_loop(reader: Any, node: cst.With) -> list[ir.Stmt] | None:
    """`with np.nditer(y) as it: for v in it: ...`, which says when what is written is there; it is at once."""
    match node:
        case cst.With(
            [cst.WithItem(cst.Call() as made, cst.AsName(cst.Name(name)))],
            cst.IndentedBlock([cst.For(iter=cst.Name(gone_through)) as loop]),
        ) if name == gone_through and not any(is_name(n, name) for n in nodes(loop.body)):
            return over_array(reader, loop.with_changes(iter=made))
    return None


def is_known(a: cst.Arg) -> bool:
    """Whether an option says which way the array is gone through, or that its items are written."""
    if a.keyword is None:
        return False
    try:
        value = ast.literal_eval(cst.Module([]).code_for_node(a.value))
    except ValueError:
        return False
    return value in FLAGS if a.keyword.value == "op_flags" else (a.keyword.value, value) == ("order", "C")


def only_values(reader: Any, body: cst.BaseSuite, item: str, array: str) -> bool:
    """Whether only the numbers are used that the items are: `v[...]`, and `v` in arithmetic; none is kept."""
    found = [(n, p) for n, p in with_parents(body) if is_name(n, item) or is_name(n, array)]
    return all(is_value(reader, n, p) for n, p in found if is_name(n, item)) and not any(
        isinstance(p, cst.AssignTarget | cst.AugAssign | cst.NamedExpr) and getattr(p, "target", None) is n
        for n, p in found
    )


def is_value(reader: Any, name: cst.CSTNode, parent: Any) -> bool:
    match parent:
        case cst.Subscript(value, [cst.SubscriptElement(cst.Index(cst.Ellipsis()))]):
            return value is name
        case cst.BinaryOperation() | cst.UnaryOperation() | cst.Comparison() | cst.ComparisonTarget():
            return True
        case cst.Call(func):
            op = reader.scope.operation(chain) if (chain := reader.chain(func)) is not None else None
            return op is not None and op.startswith(VALUES)
        case cst.AugAssign(value=value):
            return value is name
    return False


class Replaced(cst.CSTTransformer):
    """An item of the array in place of the name for it."""

    def __init__(self, item: str, own: cst.Subscript) -> None:
        self.item, self.own = item, own

    def visit_Subscript(self, node: cst.Subscript) -> bool:
        return not is_name(node.value, self.item)

    def leave_Subscript(self, original_node: cst.Subscript, updated_node: cst.Subscript) -> cst.BaseExpression:
        return self.own.deep_clone() if is_name(original_node.value, self.item) else updated_node

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        return self.own.deep_clone() if original_node.value == self.item else updated_node


def is_name(node: Any, name: str) -> bool:
    return isinstance(node, cst.Name) and bool(node.value == name)


def nodes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    yield node
    for child in node.children:
        yield from nodes(child)


def with_parents(node: cst.CSTNode) -> Iterator[tuple[cst.CSTNode, Any]]:
    """All nodes with what they stand in; of an argument, the call."""
    for child in node.children:
        yield child, node
        for inner, parent in with_parents(child):
            yield inner, node if isinstance(parent, cst.Arg) and isinstance(node, cst.Call) else parent
