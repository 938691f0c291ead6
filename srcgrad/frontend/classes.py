"""What a user's class is to a program: its methods, its fields, and how an object of it is made.

An object is the dict of its attributes (`kinds.Dict` with `cls`): reading and assigning an attribute is reading and
assigning a slot, and a method is a function that is given the dict.  A NamedTuple or dataclass has known fields.
"""

from __future__ import annotations

import dataclasses
import dis
from dataclasses import dataclass
from functools import cached_property
from types import FunctionType, GetSetDescriptorType, MemberDescriptorType, SimpleNamespace
from typing import Any

from ..runtime.records import linked, record
from .bindings import MISSING, is_library_class
from .lookups import note

OF_ATTRIBUTES = ("__getattr__", "__getattribute__", "__setattr__")
OF_TUPLES = ("__new__", "__init__", "__getattribute__", "__len__", "__iter__", "__getitem__", "__reversed__")


@dataclass(frozen=True)
class Member:
    """Something a class defines: kind "method", "static", "class", "property" or "value".

    `differs`: of several classes, whose own members are the value; the kind is "mixed" where they are of several kinds.
    `once`: a property whose value the object keeps, under the same name.
    """

    kind: str
    value: Any
    setter: Any = None
    differs: bool = False
    once: bool = False


@dataclass(frozen=True)
class FieldOf:
    """A field of a dataclass or NamedTuple."""

    name: str
    default: Any = MISSING
    factory: Any = None
    init: bool = True
    keyword: bool = False


class Class:
    """A live class of the user."""

    def __init__(self, value: type) -> None:
        self.value = value
        self.name = value.__name__

    def __repr__(self) -> str:
        return f"Class({self.name})"

    @property
    def is_tuple(self) -> bool:
        return issubclass(self.value, tuple)

    def member(self, name: str, after: Any = None) -> Member | None:
        """What the class or the first base that has it defines; with `after`, only bases behind that class."""
        note(self.value, name)
        mro = self.value.__mro__
        for owner in mro[mro.index(after) + 1 :] if after is not None else mro:
            found = vars(owner).get(name, MISSING)
            if isinstance(found, MemberDescriptorType | GetSetDescriptorType):  # a slot, `__dict__`: of the object
                return None
            if found is not MISSING and not is_foreign(owner) and not is_foreign(found):
                return as_member(found)
        return None

    @property
    def init(self) -> Any:
        """The `__init__` that the user wrote; None if there is none, or it was generated."""
        found = self.member("__init__")
        return None if found is None or self.is_generated(found.value) else found.value

    @cached_property
    def first_values(self) -> list[str]:
        """Numbers of the class that its methods replace, each for its own object: `self.count += 1`."""
        stored = {
            step.argval
            for owner in self.value.__mro__
            if not is_foreign(owner)
            for member in vars(owner).values()
            if isinstance(member, FunctionType)
            for step in dis.get_instructions(member)
            if step.opname == "STORE_ATTR"
        }
        known = ((n, self.member(n)) for n in sorted(stored))
        return [n for n, m in known if m is not None and isinstance(m.value, bool | int | float | complex)]

    @property
    def fields(self) -> list[FieldOf] | None:
        """The fields of a NamedTuple, or of a dataclass whose `__init__` was generated."""
        if self.is_tuple and hasattr(self.value, "_fields"):
            defaults = self.value._field_defaults  # type: ignore[attr-defined]
            return [FieldOf(n, defaults.get(n, MISSING)) for n in self.value._fields]
        found = self.member("__init__")
        if dataclasses.is_dataclass(self.value) and found is not None and self.is_generated(found.value):
            return [as_field(f) for f in dataclasses.fields(self.value)]
        return None

    @staticmethod
    def is_generated(function: Any) -> bool:
        return isinstance(function, FunctionType) and function.__code__.co_filename == "<string>"

    @property
    def obstacle(self) -> str | None:
        """Why an object of the class is more than the dict of its attributes; None if it is not."""
        value = self.value
        if issubclass(value, tuple) and not hasattr(value, "_fields"):
            return "it is a tuple"
        builtin = [c for c in value.__mro__ if c not in (object, tuple) and is_foreign(c)]
        if builtin:
            return f"its base `{builtin[0].__name__}` is a class of a library"
        if type(value) is not type and type(value).__module__ not in ("abc", "typing"):
            return f"its metaclass is `{type(value).__name__}`"
        if getattr(value, "__abstractmethods__", None):
            return "it has abstract methods"
        for name in OF_TUPLES if self.is_tuple else ("__new__", *OF_ATTRIBUTES, "__init_subclass__"):
            owner = next((c for c in value.__mro__ if name in vars(c)), object)
            found = self.member(name) if not is_library_class(owner) else None
            generated = self.is_tuple and found is not None and self.is_generated(found.value)
            if found is not None and not generated and not (name == "__setattr__" and self.is_frozen):
                return f"it has `{name}`"
        descriptors = [n for c in value.__mro__ for n, v in vars(c).items() if is_descriptor(v)]
        return f"`{descriptors[0]}` is a descriptor" if descriptors and not self.is_tuple else None

    @property
    def slots(self) -> frozenset[str] | None:
        """The attributes its objects can have; None where they can have any."""
        if self.value.__dictoffset__ or self.is_tuple:
            return None
        members = [item for c in self.value.__mro__ for item in vars(c).items()]
        return frozenset(n for n, v in members if isinstance(v, MemberDescriptorType))

    @property
    def is_frozen(self) -> bool:
        params = getattr(self.value, "__dataclass_params__", None)
        return self.is_tuple or params is not None and params.frozen


