"""Move out of expressions what must be a statement of its own, and find the kinds again, until nothing moves.

Calls that make closures are written out first, functions that are chosen at run time next: nothing can be decided
by kinds before that.
"""

from __future__ import annotations

from typing import Any

from .analysis.activation import note_aliases
from .analysis.callers import place_of
from .analysis.comparisons import PICKED
from .analysis.entangled import entangled_calls
from .analysis.impossible import Impossible
from .analysis.inline import Inline, everything, holds_maker
from .analysis.instance import Instance
from .analysis.instances import is_method
from .analysis.interpret import Interpreter
from .analysis.kept_methods import keep_methods
from .analysis.passed import has_place
from .analysis.resolve import Resolve
from .analysis.resolve_objects import Resolver
from .analysis.retaken import take_again
from .analysis.split import Split
from .analysis.starred_calls import StarredCalls
from .analysis.steady import is_compared, runs_again
from .diagnostics import Diagnostic
from .frontend.hoist import Hoist, Unresolved
from .frontend.lower import Names as Fresh
from .frontend.read import CELLS
from .ir import nodes as ir
from .ir.program import Function
from .ir.walk import statement_expressions, statements
from .program import Program
from .rules.template import runtime_helpers
from .settled import Settled, check_and_refuse
from .transform.gradient import Evaluation
from .transform.private import copy_changed, copy_updated
from .writing import user_names

Kept = dict[int, set[ir.Expr]]
ROUNDS = 30
FREE_ROUNDS = 5  # in which what shares memory may turn out to be less


def run_kinds(interpreter: Interpreter, function: Function, kinds: Any) -> None:
    """Kinds and aliases; an array into which something active is stored is active from its creation.

    What is refused before it is known which names change together, such as an item of a list that a callee fills, is
    looked at again.
    """
    premature: list[Diagnostic] = interpreter.program.of_kinds
    premature.clear()
    interpreter.run(function, kinds)
    for n in range(ROUNDS):
        if not interpreter.links_more() and not note_aliases(interpreter, n >= FREE_ROUNDS):
            return
        interpreter.forget()
        interpreter.program.collector.drop(premature)
        premature.clear()
        interpreter.run(function, kinds)
    raise AssertionError("which names share memory in this program does not settle")


def settle(program: Program, interpreter: Interpreter, function: Function, kinds: Any, kept: Kept) -> Instance:
    """Move out what must be a statement, and find the kinds again, until nothing moves."""
    for n in range(ROUNDS):
        if program.collector:
            return interpreter.instance(function, kinds)
        entry = interpreter.instance(function, kinds)
        late = n > ROUNDS - 5
        evaluate = Evaluation(interpreter)
        if not (
            copy_updated(entry)
            or hoist(program, interpreter, evaluate, kept, late, False)
            or hoist(program, interpreter, evaluate, kept, late, True)
            or leave_out(interpreter, evaluate)
            or not program.collector and keep_methods(interpreter, evaluate)
            or copy_changed(entry)
            or interpreter.mode != "forward" and take_again(interpreter, evaluate.at)
        ):
            if not program.collector:
                check_and_refuse(Settled(program, interpreter, entry, evaluate), diagnoser(program))
            return interpreter.instance(function, kinds)
        interpreter.forget()
        run_kinds(interpreter, function, kinds)
    raise AssertionError("the statements of this program do not settle")


def leave_out(interpreter: Interpreter, evaluate: Evaluation) -> bool:
    """Leave out what no run gets to, once everything else is known; whether there was any."""
    changed = False
    for instance in interpreter.reached():
        source, calls = instance.function.source, instance.calls
        impossible = Impossible(lambda s, e, at=instance: evaluate(at, s, e), source, calls, instance.raising)  # type: ignore[misc]
        body = impossible.block(instance.body)
        if impossible.changed:
            instance.body, changed = body, True
    return changed


