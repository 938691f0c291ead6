"""The kind of an expression, given the kinds of the names in it; and the refusals that follow from kinds."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import replace
from types import FunctionType, MethodType
from typing import Any, NamedTuple

from ..frontend.scope import LIBRARIES, MISSING, OPERATORS, Library, UserFunction, Value, classify, root_package
from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.walk import reads
from ..rules.bind import Unsupported, bind, differentiable
from ..rules.registry import attribute, holds_for_reals_only, lookup, suggestions
from . import kinds as k
from .arguments import bind_arguments
from .containers import CONTAINERS, element_kind
from .effects import changes, is_harmless, written_argument
from .library import kind_of_object, result_kind
from .mutators import as_change, ufunc_method
from .subscripts import index_kind, index_part

Env = dict[str, k.Kind]
BOOL = k.Num("python", "bool", ())
DEEPEST = 20  # functions that carry functions


class Evaluator:
    """`diagnose(code, message, instance, statement, expression, hint)` takes refusals."""

    def __init__(self, interpreter: Any, diagnose: Any) -> None:
        self.interpreter, self.diagnose = interpreter, diagnose
        self.lambdas: dict[int, tuple[ir.Lambda, Function]] = {}
        self.lambda_names: dict[int, str] = {}
        self.externals: dict[Any, Any] = {}

    # ----- expressions -----

    def value(self, at: Any, s: ir.Stmt | None, e: ir.Expr, env: Env) -> k.Kind:
        match e:
            case ir.Name(name):
                return env[name] if name in env else self.free(at, (name,), env)
            case ir.Const(value):
                return kind_of_object(value)
            case ir.Call(op, args, keywords):
                kinds = [self.argument(at, s, a, env) for a in args]
                named = {n: self.value(at, s, v, env) for n, v in keywords}
                return self.call(at, s, e, op, kinds, named)
            case ir.Apply():
                return self.apply(at, s, e, env)
            case ir.Index(base, index):
                return index_kind(self.value(at, s, base, env), self.index(at, s, index, env))
            case ir.Attribute(base, name):
                return self.attribute(at, s, e, env)
            case ir.Display(kind, items):
                return self.display(at, s, kind, items, env)
            case ir.Mapping(keys, values):
                return self.mapping(at, s, keys, values, env)
            case ir.Select(test, then, other):
                self.value(at, s, test, env)
                return k.join(self.value(at, s, then, env), self.value(at, s, other, env))
            case ir.BoolOp(_, values):
                result: k.Kind = k.Never()
                for v in values:
                    result = k.join(result, self.value(at, s, v, env))
                return result
            case ir.Compare(first, ops, rest):
                return self.compare([self.value(at, s, x, env) for x in (first, *rest)], ops)
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
            case ir.Text():
                return k.TEXT
        raise AssertionError(f"not an expression: {e!r}")

    def argument(self, at: Any, s: ir.Stmt | None, e: ir.Expr, env: Env) -> k.Kind:
        return self.value(at, s, e, env)

    def index(self, at: Any, s: ir.Stmt | None, e: ir.Expr, env: Env) -> Any:
        """The parts of a subscript: kinds, slices of kinds, None and Ellipsis."""
        parts = e.items if isinstance(e, ir.Display) and e.kind == "tuple" else (e,)
        return tuple(index_part(p, lambda x: self.value(at, s, x, env)) for p in parts)

    def compare(self, values: list[k.Kind], ops: tuple[str, ...]) -> k.Kind:
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

    def mapping(self, at: Any, s: ir.Stmt | None, keys: Any, values: Any, env: Env) -> k.Kind:
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
            length = iterable
            self.unpack(clause.target, element_kind(iterable), inner)
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
        if e.kind == "dict":
            return k.Dict(None, element)
        plain = len(e.clauses) == 1 and not e.clauses[0].conditions
        if plain and isinstance(length, k.Seq) and length.items is not None:
            return k.Seq("list", (element,) * len(length.items))
        return k.Seq("list", None, element) if e.kind != "set" else k.Unknown()

    def unpack(self, target: ir.Expr, value: k.Kind, env: Env) -> None:
        """Bind the names of a target."""
        match target:
            case ir.Name(name):
                env[name] = value
            case ir.Display(_, items):
                starred = next((n for n, t in enumerate(items) if isinstance(t, ir.Star)), None)
                for n, t in enumerate(items):
                    if isinstance(t, ir.Star):
                        self.unpack(t.value, k.Seq("list", None, element_kind(value)), env)
                    else:
                        self.unpack(t, item_kind(value, n if starred is None or n < starred else n - len(items)), env)

    def argument_kind(self, kind: k.Kind, name: str) -> k.Kind:
        """The kind of an argument of the entry function: a function that is passed is looked up."""
        if not isinstance(kind, k.Known) or not callable(kind.value) or isinstance(kind.value, type):
            return kind
        match classify(kind.value, name):
            case Library(op, _):
                return k.Func(op)
            case UserFunction(handle):
                return self.function_value(handle, ir.Name(name))
        return k.Obj(kind.value)

    # ----- names from outside, attributes -----

    def free(self, at: Any, chain: tuple[str, ...], env: Env | None = None) -> k.Kind:
        """The kind of a name that the function does not bind."""
        if chain == (at.function.name,) and at.function.name in at.function.captures:
            return self.closure(at.function, env or {})  # a nested function that calls itself
        found = at.function.scope.binding(chain)
        match found:
            case Library(name, value):
                if callable(value) and not isinstance(value, type):
                    return k.Func(name)
                return kind_of_object(value) if isinstance(value, type | float | int) else k.Known(value)
            case UserFunction(handle):
                return self.function_value(handle, chain_expr(chain))
            case Value(value) if value is not MISSING:
                self.externals.setdefault((id(at.function.scope), chain), (at.function.scope, chain))
                return kind_of_object(value, ".".join(chain))
        return k.Unknown()

    def function_value(self, handle: Any, access: ir.Expr) -> k.Kind:
        """A user function, bound method or partial as a value; `access` is how the program writes it."""
        if isinstance(handle, functools.partial):
            inner = self.function_value(handle.func, ir.Attribute(access, "func"))
            if not isinstance(inner, k.Func):
                return k.Unknown()
            held = [
                k.Held(f"#{n}", kind_of_object(a, f"partial{n}"), ir.Index(ir.Attribute(access, "args"), ir.Const(n)))
                for n, a in enumerate(handle.args)
            ]
            held += [
                k.Held(f"={n}", kind_of_object(v, n), ir.Index(ir.Attribute(access, "keywords"), ir.Const(n)))
                for n, v in handle.keywords.items()
            ]
            return k.Func(inner.target, with_held(inner.held, held))
        if isinstance(handle, MethodType):
            inner = self.function_value(handle.__func__, access)
            me = k.Held("#0", k.Obj(handle.__self__), ir.Attribute(access, "__self__"))
            return k.Func(inner.target, with_held(inner.held, [me])) if isinstance(inner, k.Func) else k.Unknown()
        function = self.interpreter.load(handle)
        return k.Func(function) if function is not None else k.Unknown()

    def attribute(self, at: Any, s: ir.Stmt | None, e: ir.Attribute, env: Env) -> k.Kind:
        chain = dotted(e)
        if chain is not None and chain[0] not in env:
            found = self.free(at, chain)
            if not isinstance(found, k.Unknown):
                return found
        base = self.value(at, s, e.base, env)
        if is_object(base):
            return self.field(base, e.name, e.base)
        if isinstance(base, k.Num | k.Unknown):
            if e.name == "flat" and isinstance(base, k.Num):
                return k.Num("array", base.dtype, (k.Sym("?"),), base.active)
            op = attribute(e.name)
            if op is not None and (isinstance(base, k.Num) or base.active):
                return self.operation(at, s, op, [base], {}, e)
            if base.active:
                self.diagnose("SG301", f"attribute `{e.name}` of an array has no derivative rule", at, s, e, "")
        return k.Unknown()

    def field(self, base: Any, name: str, access: ir.Expr) -> k.Kind:
        value = inspect.getattr_static(base.value, name, MISSING)
        if isinstance(value, FunctionType | staticmethod | classmethod):
            return self.function_value(getattr(base.value, name), ir.Attribute(access, name))
        found = classify(value, name) if callable(value) else None
        if isinstance(found, Library):
            return k.Func(found.name)
        if isinstance(value, property) or value is MISSING or hasattr(type(value), "__get__"):
            return k.Unknown()
        self.externals.setdefault((id(base.value), name), (base.value, name))
        return kind_of_object(getattr(base.value, name), f"{type(base.value).__name__}.{name}")

    # ----- functions -----

    def lambda_function(self, at: Any, e: ir.Lambda) -> Function:
        if id(e) not in self.lambdas:
            name = self.lambda_names.get(id(e), "lambda_")
            names = {p.name for p in e.params}
            free = reads(e) & (at.function.locals | set(at.function.captures) | set(at.names) | set(at.params))
            origin = None
            body: ir.Block = (ir.Return(e.body, origin),)
            function = Function(
                name, "<lambda>", e.params, body, frozenset(names), tuple(sorted(free - names)),
                at.function.scope, at.function.source,
            )  # fmt: skip
            self.lambdas[id(e)] = (e, function)
        return self.lambdas[id(e)][1]

    def closure(self, function: Function, env: Env, cells: dict[str, str] | None = None) -> k.Kind:
        names = {n: (cells or {}).get(n, n) for n in function.captures if n != function.name}
        return k.Func(function, tuple(k.Held(n, env.get(own, k.Never()), ir.Name(own)) for n, own in names.items()))

    def apply(self, at: Any, s: ir.Stmt | None, e: ir.Apply, env: Env) -> k.Kind:
        func = self.value(at, s, e.func, env)
        if isinstance(func, k.Obj):
            func = self.field(func, "__call__", e.func) if callable(func.value) else func
        args, keywords = self.spread(at, s, e, env)
        active = any(a.active for a in (*args, *keywords.values()))
        if isinstance(func, k.Known) and isinstance(func.value, type):
            return k.Unknown(active)
        if isinstance(func, k.Func):
            return self.call_function(at, s, e, func, args, keywords, env)
        at.mixed.discard(id(e))
        if (active or func.active) and isinstance(func, k.Unknown) and func.functions:
            at.mixed.add(id(e))
            return k.Never()
        if (active or func.active) and not isinstance(func, k.Never):
            self.diagnose(
                "SG303", "the function called here is not known, and what it is given carries a derivative", at, s, e,
                "Call a function whose source can be found, or declare a rule for it.",
            )  # fmt: skip
        return k.Unknown(active) if not isinstance(func, k.Never) else k.Never()

    def spread(self, at: Any, s: ir.Stmt | None, e: ir.Apply, env: Env) -> tuple[list[k.Kind], dict[str, k.Kind]]:
        args: list[k.Kind] = []
        written: list[ir.Expr] = []
        named: dict[str, ir.Expr] = {}
        at.written[id(e)] = (e, written, named)
        for a in e.args:
            value = self.value(at, s, a, env)
            if isinstance(a, ir.Star):
                if not isinstance(value, k.Seq) or value.items is None:
                    self.diagnose("SG304", "the number of arguments passed by `*` is not known here", at, s, e, "")
                    continue
                args += value.items
                written += parts_of(a.value, [ir.Const(n) for n in range(len(value.items))])
            else:
                args.append(value)
                written.append(a)
        keywords: dict[str, k.Kind] = {}
        for name, v in e.keywords:
            value = self.value(at, s, v, env)
            if name is not None:
                keywords[name] = value
                named[name] = v
            elif isinstance(value, k.Dict) and value.items is not None:
                keywords.update({str(n): item for n, item in value.items})
                keys = [str(n) for n, _ in value.items]
                named.update(zip(keys, parts_of(v, [ir.Const(n) for n in keys]), strict=True))
            else:
                self.diagnose("SG304", "the keywords passed by `**` are not known here", at, s, e, "")
        return args, keywords

    def call_function(
        self, at: Any, s: Any, e: ir.Apply, func: k.Func, args: list[k.Kind], keywords: dict[str, k.Kind], env: Env
    ) -> k.Kind:
        given = [h.kind for h in func.held if h.role.startswith("#")]
        words = {h.role[1:]: h.kind for h in func.held if h.role.startswith("=")}
        args, keywords = [*given, *args], {**words, **keywords}
        if isinstance(func.target, str):
            return self.call(at, s, e, func.target, args, keywords)
        bound = bind_arguments(func.target, args, keywords, lambda p: self.default(at, s, e, func, p, env))
        if isinstance(bound, str):
            self.diagnose(
                "SG305", f"`{func.target.name}` {bound}", at, s, e,
                "Pass what it takes; where several functions may be called here, each of them must take it.",
            )  # fmt: skip
            return k.Unknown()
        captured = {h.role: self.carried(h, env) for h in func.held if h.role[0] not in "#="}
        received: dict[str, k.Kind] = {}
        carried: dict[str, ir.Expr] = {}
        for n, kind in {**bound, **captured}.items():
            received[n] = self.received(n, self.refreshed(at, s, e, kind, env), received, carried)
        instance = self.interpreter.instance(func.target, received)
        at.calls[id(e)] = Called(e, instance, func, carried, at.written.get(id(e), (e, [], {}))[1:])
        return self.exported(at, e, self.interpreter.call(instance, received))

    def exported(self, at: Any, e: ir.Expr, kind: k.Kind) -> k.Kind:
        """A function returned by a callee; a call that makes a closure is written out before anything else is known."""
        at.makers.pop(id(e), None)
        if makes_closures(kind):
            at.makers[id(e)] = at.calls[id(e)]
            return k.Never()
        if not isinstance(kind, k.Func):
            return kind
        return k.Func(kind.target, tuple(replace(h, access=ir.Const(None)) for h in kind.held))

    def refreshed(self, at: Any, s: Any, e: ir.Expr, kind: k.Kind, env: Env, depth: int = 0) -> k.Kind:
        """A function with what it carries as it is now."""
        if depth > DEEPEST:
            self.diagnose(
                "SG308", "the function called here carries itself by way of another function", at, s, e,
                "Define functions that call each other at the top level, with what they need as arguments.",
            )  # fmt: skip
            return k.Unknown()

        def now(h: k.Held) -> k.Held:
            return replace(h, kind=self.refreshed(at, s, e, self.carried(h, env), env, depth + 1))

        return mapped_functions(lambda f: k.Func(f.target, tuple(map(now, f.held))), kind)

    def received(self, name: str, kind: k.Kind, found: dict[str, k.Kind], carried: dict[str, ir.Expr]) -> k.Kind:
        """An argument as the callee sees it: what a function carries comes in as parameters of its own."""
        match kind:
            case k.Func(target, held):
                inner = []
                for h in held:
                    own = carried_name(name, h.role)
                    found[own] = self.received(own, h.kind, found, carried)
                    carried[own] = h.access
                    inner.append(k.Held(h.role, found[own], ir.Name(own)))
                return k.Func(target, tuple(inner))
            case k.Seq(_, items) if items is not None:
                return replace(
                    kind, items=tuple(self.received(f"{name}_{n}", i, found, carried) for n, i in enumerate(items))
                )
            case k.Dict(items) if items is not None:
                return replace(
                    kind, items=tuple((key, self.received(f"{name}_{key}", i, found, carried)) for key, i in items)
                )
        return kind

    def default(self, at: Any, s: Any, e: ir.Expr, func: k.Func, p: ir.Param, env: Env) -> k.Kind:
        if isinstance(p.default, ir.Const):
            return kind_of_object(p.default.value)
        if isinstance(p.default, ir.Name):
            for h in func.held:
                if h.role == p.default.id:
                    return self.carried(h, env)
        found = self.interpreter.default_object(func.target, p.name)
        if found is not MISSING:
            return kind_of_object(found, p.name)
        if func.target.captures:
            self.diagnose(
                "SG309", f"the default of `{p.name}` was worked out where the function was defined", at, s, e,
                f"Pass `{p.name}` here.",
            )  # fmt: skip
        return k.Unknown()

    @staticmethod
    def carried(h: k.Held, env: Env) -> k.Kind:
        """What a function carries under a name is what the name holds now."""
        return env.get(h.access.id, h.kind) if isinstance(h.access, ir.Name) else h.kind

    # ----- effects -----

    def refuse_change(self, at: Any, s: ir.Stmt) -> None:
        self.diagnose(
            "SG213", "assigning to an element or attribute is not supported yet", at, s, None,
            "Build a new value instead, for example with np.where or np.concatenate.",
        )  # fmt: skip

    def check_effect(self, at: Any, s: ir.Stmt, e: ir.Expr, env: Env) -> None:
        """A call whose result nobody takes is made for its effect: it must not be one on its arguments."""
        match e:
            case ir.Call(op, args, keywords) if not changes(op) and op != ".at":
                kinds = [self.value(at, s, a, env) for a in (*args, *(v for _, v in keywords))]
                own = op.startswith(".") and isinstance(kinds[0], k.Obj | k.Unknown | k.Known) and not kinds[0].active
                if not is_harmless(op, kinds[1:] if own else kinds):
                    self.diagnose(
                        "SG214", f"what `{op.lstrip('.')}` does to its arguments is not known", at, s, e,
                        "Take its result, or call it before or after the function that is differentiated.",
                    )  # fmt: skip

    # ----- operations of libraries -----

    def call(self, at: Any, s: Any, e: ir.Expr, op: str, args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind:
        if any(isinstance(a, k.Never) for a in (*args, *keywords.values())):
            return k.Never()
        texts = args[:1] if op.startswith(".") else args if op in OPERATORS else []
        if any(isinstance(a, k.Known) and (a == k.TEXT or isinstance(a.value, str | bytes)) for a in texts):
            return k.TEXT  # what is done with text carries no derivative
        if op in ("builtins.float", "builtins.complex") and args and args[0] == k.TEXT:
            self.diagnose(
                "SG301", "a number read from text has no derivative rule: the text may hold an active value", at, s, e,
                "Use the number itself.",
            )  # fmt: skip
        if isinstance(e, ir.Call):
            written = self.written_into(e, args, keywords)
            if written is not None:
                return written
        if changes(op):
            self.diagnose(
                "SG213", f"`{op.lstrip('.')}` changes what it is given, which is not supported yet", at, s, e,
                "Build a new value instead, for example with a comprehension or np.concatenate.",
            )  # fmt: skip
            return k.Unknown()
        if op == "functools.reduce":  # becomes a loop before anything else happens
            return k.Never()
        if op == "functools.partial" and args and isinstance(args[0], k.Func) and isinstance(e, ir.Call):
            held = [k.Held(f"#{n}", a, x) for n, (a, x) in enumerate(zip(args[1:], e.args[1:], strict=True))]
            held += [k.Held(f"={n}", keywords[n], x) for n, x in e.keywords]
            return k.Func(args[0].target, with_held(args[0].held, held))
        if op in CONTAINERS and not set(keywords) - {"strict", "start"}:
            found = CONTAINERS[op](args)
            if found is not None:
                return found
        if op.startswith(".") and is_object(args[0]):
            return self.method(at, s, e, args, keywords, op[1:])
        return self.operation(at, s, op, args, keywords, e)

    def written_into(self, e: ir.Call, args: list[k.Kind], keywords: dict[str, k.Kind]) -> k.Kind | None:
        """What a call gives that changes an array, if it is understood: the array, or None."""
        known = {id(x): kind for x, kind in zip(e.args, args, strict=False)}
        for name, x in e.keywords:
            given = known[id(x)] = keywords[name]
            if isinstance(x, ir.Display) and isinstance(given, k.Seq):
                known.update({id(i): kind for i, kind in zip(x.items, given.items or (), strict=False)})
        change = as_change(ufunc_method(e, lambda x: known[id(x)]), lambda x: known.get(id(x), k.Unknown()))
        if change is None:
            return None
        assert isinstance(change.place, ir.Index)
        return known.get(id(change.place.base), k.Known(None))

    def method(self, at: Any, s: Any, e: ir.Expr, args: Any, keywords: Any, name: str) -> k.Kind:
        func = self.field(args[0], name, e.args[0] if isinstance(e, ir.Call) else ir.Const(None))
        if isinstance(func, k.Func):
            return self.call_function(at, s, e, func, list(args[1:]), keywords, {})  # type: ignore[arg-type]
        if any(a.active for a in (*args, *keywords.values())):
            self.diagnose("SG303", f"the source of method `{name}` cannot be found", at, s, e, "")
        return k.Unknown()

    def operation(
        self, at: Any, s: Any, op: str, args: list[k.Kind], keywords: dict[str, k.Kind], e: ir.Expr | None = None
    ) -> k.Kind:
        inputs = [*args, *keywords.values()]
        if any(isinstance(a, k.Never) for a in inputs):
            return k.Never()
        rule = lookup(op)
        active = any(a.active for a in inputs)
        written = written_argument(op, rule, args, keywords, active and (rule is None or rule.kind != "constant"))
        if written:
            self.diagnose("SG302", f"`{op}`: {written}", at, s, e, "")
        if active and rule is not None and holds_for_reals_only(op) and any(complex_in(a) for a in inputs):
            self.diagnose(
                "SG302", f"`{rule.name}` has a derivative rule for real numbers only, and this is complex", at, s, e,
                "Take np.real, np.imag or np.abs first.",
            )  # fmt: skip
            active = False
        if active and (rule is None or rule.kind != "constant"):
            active = self.check(at, s, op, rule, args, keywords, e)
        elif rule is not None and rule.kind == "constant":
            active = False
        if op in OPERATORS and any(isinstance(a, k.Seq) for a in args):
            return sequence_operation(op, args)
        found = result_kind(op, rule, args, keywords, active)
        if not active:
            return k.deactivate(found)
        found = k.activate(found)
        return found if found.active or isinstance(found, k.Num | k.Seq) else k.Unknown(True)

    def check(self, at: Any, s: Any, op: str, rule: Any, args: Any, keywords: Any, e: Any) -> bool:
        """Refuse an operation on active values that has no rule, or not for these arguments; else is it active?"""
        if rule is None:
            if op in OPERATORS and any(isinstance(a, k.Seq) for a in args):
                return True
            near = suggestions(op)
            hint = f"Did you mean {', '.join(near)}? " if near else ""
            shown = f"method `{op[1:]}`" if op.startswith(".") else f"`{op}`"
            self.diagnose("SG301", f"{shown} has no derivative rule", at, s, e, hint + "Declare one with srcgrad.rule.")
            return False
        try:
            bound = bind(rule, args, keywords, is_default_kind)
        except Unsupported as reason:
            self.diagnose("SG302", f"`{rule.name}`: {reason}", at, s, e, "Leave it out, or declare a rule of your own.")
            return False
        known = differentiable(rule)
        star = rule.pattern.star
        named = {**bound.values, **({star.name: k.Seq("tuple", bound.star)} if star and bound.star else {})}
        for name, value in named.items():
            if value.active and name not in known:
                self.diagnose("SG302", f"`{rule.name}`: no derivative with respect to `{name}`", at, s, e, "")
                return False
        return any(v.active for n, v in named.items() if n in known)


class Called(NamedTuple):
    """A call of a user function: the expression, the instance it runs, the function as a value, and what functions
    among its arguments carry, by the parameter that receives it."""

    expr: ir.Expr
    instance: Any
    func: k.Func
    carried: dict[str, ir.Expr]
    written: Any


def parts_of(e: ir.Expr, keys: list[ir.Const]) -> list[ir.Expr]:
    """The items of a sequence or mapping as expressions."""
    match e:
        case ir.Display(_, items) if not any(isinstance(i, ir.Star) for i in items):
            return list(items)
        case ir.Mapping(own, values) if list(own) == keys:
            return list(values)
    return [ir.Index(e, key) for key in keys]


def complex_in(kind: k.Kind) -> bool:
    """Whether a number, or one in a sequence, is certainly complex."""
    if isinstance(kind, k.Seq):
        return any(complex_in(i) for i in kind.items or (() if kind.element is None else (kind.element,)))
    return isinstance(kind, k.Num) and bool(kind.is_complex)


def carries_values(kind: k.Func) -> bool:
    """Whether a function holds anything but other functions that hold nothing."""
    return any(
        carries_values(h.kind) if isinstance(h.kind, k.Func) else not isinstance(h.kind, k.Never | k.Known)
        for h in kind.held
    )


def makes_closures(kind: k.Kind) -> bool:
    """Whether a result is a function that carries values, or holds one."""
    match kind:
        case k.Func():
            return carries_values(kind)
        case k.Seq(_, items, element):
            return any(makes_closures(i) for i in (*(items or ()), *((element,) if element is not None else ())))
        case k.Dict(items):
            return any(makes_closures(i) for _, i in items or ())
    return False


def mapped_functions(change: Callable[[k.Func], k.Kind], kind: k.Kind) -> k.Kind:
    """A kind with each function in it changed."""
    match kind:
        case k.Func():
            return change(kind)
        case k.Seq(_, items) if items is not None:
            return replace(kind, items=tuple(mapped_functions(change, i) for i in items))
        case k.Dict(items) if items is not None:
            return replace(kind, items=tuple((key, mapped_functions(change, i)) for key, i in items))
    return kind


def is_object(kind: k.Kind) -> bool:
    """An instance of a user's class, or such a class."""
    if isinstance(kind, k.Known) and isinstance(kind.value, type):
        return root_package(kind.value.__module__) not in LIBRARIES
    return isinstance(kind, k.Obj)


