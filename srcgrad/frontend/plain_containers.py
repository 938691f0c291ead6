"""The body of a function with plain lists and dicts in place of the deques, defaultdicts and sets that it makes."""

from __future__ import annotations

from typing import Any

from ..ir import nodes as ir
from ..ir.rewrite import map_inside, map_statement
from ..ir.walk import statement_expressions, statements
from .stand_in_types import Counter, DefaultDict, Deque, PlainDict, Set
from .stand_ins import Escape, StandIn, everything, name_bindings

TYPES = {
    "collections.deque": Deque, "collections.defaultdict": DefaultDict, "collections.OrderedDict": PlainDict,
    "collections.Counter": Counter, "builtins.set": Set,
}  # fmt: skip


def type_made(e: ir.Expr | None) -> type[StandIn] | None:
    match e:
        case ir.Call(op):
            return TYPES.get(op)
        case ir.Display("set") | ir.Comprehension("set"):
            return Set
        case ir.Mapping(ordered=True):
            return PlainDict
    return None


def with_plain_containers(
    body: ir.Block, own: frozenset[str], is_builtin: Any, fresh: Any, refuse: Any
) -> tuple[ir.Block, set[str]]:
    """The new body, and the names that it binds besides.  `own`: the local names, parameters left out."""
    made: set[str] = set()
    for name, values in name_bindings(body).items():
        found = {type_made(v) for v in values}
        kind = next(iter(found))
        if len(found) > 1 or kind is None or name not in own:
            continue
        stand_in = kind(name, fresh)
        stand_in.is_builtin = is_builtin  # type: ignore[attr-defined]
        changes = stand_in.changes(body)
        if not changes and kind in (Set, Counter):  # as a constant, it may stay what it is
            continue
        try:
            body = stand_in.block(body)
        except Escape as escape:
            an_object = kind is Deque or kind is PlainDict and all(isinstance(v, ir.Mapping) for v in values)
            if not changes or an_object and not escape.why:
                continue  # it stays what it is, or becomes an object
            why = escape.why or f"`{name}` is {kind.word}, and what becomes of it here is not followed"
            usual = f"Use it in this function only, under this name, and pass or return `{PLAIN[kind]}({name})`."
            refuse("SG213", why, escape.e, escape.hint or usual, values[0])
            continue
        made |= stand_in.made
    return with_held_deques(body), made


def with_held_deques(body: ir.Block) -> ir.Block:
    """The body with the deques that are left, which objects hold or functions hand on, as objects of a class."""

    def expression(e: ir.Expr) -> ir.Expr:
        match map_inside(expression, e):
            case ir.Call("collections.deque", args, keywords):
                from .deque_class import deque

                return ir.Apply(ir.Const(deque), args, keywords)
            case mapped:
                return mapped

    made = (x for s in statements(body) for e in statement_expressions(s) for x in everything(e))
    if not any(type_made(x) is Deque for x in made):
        return body
    return tuple(map_statement(expression, s) for s in body)


PLAIN: dict[type[StandIn], str] = {
    Deque: "list", DefaultDict: "dict", PlainDict: "dict", Counter: "dict", Set: "sorted",
}  # fmt: skip
