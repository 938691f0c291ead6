"""The kind of an expression, given the kinds of the names in it; and the refusals that follow from kinds.

Here are the expressions of the language itself; its parts are names from outside and attributes
(`evaluate_outside`), calls of user functions (`evaluate_calls`) and operations of libraries (`evaluate_operations`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..frontend.loops import is_range
from ..frontend.several_classes import TAG, Tagged
from ..ir import nodes as ir
from ..ir.build import is_slot
from ..ir.walk import children
from . import kinds as k
from .comparisons import compared
from .containers import INT, element_kind
from .evaluate_calls import Calls
from .evaluate_objects import Objects, class_around
from .evaluate_operations import Operations
from .evaluate_outside import Outside
from .evaluate_texts import Texts
from .evaluator_parts import Env
from .helpers import FORMS
from .indexers import indexer_kind, indexer_parts, is_indexer, way_out
from .iterated import contains, gives_items
from .library import kind_of_object
from .object_truth import asks_truth, calls, is_asked, is_compared
from .starred import written_as
from .subscripts import index_kind, index_part

BOOL = k.Num("python", "bool", ())


class Evaluator(Outside, Calls, Objects, Texts, Operations):
    """`diagnose(code, message, instance, statement, expression, hint)` takes refusals."""

    def value(self, at: Any, s: ir.Stmt | None, e: ir.Expr, env: Env) -> k.Kind:
        match e:
            case ir.Name(name):
                return env[name] if name in env else self.free(at, (name,), env)
            case ir.Const(value):
                return kind_of_object(value)
            case ir.Call(op, args, keywords):
                if self.is_super(at, e):
                    given = [k.Known(None), *(self.argument(at, s, a, env) for a in args[1:])]
                    return self.super_method(at, s, e, given, {n: self.value(at, s, v, env) for n, v in keywords}, env)
                if op in FORMS or any(isinstance(a, ir.Star) for a in args):
                    form = written_as(e, lambda x: self.value(at, s, x, env))
                    if form is not None:
                        return self.value(at, s, form, env)
                if op == "builtins.super" and (len(args) == 2 or class_around(at.function)):
                    return k.Never()  # only what is read of it has a value
                kinds = [self.argument(at, s, a, env) for a in args]
                named = {n: self.value(at, s, v, env) for n, v in keywords}
                return self.call(at, s, e, op, kinds, named)
            case ir.Apply():
                return self.apply(at, s, e, env)
            case ir.Index(base, index):
                whole = k.present(self.value(at, s, base, env))
                if k.is_record(whole) and is_slot(e) and e.index.value == TAG:  # type: ignore[union-attr]
                    return k.TEXT
                if k.is_record(whole) and not is_slot(e):
                    return self.item_of_object(at, s, e, whole)  # type: ignore[arg-type]
                if is_indexer(whole):
                    return self.made_by_indexer(at, s, e, whole, env)
                self.refuse_active_index(at, s, e, whole, env)
                if is_empty(whole) and not isinstance(index, ir.Slice):
                    if self.interpreter.waiting or whole.kind == "tuple":  # type: ignore[union-attr]
                        self.interpreter.left_out = True  # a list that another round of the loop fills
                        return k.Never()
                return index_kind(whole, self.index(at, s, index, env))
            case ir.Attribute(base, name):
                return self.attribute(at, s, e, env)
            case ir.Display(kind, items):
                return self.display(at, s, kind, items, env)
            case ir.Mapping(keys, values, cls):
                return replace(self.mapping(at, s, keys, values, env), cls=cls.of if isinstance(cls, Tagged) else cls)
            case ir.Select(test, then, other):
                self.value(at, s, test, env)
                found: k.Kind = k.Never()
                for side, inner in zip((then, other), self.interpreter.sides(at, s, test, env), strict=True):
                    found = k.join(found, self.value(at, s, side, inner)) if inner is not None else found
                return found
            case ir.BoolOp(op, values):
                result: k.Kind = k.Never()
                for n, v in enumerate(values):
                    found = self.value(at, s, v, env)
                    result = k.join(result, when_true(found) if op == "or" and n < len(values) - 1 else found)
                    inner = self.interpreter.narrowed(v, env, op == "and")
                    if inner is None:
                        break
                    env = inner
                return result
            case ir.Compare(first, ops, rest):
                return self.compare(at, s, e, [self.value(at, s, x, env) for x in (first, *rest)], ops)
            case ir.Walrus(name, value):
                env[name] = self.value(at, s, value, env)
                return env[name]
            case ir.Lambda():
                return self.closure(self.lambda_function(at, e), env)
            case ir.Comprehension():
                return self.comprehension(at, s, e, env)
            case ir.Star(value):
                return self.value(at, s, value, env)
            case ir.Slice():
                return k.Known(slice(None))
            case ir.Text(_, names):
                return k.WORDS if all(k.is_plain(self.value(at, s, ir.Name(n), env)) for n in names) else k.TEXT
        raise AssertionError(f"not an expression: {e!r}")

    def refuse_active_index(self, at: Any, s: ir.Stmt | None, e: ir.Index, base: k.Kind, env: Env) -> None:
        """What an object of unknown make gives for an index may depend on the index's value."""
        if base.active or not isinstance(base, k.Unknown | k.Obj):
            return
        parts = e.index.items if isinstance(e.index, ir.Display) and e.index.kind == "tuple" else (e.index,)
        asked = [c for p in parts for c in (children(p) if isinstance(p, ir.Slice) else (p,))]
        kinds = [self.value(at, s, c, env) for c in asked]
        if any(kind.active and (not isinstance(kind, k.Num) or k.carries_derivative(kind)) for kind in kinds):
            self.diagnose(
                "SG303", "what the brackets of this object compute is not known, and the index carries a derivative",
                at, s, e, "Call a function whose source can be found.",
            )  # fmt: skip

    def argument(self, at: Any, s: ir.Stmt | None, e: ir.Expr, env: Env) -> k.Kind:
        return self.value(at, s, e, env)

    def index(self, at: Any, s: ir.Stmt | None, e: ir.Expr, env: Env) -> Any:
        """The parts of a subscript: kinds, slices of kinds, None and Ellipsis."""
        parts = e.items if isinstance(e, ir.Display) and e.kind == "tuple" else (e,)
        return tuple(index_part(p, lambda x: self.value(at, s, x, env)) for p in parts)

    def made_by_indexer(self, at: Any, s: ir.Stmt | None, e: ir.Index, base: k.Kind, env: Env) -> k.Kind:
        def kind(x: ir.Expr) -> k.Kind:
            return self.value(at, s, x, env)

        if any(kind(p).active for p in indexer_parts(e.index)):
            message = "an index of NumPy's indexing objects has no derivative"
            self.diagnose("SG301", message, at, s, e, way_out(base))
        return indexer_kind(base, e.index, kind)

    def compare(self, at: Any, s: Any, e: ir.Expr, values: list[k.Kind], ops: tuple[str, ...]) -> k.Kind:
        if any(k.is_record(v) for v in values) and not set(ops) <= {"is", "is not"}:
            if ops in (("in",), ("not in",)) and contains(values[1]):
                return k.Never()
            if any(isinstance(v, k.Never) for v in values):
                return k.Never()
            assert isinstance(e, ir.Compare)
            if len(ops) == 1 and compared(ops[0], e.first, e.rest[0], values[0], values[1]) is not None:
                return k.Never()
            self.refuse_object(at, s, e, "objects are compared, and what that does is not in the source")
            return BOOL
        if any(is_compared(x) for v in values for x in k.inside(v)) and not set(ops) <= {"is", "is not"}:
            self.refuse_object(at, s, e, "objects in a list are compared, and what that does is not in the source")
            return BOOL
        numbers = [v for v in values if isinstance(v, k.Num)]
        if len(ops) > 1 or len(numbers) < len(values) or ops[0] in ("in", "not in", "is", "is not"):
            return (
                BOOL if all(isinstance(v, k.Known) or getattr(v, "is_scalar", False) for v in values) else k.Unknown()
            )
        if all(v.kind == "python" for v in numbers):
            return BOOL
        dims = k.broadcast_dims(numbers[0].dims, numbers[1].dims)
        return k.Num("scalar" if dims == () else "array" if isinstance(dims, tuple) else "any", "bool", dims)

    def display(self, at: Any, s: ir.Stmt | None, kind: str, items: tuple[ir.Expr, ...], env: Env) -> k.Kind:
        found: list[k.Kind] = []
        for item in items:
            value = self.value(at, s, item, env)
            if not isinstance(item, ir.Star):
                found.append(value)
            elif isinstance(value, k.Seq) and value.items is not None:
                found += value.items
            else:
                rest = [self.value(at, s, i, env) for i in items if not isinstance(i, ir.Star)]
                joined = k.element_of(k.Seq("list", (element_kind(value), *rest)))
                return k.Seq(kind, None, joined)
        return k.Seq(kind, tuple(found)) if kind != "set" else k.Unknown(any(f.active for f in found))

    def mapping(self, at: Any, s: ir.Stmt | None, keys: Any, values: Any, env: Env) -> k.Dict:
        found: dict[Any, k.Kind] = {}
        open_ended = False
        for key, v in zip(keys, values, strict=True):
            kind = self.value(at, s, v, env)
            if key is None and isinstance(kind, k.Dict) and kind.items is not None:
                found.update(kind.items)
            elif isinstance(key, ir.Const):
                found[key.value] = kind
            else:
                open_ended = True
                found[len(found), "?"] = (
                    kind if key is not None else k.value_of(kind) if isinstance(kind, k.Dict) else kind
                )
        whole = k.Dict(tuple(found.items()))
        return k.Dict(None, k.value_of(whole)) if open_ended else whole

    def comprehension(self, at: Any, s: ir.Stmt | None, e: ir.Comprehension, env: Env) -> k.Kind:
        inner = dict(env)
        length: k.Kind = k.Never()
        for clause in e.clauses:
            iterable = self.value(at, s, clause.iterable, inner)
            iterable = k.Never() if clause is e.clauses[0] and gives_items(iterable) else iterable
            self.refuse_iteration(at, s, iterable)
            length = iterable
            item = INT if is_range(clause.iterable) else element_kind(iterable)
            if k.is_record(item) and isinstance(clause.target, ir.Display):
                cls = item.cls  # type: ignore[union-attr]
                self.refuse_object(at, s, e, f"an object of class `{cls.name}` is unpacked in a comprehension")
            self.unpack(clause.target, item, inner)
            for test in clause.conditions:
                self.value(at, s, test, inner)
        if e.key is not None:
            self.value(at, s, e.key, inner)
        element = self.value(at, s, e.element, inner)
        if element.active and e.kind == "set":
            self.diagnose(
                "SG216", "a set of values that carry derivatives has no order to differentiate in", at, s, e,
                "Build a list.",
            )  # fmt: skip
        if self.asks_objects(at, s, e, inner):
            at.mixed.add(id(e))  # as a loop, it can call the methods that answer
        if e.kind == "dict":
            return k.Dict(None, element)
        plain = len(e.clauses) == 1 and not e.clauses[0].conditions
        if plain and isinstance(length, k.Seq) and length.items is not None:
            return k.Seq("list", (element,) * len(length.items))
        return k.Seq("list", None, element) if e.kind != "set" else k.Unknown()

    def asks_objects(self, at: Any, s: Any, e: ir.Comprehension, env: Env) -> bool:
        """Whether a comprehension asks objects for more than their attributes."""
        known = lambda x: self.value(at, s, x, dict(env))  # noqa: E731
        tests = [t for c in e.clauses for t in c.conditions]
        parts = [*tests, e.element, *([e.key] if e.key is not None else [])]
        if not any(k.is_record(kind) for kind in env.values()):
            return False
        return any(is_asked(t, known) for t in tests) or any(asks_truth(x, known) or calls(x, known) for x in parts)

    def unpack(self, target: ir.Expr, value: k.Kind, env: Env) -> None:
        """Bind the names of a target."""
        match target:
            case ir.Name(name):
                env[name] = value
            case ir.Display(_, items):
                value = value.inner if isinstance(value, k.Maybe) else value  # None is not taken apart
                starred = next((n for n, t in enumerate(items) if isinstance(t, ir.Star)), None)
                for n, t in enumerate(items):
                    if isinstance(t, ir.Star):
                        self.unpack(t.value, k.Seq("list", None, element_kind(value)), env)
                    else:
                        self.unpack(t, item_kind(value, n if starred is None or n < starred else n - len(items)), env)


def when_true(kind: k.Kind) -> k.Kind:
    """What a value is that counts as true."""
    if kind == k.NONE:
        return k.Never()
    return kind.inner if isinstance(kind, k.Maybe) else kind  # type: ignore[no-any-return]


def is_empty(kind: k.Kind) -> bool:
    return isinstance(kind, k.Seq) and kind.items == ()


def item_kind(value: k.Kind, n: int) -> k.Kind:
    if isinstance(value, k.Seq) and value.items is not None and -len(value.items) <= n < len(value.items):
        return value.items[n]
    return element_kind(value)