class Plain(Class):
    """The class of records in emitted code: attributes, and nothing else."""

    fields = None
    obstacle = None
    slots = None

    def member(self, name: str, after: Any = None) -> Member | None:
        return None


class Namespace(Plain):
    """`types.SimpleNamespace`: attributes, by which its objects are compared."""

    def member(self, name: str, after: Any = None) -> Member | None:
        return Member("value", vars(self.value)[name]) if name in ("__eq__", "__ne__") else None


PLAIN = Plain(record)
LINKED = Plain(linked)
NAMESPACE = Namespace(SimpleNamespace)


def is_foreign(c: Any) -> bool:
    """Whether a class or function is one of a library; what a NamedTuple is given by its base is."""
    if not isinstance(c, type | FunctionType):
        return False
    return is_library_class(c) and c.__name__ not in ("Generic", "Protocol", "ABC")


def is_descriptor(value: Any) -> bool:
    """Whether reading an attribute runs code of its own, which is not known."""
    known = (staticmethod, classmethod, cached_property)
    plain = isinstance(value, FunctionType | property | type) or type(value) in known
    return hasattr(type(value), "__get__") and not plain and type(value).__module__ != "builtins"


def as_member(found: Any) -> Member:
    match found:
        case FunctionType():
            return Member("method", found)
        case staticmethod():
            return Member("static", found.__func__)
        case classmethod():
            return Member("class", found.__func__)
        case property():
            return Member("property", found.fget, found.fset)
        case cached_property():
            return Member("property", found.func, once=True)
    return Member("value", found)


def as_field(f: Any) -> FieldOf:
    default = MISSING if f.default is dataclasses.MISSING else f.default
    factory = None if f.default_factory is dataclasses.MISSING else f.default_factory
    return FieldOf(f.name, default, factory, f.init, bool(f.kw_only))


def class_of(value: Any) -> Class | None:
    """A user's class as one whose objects are dicts of attributes; None for anything else."""
    if value is SimpleNamespace:
        return NAMESPACE
    if not isinstance(value, type) or is_library_class(value):
        return None
    if value not in CLASSES:
        CLASSES[value] = Class(value)
    return CLASSES[value]


CLASSES: dict[type, Class] = {}
