"""A symmetric relation among the names of a function: which may share memory (may-alias pairs)."""

from __future__ import annotations

from collections.abc import Iterable

TANGLED = "<tangled>"  # related to what holds the same memory in two places; it is a mark, and no memory
ENTRY = "<entry> "  # with the name of a parameter: what the caller passed for it
NONE: frozenset[str] = frozenset()
Relation = dict[str, frozenset[str]]


def closure(relation: Relation, names: Iterable[str]) -> frozenset[str]:
    found = frozenset(names)
    return found.union(*(relation.get(n, NONE) for n in found if n != TANGLED))


def linked(relation: Relation, a: Iterable[str], b: Iterable[str]) -> Relation:
    """Everything in `a` now shares memory with everything in `b`."""
    found = dict(relation)
    left, right = frozenset(a), frozenset(b)
    for n in left:
        found[n] = found.get(n, NONE) | (right - {n})
    for n in right:
        found[n] = found.get(n, NONE) | (left - {n})
    return found


def rebound(relation: Relation, pairs: list[tuple[str, frozenset[str]]]) -> Relation:
    """After names are bound, all at once, to values that share memory with others."""
    targets = {n for n, _ in pairs}
    wide = {n: closure(relation, shared) for n, shared in pairs}
    found = without(relation, targets)
    for n, shared in wide.items():
        others = shared - targets
        found = linked(found, {n}, others) if others else found
        for m, also in wide.items():
            if m != n and shared & also:  # what is taken apart may hold the same memory in two places
                found = linked(found, {n}, {m})
    return found


def without(relation: Relation, names: set[str]) -> Relation:
    if relation.keys().isdisjoint(names):
        return relation
    found = {n: r for n, r in relation.items() if n not in names}
    for n in NONE.union(*(relation.get(n, NONE) for n in names)) - names:
        found[n] = found[n] - names
    return found


def joined(a: Relation, b: Relation) -> Relation:
    return {n: a.get(n, NONE) | b.get(n, NONE) for n in {*a, *b} if a.get(n) or b.get(n)}


def met(a: Relation | None, b: Relation | None) -> Relation | None:
    return a if b is None else b if a is None else joined(a, b)


def pairs_of_parameters(relation: Relation) -> frozenset[frozenset[str]]:
    """Parameters for which the caller has passed what now shares memory, or is tangled."""
    passed = {n: others for n, others in relation.items() if n.startswith(ENTRY)}
    names = ((n, m) for n, others in passed.items() for m in others if m in passed or m == TANGLED)
    return frozenset(frozenset({n.removeprefix(ENTRY), m.removeprefix(ENTRY)}) for n, m in names)
