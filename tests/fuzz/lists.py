"""Programs over lists and dicts that grow, shrink and change, under one name and several, in helpers too."""

from __future__ import annotations

from .writer import Writer

HEAD = """\
import numpy as np


def push(items, v):
    items.append(v * items[0])
    items[0] = v


def bump(d, v):
    d["a"] = d["a"] * v
    return d["b"] * v


def twisted(items, v):
    items[-1] = items[-1] * v
    return items


def fill(bag, v):
    bag.append(v)
    bag.append(v * v)


"""
KEYS = ('"a"', '"b"')


class Lists(Writer):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.lists = ["xs"]
        slots = [
            "{0}.append({1})", "{0}[{2}] = {1}", "{0}[{2}] += {1}", "{0}[{2}] *= {1}", "{0}.insert({2}, {1})",
            "{0} += [{1}, s]", "{0}.reverse()", "{0}.extend([{1}])", "push({0}, {1})", "t = {1}",
            "{0}[0], {0}[-1] = {0}[-1] * s, {0}[0]", "{0}[:1] = [{1}, s]", "{0}[0] = t = {1}",
            "twisted({0}, {1})", "t = twisted({0}, {1})[0]", "twisted({0}, s).append({1})", "fill(bag, {1})",
            "fill({0}, {1})", "t = bag[-1] * {1}",
        ]  # fmt: skip
        keys = [
            "d[{2}] = {1}", "d[{2}] *= {1}", "d[{2}] += {1}", "t = bump(d, {1})", 'd["c"] = {1}', "d.update(b={1})",
            'd.setdefault("e", {1})', "t = t + sum(v * v for v in d.values())", 'd["g"] = {1}; del d["g"]',
        ]  # fmt: skip
        self.statements = [
            (1.0, self.loop), (1.0, self.branch), (6.0, lambda n: self.change(slots, "0", "-1")),
            (3.0, lambda n: self.change(keys, *KEYS)), (0.8, self.pop), (0.7, self.name_again), (0.7, self.walk),
        ]  # fmt: skip

    def list(self) -> str:
        return self.random.choice(self.lists)

    def value(self) -> str:
        a = self.list()
        return self.pick(
            "x[0]", "x[1]", "s", f"{a}[0] * s", f"{a}[-1] * 0.5", f"d[{self.pick(*KEYS)}] + x[2]", f"np.sin({a}[0])",
            f"sum({a}) * 0.1", "s * x[1]", "t * 0.5", f"max({a}) * 0.3", f"({a}[0] if t > 0.2 else {a}[-1])",
        )  # fmt: skip

    def change(self, forms: list[str], *places: str) -> list[str]:
        return [self.random.choice(forms).format(self.list(), self.value(), self.pick(*places))]

    def simple(self, depth: int) -> list[str]:
        return [f"t = {self.value()}"]

    def test(self) -> str:
        return f"if {self.pick('s', 't', self.list() + '[0]')} > {self.pick('-9', '0', '0.4', '9')}:"

    def pop(self, depth: int) -> list[str]:
        a = self.list()
        return [f"if len({a}) > 2:", f"    t = {a}.pop({self.pick('', '0', '-2')})"]

    def name_again(self, depth: int) -> list[str]:
        if depth:
            return [f"t = {self.value()}"]
        a, n = self.list(), self.pick("ys", "zs")
        row = f"{n} = {self.pick(a, a + '[:]', f'list({a})', f'[{self.value()}, s]', f'[v * s for v in {a}]')}"
        if n not in self.lists:
            self.lists.append(n)
        return [row]

    def walk(self, depth: int) -> list[str]:
        return [f"for v{depth} in {self.list()}:", f"    t = t + v{depth} * {self.pick('s', '0.3')}"]


def program(seed: int) -> str:
    """A function `f(x, y, c)`, of which y is not used: the arguments are those of the programs over arrays."""
    w = Lists(seed)
    body = ["s = c * 1.0", "xs = [x[0], s * x[1]]", 'd = {"a": s, "b": x[2]}', "t = s * s"]
    body += ["bag = []", "fill(bag, x[1])", *w.block(0, 4, 9)]
    terms = [f"sum({n}) * {n}[0] + {n}[-1]**2" for n in w.lists]
    body.append(f"return t + {' + '.join(terms)} + d['a'] * d['b'] + sum(bag)")
    return HEAD + "def f(x, y, c):\n" + "\n".join("    " + row for row in body) + "\n"