def hoist(
    program: Program, interpreter: Interpreter, evaluate: Evaluation, kept: Kept, late: bool, settled: bool
) -> bool:
    """Closures are written out before anything is decided by kinds, which are not known until then."""
    if write_closures_out(program, interpreter, late):
        return True
    if name_starred(program, interpreter):
        return True
    if write_entangled_out(program, interpreter, evaluate):
        return True
    if resolve_objects(program, interpreter, evaluate) or split_choices(program, interpreter, evaluate):
        return True
    changed = False
    interpreter.linking.note_volatile(interpreter.reached(), evaluate)
    interpreter.linking.note_stored(interpreter.reached(), evaluate)
    passes: list[tuple[Instance, Hoist]] = []
    for instance in interpreter.reached():
        names = Fresh(set(taken_names(program, instance)))
        pass_: Hoist = Hoist(
            lambda s, e, at=instance: (  # type: ignore[misc]
                evaluate(at, s, e).active or is_undecided(interpreter, lambda: evaluate.found(at, s, e), e)
            ),
            lambda e, at=instance: (  # type: ignore[misc]
                id(e) in at.calls and has_place(at.calls[id(e)])
                or runs_again(e, pass_.current, at, evaluate)  # noqa: B023
                or interpreter.mode == "forward" and is_compared(e, pass_.current, at, evaluate)  # noqa: B023
            ),
            names,
            kept,
            Resolve(instance, lambda s, e, at=instance: evaluate(at, s, e), diagnoser(program), settled,  # type: ignore[misc]
                    interpreter.linking),
        )  # fmt: skip
        passes.append((instance, pass_))
    urgent = max((p.resolve.urgency(s) for at, p in passes for s in statements(at.body)), default=0)
    for level in {urgent: None, 0: None}:
        for instance, pass_ in passes:
            pass_.urgent = level
            body = pass_.block(instance.body)
            if pass_.changed:
                instance.body, changed = body, True
                instance.extra_names |= pass_.names.taken
        if changed:
            return True
    return False


def is_undecided(interpreter: Interpreter, look: Any, e: ir.Expr) -> bool:
    """Whether a comprehension takes the largest of tuples, which is not decided before it is a loop."""
    if not isinstance(e, ir.Comprehension):
        return False
    if not any(isinstance(x, ir.Call) and x.op in PICKED for x in everything(e)):
        return False
    interpreter.evaluator.open_items.clear()
    look()
    return bool(interpreter.evaluator.open_items)


def resolve_objects(program: Program, interpreter: Interpreter, evaluate: Evaluation) -> bool:
    """Attributes become slots, and operators of objects method calls; whether there were any."""
    changed, asks = resolve(program, interpreter, evaluate, False)
    return changed or asks and resolve(program, interpreter, evaluate, True)[0]


def resolve(program: Program, interpreter: Interpreter, evaluate: Evaluation, decides: bool) -> tuple[bool, bool]:
    """Whether anything was rewritten, and whether anything is left that kinds could decide."""
    changed = asks = False
    for instance in interpreter.reached():
        names = Fresh(set(taken_names(program, instance)))
        resolver = Resolver(
            lambda s, e, at=instance: evaluate.where_reached(at, s, e),  # type: ignore[misc]
            lambda e, at=instance: at.calls.get(id(e)),  # type: ignore[misc]
            program,
            is_method(instance.params.values()),
            names,
            decides,
        )
        body = resolver.run(instance.body)
        instance.class_names |= resolver.classes
        asks |= resolver.asks
        if resolver.changed:
            instance.body, changed = body, True
            instance.extra_names |= names.taken
    return changed, asks


def write_closures_out(program: Program, interpreter: Interpreter, late: bool) -> bool:
    """Move calls that make closures into statements of their own, and write those out; whether there were any.

    `late`: so many rounds have passed that there would be no end to it.
    """
    changed = False
    for instance in list(interpreter.instances.values()):
        if not instance.makers:
            continue
        names = Fresh(set(taken_names(program, instance)))
        inline = Inline(instance, program.prepare, names, diagnoser(program))
        if late:
            inline.refuse_rest()
            continue
        body = inline.block(instance.body)
        if not inline.changed:
            moved = in_statements_of_their_own(instance, instance.makers, names)
            if moved is None:
                inline.refuse_rest()
                continue
            body = moved
        instance.body, changed = body, True
        instance.extra_names |= names.taken
    return changed


def name_starred(program: Program, interpreter: Interpreter) -> bool:
    """Move calls with `*` into statements of their own, and give names to what it passes; whether there were any."""
    changed = False
    for instance in list(interpreter.instances.values()):
        if not instance.stars:
            continue
        names = Fresh(set(taken_names(program, instance)))
        named = StarredCalls(instance, names)
        body = named.block(instance.body)
        if not named.changed:
            moved = in_statements_of_their_own(instance, instance.stars, names)
            if moved is None:
                refuse_starred(program, instance)
                continue
            body = moved
        instance.body, changed = body, True
        instance.extra_names |= names.taken
    return changed


