"""Keys of dicts and members of sets that are more than constants: numbers that carry derivatives, objects.

    d[2 * x] = y               what is read from the keys of d carries no derivative
    d[Point(1, 2)] = y         two points may be one key: in emitted code, every object is equal to itself alone
    seen.add(node)             fine where the class does not say what its objects are equal to
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..ir import nodes as ir
from ..ir.walk import statement_expressions, statements, subexpressions
from . import kinds as k
from .containers import element_kind

OF_KEYS = frozenset({"srcgrad.runtime.dict_of", "builtins.set", "builtins.frozenset"})
KEEPING = frozenset({
    ".get", ".pop", ".setdefault", ".values", ".clear", ".update", "builtins.len", "builtins.bool", "builtins.dict",
    ".copy", "operator.delitem", "operator.not_",
})  # fmt: skip


def refuse_keys(instance: Any, s: ir.Stmt, kind: Any, diagnose: Any) -> None:
    asked: list[ir.Expr] = []
    held: list[tuple[ir.Expr, k.Kind]] = []
    for x in instance.within(s):
        match x:
            case ir.Display("set", items):
                asked += items
            case ir.Call(op, (keys, *_)) if op in OF_KEYS:
                held.append((keys, element_kind(kind(keys))))
            case ir.Index(_, index) if in_dict(x, kind):
                asked.append(index)
    taken = [*((e, kind(e)) for e in stored_keys(s, kind)), *held]
    for key, found in taken:
        refuse_active_key(instance, s, key, found, diagnose)
    for key, found in [*taken, *((e, kind(e)) for e in asked)]:
        refuse_key(instance, s, key, found, diagnose)


def refuse_taken_keys(reached: list[Any], evaluate: Any, diagnose: Any) -> None:
    """Objects that hold others of their kind may be keys, of which it is asked whether they are there; not more."""
    places = [(at, s, evaluate.at(at, s)) for at in reached for s in statements(at.body)]
    if not any(k.is_reference(kind(key)) for _, s, kind in places for key in kept_keys(s, kind)):
        return
    for at, s, kind in places:
        for x in at.within(s):
            if any(has_open_keys(kind(d)) for d in keys_taken(x)):
                message = "keys of a dict or set are taken here, and objects that hold others of their kind are keys"
                diagnose("SG310", message, at, s, x, "Keep a list of the objects beside it, and loop over the list.")


def keys_taken(e: ir.Expr) -> tuple[ir.Expr, ...]:
    match e:
        case ir.Call(op, args) if op not in KEEPING:
            return args
        case ir.Comprehension(_, _, clauses):
            return tuple(c.iterable for c in clauses)
    return ()


def has_open_keys(found: k.Kind) -> bool:
    return isinstance(found, k.Dict) and not k.is_record(found) and found.items is None


def stored_keys(s: ir.Stmt, kind: Any) -> list[ir.Expr]:
    return [s.place.index] if isinstance(s, ir.Store) and in_dict(s.place, kind) else []  # type: ignore[union-attr]


def kept_keys(s: ir.Stmt, kind: Any) -> list[ir.Expr]:
    made = (x for e in statement_expressions(s) for x in subexpressions(e) if isinstance(x, ir.Mapping))
    return stored_keys(s, kind) + [key for x in made for key in x.keys if key is not None]


def refuse_active_key(instance: Any, s: ir.Stmt | None, key: ir.Expr, found: k.Kind, diagnose: Any) -> None:
    if found.active and not k.is_reference(found):
        message = "a value that carries a derivative is a key here, and what is read from keys carries none"
        hint = "Use a constant as the key, such as an index, and keep the value beside it."
        diagnose("SG223", message, instance, s, key, hint)


def refuse_key(instance: Any, s: ir.Stmt | None, key: ir.Expr, found: k.Kind, diagnose: Any) -> None:
    for cls in equal_to_others(found):
        diagnose(
            "SG310", f"an object of class `{cls.name}` is a key or a member of a set, and what it is equal to is not "
            "in the source", instance, s, key, "Use a tuple of its fields as the key.",
        )  # fmt: skip


def equal_to_others(found: k.Kind) -> Iterator[Any]:
    """The classes whose objects, being a key or part of one, are equal to more than themselves."""
    if k.is_record(found):
        if found.cls.is_tuple or found.cls.member("__eq__") is not None:  # type: ignore[union-attr]
            yield found.cls  # type: ignore[union-attr]
    elif isinstance(found, k.Seq | k.Maybe):
        for inner in (found.inner,) if isinstance(found, k.Maybe) else k.parts(found):
            yield from equal_to_others(inner)


def in_dict(place: ir.Expr, kind: Any) -> bool:
    if not isinstance(place, ir.Index):
        return False
    base = kind(place.base)
    return isinstance(base, k.Dict) and not k.is_record(base)
