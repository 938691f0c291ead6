"""What `locate` finds: a function's source and the names around it."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import CellType, FunctionType
from typing import Any

from .source import Source


@dataclass(frozen=True, eq=False)
class Located:
    """A function with its source; `function`, `globals` and defaults are there when it came from a live object.

    `bound` are positional arguments that are already given (`self` of a bound method, those of a partial), and
    `bound_keywords` keyword arguments likewise.  `name` and `qualname` are the function's own, as written
    ("<lambda>" for a live lambda, the requested name for one in a file).
    """

    source: Source
    name: str
    qualname: str
    module_name: str | None
    function: FunctionType | None = None
    globals: dict[str, Any] | None = None
    closure: Mapping[str, CellType] = field(default_factory=dict)
    bound: tuple[Any, ...] = ()
    bound_keywords: Mapping[str, Any] = field(default_factory=dict)
    defaults: tuple[Any, ...] = ()
    kwdefaults: Mapping[str, Any] = field(default_factory=dict)

    @property
    def filename(self) -> str:
        return self.source.filename

    @property
    def module_ast(self) -> ast.Module:
        """The tree of the whole file: its imports and top-level names.  Parsed at the first request."""
        return self.source.file.tree
