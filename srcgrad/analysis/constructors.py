"""How an object is made, as a function that returns the dict of its attributes.

    class Layer:                                   def Layer(w, b):
        def __init__(self, w, b):                      scale = np.max(w)
            self.w = w / np.max(w)           ->        self_w = w / np.max(w)
            self.b = b                                 return record(w=self_w, b=b)

Where `self` is used for more than its attributes, the function starts from an empty object and fills it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from ..frontend.bindings import MISSING, Value
from ..frontend.classes import Class, FieldOf
from ..frontend.read import WHERE
from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.rewrite import map_blocks, map_statement
from ..ir.walk import (
    blocks,
    bound_names,
    map_children,
    reads,
    statement_expressions,
    statements,
    subexpressions,
)

FACTORIES: dict[Any, ir.Expr] = {list: ir.Display("list", ()), dict: ir.Mapping((), ())}


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
        params: list[ir.Param] = []
        defaults: dict[str, Any] = {}
        for f in fields:
            if f.factory is not None and (not f.init or f.name not in given):
                if f.factory not in FACTORIES:
                    raise Refused(f"the default of its field `{f.name}` is made by a function")
                values.append(FACTORIES[f.factory])
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
        made = ir.Mapping(tuple(keys), tuple(values), cls)
        after = cls.member("__post_init__")
        body: ir.Block = (ir.Return(made),)
        if after is not None and not cls.is_tuple:
            me = ir.Name("self")
            body = (
                ir.Assign(("self",), (made,)), ir.Eval(ir.Call(".__post_init__", (me,))), ir.Return(me),
            )  # fmt: skip
        local = frozenset({p.name for p in params} | {"self"})
        maker = f"{cls.name}.{'__new__' if cls.is_tuple else '__init__'}"
        found = Function(cls.name, maker, tuple(params), body, local, (), at.scope, at.source)
        self.defaults[id(found)] = defaults
        return found


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

    def visit(block: ir.Block) -> ir.Block:
        return tuple(
            replace(s, value=me) if isinstance(s, ir.Return) else map_blocks(visit, s) for s in block
        )

    return (ir.Assign((receiver,), (ir.Mapping((), (), cls),)), *visit(init.body), ir.Return(me))


# ----- attributes as local names -----


def one_by_one(body: ir.Block, receiver: str) -> ir.Block:
    """The body with `self.a, self.b = a, b` as two statements."""
    found: list[ir.Stmt] = []
    rest = list(body)
    while rest:
        s = rest.pop(0)
        if isinstance(s, ir.Assign) and all(isinstance(v, ir.Name | ir.Const) for v in s.values):
            places = [x for x in rest[: len(s.names)] if isinstance(x, ir.Store) and stores(x, receiver)]
            later = rest[len(s.names) :]
            given = [x.value for x in places] == [ir.Name(n) for n in s.names]
            if given and not any(used(x).intersection(s.names) for x in later):
                found += [replace(x, value=v) for x, v in zip(places, s.values, strict=True)]
                del rest[: len(places)]
                continue
        found.append(s)
    return tuple(found)


def as_locals(init: Function, receiver: str, cls: Class) -> ir.Block | None:
    """The body where attributes are local names; None where `self` itself is used, or an attribute may be missing."""
    stored = [s.place.name for s in init.body if stores(s, receiver)]  # type: ignore[union-attr]
    if not stored or any(isinstance(s, ir.Return) or asks_base(s) for s in statements(init.body)):
        return None
    names: dict[str, str] = {}
    for s in init.body:
        if stores(s, receiver) and s.place.name not in names:  # type: ignore[union-attr]
            names[s.place.name] = local_name(s, init, stored)  # type: ignore[union-attr]

    def expression(e: ir.Expr) -> ir.Expr:
        match e:
            case ir.Attribute(ir.Name(base), name) if base == receiver and name in names:
                return ir.Name(names[name])
        return map_children(expression, e)

    made: set[str] = set()
    body: list[ir.Stmt] = []
    for s in init.body:
        if blocks(s) and any(stores(x, receiver) for x in statements((s,))):
            return None  # an attribute that is set in a loop or branch
        if isinstance(s, ir.Define | ir.Opaque) or has_inner_scope(s):
            if receiver in used(s):
                return None
            body.append(s)
            continue
        if attributes_read(s, receiver) - made:
            return None
        new = rewritten(s, receiver, names, expression)
        if new is not None:
            body.append(new)
        made |= {s.place.name} if stores(s, receiver) else set()  # type: ignore[union-attr]
    if any(receiver in used(s) for s in body):
        return None
    keys = tuple(ir.Const(ir.Field(n)) for n in names)
    return (*body, ir.Return(ir.Mapping(keys, tuple(ir.Name(n) for n in names.values()), cls)))


def stores(s: ir.Stmt, receiver: str) -> bool:
    return isinstance(s, ir.Store) and isinstance(s.place, ir.Attribute) and s.place.base == ir.Name(receiver)


def local_name(s: Any, init: Function, stored: list[str]) -> str:
    """`w` for `self.w = w`, where w stays what it is; else a name that nobody has."""
    name = s.place.name
    bindings = [n for x in statements(init.body) for n in bound_names(x) if not isinstance(x, ir.Store)]
    if s.value == ir.Name(name) and stored.count(name) == 1 and name in init.param_names and name not in bindings:
        return str(name)
    taken = init.locals | set(init.param_names)
    taken |= {n for x in statements(init.body) for n in used(x)}
    found = name if name not in taken else f"self_{name}"
    while found in taken:
        found += "_"
    return str(found)


def rewritten(s: ir.Stmt, receiver: str, names: dict[str, str], expression: Any) -> ir.Stmt | None:
    match s:
        case ir.Store(ir.Attribute(ir.Name(base), name), value) if base == receiver:
            own = expression(value)
            if own == ir.Name(names[name]):
                return None
            return ir.Assign((names[name],), (own,), origin=s.origin.edit() if s.origin is not None else None)
    return map_statement(expression, s)


def has_inner_scope(s: ir.Stmt) -> bool:
    return any(
        isinstance(x, ir.Lambda | ir.Comprehension) for e in statement_expressions(s) for x in subexpressions(e)
    )


def asks_base(s: ir.Stmt) -> bool:
    return any(
        isinstance(x, ir.Call) and x.op == "builtins.super" for e in statement_expressions(s) for x in subexpressions(e)
    )


def attributes_read(s: ir.Stmt, receiver: str) -> set[str]:
    found: set[str] = set()
    for x in statements((s,)):
        for e in statement_expressions(x):
            if isinstance(x, ir.Store) and e is x.place and stores(x, receiver):
                continue
            found |= {
                sub.name for sub in subexpressions(e)
                if isinstance(sub, ir.Attribute) and sub.base == ir.Name(receiver)
            }  # fmt: skip
    return found


def used(s: ir.Stmt) -> set[str]:
    found: set[str] = set()
    for x in statements((s,)):
        for e in statement_expressions(x):
            found |= reads(e)
        if isinstance(x, ir.Define):
            found |= set(x.captures)
        if isinstance(x, ir.Opaque):
            found |= set(x.reads)
    return found
