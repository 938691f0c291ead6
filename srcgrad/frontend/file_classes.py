"""Classes of a file that is not imported: stand-ins made of what the text says, whose methods are read from the file.

A class whose text says less than all (a base or decorator that is not known, statements in its body that are neither
fields, constants nor methods) has no stand-in: an object of it is a value of which nothing is known.
"""

from __future__ import annotations

import ast
import collections
import dataclasses
from dataclasses import dataclass
from types import GetSetDescriptorType
from typing import Any

from ..syntax import nodes_of
from .bindings import EMITTED, MISSING, Library, UserFunction, Value
from .classes import CLASSES, Class, FieldOf, Member, as_member, class_of, is_foreign
from .decorators import dotted
from .private_names import full_name

PLAIN_BASES = frozenset({"builtins.object", "abc.ABC", "typing.Protocol", "typing.Generic"})
KINDS = {"property": "property", "staticmethod": "static", "classmethod": "class"}
OPTIONS = frozenset({"frozen", "eq", "order", "repr", "kw_only", "unsafe_hash", "init", "slots"})
FACTORIES = {
    "collections.deque": collections.deque,
    **{f"builtins.{t.__name__}": t for t in (list, tuple, dict, float, int, complex, bool, str)},
}
OF_TUPLES = frozenset({"__new__", "__init__", "__getnewargs__", "_fields", "_make", "_replace", "_asdict"})
MADE: dict[Any, type] = {}  # by file, text and bases: a stand-in is the same wherever it is asked for


class NotKnown(Exception):
    """The text does not tell what the class is."""


class FileClass(Class):
    """A stand-in; `members` and `own` are what its own body defines."""

    def __init__(self, value: type, members: dict[str, Member], own: list[FieldOf], options: dict[str, Any]) -> None:
        super().__init__(value)
        self.members, self.own, self.options = members, own, options
        self.stored: list[str] = []  # constants that are also assigned to, as attributes
        self.abstract: set[str] = set()
        self.firsts: list[str] = []  # numbers among them that only objects replace, each for itself
        self.own_slots: frozenset[str] | None = None
        self.node: Any = None
        self.scope: Any = None  # of its file

    def member(self, name: str, after: Any = None) -> Member | None:
        mro = self.value.__mro__
        for owner in mro[mro.index(after) + 1 :] if after is not None else mro:
            known = CLASSES.get(owner)
            if isinstance(known, FileClass) and name in known.members:
                return known.members[name]
            found = vars(owner).get(name, MISSING)  # what `dataclass` generates
            if isinstance(found, GetSetDescriptorType):  # `__dict__`: of the object
                return None
            if found is not MISSING and not is_foreign(owner) and not is_foreign(found):
                return as_member(found)
        return None

    @property
    def slots(self) -> frozenset[str] | None:
        found = [known.own_slots for known in file_classes(self.value)]
        known = [own for own in found if own is not None]
        return frozenset().union(*known) if len(known) == len(found) and not self.is_tuple else None

    @property
    def obstacle(self) -> str | None:
        for known in file_classes(self.value):
            for n in known.stored:
                return f"`{n}` is a constant of the class and an attribute of its objects, and its file is not imported"
        abstract: set[str] = set()
        for known in reversed(file_classes(self.value)):
            abstract = abstract - set(known.members) | known.abstract
        return "it has abstract methods" if abstract else super().obstacle

    @property
    def first_values(self) -> list[str]:  # type: ignore[override]
        return sorted({n for known in file_classes(self.value) for n in known.firsts if self.member(n) is not None})

    @property
    def init(self) -> Any:
        found = self.member("__init__")
        return found.value if found is not None and isinstance(found.value, tuple) else None

    @property
    def fields(self) -> list[FieldOf] | None:
        if self.is_tuple:
            return next((known.own for known in file_classes(self.value) if known.own), self.own)
        if self.init is not None or not dataclasses.is_dataclass(self.value):
            return None
        found: dict[str, FieldOf] = {}
        for known in reversed(file_classes(self.value)):
            if dataclasses.is_dataclass(known.value):
                found |= {f.name: f for f in known.own}
        return list(found.values())


