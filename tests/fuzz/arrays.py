"""Programs over arrays: arithmetic, loops, branches, elements and slices changed in place, views, swaps, helpers."""

from __future__ import annotations

from .writer import Writer

HEAD = """\
import numpy as np


def scale(u, c):
    u *= c
    u[0] += c * u[1]
    return np.sum(u)


def mixed(u, v):
    w = u * v
    w[1:] += u[:-1]
    return w


"""
UNARY = (
    "np.sin({})", "np.tanh({})", "-{}", "{} * 2.0", "{}**2", "np.exp(-{}**2)", "{}[::-1]", "{}.copy()", "np.cumsum({})",
)  # fmt: skip
BINARY = (
    "{} + {}", "{} - {}", "{} * {}", "{} * c + {} * c", "np.maximum({}, 0.3) * {}", "np.sum({}) * {}",
    "{} + np.sum({})", "np.where({} > 0.0, {}, c)", "{} / (2.0 + {}**2)", "mixed({}, {})", "np.outer({}, {})[1]",
)  # fmt: skip
PART = ("[:2]", "[1:]", "[0]", "[-1]", "[::2]", "[...]", "[[0, 2]]", "[[1, 1]]")


class Arrays(Writer):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.names = ["x", "y", "u", "v", "w"]
        self.statements = [
            (1.2, self.loop), (0.6, self.while_loop), (1.2, self.branch), (3.0, self.simple), (2.5, self.assign),
            (1.6, self.part_update), (1.0, self.part_store), (0.8, self.swap), (0.7, self.chained), (0.7, self.helper),
            (0.6, self.view), (0.5, self.update), (0.4, self.swap_elements), (0.4, self.leave), (0.3, self.buffer),
        ]  # fmt: skip

    def name(self) -> str:
        return self.random.choice(self.names)

    def expression(self) -> str:
        if self.random.random() < 0.4:
            return self.pick(*UNARY).format(self.name())
        return self.pick(*BINARY).format(self.name(), self.name())

    def scalar(self) -> str:
        return self.pick("c", "0.5", f"{self.name()}[1]", f"np.sum({self.name()}) * 0.1", f"{self.name()}[0] * c")

    def while_loop(self, depth: int) -> list[str]:
        if depth > 1:
            return self.simple(depth)
        n = f"n{depth}"
        return [f"{n} = 0", f"while {n} < 2:", f"    {n} += 1", *self.inside(depth, 1, 2)]

    def test(self) -> str:
        limit = self.pick("-0.5", "0.0", "0.5", "99", "-99")
        return f"if np.sum({self.name()}) > {limit}:"

    def leave(self, depth: int) -> list[str]:
        if depth > 1:
            return self.simple(depth)
        way = self.pick("break", "continue")
        test = f"if np.sum({self.name()}) > {self.pick('0.0', '0.5', '-9')}:"
        head = f"for k{depth} in range({self.number(2, 4)}):"
        return [head, *self.inside(depth, 1, 2), f"    {test}", f"        {way}", *self.inside(depth, 1, 2)]

    def simple(self, depth: int) -> list[str]:
        t = self.name()
        return [f"{t} = ({self.expression()}) * 0.3 + {t} * 0.5"]

    def assign(self, depth: int) -> list[str]:
        if depth:
            return [f"{self.name()} = {self.expression()}"]
        t = self.pick(*"pqrst")
        row = f"{t} = {self.expression()}"
        if t not in self.names:
            self.names.append(t)
        return [row]

    def update(self, depth: int) -> list[str]:
        return [f"{self.name()} {self.pick('+=', '-=', '*=')} {self.pick(self.name(), self.scalar())}"]

    def part_update(self, depth: int) -> list[str]:
        return [f"{self.name()}{self.pick(*PART)} {self.pick('+=', '*=', '-=')} {self.scalar()}"]

    def part_store(self, depth: int) -> list[str]:
        return [f"{self.name()}{self.pick(*PART)} = {self.scalar()}"]

    def swap(self, depth: int) -> list[str]:
        a, b = self.random.sample(self.names, 2)
        return [f"{a}, {b} = {b}, {a}"]

    def swap_elements(self, depth: int) -> list[str]:
        a = self.name()
        return [f"{a}[0], {a}[2] = {a}[2], {a}[0]"]

    def chained(self, depth: int) -> list[str]:
        return [f"{self.name()}[0] = {self.name()}[-1] = {self.scalar()}"]

    def helper(self, depth: int) -> list[str]:
        t = self.name()
        return [f"{t} = {t} + scale({self.name()}, {self.pick('c', '0.7')})"]

    def view(self, depth: int) -> list[str]:
        part = self.pick("[1:]", "[:2]", "[::2]", "[...]")
        return [f"part = {self.name()}{part}", f"part {self.pick('*=', '+=')} {self.pick('c', '0.5')}"]

    def buffer(self, depth: int) -> list[str]:
        a, b = self.random.sample(self.names, 2)
        rows = [f"for k{depth} in range(2):", f"    new{depth}[1:-1] = {a}[:-2] * c + {a}[2:]",
                f"    new{depth}[0] = new{depth}[-1] = {a}[1]", f"    {a}, new{depth} = new{depth}, {a}"]  # fmt: skip
        return [f"new{depth} = np.empty_like({b})", *rows]


def program(seed: int) -> str:
    """A function `f(x, y, c)` of two arrays of three and a number."""
    w = Arrays(seed)
    first = [f"{n} = {w.pick('x', 'y')} * {w.pick('1.5', 'c', '0.7')}" for n in "uvw"]
    body = [*first, *w.block(0, 4, 9)]
    body.append("return " + " + ".join(f"np.sum({w.name()} * {w.name()})" for _ in range(3)))
    return HEAD + "def f(x, y, c):\n" + "\n".join("    " + row for row in body) + "\n"
