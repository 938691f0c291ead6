"""Programs over objects whose attributes change, by methods, properties and helpers, with empty containers filled."""

from __future__ import annotations

from .writer import Writer

HEAD = """\
import numpy as np


class Ball:
    def __init__(self, p, q=0.5):
        self.p = p
        self.q = q * 2.0
        self.n = 0

    def push(self, k):
        self.p = self.p * k + self.q
        self.n += 1
        return self

    def kick(self, k):
        self.q += k * self.p

    def energy(self):
        return self.p * self.p + self.q

    @property
    def twice(self):
        return self.p * 2.0

    @twice.setter
    def twice(self, v):
        self.p = v / 2.0


class Heavy(Ball):
    def __init__(self, p, m):
        super().__init__(p * m)
        self.m = m

    def push(self, k):
        super().push(k * self.m)
        self.m *= k
        return self


class Field:
    def __init__(self, a):
        self.a = a * 1.0
        self.old = []

    def grow(self, k):
        self.a[1:] += k * self.a[:-1]
        return self

    def keep(self):
        self.old.append(self.a[0] * self.a[1])

    def total(self):
        return np.sum(self.a) + sum(self.old)


def fill(bag, v):
    bag.append(v)
    bag.append(v * v)


def note(table, v):
    table["w"] = v
    return table


def pair(v, w):
    return Ball(v, w).push(w)


"""
BALLS = ("b", "h", "e")


class Objects(Writer):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        forms = [
            "{0}.p = {1}", "{0}.q *= {1}", "{0}.p += {1}", "{0}.push({1})", "{0}.kick({1})", "t = {0}.push({1}).q",
            "{0}.twice = {1}", "{0}.twice *= {1}", "t = t + {0}.energy()", "e = pair({1}, {0}.p)", "h.m = {1}",
            "e = {0}.push({1}) if t > 0.3 else {0}", "g = {0}.push; g({1})", "b.p, h.q = h.q, b.p", "h = Heavy({1}, s)",
        ]  # fmt: skip
        fields = [
            "f.grow({1})", "f.a[{2}] = {1}", "f.a *= {1}", "f.keep()", "t = f.grow({1}).a[{2}]", "f.a = f.a * {1}",
            "fill(bag, {1})", "t = bag[-1] * {1}", 'note(table, {1})["v"] = {1}', 't = table["w"]', "f.old.append({1})",
        ]  # fmt: skip
        lists = [
            "for o in balls:\n    t = t + o.push({1}).p", "balls.append(Ball({1}))", "balls[0].p *= {1}",
            "t = t + sum(o.q for o in balls)", "balls[-1].kick({1})", "t = balls[0].n * {1}",
        ]  # fmt: skip
        self.statements = [
            (0.8, self.loop), (0.9, self.branch), (5.0, lambda n: self.change(forms)),
            (3.0, lambda n: self.change(fields)), (1.5, lambda n: self.change(lists)),
        ]  # fmt: skip

    def value(self) -> str:
        return self.pick(
            "x[0]", "x[1] * 0.6", "s", "b.p * 0.4", "h.q * s", "h.m * 0.5", "t * 0.3", "f.a[1] * 0.5",
            "e.energy() * 0.1", "np.tanh(b.q)", "f.total() * 0.1", "s * x[2]", "b.twice * 0.2", "np.sin(e.p)",
        )  # fmt: skip

    def change(self, forms: list[str]) -> list[str]:
        row = self.random.choice(forms).format(self.pick(*BALLS), self.value(), self.pick("0", "-1", "1"))
        return row.split("\n")

    def simple(self, depth: int) -> list[str]:
        return [f"t = {self.value()}"]

    def test(self) -> str:
        return f"if {self.pick('s', 't', 'b.p', 'h.q')} > {self.pick('-9', '0', '0.4', '9')}:"


def program(seed: int) -> str:
    """A function `f(x, y, c)`: the arguments are those of the programs over arrays."""
    w = Objects(seed)
    body = [
        "s = c * 1.0", "b = Ball(x[0], s)", "h = Heavy(x[1], s)", "e = Ball(s)", "f = Field(y * s)", "bag = []",
        "fill(bag, x[2])", 'table = {"v": s}', 'table["w"] = x[0]', "balls = [Ball(s, x[1]), Ball(x[2])]", "t = s * s",
        *w.block(0, 4, 9),
        "return t + b.energy() * h.energy() + e.p + h.m + f.total() + sum(bag) + table['v'] * table['w'] + balls[-1].p",
    ]  # fmt: skip
    return HEAD + "def f(x, y, c):\n" + "\n".join("    " + row for row in body) + "\n"
