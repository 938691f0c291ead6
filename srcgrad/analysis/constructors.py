"""How an object is made, as a function that returns the dict of its attributes.

    class Layer:                                   def Layer(w, b):
        def __init__(self, w, b):                      scale = np.max(w)
            self.w = w / np.max(w)           ->        self_w = w / np.max(w)
            self.b = b                                 return record(w=self_w, b=b)

Where `self` is used for more than its attributes, the function starts from an empty object and fills it.
"""

from __future__ import annotations

import collections
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import FunctionType
from typing import Any

from ..frontend.bindings import MISSING, Value
from ..frontend.classes import Class, FieldOf, class_of
from ..frontend.deque_class import deque
from ..frontend.read import WHERE
from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.rewrite import map_blocks
from ..ir.walk import bound_names, reads, statements
from .attributes_as_locals import as_locals, one_by_one

FACTORIES: dict[Any, ir.Expr] = {
    list: ir.Display("list", ()), tuple: ir.Display("tuple", ()), dict: ir.Mapping((), ()),
    collections.deque: ir.Apply(ir.Const(deque), ()), **{t: ir.Const(t()) for t in (float, int, complex, bool, str)},
}  # fmt: skip


class Refused(Exception):
    """Why an object of the class cannot be made here."""


@dataclass
class Constructors:
    """`load(handle)` reads a function; `defaults` are objects that parameters of constructors default to."""

    load: Callable[[Any], Function | None]

    def __post_init__(self) -> None:
        self.known: dict[Any, Function] = {}
        self.receivers: dict[int, str] = {}
        self.defaults: dict[int, dict[str, Any]] = {}

    def __call__(self, cls: Class, at: Function, given: frozenset[str]) -> Function:
        """The constructor of a class, called in the function `at` with the keywords or so many arguments given."""
        fields = cls.fields
        key = (cls, given if fields is not None else frozenset())
        if key not in self.known:
            if cls.obstacle is not None:
                raise Refused(cls.obstacle)
            self.known[key] = self.of_fields(cls, fields, at, given) if fields is not None else self.of_init(cls, at)
        return self.known[key]

    def run_by(self, called: Any) -> Function | None:
        """The constructor that a call runs, if it runs one."""
        if called is None or id(called.instance.function) not in self.defaults:
            return None
        found: Function = called.instance.function
        return found

    def of_init(self, cls: Class, at: Function) -> Function:
        if cls.init is None:
            first = first_values(cls, at)
            keys = tuple(ir.Const(ir.Field(n)) for n in first)
            made: ir.Block = (ir.Return(ir.Mapping(keys, tuple(first.values()), cls)),)
            return Function(cls.name, cls.name, (), made, frozenset(), (), at.scope, at.source)
        init = self.load(cls.init)
        if init is None or not init.params:
            raise Refused("the source of its `__init__` cannot be found")
        receiver = init.params[0].name
        first = first_values(cls, init)
        if first:
            opening = (ir.Store(ir.Attribute(ir.Name(receiver), n), value) for n, value in first.items())
            init = with_body(init, (*opening, *init.body))
        init = with_body(init, one_by_one(init.body, receiver))
        body = as_locals(init, receiver, cls) or filled(init, receiver, cls)
        local = init.locals | {n for s in statements(body) for n in bound_names(s)}
        written = init.qualname if isinstance(cls.init, tuple) else f"{cls.name}.__init__"  # where `super` starts from
        found = Function(
            cls.name, written, init.params[1:], body, local, init.captures, init.scope, init.source
        )
        WHERE[found] = WHERE.get(init, {})
        self.receivers[id(found)] = receiver
        self.defaults[id(found)] = defaults_of(cls.init) if not isinstance(cls.init, tuple) else literal_defaults(init)
        return found

    def of_fields(self, cls: Class, fields: list[FieldOf], at: Function, given: frozenset[str]) -> Function:
        values: list[ir.Expr] = []
        home = at  # where names mean what they mean in the text
        params: list[ir.Param] = []
        defaults: dict[str, Any] = {}
        for f in fields:
            if f.factory is not None and (not f.init or f.name not in given):
                made_now, maker = self.factory(f)
                values.append(made_now)
                if maker is not None:
                    home = maker if home is at else home
                    if module_of(home) is not module_of(maker):
                        raise Refused("the defaults of its fields are made in several modules")
                    home.source.borrowed |= reads(made_now)
                continue
            if not f.init and f.default is MISSING:
                continue
            default = None
            if f.default is not MISSING:
                default = ir.Const(f.default) if is_literal(f.default) else ir.Text("", ())
            if f.init:
                params.append(ir.Param(f.name, "keyword" if f.keyword else "positional", default))
                defaults[f.name] = f.default
            elif default is None or not isinstance(default, ir.Const):
                raise Refused(f"its field `{f.name}` has a default that is no literal")
            values.append(ir.Name(f.name) if f.init else default)  # type: ignore[arg-type]
        made_of = [f for f in fields if f.init or f.factory is not None or f.default is not MISSING]
        keys = [ir.Const(ir.Field(f.name)) for f in made_of]
        whole = ir.Mapping(tuple(keys), tuple(values), cls)
        after = cls.member("__post_init__")
        body: ir.Block = (ir.Return(whole),)
        if after is not None and not cls.is_tuple:
            me = ir.Name("self")
            body = (
                ir.Assign(("self",), (whole,)), ir.Eval(ir.Call(".__post_init__", (me,))), ir.Return(me),
            )  # fmt: skip
        local = frozenset({p.name for p in params} | {"self"})
        named = f"{cls.name}.{'__new__' if cls.is_tuple else '__init__'}"
        found = Function(cls.name, named, tuple(params), body, local, (), home.scope, home.source)
        self.defaults[id(found)] = defaults
        return found

    def factory(self, f: FieldOf) -> tuple[ir.Expr, Function | None]:
        """What the default of a field is, made anew for each object, and the function that says so."""
        if f.factory in FACTORIES:
            return FACTORIES[f.factory], None
        if class_of(f.factory) is not None:
            return ir.Apply(ir.Const(f.factory), ()), None
        known = isinstance(f.factory, FunctionType | tuple) and not getattr(f.factory, "__closure__", None)
        maker = self.load(f.factory) if known else None
        match maker:
            case Function(params=(), body=(ir.Return(value),)) if value is not None:
                return value, maker
        raise Refused(f"the default of its field `{f.name}` is made by more than an expression")


