"""A Python function around a library function that has a rule, so that it can be differentiated by itself."""

from __future__ import annotations

import linecache
import sys
from types import FunctionType
from typing import Any

from ..rules.pattern import Pattern
from ..rules.registry import lookup
from .bindings import Library, classify, root_package

SHORT = {"numpy": "np"}


def library_source(f: Any) -> FunctionType | None:
    """`def norm(x): return np.linalg.norm(x)` for `np.linalg.norm`; None for anything without a rule.

    >>> import numpy as np
    >>> library_source(np.sinh)(0.0)
    0.0
    """
    found = classify(f, "")
    rule = lookup(found.name) if isinstance(found, Library) else None
    own = rule is not None and rule.of_user
    if isinstance(f, FunctionType) and not own and root_package(f.__module__) not in ("numpy", "scipy"):
        return None
    if rule is None or not isinstance(found, Library):
        return None
    root, dot, rest = found.name.partition(".")
    name, given = found.name.rpartition(".")[2], arguments(rule.pattern)
    called = "function" if own else rest if root == "builtins" else SHORT.get(root, root) + dot + rest
    text = f"def {name}({given}):\n    return {called}({given})\n"
    filename = f"<srcgrad library {found.name}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)
    namespace: dict[str, Any] = {"__name__": found.name.rpartition(".")[0]}
    namespace.update({"function": f} if own else {SHORT.get(root, root): sys.modules[root]})
    exec(compile(text, filename, "exec"), namespace)  # names from our own tables only
    return namespace.pop(name)  # so that inside it the name is the library's


def arguments(pattern: Pattern) -> str:
    """The parameters that a call must give; the optional ones keep their defaults."""
    if pattern.star is not None:
        return "*args"
    return ", ".join(p.name for p in pattern.positional if p.default is None)
