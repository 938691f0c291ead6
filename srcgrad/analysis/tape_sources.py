"""Sources of a tape that its block, in code that is differentiated, may read under another name.

    v = x
    with GradientTape() as tape:
        tape.watch(x)
        y = np.sum(x * v)         refused: as a function of x, the block would take v for a constant
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..ir import nodes as ir
from ..ir.walk import reads, statements
from . import kinds as k
from .activation import remembered
from .aliases import Aliases, find_aliases
from .passed import call_arguments, calls_at
from .relation import closure
from .sharing import Sharing
from .tangles import TANGLED, Tangles

HINT = "Read it by one name in the block, or copy the other value before it."


def refuse_shared_sources(interpreter: Any, diagnose: Any) -> None:
    nested = interpreter.nested
    requests = {id(found): nested.requests[id(f)] for f, _, found in nested.emitted}
    blocks = {n: r for n, r in requests.items() if r.primal.made and r.kind in ("tape", "grad", "jacobian")}
    if not blocks:
        return
    facts = find_aliases(interpreter.instances.values(), lambda i, s: remembered(interpreter, i, s), True)
    for instance in interpreter.reached():
        every = list(statements(instance.body))
        for s in every:
            for called in calls_at(instance, s):
                request = blocks.get(id(called.instance.function))
                if request is None or id(instance) not in facts:
                    continue
                memory = Memory(interpreter, instance, facts, every)
                found = next(memory.shared(s, request, call_arguments(called)), None)
                if found is not None:
                    message = "`{}` and `{}`, which the block of this gradient reads, may be the same memory"
                    diagnose("SG416", message.format(*found), instance, s, None, HINT)


class Memory:
    """What the arguments of calls in a function share memory with."""

    def __init__(self, interpreter: Any, instance: Any, facts: dict[int, Aliases], every: list[ir.Stmt]) -> None:
        self.interpreter, self.instance, self.facts = interpreter, instance, facts
        self.words = set(re.findall(r"\w+", instance.function.source.text))
        self.kept = {n: (s, v) for s in every if isinstance(s, ir.Assign)
                     for n, v in zip(s.names, s.values, strict=True) if n not in self.words}  # fmt: skip

    def shared(self, s: ir.Stmt, request: Any, args: dict[str, ir.Expr]) -> Iterator[tuple[str, str]]:
        """Sources, and what else of the program is passed that may be the same."""
        roots = {w: n for w, n in parts_of(request).items() if w not in self.words}
        reached = {n: self.reach(s, e) for n, e in args.items() if n in self.words}
        for n in dict.fromkeys(roots.get(w, w) for w in request.wrt):
            if n in roots.values() and TANGLED in reached.get(n, ()):
                yield n, n
            for other, names in reached.items():
                if other != n and names & reached.get(n, frozenset()) - {TANGLED}:
                    yield n, other

    def reach(self, s: ir.Stmt, e: ir.Expr) -> frozenset[str]:
        """The names with which a value shares memory, at the time when it was kept for the block."""
        if isinstance(e, ir.Name) and e.id in self.kept:
            s, copied = self.kept[e.id]
            return frozenset().union(*(self.reach(s, ir.Name(n)) for n in reads(copied)))
        sharing = Sharing(remembered(self.interpreter, self.instance, s), self.instance.calls,
                          lambda c: self.facts.get(id(c), Aliases()))  # fmt: skip
        relation = self.facts[id(self.instance)].before.get(id(s), {})
        return closure(relation, Tangles(sharing, relation).reach(e))


def parts_of(request: Any) -> dict[str, str]:
    """The parameter of which each source that is a part is one: `s.w = s.w + s_w_shift`."""
    found = {}
    for s in statements(request.primal.body):
        if isinstance(s, ir.Store):
            moved = set(request.wrt) & reads(s.value)
            base: Any = s.place
            while isinstance(base, ir.Attribute | ir.Index):
                base = base.base
            if moved and isinstance(base, ir.Name):
                found[moved.pop()] = base.id
    return found


def refuse_replaced_parts(interpreter: Any, evaluate: Any, function: Any, wrt: tuple[str, ...], diagnose: Any) -> None:
    """Refuse what a block puts in the place of a source that is a part, by a method, say; and numbers of an array."""
    shifts = {n for n in wrt if "_shift" in n}  # see `frontend.block_gradient`
    stores = [s for s in statements(function.body) if isinstance(s, ir.Store) and reads(s.value) & shifts]
    moved = {last_step(s.place) for s in stores}
    hint = "Give the source a name, before it is used."
    for instance in interpreter.reached() if moved else ():
        for s in statements(instance.body):
            if not isinstance(s, ir.Store | ir.Update) or last_step(s.place) not in moved:
                continue
            if not reads(s.value) & shifts:
                message = "the block of this gradient puts something else in the place of its source"
                diagnose("SG209", message, instance, s, None, hint)
            elif isinstance(s, ir.Store) and isinstance(evaluate(instance, s, s.place.base), k.Num):
                diagnose("SG209", "the source of this gradient is a number of an array", instance, s, None, hint)


def last_step(place: ir.Expr) -> Any:
    match place:
        case ir.Attribute(_, name):
            return name
        case ir.Index(_, ir.Const(key)):
            return key
    return place
