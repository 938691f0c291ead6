"""Objects copied in depth: what is changed in the copy stays as it was in the original, and the other way round."""

import copy
from copy import deepcopy
from dataclasses import dataclass, field, replace

import numpy as np
from case import case


class Inner:
    def __init__(self, w):
        self.w = w


class Params:
    def __init__(self, a, b):
        self.a, self.b = a, [b, b * 2.0]
        self.inner = Inner(a * b)
        self.name = "params"
        self.last = None


def copy_changed(a, b):
    p = Params(a.copy(), b)
    q = copy.deepcopy(p)
    q.a *= 2.0
    q.b[0] = q.b[1] * a
    q.inner.w[0] = 5.0 * b[1]
    return np.sum(p.a * q.a) + np.sum(p.b[0] * q.b[0]) + np.sum(p.inner.w * q.inner.w)


def original_changed(a, b):
    p = Params(a.copy(), b)
    q = deepcopy(p)
    p.a *= 2.0
    p.b.append(a)
    p.inner.w = p.inner.w**2
    p.inner.w[1] = a[0]
    return np.sum(p.a * q.a) + len(q.b) * np.sum(p.b[2]) + np.sum(p.inner.w * q.inner.w)


def best_of_several(a, b):
    p, best = Params(a.copy(), b), None
    for i in range(3):
        p.a += 0.1 * np.sin(p.a) * i
        if best is None or i == 1:
            best = deepcopy(p)
    return np.sum(best.a * p.a * best.b[0])


def in_a_list(a, b):
    history, p = [], Inner(a.copy())
    for _ in range(3):
        history.append(deepcopy(p))
        p.w *= b
    return sum(np.sum(h.w**2) for h in history)


def last_copy(a, b):
    p, best = Inner(a * b), None
    for _ in range(2):
        p.w = np.sin(p.w)
        best = deepcopy(p)
    return np.sum(best.w * p.w)


@dataclass
class Scaled:
    x: float
    y: float = 1.0

    def __post_init__(self):
        self.y = self.x * 2.0


@dataclass
class Counted:
    x: float
    seen: float = field(init=False, default=1.0)
    parts: list = field(default_factory=lambda: [0.5] * 2)


class Ledger:
    def __init__(self, held, factor=2.0):
        self.held, self.factor = held, factor

    def __copy__(self):
        return Ledger(list(self.held), self.factor * 2.0)


def replaced_by_its_class(x):
    """`replace` makes another object: what `__post_init__` sets, and what is not given to `__init__`, is made anew."""
    p, c = Scaled(x), Counted(x)
    c.seen = x * 3.0
    c.parts[0] = x
    q, d = replace(p, x=x**3), replace(c, x=x * 5.0)
    d.parts[1] = x * x
    return p.y * q.y + c.seen * d.seen * d.x + sum(c.parts) * sum(d.parts)


def noted(log, v):
    log.append(v)
    return Scaled(v * len(log))


def made_where_it_is_copied(x):
    log = []
    p = replace(noted(log, x), x=x * 2.0)
    q = copy.copy(noted(log, x**2))
    return p.x * q.y * len(log)


def copied_in_its_own_way(x):
    ledger = Ledger([x, x * x])
    other = copy.copy(ledger)
    other.held[0] = x**3
    flat = copy.copy(Inner([x]))
    return other.factor * sum(other.held) * sum(ledger.held) * ledger.factor + flat.w[0]


X, Z = np.array([0.5, 1.2, 0.7]), np.array([0.3, -0.2, 0.9])
CASES = [case(f, X, Z) for f in (copy_changed, original_changed, best_of_several, in_a_list, last_copy)]
CASES += [case(replaced_by_its_class, 0.7), case(made_where_it_is_copied, 0.7), case(copied_in_its_own_way, 0.7)]
