"""Calls of user functions: which function, what arrives as which parameter, what comes back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from ..frontend.bindings import MISSING
from ..frontend.classes import class_of
from ..frontend.read import WHERE
from ..frontend.several_classes import OneOf
from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.walk import reads
from . import kinds as k
from .arguments import bind_arguments
from .carried import carried_name, makes_closures, mapped_functions, without_access
from .evaluate_texts import is_tainted
from .evaluator_parts import Env, EvaluatorParts
from .library import kind_of_object
from .nested import Refused
from .object_results import HINT, MESSAGE, gives_objects, is_converted
from .passed import default_of
from .starred_calls import is_of_any_length, made_here, of_class, open_names, parameters

DEEPEST = 20  # functions that carry functions


class Called(NamedTuple):
    """A call of a user function: the expression, the instance it runs, the function as a value, and what functions
    among its arguments carry, by the parameter that receives it; whether it is a static or class method that is asked
    of an object, which is known as the dict of its attributes and has no methods."""

    expr: ir.Expr
    instance: Any
    func: k.Func
    carried: dict[str, ir.Expr]
    written: Any
    on_object: bool = False


class Calls(EvaluatorParts):
    """Lambdas and closures, and what calling them gives."""

    def lambda_function(self, at: Any, e: ir.Lambda, env: Env) -> Function:
        """The function that a lambda is, which captures names of the function, and of comprehensions around it."""
        names = {p.name for p in e.params}
        free = reads(e) & {*at.function.locals, *at.function.captures, *at.names, *at.params, *env}
        known = self.lambdas.get(id(e))
        if known is None or not free - names <= set(known[1].captures):
            name = self.lambda_names.get(id(e), "lambda_")
            origin = None
            body: ir.Block = (ir.Return(e.body, origin),)
            function = Function(
                name, "<lambda>", e.params, body, frozenset(names), tuple(sorted(free - names)),
                at.function.scope, at.function.source,
            )  # fmt: skip
            WHERE[function] = WHERE.get(at.function, {})
            self.lambdas[id(e)] = (e, function)
        return self.lambdas[id(e)][1]

    def closure(self, function: Function, env: Env, cells: dict[str, str] | None = None) -> k.Kind:
        names = {n: (cells or {}).get(n, n) for n in function.captures if n != function.name}
        return k.Func(function, tuple(k.Held(n, env.get(own, k.Never()), ir.Name(own)) for n, own in names.items()))

    def apply(self, at: Any, s: ir.Stmt | None, e: ir.Apply, env: Env) -> k.Kind:
        func = k.present(self.value(at, s, e.func, env))
        if isinstance(func, k.Obj):
            func = self.field(func, "__call__", e.func) if callable(func.value) else func
        if self.opens_star(at, s, e, func, env):
            return k.Never()
        args, keywords = self.spread(at, s, e, env)
        active = any(a.active or is_tainted(a) for a in (*args, *keywords.values()))
        if isinstance(func, k.Known) and isinstance(func.value, type):
            cls = class_of(func.value)
            return self.construct(at, s, e, cls, args, keywords, env) if cls is not None else k.Unknown(active)
        if k.is_record(func):
            return self.called_object(at, s, e, func, args, keywords, env)
        if isinstance(func, k.Func):
            return self.call_function(at, s, e, func, args, keywords, env)
        at.mixed.discard(id(e))
        if (active or func.active) and isinstance(func, k.Unknown) and func.functions:
            at.mixed.add(id(e))
            return k.Never()
        if (active or func.active) and func == k.NONE:
            at.mixed.add(id(e))
            return k.Never()
        if (active or func.active) and not isinstance(func, k.Never):
            self.diagnose(
                "SG303", "the function called here is not known, and what it is given carries a derivative", at, s, e,
                "Call a function whose source can be found, or declare a rule for it.",
            )  # fmt: skip
        return k.Unknown(active) if not isinstance(func, k.Never) else k.Never()

    def opens_star(self, at: Any, s: Any, e: ir.Apply, func: k.Kind, env: Env) -> bool:
        """Whether `*` passes what gets names of its own first: as many items as the function has parameters."""
        at.stars.pop(id(e), None)
        stars = [(a.value, self.value(at, s, a, env)) for a in e.args if isinstance(a, ir.Star)]
        if s is None or not stars:
            return False
        if any(isinstance(value, k.Never) for _, value in stars):
            return True
        count = made_here(stars) if len(stars) == 1 else None
        if count is None and not any(is_of_any_length(value) for _, value in stars):
            return False
        if count is not None:
            at.stars[id(e)] = (e, ["item"] * count)
            return True
        if isinstance(func, k.Never):  # what is called is found in another round
            return True
        if isinstance(func, k.Known) and isinstance(func.value, type) and (cls := class_of(func.value)) is not None:
            known = of_class(cls, lambda: self.constructor(at, s, e, cls))
        else:
            known = parameters(func, self.interpreter.program)
        names = open_names(known[0], e, known[1]) if known is not None else None
        if names:
            at.stars[id(e)] = (e, names)
        return bool(names)

    def opens_star_of_method(self, at: Any, s: Any, e: ir.Call, env: Env) -> bool:
        """The same of a method of an object, or one asked of `super()`."""
        at.stars.pop(id(e), None)
        receiver = None if self.is_super(at, e) else k.present(self.value(at, s, e.args[0], env))
        if s is None or receiver is not None and not isinstance(receiver, k.Never) and not k.is_record(receiver):
            return False
        stars = [self.value(at, s, a, env) for a in e.args if isinstance(a, ir.Star)]
        if isinstance(receiver, k.Never) or any(isinstance(v, k.Never) for v in stars):
            return True
        known = [len(v.items) if isinstance(v, k.Seq) and v.items is not None else None for v in stars]
        if len(known) == 1 and known[0] is not None:
            at.stars[id(e)] = (e, ["item"] * known[0])
            return True
        names = None
        if receiver is not None:
            member = receiver.cls.member(e.op[1:])  # type: ignore[union-attr]
            found = self.interpreter.load(member.value) if member is not None and member.kind == "method" else None
            given = parameters(k.Func(found), None) if found is not None else None
            names = open_names(given[0], ir.Apply(ir.Name("_"), e.args, e.keywords)) if given is not None else None
        if names:
            at.stars[id(e)] = (e, names)
            return True
        self.diagnose("SG304", "the number of arguments passed by `*` is not known here", at, s, e, "")
        return True

    def constructor(self, at: Any, s: Any, e: ir.Apply, cls: Any) -> Function | None:
        try:
            given = frozenset(n for n, _ in e.keywords)
            found: Function = self.interpreter.program.constructors(cls, at.function, given)
        except Refused:
            return None
        return found

    def called_object(
        self, at: Any, s: Any, e: ir.Apply, me: Any, args: list[k.Kind], keywords: dict[str, k.Kind], env: Env
    ) -> k.Kind:
        member = me.cls.member("__call__")
        if isinstance(me.cls, OneOf) and member is not None and member.differs:
            return self.chosen_method(at, s, e, me, [me, *args], keywords, "__call__")
        function = self.interpreter.load(member.value) if member is not None else None
        if function is None:
            self.diagnose("SG303", f"class `{me.cls.name}` has no `__call__` whose source can be found", at, s, e, "")
            return k.Unknown()
        held = k.Func(function, (k.Held("#0", me, e.func),))
        return self.call_function(at, s, e, held, args, keywords, env)

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
        known = at.calls.get(id(e))
        if known is not None and self.interpreter.settled:
            return self.exported(at, e, known.instance.result)
        given = [h.kind for h in func.held if h.role.startswith("#")]
        words = {h.role[1:]: h.kind for h in func.held if h.role.startswith("=")}
        args, keywords = [*given, *args], {**words, **keywords}
        if isinstance(func.target, str):
            return self.call(at, s, e, func.target, args, keywords)
        func = replace(func, target=self.interpreter.nested.fitted(func.target, len(args)))
        if s is not None and gives_objects(func) and is_converted(e, s):
            return k.Never()
        marker, func = func, self.in_python.fitted(func, args, keywords)
        if gives_objects(func) and marker is func:
            active = func.active or any(a.active for a in (*args, *keywords.values()))
            if active and not self.interpreter.settled:  # later it may be asked of what stands in its place
                self.diagnose("SG218", MESSAGE, at, s, e, HINT)
            return k.Unknown(active)
        if func.target in self.in_python.functions.values():
            self.interpreter.program.stand_ins[id(func.target)] = (at.function, e)
        own_name = isinstance(e, ir.Call) or e.func == ir.Name(func.target.name)
        if func.target.yields and not own_name:
            self.diagnose(
                "SG203", "a generator function is called under another name, so that its items may be kept", at, s, e,
                "Call it by its own name where its items are used.",
            )  # fmt: skip
        bound = bind_arguments(func.target, args, keywords, lambda p: self.default(at, s, e, func, p, env))
        if isinstance(bound, str):
            self.diagnose(
                "SG305", f"`{func.target.name}` {bound}", at, s, e,
                "Pass what it takes; where several functions may be called here, each of them must take it.",
            )  # fmt: skip
            return k.Unknown()
        captured = {h.role: self.carried(h, env) for h in func.held if h.role[0] not in "#="}
        inside = {n: self.received(n, kind, {}, {}) for n, kind in {**bound, **captured}.items()}
        known_body = self.with_body(at, s, e, func, inside)
        if known_body is None:
            waits = id(e) in at.mixed or any(map(k.is_open, (*bound.values(), *captured.values())))
            return k.Never() if waits else k.Unknown()
        func = known_body
        self.interpreter.program.callers.note(func.target, at.function, s, e)
        received: dict[str, k.Kind] = {}
        carried: dict[str, ir.Expr] = {}
        for n, kind in {**bound, **captured}.items():
            received[n] = self.received(n, self.refreshed(at, s, e, kind, env), received, carried)
        if self.interpreter.waiting and any(isinstance(kind, k.Never) for kind in bound.values()):
            self.interpreter.left_out = True  # an item of a list that another round of the loop fills
            return k.Never()
        instance = self.interpreter.instance(func.target, received)
        at.calls[id(e)] = Called(e, instance, func, carried, at.written.get(id(e), (e, [], {}))[1:])
        result = self.interpreter.call(instance, received)
        if self.in_python.several(marker, instance.kind_of_name("first")):
            self.interpreter.drop(instance)
            return k.Never()
        return self.exported(at, e, result)

    def with_body(self, at: Any, s: Any, e: ir.Expr, func: k.Func, given: dict[str, k.Kind]) -> k.Func | None:
        """A derivative that is called here, as the function that was emitted for what it is given."""
        if id(func.target) not in self.interpreter.nested.requests:
            return func
        if any(map(k.is_open, given.values())):
            return None
        mixed = any(isinstance(kind, k.Unknown) and kind.functions for kind in given.values())
        if mixed and any(kind.active for kind in given.values()):
            at.mixed.add(id(e))  # one call for each choice
            return None
        try:
            return k.Func(self.interpreter.nested.body(func.target, given), func.held)
        except Refused as reason:
            of_tape = self.interpreter.nested.requests[id(func.target)].of_tape  # its source cannot stay as it is
            if of_tape or any(kind.active for kind in given.values()):
                self.diagnose(reason.code, reason.message, at, s, e, reason.hint, follows=bool(reason.inner))
                self.interpreter.program.collector.take(reason.inner)
            return None

    def exported(self, at: Any, e: ir.Expr, kind: k.Kind) -> k.Kind:
        """A function returned by a callee; a call that makes a closure is written out before anything else is known."""
        at.makers.pop(id(e), None)
        if makes_closures(kind):
            at.makers[id(e)] = at.calls[id(e)]
            return k.Never()
        return without_access(kind) if isinstance(kind, k.Func) else kind

    def refreshed(self, at: Any, s: Any, e: ir.Expr, kind: k.Kind, env: Env) -> k.Kind:
        """A function with what it carries as it is now."""
        endless: list[k.Kind] = []  # what carries itself does so on every path: one is enough to know

        def now(h: k.Held, depth: int) -> k.Held:
            return replace(h, kind=found(self.carried(h, env), depth + 1))

        def found(kind: k.Kind, depth: int) -> k.Kind:
            if depth > DEEPEST:
                endless.append(kind)
            if endless:
                return k.Unknown()
            return mapped_functions(lambda f: k.Func(f.target, tuple(now(h, depth) for h in f.held)), kind)

        fresh = found(kind, 0)
        if endless:
            self.diagnose(
                "SG308", "the function called here carries itself by way of another function", at, s, e,
                "Define functions that call each other at the top level, with what they need as arguments.",
            )  # fmt: skip
            return k.Unknown()
        return fresh

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
            case k.Dict(items) if items is not None and not isinstance(kind, k.Linked):
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
        own = self.interpreter.program.constructors.defaults.get(id(func.target), {})
        found = own[p.name] if p.name in own else self.interpreter.default_object(func.target, p.name)
        if found is not MISSING:
            place = default_of(e, func.target, p) if isinstance(e, ir.Apply) else None
            return self.default_kind(found, p.name, place)
        if func.target.captures or id(func.target) not in self.interpreter.program.located:
            self.diagnose(
                "SG309", f"the default of `{p.name}` was worked out where the function was defined", at, s, e,
                f"Pass `{p.name}` here.",
            )  # fmt: skip
        return k.Unknown()

    def default_kind(self, value: Any, name: str, place: ir.Expr | None) -> k.Kind:
        """The kind of a default, which is found at `place` where it is known how the function is written."""
        kind = kind_of_object(value, name)
        if not isinstance(kind, k.Obj) or not callable(value):
            return kind
        found = self.entry(kind, place if place is not None else ir.Const(None))
        return kind if place is None and isinstance(found, k.Func) and found.held else found

    @staticmethod
    def carried(h: k.Held, env: Env) -> k.Kind:
        """What a function carries under a name is what the name holds now."""
        return env.get(h.access.id, h.kind) if isinstance(h.access, ir.Name) else h.kind


def parts_of(e: ir.Expr, keys: list[ir.Const]) -> list[ir.Expr]:
    """The items of a sequence or mapping as expressions."""
    match e:
        case ir.Display(_, items) if not any(isinstance(i, ir.Star) for i in items):
            return list(items)
        case ir.Mapping(own, values) if list(own) == keys:
            return list(values)
    return [ir.Index(e, key) for key in keys]
