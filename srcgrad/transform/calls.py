"""Calls of user functions: a forward half that also returns what the backward half needs.

h = layer(x, w)    ->    h, h_saved = layer_fwd(x, w)        ...        d_x, d_w = layer_bwd(h_saved, d_h)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..analysis import kinds as k
from ..analysis.evaluate_calls import Called
from ..analysis.instance import Instance
from ..analysis.lent import Lending
from ..analysis.linked import is_made
from ..analysis.passed import call_arguments, changed_parameters, is_differentiated, takes_objects
from ..analysis.paths import path_root, rerooted
from ..analysis.sharing import Sharing
from ..ir import nodes as ir
from ..ir.build import call
from ..ir.walk import bound_names, reads, root
from .linked_places import made_with_adjoints, written_anew
from .names import Names
from .reverse_expressions import Adjoint, Cotangent
from .shadows import Shadow, State, mode_of


def parameters(instance: Instance) -> list[str]:
    """What the emitted halves of a function take: its parameters, then what functions passed to it carry."""
    own = list(instance.function.param_names)
    return own + [n for n in instance.params if n not in own]


def active_parameters(instance: Instance) -> list[str]:
    """Parameters through which a derivative flows; a function's own activity is that of what it carries."""
    return [n for n in parameters(instance) if k.flows(instance.params[n]) and not k.only_functions(instance.params[n])]


class Calls:
    """The calls of one function; `half(instance)` gives the names of a callee's two halves, `handed(instance)` the
    parameters that its backward half is given again, `unread(instance)` the results for which it is given none."""

    def __init__(
        self, instance: Instance, names: Names, half: Callable[[Instance], tuple[str, str]],
        handed: Callable[[Instance], list[str]] = lambda _: [],
        unread: Callable[[Instance], frozenset[int]] = lambda _: frozenset(),
    ) -> None:  # fmt: skip
        self.instance, self.names = instance, names
        self.half, self.handed, self.unread = half, handed, unread
        self.saved_names: set[str] = set()
        self.saved: dict[int, str] = {}

    kind_at: Any = None  # the kinds of expressions at a statement, where objects that hold one another are made

    def is_call(self, at: Instance, e: ir.Expr) -> bool:
        called = at.calls.get(id(e))
        return called is not None and (called.on_object or is_differentiated(called.instance))

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
            callee = called.instance.function.name.strip("<>")
            target = s.names[0] if isinstance(s, ir.Assign) else callee
            self.saved[id(s)] = self.names.fresh(f"{target}_saved", f"{target}_{callee}_saved")
            self.saved_names.add(self.saved[id(s)])
        return self.saved[id(s)]

    def saved_by(self, s: ir.Stmt) -> frozenset[str]:
        return frozenset({self.saved[id(s)]}) if id(s) in self.saved else frozenset()

    # ----- forward -----

    def forward(self, s: ir.Stmt) -> ir.Stmt:
        """The statement of the forward sweep: the forward half in place of the function."""
        match s:
            case ir.Assign(_, (ir.Mapping(_, _, cls) as e,)) if cls is not None and is_made(e, self.kind_at(s)):
                return written_anew(s, made_with_adjoints(e, self.kind_at(s)))
        called = self.call_of(s)
        objects = called is not None and (called.on_object or takes_objects(called.instance))
        if called is None or id(s) not in self.saved and not objects:
            return s
        target = ir.Name(s.names[0]) if isinstance(s, ir.Assign) else s.target  # type: ignore[union-attr]
        args, keywords = self.arguments(called)
        own = tuple(self.kept(a) for a in args), tuple((n, self.kept(v)) for n, v in keywords)
        value = ir.Apply(ir.Name(self.half(called.instance)[0]), *own)
        saved = ir.Name(self.saved[id(s)] if id(s) in self.saved else self.names.unused)
        return ir.Unpack(ir.Display("tuple", (target, saved)), value)  # type: ignore[arg-type]

    def kept(self, e: ir.Expr) -> ir.Expr:
        """An argument that the callee may save: a copy of what `x += e` changes later, if it is an array."""
        return call("srcgrad.runtime.private", e) if reads(e) & self.instance.updated else e

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

    def backward(self, s: Any, value: ir.Expr, cot: ir.Expr, adjoint: Adjoint, state: State, reverse: Any) -> None:
        """Call the backward half, and pull what it returns back to the arguments.

        The adjoint of memory that the callee changes is passed in, and changed in place as the memory was.
        """
        called: Called = self.instance.calls[id(value)]
        passed = call_arguments(called)
        changed = changed_parameters(called.instance)
        seeds: list[ir.Expr] = [cot] if k.flows(called.instance.result) else []
        for n in changed:
            adjoint.ordered += reverse.owned(path_root(passed[n]), state)
            seeds.append(rerooted(passed[n], self.names.adjoint(path_root(passed[n]))))
        targets: list[ir.Expr] = []
        pulls: list[tuple[ir.Expr, ir.Expr]] = []
        seen: set[str] = set()
        bound = frozenset(bound_names(s))
        for n in active_parameters(called.instance):
            e = passed.get(n)
            if n in changed:
                continue
            if e is None or not adjoint.active(e):
                targets.append(ir.Name(self.names.unused))
                continue
            free = isinstance(e, ir.Name) and not reverse.is_live(e.id, state) and reverse.views.place(e.id, s) is None
            if isinstance(e, ir.Name) and free and e.id not in seen and e.id not in bound:
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
        again = (passed[n] for n in self.handed(called.instance))
        call = ir.Apply(ir.Name(self.half(called.instance)[1]), (ir.Name(self.saved_name(s)), *again, *seeds))
        adjoint.ordered.append(taking(targets, call))
        for e, part in pulls:  # type: ignore[assignment]
            adjoint.pull(e, Cotangent(part, False))  # type: ignore[arg-type]

    def lending(self, called: Called, sharing: Sharing, targets: frozenset[str]) -> Lending:
        """What is passed of the caller's memory."""
        passed = {n: sharing(e) for n, e in call_arguments(called).items()}
        handed = tuple(self.handed(called.instance))
        return Lending(called.instance, self.half(called.instance)[1], passed, handed, targets)


def taking(targets: list[ir.Expr], call: ir.Expr) -> ir.Stmt:
    """The results of a call, taken apart."""
    if not targets:
        return ir.Eval(call)
    if len(targets) == 1:
        return ir.Assign((root(targets[0]),), (call,))
    return ir.Unpack(ir.Display("tuple", tuple(targets)), call)