class OfClass(tuple):  # type: ignore[type-arg]
    """The handle of a class method of a file, with the class it is given."""

    owner: type


def function_of(cls: type, name: str) -> Any:
    """The handle of a function that a class of a file has, itself or by inheritance; None if it has none."""
    known = CLASSES.get(cls)
    member = known.member(name) if isinstance(known, FileClass) else None
    if member is None or member.kind not in ("method", "static", "class") or not isinstance(member.value, tuple):
        return None
    if member.kind != "class":
        return member.value
    handle = OfClass(member.value)
    handle.owner = cls
    return handle


def constant_of(cls: type, name: str) -> Any:
    """A constant of a class of a file; MISSING where it may be replaced."""
    known = class_of(cls)
    member = known.member(name) if known is not None else None
    if isinstance(known, FileClass) and any(name in c.stored for c in file_classes(cls)):
        return MISSING
    return member.value if member is not None and member.kind == "value" else MISSING


def file_classes(cls: type) -> list[FileClass]:
    """The classes of files that a class is or inherits from, in the order in which attributes are looked up."""
    return [known for owner in cls.__mro__ if isinstance(known := CLASSES.get(owner), FileClass)]


@dataclass
class Reader:
    """Reads one class statement; `scope` answers what the names in it mean."""

    node: ast.ClassDef
    scope: Any
    named: Any = None  # what a base `namedtuple(...)` gives

    def stand_in(self) -> type | None:
        try:
            return self.made()
        except (NotKnown, KeyError, TypeError, ValueError):
            return None

    def made(self) -> type:
        options = self.options()
        bases = [self.base(b) for b in self.node.bases]
        words = self.node.keywords
        plain = all(w.arg == "metaclass" and operation(self.scope, w.value) == "abc.ABCMeta" for w in words)
        if not plain or options is not None and not options.get("init", True):
            raise NotKnown
        if any(is_patched(n, self.node.name) for n in nodes_of(self.scope.tree)):
            raise NotKnown
        is_tuple = tuple in bases
        key = (self.scope.path, ast.dump(self.node), tuple(bases))
        if key not in MADE:
            members, fields = self.body(options is not None or is_tuple and self.named is None)
            if self.named is not None:
                if members.keys() & OF_TUPLES:
                    raise NotKnown
                fields = [FieldOf(n, self.named._field_defaults.get(n, MISSING)) for n in self.named._fields]
            names: dict[str, Any] = {"__module__": EMITTED, "__qualname__": self.node.name}
            if is_tuple:
                own_names = tuple(f.name for f in fields)
                names |= {"_fields": own_names, "__match_args__": own_names, "__slots__": ()}
            elif options is not None:
                names["__annotations__"] = {f.name: object for f in fields}
            if "__match_args__" in members:
                names["__match_args__"] = members["__match_args__"].value
            made = type(self.node.name, tuple(b for b in bases if b is not object), names)
            if options is not None:
                own = {n: v for n, v in options.items() if n not in ("init", "kw_only", "slots")}
                made = dataclasses.dataclass(**own)(made)
                fields = [dataclasses.replace(f, keyword=f.keyword or options.get("kw_only", False)) for f in fields]
            CLASSES[made] = known = FileClass(made, members, fields, options or {})
            stored = {full_name(self.node.name, n) for n in map(stored_attribute, ast.walk(self.scope.tree))}
            known.node, known.scope, known.own_slots = self.node, self.scope, self.slots(options or {}, fields)
            known.abstract = {s.name for s in self.node.body if isinstance(s, ast.FunctionDef) and self.is_abstract(s)}
            known.stored = [n for n, m in members.items() if m.kind == "value" and n in stored]
            known.firsts = [n for n in known.stored if is_first(n, members[n].value, self.scope.tree, self.node.name)]
            known.stored = [n for n in known.stored if n not in known.firsts]
            MADE[key] = made
        return MADE[key]

    def base(self, e: ast.expr) -> type:
        op = operation(self.scope, e.value if isinstance(e, ast.Subscript) else e)
        if op in PLAIN_BASES:
            return object
        if op == "typing.NamedTuple":
            return tuple
        if isinstance(e, ast.Call):
            self.named = stand_in(e, self.scope)
            if self.named is None or len(self.node.bases) > 1:
                raise NotKnown
            return tuple
        found = self.scope.binding((e.id,)) if isinstance(e, ast.Name) else None
        cls = found.value if isinstance(found, Value) and isinstance(found.value, type) else None
        if cls is not None and isinstance(CLASSES.get(cls), FileClass):
            return cls
        raise NotKnown

    def options(self) -> dict[str, Any] | None:
        """What `@dataclass(...)` is given; None where the class is none."""
        if not self.node.decorator_list:
            return None
        if len(self.node.decorator_list) > 1:
            raise NotKnown
        decorator = self.node.decorator_list[0]
        keywords = decorator.keywords if isinstance(decorator, ast.Call) and not decorator.args else []
        if operation(self.scope, getattr(decorator, "func", decorator)) != "dataclasses.dataclass":
            raise NotKnown
        found = {str(w.arg): ast.literal_eval(w.value) for w in keywords}
        if not found.keys() <= OPTIONS:
            raise NotKnown
        return found

    def body(self, has_fields: bool) -> tuple[dict[str, Member], list[FieldOf]]:
        members: dict[str, Member] = {}
        fields: list[FieldOf] = []
        for s in self.node.body:
            match s:
                case ast.FunctionDef(name, decorator_list=[ast.Attribute(ast.Name(own), "setter")]) if name == own:
                    handle = (self.scope.path, f"{self.node.name}.{name}.setter")
                    members[name] = dataclasses.replace(members[name], setter=handle)
                case ast.FunctionDef(name):
                    members[full_name(self.node.name, name)] = self.method(s)
                case ast.AnnAssign(ast.Name(name), note, value) if has_fields:
                    if "ClassVar" in ast.dump(note) or "InitVar" in ast.dump(note) or "KW_ONLY" in ast.dump(note):
                        raise NotKnown
                    fields.append(self.field(name, value))
                case ast.AnnAssign(ast.Name(), _, None) | ast.Pass() | ast.Expr(ast.Constant()):
                    pass
                case ast.Assign([ast.Name(name)], ast.Name(other)) if other in members:
                    members[name] = members[other]
                case ast.Assign([ast.Name("__slots__")]):
                    pass
                case ast.Assign([ast.Name(name)], value):
                    members[full_name(self.node.name, name)] = Member("value", ast.literal_eval(value))
                case _:
                    raise NotKnown
        return members, fields

    def slots(self, options: dict[str, Any], fields: list[FieldOf]) -> frozenset[str] | None:
        """What `__slots__` says; None where there is none, or its objects have a `__dict__` in one."""
        given = [s.value for s in self.node.body if isinstance(s, ast.Assign) and is_named(s, "__slots__")]
        if not given:
            return frozenset(f.name for f in fields) if options.get("slots") else None
        named = ast.literal_eval(given[-1])
        names = {full_name(self.node.name, n) for n in ((named,) if isinstance(named, str) else named)}
        return frozenset(names) if "__dict__" not in names else None

    def method(self, s: ast.FunctionDef) -> Member:
        own = [d for d in s.decorator_list if not is_of_user(self.scope, d)]  # theirs are applied when it is read
        ops = [op for d in own if (op := operation(self.scope, d)) != "abc.abstractmethod"]
        kind = KINDS.get(ops[0].rpartition(".")[2]) if len(ops) == 1 and ops[0].startswith("builtins.") else None
        once = ops == ["functools.cached_property"]
        if ops and kind is None and not once:
            raise NotKnown
        own_name = f"{self.node.name}.{s.name}"
        return Member("property" if once else kind or "method", (self.scope.path, own_name), once=once)

    def is_abstract(self, s: ast.FunctionDef) -> bool:
        return any(operation(self.scope, d) == "abc.abstractmethod" for d in s.decorator_list)

    def field(self, name: str, value: ast.expr | None) -> FieldOf:
        if value is None:
            return FieldOf(name)
        if not isinstance(value, ast.Call):
            return FieldOf(name, ast.literal_eval(value))
        given = {w.arg: w.value for w in value.keywords}
        if operation(self.scope, value.func) != "dataclasses.field" or value.args:
            raise NotKnown
        factory = given.pop("default_factory", None)
        made: Any = None
        if factory is not None:
            made = self.factory(name, factory)
        known = {str(n): ast.literal_eval(e) for n, e in given.items()}
        if made is MISSING or not known.keys() <= {"default", "init", "kw_only", "repr", "compare", "hash"}:
            raise NotKnown
        init, keyword = known.get("init", True), known.get("kw_only", False)
        return FieldOf(name, known.get("default", MISSING), made, init, keyword)

    def factory(self, name: str, e: ast.expr) -> Any:
        """What makes the default of a field: a type, or the handle of a function."""
        if isinstance(e, ast.Lambda):
            return self.scope.path, f"{self.node.name}[{name!r}]"
        match self.scope.binding((e.id,)) if isinstance(e, ast.Name) else None:
            case UserFunction(handle):
                return handle
            case Value(value) if isinstance(value, type) and isinstance(CLASSES.get(value), FileClass):
                return value
        return FACTORIES.get(operation(self.scope, e), MISSING)


