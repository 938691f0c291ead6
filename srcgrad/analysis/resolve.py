"""What only the kinds tell: which operation a call is, whether `s += e` rebinds a name, what a dict holds.

Each statement that means something simpler than it says is replaced by the simpler one.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import Any

from ..frontend.lower import Names
from ..frontend.operators import IN_PLACE, OF_NUMBERS
from ..ir import nodes as ir
from ..ir.naming import describe
from ..ir.walk import block_reads, children, map_children, reads, root, subexpressions
from . import kinds as k
from .altering import Altering
from .array_attributes import checked_rebinding, plain_store, rebound
from .array_steps import steps_of
from .change_calls import may_change
from .container_changes import EVERY, as_list, constant, is_list, is_simple, sliced_store, whole
from .container_steps import Steps, is_dict
from .decided import decided, decided_for_helper, is_helper_scope
from .evaluate_outside import is_object
from .flat_iterators import flattened, is_flat, picked, refuse_kept_iterators
from .instance import Instance
from .kept_views import view_as_list, views_in, views_listed
from .library_results import field_of_result
from .linked import is_passed_on
from .mixed_operands import OPERATORS, makes_array, with_arrays_for_lists
from .mutators import as_change, placed, ufunc_method
from .nested_forms import product_form
from .object_results import converted
from .operator_methods import BINARY, has_method
from .outputs import says_nothing
from .passed import call_arguments, changed_parameters, has_one_name
from .paths import is_view
from .rebinding import UNDECIDED
from .starred import written_as
from .stores import is_bool
from .unshared import unshared


class Resolve(Altering):
    """`kind(stmt, expr)` gives kinds; `diagnose` takes the refusal of what is decided by no kind.

    `settled`: everything else is decided, so that it is known what shares memory.
    """

    places = True

    def __init__(
        self, at: Instance, kind: Callable[[ir.Stmt, ir.Expr], k.Kind], diagnose: Any, settled: bool = True,
        linking: Any = None,
    ) -> None:  # fmt: skip
        self.linking = linking
        self.at, self.kind, self.diagnose, self.settled = at, kind, diagnose, settled

    def __call__(self, s: ir.Stmt) -> ir.Stmt:
        if self.urgency(s):
            return s
        if self.settled:
            refuse_kept_iterators(self.at, s, lambda x: self.kind(s, x), self.diagnose)
        match s:
            case ir.Assign(_, (ir.Index(ir.Name() as base, index),), True) if isinstance(self.kind(s, base), k.Unknown):
                if self.kind(s, base).active:
                    self.diagnose(
                        "SG217", "what is iterated over is not known, and it carries a derivative", self.at, s, None,
                        "Iterate over a list, a tuple or an array.",
                    )  # fmt: skip
                    return s
                return replace(s, values=(ir.Index(ir.Call("builtins.list", (base,)), index),))
            case ir.Assign(_, (ir.Index(ir.Name() as base, index),), True) if is_enumeration(self.kind(s, base)):
                return replace(s, values=(ir.Index(ir.Call("builtins.list", (base,)), index),))
            case ir.Assign(_, (ir.Index(base, index),), True) if isinstance(self.kind(s, base), k.Dict):
                if isinstance(base, ir.Name) and not isinstance(
                    index, ir.Index | ir.Const
                ):  # iterating over a dict gives its keys
                    return replace(s, values=(ir.Index(ir.Call("builtins.list", (base,)), index),))
                return s
            case ir.Unpack(_, ir.Index(ir.Name() as base, ir.Name() as index), True) if is_dict(self.kind(s, base)):
                return replace(s, value=ir.Index(ir.Call("builtins.list", (base,)), index))
            case ir.Assign(_, values):
                new = tuple(self.bound(s, v) for v in values)
                if not self.views.isdisjoint(s.names):
                    new = tuple(view_as_list(v, lambda x: self.kind(s, x)) for v in new)
                return s if all(a is b for a, b in zip(new, values, strict=True)) else edited(replace(s, values=new))
            case ir.Unpack(_, ir.Call("builtins.zip") as value) if self.kind(s, value).active:
                return edited(replace(s, value=ir.Call("builtins.list", (value,))))  # type: ignore[no-any-return]
            case ir.Unpack(_, value):
                again = self.expression(s, value)
                return s if again is value else edited(replace(s, value=again))
            case ir.Update(ir.Name(), "append", value):
                again = self.expression(s, value)
                return s if again is value else edited(replace(s, value=again))
            case ir.Update(_, ".append" | ".pop", value):
                again = self.expression(s, value)
                return s if again is value else edited(replace(s, value=again))
            case ir.Update(ir.Name(name), op, value):
                return self.update(s, name, op, value)
            case ir.Store(ir.Index(base, ir.Slice() as part), value) if is_list(self.kind(s, base)) and (
                part != EVERY or not is_list(self.kind(s, value))
            ):
                return self.sliced(s, base, part, value)
            case ir.Store() | ir.Update() | ir.Eval() if rebound(s, lambda x: self.kind(s, x)) is not None:
                return checked_rebinding(self.at, s, lambda x: self.kind(s, x), self.diagnose)
            case ir.Store() | ir.Update() if plain_store(s, lambda x: self.kind(s, x)) is not None:
                return plain_store(s, lambda x: self.kind(s, x))  # type: ignore[return-value]
            case ir.Store(ir.Index(base, index)) | ir.Update(ir.Index(base, index)) if (
                isinstance(self.kind(s, base), k.Num) and is_bool(self.kind(s, index))
            ):
                return all_or_nothing(s, index)
            case ir.Update(ir.Index(base)) if self.may_be_either(s, base):
                self.refuse_either(s, describe(s.place))
                return s
            case ir.Store(place, value) | ir.Update(place, _, value):
                op = s.op if isinstance(s, ir.Update) else ""
                again = self.operand(s, op, self.kind(s, place), value)
                if isinstance(s, ir.Store) and self.is_list_in_array(s, place, value):
                    again = ir.Call("numpy.array", (value,))
                return s if again is value else edited(replace(s, value=again))
            case ir.Eval(e):
                found = self.change(s, e)
                inner = found is not None and not root(found.place) and self.steps(s, children(e)[0]) is not None
                return placed(found, s) if found is not None and not inner else s
        return s

    def is_open_list(self, s: ir.Stmt, e: ir.Expr) -> bool:
        """Whether an expression gives active items, and how many is only known when the program runs."""
        found = self.kind(s, e)
        return isinstance(found, k.Seq) and found.items is None and found.active

    def is_list_in_array(self, s: ir.Stmt, place: Any, value: ir.Expr) -> bool:
        """Whether a list with a name is stored into an array, which NumPy makes an array of."""
        base = self.kind(s, place.base) if isinstance(place, ir.Index) else None
        return isinstance(base, k.Num) and isinstance(value, ir.Name) and self.is_open_list(s, value)

    def sliced(self, s: ir.Store, base: ir.Expr, part: ir.Slice, value: ir.Expr) -> ir.Stmt:
        """`xs[a:b] = e` of a list."""
        if is_simple(part):
            kept = sliced_store(base, part.lower, part.upper, as_list(value, lambda x: self.kind(s, x)))
            return edited(kept, s)  # type: ignore[no-any-return]
        if not isinstance(constant(part.step), ir.Const):  # type: ignore[arg-type]
            message = "whether this changes the length of the list depends on the step of the slice"
            self.diagnose("SG213", message, self.at, s, None, "Write the step out, or assign the items one by one.")
        again = self.expression(s, value)
        return s if again is value else edited(replace(s, value=again))

    def change(self, s: ir.Stmt, e: ir.Expr) -> ir.Store | ir.Update | None:
        """The assignment to elements that a call is, if it is one."""
        if not may_change(e):
            return None
        return as_change(ufunc_method(e, lambda x: self.kind(s, x)), lambda x: self.kind(s, x))

    def steps(self, s: ir.Stmt, e: ir.Expr, names: Names | None = None) -> Steps | None:
        """The statements that a call is, if it is several; `names` for what they bind."""
        return steps_of(e, lambda x: self.kind(s, x), names) if may_change(e) else None

    def is_part(self, s: ir.Stmt, e: ir.Index) -> bool:
        """Whether a place is certainly part of an array, of which an update takes the elements when it is made."""
        found = self.kind(s, e)
        return isinstance(self.kind(s, e.base), k.Num) and isinstance(found, k.Num) and found.kind == "array"

    def is_number(self, s: ir.Stmt, e: ir.Expr) -> bool:
        found = self.kind(s, e)
        return isinstance(found, k.Num) and found.is_scalar

    def decided(self, s: ir.Stmt, test: ir.Expr) -> bool | None:
        if s.origin is not None:  # of a user's the text stays as it is
            return decided_for_helper(test, lambda x: self.kind(s, x)) if self.in_helper else None
        return decided(test, lambda x: self.kind(s, x))

    @cached_property
    def views(self) -> frozenset[str]:
        return frozenset(name for name, _ in views_in(self.at.function.body))

    @cached_property
    def in_helper(self) -> bool:
        """Whether this is a helper of emitted code, which has text of its own for the kinds it is given."""
        return is_helper_scope(self.at.function.scope)

    # ----- places -----

    def is_array(self, s: ir.Stmt, e: ir.Expr) -> bool:
        return isinstance(self.kind(s, e), k.Num)

    def is_container(self, s: ir.Stmt, e: ir.Expr) -> bool:
        return isinstance(self.kind(s, e), k.Seq | k.Dict)

    def is_view(self, s: ir.Stmt, e: ir.Expr) -> bool:
        return is_view(e, lambda x: self.kind(s, x))

    def moves(self, s: ir.Stmt, e: ir.Expr) -> bool:
        """Whether part of an index is computed before the statement: an array, or of what the statement changes."""
        found = self.kind(s, e)
        changed = self.at.aliases.changed.get(id(s), frozenset()) if self.at.aliases is not None else frozenset()
        plain = isinstance(found, k.Known) or isinstance(found, k.Num) and found.is_scalar
        return bool(reads(e) & changed) or not plain

    # ----- calls -----

    def unplaced(self, s: ir.Stmt, call: ir.Expr) -> list[ir.Expr]:
        """Arguments of a user function that changes them, which are no memory with a name."""
        called = self.at.calls.get(id(call))
        if called is None:
            return []
        passed = call_arguments(called)
        found = [passed[n] for n in changed_parameters(called.instance) if n in passed]
        written = {id(x) for c in children(call) for x in subexpressions(c)}
        return [e for e in found if id(e) in written and not self.is_view(s, e)]

    def bound(self, s: ir.Assign, e: ir.Expr) -> ir.Expr:
        """What a name is bound to."""
        if self.settled and is_flat(e, lambda x: self.kind(s, x)):
            return flattened(self.at, s, e.base)
        return self.expression(s, e)

    def expression(self, s: ir.Stmt, e: ir.Expr) -> ir.Expr:
        if isinstance(e, ir.Lambda | ir.Comprehension):
            return e
        if isinstance(e, ir.Index) and is_flat(e.base, lambda x: self.kind(s, x)):
            return picked(e, e.base.base, lambda x: self.kind(s, x))
        e = converted(e, lambda x: self.kind(s, x)) or product_form(e, lambda x: self.kind(s, x)) or e
        e = map_children(lambda c: self.expression(s, c), e)
        form = written_as(e, lambda x: self.kind(s, x))
        if form is not None:
            return self.expression(s, form)
        e = with_arrays_for_lists(e, lambda x: self.kind(s, x)) or e
        match e:
            case ir.Attribute(base) if field_of_result(e, self.kind(s, base)) is not None:
                return field_of_result(e, self.kind(s, base))  # type: ignore[return-value]
            case ir.Attribute(base, "flat") if self.settled and is_flat(e, lambda x: self.kind(s, x)):
                return ir.Call("numpy.ravel", (base,))
            case ir.Call(op, (a, b), ()) if op in IN_PLACE and getattr(self.kind(s, a), "is_scalar", False):
                return ir.Call(IN_PLACE[op], (a, b))
            case ir.Call(op, args, ()) if op in OF_NUMBERS and not isinstance(self.kind(s, args[0]), k.Never):
                return ir.Call(OF_NUMBERS[op], args)
            case ir.Call(op, args, keywords) if any(says_nothing(op, n, self.kind(s, v)) for n, v in keywords):
                said = tuple((n, v) for n, v in keywords if not says_nothing(op, n, self.kind(s, v)))
                return ir.Call(op, args, said)
            case _ if (listed := views_listed(e, lambda x: self.kind(s, x))) is not None:
                return listed
            case ir.Apply(func, args, keywords) if not any(isinstance(a, ir.Star) for a in args):
                found = self.kind(s, func)
                if isinstance(found, k.Func) and isinstance(found.target, str) and all(n for n, _ in keywords):
                    return library_call(found, args, keywords)  # type: ignore[arg-type]
            case ir.Call(op, (receiver, *args), keywords) if op.startswith(".") and is_object(self.kind(s, receiver)):
                found = self.kind(s, ir.Attribute(receiver, op[1:]))
                if isinstance(found, k.Func) and isinstance(found.target, str):
                    return library_call(found, tuple(args), keywords)
            case ir.Call(".get", (base, ir.Const(key), *default), ()):
                found = self.kind(s, base)
                if isinstance(found, k.Dict) and found.items is not None:
                    held = any(k.same_constant(key, x) for x, _ in found.items)
                    return ir.Index(base, ir.Const(key)) if held else default[0] if default else ir.Const(None)
            case ir.Call("operator.or_", (a, b)) if is_dict(self.kind(s, a)) and is_dict(self.kind(s, b)):
                return ir.Mapping((None, None), (a, b))
            case ir.Call(".values" | ".items" as op, (base,), ()):
                found = self.kind(s, base)
                if isinstance(found, k.Dict) and found.items is not None and found.active:
                    return written_out(op, base, found)
                if isinstance(found, k.Dict) and found.active and is_path(base):
                    return looked_up(op, base)
        return e

    def operand(self, s: ir.Stmt, op: str, kind: k.Kind, value: ir.Expr) -> ir.Expr:
        """What an array is changed by: an array, where a list stands for one."""
        taken = op in OPERATORS and makes_array(op, self.kind(s, value), kind)
        return ir.Call("numpy.array", (value,)) if taken else self.expression(s, value)

    # ----- s += e -----

    def update(self, s: ir.Update, name: str, op: str, value: ir.Expr) -> ir.Stmt:
        """A scalar is rebound.  So, in effect, is an array that nothing else refers to, if it is saved by value."""
        kind = number_after_all(self.kind(s, ir.Name(name)))
        rebound = ir.Assign((name,), (ir.Call(op, (ir.Name(name), self.expression(s, value))),), origin=s.origin)
        match kind:
            case k.Num() if kind.is_scalar:
                return rebound
            case k.Never():  # an object may have a method for it
                return s
            case k.Known():
                return rebound
            case k.Num() if kind.kind == "array":  # changed in place, whatever other names it has
                again = self.operand(s, op, kind, value)
                return s if again is value else edited(replace(s, value=again))
            case k.Num() if not self.may_be_inside(name) and (
                unshared(self.at, name, self.kind) or self.settled and has_one_name(self.at, s, name)
            ):
                self.at.updated.add(name)
                return rebound
            case k.Num() if not self.settled:  # what shares memory with it is not known yet
                return s
            case k.Dict() if k.is_record(kind):
                method = f"__i{BINARY.get(op, '')}__"
                if not has_method(kind, method):
                    return rebound
                call = ir.Call(f".{method}", (ir.Name(name), self.expression(s, value)))
                return ir.Assign((name,), (call,), origin=s.origin.edit() if s.origin is not None else None)
            case k.Dict() if op == "operator.or_":  # `d |= e`
                return edited(ir.Eval(ir.Call(".update", (ir.Name(name), value))), s)  # type: ignore[no-any-return]
            case k.Seq("tuple"):
                return rebound
            case k.Seq("list"):
                operand = self.expression(s, value)
                grown = operand if op == "operator.mul" else as_list(operand, lambda x: self.kind(s, x))
                return edited(whole(ir.Name(name), ir.Call(op, (ir.Name(name), grown))), s)
        if not kind.active and not self.kind(s, value).active and not isinstance(kind, k.Num | k.Seq | k.Unknown):
            return rebound
        self.refuse_either(s, name)
        return s

    def may_be_either(self, s: ir.Update, base: ir.Expr) -> bool:
        """Whether a slot of a list or dict that is changed may hold a number, or an array that others know."""
        slot = k.unless_none(self.kind(s, s.place))
        return self.is_container(s, base) and isinstance(slot, k.Num) and slot.kind == "any" and slot.active

    def refuse_either(self, s: ir.Stmt, name: str) -> None:
        self.diagnose(
            "SG212", UNDECIDED.format(name), self.at, s, None,
            f"Write `{name} = {name} ...` with the operator spelled out, or say in annotations or a `Shapes:` line"
            " which arguments are arrays.",
        )  # fmt: skip

    def may_be_inside(self, name: str) -> bool:
        """Whether an array that has this name may be in an object that others are linked to, too."""
        return self.linking is not None and self.linking.holds_arrays and is_passed_on(name, self.at)


def number_after_all(kind: k.Kind) -> k.Kind:
    """What `x += e` changes, of a number or None: Python adds nothing to None."""
    known = isinstance(kind, k.Maybe) and isinstance(kind.inner, k.Num) and kind.inner.kind != "array"
    return kind.inner if known else kind  # type: ignore[union-attr]


def all_or_nothing(s: ir.Store | ir.Update, test: ir.Expr) -> ir.Stmt:
    """`a[b] = e`, where `b` is one bool, is `if b: a[...] = e`."""
    origin = s.origin.edit() if s.origin is not None else None
    every = replace(s, place=replace(s.place, index=ir.Const(...)), origin=origin)  # type: ignore
    match test:
        case ir.Const(True):
            return every
        case ir.Const(False):  # does nothing, as it stands
            return ir.Opaque("pass", tuple(sorted(block_reads((s,)))), (), s.origin)
    return ir.If(test, (every,), origin=s.origin)


def library_call(found: k.Func, args: tuple[ir.Expr, ...], keywords: tuple[tuple[str, ir.Expr], ...]) -> ir.Expr:
    given = tuple(h.access for h in found.held if h.role.startswith("#"))
    words = {h.role[1:]: h.access for h in found.held if h.role.startswith("=")}
    return ir.Call(found.target, given + args, tuple({**words, **dict(keywords)}.items()))


def written_out(op: str, base: ir.Expr, found: k.Dict) -> ir.Expr:
    """`d.values()` of a dict whose keys are known, as a list."""
    items: list[ir.Expr] = []
    for key, _ in found.items or ():
        item = ir.Index(base, ir.Const(key))
        items.append(item if op == ".values" else ir.Display("tuple", (ir.Const(key), item)))
    return ir.Display("list", tuple(items))


def edited(s: Any, old: Any = None) -> Any:
    """A statement in the place of another, or of itself."""
    origin = (s if old is None else old).origin
    return replace(s, origin=origin.edit()) if origin is not None else s


def is_enumeration(kind: k.Kind) -> bool:
    """Whether a value is a class whose members a loop goes through."""
    return isinstance(kind, k.Known) and isinstance(kind.value, enum.EnumMeta)


def is_path(e: ir.Expr) -> bool:
    """Whether an expression gives an item of a name, and may be written twice."""
    match e:
        case ir.Index(base, ir.Name() | ir.Const()):
            return is_path(base)
    return isinstance(e, ir.Name)


def looked_up(op: str, base: ir.Expr) -> ir.Expr:
    """`d.values()` of a dict whose keys are only known when the program runs, as a comprehension."""
    key = ir.Name("key" if "key" not in reads(base) else "key_")
    item = ir.Index(base, key)
    element = item if op == ".values" else ir.Display("tuple", (key, item))
    return ir.Comprehension("list", element, (ir.Clause(key, ir.Call("builtins.list", (base,)), ()),))
