"""The kind of an expression, given the kinds of the names in it; and the refusals that follow from kinds.

Here are the expressions of the language itself; its parts are displays, comprehensions and comparisons
(`evaluate_displays`), names from outside and attributes (`evaluate_outside`), calls of user functions
(`evaluate_calls`) and operations of libraries (`evaluate_operations`, `evaluate_special`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..frontend.several_classes import TAG
from ..ir import nodes as ir
from ..ir.build import is_slot
from ..ir.walk import children
from . import kinds as k
from .evaluate_calls import Calls
from .evaluate_displays import Displays
from .evaluate_objects import Objects, class_around
from .evaluate_operations import Operations
from .evaluate_outside import Outside
from .evaluate_special import Special
from .evaluate_texts import Texts
from .evaluator_parts import Env
from .field_tuples import stands_for_fields
from .helpers import FORMS
from .indexers import indexer_kind, indexer_parts, is_indexer, way_out
from .iterated import gives_items
from .library import kind_of_object
from .nested_forms import JVP, product_form
from .none_together import bound_apart
from .object_results import CONVERSIONS, converted
from .own_arithmetic import item_of
from .starred import written_as
from .subscripts import index_kind, index_part


class Evaluator(Displays, Outside, Calls, Objects, Texts, Operations, Special):
    """`diagnose(code, message, instance, statement, expression, hint)` takes refusals."""

    def value(self, at: Any, s: ir.Stmt | None, e: ir.Expr, env: Env) -> k.Kind:
        found: k.Kind = VALUES[type(e)](self, at, s, e, env)
        if isinstance(found, k.Mixed) and not isinstance(e, ir.BoolOp):  # of which a test asks each part
            self.refuse_mixed(at, s, e, found)
        return found

    def of_name(self, at: Any, s: Any, e: ir.Name, env: Env) -> k.Kind:
        return env[e.id] if e.id in env else self.free(at, (e.id,), env)

    def of_call(self, at: Any, s: Any, e: ir.Call, env: Env) -> k.Kind:
        if e.op.startswith(".") and any(isinstance(a, ir.Star) for a in e.args[1:]):
            if self.opens_star_of_method(at, s, e, env):
                return k.Never()
        if self.is_super(at, e):
            given = [k.Known(None), *(self.value(at, s, a, env) for a in e.args[1:])]
            return self.super_method(at, s, e, given, {n: self.value(at, s, v, env) for n, v in e.keywords}, env)
        if e.op in FORMS or any(isinstance(a, ir.Star) for a in e.args):
            form = written_as(e, lambda x: self.value(at, s, x, env))
            if form is not None:
                return self.value(at, s, form, env)
        if (e.op in CONVERSIONS or e.op == JVP) and (form := self.conversion(at, s, e, env)) is not None:
            return self.value(at, s, form, env)
        if e.op == "builtins.super" and (len(e.args) == 2 or class_around(at.function)):
            return k.Never()  # only what is read of it has a value
        kinds = [self.value(at, s, a, env) for a in e.args]
        return self.call(at, s, e, e.op, kinds, {n: self.value(at, s, v, env) for n, v in e.keywords})

    def conversion(self, at: Any, s: Any, e: ir.Call, env: Env) -> ir.Expr | None:
        """The same expression whenever it is asked for: what it calls is noted by what it is."""
        written = product_form if e.op == JVP else converted
        form = written(e, lambda x: self.value(at, s, x, env))
        if form != self.conversions.get(id(e), (e, None))[1]:
            self.conversions[id(e)] = (e, form)
        return self.conversions.get(id(e), (e, None))[1]

    def of_index(self, at: Any, s: Any, e: ir.Index, env: Env) -> k.Kind:
        whole = k.present(self.value(at, s, e.base, env))
        if k.is_record(whole):
            if not is_slot(e):
                return self.item_of_object(at, s, e, whole)  # type: ignore[arg-type]
            if e.index.value == TAG:  # type: ignore[union-attr]
                return k.TEXT
        if is_indexer(whole):
            return self.made_by_indexer(at, s, e, whole, env)
        self.refuse_active_index(at, s, e, whole, env)
        if is_empty(whole) and not isinstance(e.index, ir.Slice):
            if self.interpreter.waiting or whole.kind == "tuple":  # type: ignore[union-attr]
                self.interpreter.left_out = True  # a list that another round of the loop fills
                return k.Never()
        index = self.index(at, s, e.index, env)
        if isinstance(whole, k.Num) and len(index) == 1 and stands_for_fields(e.index, index[0]):
            return k.Never()
        for part in filter(k.is_record, index if isinstance(whole, k.Num) else ()):
            self.refuse_object(at, s, e, f"an object of class `{part.cls.name}` is an index")
        return item_of(whole) if isinstance(whole, k.Obj) else index_kind(whole, index)

    def of_select(self, at: Any, s: Any, e: ir.Select, env: Env) -> k.Kind:
        self.value(at, s, e.test, env)
        found: k.Kind = k.Never()
        for side, inner in zip((e.then, e.other), self.interpreter.sides(at, s, e.test, env), strict=True):
            found = k.join(found, self.value(at, s, side, inner)) if inner is not None else found
        return found

    def of_bool_op(self, at: Any, s: Any, e: ir.BoolOp, env: Env) -> k.Kind:
        result: k.Kind = k.Never()
        for n, v in enumerate(e.values):
            found = self.value(at, s, v, env)
            result = k.join(result, when_true(found) if e.op == "or" and n < len(e.values) - 1 else found)
            inner = self.interpreter.narrowed(v, env, e.op == "and")
            if inner is None:
                break
            env = inner
        return result

    def of_star(self, at: Any, s: Any, e: ir.Star, env: Env) -> k.Kind:
        found = self.value(at, s, e.value, env)
        return k.Never() if gives_items(found) or stands_for_fields(e.value, found) else found

    def of_walrus(self, at: Any, s: Any, e: ir.Walrus, env: Env) -> k.Kind:
        env[e.name] = self.value(at, s, e.value, env)
        bound_apart(e.name, env)
        return env[e.name]

    def of_text(self, at: Any, s: Any, e: ir.Text, env: Env) -> k.Kind:
        self.refuse_properties(at, s, f"({e.code})", env, "a text")
        return k.WORDS if all(k.is_plain(self.value(at, s, ir.Name(n), env)) for n in e.reads) else k.TEXT

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

VALUES: dict[type, Callable[..., k.Kind]] = {
    ir.Name: Evaluator.of_name,
    ir.Const: lambda self, at, s, e, env: kind_of_object(e.value),
    ir.Call: Evaluator.of_call,
    ir.Apply: Evaluator.apply,
    ir.Index: Evaluator.of_index,
    ir.Attribute: Evaluator.attribute,
    ir.Display: Evaluator.display,
    ir.Mapping: Evaluator.mapping,
    ir.Select: Evaluator.of_select,
    ir.BoolOp: Evaluator.of_bool_op,
    ir.Compare: Evaluator.compare,
    ir.Walrus: Evaluator.of_walrus,
    ir.Lambda: lambda self, at, s, e, env: self.closure(self.lambda_function(at, e, env), env),
    ir.Comprehension: Evaluator.comprehension,
    ir.Star: Evaluator.of_star,
    ir.Slice: lambda self, at, s, e, env: k.Known(slice(None)),
    ir.Text: Evaluator.of_text,
}


def when_true(kind: k.Kind) -> k.Kind:
    """What a value is that counts as true."""
    return k.Never() if kind == k.NONE else k.unless_none(kind)


def is_empty(kind: k.Kind) -> bool:
    return isinstance(kind, k.Seq) and kind.items == ()
