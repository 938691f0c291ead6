"""Relative imports inside functions: emitted modules are in no package, so they import by the full name.

from ..kernels import rbf        in package.models.gp        ->  from package.kernels import rbf
"""

from __future__ import annotations

from typing import Any

import libcst as cst

from ..ir.origin import Origin
from .scope import ObjectScope, WithImports


def package_of(scope: Any) -> str:
    """The package that relative imports start from; "" where there is none."""
    while isinstance(scope, WithImports):
        scope = scope.scope
    if isinstance(scope, ObjectScope):
        return str(scope.globals.get("__package__") or "")
    return str(getattr(scope, "module_name", "")).rpartition(".")[0]


def absolute(dotted: str, package: str) -> str:
    """A dotted name without its leading dots, which stand for the package and those around it."""
    rest = dotted.lstrip(".")
    up = len(dotted) - len(rest)
    parts = package.split(".")
    if not up or not package or up > len(parts):
        return dotted
    return ".".join((*parts[: len(parts) - up + 1], *([rest] if rest else [])))


def with_full_name(node: cst.ImportFrom, origin: Origin, scope: Any) -> Origin:
    """The statement as a module of no package says it."""
    written = cst.Module([]).code_for_node(node.module) if node.module is not None else ""
    full = absolute("." * len(node.relative) + written, package_of(scope))
    if full.startswith("."):
        return origin
    module: Any = cst.parse_expression(full)
    changed: Any = origin.node.deep_replace(node, node.with_changes(relative=(), module=module))
    return Origin(changed, origin.source, origin.edited)
