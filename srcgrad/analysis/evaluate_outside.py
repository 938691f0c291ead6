"""The kinds of names from outside a function, and of attributes."""

from __future__ import annotations

import functools
import inspect
from dataclasses import replace
from types import FunctionType, MemberDescriptorType, MethodType
from typing import Any

import numpy as np

from ..frontend.bindings import (
    LIBRARIES,
    MISSING,
    Library,
    UserFunction,
    Value,
    classify,
    is_library_class,
    root_package,
)
from ..frontend.classes import CLASSES
from ..frontend.file_classes import FileClass, OfClass, constant_of, function_of
from ..frontend.lookups import note
from ..frontend.scope import Namespace, is_of_file
from ..frontend.tables import Table
from ..frontend.vectorized import Vectorized, of_object
from ..ir import nodes as ir
from ..rules.registry import attribute
from . import kinds as k
from .carried import with_held
from .evaluator_parts import Env, EvaluatorParts
from .function_parts import function_part
from .library import kind_of_object
from .library_results import field_of_result
from .nested_refused import Refused
from .own_arithmetic import has_own
from .tensorflow_inside import text_for


class Outside(EvaluatorParts):
    """Names that a function does not bind, functions and objects as values, attributes."""

    def argument_kind(self, kind: k.Kind, name: str) -> k.Kind:
        """The kind of an argument of the entry function: a function that is passed is looked up."""
        if not isinstance(kind, k.Known) or not callable(kind.value) or isinstance(kind.value, type):
            return self.with_functions(kind, ir.Name(name))
        match classify(kind.value, name):
            case Library(op, _):
                return k.Func(op)
            case UserFunction(handle):
                return self.function_value(handle, ir.Name(name))
        return k.Obj(kind.value)

    def free(self, at: Any, chain: tuple[str, ...], env: Env | None = None) -> k.Kind:
        """The kind of a name that the function does not bind."""
        if chain == (at.function.name,) and at.function.name in at.function.captures:
            return self.closure(at.function, env or {})  # a nested function that calls itself
        scope, own = at.home(chain[0])
        found = scope.binding((own, *chain[1:]))
        match found:
            case Table():
                return self.of_table(found, chain_expr(chain))
            case Library(name, value):
                if callable(value) and not isinstance(value, type):
                    return k.Func(name)
                return kind_of_object(value) if isinstance(value, type | float | int) else k.Known(value)
            case UserFunction(handle):
                return self.function_value(handle, chain_expr(chain))
            case Value(value) if value is not MISSING:
                self.externals.setdefault((id(scope), (own, *chain[1:])), (scope, (own, *chain[1:])))
                if value is None and is_of_file(scope):
                    return k.Unknown()  # the emitted function reads what the module has for it then
                return self.with_functions(kind_of_object(value, ".".join(chain)), chain_expr(chain))
        return k.Unknown()

    def of_table(self, found: Table, access: ir.Expr) -> k.Kind:
        """A table of functions in a file."""
        kinds: list[k.Kind] = []
        for key, binding in found.entries:
            own = ir.Index(access, ir.Const(key))
            match binding:
                case Table():
                    kinds.append(self.of_table(binding, own))
                case UserFunction(handle):
                    kinds.append(self.function_value(handle, own))
                case Library(name, value) if callable(value) and not isinstance(value, type):
                    kinds.append(k.Func(name))
                case Value(value) if value is not MISSING:
                    kinds.append(kind_of_object(value))
                case _:
                    kinds.append(k.Unknown())
        if found.kind == "dict":
            return k.Dict(tuple(zip((key for key, _ in found.entries), kinds, strict=True)))
        return k.Seq(found.kind, tuple(kinds))

    def with_functions(self, kind: k.Kind, access: ir.Expr) -> k.Kind:
        """A constant list or dict, with the functions in it as what can be called."""
        match kind:
            case k.Seq(_, items) if items is not None:
                found = [self.entry(item, ir.Index(access, ir.Const(n))) for n, item in enumerate(items)]
                return replace(kind, items=tuple(found))
            case k.Dict(items, _, None) if items is not None:
                pairs = [(key, self.entry(item, ir.Index(access, ir.Const(key)))) for key, item in items]
                return replace(kind, items=tuple(pairs))
        return kind

    def entry(self, kind: k.Kind, access: ir.Expr) -> k.Kind:
        if not isinstance(kind, k.Obj) or not callable(kind.value):
            return self.with_functions(kind, access)
        match classify(kind.value, getattr(kind.value, "__qualname__", "")):
            case Library(name):
                return k.Func(name)
            case UserFunction(handle):
                return self.function_value(handle, access)
        return kind

    def function_value(self, handle: Any, access: ir.Expr) -> k.Kind:
        """A user function, bound method or partial as a value; `access` is how the program writes it."""
        if isinstance(handle, functools.partial):
            inner = self.entry(k.Obj(handle.func), ir.Attribute(access, "func"))
            if not isinstance(inner, k.Func):
                return k.Unknown()
            args, words = ir.Attribute(access, "args"), ir.Attribute(access, "keywords")
            given = [(f"#{n}", f"partial{n}", a, ir.Index(args, ir.Const(n))) for n, a in enumerate(handle.args)]
            given += [(f"={n}", n, v, ir.Index(words, ir.Const(n))) for n, v in handle.keywords.items()]
            held = [k.Held(role, self.entry(kind_of_object(v, n), place), place) for role, n, v, place in given]
            return k.Func(inner.target, with_held(inner.held, held))
        if isinstance(handle, np.vectorize | Vectorized):
            made = of_object(handle) if isinstance(handle, np.vectorize) else handle
            own = ir.Attribute(access, "pyfunc")
            inner = self.function_value(made.pyfunc, own)
            return self.in_python.vectorized(inner, made.way, own) if isinstance(inner, k.Func) else inner
        if isinstance(handle, OfClass):
            inner = self.function_value(tuple(handle), access)
            owner_here = access.base if isinstance(access, ir.Attribute) else ir.Const(None)
            me = k.Held("#0", k.Known(handle.owner), owner_here)
            return k.Func(inner.target, with_held(inner.held, [me])) if isinstance(inner, k.Func) else k.Unknown()
        if isinstance(handle, MethodType):
            return self.method_value(handle, access, ir.Attribute(access, "__self__"))
        if hasattr(handle, "__srcgrad_inside__"):
            return self.tensorflow_value(handle, access)
        if hasattr(handle, "__srcgrad_emissions__"):
            inner = self.entry(k.Obj(handle.__srcgrad_primal__), ir.Attribute(access, "__srcgrad_primal__"))
            return self.interpreter.nested.of_object(handle, inner)
        if hasattr(handle, "__srcgrad_request__"):
            primal = ir.Index(ir.Attribute(access, "__srcgrad_request__"), ir.Const(1))
            inner = self.entry(k.Obj(handle.__srcgrad_request__[1]), primal)
            return self.interpreter.nested.of_request(handle, inner)
        function = self.interpreter.load(handle)
        return k.Func(function) if function is not None else k.Unknown()

    def method_value(self, handle: MethodType, access: ir.Expr, owner: ir.Expr) -> k.Kind:
        """A bound method; `owner` is how the program writes what it is bound to."""
        inner, me = self.function_value(handle.__func__, access), handle.__self__
        held = k.Held("#0", k.Known(me) if isinstance(me, type) else k.Obj(me), owner)
        return k.Func(inner.target, with_held(inner.held, [held])) if isinstance(inner, k.Func) else k.Unknown()

    def tensorflow_value(self, handle: Any, access: ir.Expr) -> k.Kind:
        """What stands for a live function that `value_and_grads` or its like has made."""
        maker, f, params = handle.__srcgrad_inside__
        place = ir.Index(ir.Attribute(access, "__srcgrad_inside__"), ir.Const(1))
        inner = self.entry(k.Obj(f), place)
        if not isinstance(inner, k.Func):
            return k.Unknown()
        try:
            text = text_for(maker, inner, params)
        except Refused:
            return k.Unknown()
        return k.Func(self.in_python.function(text), with_held((), [k.Held("#0", inner, place)]))

    def attribute(self, at: Any, s: ir.Stmt | None, e: ir.Attribute, env: Env) -> k.Kind:
        chain = dotted(e)
        if chain is not None and chain[0] not in env:
            found = self.free(at, chain)
            if not isinstance(found, k.Unknown):
                return found
        base = k.present(self.value(at, s, e.base, env))
        if isinstance(base, k.Never):
            return k.Never()
        if k.is_record(base):
            return self.record_attribute(at, s, e, base, env)  # type: ignore[arg-type]
        if is_object(base):
            return self.field(base, e.name, e.base)
        if isinstance(base, k.Func) and (held := function_part(self, e, base)) is not None:
            return held
        part = field_of_result(e, base)
        if part is not None:
            return self.value(at, s, part, env)
        if isinstance(base, k.Num | k.Unknown):
            if e.name == "flat" and isinstance(base, k.Num):
                return k.Num("array", base.dtype, (k.Sym("?"),), base.active)
            op = attribute(e.name)
            if op is not None and (isinstance(base, k.Num) or base.active):
                return self.operation(at, s, op, [base], {}, e)
            if isinstance(base, k.Endless) and base.active:
                return self.refuse_endless(at, s, e, e.name)
            if base.active:
                unknown = isinstance(base, k.Unknown)
                owner = "a value that is not known" if unknown else "an array"
                message = f"attribute `{e.name}` of {owner} has no derivative rule"
                self.diagnose("SG301", message, at, s, e, "Work with the numbers themselves.", follows=unknown)
        return k.Unknown()

    def refuse_endless(self, at: Any, s: Any, e: ir.Expr, name: str) -> k.Kind:
        message = f"`{name}` is read of an object that others of its kind are linked to, as many as the program makes"
        self.diagnose("SG310", message, at, s, e, "Keep the objects in a list, and let their positions be the links.")
        return k.Unknown()

    def of_namespace(self, owner: Namespace, name: str, access: ir.Expr) -> k.Kind:
        """A name of a user's module, where emitted code has the module under a name of its own."""
        value = getattr(owner, name, MISSING)
        match classify(value, name):
            case Library(known, found) if callable(found) and not isinstance(found, type):
                return k.Func(known)
            case UserFunction(handle):
                return self.function_value(handle, access)
            case Value() if value is not MISSING:
                self.externals.setdefault((id(owner), name), (owner, name))
                return self.with_functions(kind_of_object(value, name), access)
        return k.Unknown()

    def field(self, base: Any, name: str, access: ir.Expr) -> k.Kind:
        if isinstance(base.value, Namespace):
            return self.of_namespace(base.value, name, ir.Attribute(access, name))
        if isinstance(CLASSES.get(base.value) if isinstance(base.value, type) else None, FileClass):
            handle = function_of(base.value, name)
            if handle is not None:
                return self.function_value(handle, ir.Attribute(access, name))
            constant = constant_of(base.value, name)
            return kind_of_object(constant, name) if constant is not MISSING else k.Unknown()
        note(base.value, name)
        value = inspect.getattr_static(base.value, name, MISSING)
        if isinstance(value, FunctionType | staticmethod | classmethod):
            owner = base.value if isinstance(base.value, type) else type(base.value)
            if root_package(owner.__module__) in LIBRARIES:
                return k.Unknown()  # not the user's own program
            bound, place = getattr(base.value, name), ir.Attribute(access, name)
            if isinstance(bound, MethodType) and bound.__self__ is base.value and not isinstance(base.value, type):
                return self.method_value(bound, place, access)
            return self.function_value(bound, place)
        found = classify(value, name) if callable(value) else None
        if isinstance(found, Library):
            return k.Func(found.name) if "." in found.name else k.Unknown()  # a method of a library's own class
        if not is_read(base.value, name, value):
            return k.Unknown()
        self.externals.setdefault((id(base.value), name), (base.value, name))
        kind = kind_of_object(getattr(base.value, name), f"{type(base.value).__name__}.{name}")
        return self.with_functions(kind, ir.Attribute(access, name))


def is_object(kind: k.Kind) -> bool:
    """An instance of a user's class, or such a class."""
    if isinstance(kind, k.Known) and isinstance(kind.value, type):
        return not is_library_class(kind.value)
    return isinstance(kind, k.Obj)


def chain_expr(chain: tuple[str, ...]) -> ir.Expr:
    e: ir.Expr = ir.Name(chain[0])
    for name in chain[1:]:
        e = ir.Attribute(e, name)
    return e


def dotted(e: ir.Expr) -> tuple[str, ...] | None:
    names: list[str] = []
    while isinstance(e, ir.Attribute):
        names.append(e.name)
        e = e.base
    return (e.id, *reversed(names)) if isinstance(e, ir.Name) else None


def is_read(x: Any, name: str, found: Any) -> bool:
    """Whether an attribute of an object, `found` so in its class, is what it holds, and not what code gives."""
    if root_package(type(x).__module__) in LIBRARIES and has_own(x):
        return True
    if found is MISSING or isinstance(found, property):
        return False
    if isinstance(found, MemberDescriptorType):
        return hasattr(x, name)
    return not hasattr(type(found), "__get__") or isinstance(x, tuple) and name in getattr(x, "_fields", ())
