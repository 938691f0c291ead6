"""Objects as arguments of functions in files: of which class, and what their attributes are, as the text says.

    def energy(spring: Spring, x): ...        an object of a class of the file, or of one that the file imports
    def energy(self, x): ...                  a method, of an object of its class
    def energy(spring, x):                    an object of the classes of the file that have such a method: the one,
        return spring.potential(x) + x        or one of them

The kinds of attributes are those of annotated fields; else what `__init__` assigns to them says.  The emitted function
checks all of it: objects of other classes, and attributes of other kinds, are refused when it is called.
"""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from ..analysis import kinds as k
from ..ir import nodes as ir
from ..ir.program import Function
from .annotations import kind_of, kind_of_note, within
from .bindings import UserFunction, Value
from .classes import CLASSES, Class
from .decorators import dotted
from .file_classes import FileClass, file_classes, stored_attribute
from .given_forms import ARRAY, ATTRIBUTES_OF, NUMBER, holds_records
from .uses import Use, Uses, uses_of

MAKERS = frozenset({"array", "asarray", "zeros", "ones", "full", "eye", "linspace", "zeros_like", "ones_like", "copy"})
DEEPEST = 4  # objects within objects
COMMON = frozenset({n for c in (np.ndarray, np.generic, float, list, dict, str) for n in dir(c)})
DICT_METHODS = frozenset({"items", "values", "keys", "get"})


