"""The functions of a program walked backward: what they save is agreed between those that call each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from ..analysis.constructors import map_statement
from ..analysis.instance import Instance
from ..analysis.lent import Lending, Terms, is_backward, shortened
from ..ir import nodes as ir
from ..ir.flow import exposed
from ..ir.walk import blocks, bound_names, with_blocks
from .assemble import Sweeps
from .gradient import Gradient
from .names import Names


@dataclass(eq=False)
class Walked:
    """A function walked backward; `entry`: those who call it may need everything as it was.

    Of its halves: the adjoints that the backward half is given (`seeds`) and returns (`results`)."""

    instance: Instance
    wrt: list[str]
    gradient: Gradient
    entry: bool
    sweeps: Sweeps = field(default_factory=Sweeps)
    seeds: list[str] = field(default_factory=list)
    results: list[ir.Expr] = field(default_factory=list)

    @property
    def lendings(self) -> list[Lending]:
        return [node.lending for node in self.gradient.by_id.values() if node.lending is not None]

    def lent(self, terms: Terms) -> frozenset[str]:
        """Parameters of which callers need the memory, which the function changes, as it was."""
        changed = self.gradient.aliases.params
        return changed if self.entry else changed & terms.needed_of(self.instance)


def agree(walked: list[Walked], terms: Terms) -> None:
    """Decide what each function saves, again when its callers turn out to need more, or what it calls."""
    settled: dict[int, Any] = {}
    before = None
    while settled != before:
        before = dict(settled)
        for n, w in reversed(list(enumerate(walked))):
            lent = w.lent(terms)
            kept = [frozenset(terms.kept_of(x.instance)) for x in w.lendings]
            if settled.get(n) != (lent, kept):
                settled[n] = lent, kept
                w.gradient.settle(terms, lent)
                terms.note_kept(w.instance, w.gradient.aliases, w.gradient.recorder.ever)


def restoring(walked: list[Walked]) -> frozenset[int]:
    """The functions whose backward halves put back what was in memory, for their own lines or for their callers."""
    found = {id(w.instance) for w in walked if w.gradient.recorder.plan.contents or w.gradient.checkpointed()}
    before = -1
    while len(found) > before:
        before = len(found)
        found |= {id(w.instance) for w in walked if any(id(x.instance) in found for x in w.lendings)}
    return frozenset(found)


def drop_unread(walked: list[Walked], handed: Callable[[Instance], list[str]]) -> None:
    """Memory is not handed to backward halves that have no use for it."""
    for w in reversed(walked):
        names = [] if w.entry else handed(w.instance)
        unread = set(names) - set(exposed(w.sweeps.reverse))
        if not unread:
            continue
        backward = next((x.backward for caller in walked for x in caller.lendings if x.instance is w.instance), "")
        shorter = shortened(backward, names, unread)
        for caller in walked:
            caller.sweeps.reverse = [map_statement(shorter, s) for s in caller.sweeps.reverse]
        names[:] = [n for n in names if n not in unread]


def drop_saved(halves: list[Walked], callers: list[Walked], saved: Callable[[Walked], list[str]]) -> None:
    """What a function that saves nothing would save is not kept, nor handed to its backward half."""
    waiting = [w for w in halves if not w.entry]
    while empty := next((w for w in reversed(waiting) if not saved(w)), None):
        waiting.remove(empty)
        for caller in callers:
            nodes = [x for x in caller.gradient.by_id.values() if x.lending and x.lending.instance is empty.instance]
            names = {caller.gradient.calls.saved[id(x.stmt)] for x in nodes}
            for backward in {x.lending.backward for x in nodes if x.lending}:
                leave_out(caller.sweeps, names, backward, caller.gradient.names)
                if not (empty.seeds or empty.results or empty.sweeps.reverse):
                    caller.sweeps.reverse = without_calls(caller.sweeps.reverse, backward)


def leave_out(sweeps: Sweeps, names: set[str], backward: str, known: Names) -> None:
    """Both sweeps without the names of what was saved for a backward half."""
    stacks: set[str] = set()

    def shorter(e: ir.Expr) -> ir.Expr:
        return replace(e, args=e.args[1:]) if isinstance(e, ir.Apply) and is_backward(e, backward) else e

    def kept(block: Iterable[ir.Stmt]) -> list[ir.Stmt]:
        found: list[ir.Stmt] = []
        for s in block:
            match s:
                case ir.Push(stack, ir.Name(n)) | ir.Pop(n, stack) if n in names:
                    stacks.add(stack)
                case ir.Unpack(ir.Display(kind, (target, ir.Name(n))), _) if n in names:
                    found.append(replace(s, target=ir.Display(kind, (target, ir.Name(known.unused)))))
                case _:
                    new = map_statement(shorter, s, blocks=False)
                    found.append(with_blocks(new, *map(tuple, map(kept, blocks(s)))) if blocks(s) else new)
        return found

    sweeps.forward, sweeps.reverse = kept(sweeps.forward), kept(sweeps.reverse)
    gone = stacks | names
    sweeps.setup = [s for s in sweeps.setup if not gone.issuperset(bound_names(s)) or not bound_names(s)]
    sweeps.stacks = [n for n in sweeps.stacks if n not in stacks]


def without_calls(block: Iterable[ir.Stmt], backward: str) -> list[ir.Stmt]:
    """A block that does not call a backward half, which does nothing."""
    kept = [s for s in block if not (isinstance(s, ir.Eval) and is_backward(s.expr, backward))]
    return [with_blocks(s, *(tuple(without_calls(b, backward)) for b in blocks(s))) if blocks(s) else s for s in kept]
