"""What assigning to an element does to the kinds of names, and what such an assignment must not do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..frontend.emitted import is_emitted
from ..ir import nodes as ir
from ..ir.build import is_slot
from ..ir.walk import root
from . import kinds as k
from .array_attributes import is_part, is_reshaped
from .carried import carries_values, functions_in, mapped_functions, with_own_functions
from .container_changes import APPEND, POP, appended, changed_slot, popped, stored
from .linked import is_linked
from .operator_methods import has_method
from .passed import call_arguments, calls_at
from .rebinding import block_rebinds
from .relation import NONE, TANGLED, closure
from .widening import Changes, changes_in, widened

Env = dict[str, k.Kind]
Change = Callable[[k.Kind], k.Kind]
ACCUMULATED = {"numpy.add.at": "operator.add", "numpy.subtract.at": "operator.sub"}


def is_method(member: Any) -> bool:
    """Whether the assignment of an attribute is a call: of the setter of a property."""
    return member is not None and member.kind == "property" and not member.once


def changed_containers(instance: Any, end: Env | None) -> Env:
    """Parameters of a function that are lists or dicts that it changes: their kinds at its end, and at any before."""
    known = instance.aliases.params if instance.aliases is not None else ()
    changed = [n for n, kind in instance.params.items() if n in known and isinstance(kind, k.Seq | k.Dict)]
    bound = block_rebinds(instance.body) if changed else frozenset()
    last = {n: kind for n, kind in (end or {}).items() if n not in bound}
    return {n: k.join(instance.left.get(n, k.Never()), last.get(n, instance.kind_of_name(n))) for n in changed}


def is_bool(kind: k.Kind) -> bool:
    return isinstance(kind, k.Num) and kind.is_scalar and kind.dtype == "bool"


def noting(change: Change, changed: Changes) -> Change:
    """The same change; `changed` takes what it makes, with what that was."""

    def noted(old: k.Kind) -> k.Kind:
        changed.append((change(old), old))
        return changed[-1][0]

    return noted


def in_slot(parts: tuple[Any, ...], change: Change) -> Change:
    return lambda kind: changed_slot(kind, parts, change)


class Stores:
    """`A[i] = e` and `A[i] += e` on kinds."""

    def __init__(self, evaluator: Any) -> None:
        self.evaluator = evaluator

    def store(self, at: Any, s: ir.Stmt, place: ir.Expr, value: k.Kind, env: Env) -> Env:
        """The kinds after `place = value`."""
        assert isinstance(place, ir.Index | ir.Attribute)
        base = k.present(self.evaluator.value(at, s, place.base, env))
        if isinstance(place, ir.Index):
            parts = self.evaluator.index(at, s, place.index, env)
            if isinstance(base, k.Num) and len(parts) > 1 and any(map(is_bool, parts)):
                self.evaluator.diagnose(
                    "SG213", "the index is one bool, which picks everything or nothing", at, s, None,
                    "Write `if`, or use a mask of the shape of the array.",
                )  # fmt: skip
        if isinstance(base, k.Dict) and base.cls is not None:
            return self.attribute(at, s, place, base, value, env)
        if isinstance(base, k.Seq | k.Dict) and isinstance(place, ir.Index) and getattr(base, "kind", "") != "tuple":
            return self.rebuilt(at, s, place.base, env, lambda kind: stored(kind, parts, value))
        if is_reshaped(s, base):
            result = self.evaluator.operation(at, s, "numpy.reshape", [base, value], {})
            return {**env, root(place): at.stored(root(place), result)}
        if not self.allowed(at, s, place, base, value):
            return env
        if isinstance(place.base, ir.Name) and isinstance(base, k.Num) and base.kind == "any" and place.base.id in env:
            env = {**env, place.base.id: replace(base, kind="array")}  # numbers have no elements to assign
        name = root(place)
        if not name or name not in env or not value.active:
            return env
        return {**env, name: k.activate(env[name])}

    def attribute(self, at: Any, s: ir.Stmt, place: Any, base: k.Dict, value: k.Kind, env: Env) -> Env:
        """The kinds after an attribute of an object is assigned; properties and items are calls of methods."""
        name = place.name if isinstance(place, ir.Attribute) else place.index.value if is_slot(place) else None
        member = base.cls.member(name) if name is not None else None
        if name is not None and name.startswith("__"):
            self.evaluator.refuse_change(at, s, k.Unknown())
            return env
        if name is None and has_method(base, "__setitem__") or is_method(member):
            return env
        allowed = isinstance(name, ir.Forced) or is_emitted(at.function.scope)
        if name is None or base.cls.is_frozen and not allowed:
            message = f"an object of class `{base.cls.name}` cannot be changed like this"
            self.evaluator.refuse_object(at, s, None, message)
            return env
        if base.cls.slots is not None and name not in base.cls.slots:
            message = f"objects of class `{base.cls.name}` have no slot `{name}`"
            self.evaluator.refuse_object(at, s, None, message)
            return env
        if isinstance(base, k.Linked):
            self.note(base, name, value)
            return env
        return self.rebuilt(
            at, s, place.base, env, lambda kind: changed_slot(kind, (k.Known(ir.Field(name)),), lambda _: value)
        )

    def note(self, base: Any, name: str, value: k.Kind) -> None:
        """An attribute of an object that is linked to others is assigned: it is of that kind in any of them."""
        self.evaluator.interpreter.linking.note(base.heap, ir.Field(name), value)

    def rebuilt(self, at: Any, s: ir.Stmt, place: ir.Expr, env: Env, change: Change) -> Env:
        """The kinds after the list or dict at `place` has changed; all names that may refer to it change along."""
        changed: Changes = []  # the containers on the way, innermost first, and what they were
        while not isinstance(place, ir.Name):
            match place:
                case ir.Index(base, ir.Const(name)) | ir.Attribute(base, name) if (
                    (is_slot(place) or isinstance(place, ir.Attribute))
                    and is_linked(self.evaluator.value(at, s, base, env))
                ):
                    held = k.present(self.evaluator.value(at, s, base, env))
                    self.note(held, str(name), change(self.evaluator.value(at, s, place, env)))
                    return env
                case ir.Index(base, index):
                    parts = self.evaluator.index(at, s, index, env)
                case ir.Attribute(base, name) if k.is_record(k.present(self.evaluator.value(at, s, base, env))):
                    parts = (k.Known(ir.Field(name)),)
                case _:
                    self.evaluator.refuse_change(at, s)
                    return env
            change, place = in_slot(parts, noting(change, changed)), base
        name, aliases = place.id, at.aliases
        old = self.evaluator.value(at, s, place, env)
        found = {name: (new := change(old))}
        if aliases is not None:
            if TANGLED in aliases.before.get(id(s), {}).get(name, NONE):
                found[name] = widened(new, changed)
            others = aliases.changed.get(id(s), NONE) - {name}
            found |= {n: widened(env[n], [*changed, (new, old)]) for n in others if n in env}
        return env | {n: at.stored(n, kind) for n, kind in found.items()}

    @staticmethod
    def widened_names(at: Any, s: ir.Stmt) -> frozenset[str]:
        """Names that a statement changes along with the one it mentions."""
        found = at.aliases.changed.get(id(s), frozenset()) if at.aliases is not None else frozenset()
        return frozenset(n for n in found if not n.startswith("<"))

    def after_calls(self, at: Any, s: ir.Stmt, env: Env) -> Env:
        """The kinds after a statement whose calls change lists or dicts that they are given."""
        names = self.widened_names(at, s)
        if not names:
            return env
        shared = at.aliases.before.get(id(s), {})
        calls = [called for called in calls_at(at, s) if called.instance.left]
        for called in calls:
            for n, new in called.instance.left.items():
                old = called.instance.params[n]
                given, changes = call_arguments(called).get(n), changes_in(new, old)
                reached = names & closure(shared, {given.id}) if isinstance(given, ir.Name) else names
                found = {m: widened(env[m], changes) for m in reached if m in env}
                if isinstance(given, ir.Name) and given.id in found:  # it is the whole, and the same inside
                    tangled = TANGLED in shared.get(given.id, NONE)
                    kept = new if len(calls) == 1 else widened(env[given.id], [(new, old)])
                    kept = with_own_functions(kept, old, env[given.id])
                    kept = mapped_functions(self.as_passed(at, s, called, env), kept)
                    found[given.id] = widened(kept, [(a, b) for a, b in changes if a != b]) if tangled else kept
                env = env | {m: at.stored(m, kind) for m, kind in found.items()}
        return env

    def as_passed(self, at: Any, s: ir.Stmt, called: Any, env: Env) -> Callable[[k.Func], k.Kind]:
        """What a function that a callee keeps is for the caller, who has passed it; one that it made is refused."""
        passed = call_arguments(called)
        own = {n for kind in env.values() for n in map(id, functions_in(kind))}

        def known(found: k.Func) -> k.Kind:
            if id(found) in own or not carries_values(found):
                return found
            for n, kind in called.instance.params.items():
                given = self.evaluator.value(at, s, passed[n], env) if kind == found and n in passed else None
                if isinstance(given, k.Func) and given.target == found.target:
                    return given
            message = f"`{called.instance.function.name}` keeps a function that carries values in what it is given"
            self.evaluator.diagnose("SG306", message, at, s, called.expr, "Return the function, and keep it here.")
            return found

        return known

    def update(self, at: Any, s: ir.Stmt, place: ir.Expr, op: str, e: k.Kind, env: Env) -> Env:
        """The kinds after `place op= e`."""
        if op == APPEND:
            return self.rebuilt(at, s, place, env, lambda kind: appended(kind, e))
        if op == POP:
            return self.rebuilt(at, s, place, env, lambda kind: popped(kind, e))
        if not isinstance(place, ir.Name):
            assert isinstance(place, ir.Index | ir.Attribute)
            old = self.evaluator.value(at, s, place, env)
            if k.is_record(old):  # becomes a method call
                return self.store(at, s, place, k.Never(), env)
            plain = ACCUMULATED.get(op, op)
            return self.store(at, s, place, self.updated(at, s, old, plain, e), env)
        old = env.get(place.id, k.Unknown())
        if k.is_record(old):  # becomes a method call
            return {**env, place.id: k.Never()}
        return {**env, place.id: self.updated(at, s, old, op, e)}

    def updated(self, at: Any, s: ir.Stmt, old: k.Kind, op: str, e: k.Kind) -> k.Kind:
        """An array stays the array it is; anything else becomes the result."""
        result: k.Kind = self.evaluator.operation(at, s, op, [old, e], {})
        if not (isinstance(old, k.Num) and old.kind == "array"):
            return result
        self.check_dtype(at, s, old, result)
        return k.activate(old) if result.active else old

    def allowed(self, at: Any, s: ir.Stmt, place: ir.Index | ir.Attribute, base: k.Kind, value: k.Kind) -> bool:
        match base:
            case k.Never() | k.Known(None):  # None has no attributes: Python raises, or it is not known yet what is
                return False
            case k.Num() if isinstance(place, ir.Index) or is_part(s, place):
                return self.check_dtype(at, s, base, value)
        self.evaluator.refuse_change(at, s, base)
        return False

    def check_dtype(self, at: Any, s: ir.Stmt, base: k.Num, value: k.Kind) -> bool:
        if value.active and not k.carries_derivative(base):
            self.evaluator.diagnose(
                "SG218", f"a value that carries a derivative is stored in an array of dtype {base.dtype}", at, s, None,
                "Make the array with dtype=float.",
            )  # fmt: skip
            return False
        return True


