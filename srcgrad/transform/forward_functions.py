"""Forward mode of a program: one tangent function for the entry and for each callee.

f_jvp(x, k, t_x) -> out, t_out
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Any

from ..analysis import kinds as k
from ..analysis.aliases import sharing_in
from ..analysis.evaluate_calls import Called
from ..analysis.instance import Instance
from ..analysis.interpret import Interpreter
from ..analysis.passed import call_arguments
from ..frontend.lower import raises
from ..ir import nodes as ir
from ..ir.walk import bound_names, reads, substitute
from .calls import Calls, active_parameters, parameters
from .direction_forms import DIRECTIONS
from .directions import Along, OneByOne, zero_along
from .emitted import Emitted, half_params
from .gradient import Evaluation
from .names import Names
from .tangent import Tangent
from .tangent_expressions import Push, zero_of


class TangentCalls:
    """The calls of one function in forward mode."""

    def __init__(self, instance: Instance, names: Names, module: ForwardModule) -> None:
        self.names, self.module = names, module
        self.calls = Calls(instance, names, lambda callee: (module.name_of(callee), ""))

    def call_of(self, s: ir.Stmt) -> Called | None:
        return self.calls.call_of(s)

    def tangent_call(self, s: Any, called: Called, kind: Any, tangent: Tangent) -> list[ir.Stmt]:
        """`y, t_y = g_jvp(x, t_x)`"""
        push = Push(kind, self.names)
        args, keywords = self.calls.arguments(called)
        passed = call_arguments(called)
        own = self.module.names(called.instance)
        for n in active_parameters(called.instance):
            t = zero_of(ir.Const(0.0), k.Num("python", "float", ()))
            if n in passed:
                t = tangent.apart(s, bound_names(s), passed[n], push.item(passed[n]))
            keywords = (*keywords, (own.tangent(n), tangent.value(s, t)))
        if tangent.directions is not None:
            keywords = (*keywords, (DIRECTIONS, ir.Name(DIRECTIONS)))
        more = len(active_parameters(called.instance)) + (tangent.directions is not None)
        if len(keywords) == more and len(passed) == len(parameters(called.instance)):
            args, keywords = (*args, *(v for _, v in keywords)), ()
        value = ir.Apply(ir.Name(self.module.name_of(called.instance)), args, keywords)
        target = ir.Name(s.names[0]) if isinstance(s, ir.Assign) else s.target
        if isinstance(s, ir.Unpack) and not k.flows(called.instance.result):
            ignored = ir.Name(tangent.names.unused)
            return [ir.Unpack(ir.Display("tuple", (target, ignored)), value), *tangent.zeros(s)]
        return [ir.Unpack(ir.Display("tuple", (target, tangent.target(target))), value)]


class ForwardModule:
    """`directions`: the tangents are along many directions at once; OneByOne is raised where they cannot be."""

    def __init__(self, interpreter: Interpreter, taken: Any, reserved: set[str], directions: bool = False) -> None:
        self.interpreter, self.taken, self.directions = interpreter, taken, directions
        self.module_names = set(reserved)
        self.named: dict[int, str] = {}
        self.waiting: list[Instance] = []

    def names(self, instance: Instance) -> Names:
        return Names(set(self.taken(instance)), instance.changed)

    def name_of(self, instance: Instance) -> str:
        if id(instance) not in self.named:
            base = instance.function.name.strip("<>").rstrip("_") or "function"
            name = next(
                n for n in (f"{base}_jvp", *(f"{base}_jvp_{i}" for i in range(2, 1000))) if n not in self.module_names
            )
            self.named[id(instance)] = name
            self.module_names.add(name)
            self.waiting.append(instance)
        return self.named[id(instance)]

    def emit(self, instance: Instance, wrt: list[str], name: str, docstring: str) -> list[Emitted]:
        self.named[id(instance)] = name
        self.module_names.add(name)
        entry = self.one(instance, wrt, instance.function.params, docstring)
        found = []
        while self.waiting:
            callee = self.waiting.pop(0)
            found.append(self.one(callee, active_parameters(callee), None, callee.function.docstring or ""))
        return [*reversed(found), entry]

    @cached_property
    def changing(self) -> bool:
        """Whether anything in the program changes memory in place."""
        return any(i.aliases is not None and i.aliases.changes for i in self.interpreter.instances.values())

    def along(self, instance: Instance, names: Names, evaluate: Any, s: ir.Stmt) -> Along:
        kind = lambda e: evaluate.quietly(instance, s, e)  # noqa: E731
        values = dict(zip(s.names, s.values, strict=True)) if isinstance(s, ir.Assign) else {}
        sharing = sharing_in(instance, kind)
        return Along(kind, names, sharing, values, self.changing)

    def one(self, instance: Instance, wrt: list[str], params: Any, docstring: str) -> Emitted:
        names = self.names(instance)
        calls = TangentCalls(instance, names, self)
        along = self.along if self.directions else None
        lent = params is None and self.changing
        tangent = Tangent(instance, Evaluation(self.interpreter), names, calls, along, lent)
        constants = [n for n in instance.params if n not in wrt and tangent.carries(n)]

        def zero(n: str, kind: k.Kind) -> ir.Expr:
            found = zero_of(ir.Name(n), kind)
            return zero_along(found) if self.directions else found

        body: list[ir.Stmt] = [ir.Assign((names.tangent(n),), (zero(n, instance.params[n]),)) for n in constants]
        body += tangent.block(instance.body)
        result = instance.result_name
        out = ir.Name(names.tangent(result)) if k.flows(instance.result) else zero(result, instance.result)
        last = ir.Return(ir.Display("tuple", (ir.Name(result), out)))
        body, last = returned_at_once(body, last)
        ending: list[ir.Stmt] = [] if isinstance(instance.result, k.Never) else [last]  # it always raises
        directions = tuple(ir.Param(names.tangent(n), "positional") for n in wrt)
        if self.directions:
            if DIRECTIONS in self.taken(instance):
                raise OneByOne
            directions += (ir.Param(DIRECTIONS, "positional"),)
        if params is None:
            params = half_params(instance)
            if any(p.default is not None for p in params):
                directions = tuple(ir.Param(d.name, "positional", ir.Const(None)) for d in directions)
            params += directions
        else:
            params = with_directions(params, directions)
        made = names.made | names.temporaries
        return Emitted(
            self.named[id(instance)], params, docstring, [("", body, False), ("", ending, False)], result, instance,
            made, directions=tuple(d.name for d in directions if d.name != DIRECTIONS), pinned=names.pinned,
        )  # fmt: skip


def returned_at_once(body: list[ir.Stmt], last: ir.Return) -> tuple[list[ir.Stmt], ir.Return]:
    """Tuples of names are put together where they are returned: `return (out, d_x), (t_out, t_d_x)`."""
    assert last.value is not None, "a tangent function gives two values"
    wanted = reads(last.value)
    rest, parts = without_tuples(body, wanted)
    if parts.keys() != wanted or any(reads(v) & wanted for v in parts.values()):
        return body, last
    return rest, replace(last, value=substitute(last.value, parts))


def without_tuples(body: list[ir.Stmt], wanted: set[str]) -> tuple[list[ir.Stmt], dict[str, ir.Expr]]:
    """The body without the tuples that it ends with; those in `wanted`, by name."""
    rest, parts = list(body), {}
    while rest:
        match rest[-1]:
            case ir.Assign((name,), (value,)) if name in wanted and name not in parts and is_tuple_of_names(value):
                parts[name] = value
                rest.pop()
            case ir.If(_, then, orelse) if orelse and raises(then) and not parts:
                inner, parts = without_tuples(list(orelse), wanted)
                return [*rest[:-1], replace(rest[-1], orelse=tuple(inner))], parts
            case _:
                break
    return rest, parts


def is_tuple_of_names(e: ir.Expr) -> bool:
    return isinstance(e, ir.Display) and e.kind == "tuple" and all(is_named(x) for x in e.items)


def is_named(e: ir.Expr) -> bool:
    return isinstance(e, ir.Name | ir.Const) or is_tuple_of_names(e)


def with_directions(params: tuple[ir.Param, ...], directions: tuple[ir.Param, ...]) -> tuple[ir.Param, ...]:
    """The parameters followed by the tangents; keyword-only where the function takes `*args` or keywords."""
    if any(p.kind != "positional" and p.kind != "positional_only" or p.default is not None for p in params):
        words = tuple(ir.Param(d.name, "keyword") for d in directions)
        if params and params[-1].kind == "double_star":
            return (*params[:-1], *words, params[-1])
        return (*params, *words)
    return (*params, *directions)
