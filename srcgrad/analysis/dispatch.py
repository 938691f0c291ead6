"""Methods of objects that may be of several classes: a function that asks which class it is, and calls its method.

    def energy(self):                                  (for `p.energy()`, where p is a Ball or a Heavy)
        if self.class_ == "Ball":
            return <energy of Ball>(self)
        return <energy of Heavy>(self)

So the branch that was taken is recorded as any other, and each method has an instance of its own, for objects of its
class.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..frontend.classes import Class, Member
from ..frontend.several_classes import TAG, OneOf, Tagged
from ..ir import nodes as ir
from ..ir.build import slot
from ..ir.program import Function
from .constructors import is_literal

ME = ir.Name("self")
KEPT = "kept."  # ".kept.speed": what works out a property that is worked out once
OF_CLASS = "as."  # ".as.Ball.energy": the method of that class, whatever the object may be


class Unclear(Exception):
    """Why one name does not mean the same to all the classes."""


class Dispatch:
    """The functions, each made once; `load(handle)` reads a method."""

    def __init__(self, load: Callable[[Any], Function | None]) -> None:
        self.load = load
        self.known: dict[Any, Function] = {}

    def __call__(self, cls: OneOf, name: str, count: int, words: tuple[str, ...], at: Function) -> Function:
        """For a call of a method with so many arguments and these keywords; `name` may be "fget.x" or "fset.x"."""
        key = (cls, name, count, words)
        if key not in self.known:
            self.known[key] = self.function(cls, name, self.parameters(cls, name, count), words, at)
        return self.known[key]

    def parameters(self, cls: OneOf, name: str, count: int) -> tuple[str, ...]:
        """The names of the arguments, as the first of the classes has them."""
        first = cls.classes[0].member(name.rpartition(".")[2])
        function = self.load(first.value) if first is not None and first.kind == "method" else None
        own = [p.name for p in function.params if p.kind.startswith("positional")][1:] if function is not None else []
        found = own[:count] if "self" not in own else []
        return tuple([*found, *(f"argument{n}" for n in range(len(found), count))])

    def function(self, cls: OneOf, name: str, given: tuple[str, ...], words: tuple[str, ...], at: Function) -> Function:
        positional = tuple(ir.Param(n, "positional_only") for n in ("self", *given))
        params = (*positional, *(ir.Param(n, "keyword") for n in words if n not in given))
        args = (ME, *map(ir.Name, given))
        keywords = tuple((n, ir.Name(n)) for n in words)
        *others, last = [ir.Return(chosen(c, name, args, keywords)) for c in cls.classes]
        block: ir.Block = (last,)
        for c, s in reversed(list(zip(cls.classes, others, strict=False))):
            block = (ir.If(is_of(ME, (c,)), (s,), block),)
        shown = name.rpartition(".")[2].strip("_")
        local = frozenset(p.name for p in params)
        return Function(shown, f"{cls.name}.{name}", params, block, local, (), at.scope, at.source, made=True)


    def once(self, cls: Class, name: str, at: Function) -> Function:
        """The getter of a property that is worked out once: the object keeps what it gives.

        def speed(self):
            if not hasattr(self, "speed"):
                self.speed = <the function of the user>(self)
            return self.speed
        """
        key = (cls, KEPT, name)
        if key not in self.known:
            asked = ir.Call("builtins.hasattr", (ME, ir.Const(ir.Field(name))))
            kept = ir.Store(slot(ME, name), ir.Call(f".{KEPT}{name}", (ME,)))
            body: ir.Block = (ir.If(ir.Call("operator.not_", (asked,)), (kept,)), ir.Return(slot(ME, name)))
            params, shown = (ir.Param("self", "positional_only"),), f"{cls.name}.{name}"
            own = frozenset({"self"})
            self.known[key] = Function(name, shown, params, body, own, (), at.scope, at.source, made=True)
        return self.known[key]


def chosen(cls: Class, name: str, args: tuple[ir.Expr, ...], keywords: Any) -> ir.Expr:
    """What one of the classes does for a method; for an attribute, what is read."""
    own = name.rpartition(".")[2]
    member = cls.member(own)
    if name.startswith("get."):
        return attribute_read(cls, own, member)
    if member is None or member.kind == "value":
        raise Unclear(f"class `{cls.name}` has no method `{own}`")
    return ir.Call(f".{OF_CLASS}{cls.name}.{name}", args, keywords)


def attribute_read(cls: Class, name: str, member: Member | None) -> ir.Expr:
    if member is None:
        return slot(ME, name)
    if member.kind == "property":
        return ir.Call(f".{OF_CLASS}{cls.name}.fget.{name}", (ME,))
    if member.kind == "value" and is_literal(member.value):
        return ir.Const(member.value)
    raise Unclear(f"`{name}` of class `{cls.name}` is no attribute of its objects")


def is_of(e: ir.Expr, classes: tuple[Class, ...]) -> ir.Expr:
    """Whether an object is of one of these classes."""
    tag = slot(e, TAG)
    if len(classes) == 1:
        return ir.Compare(tag, ("==",), (ir.Const(classes[0].name),))
    return ir.Compare(tag, ("in",), (ir.Display("tuple", tuple(ir.Const(c.name) for c in classes)),))


def class_named(cls: Class, name: str) -> Class | None:
    """One of several classes; None where an object turns out to be of another."""
    return next((c for c in (cls.classes if isinstance(cls, OneOf) else (cls,)) if c.name == name), None)


def with_tag(e: ir.Mapping) -> ir.Mapping:
    """An object that carries the name of its class."""
    return ir.Mapping(e.keys, e.values, Tagged(e.cls, e.cls.name))
