"""The structure of what a function gives that has a rule of the user, by the function's own source.

    both(x, y)      a tuple of two, where the function says `return x * y, np.sin(x)`

Without a source, or one that can be read, it is one number or array.
"""

from __future__ import annotations

import inspect
from types import FunctionType
from weakref import WeakKeyDictionary

from ..diagnostics import SrcgradError
from ..rules.declare import OBJECTS
from . import kinds as k

NUMBER = k.Num("any")


def ruled_kind(op: str, args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind:
    """What a call gives: numbers and arrays of which nothing is known, in tuples, lists and dicts."""
    function = next((f for f, name in OBJECTS.values() if name == op), None)
    if not isinstance(function, FunctionType):
        return NUMBER
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    kinds = dict(zip(names, args, strict=False)) | keywords
    return structure(own_kind(function, {n: k.deactivate(kind) for n, kind in kinds.items()}))


def structure(kind: k.Kind) -> k.Kind:
    match kind:
        case k.Seq(own, items) if items is not None:
            return k.Seq(own, tuple(map(structure, items)))
        case k.Dict(items, cls=None) if items is not None and not kind.missing:
            return k.Dict(tuple((n, structure(x)) for n, x in items))
        case k.Seq() | k.Dict() | k.Maybe():
            return k.Unknown()
    return NUMBER


KNOWN: WeakKeyDictionary[FunctionType, list[tuple[dict[str, k.Kind], k.Kind]]] = WeakKeyDictionary()


def own_kind(function: FunctionType, given: dict[str, k.Kind]) -> k.Kind:
    """What a function gives for arguments of these kinds; a number where its source does not say."""
    from ..pipeline import result_kind
    from .library import kind_of_object

    known = KNOWN.setdefault(function, [])
    found = next((kind for seen, kind in known if seen == given), None)
    if found is not None:
        return found
    known.append((given, NUMBER))  # where the function calls itself
    at = len(known) - 1
    parameters = inspect.signature(function).parameters.values()
    defaults = {p.name: kind_of_object(p.default) for p in parameters if p.default is not p.empty}
    try:
        known[at] = given, result_kind(function, defaults | given)
    except (SrcgradError, AssertionError, KeyError):
        pass
    return known[at][1]
