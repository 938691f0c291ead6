"""Objects that are in several places, with attributes that are None at first."""

from __future__ import annotations

import numpy as np
from case import case

X = np.array([0.6, 1.1, 1.7])


class Cell:
    def __init__(self, w):
        self.w = w
        self.kept = None
        self.total = None
        self.log = None

    def see(self, x):
        if self.kept is None:
            self.kept = x * self.w
            self.log = []
        else:
            self.kept *= 1.0 + x
        self.log.append(self.kept[0])
        self.total = np.sum(self.kept) if self.total is None else self.total * 1.5 + self.kept[1]
        return self.kept * 2.0


def one_object_twice(x, w):
    c = Cell(w)
    cells = [c, Cell(w + 1.0), c]
    for d in cells:
        x = np.sin(d.see(x))
    c.kept[1:] *= 3.0
    return np.sum(x) + sum(np.sum(d.kept) * d.total for d in cells)


def forgotten(x, w):
    c = Cell(w)
    cells = [c, c]
    for n, d in enumerate(cells * 2):
        x = np.sin(d.see(x))
        if n == 1:
            c.kept = None
            c.total = None
    return np.sum(x) + sum(np.sum(d.kept) * d.total for d in cells)


CASES = [case(one_object_twice, X, 0.7), case(forgotten, X, 0.7)]
