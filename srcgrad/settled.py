"""What is looked at once nothing in a program moves any more: what cannot be followed is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .analysis import kinds as k
from .analysis.hidden import refuse_hidden_changes
from .analysis.hidden_effects import HiddenEffects
from .analysis.instance import Instance
from .analysis.interpret import Interpreter
from .analysis.kept_methods import refuse_kept_methods
from .analysis.kept_views import refuse_kept_views
from .analysis.late_pulls import refuse_late_pulls
from .analysis.linked_refused import refuse_links
from .analysis.object_refusals import refuse_asked_objects, refuse_not_implemented
from .analysis.outside import refuse_outside
from .analysis.passed import changed_parameters
from .analysis.stopped import refuse_changed_stops
from .analysis.strided import refuse_strided
from .analysis.tape_sources import refuse_shared_sources
from .analysis.views_given import refuse_given_views
from .frontend.expansions import is_expanded
from .ir import nodes as ir
from .ir.walk import bound_names, statements
from .program import Program
from .transform.gradient import Evaluation

Diagnose = Callable[..., None]


@dataclass(frozen=True)
class Settled:
    """A program whose kinds are known, and its entry."""

    program: Program
    interpreter: Interpreter
    entry: Instance
    evaluate: Evaluation


def check_and_refuse(found: Settled, diagnose: Diagnose) -> None:
    for step in STEPS:
        step(found, diagnose)


def check_settled(found: Settled, diagnose: Diagnose) -> None:
    """A value nothing is known of would pass for a constant, and so would the items of a comprehension."""
    interpreter, evaluate = found.interpreter, found.evaluate
    interpreter.evaluator.open_items.clear()
    for instance in interpreter.reached():
        unbound = never_bound(instance)
        unknown = [n for n, v in (instance.params | instance.names).items() if k.is_open(v) and n not in unbound]
        assert not unknown, f"`{unknown[0]}` in `{instance.function.name}` has no value that could be found"
        for s in statements(instance.body):
            if isinstance(s, ir.Store | ir.Update | ir.If | ir.While):
                e = s.test if isinstance(s, ir.If | ir.While) else s.value
                assert not isinstance(evaluate(instance, s, e), k.Never), "nothing is known of what is stored or tested"
            for e in instance.within(s):
                if isinstance(e, ir.Comprehension):
                    evaluate.found(instance, s, e)
                if isinstance(e, ir.Compare):
                    assert not isinstance(evaluate(instance, s, e), k.Never), "a comparison has no value that is known"
                assert isinstance(s, ir.If | ir.While) or not is_expanded(e), "a call is left that should be a loop"
    assert not interpreter.evaluator.open_items, "nothing is known of what a comprehension makes"


def never_bound(instance: Instance) -> set[str]:
    """Names of the results of calls that always raise."""
    found = set[str]()
    for s in statements(instance.body):
        called = instance.calls.get(id(value_of(s)))
        if called is not None and isinstance(called.instance.result, k.Never):
            found |= set(bound_names(s))
    return found


def value_of(s: ir.Stmt) -> ir.Expr | None:
    match s:
        case ir.Assign(_, (value,)) | ir.Unpack(_, value):
            return value
    return None


def refuse_changed_rows(found: Settled, diagnose: Diagnose) -> None:
    """What NumPy gives to a function is a part of its own argument; what stands in for NumPy may give it a copy."""
    for instance in found.interpreter.instances.values():
        if id(instance.function) in found.program.stand_ins:
            for called in instance.calls.values():
                if changed_parameters(called.instance):
                    message = f"`{called.instance.function.name}` changes what it is given"
                    diagnose("SG219", message, instance, None, None, "")


STEPS: tuple[Callable[[Settled, Diagnose], Any], ...] = (
    lambda it, diagnose: refuse_kept_methods(it.interpreter, it.evaluate, diagnose),
    check_settled,
    refuse_changed_rows,
    lambda it, diagnose: refuse_hidden_changes(it.interpreter, it.evaluate, diagnose),
    lambda it, diagnose: refuse_changed_stops(it.interpreter, it.evaluate, diagnose),
    lambda it, diagnose: refuse_strided(it.interpreter, it.evaluate, diagnose),
    lambda it, diagnose: refuse_late_pulls(it.interpreter, it.evaluate, diagnose),
    lambda it, diagnose: refuse_shared_sources(it.interpreter, diagnose),
    lambda it, diagnose: refuse_outside(it.interpreter, it.entry, it.evaluate, diagnose),
    lambda it, diagnose: refuse_kept_views(it.interpreter, it.evaluate, diagnose),
    lambda it, diagnose: refuse_given_views(it.interpreter, diagnose),
    lambda it, diagnose: refuse_asked_objects(it.interpreter, it.evaluate, diagnose),
    lambda it, diagnose: HiddenEffects(it.interpreter, it.evaluate).refuse(diagnose),
    lambda it, diagnose: refuse_not_implemented(it.interpreter, diagnose),
    lambda it, diagnose: refuse_links(it.interpreter, it.entry, it.evaluate, diagnose),
)
