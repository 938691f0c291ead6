"""Private attributes: inside a class, Python reads `self.__rate` as `self._Spring__rate`, and so is it written."""

from __future__ import annotations

import libcst as cst


def owner_of(qualname: str) -> str:
    """The class whose private names a function has; "" outside of classes."""
    parts = qualname.split(".")
    while len(parts) > 1 and parts[-2] == "<locals>":
        parts = parts[:-2]
    return parts[-2] if len(parts) > 1 else ""


def full_name(owner: str, name: str) -> str:
    """The name of an attribute as Python knows it."""
    private = owner.strip("_") and name.startswith("__") and not name.endswith("__")
    return f"_{owner.lstrip('_')}{name}" if private else name


class WithFullNames(cst.CSTTransformer):
    def __init__(self, owner: str) -> None:
        self.owner = owner

    def leave_Attribute(self, original_node: cst.Attribute, updated_node: cst.Attribute) -> cst.Attribute:
        return updated_node.with_changes(attr=cst.Name(full_name(self.owner, original_node.attr.value)))
