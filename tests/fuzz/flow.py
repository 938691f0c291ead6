"""Programs of few names and much control: each name is bound in many places, on some paths in none.

What must be saved, and where, depends on every path on which a name may still hold what some line has yet to read.
"""

from __future__ import annotations

from .writer import Writer

NAMES = ("a", "b", "s")
TESTS = ("k0 > 0", "k0 == j", "j > 0", "total > 0.3", "x[0] < y[1]", "(k0 + j) % 2")


class Flow(Writer):
    """`bound`: names that are bound on every path to where the program is being written."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.loops = 0
        self.bound = {"s"}
        self.statements = [(6, self.simple), (3, self.nest), (4, self.fork), (1.5, self.turn), (1, self.leave)]

    def operand(self) -> str:
        others = ("c", "x[0]", "x[1]", "x[j]", "y[1]", "y[j]", "0.5", "total")
        return self.pick(*3 * sorted(self.bound), *others)

    def value(self) -> str:
        a, b = self.operand(), self.operand()
        return self.pick(f"{a} * {b}", f"{b} * {a}", f"np.sin({a})", f"{a} + {b} * c", f"0.5 * {a}", a, f"np.tanh({b})")

    def simple(self, depth: int) -> list[str]:
        chance = self.random.random()
        if chance < 0.35:
            return [self.pick(f"total += {self.value()}", f"total = np.cos(total) + {self.value()}")]
        if chance < 0.5:
            stored, added, scaled = self.operand(), self.value(), self.operand()
            return [self.pick(f"x[j] = np.sin({stored})", f"x[1] += {added}", f"y[j] *= {scaled}")]
        if chance < 0.6:
            return [self.pick("j = k0 % 3", "j = (j + 1) % 3", "j = 2 - j", "r = x[j]; total += r * r")]
        if {"a", "b"} <= self.bound and chance < 0.7:
            return ["a, b = b, a"]
        name, value = self.pick(*NAMES), self.value()
        self.bound.add(name)
        return [f"{name} = {value}"]

    def test(self) -> str:
        return f"if {self.pick(*TESTS)}:"

    def part(self, depth: int) -> list[str]:
        """A block that may not run: what it binds may not be bound after it."""
        before = set(self.bound)
        rows = self.inside(depth, 1, 4)
        self.bound = before
        return rows

    def body(self, depth: int) -> list[str]:
        self.loops += 1
        rows = self.part(depth)
        self.loops -= 1
        return rows

    def nest(self, depth: int) -> list[str]:
        if depth > 3:
            return self.simple(depth)
        return [f"for k{depth} in range({self.pick('0', '1', '2', '3', 'j', 'k0')}):", *self.body(depth)]

    def turn(self, depth: int) -> list[str]:
        if depth > 2:
            return self.simple(depth)
        counter = f"n{depth}"
        return [f"{counter} = 0", f"while {counter} < {self.number(1, 3)}:", f"    {counter} += 1", *self.body(depth)]

    def fork(self, depth: int) -> list[str]:
        if depth > 3:
            return self.simple(depth)
        rows = [self.test(), *self.part(depth)]
        return [*rows, "else:", *self.part(depth)] if self.random.random() < 0.4 else rows

    def leave(self, depth: int) -> list[str]:
        if not self.loops or self.random.random() < 0.2:
            return [self.test(), "    return total + s"]
        return [self.test(), f"    {self.pick('break', 'continue')}"]


def program(seed: int) -> str:
    writer = Flow(seed)
    rows = writer.block(0, 3, 6)
    start = ["s = c * x[0]", "j = 1", "k0 = 2", "total = 0.0"]
    body = "\n".join("    " + row for row in [*start, *rows, "return total + s"])
    return f"import numpy as np\n\n\ndef f(x, y, c):\n{body}\n"