class Given:
    """The kinds of objects, by the classes of a file."""

    def __init__(self, scope: Any, program: Any, depth: int = 0) -> None:
        self.scope, self.program, self.depth = scope, program, depth

    # ----- arguments -----

    def kinds(self, function: Function, body: ir.Block, known: dict[str, k.Kind]) -> dict[str, k.Kind]:
        """Of the parameters that are objects, or hold them: as annotations say, or how they are used."""
        found: dict[str, k.Kind] = {}
        uses = uses_of(function, body, self.program)
        for n, p in enumerate(function.params):
            note = kind_of_note(p.annotation, p.name, self.named) if p.annotation is not None else None
            if n == 0 and note is None and "." in function.qualname:
                note = self.owner(function)
            if note is None and p.annotation is None:
                note = self.by_use(uses[p.name], known[p.name])
            if note is not None and holds_records(note) and p.kind not in ("star", "double_star"):
                found[p.name] = note
        return found

    def owner(self, function: Function) -> k.Kind | None:
        """The object that a method is called on."""
        name, _, method = function.qualname.rpartition(".")
        kind = self.named(name)
        member = kind.cls.member(method) if isinstance(kind, k.Dict) else None
        return kind if member is not None and member.kind in ("method", "property") else None

    def named(self, word: str) -> k.Kind | None:
        """An object of the class that a name of the file stands for."""
        found = self.scope.binding((word,))
        cls = CLASSES.get(found.value) if isinstance(found, Value) and isinstance(found.value, type) else None
        if cls is None and isinstance(found, Value) and hasattr(found.value, "_fields"):
            cls = CLASSES.setdefault(found.value, Class(found.value))
        return self.of_class(cls) if cls is not None else None

    def by_use(self, use: Use, known: k.Kind) -> k.Kind | None:
        """An object that has the attributes which are used, or a list or dict of such objects."""
        if known != NUMBER and not (isinstance(known, k.Num) and known.kind == "any") and not isinstance(known, k.Dict):
            return None
        found: k.Kind = k.Never()
        if use.attributes.keys() - COMMON - {"__call__"}:
            for kind in map(self.named, self.classes()):
                if isinstance(kind, k.Dict) and all(has(kind, n) for n in use.attributes) and self.is_whole(kind):
                    found = k.join(found, kind)
            return found if k.is_record(found) else None
        element = self.by_use(use.items, NUMBER) if use.items is not None else None
        if element is None:
            return None
        is_dict = isinstance(known, k.Dict) or not DICT_METHODS.isdisjoint(use.attributes)
        return k.Dict(None, element) if is_dict else k.Seq("list", None, element)

    def is_whole(self, kind: k.Dict) -> bool:
        """Whether a class has all that its methods use: else it is there to be derived from."""
        if not isinstance(kind.cls, FileClass):
            return True
        nodes = [n for c in file_classes(kind.cls.value) for n in ast.walk(c.node)]
        stored = set(map(stored_attribute, nodes))
        return all(has(kind, n) or n in stored or n.startswith("__") for n in self.of_own_methods(kind.cls).attributes)

    def classes(self) -> list[str]:
        """The names of the file that may stand for classes."""
        scope = self.scope
        while not hasattr(scope, "definitions"):
            scope = scope.scope
        own = [n for n, node in scope.definitions.items() if isinstance(node, ast.ClassDef | ast.Call)]
        return own + [n for n in scope.imports if n not in own]

    def of_class(self, cls: Class) -> k.Kind | None:
        if cls.obstacle is not None or isinstance(cls, FileClass) and cls.first_values or self.depth >= DEEPEST:
            return None
        inner = Given(cls.scope, self.program, self.depth + 1) if isinstance(cls, FileClass) else self
        found = k.Dict(tuple((ir.Field(n), kind) for n, kind in inner.attributes(cls).items()), None, cls)
        ATTRIBUTES_OF[cls] = [n for n, _ in found.items or ()]
        return found

    # ----- attributes -----

    def attributes(self, cls: Class) -> dict[str, k.Kind]:
        if not isinstance(cls, FileClass):  # of `namedtuple(...)`
            return {f.name: self.by_default(f) for f in cls.fields or ()}
        found = {f.name: self.by_default(f) for f in cls.fields or ()}
        notes: dict[str, ast.expr] = {}
        for known in reversed(file_classes(cls.value)):
            for s in known.node.body:
                if isinstance(s, ast.AnnAssign) and isinstance(s.target, ast.Name):
                    notes[s.target.id] = s.annotation
        for start in ("__post_init__", "__init__"):
            for n, kind in self.assigned(cls, start, set()).items():
                found.setdefault(n, kind)
        uses = self.of_own_methods(cls) if any(found[n] == NUMBER and n not in notes for n in found) else Use()
        for n in found:
            if n in notes:
                found[n] = self.by_note(notes[n], n)
            elif found[n] == NUMBER and n in uses.attributes:
                found[n] = self.by_use(uses.attributes[n], NUMBER) or NUMBER
        return found

    def of_own_methods(self, cls: FileClass) -> Use:
        """How the methods of a class use its objects."""
        me = Use()
        for known in file_classes(cls.value):
            for member in known.members.values():
                function = self.program.load(member.value) if member.kind in ("method", "property") else None
                if function is not None and function.params:
                    names = {function.params[0].name: [me]}
                    Uses(function, self.program.prepare(function).body, self.program, names)
        return me

    def by_note(self, note: ast.expr, name: str) -> k.Kind:
        match note:
            case ast.Name("str"):
                return k.WORDS
            case ast.Name("list" | "List"):
                return k.Seq("list", None, NUMBER)
            case ast.Name("dict" | "Dict"):
                return k.Dict(None, NUMBER)
        found = kind_of(note, name, self.named)
        return within(found) or k.Unknown()

    def by_default(self, f: Any) -> k.Kind:
        if isinstance(f.default, str):
            return k.WORDS
        if isinstance(f.default, bool | int):
            return k.Num("python", type(f.default).__name__, ())
        return k.Unknown() if f.default is None else NUMBER

    def assigned(self, cls: FileClass, name: str, seen: set[str]) -> dict[str, k.Kind]:
        """Attributes that a method assigns to, or one that it calls."""
        member = cls.member(name)
        if member is None or not isinstance(member.value, tuple) or member.value[1] in seen:
            return {}
        seen.add(member.value[1])
        return self.of_method(cls, member.value[1], seen)

    def of_method(self, cls: FileClass, name: str, seen: set[str]) -> dict[str, k.Kind]:
        home, _, method = name.rpartition(".")
        known = next((c for c in file_classes(cls.value) if c.value.__qualname__ == home), None)
        node = method_node(known, method) if known is not None else None
        if node is None or not node.args.args:
            return {}
        me, found = node.args.args[0].arg, dict[str, k.Kind]()
        for s in ast.walk(node):
            match s:
                case ast.Assign(targets, value):
                    for target in targets:
                        self.note_target(target, value, me, node, found)
                case ast.AnnAssign(ast.Attribute(ast.Name(own), n), note) if own == me:
                    found.setdefault(n, self.by_note(note, n))
                case ast.Call(ast.Attribute(ast.Call(ast.Name("super")), n)):
                    after = cls.member(n, known.value if isinstance(known, FileClass) else None)
                    if after is not None and isinstance(after.value, tuple) and after.value[1] not in seen:
                        seen.add(after.value[1])
                        found |= self.of_method(cls, after.value[1], seen)
                case ast.Call(ast.Attribute(ast.Name(own), n)) if own == me:
                    found |= self.assigned(cls, n, seen)
        return found

    def note_target(self, target: ast.expr, value: ast.expr, me: str, node: Any, found: dict[str, k.Kind]) -> None:
        match target, value:
            case ast.Attribute(ast.Name(own), n), _ if own == me:
                found.setdefault(n, self.of_value(value, node))
            case ast.Tuple(targets) | ast.List(targets), ast.Tuple(values) | ast.List(values) if len(targets) == len(
                values
            ):
                for t, v in zip(targets, values, strict=True):
                    self.note_target(t, v, me, node, found)
            case ast.Tuple(targets) | ast.List(targets), _:
                for t in targets:
                    self.note_target(t, ast.Name(""), me, node, found)

    def of_value(self, e: ast.expr, node: Any) -> k.Kind:
        """What `self.x = e` makes of an attribute."""
        match e:
            case ast.Constant(bool() | int() as value):
                return k.Num("python", type(value).__name__, ())
            case ast.Constant(str()) | ast.JoinedStr():
                return k.WORDS
            case ast.Constant(None) | ast.Lambda():
                return k.Unknown()
            case ast.Name(name):
                return self.of_parameter(name, node)
            case ast.List(items) | ast.Tuple(items):
                parts = [within(self.of_value(i, node)) or k.Unknown() for i in items]
                if isinstance(e, ast.Tuple):
                    return k.Seq("tuple", tuple(parts))
                return k.Seq("list", None, k.element_of(k.Seq("list", tuple(parts))) if parts else NUMBER)
            case ast.ListComp(element):
                return k.Seq("list", None, within(self.of_value(element, node)) or k.Unknown())
            case ast.Dict(_, values):
                return k.Dict(None, k.value_of(k.Dict(tuple(enumerate(self.of_value(v, node) for v in values))))
                              if values else NUMBER)  # fmt: skip
            case ast.Call(ast.Name("list" | "dict" as word), []):
                return k.Seq("list", None, NUMBER) if word == "list" else k.Dict(None, NUMBER)
            case ast.Call(function):
                names = dotted(function)
                if names is not None and len(names) == 1 and (made := self.named(names[0])) is not None:
                    return made
                if names is not None and len(names) == 2 and self.library(names) and names[1] in MAKERS:
                    return ARRAY
                return NUMBER
            case ast.Attribute() if (names := dotted(e)) is not None and self.library(names):
                return k.Unknown()
        return NUMBER

    def of_parameter(self, name: str, node: Any) -> k.Kind:
        args = [*node.args.args, *node.args.kwonlyargs]
        defaults = dict(zip([a.arg for a in node.args.args[::-1]], node.args.defaults[::-1], strict=False))
        defaults |= {a.arg: d for a, d in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True) if d}
        for a in args:
            if a.arg == name and a.annotation is not None:
                return self.by_note(a.annotation, name)
            if a.arg == name and isinstance(defaults.get(name), ast.Constant):
                return self.of_value(defaults[name], node)
        if any(a.arg == name for a in args):
            return NUMBER
        found = self.scope.binding((name,))
        return k.Unknown() if isinstance(found, UserFunction) or found is not None else NUMBER

    def library(self, names: list[str]) -> bool:
        return self.scope.operation(tuple(names)) is not None


def method_node(cls: FileClass, name: str) -> Any:
    return next((s for s in cls.node.body if isinstance(s, ast.FunctionDef) and s.name == name), None)


def has(kind: k.Dict, name: str) -> bool:
    """Whether objects of a class have an attribute or method."""
    known = {str(n) for n, _ in kind.items or ()}
    return name in known or kind.cls.member(name) is not None or kind.cls.is_tuple and name in ("_replace", "_asdict")