def is_named(s: ast.Assign, name: str) -> bool:
    return any(isinstance(t, ast.Name) and t.id == name for t in s.targets)


def stored_attribute(n: ast.AST) -> str:
    return n.attr if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store) else ""


def is_first(name: str, value: Any, tree: ast.AST, owner: str) -> bool:
    """Whether a constant of a class is a number, and what is assigned to it in the file are attributes of objects."""
    places = [n for n in ast.walk(tree) if full_name(owner, stored_attribute(n)) == name]
    owners = [n.value for n in places if isinstance(n, ast.Attribute)]
    return isinstance(value, bool | int | float | complex) and not any(may_be_class(e, tree) for e in owners)


def may_be_class(e: ast.expr, tree: ast.AST) -> bool:
    match e:
        case ast.Name(name):
            return name == "cls" or name in receivers_of_classes(tree) or name[:1].isupper()
        case ast.Attribute(_, name):
            return name == "__class__" or name[:1].isupper()
    return True


def receivers_of_classes(tree: ast.AST) -> set[str]:
    """What class methods call their class."""
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.decorator_list and n.args.args]
    return {f.args.args[0].arg for f in functions if any(ast.unparse(d) == "classmethod" for d in f.decorator_list)}


def is_patched(n: ast.AST, name: str) -> bool:
    """Whether a node gives the class an attribute from outside of its body."""
    match n:
        case ast.Attribute(ast.Name(own), _, ast.Store() | ast.Del()):
            return own == name
        case ast.Call(ast.Name("setattr" | "delattr"), [ast.Name(own), *_]):
            return own == name
    return False


