"""Attributes of an object that are None at the same time, as names are in `none_together`.

    if self.m is None:                  self.v is None as well
        self.m = np.zeros(3)
        self.v = np.zeros(3)
    self.v[0] += ...                    neither is None

Two attributes belong together where two paths meet if they do so on each path: there they are in one group, or both are
known to be None, or both not to be.
"""

from __future__ import annotations

from typing import Any

from .kind_classes import NONE, Dict, Kind, Maybe, Never, Unknown

Groups = frozenset[frozenset[Any]]


def none_together(a: Dict, b: Dict, joined: tuple[tuple[Any, Kind], ...]) -> Groups:
    """The groups of an object that is one of two."""
    names = [n for n, kind in joined if isinstance(kind, Maybe)]
    if len(names) < 2:
        return frozenset()
    groups: dict[Any, set[Any]] = {}
    for n in names:
        groups.setdefault((answer(a, n), answer(b, n)), set()).add(n)
    return frozenset(frozenset(g) for g in groups.values() if len(g) > 1)


def answer(kind: Dict, name: Any) -> Any:
    """The same for attributes that are None at the same time."""
    held = dict(kind.items or ()).get(name, Never())
    if isinstance(held, Maybe):
        return with_group(kind, name)
    if isinstance(held, Unknown | Never):
        return name
    return held == NONE


def with_group(kind: Dict, name: Any) -> frozenset[Any]:
    """An attribute and those that are None when it is."""
    return next((g for g in kind.together if name in g), frozenset({name}))


def apart(kind: Dict, name: Any) -> Groups:
    """The groups after an attribute has been set or deleted."""
    left = (g - {name} for g in kind.together)
    return frozenset(g for g in left if len(g) > 1)
