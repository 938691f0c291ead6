"""Calls that change what they are given, or are made for an effect that cannot be seen."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from ..frontend import changing_methods
from ..frontend.library_objects import library_object
from ..frontend.operators import IN_PLACE
from ..ir import helpers
from ..rules.registry import lookup
from . import kinds as k

MUTATORS = frozenset({
    ".shuffle", ".__setitem__", *(f".{name}" for name in changing_methods.CHANGING),
    *(f".__{name.removeprefix('operator.')}__" for name in IN_PLACE),
})  # fmt: skip
CHANGING = frozenset({
    "numpy.copyto", "numpy.put", "numpy.place", "numpy.putmask", "numpy.put_along_axis", "numpy.fill_diagonal",
    "numpy.random.shuffle", "random.shuffle", "builtins.next", "builtins.setattr",
    "operator.setitem", "operator.delitem",
    *IN_PLACE, "heapq.heappush", "heapq.heappop",
    "heapq.heapify", "heapq.heapreplace", "heapq.heappushpop", "bisect.insort_left",
    "bisect.insort_right", *helpers.CHANGING,
})  # fmt: skip
HARMLESS = ("builtins.print", "warnings.", "logging.", "time.", "sys.", "traceback.", "gc.", "builtins.input",
            "numpy.seterr", "numpy.random.seed", "random.seed",
            "numpy.set_printoptions", "numpy.testing.", "math.", "builtins.len", "builtins.isinstance")  # fmt: skip


def changes(op: str) -> bool:
    """Whether a call certainly changes its receiver or an argument."""
    return op in MUTATORS or op in CHANGING or op.endswith(".at") and op.startswith("numpy.")


def written_argument(op: str, rule: Any, args: Sequence[k.Kind], keywords: Mapping[str, k.Kind], derived: bool) -> str:
    """Why a call of a library does more than give its result; "" if it does not.

    Operations without a derivative are looked at too: one that writes into an array does so whatever it computes.
    `derived`: what the rule does not cover is refused anyway.
    """
    given = keywords.get("out")
    ufunc = getattr(np, op[6:], None) if op.startswith("numpy.") else None
    if isinstance(ufunc, np.ufunc):
        given = next((a for a in args[ufunc.nin :] if a != k.Known(None)), given)
        if (
            "where" in keywords
            and given is None
            and not derived
            and getattr(keywords["where"], "value", None) is not True
        ):
            return "keyword `where` leaves elements of the result unset"
    elif rule is not None and given is None:
        names = [p.name for p in rule.pattern.positional]
        given = dict(zip(names, args, strict=False)).get("out")
    if given is not None and given != k.Known(None):
        return "keyword `out` writes into an array, which is not supported yet"
    return written_by_scipy(op, args, keywords) if op.startswith("scipy.") else ""


def written_by_scipy(op: str, args: Sequence[k.Kind], keywords: Mapping[str, k.Kind]) -> str:
    """Why a function of SciPy writes into what it is given: an array for its output, or one it may overwrite."""
    for name, kind in {**dict(zip(parameters(op), args, strict=False)), **keywords}.items():
        if name == "output" and isinstance(kind, k.Num):
            return "keyword `output` writes into an array, which is not supported yet"
        if name.startswith("overwrite_") and getattr(kind, "value", None) is not False:
            return f"keyword `{name}` lets it write into its arguments, which is not supported yet"
    return ""


@cache
def parameters(op: str) -> tuple[str, ...]:
    try:
        return tuple(inspect.signature(library_object(op)).parameters)
    except (TypeError, ValueError):
        return ()


def is_harmless(op: str, args: Sequence[k.Kind]) -> bool:
    """Whether a call whose result nobody takes leaves its arguments as they were."""
    if op.startswith(HARMLESS) or op.startswith("operator.") or lookup(op) is not None:
        return True
    return not any(isinstance(a, k.Num) and not a.is_scalar or isinstance(a, k.Seq | k.Dict | k.Unknown) for a in args)
