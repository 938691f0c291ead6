"""Programs whose functions, random too, change the arrays they are given, call each other, and give views of them."""

from __future__ import annotations

from .writer import Writer

LINEAR = (
    "{a}[1:] += {k} * {a}[:-1]", "{a} *= {k}", "{a}[0] = {b}[-1] * {k}", "{a}[1:-1] = 0.5 * ({a}[:-2] + {a}[2:])",
    "{a}[:] = {a}[::-1]", "{a} += {b}", "{a}[[0, 2]] = {a}[[2, 0]]", "{a}[0], {a}[2] = {a}[2], {a}[0]", "{a}[1] = {k}",
    "{a}[:2] -= {b}[1:] * {k}",
)  # fmt: skip
NONLINEAR = (
    "{a}[1:] *= {b}[:-1]", "{a}[0] = np.tanh({b}[1]) * {k}", "{a} += 0.2 * np.sin({b})", "{a}[:] = {a} * {b} * 0.5",
    "t = t + {a}[1] * {b}[0] * 0.3", "t = t + np.sum({a} ** 2) * 0.1", "t += {b}[2] ** 2", "np.tanh({a}, out={a})",
)  # fmt: skip
NAMES = (
    "{n} = {a}[...]", "{n} = {a}", "{n} = {a}[::-1]", "{n} = {a} * {k}", "{a} = {a} * 0.9", "{n} = {a}.copy()",
    "{n} = np.where({a} > 0.1, {a}, {b})", "{n} = {a}.reshape(3)", "{a}, {b} = {b}, {a}",
)  # fmt: skip


class Callees(Writer):
    """`level`: which functions there are to call already."""

    def __init__(self, seed: int, level: int, names: list[str]) -> None:
        super().__init__(1000 * seed + level)
        self.level, self.names = level, names
        self.statements = [
            (0.7, self.loop), (0.8, self.branch), (2.5, self.linear), (1.6, self.simple), (1.2, self.named),
            (0.5, self.rows), (0.3, self.leave), (3.0 if level else 0.0, self.call),
        ]  # fmt: skip

    def filled(self, row: str) -> str:
        a, b = self.pick(*self.names), self.pick(*self.names)
        new = self.pick("p", "q")
        return row.format(a=a, b=b, n=new, k=self.pick("0.5", "s", "1.1", "s * 0.7"))

    def linear(self, depth: int) -> list[str]:
        return [self.filled(self.pick(*LINEAR))]

    def simple(self, depth: int) -> list[str]:
        return [self.filled(self.pick(*NONLINEAR))]

    def named(self, depth: int) -> list[str]:
        return [self.filled(self.pick(*NAMES))]

    def rows(self, depth: int) -> list[str]:
        a = self.pick(*self.names)
        return [f"for i{depth} in range(2):", f"    r = {a}[i{depth} : i{depth} + 2]", "    t = t + r[0] * r[1] * 0.2",
                f"    r {self.pick('*=', '+=')} {self.pick('0.7', 's')}"]  # fmt: skip

    def leave(self, depth: int) -> list[str]:
        test = f"    if {self.pick('t', *(f'{n}[1]' for n in self.names))} > {self.pick('0.0', '0.6', '-9')}:"
        return [f"for j{depth} in range(3):", *self.inside(2, 1, 2), test, "        break", *self.inside(2, 1, 1)]

    def test(self) -> str:
        return f"if {self.pick(*self.names)}[0] > {self.pick('-9.0', '0.0', '0.4')}:"

    def call(self, depth: int) -> list[str]:
        a, b = self.pick(*self.names), self.pick(*self.names)
        if self.number(0, 3) == 0:
            a += self.pick("[...]", "[::-1]")
        made = f"h{self.number(0, self.level - 1)}({a}, {b}, {self.pick('s', '0.6', 't * 0.1')})"
        target = self.pick("", "", "t = t + 0.3 * ", "t += np.sum({}) * 0.2", "p = 1.0 * ", "q = ", "q = ")
        return [target.format(made) if "{}" in target else target + made]


def helper(seed: int, level: int) -> list[str]:
    w = Callees(seed, level, ["u", "v", "p", "q"])
    result = w.pick("t", "t", "t * s + u[0]", "u", "v[...]", "p", "u * v", "t + np.sum(p * q)")
    early = [f"    if {w.pick('u[1]', 's')} > 0.8:", f"        return {result}"] if w.number(0, 3) == 0 else []
    body = ["    t = s * 0.5", "    p, q = u, v", *(f"    {row}" for row in w.block(0, 2, 5))]
    return [f"def h{level}(u, v, s):", *body[:2], *early, *body[2:], f"    return {result}", "", ""]


def program(seed: int) -> str:
    """A function `f(x, y, c)` of two arrays of three and a number."""
    w = Callees(seed, 3, ["a", "b", "d", "p", "q"])
    rows = ["import numpy as np", "", "", *helper(seed, 0), *helper(seed, 1), *helper(seed, 2), "def f(x, y, c):"]
    body = ["s = c * 1.0", "t = 0.0", "a = x * s", "b = y * 1.5", "d = x + y", "p = a * b", "q = np.sin(d)"]
    body += [*w.block(0, 4, 8), "return np.sum(a * b) + np.sum(d ** 2) + np.sum(p * x) + np.sum(q * p) + np.sum(t)"]
    return "\n".join([*rows, *("    " + row for row in body)]) + "\n"
