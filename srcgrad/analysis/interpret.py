"""Abstract interpretation of a program: the kind of every name at every statement.

One instance of a function serves all its calls (joined), except that each function passed as an argument and each
number of arguments gets an instance of its own.  The whole program is run again until nothing changes that was used.
"""

from __future__ import annotations

from typing import Any

from ..ir import nodes as ir
from ..ir.program import Function
from ..ir.walk import (
    Remembered,
    bound_names,
    children,
    reads,
    root,
    statement_expressions,
    statements,
    with_children,
)
from . import kinds as k, none_together
from .container_changes import POP, container_change
from .container_steps import as_steps
from .decided import decided_for_helper, is_helper_scope
from .evaluate import Evaluator
from .instance import Env, Exits, Instance, adds_to_names, join_envs, number_or_array, pattern
from .instances import asked_numbers, asked_types, is_method, truth
from .iterated import iterated_names
from .linked import Linking, endless_classes
from .named_attributes import deletion
from .narrowing import narrowed
from .nested import Nested
from .presumed import presumed
from .stale import without_stale
from .stores import Stores, changed_containers


class Interpreter:
    """Runs functions on kinds.  `prepare(function)` gives (lowered body, name of the result)."""

    def __init__(self, prepare: Any, diagnose: Any, program: Any, mode: str = "reverse") -> None:
        self.prepare, self.program, self.mode = prepare, program, mode
        self.instances: dict[Any, Instance] = {}
        self.changed = False
        self.waiting = self.left_out = False  # do loops leave out what they cannot reach yet; have they
        self.settled = False  # then kinds are asked for, and no call is taken to another instance
        self.evaluator = Evaluator(self, diagnose)
        self.stores = Stores(self.evaluator)
        self.nested = Nested(self)
        self.linking = Linking(program.linked, program.unlinked)
        self.names_of = Remembered(names_of)
        self.passing: list[Any] = []  # statements that calls stand for: facts are noted by identity, so they must stay

    def load(self, handle: Any) -> Function | None:
        found: Function | None = self.program.load(handle)
        if found is not None and id(found) in self.program.solvers:
            self.nested.note_solver(found)
        return found

    def default_object(self, function: Function, name: str) -> Any:
        return self.program.default_object(function, name)

    def drop(self, instance: Instance) -> None:
        """Forget an instance that turns out not to be what is called."""
        self.instances = {key: known for key, known in self.instances.items() if known is not instance}
        self.changed = True

    def forget(self) -> None:
        """Keep the instances and their bodies, and start the kinds afresh."""
        self.linking.forget()
        for known in self.instances.values():
            known.params, known.result, known.done, known.asked = {}, k.Never(), False, False
            known.before, known.after, known.names, known.calls, known.makers = {}, {}, {}, {}, {}
            known.left = {}
            known.mixed, known.stars, known.raising = set(), {}, set()

    def links_more(self) -> bool:
        """Link the classes whose objects turned out to hold one another without end; whether there were any."""
        return self.linking.link(endless_classes(self.reached()))

    def reached(self) -> list[Instance]:
        """The instances that are called with the kinds of this run: others were, with what was known before."""
        return [known for known in self.instances.values() if known.done]

    def run(self, function: Function, args: Env) -> Instance:
        """The entry function on arguments of these kinds, until nothing changes that a caller has used."""
        self.settled = False
        instance = self.instance(function, args)
        for _ in range(50):
            self.changed = self.linking.changed = False
            for known in self.instances.values():
                known.done = False
            self.call(instance, args)
            if not self.changed and not self.linking.changed:
                self.settled = True
                return instance
        raise AssertionError("the kinds of this program do not settle")

    def instance(self, function: Function, args: Env) -> Instance:
        by_kind = adds_to_names(function)
        numbers = asked_numbers(function, args)
        key = (id(function), tuple((n, pattern(v), by_kind and number_or_array(v)) for n, v in args.items()), numbers,
               asked_types(function, args))  # fmt: skip
        found = self.instances.get(key)
        if found is None:
            body, result = self.prepare(function)
            found = self.instances[key] = Instance(function, body, result)
            found.frozen |= self.program.prepare(function).frozen
        return found

    def call(self, instance: Instance, args: Env) -> k.Kind:
        joined = {n: k.join(instance.params.get(n, k.Never()), v) for n, v in args.items()}
        if joined != instance.params:
            instance.params, instance.done = joined, False
            self.changed |= instance.asked
        if not instance.done and not instance.running:
            self.execute(instance)
        instance.asked = True
        return instance.result

    def execute(self, instance: Instance) -> None:
        instance.running, instance.done = True, True
        waiting, self.waiting, left_out = self.waiting, False, self.left_out
        instance.params = {n: instance.stored(n, v) for n, v in instance.params.items()}
        env: Env | None = dict(instance.params)
        for n, v in instance.params.items():
            instance.names[n] = k.join(instance.names.get(n, k.Never()), v)
        env = self.block(instance, instance.body, env, Exits())
        result = env.get(instance.result_name, k.Never()) if env is not None else k.Never()
        joined = k.join(instance.result, result)
        left = changed_containers(instance, env)
        if joined != instance.result or left != instance.left:
            instance.result, instance.left = joined, left
            self.changed |= instance.asked
        instance.running = False
        self.waiting, self.left_out = waiting, left_out

    # ----- statements -----

    def block(self, at: Instance, block: ir.Block, env: Env | None, exits: Exits) -> Env | None:
        """The environment after the block; None if its end is never reached."""
        for s in block:
            if env is None:
                return None
            env = self.statement(at, s, env, exits)
        return env

    def statement(self, at: Instance, s: ir.Stmt, env: Env, exits: Exits) -> Env | None:
        known = presumed(s, at.asks(s), env)
        if known is None:
            self.left_out = True
            at.raising |= {id(s)} - at.before.keys()
            if id(s) in at.raising:
                self.note(at.before, s, env, self.names_of(s))
            return None
        if id(s) in at.raising:  # it was looked at with less of what leads to it
            at.raising.remove(id(s))
            del at.before[id(s)]
        env = known
        self.note(at.before, s, env, self.names_of(s))
        result = self.step(at, s, env, exits)
        if result is not None and not isinstance(s, ir.If | ir.While | ir.For):
            result = none_together.after(s, env, self.after_changes(at, s, result))
        if result is not None:
            result = self.stores.after_calls(at, s, result)
            bound = tuple(dict.fromkeys((*bound_names(s), *sorted(self.stores.widened_names(at, s)))))
            self.note(at.after, s, result, bound)
            for n in bound:
                if n in result:
                    at.names[n] = k.join(at.names.get(n, k.Never()), result[n])
        return result

    @staticmethod
    def note(notes: dict[int, Env], s: ir.Stmt, env: Env, names: Any) -> None:
        old = notes.get(id(s), {})
        notes[id(s)] = {n: k.join(old.get(n, k.Never()), env[n]) for n in names if n in env}

    def step(self, at: Instance, s: ir.Stmt, env: Env, exits: Exits) -> Env | None:
        value = self.evaluator.value
        match s:
            case ir.Assign(names, values):
                for n, v in zip(names, values, strict=True):
                    if isinstance(v, ir.Lambda):
                        self.evaluator.lambda_names[id(v)] = n
                found = [value(at, s, v, env) for v in values]
                if at.frozen.intersection(names):
                    env = without_stale(env, at.frozen.intersection(names))
                return {**env, **{n: at.stored(n, v) for n, v in zip(names, found, strict=True)}}
            case ir.Unpack(target, e):
                env = dict(env)
                self.evaluator.unpack(target, self.evaluator.iterated(at, s, e, value(at, s, e, env)), env)
                return {**env, **{n: at.stored(n, env[n]) for n in bound_names(s) if n in env}}
            case ir.Update(place, op, e):
                return self.update(at, s, place, op, value(at, s, e, env), env)
            case ir.Eval(ir.Call("builtins.delattr", (base, _))):
                change = deletion(s, lambda x: value(at, s, x, env))
                if change is None:
                    return self.evaluator.refuse_deletion(at, s, value(at, s, base, env), env)
                return self.stores.update(at, s, base, POP, k.Known(change.value.value), env)  # type: ignore[union-attr]
            case ir.Eval(e):
                value(at, s, e, env)
                known = lambda x: value(at, s, x, env)  # noqa: E731
                if as_steps(e, known) is None and container_change(e, known) is None:
                    self.evaluator.check_effect(at, s, e, env)
                return env
            case ir.Define(name, function):
                return {**env, name: self.evaluator.closure(function, env, dict(s.cells))}
            case ir.Opaque("raise"):
                return None
            case ir.Opaque("import"):  # the scope knows these names
                return env
            case ir.Opaque("assert", _, _, origin) if origin is not None:
                self.evaluator.refuse_properties(at, s, f"({origin.code_of(origin.small.test)})", env, "an assert")
                return env
            case ir.Opaque(_, _, writes):
                return {**env, **{n: k.Unknown() for n in writes}}
            case ir.If(test, body, orelse):
                value(at, s, test, env)
                env = self.after_changes(at, s, env)
                then, other = self.sides(at, s, test, env)
                if self.mode == "forward" and is_helper_scope(at.function.scope):
                    taken = decided_for_helper(test, lambda e: value(at, s, e, env))
                    then, other = (then if taken is not False else None), (other if taken is not True else None)
                return join_envs(self.block(at, body, then, exits), self.block(at, orelse, other, exits))
            case ir.For() | ir.While():
                return self.loop(at, s, env)
            case ir.Break():
                exits.breaks.append(env)
                return None
            case ir.Continue():
                exits.continues.append(env)
                return None
            case ir.Store(place, e):
                return self.stores.store(at, s, place, value(at, s, e, env), env)
        raise AssertionError(f"not lowered: {s!r}")

    def after_changes(self, at: Instance, s: ir.Stmt, env: Env) -> Env:
        """The environment after the calls in a statement that change lists and dicts."""
        calls = at.changing(s)
        given: dict[int, ir.Expr] = {}
        for n, (sub, always) in enumerate(calls):
            kind = self.evaluator.value(at, s, sub, env) if n < len(calls) - 1 else k.NONE
            self.passing.append(done := put_for(sub, given))
            new = self.after_change(at, s, done, env)
            env = new if always else join_envs(env, new) or env
            if n < len(calls) - 1:  # `a.append(b.pop())`: what the first gave is not what it would give now
                given[id(sub)] = ir.Name(f"<given {n}>")
                env = {**env, f"<given {n}>": kind}
        return {n: kind for n, kind in env.items() if not n.startswith("<given ")} if given else env

    def after_change(self, at: Instance, s: ir.Stmt, e: ir.Call, env: Env) -> Env:
        known = lambda x: self.evaluator.value(at, s, x, env)  # noqa: E731
        steps = as_steps(e, known) if root(e.args[0]) else None
        if steps is not None:
            self.stand_for(at, s, steps, *statements(steps.before))
            return self.block(at, steps.before, env, Exits()) or env
        change = container_change(e, known)
        if change is None or not root(change.place):  # a list that has no name yet is changed once it has one
            return env
        self.stand_for(at, s, change)
        return self.step(at, change, env, Exits()) or env

    def stand_for(self, at: Instance, s: ir.Stmt, *passing: Any) -> None:
        """Let what is done in place of calls change what the statement of the calls changes."""
        self.passing += passing
        if at.aliases is not None and id(s) in at.aliases.changed:
            at.aliases.changed |= dict.fromkeys(map(id, passing), at.aliases.changed[id(s)])

    def update(self, at: Instance, s: ir.Stmt, place: ir.Expr, op: str, e: k.Kind, env: Env) -> Env:
        if op == "append" and isinstance(place, ir.Name):
            return {**env, place.id: grown(env.get(place.id, k.Unknown()), e)}
        return self.stores.update(at, s, place, op, e, env)

    def sides(self, at: Instance, s: ir.Stmt | None, test: ir.Expr, env: Env) -> tuple[Env | None, Env | None]:
        """The environments of both sides of a branch; None for one that is never taken, or not by what is known yet."""
        known = lambda e: self.evaluator.value(at, s, e, dict(env))  # noqa: E731
        decided = truth(test, known, is_method(at.params.values()))
        if isinstance(decided, k.Never):
            return None, None
        then, other = self.narrowed(test, env, True), self.narrowed(test, env, False)
        return then if decided is not False else None, other if decided is not True else None

    def narrowed(self, test: ir.Expr, env: Env, holds: bool) -> Env | None:
        """The environment of one side of a branch; None if a loop cannot take it yet."""
        found = narrowed(test, env, holds)
        if found is None and self.waiting:
            self.left_out = True
            return None
        return dict(env if found is None else found)

    def loop(self, at: Instance, s: ir.For | ir.While, env: Env) -> Env | None:
        """What no iteration can reach is looked at last: until then, an earlier iteration may lead there."""
        if self.waiting:
            left_out = self.left_out
            result = self.rounds(at, s, env)[1]
            self.left_out |= left_out
            return result
        self.waiting = True
        head, result = self.rounds(at, s, env)
        self.waiting = False
        return self.rounds(at, s, head)[1] if self.left_out else result

    def rounds(self, at: Instance, s: ir.For | ir.While, env: Env) -> tuple[Env, Env | None]:
        """The environments at the start of any iteration, and after the loop."""
        head: Env = env
        for _ in range(20):
            exits = Exits()
            self.left_out = False
            inside = dict(head)
            if isinstance(s, ir.For):
                known = lambda e: self.evaluator.value(at, s, e, dict(head))  # noqa: B023, E731
                inside |= dict.fromkeys(iterated_names(s, known), k.Never())
                self.evaluator.value(at, s, s.iterable, inside)
                inside = self.after_changes(at, s, inside)
                if s.header is not None:
                    self.evaluator.refuse_iteration(at, s, self.evaluator.value(at, s, s.header[1], dict(inside)))
                inside[s.target] = k.Num("python", "int", ())
            else:
                self.evaluator.value(at, s, s.test, inside)
                inside = self.after_changes(at, s, inside)
            self.note(at.before, s, inside, self.names_of(s))
            left = dict(inside)
            end = self.block(at, s.body, inside, exits)
            again = head
            for e in [end, *exits.continues]:
                if e is not None:
                    again = join_envs(again, e) or again
            if again == head:
                break
            head = again
        else:
            raise AssertionError("the kinds of this loop do not settle")
        endless = isinstance(s, ir.While) and isinstance(s.test, ir.Const) and bool(s.test.value)
        result: Env | None = None if endless else left if isinstance(s, ir.While) else dict(head)
        if result is not None and isinstance(s, ir.For):
            result.setdefault(s.target, k.Num("python", "int", ()))
        for e in exits.breaks:
            result = join_envs(result, e)
        return head, result


def names_of(s: ir.Stmt) -> frozenset[str]:
    """The names that a statement reads, binds or changes itself."""
    found = set(bound_names(s))
    for e in statement_expressions(s):
        found |= reads(e)
    if isinstance(s, ir.For) and s.header is not None:
        found |= reads(s.header[1])
    if isinstance(s, ir.Define):
        found |= set(s.captures)
    return frozenset(found)


def put_for(e: ir.Call, given: dict[int, ir.Expr]) -> ir.Call:
    """A call with names for calls in it that were made already."""

    def put(x: ir.Expr) -> ir.Expr:
        parts = children(x) if not isinstance(x, ir.Lambda | ir.Comprehension) else ()
        new = tuple(given.get(id(c)) or put(c) for c in parts)
        return with_children(x, new) if any(a is not b for a, b in zip(new, parts, strict=True)) else x

    return put(e) if given else e  # type: ignore[return-value]


def grown(old: k.Kind, item: k.Kind) -> k.Kind:
    match old:
        case k.Seq("list", items, _):
            return k.Seq("list", None, k.join(k.element_of(old) if items != () else k.Never(), item))
    return k.Unknown(old.active or item.active)