def carried_name(parameter: str, role: str) -> str:
    """The parameter through which a callee receives what the function in `parameter` carries."""
    return f"{parameter}_{role.lstrip('#=')}" if role[0] != "#" else f"{parameter}_arg{role[1:]}"


def with_held(first: tuple[k.Held, ...], more: list[k.Held]) -> tuple[k.Held, ...]:
    """What a partial of a partial carries: positional arguments are numbered on."""
    count = sum(1 for h in first if h.role.startswith("#"))
    words = {h.role for h in more if h.role.startswith("=")}
    kept = [h for h in first if h.role not in words]
    moved = [replace(h, role=f"#{count + n}") for n, h in enumerate(h for h in more if h.role.startswith("#"))]
    return (*kept, *moved, *(h for h in more if h.role.startswith("=")))


def chain_expr(chain: tuple[str, ...]) -> ir.Expr:
    e: ir.Expr = ir.Name(chain[0])
    for name in chain[1:]:
        e = ir.Attribute(e, name)
    return e


def is_default_kind(value: k.Kind, text: str) -> bool:
    import ast

    try:
        default = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return False
    known = value.value if isinstance(value, k.Num | k.Known) else k.UNSET
    return known is not k.UNSET and k.same_constant(known, default)


def sequence_operation(op: str, args: list[k.Kind]) -> k.Kind:
    """`[a] + [b]` and `[a] * 3`; of anything else the kind is open."""
    match op, args:
        case "operator.add", [k.Seq(kind, a), k.Seq(_, b)] if a is not None and b is not None:
            return k.Seq(kind, a + b)
        case "operator.add", [k.Seq(kind) as a, k.Seq() as b]:
            return k.Seq(kind, None, k.join(k.element_of(a), k.element_of(b)))
        case "operator.mul", [k.Seq(kind) as a, k.Num()]:
            return k.Seq(kind, None, k.element_of(a))
    return k.Num("array", None, None, any(a.active for a in args))


def item_kind(value: k.Kind, n: int) -> k.Kind:
    if isinstance(value, k.Seq) and value.items is not None and -len(value.items) <= n < len(value.items):
        return value.items[n]
    return element_kind(value)


def dotted(e: ir.Expr) -> tuple[str, ...] | None:
    names: list[str] = []
    while isinstance(e, ir.Attribute):
        names.append(e.name)
        e = e.base
    return (e.id, *reversed(names)) if isinstance(e, ir.Name) else None
