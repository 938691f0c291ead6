"""Calls of user functions: a forward half that also returns what the backward half needs.

h = layer(x, w)    ->    h, h_saved = layer_fwd(x, w)        ...        d_x, d_w = layer_bwd(h_saved, d_h)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..analysis.arguments import bind_arguments
from ..analysis.evaluate import Called
from ..analysis.interpret import Instance
from ..ir import nodes as ir
from .names import Names
from .reverse_expressions import Adjoint, Cotangent
from .shadows import Shadow, State, mode_of


def parameters(instance: Instance) -> list[str]:
    """What the emitted halves of a function take: its parameters, then what functions passed to it carry."""
    own = list(instance.function.param_names)
    return own + [n for n in instance.params if n not in own]


def active_parameters(instance: Instance) -> list[str]:
    """Parameters through which a derivative flows; a function's own activity is that of what it carries."""
    from ..analysis import kinds as k

    return [n for n in parameters(instance) if instance.params[n].active and not k.only_functions(instance.params[n])]


def call_arguments(called: Called) -> dict[str, ir.Expr]:
    """The expression passed for each parameter; one that is left to its default is missing."""
    e, instance, func, carried, _ = called
    args, keywords = written_arguments(called)
    given = [h.access for h in func.held if h.role.startswith("#")]
    words = {h.role[1:]: h.access for h in func.held if h.role.startswith("=")}
    missing = object()

    def default(p: ir.Param) -> Any:
        for h in func.held:
            if isinstance(p.default, ir.Name) and h.role == p.default.id:
                return h.access
        return missing if isinstance(p.default, ir.Const) else default_of(e, instance, p)

    bound = bind_arguments(instance.function, [*given, *args], {**words, **keywords}, default, pack_expressions)
    assert isinstance(bound, dict), bound
    found = {n: v for n, v in bound.items() if v is not missing}
    found.update({h.role: h.access for h in func.held if h.role[0] not in "#="})
    return {**found, **carried}


def default_of(e: ir.Expr, instance: Instance, p: ir.Param) -> ir.Expr:
    """A default is the object it was evaluated to when the function was defined."""
    if not isinstance(e, ir.Apply):
        raise AssertionError(f"the default of `{p.name}` is no literal")
    if p.kind == "keyword":
        return ir.Index(ir.Attribute(e.func, "__kwdefaults__"), ir.Const(p.name))
    plain = [q for q in instance.function.params if q.kind in ("positional", "positional_only")]
    return ir.Index(ir.Attribute(e.func, "__defaults__"), ir.Const(plain.index(p) - len(plain)))


def written_arguments(called: Called) -> tuple[list[ir.Expr], dict[str, ir.Expr]]:
    """Positional and keyword arguments, with `*` and `**` spread out."""
    e = called.expr
    if isinstance(e, ir.Call):  # a method of an object: the receiver is held by the function
        return list(e.args[1:] if e.op.startswith(".") else e.args), dict(e.keywords)
    return called.written


def pack_expressions(kind: str, items: Any) -> ir.Expr:
    if kind == "star":
        return ir.Display("tuple", tuple(items))
    return ir.Mapping(tuple(ir.Const(n) for n in items), tuple(items.values()))


class Calls:
    """The calls of one function; `half(instance)` gives the names of a callee's two halves."""

    def __init__(self, instance: Instance, names: Names, half: Callable[[Instance], tuple[str, str]]) -> None:
        self.instance, self.names, self.half = instance, names, half
        self.saved_names: set[str] = set()
        self.saved: dict[int, str] = {}

    def is_call(self, at: Instance, e: ir.Expr) -> bool:
        called = at.calls.get(id(e))
        return called is not None and called.instance.result.active

    def call_of(self, s: ir.Stmt) -> Called | None:
        match s:
            case ir.Assign((_,), (value,)) | ir.Unpack(_, value) if self.is_call(self.instance, value):
                found: Called = self.instance.calls[id(value)]
                return found
        return None

    def saved_name(self, s: ir.Stmt) -> str:
        if id(s) not in self.saved:
            called = self.call_of(s)
            assert called is not None
            target = s.names[0] if isinstance(s, ir.Assign) else called.instance.function.name
            self.saved[id(s)] = self.names.fresh(f"{target}_saved", f"{target}_{called.instance.function.name}_saved")
            self.saved_names.add(self.saved[id(s)])
        return self.saved[id(s)]

    def saved_by(self, s: ir.Stmt) -> frozenset[str]:
        return frozenset({self.saved[id(s)]}) if id(s) in self.saved else frozenset()

    # ----- forward -----

    def forward(self, s: ir.Stmt) -> ir.Stmt:
        """The statement of the forward sweep: the forward half in place of the function."""
        called = self.call_of(s)
        if called is None or id(s) not in self.saved:
            return s
        target = ir.Name(s.names[0]) if isinstance(s, ir.Assign) else s.target  # type: ignore[union-attr]
        value = ir.Apply(ir.Name(self.half(called.instance)[0]), *self.arguments(called))
        return ir.Unpack(ir.Display("tuple", (target, ir.Name(self.saved[id(s)]))), value)  # type: ignore[arg-type]

    def arguments(self, called: Called) -> tuple[tuple[ir.Expr, ...], tuple[tuple[str, ir.Expr], ...]]:
        """In the order of the callee's parameters; by keyword after one that is left to its default."""
        found = call_arguments(called)
        args: list[ir.Expr] = []
        keywords: list[tuple[str, ir.Expr]] = []
        gap = False
        for n in parameters(called.instance):
            if n not in found:
                gap = True
            elif gap:
                keywords.append((n, found[n]))
            else:
                args.append(found[n])
        return tuple(args), tuple(keywords)

    # ----- reverse -----

    def backward(self, s: ir.Stmt, value: ir.Expr, cot: ir.Expr, adjoint: Adjoint, state: State, taken: State) -> None:
        """Call the backward half, and pull what it returns back to the arguments."""
        called: Called = self.instance.calls[id(value)]
        passed = call_arguments(called)
        targets: list[ir.Expr] = []
        pulls: list[tuple[ir.Expr, ir.Expr]] = []
        seen: set[str] = set()
        for n in active_parameters(called.instance):
            e = passed.get(n)
            if e is None or not adjoint.active(e):
                targets.append(ir.Name("_"))
                continue
            if isinstance(e, ir.Name) and e.id not in state and e.id not in seen and e.id not in taken:
                targets.append(ir.Name(self.names.adjoint(e.id)))
                state[e.id] = Shadow(
                    mode_of(self.instance.kind_of_name(e.id), True), False
                )  # halves return arrays of their own
                seen.add(e.id)
                continue
            base = e.id if isinstance(e, ir.Name) else n
            part = adjoint.names.fresh(f"{self.names.d_prefix}{base}_part", f"{self.names.d_prefix}{base}_{n}_part")
            targets.append(ir.Name(part))
            pulls.append((e, ir.Name(part)))
        call = ir.Apply(ir.Name(self.half(called.instance)[1]), (ir.Name(self.saved_name(s)), cot))
        target = targets[0] if len(targets) == 1 else ir.Display("tuple", tuple(targets))
        adjoint.ordered.append(ir.Unpack(target, call) if len(targets) > 1 else ir.Assign((target.id,), (call,)))  # type: ignore[union-attr]
        for e, part in pulls:  # type: ignore[assignment]
            adjoint.pull(e, Cotangent(part, False))  # type: ignore[arg-type]
