"""The class a method was written in, which is what `super()` starts from.

    super().step(dt)        super(World, self).step(dt)

So it is said in the text of a method itself, which may be written out in another function.
"""

from __future__ import annotations

from typing import Any

from ..frontend.bindings import Value
from ..frontend.classes import class_of
from ..frontend.file_scope import FileScope
from ..frontend.read import WHERE
from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.rewrite import map_statement
from ..ir.walk import map_children


def owner_of(function: Any) -> type | None:
    """The class a method was written in: what `super()` starts from."""
    if isinstance(function.scope, FileScope):
        named = function.scope.binding((function.qualname.rpartition(".")[0],))
        return named.value if isinstance(named, Value) and isinstance(named.value, type) else None
    cell = getattr(function.scope, "cells", None) or getattr(getattr(function.scope, "scope", None), "cells", {})
    try:
        found = cell["__class__"].cell_contents
    except (KeyError, ValueError):
        return None
    return found if class_of(found) is not None else None


def with_owner(body: ir.Block, function: Function, receiver: str | None) -> ir.Block:
    """The body of a function with every `super()` saying of which class and which object it is."""
    owner = owner_of(function)
    if receiver is None and function.params:
        receiver = function.params[0].name
    if owner is None or receiver is None:
        return body

    places = WHERE.get(function, {})

    def expression(e: ir.Expr) -> ir.Expr:
        match e:
            case ir.Call("builtins.super", ()):
                return ir.Call("builtins.super", (ir.Const(owner), ir.Name(receiver)))
        new = map_children(expression, e)
        if new is not e and id(e) in places:
            places[id(new)] = (new, *places[id(e)][1:])
        return new

    return tuple(map_statement(expression, s) for s in body)
