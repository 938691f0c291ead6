"""Attributes that are set and asked for by name, where the text says which.

    setattr(p, "x", v)                              p.x = v

    for name in ("x", "y"):                         setattr(p, "x", 2.0 * getattr(p, "x"))
        setattr(p, name, 2.0 * getattr(p, name))    setattr(p, "y", 2.0 * getattr(p, "y"))
                                                    name = "y"
"""

from __future__ import annotations

from typing import Any

import libcst as cst

from ..ir import nodes as ir
from ..ir.origin import Origin
from .renaming import Renamed

BY_NAME = ("getattr", "setattr", "hasattr", "delattr")
LEAVES = (
    cst.Break, cst.Continue, cst.FunctionDef, cst.Lambda, cst.ListComp, cst.DictComp, cst.GeneratorExp, cst.SetComp,
    cst.FormattedString,
)  # fmt: skip
BINDING = (cst.AssignTarget, cst.AugAssign, cst.NamedExpr, cst.For, cst.AsName)
MOST = 20  # items of a loop that is written out


def attribute_set(reader: Any, node: cst.BaseExpression, origin: Origin) -> list[ir.Stmt] | None:
    """`setattr(p, "x", v)`, or the same of `object.__setattr__`, as an assignment; None for anything else."""
    if not isinstance(node, cst.Call) or len(node.args) != 3 or any(a.star or a.keyword for a in node.args):
        return None
    chain = reader.chain(node.func)
    if chain not in (("setattr",), ("object", "__setattr__")) or reader.scope.operation(chain[:1]) is None:
        return None
    base, name, value = (a.value for a in node.args)
    text = literal(name)
    if text is None or not text.isidentifier() or not isinstance(base, cst.Name | cst.Attribute | cst.Subscript):
        return None
    place = reader.read(base)
    past = chain[0] == "object"  # which frozen objects allow
    whole = ir.Index(place, ir.Const(ir.Forced(text))) if past else ir.Attribute(place, text)
    return [ir.Store(whole, reader.read(value), origin.edit())]


def literal(e: cst.BaseExpression) -> str | None:
    found = e.evaluated_value if isinstance(e, cst.SimpleString) else None
    return found if isinstance(found, str) else None


def written_out(reader: Any, node: cst.For) -> list[ir.Stmt] | None:
    """A loop over names of attributes, once for each; None for other loops."""
    target, items = node.target, node.iter
    if not isinstance(target, cst.Name) or not isinstance(items, cst.Tuple | cst.List) or node.orelse is not None:
        return None
    names = [literal(e.value) for e in items.elements]
    every = list(nodes(node.body))
    asked = any(isinstance(n, cst.Call) and asks(n, target.value) for n in every)
    if None in names or not 0 < len(names) <= MOST or not asked or any(isinstance(n, LEAVES) for n in every):
        return None
    if any(isinstance(n, BINDING) and binds(n, target.value) for n in every):
        return None
    found: list[Any] = []
    for name in names:
        body: Any = node.body.visit(Named(target.value, str(name)))
        found += body.body if isinstance(body, cst.IndentedBlock) else [cst.SimpleStatementLine(body.body)]
    last = cst.Assign([cst.AssignTarget(cst.Name(target.value))], cst.SimpleString(repr(names[-1])))
    found.append(cst.SimpleStatementLine([last]))
    reader.source.stand_in(found, node)
    return [s for inner in found for s in reader.statement(inner)]


def binds(node: Any, name: str) -> bool:
    target = node.name if isinstance(node, cst.AsName) else node.target
    return any(isinstance(n, cst.Name) and n.value == name for n in nodes(target)) and not isinstance(
        target, cst.Attribute | cst.Subscript
    )


def asks(call: cst.Call, name: str) -> bool:
    """Whether a call asks for the attribute that the loop is at."""
    if not isinstance(call.func, cst.Name) or call.func.value not in BY_NAME or len(call.args) < 2:
        return False
    asked = call.args[1].value
    return isinstance(asked, cst.Name) and asked.value == name


class Named(Renamed):
    """Text in place of a name."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__({})
        self.name, self.text = name, text

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> Any:
        return cst.SimpleString(repr(self.text)) if original_node.value == self.name else updated_node


def nodes(node: cst.CSTNode) -> list[cst.CSTNode]:
    return [node, *(n for child in node.children for n in nodes(child))]
