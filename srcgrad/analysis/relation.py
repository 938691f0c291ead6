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
    link(found, frozenset(a), frozenset(b))
    return found


def link(found: Relation, left: frozenset[str], right: frozenset[str]) -> None:
    for n in left:
        found[n] = found.get(n, NONE) | (right - {n})
    for n in right:
        found[n] = found.get(n, NONE) | (left - {n})


def rebound(relation: Relation, pairs: list[tuple[str, frozenset[str]]]) -> Relation:
    """After names are bound, all at once, to values that share memory with others."""
    targets = {n for n, _ in pairs}
    wide = {n: closure(relation, shared) for n, shared in pairs}
    found = without(relation, targets)
    if not any(wide.values()):
        return found
    found = dict(found) if found is relation else found
    for n, shared in wide.items():
        own = frozenset({n})
        link(found, own, shared - targets)
        for m, also in wide.items():
            if m != n and shared & also:  # what is taken apart may hold the same memory in two places
                link(found, own, frozenset({m}))
    return found


def without(relation: Relation, names: set[str]) -> Relation:
    """The same relation where none of the names is in it, else a new one."""
    if relation.keys().isdisjoint(names):
        return relation
    found = dict(relation)
    gone = [found.pop(n) for n in names if n in found]
    for n in NONE.union(*gone) - names:
        found[n] = found[n] - names
    return found


def joined(a: Relation, b: Relation) -> Relation:
    """What holds in either; `a` itself where nothing more holds in `b`."""
    if a is b:
        return a
    more = {n: others for n, others in b.items() if others is not (known := a.get(n, NONE)) and not others <= known}
    return {**a, **{n: a.get(n, NONE) | others for n, others in more.items()}} if more else a


def met(a: Relation | None, b: Relation | None) -> Relation | None:
    return a if b is None else b if a is None else joined(a, b)


def pairs_of_parameters(relation: Relation) -> frozenset[frozenset[str]]:
    """Parameters for which the caller has passed what now shares memory, or is tangled."""
    passed = {n: others for n, others in relation.items() if n.startswith(ENTRY)}
    names = ((n, m) for n, others in passed.items() for m in others if m in passed or m == TANGLED)
    return frozenset(frozenset({n.removeprefix(ENTRY), m.removeprefix(ENTRY)}) for n, m in names)
