"""What a checkpointed loop carries from step to step, and why a step may not be run again.

    for t in checkpoint(range(n), 10):
        flux = u[1:] - u[:-1]                 u is carried; flux starts anew in every step
        u[1:-1] += k * (flux[1:] - flux[:-1])

A snapshot copies what is carried.  The reverse sweep runs steps again, so that within the loop only what one step
overwrites has to be saved; outside of it, the loop is one statement that a snapshot walks back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ..frontend.checkpoints import parts
from ..ir import nodes as ir
from ..ir.liveness import Liveness
from ..ir.walk import block_reads, bound_names, reads, root, statement_expressions, statements, subexpressions
from . import kinds as k
from .aliases import Aliases
from .rebinding import NONE, Names, block_rebinds, rebound_names
from .relation import closure
from .required import BINDING, MEMORY, Flow, is_needed, meet
from .scopes import Loop
from .sharing import may_share
from .steady import is_steady

QUIET = ("raise", "assert", "pass", "import", "annotation", "with", "end with")


@dataclass(frozen=True)
class Carried:
    """One name that a step starts from, and how a snapshot holds it: by `reference`, as a `copy`, as a copy that
    goes back into the same `memory`, which other names may know, or in one `state` with all that may share memory."""

    name: str
    how: str
    array: bool = True


def carried(s: ir.For | ir.While, instance: Any, kind: Any) -> list[Carried]:
    """What a snapshot of the loop holds; `kind(expr)` are kinds at the loop."""
    aliases = instance.aliases or Aliases()
    rebound = block_rebinds(s.body) | updated_numbers(s, kind)
    head = live_at_head(s, instance)
    changed = aliases.changed_later(s.body)
    anywhere = aliases.changed_later()
    found = []
    for n in sorted(head & (rebound | changed)):
        known = kind(ir.Name(n))
        how = "copy" if (n in anywhere or n in instance.updated) and may_share(known) else "reference"
        same = isinstance(known, k.Num) and n in changed - rebound
        found.append(Carried(n, "memory" if same else how, same or isinstance(known, k.Num) and known.kind == "array"))
    if not any(is_shared(c, s, instance, kind, head) for c in found):
        return found
    alone = [c.how == "reference" and not is_changed_container(c, s, kind) for c in found]
    return [c if own else replace(c, how="state") for c, own in zip(found, alone, strict=True)]


def is_shared(c: Carried, s: ir.For | ir.While, instance: Any, kind: Any, head: Names) -> bool:
    """Whether a name is a container that changes, or an array that changes under another name, too."""
    if is_changed_container(c, s, kind):
        return True
    if c.how != "copy":
        return False
    aliases = instance.aliases or Aliases()
    inside = aliases.before.get(id(s.body[0]), {}) if s.body else {}
    others = closure(aliases.before.get(id(s), {}), {c.name}) | closure(inside, {c.name}) & head
    return bool((others - {c.name}) & aliases.changed_later(s.body))


def is_changed_container(c: Carried, s: ir.For | ir.While, kind: Any) -> bool:
    known = kind(ir.Name(c.name))
    if isinstance(known, k.Num) or not may_share(known):
        return False
    stored = {root(x.place) for x in statements(s.body) if isinstance(x, ir.Store | ir.Update)}
    return c.how != "reference" or c.name in stored


def updated_numbers(s: ir.For | ir.While, kind: Any) -> Names:
    """Names of which it is not known whether `+=` changes an array or binds a number."""
    names = {x.place.id for x in statements(s.body) if isinstance(x, ir.Update) and isinstance(x.place, ir.Name)}
    return frozenset(n for n in names if not is_array(kind(ir.Name(n))))


def live_at_head(s: ir.For | ir.While, instance: Any) -> Names:
    """Names whose values at the start of a step the step, or a later one, reads."""
    defined = {x.name: frozenset(x.captures) for x in statements(instance.body) if isinstance(x, ir.Define)}
    return Liveness(defined).loop(s, NONE)


def is_array(kind: k.Kind) -> bool:
    return isinstance(kind, k.Num) and kind.kind == "array"


# ----- refusals -----


def refuse_effects(s: ir.For | ir.While, instance: Any, evaluate: Any, diagnose: Any) -> None:
    """What a step does besides working out values would be done again."""
    for inner in statements(s.body):
        if isinstance(inner, ir.Opaque) and inner.kind not in QUIET:
            diagnose(
                "SG225", "a step of a checkpointed loop does something besides working out values, and is run again",
                instance, inner, None, "Move it out of the loop.",
            )  # fmt: skip
        for e in statement_expressions(inner):
            for sub in subexpressions(e):
                if not is_steady(sub, inner, instance, evaluate):
                    diagnose(
                        "SG225", "this call in a checkpointed loop may give something else, or do something, when "
                        "its step is run again", instance, inner, sub,
                        "Move it out of the loop: print after it, and draw random numbers before it.",
                    )  # fmt: skip


def refuse_followed(s: ir.For | ir.While, followed: Names, mirrored: Names, instance: Any, diagnose: Any) -> None:
    """A step that is run again would bind other shadows than the reverse sweep has."""
    changed = (instance.aliases or Aliases()).changed
    for inner in statements(s.body):
        names = followed.intersection(rebound_names(inner))
        names |= mirrored & (changed.get(id(inner), NONE) | frozenset(rebound_names(inner)))
        if names:
            diagnose(
                "SG226", f"only the run tells which memory `{min(names)}` names, in a checkpointed loop", instance,
                inner, None, "Write `.copy()` where the name is bound.",
            )  # fmt: skip
            return


# ----- what must be saved -----


def record(recorder: Any, s: ir.For | ir.While, node: Any, flow: Flow) -> Flow:
    """`Recorder.loop` for a checkpointed loop: what its steps need is there again when they are run again."""
    held = recorder.carried[id(s)]
    names = frozenset(h.name for h in held)
    rebound = block_rebinds(s.body) | frozenset(bound_names(s)) | recorder.extra(s)
    recorder.plan.unset += [n for n in sorted(names) if n not in flow.bound]
    recorder.ever |= names
    save_before(recorder, s, rebound - frozenset(h.name for h in held if h.how in ("reference", "state")), names, flow)
    outer, inner = recorder.scopes, Loop(s)
    recorder.scopes = [inner]
    start = Flow(recorder.reverse_reads(node.last), flow.bound | frozenset(bound_names(s)) | names)
    end = recorder.block(s.body, start)
    inside = meet([end, *inner.ends]).required
    recorder.scopes = outer
    after = recorder.without(s, flow.required, rebound) - frozenset(p + n for n in names for p in ("", MEMORY))
    after |= {r for r in flow.required if r.lstrip(BINDING + MEMORY) in names}  # there may be no step to restore it
    after |= moved_on(s, flow.required & rebound | {r for r in flow.required if r[1:] in rebound}, recorder)
    again = frozenset(block_reads(s.body)) & recorder.names_of_function
    constant = frozenset(n for n in again | inside if n.lstrip(BINDING + MEMORY) not in rebound | names)
    places = frozenset(BINDING + h.name for h in held if h.how == "memory")
    header = frozenset(n for e in header_parts(s) for n in reads(e)) - rebound
    first = recorder.reverse_reads(node.first)
    return Flow(after | constant | places | header | first | recorder.extra(s), flow.bound | recorder.extra(s))


def save_before(recorder: Any, s: ir.For | ir.While, rebound: Names, carried: Names, flow: Flow) -> None:
    """What the loop binds anew is bound again to the memory it had before, which other names may know."""
    changed = recorder.aliases.changed_later(s.body) & carried
    places = [n for n in sorted(rebound & changed) if n in flow.required or MEMORY + n in flow.required]
    if places:
        recorder.plan.contents[id(s)] = [ir.Name(n) for n in places]
    for name in sorted(n for n in rebound if n in places or is_needed(n, flow.required)):
        recorder.save(name, s, flow.bound)


def moved_on(s: ir.For | ir.While, required: Names, recorder: Any) -> Names:
    """The contents that are needed of names the loop binds, under all names they may have when it is left."""
    found = NONE
    for n in {r.removeprefix(MEMORY) for r in required if not r.startswith(BINDING)}:
        holders, wider = NONE, frozenset({n})
        while wider != holders:
            holders = wider
            for x in statements(s.body):
                bound = recorder.aliases.bound.get(id(x), {})
                wider |= {m for m, shared in bound.items() if shared & holders}
        found |= frozenset(MEMORY + m for m in holders)
    return found


def header_parts(s: ir.For | ir.While) -> tuple[ir.Expr, ...]:
    """What the reverse header reads: the number of steps of a `while` has been counted."""
    steps, snapshots = parts(s)
    return (steps, snapshots) if isinstance(s, ir.For) else (snapshots,)