def module_of(f: Function) -> Any:
    """What the names of a function's module mean."""
    return getattr(f.scope, "globals", f.scope)


def first_values(cls: Class, at: Function) -> dict[str, ir.Expr]:
    """What attributes of an object are before its methods set them, as expressions in the scope of a function."""
    if not cls.first_values:
        return {}
    found = at.scope.binding((cls.name,))
    if not isinstance(found, Value) or found.value is not cls.value:
        raise Refused(f"its `{cls.first_values[0]}` is first a constant of the class, which has another name here")
    return {n: ir.Attribute(ir.Name(cls.name), n) for n in cls.first_values}


def with_body(f: Function, body: ir.Block) -> Function:
    """A function with other statements."""
    found = replace(f, body=body)
    WHERE[found] = WHERE.get(f, {})
    return found


def is_literal(value: Any) -> bool:
    return value is None or isinstance(value, bool | int | float | complex | str | bytes)


def defaults_of(init: Any) -> dict[str, Any]:
    names = init.__code__.co_varnames[: init.__code__.co_argcount]
    given = init.__defaults__ or ()
    return {**dict(zip(names[len(names) - len(given) :], given, strict=True)), **(init.__kwdefaults__ or {})}


def literal_defaults(init: Function) -> dict[str, Any]:
    """Of a function of a file that is not imported."""
    return {p.name: p.default.value for p in init.params if isinstance(p.default, ir.Const)}


def filled(init: Function, receiver: str, cls: Class) -> ir.Block:
    """The body with an empty object in front; every return gives it."""
    me = ir.Name(receiver)

    def given(s: ir.Return) -> ir.Stmt:
        return replace(s, value=me, origin=s.origin.edit() if s.origin is not None else None)

    def visit(block: ir.Block) -> ir.Block:
        return tuple(given(s) if isinstance(s, ir.Return) else map_blocks(visit, s) for s in block)

    return (ir.Assign((receiver,), (ir.Mapping((), (), cls),)), *visit(init.body), ir.Return(me))
