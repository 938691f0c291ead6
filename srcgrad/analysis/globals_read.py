"""Arrays and containers of the module that a program reads: an argument that changes must be none of them."""

from __future__ import annotations

from typing import Any

from ..frontend.scope import WithImports
from ..ir import nodes as ir
from ..ir.walk import statements
from . import kinds as k
from .instance import Instance


def memory_read(interpreter: Any, entry: Instance) -> dict[str, k.Kind]:
    """Names of the module of the entry function, as it sees them, whose values the program reads.

    What a file does not tell of a value counts where parts of it are taken.
    """
    own = module_of(entry.function.scope)
    found: dict[str, k.Kind] = {}
    taken = {n for at in interpreter.reached() for n in names_of_parts(at)}
    for scope, chain in list(interpreter.evaluator.externals.values()):
        name = chain[0] if isinstance(chain, tuple) and len(chain) == 1 else ""
        cells = getattr(scope, "cells", {}) if scope is not entry.function.scope else {}
        if not name or module_of(scope) != own or name in cells or name in entry.names or name in entry.params:
            continue
        kind = interpreter.evaluator.free(entry, (name,))
        if isinstance(kind, k.Num) and not kind.is_scalar or isinstance(kind, k.Seq | k.Dict):
            found[name] = kind
        elif isinstance(kind, k.Unknown) and name in taken:
            found[name] = kind
    return found


def module_of(scope: Any) -> int:
    while isinstance(scope, WithImports):
        scope = scope.scope
    return id(getattr(scope, "globals", scope))


def names_of_parts(at: Instance) -> set[str]:
    """Names of which some statement takes a part."""
    inner = [e for s in statements(at.body) for e in at.within(s)]
    return {e.base.id for e in inner if isinstance(e, ir.Index) and isinstance(e.base, ir.Name)}
