"""Functions that carry a name which is bound again for another purpose.

A closure reads what it captures when it is called, so rebinding a captured name of the user's changes what the
closure sees.  Names that stand for one evaluation of a definition are different: the closure made with an earlier
value keeps that value, which is no longer in reach.  Which one is called is then only known when the program runs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..ir.walk import reads
from . import kinds as k

Env = dict[str, k.Kind]


def without_stale(env: Env, names: set[str]) -> Env:
    """The environment after `names` have been bound for a new definition."""
    return {n: unreached(v, names) for n, v in env.items()}


def unreached(kind: k.Kind, names: set[str]) -> k.Kind:
    match kind:
        case k.Func() if carries(kind, names):
            return k.Unknown(True, functions=True)
        case k.Seq(_, items, element):
            new = tuple(unreached(i, names) for i in items) if items is not None else None
            return replace(kind, items=new, element=unreached(element, names) if element is not None else None)
        case k.Dict(items, element) if not isinstance(kind, k.Linked):
            pairs = tuple((key, unreached(i, names)) for key, i in items) if items is not None else None
            return replace(kind, items=pairs, element=unreached(element, names) if element is not None else None)
    return kind


def carries(kind: Any, names: set[str]) -> bool:
    return isinstance(kind, k.Func) and any(bool(reads(h.access) & names) or carries(h.kind, names) for h in kind.held)