def refuse_starred(program: Program, instance: Instance) -> None:
    """Refuse the calls with `*` that no statement of their own can take."""
    message = "the number of arguments passed by `*` is not known here"
    for s in statements(instance.body):
        parts = [x for e in statement_expressions(s) for x in everything(e)]
        for call, _ in instance.stars.values():
            if any(x is call for x in parts):
                diagnoser(program)("SG304", message, instance, s, call, "")


def in_statements_of_their_own(instance: Instance, calls: dict[int, Any], names: Fresh) -> ir.Block | None:
    """The body with `calls` (by id) moved out of what they are part of; None if none can be."""
    move = Hoist(lambda s, e: holds_maker(e, calls), lambda e: id(e) in calls, names, {}, Unresolved())
    body = move.block(instance.body)
    return body if move.changed else None


def write_entangled_out(program: Program, interpreter: Interpreter, evaluate: Evaluation) -> bool:
    """Write out calls whose results or arguments are parts of each other's memory; whether there were any."""
    if program.collector:
        return False
    found = entangled_calls(interpreter, evaluate.at, program.prepare)
    for instance in list(interpreter.instances.values()):
        if id(instance) in found:
            names = Fresh(set(taken_names(program, instance)))
            inline = Inline(instance, program.prepare, names, diagnoser(program), found[id(instance)])
            instance.body = inline.block(instance.body)
            instance.extra_names |= names.taken
    return bool(found)


def split_choices(program: Program, interpreter: Interpreter, evaluate: Evaluation) -> bool:
    """Write the uses of functions that are chosen at run time once for each choice; whether there were any."""
    changed = False
    for instance in list(interpreter.instances.values()):
        if instance.mixed:
            kind = lambda s, e, at=instance: evaluate(at, s, e)  # noqa: E731
            names = Fresh(set(taken_names(program, instance)))
            split = Split(instance, kind, names, diagnoser(program))
            body = split.block(instance.body)
            if not split.changed:
                body, split.changed = opened(instance, names)
            instance.extra_names |= names.taken
            if split.changed:
                instance.body, changed = body, True
            else:
                split.refuse_rest()
    return changed


def opened(instance: Instance, names: Fresh) -> tuple[ir.Block, bool]:
    """Comprehensions that call functions which differ from item to item, as loops; such calls as statements."""

    def is_choice(e: ir.Expr) -> bool:
        return isinstance(e, ir.Apply) and id(e) in instance.mixed

    class Choices(Unresolved):
        def takes_objects(self, e: ir.Expr) -> bool:  # also of a test: what such a function changes is not known
            return is_choice(e)

    def differs(s: ir.Stmt, e: ir.Expr) -> bool:
        return isinstance(e, ir.Comprehension) and holds_maker(e, instance.mixed)

    move = Hoist(differs, is_choice, names, {}, Choices())
    return move.block(instance.body), move.changed


def taken_names(program: Program, instance: Instance) -> set[str]:
    own = program.prepare(instance.function).taken | user_names(instance.function)
    return set(own) | instance.extra_names | set(instance.params) | runtime_helpers().keys()


def diagnoser(program: Program) -> Any:
    """Where an expression stands in the source, for its refusal."""

    def diagnose(
        code: str, message: str, at: Instance, s: ir.Stmt | None, e: ir.Expr | None, hint: str, follows: bool = False
    ) -> None:
        function = at.function
        while id(function) in program.stand_ins:  # not the user's text: what it stands for is
            message, hint = f"`{function.name}` calls a function here that cannot be followed", "Write the loop out."
            function, e = program.stand_ins[id(function)]
            s = None
        for cell, variable in CELLS.get(function, {}).items():
            message = message.replace(f"`{cell}`", f"`{variable}`").replace(f"`{cell}_item`", f"`{variable}`")
            hint = hint.replace(f"{cell}_item", variable)
        place = place_of(function, s, e)
        program.of_kinds.append(program.collector.add(code, message, place, function.source, hint, follows))

    return diagnose
