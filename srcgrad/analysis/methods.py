"""What a method that is asked of an object takes from its class: the class itself, and the defaults of its parameters.

p.scaled(x)        scaled(x, Point.scaled.__defaults__[-1])        def scaled(self, x, by=SCALE)
"""

from __future__ import annotations

from dataclasses import replace
from types import FunctionType, MethodType
from typing import Any

from ..frontend.bindings import MISSING, Value
from ..frontend.classes import Class, class_of
from ..frontend.several_classes import OneOf
from ..ir import nodes as ir
from . import kinds as k


def class_expression(at: Any, cls: Class) -> ir.Expr | None:
    """A class as an expression, where it has its own name."""
    found = at.function.scope.binding((cls.name,)) if cls.name not in at.function.locals else None
    if not isinstance(found, Value) or found.value is not cls.value:
        return None
    at.class_names.add(cls.name)
    return ir.Name(cls.name)


def definer(cls: Any, owner: type, name: str) -> Class | None:
    """The class that `super()` of a class finds a method in."""
    line = list(getattr(cls.value, "__mro__", ()))
    after = line[line.index(owner) + 1 :] if owner in line else []
    found = next((c for c in after if name in vars(c)), None)
    return class_of(found) if found is not None else None


def of_base(interpreter: Any, me: k.Obj, owner: type, name: str, receiver: ir.Expr) -> k.Func | None:
    """A method that `super()` finds for an object that is no record: one that is read as it is."""
    try:
        found = getattr(super(owner, me.value), name)
    except (AttributeError, TypeError):
        return None
    if isinstance(found, MethodType) and found.__self__ is me.value:
        function = interpreter.load(found.__func__)
        return k.Func(function, (k.Held("#0", me, receiver),)) if function is not None else None
    function = interpreter.load(found) if isinstance(found, FunctionType) else None
    return k.Func(function) if function is not None else None


def with_defaults(
    evaluator: Any, at: Any, s: Any, e: Any, func: k.Func, cls: Any, keywords: dict[str, k.Kind]
) -> k.Func:
    """A method that carries the objects its parameters default to, where these are no literals."""
    if not isinstance(e, ir.Call) or any(isinstance(a, ir.Star) for a in e.args):
        return func
    params = func.target.params  # type: ignore[union-attr]
    plain = [p for p in params if p.kind in ("positional", "positional_only")]
    given = {p.name for p in plain[: len(func.held) + len(e.args) - 1]} | set(keywords)
    held = list(func.held)
    for p in params:
        if p.default is None or isinstance(p.default, ir.Const) or p.name in given:
            continue
        classes = cls.classes if isinstance(cls, OneOf) else (cls,)
        owner = next((x for c in classes if c is not None and (x := class_expression(at, c)) is not None), None)
        if owner is None:
            message = f"the default of `{p.name}` was worked out where the class was defined, which has no name here"
            evaluator.diagnose("SG309", message, at, s, e, f"Pass `{p.name}` here.")
            continue
        method = ir.Attribute(owner, e.op.rpartition(".")[2])
        if p.kind == "keyword":
            place = ir.Index(ir.Attribute(method, "__kwdefaults__"), ir.Const(p.name))
        else:
            place = ir.Index(ir.Attribute(method, "__defaults__"), ir.Const(plain.index(p) - len(plain)))
        value = evaluator.interpreter.default_object(func.target, p.name)
        kind = k.Unknown() if value is MISSING else evaluator.default_kind(value, p.name, place)
        held.append(k.Held(f"={p.name}", kind, place))
    return replace(func, held=tuple(held))
