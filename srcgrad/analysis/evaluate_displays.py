"""The kinds of displays, comprehensions and comparisons, and the names that a target binds."""

from __future__ import annotations

from typing import Any

from ..frontend.loops import is_range
from ..frontend.several_classes import TAG, Tagged
from ..ir import nodes as ir
from ..ir.walk import target_names
from . import kinds as k
from .carried import carries
from .comparisons import compared
from .containers import INT, element_kind, has_none, kinds_of_targets
from .evaluator_parts import Env, EvaluatorParts
from .field_tuples import answers_as_tuple, stands_for_fields
from .field_unpacking import with_named_item
from .iterated import contains, gives_items
from .keys import equal_to_others, refuse_active_key, refuse_key
from .named_attributes import fields_written_out
from .object_truth import asks_truth, calls, is_asked, is_compared

BOOL = k.Num("python", "bool", ())


class Displays(EvaluatorParts):
    def compare(self, at: Any, s: Any, e: ir.Compare, env: Env) -> k.Kind:
        ops, values = e.ops, [self.value(at, s, x, env) for x in (e.first, *e.rest)]
        if any(k.is_record(v) for v in values) and not set(ops) <= {"is", "is not"}:
            if ops in (("in",), ("not in",)) and contains(values[1]):
                return k.Never()
            if any(isinstance(v, k.Never) for v in values):
                return k.Never()
            if isinstance(e.first, ir.Const) and isinstance(e.first.value, ir.Field):  # whether there is an attribute
                return BOOL
            if len(ops) == 1 and compared(ops[0], e.first, e.rest[0], values[0], values[1]) is not None:
                return k.Never()
            if ops in (("in",), ("not in",)) and answers_as_tuple("__contains__", e.rest[0], values[1]):
                return k.Never()
            asked = next((v for op, v in zip(ops, values[1:], strict=True) if "in" in op and k.is_record(v)), None)
            if asked is not None:
                self.refuse_object(at, s, e, f"an object of class `{asked.cls.name}` is asked what is in it")  # type: ignore[union-attr]
            elif not (set(ops) <= {"in", "not in"} and all(not list(equal_to_others(v)) for v in values)):
                self.refuse_object(at, s, e, "objects are compared, and what that does is not in the source")
            return BOOL
        if any(is_compared(x) for v in values for x in k.inside(v)) and not set(ops) <= {"is", "is not"}:
            self.refuse_object(at, s, e, "objects in a list are compared, and what that does is not in the source")
            return BOOL
        if set(ops) <= {"in", "not in", "is", "is not"}:  # a bool, whatever is asked
            return BOOL
        numbers = [v for v in values if isinstance(v, k.Num)]
        if len(ops) > 1 or len(numbers) < len(values):
            return (
                BOOL if all(isinstance(v, k.Known) or getattr(v, "is_scalar", False) for v in values) else k.Unknown()
            )
        if all(v.kind == "python" for v in numbers):
            return BOOL
        dims = k.broadcast_dims(numbers[0].dims, numbers[1].dims)
        return k.Num("scalar" if dims == () else "array" if isinstance(dims, tuple) else "any", "bool", dims)

    def display(self, at: Any, s: ir.Stmt | None, e: ir.Display, env: Env) -> k.Kind:
        if e.kind == "set":
            return self.members(at, s, e, env)
        found: list[k.Kind] = []
        open_ended = False
        for item in e.items:
            value = self.value(at, s, item, env)
            if not isinstance(item, ir.Star):
                found.append(value)
            elif isinstance(value, k.Seq) and value.items is not None:
                found += value.items
            else:
                open_ended = True
                found.append(element_kind(value))
        if open_ended:
            return k.Seq(e.kind, None, k.element_of(k.Seq("list", tuple(found))))
        return k.Seq(e.kind, tuple(found))

    def members(self, at: Any, s: ir.Stmt | None, e: ir.Display, env: Env) -> k.Kind:
        """`{a, *b}`"""
        for item in e.items:
            found = self.value(at, s, item, env)
            self.member(at, s, e, item, element_kind(found) if isinstance(item, ir.Star) else found)
        return k.Unknown()

    def member(self, at: Any, s: ir.Stmt | None, e: ir.Expr, item: ir.Expr, kind: k.Kind) -> None:
        refuse_key(at, s, item, kind, self.diagnose)
        if kind.active:
            message = "a set of values that carry derivatives has no order to differentiate in"
            self.diagnose("SG216", message, at, s, e, "Build a list.")

    def key(self, at: Any, s: ir.Stmt | None, e: ir.Expr, env: Env) -> None:
        found = self.value(at, s, e, env)
        refuse_active_key(at, s, e, found, self.diagnose)
        refuse_key(at, s, e, found, self.diagnose)

    def mapping(self, at: Any, s: ir.Stmt | None, e: ir.Mapping, env: Env) -> k.Kind:
        found: dict[Any, k.Kind] = {}
        open_ended = False
        for key, v in zip(e.keys, e.values, strict=True):
            kind = self.value(at, s, v, env)
            if key is not None and not isinstance(key, ir.Const):
                self.key(at, s, key, env)
            if key is None and isinstance(kind, k.Dict) and kind.items is not None:
                found.update(kind.items)
            elif isinstance(key, ir.Const):
                found[key.value] = kind
            else:
                open_ended = True
                found[len(found), "?"] = (
                    kind if key is not None else k.value_of(kind) if isinstance(kind, k.Dict) else kind
                )
        cls = e.cls.of if isinstance(e.cls, Tagged) else e.cls
        linked = self.interpreter.linking.made(cls, found | ({TAG: k.WORDS} if isinstance(e.cls, Tagged) else {}))
        if linked is not None:
            return linked
        whole = k.Dict(tuple(found.items()), None, cls)
        return k.Dict(None, k.value_of(whole), cls) if open_ended else whole

    def comprehension(self, at: Any, s: ir.Stmt | None, e: ir.Comprehension, env: Env) -> k.Kind:
        if fields_written_out(e, lambda x: self.value(at, s, x, env)) is not None:
            return k.Never()
        inner = dict(env)
        length: k.Kind = k.Never()
        for n, clause in enumerate(e.clauses):
            iterable = self.value(at, s, clause.iterable, inner)
            written = gives_items(iterable) or stands_for_fields(clause.iterable, iterable)
            iterable = k.Never() if written else iterable
            self.refuse_iteration(at, s, iterable)
            length = iterable
            item = INT if is_range(clause.iterable) else element_kind(iterable)
            parted = unpacked_record(clause.target, item)
            if parted is not None and with_named_item(e, n, item) is not None:
                return k.Never()
            if parted is not None:
                cls = parted.cls
                self.refuse_object(at, s, e, f"an object of class `{cls.name}` is unpacked in a comprehension")
            self.unpack(clause.target, item, inner)
            for test in clause.conditions:
                self.value(at, s, test, inner)
        element = self.value(at, s, e.element, inner)
        if isinstance(element, k.Never) and has_none(length) and e.kind != "set":
            return k.Dict(()) if e.kind == "dict" else k.Seq("list", ())
        self.note_open(e, element, inner)
        if e.key is not None:
            self.key(at, s, e.key, inner)
        if e.kind == "set":
            self.member(at, s, e, e.element, element)
        if e.kind != "part" and carries(element, {n for clause in e.clauses for n in target_names(clause.target)}):
            self.diagnose(
                "SG306", "each function made here carries a value of its own, which has no name when it is called",
                at, s, e, "Call it where it is made, or keep the values in a list and pass them to one function.",
            )  # fmt: skip
            return k.Never()
        if self.asks_objects(at, s, e, inner):
            at.mixed.add(id(e))  # as a loop, it can call the methods that answer
        if e.kind == "dict":
            return k.Dict(None, element)
        plain = len(e.clauses) == 1 and not e.clauses[0].conditions
        if plain and isinstance(length, k.Seq) and length.items is not None:
            return k.Seq("list", (element,) * len(length.items))
        return k.Seq("list", None, element) if e.kind != "set" else k.Unknown()

    def note_open(self, e: ir.Comprehension, element: k.Kind, env: Env) -> None:
        """Note whether nothing is known of the items of a comprehension, though there are some."""
        bound = {n for clause in e.clauses for n in target_names(clause.target)}
        if isinstance(element, k.Never) and not any(isinstance(env.get(n), k.Never) for n in bound):
            self.open_items.append(e)

    def asks_objects(self, at: Any, s: Any, e: ir.Comprehension, env: Env) -> bool:
        """Whether a comprehension asks objects for more than their attributes."""

        def known(x: ir.Expr) -> k.Kind:
            return self.value(at, s, x, dict(env))

        tests = [t for c in e.clauses for t in c.conditions]
        later = [c.iterable for c in e.clauses[1:]]
        parts = [*tests, *later, e.element, *([e.key] if e.key is not None else [])]
        if not any(k.is_record(kind) for kind in env.values()):
            return False
        listed = any(gives_items(known(x)) or stands_for_fields(x, known(x)) for x in later)
        asked = any(is_asked(t, known) for t in tests)
        return listed or asked or any(asks_truth(x, known) or calls(x, known) for x in parts)

    def unpack(self, target: ir.Expr, value: k.Kind, env: Env) -> None:
        """Bind the names of a target."""
        match target:
            case ir.Name(name):
                env[name] = value
            case ir.Display(_, items):
                value = k.unless_none(value)  # which is not taken apart
                for t, kind in zip(items, kinds_of_targets(value, items), strict=True):
                    if isinstance(t, ir.Star):
                        self.unpack(t.value, k.Seq("list", None, element_kind(value)), env)
                    else:
                        self.unpack(t, kind, env)


def unpacked_record(target: ir.Expr, kind: k.Kind) -> Any:
    """The kind of an object that a target takes apart."""
    if not isinstance(target, ir.Display):
        return None
    if k.is_record(kind):
        return kind
    found = map(unpacked_record, target.items, kinds_of_targets(kind, target.items))
    return next((f for f in found if f is not None), None)
