"""Objects of classes with the rarer operators: `&`, `|`, `^`, `<<`, `>>`, `~`, divmod and round."""

from __future__ import annotations

import operator

import numpy as np
from case import case

X = np.array([0.6, 1.1, 1.7, 0.9])


class Signal:
    """Gates of fuzzy logic, pipes and shifts."""

    def __init__(self, level, gain):
        self.level, self.gain = level, gain

    def __and__(self, other):
        return Signal(self.level * other.level, self.gain)

    def __or__(self, other):
        return Signal(self.level + other.level - self.level * other.level, other.gain)

    def __ror__(self, number):
        return Signal(self.level + number, self.gain)

    def __xor__(self, power):
        return self.level**power

    def __invert__(self):
        return Signal(1.0 - self.level, self.gain)

    def __lshift__(self, amount):
        self.level = self.level * (1.0 + amount)
        return self

    def __rshift__(self, stage):
        return stage(self)

    def __iand__(self, other):
        self.level *= other.level
        return self

    def __divmod__(self, other):
        return self.level * other, self.gain + other

    def __rdivmod__(self, number):
        return number / self.level, number - self.gain

    def __round__(self, digits=1):
        return self.level * self.gain * digits


def fuzzy(x):
    a, b, c = Signal(x[0], 1.0), Signal(x[1], x[3]), Signal(x[2], 2.0)
    rule = a & ~b | c & b
    return rule.level * rule.gain * (0.5 | a).level


def pipes(x):
    s = Signal(x[0], x[1])
    s << x[2] << x[3]
    return (s >> (lambda p: p.level * p.gain)) * (s ^ 2)


def changed_under_two_names(x):
    a = Signal(x[0], x[1])
    b = a
    a &= Signal(x[2], 1.0)
    b |= a
    return a.level * b.level * b.gain


def divided_with_a_remainder(x):
    s = Signal(x[0], x[1])
    q, r = divmod(s, x[2])
    p, t = divmod(2.0, s)
    return q * r + p * t


def rounded(x):
    s = Signal(x[0], x[1])
    return round(s) * round(s, 3) + operator.and_(s, Signal(x[2], 1.0)).level


def folded(x):
    signals = [Signal(v, v * v) for v in x]
    total = signals[0]
    for s in signals[1:]:
        total = total & ~s
    return total.level * total.gain


CASES = [
    case(fuzzy, X),
    case(pipes, X),
    case(changed_under_two_names, X),
    case(divided_with_a_remainder, X),
    case(rounded, X),
    case(folded, X),
]
