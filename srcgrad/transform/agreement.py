"""The functions of a program walked backward: what they save is agreed between those that call each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from ..analysis.instance import Instance
from ..analysis.lent import Lending, Terms, is_backward, shortened
from ..ir import nodes as ir
from ..ir.flow import exposed
from ..ir.rewrite import map_blocks, map_statement
from ..ir.walk import bound_names
from .assemble import Sweeps
from .gradient import Gradient

Backward = Callable[[Instance], str]


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


def callers(walked: list[Walked]) -> dict[int, list[Walked]]:
    """By function, those that call it and walk the call back."""
    found: dict[int, list[Walked]] = {}
    for w in walked:
        for called in {id(x.instance) for x in w.lendings}:
            found.setdefault(called, []).append(w)
    return found


def drop_unread(walked: list[Walked], handed: Callable[[Instance], list[str]], backward: Backward) -> None:
    """Memory is not handed to backward halves that have no use for it."""
    by = callers(walked)
    for w in reversed(walked):
        names = [] if w.entry else handed(w.instance)
        unread = set(names) - set(exposed(w.sweeps.reverse))
        if not unread:
            continue
        shorter = shortened(backward(w.instance), names, unread)
        for caller in by.get(id(w.instance), ()):
            caller.sweeps.reverse = [map_statement(shorter, s) for s in caller.sweeps.reverse]
        names[:] = [n for n in names if n not in unread]


def drop_saved(
    halves: list[Walked], walked: list[Walked], saved: Callable[[Walked], list[str]], backward: Backward
) -> None:
    """What a function that saves nothing would save is not kept, nor handed to its backward half."""
    by = callers(walked)
    waiting = [w for w in halves if not w.entry]
    while empty := [w for w in waiting if not saved(w)]:
        waiting = [w for w in waiting if w not in empty]
        for w in empty:
            idle = not (w.seeds or w.results or w.sweeps.reverse)
            for caller in by.get(id(w.instance), ()):
                leave_out(caller, w.instance, backward(w.instance), idle)


def leave_out(caller: Walked, callee: Instance, backward: str, idle: bool) -> None:
    """Both sweeps of a caller without what was saved for a backward half; without its calls if it does nothing."""
    sweeps, saved = caller.sweeps, caller.gradient.calls.saved
    nodes = [x for x in caller.gradient.by_id.values() if x.lending and x.lending.instance is callee]
    names = {saved[id(x.stmt)] for x in nodes}
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
                    unused = ir.Name(caller.gradient.names.unused)
                    found.append(replace(s, target=ir.Display(kind, (target, unused))))
                case ir.Eval(e) if idle and is_backward(e, backward):
                    pass
                case _:
                    found.append(map_blocks(kept, map_statement(shorter, s, blocks=False)))
        return found

    sweeps.forward, sweeps.reverse = kept(sweeps.forward), kept(sweeps.reverse)
    gone = stacks | names
    sweeps.setup = [s for s in sweeps.setup if not gone.issuperset(bound_names(s)) or not bound_names(s)]
    sweeps.stacks = [n for n in sweeps.stacks if n not in stacks]