def operation(scope: Any, e: ast.expr) -> str:
    """The library's name for what an expression names; "" if it names nothing of a library."""
    names = dotted(e)
    found = scope.binding(tuple(names)) if names is not None else None
    return found.name if isinstance(found, Library) else ""


def is_of_user(scope: Any, decorator: ast.expr) -> bool:
    """Whether a decorator is a function or class of the user, or made by one."""
    e = decorator.func if isinstance(decorator, ast.Call) else decorator
    names = dotted(e)
    found = scope.binding(tuple(names)) if names is not None else None
    return isinstance(found, UserFunction) or isinstance(found, Value) and isinstance(found.value, type)


def stand_in(node: ast.AST, scope: Any) -> type | None:
    """The class that a statement of the top level of a file defines; None if its text does not tell."""
    if isinstance(node, ast.ClassDef):
        return Reader(node, scope).stand_in()
    if not isinstance(node, ast.Call) or operation(scope, node.func) != "collections.namedtuple":
        return None
    try:
        args = [ast.literal_eval(a) for a in node.args]
        words = {str(w.arg): ast.literal_eval(w.value) for w in node.keywords}
        key = (scope.path, ast.dump(node), ())
        if key not in MADE:
            MADE[key] = collections.namedtuple(*args, **{**words, "module": EMITTED})  # type: ignore[assignment,misc]
    except (TypeError, ValueError):
        return None
    return MADE[key]
