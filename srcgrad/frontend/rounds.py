"""`srcgrad.gradients` inside a loop: the statements of one round, with what they begin with.

    for n in range(steps):
        batch = x[rng.integers(9)]
        loss = np.mean((batch @ w) ** 2)          def round(batch, w):
        (g,) = gradients(loss, [w])        ->         loss = np.mean((batch @ w) ** 2)
        w = w - rate * g                              return loss

It begins with the first statement that reads or binds a source.  That is right where nothing else that it reads was
computed from the source, in an earlier round or before the loop; else the gradients would lack that way.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .blocks import LOOPS, Test, binds, names_in, needed, own_nodes
from .dependents import Dependents
from .flattened import Flattened, Given
from .text_memory import changed_in_place, functions_of, is_counter, is_own
from .text_names import may_change, nested_reads, own_names, parameters, reads, slice_of, touches

HINT = "Ask for them after the loop, or take one round as a function of its own: `srcgrad.grad(step)`."
BY_ITEM = "Loop over the positions, `for i in range(len(g))`, and take the item inside: `g[i]`."


class NoRound(Exception):
    """Why the statements of one round do not do."""

    def __init__(self, message: str, hint: str = HINT) -> None:
        super().__init__(f"these gradients are asked for inside a loop, and {message}")
        self.hint = hint


@dataclass(frozen=True)
class Round:
    """A loop, its statements from the first that matters to the one with the call, and what they begin with.

    Before the call run the statements `before`, which go by the names `reached`, and those that are `idle`.
    The loop is None where they are those of the function from its beginning.  `inner` are the loops around the call.
    """

    loop: Any
    body: list[Any]
    before: list[Any]
    start: list[str]
    idle: list[Any]
    inner: Flattened
    reached: set[str]


@dataclass(frozen=True)
class Asking:
    """A call in a function, with the names and expressions that gradients are asked for.

    `others` is the module, as far as it is known: there may be the functions that it calls.
    """

    function: Any
    call: Any
    sources: list[str]
    targets: list[Any]
    stops: list[str]
    others: Any = None

    @property
    def wanted(self) -> set[str]:
        return {*self.sources, *self.stops}.union(*(names_in(t) for t in self.targets))


def round_of(asked: Asking) -> Round | None:
    """The statements between what gradients are asked of: of a round, or of the function from its beginning.

    None where those are all before the call; raises NoRound where no statements would do.
    """
    found = [n for n in own_nodes(asked.function.body) if isinstance(n, LOOPS) and holds(n.body, asked.call)]
    why: NoRound | None = None
    for loop in sorted(found, key=lambda n: (n.lineno, n.col_offset), reverse=True):
        try:
            return in_loop(asked, loop)
        except NoRound as reason:
            why = why or reason
    try:
        whole = from_the_start(asked)
    except NoRound as reason:
        raise why or reason from None
    return whole if whole.inner.loops or whole.idle else None


def holds(body: list[Any], call: Any) -> bool:
    return any(n is call for n in own_nodes(body))


def in_loop(asked: Asking, loop: Any) -> Round:
    at = next(n for n, s in enumerate(loop.body) if any(x is asked.call for x in ast.walk(s)))
    mentioned = {*asked.sources, *asked.stops}
    closures = nested_reads(asked.function)
    first = next((n for n, s in enumerate(loop.body[:at]) if touches(s, mentioned, closures)), at)
    body = loop.body[first : at + 1]
    inner, idle, reached = sliced(asked, body, whole=True)
    before = inner.path
    own = own_names(asked.function)
    read = [n for n in needed(before) if n in own]
    read += sorted(n for n in asked.wanted if n in own and n not in read and not any(binds(s, n) for s in before))
    for n in read:
        if any(binds(s, n) for s in before):
            raise NoRound(f"`{n}` is read and bound anew, or changed, before them in the same round")
    for x in (n for n in asked.sources if n in read):
        refuse_dependent(asked, x, loop.body[first], [n for n in read if n in reached])
    check_inner(asked, inner, reached)
    return Round(loop, body, before, read, idle, inner, reached)


def refuse_dependent(
    asked: Asking, x: str, statement: Any, names: list[str], generators: Sequence[Any] = ()
) -> None:
    beside, closures = functions_of(asked.others), nested_reads(asked.function)
    dependent = Dependents(asked.function, x, statement, closures, beside).in_comprehension(generators)
    for n in names:
        if n != x and n in dependent:
            hint = BY_ITEM if n in generated(asked) else HINT
            raise NoRound(f"`{n}`, which they go through, may have been computed from `{x}` before", hint)


def generated(asked: Asking) -> set[str]:
    """The variables of loops and comprehensions."""
    nodes = (n for n in own_nodes(asked.function.body) if isinstance(n, ast.For | ast.comprehension))
    return set().union(*(names_in(n.target, ast.Store) for n in nodes))


def sliced(asked: Asking, body: list[Any], whole: bool) -> tuple[Flattened, list[Any], set[str]]:
    """The way to the call without what it does not need, that, and the names that matter.

    `whole`: what does not bind such a name is left out; else it has to leave alone what they hold, too, outside of
    the inner loops.  Inside of those, what does not depend on the sources is given and not computed again.
    """
    closures = nested_reads(asked.function)
    path = Flattened(body, asked.call, asked.wanted)
    tests = set().union(*(names_in(s) for s in path.path if isinstance(s, Test)))
    steady = [s for s in path.inside if is_steady(asked, s, path)]
    reached = slice_of([s for s in path.path if s not in steady], asked.wanted | tests, closures)
    idle = [s for s in path.path if not isinstance(s, Test | Given) and not may_change(s) & reached]
    if not whole:
        inside = [*steady, *(s for s in idle if s in path.inside)]
        near = holders(path.path, reached, closures)
        apart = [s for s in idle if binds_names(s) and not reads(s, closures) & near and s not in inside]
        idle = inside + unread([s for s in path.path if s not in inside], apart, closures)
    idle += [s for s in steady if s not in idle]
    return Flattened(body, asked.call, asked.wanted, idle), idle, reached & own_names(asked.function)


def holders(path: list[Any], names: set[str], closures: Any) -> set[str]:
    """Some names, and those of what may hold their memory."""
    while True:
        more = set().union(*(may_change(s) for s in path if reads(s, closures) & names)) - names
        if not more:
            return names
        names = names | more


def binds_names(s: Any) -> bool:
    return isinstance(s, ast.Assign) and not isinstance(s, Given) and all(isinstance(t, ast.Name) for t in s.targets)


def unread(path: list[Any], found: list[Any], closures: Any) -> list[Any]:
    """Those of some statements that no other ones read from."""
    while True:
        read = set().union(*(reads(s, closures) for s in path if s not in found))
        rest = [s for s in found if not may_change(s) & read]
        if len(rest) == len(found):
            return rest
        found = rest


def is_steady(asked: Asking, s: Any, path: Flattened) -> bool:
    """Whether a statement of an inner loop binds variables that depend on no source, and keep what they hold."""
    if not binds_names(s):
        return False
    names, behind = names_in(s, ast.Store), path.path[path.path.index(s) + 1 :]
    if names & {*asked.sources, *asked.stops} or any(binds(x, n) for x in behind for n in names):
        return False
    others, closures = functions_of(asked.others), nested_reads(asked.function)
    found = (Dependents(asked.function, x, path.statement, closures, others).found for x in asked.sources)
    return not any(names & dependent for dependent in found)


def from_the_start(asked: Asking) -> Round:
    """The statements of the function up to the call, with one round of the loops around it."""
    function = asked.function
    at = next(n for n, s in enumerate(function.body) if any(x is asked.call for x in ast.walk(s)))
    start = 1 if isinstance(function.body[0], ast.Expr) and isinstance(function.body[0].value, ast.Constant) else 0
    body = function.body[start : at + 1]
    inner, idle, reached = sliced(asked, body, whole=False)
    check_inner(asked, inner, reached)
    return Round(None, body, inner.path, sorted(parameters(function)), idle, inner, reached)


def check_inner(asked: Asking, inner: Flattened, reached: set[str]) -> None:
    """NoRound unless what the inner loops are given was not computed from a source, and is as it was."""
    for s, given in ((s, g) for s, g in inner.loops if isinstance(s, LOOPS)):
        for x in asked.sources:
            if x in may_change(s):
                raise NoRound(f"`{x}` is bound anew, or changed, in it")
        outside = set().union(*(names_in(x) for x in inner.path[: inner.path.index(given)]))
        for n in changed_in_place(s):
            seen = n in reached and n in given.names and n in outside
            if not is_counter(asked.function, n) and (seen or not is_own(asked.function, n)):
                raise NoRound(f"memory of `{n}`, which they may go through, is changed in it")
    for _, given in inner.loops:
        for n in given.names:
            if n in (*asked.sources, *asked.stops):
                raise NoRound(f"`{n}` is bound by it")
            if any(binds(x, n) for x in inner.path[inner.path.index(given) + 1 :]):
                raise NoRound(f"`{n}` is read and bound anew, or changed, before them in the same round")
    for x in asked.sources if inner.names else ():
        refuse_dependent(asked, x, inner.statement, inner.names, inner.comprehensions)
