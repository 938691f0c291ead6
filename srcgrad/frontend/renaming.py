"""A nested function under another name, with what it captures under other names: its text is rewritten to match."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import libcst as cst

from ..ir import nodes as ir
from ..ir.origin import Origin


class Renamed(cst.CSTTransformer):
    """Renames plain names; not attributes, nor the keywords of calls."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.Name:
        return updated_node.with_changes(value=self.names.get(original_node.value, original_node.value))

    def leave_Attribute(self, original_node: cst.Attribute, updated_node: cst.Attribute) -> cst.Attribute:
        return updated_node.with_changes(attr=original_node.attr)

    def leave_Arg(self, original_node: cst.Arg, updated_node: cst.Arg) -> cst.Arg:
        return updated_node.with_changes(keyword=original_node.keyword)


def renamed_definition(s: ir.Define, name: str, cells: dict[str, str]) -> ir.Define:
    """`s` binding `name`, where each captured name is found under `cells[captured]`."""
    changed = {n: m for n, m in {**cells, s.name: name}.items() if n != m}
    origin: Any = s.origin
    if changed and origin is not None:
        node: Any = origin.node.visit(Renamed(changed))
        origin = Origin(node, origin.source, origin.edited)
    return replace(s, name=name, cells=tuple(cells.items()), origin=origin)
