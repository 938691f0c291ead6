"""Programs in which one expression reads a container and names for arrays in it, and functions are given the whole."""

from __future__ import annotations

from .writer import Writer

HEAD = """\
import numpy as np


class Pair:
    def __init__(self, a, b):
        self.a = a
        self.b = b

    def energy(self, v):
        return np.sum(self.a**2) * v + np.sum(self.b)

    def kick(self, v):
        self.a[0] = self.a[1] * v
        return np.sum(self.a)


def energy_of_list(c, v):
    return np.sum(c[0] ** 2) * v + np.sum(c[1] * v)


def kick_list(c, v):
    c[1][0] = c[0][1] * v
    return np.sum(c[1])


def energy_of_dict(c, v):
    return np.sum(c["a"] ** 2) * v + np.sum(c["b"] * v)


def kick_dict(c, v):
    c["a"][0] = c["b"][1] * v
    c["b"][1] += v
    return np.sum(c["a"])


"""
CONTAINERS = (  # made from arrays; two items; the energy and the kick of the whole
    ("[{}, {}]", ("c[0]", "c[1]"), "energy_of_list(c, {})", "kick_list(c, {})"),
    ('{{"a": {}, "b": {}}}', ('c["a"]', 'c["b"]'), "energy_of_dict(c, {})", "kick_dict(c, {})"),
    ("Pair({}, {})", ("c.a", "c.b"), "c.energy({})", "c.kick({})"),
)


class Parts(Writer):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.made, items, self.energy, self.kick = self.random.choice(CONTAINERS)
        self.items, self.names = list(items), ["w", "z"]
        self.statements = [(1.0, self.loop), (1.0, self.branch), (6.0, self.simple), (2.0, self.name)]

    def array(self) -> str:
        return self.pick(*self.items, *self.names)

    def factor(self) -> str:
        return self.pick("x[2]", "y[0]", "s", "0.5", "x[1]", "c0 * 0.3")

    def value(self) -> str:
        return self.pick(
            f"np.sum({self.array()} ** 2)", self.energy.format(self.factor()),
            f"np.sum({self.array()} * {self.array()})", f"np.tanh(np.sum({self.array()}))",
            f"{self.array()}[{self.pick('0', '1', '-1')}] * {self.factor()}",
        )  # fmt: skip

    def name(self, depth: int) -> list[str]:
        return [f"{self.pick(*self.names)} = {self.pick(*self.items)}{self.pick('', '', '[:]', '[::-1]')}"]

    def simple(self, depth: int) -> list[str]:
        place = f"{self.array()}[{self.pick('0', '1', '-1')}]"
        return [self.pick(
            f"{place} = {self.value()} * 0.3", f"{place} += 0.3 * {self.factor()} * {self.value()}",
            f"{self.array()} *= {self.factor()}", f"s = 0.3 * {self.value()} * {self.value()} + 0.1 * s",
            f"s = s + 0.2 * {self.kick.format(self.factor())}", f"s = np.sin(s) + {self.value()}",
            f"{self.pick(*self.items)} = {self.array()} * {self.factor()} + 0.1",
        )]  # fmt: skip

    def test(self) -> str:
        return f"if {self.pick('s', 'x[0]', 'w[1]')} > {self.pick('-9', '0', '0.4', '9')}:"


def program(seed: int) -> str:
    w = Parts(seed)
    body = ["s, c0 = c * 1.0, c", f"c = {w.made.format('x[:2] * y[2]', 'y[1:] * c0')}"]
    body += [f"w, z = {w.items[0]}, {w.items[1]}", *w.block(0, 4, 8)]
    body += [f"return s + {w.value()} * {w.value()} + {w.value()}"]
    return HEAD + "def f(x, y, c):\n" + "\n".join("    " + row for row in body) + "\n"
