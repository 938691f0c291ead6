"""Names that a function which is written out in another one takes from a module of its own.

    G * x        moda_G * x        where the other function has a `G` too, or its module has another
"""

from __future__ import annotations

from typing import Any

from ..frontend.bindings import Library, UserFunction, Value
from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.walk import block_reads, block_writes, statement_expressions, statements, subexpressions


def foreign_names(function: Function, body: ir.Block, at: Any) -> list[str]:
    """The names that mean something else in `at`."""
    own = {*function.param_names, *function.captures, *block_writes(body)}
    taken = {*at.params, *at.names, *at.function.locals, *at.function.captures, *block_writes(at.body)}
    return sorted(n for n in block_reads(body) - own if n in taken or not same_meaning(n, function.scope, at))


def same_meaning(name: str, scope: Any, at: Any) -> bool:
    found, other = scope.binding((name,)), at.function.scope.binding((name,))
    if name in at.foreign or type(found) is not type(other):
        return False
    match found:
        case UserFunction(handle):
            return handle is other.handle or isinstance(handle, tuple) and handle == other.handle
        case Library(_, value) | Value(value):
            return value is other.value or scope is at.function.scope
    return True


def can_be_renamed(function: Function, body: ir.Block, at: Any) -> bool:
    """Not what a function inside of it reads: that has a scope of its own."""
    foreign = foreign_names(function, body, at)
    inner = (e for s in statements(body) for whole in statement_expressions(s) for e in subexpressions(whole))
    return not foreign or not any(isinstance(e, ir.Lambda) for e in inner)
