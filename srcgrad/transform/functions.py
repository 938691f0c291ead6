"""The functions of a derivative module: the entry's two sweeps in one, and two halves for each callee."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from ..analysis import kinds as k
from ..analysis.instance import Instance
from ..analysis.interpret import Interpreter
from ..analysis.lent import Terms
from ..analysis.passed import changed_parameters
from ..analysis.sharing import MAY_VIEW, may_share
from ..ir import nodes as ir
from ..ir.build import call
from ..ir.flow import exposed
from ..ir.walk import bound_names, reads, statement_expressions, statements, subexpressions
from .agreement import Walked, agree, drop_saved, drop_unread, restoring
from .assemble import Sweeps
from .calls import Calls, active_parameters, parameters
from .emitted import Emitted, half_params, reached, with_seed
from .given_seeds import with_numbers_taken_out
from .gradient import Gradient, seed_of
from .handed import CallSites, call_sites, handed_parameters
from .kept import keep_once
from .names import Names
from .shadows import OWN, PRIVATE, Shadow, mode_of
from .unread import unread_results

FORWARD, REVERSE = "forward sweep", "reverse sweep"


class ReverseModule:
    """Reverse mode of a program.  `taken(instance)` are the names a function uses; `reserved` those of the module."""

    def __init__(self, interpreter: Interpreter, taken: Any, reserved: set[str], reusable: bool = False) -> None:
        self.interpreter, self.taken, self.reusable = interpreter, taken, reusable
        self.module_names = set(reserved)
        self.halves: dict[int, tuple[str, str]] = {}
        self.given_again: dict[int, list[str]] = {}
        self.nobodys: dict[int, frozenset[int]] = {}
        self.entry: Instance | None = None
        self.called_by_others: Instance | None = None
        self.waiting: list[Instance] = []
        self.terms = Terms()
        self.heavy: dict[int, set[ir.Expr]] = {}
        self.connected: tuple[str, ...] = ()

    @cached_property
    def sites(self) -> CallSites:
        return call_sites(self.interpreter.instances.values())

    def names(self, instance: Instance) -> Names:
        return Names(set(self.taken(instance)) | self.module_names, instance.changed)

    def half(self, instance: Instance) -> tuple[str, str]:
        """The names of the two halves of a callee, which will be emitted."""
        if id(instance) not in self.halves:
            base = instance.function.name.strip("<>").rstrip("_") or "function"
            functions = [v.target for v in instance.params.values() if isinstance(v, k.Func)]
            passed = [f.rpartition(".")[2] if isinstance(f, str) else f.name.strip("<>") for f in functions]
            longer = "_".join([base, *passed])
            for name in (base, longer, *(f"{longer}_{i}" for i in range(2, 1000))):
                if not {f"{name}_fwd", f"{name}_bwd"} & self.module_names:
                    break
            self.halves[id(instance)] = (f"{name}_fwd", f"{name}_bwd")
            self.module_names |= set(self.halves[id(instance)])
            self.waiting.append(instance)
        return self.halves[id(instance)]

    def backward(self, instance: Instance) -> str:
        return self.half(instance)[1]

    def handed(self, instance: Instance) -> list[str]:
        """The parameters that the backward half of a callee is given again; that of the entry is called by others."""
        if id(instance) not in self.given_again:
            entry = self.entry is instance
            self.given_again[id(instance)] = [] if entry else handed_parameters(instance, self.sites)
        return self.given_again[id(instance)]

    def unread(self, instance: Instance) -> frozenset[int]:
        """The results of a callee that nobody reads; those of the entry are everybody's."""
        if id(instance) not in self.nobodys:
            entry = self.called_by_others is instance
            self.nobodys[id(instance)] = frozenset() if entry else unread_results(instance, self.sites)
        return self.nobodys[id(instance)]

    def calls(self, instance: Instance, names: Names) -> Calls:
        return Calls(instance, names, self.half, self.handed, self.unread)

    def gradient(self, instance: Instance, wrt: list[str]) -> Gradient:
        """A function walked backward: the functions that it calls wait now."""
        names = self.names(instance)
        found = Gradient(instance, self.interpreter, names, self.calls(instance, names))
        found.builder.reusable = self.reusable
        seed = seed_of(instance.result_name, instance.result) if k.flows(instance.result) else {}
        seed.update({n: Shadow(mode_of(instance.params[n], True), False) for n in changed_parameters(instance)})
        found.prepare(seed, wrt)
        return found

    # ----- the entry -----

    def joint(self, instance: Instance, wrt: list[str], name: str, docstring: str) -> list[Emitted]:
        """`f_grad(x, d_out=1.0) -> out, (d_x,)` and the halves of all it calls."""
        self.called_by_others = instance
        self.waiting.append(instance)
        own, *callees = self.walked(wrt)
        gradient, sweeps = own.gradient, own.sweeps
        names = gradient.names
        self.connected = tuple(n for n in wrt if n in gradient.state)
        seed = gradient.seed(instance.result_name)
        sweeps.reverse = [*gradient.following.seeded(instance.result_name, seed), *sweeps.reverse]
        sweeps.reverse = with_numbers_taken_out(sweeps.reverse, seed, instance, names)
        plain = {p.name for p in instance.function.params if p.kind not in ("star", "double_star")}
        outcome = ir.Display("tuple", tuple(self.in_form(gradient, n, n in plain) for n in wrt))
        value = instance.result_name
        rebound = value in {n for s in statements(tuple(sweeps.reverse)) for n in bound_names(s)}
        changed = bool(gradient.restored) or from_a_call(instance, instance.result_name, set())
        restored = changed and may_share(instance.result)
        if rebound or restored:  # the reverse sweep restores earlier values of the name, or earlier contents
            value = names.fresh("value", f"{value}_value")
            result: ir.Expr = ir.Name(instance.result_name)
            if restored:
                known = isinstance(instance.result, k.Num) and instance.result.kind == "array"
                helper = OWN if isinstance(instance.result, k.Num) else PRIVATE
                result = ir.Call(".copy", (result,)) if known else call(helper, result)
            sweeps.forward.append(ir.Assign((value,), (result,)))
        last = ir.Return(ir.Display("tuple", (ir.Name(value), outcome)))
        params = with_seed(instance.function.params, seed, instance.result)
        parts = [
            (FORWARD, sweeps.setup + sweeps.forward, False),
            (REVERSE, sweeps.reverse, True),
            ("", [last], False),
        ]
        entry = Emitted(
            name, params, docstring, parts, instance.result_name, instance,  # type: ignore[arg-type]
            names.made | names.temporaries, seed, pinned=names.pinned,
        )
        return reached([*self.halves_of(callees), entry], [entry])

    def in_form(self, gradient: Gradient, name: str, plain: bool) -> ir.Expr:
        """The gradient of an argument; adjoints of tuples are kept in lists, which can change."""
        found = self.finished(gradient, name)
        kind = gradient.instance.params.get(name)
        return call("builtins.tuple", found) if plain and isinstance(kind, k.Seq) and kind.kind == "tuple" else found

    def finished(self, gradient: Gradient, name: str) -> ir.Expr:
        """A gradient as it is returned: never the caller's own array, nor the same one twice."""
        shadow = gradient.state.get(name)
        e = ir.Name(gradient.names.adjoint(name))
        if shadow is not None and shadow.mode == "borrowed":
            kind = gradient.instance.kind_of_name(name)
            known = isinstance(kind, k.Num) and kind.kind == "array" and kind.dims not in ((), None)
            return ir.Call(".copy", (e,)) if known else ir.Call("operator.pos", (e,))
        return e

    def pair(self, instance: Instance, wrt: list[str]) -> list[Emitted]:
        """The entry as two halves: for a pullback that is called later, and maybe often."""
        self.entry = self.called_by_others = instance
        self.half(instance)
        found = self.halves_of(self.walked(wrt))
        return reached(found, [f for f in found if f.name in self.half(instance)])

    # ----- callees -----

    def walked(self, wrt: list[str]) -> list[Walked]:
        """The function that waits, for its derivatives with respect to `wrt`, and all that it calls."""
        found: list[Walked] = []
        while self.waiting:
            new: list[Walked] = []
            while self.waiting:
                instance = self.waiting.pop(0)
                wanted = active_parameters(instance) if found or new else wrt
                new.append(Walked(instance, wanted, self.gradient(instance, wanted), not (found or new)))
            agree(new, self.terms)
            known = restoring([*found, *new])
            for w in new:  # of some functions only the forward half is called: these wait now
                w.sweeps = w.gradient.sweeps(known)
                self.heavy.update(w.gradient.heavy)
            found += new
        drop_unread(found, self.handed, self.backward)
        halves = found if self.entry is not None else found[1:]
        for w in halves:
            self.complete(w)
        drop_saved(halves, found, self.saved, self.backward)
        for w in found:
            keep_once(w.sweeps, w.gradient.names)
        return found

    def halves_of(self, walked: list[Walked]) -> list[Emitted]:
        """The two halves of each function, callees first."""
        return [f for pair in reversed([self.two_halves(w) for w in walked]) for f in pair]

    def complete(self, walked: Walked) -> None:
        """The adjoints that the backward half of a function is given, and those it returns."""
        instance, gradient, sweeps = walked.instance, walked.gradient, walked.sweeps
        seed = gradient.seed(instance.result_name)
        changed = changed_parameters(instance)
        lent = {n: gradient.seed(n) for n in changed}
        has_seed = k.flows(instance.result) or walked.entry
        walked.seeds = [*([seed] if has_seed else []), *lent.values()]
        seeded = gradient.following.seeded(instance.result_name, seed) if k.flows(instance.result) else []
        taken, returned = gradient.following.lent(lent)
        reverse = [*seeded, *sweeps.reverse]
        if isinstance(instance.result, k.Seq):
            reverse = with_numbers_taken_out(reverse, seed, instance, gradient.names)
        sweeps.reverse = [*taken, *reverse, *returned]
        walked.results = [self.finished(gradient, n) for n in walked.wrt if n not in changed]

    def saved(self, walked: Walked) -> list[str]:
        """The names that the forward half hands to the backward half."""
        read = exposed([*walked.sweeps.reverse, *map(ir.Eval, walked.results)])
        known = self.known(walked.gradient, walked.sweeps) - {*walked.seeds, *self.handed(walked.instance)}
        order = {n: k for k, n in enumerate(parameters(walked.instance))}
        return sorted((n for n in read if n in known), key=lambda n: order.get(n, len(order)))

    def two_halves(self, walked: Walked) -> list[Emitted]:
        instance, gradient, sweeps, saved = walked.instance, walked.gradient, walked.sweeps, self.saved(walked)
        names = gradient.names
        forward_name, backward_name = self.half(instance)
        unset = [n for n in self.never_bound(gradient, sweeps) if n not in instance.params]
        setup = [ir.Assign((n,), (ir.Const(None),)) for n in unset] + sweeps.setup
        first = self.reusable and walked.entry
        out: ir.Expr = ir.Name(instance.result_name)
        private = self.reusable and self.changes_memory()
        if private and first and may_share(instance.result):
            out = call(PRIVATE, out)  # the caller may change it, and what is saved must stay
        kept = ir.Display("tuple", tuple(ir.Name(n) for n in saved))
        never = isinstance(instance.result, k.Never)  # it always raises
        last: list[ir.Stmt] = [] if never else [ir.Return(ir.Display("tuple", (out, kept)))]
        forward = Emitted(
            forward_name, half_params(instance), instance.function.docstring or "",
            [("", setup + sweeps.forward, False), ("", last, False)], instance.result_name, instance,
            backward=backward_name,
        )  # fmt: skip
        opening: list[ir.Stmt] = []
        given = ir.Name(names.saved)
        if saved and private and first:
            opening.append(ir.Assign((given.id,), (call(PRIVATE, given),)))
        if saved:
            target = kept if len(saved) > 1 else ir.Display("tuple", (ir.Name(saved[0]),))
            opening.append(ir.Unpack(target, given))
        if self.reusable and not private:
            stacks = [n for n in saved if n in sweeps.stacks]
            opening += [ir.Assign((n,), (ir.Call(".copy", (ir.Name(n),)),)) for n in stacks]
        results = walked.results
        outcome: ir.Expr = ir.Display("tuple", tuple(results)) if len(results) != 1 else results[0]
        params = [*([given.id] if saved or walked.entry else []), *self.handed(instance), *walked.seeds]
        backward = Emitted(
            backward_name, tuple(ir.Param(n, "positional") for n in params), "",
            [("", opening, False), ("", sweeps.reverse, True), ("", [ir.Return(outcome)] if results else [], False)],
            instance.result_name, instance, names.made | names.temporaries, pinned=names.pinned,
        )  # fmt: skip
        return [forward, backward]

    def changes_memory(self) -> bool:
        """Whether anything in the program changes memory in place, so that a reverse sweep may restore it."""
        return any(i.aliases is not None and i.aliases.changes for i in self.interpreter.instances.values())

    def known(self, gradient: Gradient, sweeps: Sweeps) -> set[str]:
        """What the forward half can hand over."""
        bound = {n for s in statements(tuple(sweeps.forward)) for n in bound_names(s)}  # where no run gets to, too
        return (
            set(gradient.primal) | bound | gradient.calls.saved_names | {*sweeps.stacks, *sweeps.kept}
            | set(gradient.trip_names.values())
            | gradient.following.shadows | set(gradient.schedule_names.values()) | gradient.kept_as_given
        )  # fmt: skip

    def never_bound(self, gradient: Gradient, sweeps: Sweeps) -> list[str]:
        """Names the reverse sweep may read although not every path of the forward sweep binds them."""
        from ..ir.flow import scan

        start = frozenset(gradient.instance.params) | frozenset(n for s in sweeps.setup for n in bound_names(s))
        bound = scan(sweeps.forward, start, {})
        needed = [n for n in exposed(sweeps.reverse) if n in self.known(gradient, sweeps)]
        return [n for n in needed if n not in bound]


def from_a_call(instance: Instance, name: str, seen: set[str]) -> bool:
    """Whether a name may stand for memory that a function which is called changes, and its reverse half restores."""
    seen.add(name)
    for s in statements(instance.body):
        if name in bound_names(s):
            for e in statement_expressions(s):
                called = [instance.calls[id(sub)].instance for sub in subexpressions(e) if id(sub) in instance.calls]
                if any(may_share(i.result) and changes_memory(i, set()) for i in called):
                    return True
                new = isinstance(e, ir.Call) and e.op.startswith(("operator.", "numpy.")) and e.op not in MAY_VIEW
                if not (new and not called) and any(from_a_call(instance, n, seen) for n in reads(e) - seen):
                    return True
    return False


def changes_memory(instance: Instance, seen: set[int]) -> bool:
    """Whether a function, or one that it calls, changes memory in place."""
    seen.add(id(instance))
    inner = [c.instance for c in instance.calls.values() if id(c.instance) not in seen]
    own = instance.aliases is not None and instance.aliases.changes
    return own or any(changes_memory(i, seen) for i in inner)
