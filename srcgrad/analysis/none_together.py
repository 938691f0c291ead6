"""Names that are None at the same time: what a test tells of one of them, it tells of all.

    t_last = None
    last = None
    for v in x:
        if last is not None:            t_last is not None either
            t_last[0] = ...
        t_last = t_x * v
        last = x * v

They are groups in the environment, under a name that no program has.  Two names belong together where two paths meet
if they do so on each path: there they are in one group, or both are known to be None, or both not to be.
"""

from __future__ import annotations

from typing import Any

from ..ir import nodes as ir
from ..ir.walk import bound_names
from . import kinds as k

Env = dict[str, k.Kind]
Groups = frozenset[frozenset[str]]
TOGETHER = "<none together>"


def groups_of(env: Env) -> Groups:
    found = env.get(TOGETHER)
    return found.value if isinstance(found, k.Known) else frozenset()


def with_group(name: str, env: Env) -> frozenset[str]:
    """A name and those that are None when it is."""
    return next((g for g in groups_of(env) if name in g), frozenset({name}))


def with_groups(env: Env, groups: Groups) -> Env:
    if groups:
        return {**env, TOGETHER: k.Known(groups)}
    return {n: kind for n, kind in env.items() if n != TOGETHER} if TOGETHER in env else env


def after(s: ir.Stmt, old: Env, new: Env) -> Env:
    """The environment after a statement that binds names: one that is bound to what another is joins its group."""
    copied = {}
    if isinstance(s, ir.Assign):
        pairs = zip(s.names, s.values, strict=True)
        copied = {n: v.id for n, v in pairs if isinstance(v, ir.Name) and isinstance(old.get(v.id), k.Maybe)}
    if not copied and TOGETHER not in old:
        return new
    gone = set() if isinstance(s, ir.Store) else set(bound_names(s)) - {n for n, m in copied.items() if n == m}
    before = groups_of(old) | {with_group(m, old) for m in copied.values()}
    found = {(g - gone) | {n for n, m in copied.items() if m in g} for g in before}
    return with_groups(new, frozenset(g for g in found if len(g) > 1))


def bound_apart(name: str, env: Env) -> None:
    """Note in an environment that a name has been bound to something else."""
    if TOGETHER in env:
        found = {g - {name} for g in groups_of(env)}
        env[TOGETHER] = k.Known(frozenset(g for g in found if len(g) > 1))


def met(a: Env, b: Env, joined: Env) -> Env:
    """The environment where two paths meet."""
    names = [n for n, kind in joined.items() if isinstance(kind, k.Maybe)]
    if len(names) < 2:
        return with_groups(joined, frozenset())
    found: dict[Any, set[str]] = {}
    one, other = answers_in(a), answers_in(b)
    for n in names:
        found.setdefault((one(n), other(n)), set()).add(n)
    return with_groups(joined, frozenset(frozenset(g) for g in found.values() if len(g) > 1))


def answers_in(env: Env) -> Any:
    """A function that gives the same for names that are None at the same time."""
    groups = {n: g for g in groups_of(env) for n in g}

    def answer(name: str) -> Any:
        match env.get(name):
            case k.Known(None):
                return True
            case k.Maybe():
                return groups.get(name, name)
            case None | k.Unknown() | k.Never():
                return name
        return False

    return answer
