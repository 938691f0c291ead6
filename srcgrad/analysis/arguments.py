"""Binding the arguments of a call to the parameters of a user function, as Python does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..ir.program import Function


def bind_arguments(
    function: Function, args: list[Any], keywords: dict[str, Any], default: Callable[[Any], Any], pack: Any = None
) -> dict[str, Any] | str:
    """Values by parameter name, or what is wrong with the call.

    `pack(kind, items)` makes the value of `*args` ("star", list) and `**kwargs` ("double_star", dict).
    """
    pack = pack or pack_kinds
    rest, words, found = list(args), dict(keywords), {}
    for p in function.params:
        if p.kind == "star":
            found[p.name] = pack("star", rest)
            rest = []
        elif p.kind == "double_star":
            found[p.name] = pack("double_star", words)
            words = {}
        elif p.kind != "keyword" and rest:
            found[p.name] = rest.pop(0)
            if p.kind == "positional" and p.name in words:
                return f"is given `{p.name}` twice"
        elif p.name in words and p.kind != "positional_only":
            found[p.name] = words.pop(p.name)
        elif p.default is not None:
            found[p.name] = default(p)
        else:
            return f"is called without `{p.name}`"
    if rest:
        return "is given too many arguments"
    if words:
        return f"has no parameter `{next(iter(words))}`"
    return found


def pack_kinds(kind: str, items: Any) -> Any:
    from . import kinds as k

    return k.Seq("tuple", tuple(items)) if kind == "star" else k.Dict(tuple(items.items()))
