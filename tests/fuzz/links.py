"""Programs over objects that hold one another: links change, objects are reached in many ways, and hold lists."""

from __future__ import annotations

from .writer import Writer

HEAD = """\
import numpy as np


class Node:
    def __init__(self, v, w=0.5, a=None, b=None):
        self.v = v
        self.w = w * 2.0
        self.a, self.b = a, b
        self.u = np.zeros(3)
        self.kids = []

    def shift(self, k):
        self.v = np.tanh(self.v * k + self.w)
        return self

    def larger(self, other):
        return self if self.v > other.v else other

    def adopt(self, other):
        self.kids.append(other)
        other.w += 0.1 * self.v

    def total(self, depth):
        found = self.v
        if depth > 0 and self.a is not None:
            found += 0.5 * self.a.total(depth - 1)
        for kid in self.kids:
            found = found + kid.w * 0.25
        return found

    @property
    def sum(self):
        return self.v + self.w


def chain(x, last):
    for v in x:
        last = Node(np.sin(v), v, last)
    return last


def bump(node, k):
    if node is None:
        return 0.0
    node.v = node.v * 0.5 + k
    return node.v


def linked(a, b):
    a.a = b
    b.b = a
    return b


def f(x, y, c):
    p = chain(x, None)
    q = Node(y[0] * c, y[1], p, p.a)
    r = p.a
    ns, ts, table = [p, q], [(c, r)], {"a": q}
    s = c * 0.3
    p.adopt(q)
"""


class Links(Writer):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.statements = [
            (3.0, self.value), (1.5, self.new), (2.0, self.follow), (2.0, self.link), (1.5, self.swap),
            (2.0, self.call), (2.0, self.kids), (1.5, self.listed), (1.0, self.array), (1.5, self.read),
            (1.0, self.loop), (1.0, self.branch), (1.0, self.walk),
        ]  # fmt: skip

    def simple(self, depth: int) -> list[str]:
        return self.value(depth)

    def test(self) -> str:
        n = self.node()
        return self.pick(
            f"if {n}.v > {self.number(-2, 2)} * 0.3:", f"if {n}.a is not None:", f"if {n}.kids:",
            f"if {n} is {self.node()}:", f"if {n}.b is not None and {n}.b.w > 0.2:", f"if len({n}.kids) > 1:",
        )  # fmt: skip

    def node(self) -> str:
        return self.pick("p", "q", "r")

    def number_of(self) -> str:
        n = self.node()
        return self.pick(
            "x[0]", "y[1]", "x[2]", "c", "s", f"{n}.v", f"{n}.w", f"{n}.sum", f"{n}.v * {self.node()}.w", "0.7",
            f"(x[1] + {n}.v)", f"np.sin({n}.w)", f"({n}.a.v if {n}.a is not None else c)", f"np.sum({n}.u)",
        )  # fmt: skip

    def value(self, depth: int) -> list[str]:
        place = f"{self.node()}.{self.pick('v', 'w')}"
        return [self.pick(
            f"{place} = np.tanh({self.number_of()} * {self.number_of()})", f"{place} += 0.3 * {self.number_of()}",
            f"{place} *= {self.pick('c', 'x[1]', '0.9')}", f"s = np.tanh(s + {self.number_of()} * {self.number_of()})",
            f"s = s * 0.9 + {self.number_of()}",
        )]  # fmt: skip

    def new(self, depth: int) -> list[str]:
        made = f"Node(np.tanh({self.number_of()}), 0.5 * {self.number_of()}, {self.node()}, {self.node()})"
        return [self.pick(f"{self.node()} = {made}", f"{self.node()}.{self.pick('a', 'b')} = {made}",
                          f"{self.node()} = {self.node()}.a = Node({self.number_of()})")]  # fmt: skip

    def follow(self, depth: int) -> list[str]:
        n, side = self.node(), self.pick("a", "b")
        return [f"if {n}.{side} is not None:", f"    {self.node()} = {n}.{side}"]

    def link(self, depth: int) -> list[str]:
        side = self.pick("a", "b")
        return [self.pick(f"{self.node()}.{side} = {self.node()}", f"{self.node()} = {self.node()}",
                          f"{self.node()} = linked({self.node()}, {self.node()})",
                          f"{self.node()}.{side} = {self.node()}.{self.pick('a', 'b')}")]  # fmt: skip

    def swap(self, depth: int) -> list[str]:
        a, b = self.node(), self.node()
        side, other = self.pick("a", "b"), self.pick("a", "b")
        return [self.pick(f"{a}, {b} = {b}, {a}", f"{a}.v, {b}.w = {b}.w, {a}.v", f"{a}.{side}, {b}.{other} ="
                          f" {b}.{other}, {a}.{side}", f"{a}.kids, {b}.kids = {b}.kids, {a}.kids")]  # fmt: skip

    def call(self, depth: int) -> list[str]:
        n, m, k = self.node(), self.node(), self.number_of()
        return [self.pick(f"{n}.shift({k})", f"{m} = {n}.shift({k})", f"s += 0.2 * bump({n}, {k})", f"bump({n}.a, {k})",
                          f"{m} = {n}.larger({m})", f"s = np.tanh(s + {n}.total({self.number(0, 3)}))",
                          f"{n}.adopt({m})", f"{n} = chain(y * {k}, {m})", f"s = s * {n}.v + bump({n}, {k}) * {n}.v",
                          )]  # fmt: skip

    def kids(self, depth: int) -> list[str]:
        n, m = self.node(), self.node()
        return self.random.choice([
            [f"{n}.kids.append({m})"], [f"if {n}.kids:", f"    {m} = {n}.kids[-1]"],
            [f"if {n}.kids:", f"    {m} = {n}.kids.pop()"], [f"if len({n}.kids) > 1:", f"    {n}.kids[0] = {m}"],
            [f"for kid in {n}.kids:", f"    s = np.tanh(s + kid.v * {self.number_of()})"],
            [f"for kid in {n}.kids:", f"    kid.w = 0.5 * kid.w + {self.number_of()}"],
            [f"{m}.kids = [{n}, {self.node()}]"], [f"s = s * 0.5 + len({n}.kids) * {m}.v"],
            [f"kids = {n}.kids", f"kids.append({m})", f"s += kids[0].v * {self.number_of()} / len(kids)"],
        ])  # fmt: skip

    def listed(self, depth: int) -> list[str]:
        n, m = self.node(), self.node()
        return self.random.choice([
            [f"ns.append({n})"], [f"{m} = ns[{self.number(0, 5)} % len(ns)]"],
            [f"ts.append(({self.number_of()}, {n}))"],
            [f"t, {m} = ts[-1]", f"s = s * 0.8 + t * {n}.v"], [f'table["{self.pick("a", "b")}"] = {n}'],
            [f'{m} = table["a"]'], ["for n in ns:", f"    n.v = np.tanh(n.v + {self.number_of()})"],
            ["for t, n in ts:", "    s = np.tanh(s + t * n.w)", "    n.w = t * 0.5"],
            ["ns = ns[::-1]"], [f"s = s * 0.5 + sum(n.v * n.w for n in ns) * {self.number_of()}"],
        ])  # fmt: skip

    def array(self, depth: int) -> list[str]:
        n, m = self.node(), self.node()
        return self.random.choice([
            [f"{n}.u = x * {self.number_of()}"], [f"{n}.u = {m}.u * y + {self.number_of()}"], [f"{n}.u = {m}.u"],
            [f"s = np.tanh(s + np.sum({n}.u * {m}.u))"], [f"s += 0.1 * {n}.u[{self.number(0, 2)}] * {m}.u[0]"],
        ])  # fmt: skip

    def read(self, depth: int) -> list[str]:
        return [f"s = np.tanh(s * {self.number_of()} + {self.number_of()})"]

    def walk(self, depth: int) -> list[str]:
        if depth > 1:
            return self.simple(depth)
        n, side = self.node(), self.pick("a", "b")
        change = self.pick("at.v = at.v * 0.5 + s * 0.1", "at.w += at.v", "s = s * 0.7 + at.v * c", "at.v *= 0.9")
        return [f"at, count = {n}, 0", "while at is not None and count < 5:", f"    {change}", f"    s = s * 0.9 +"
                f" {self.pick('at.v', 'at.w', 'at.v * at.w')}", f"    at, count = at.{side}, count + 1"]  # fmt: skip


def program(seed: int) -> str:
    writer = Links(seed)
    rows = writer.block(0, 4, 12)
    rows.append("s = np.tanh(s) + p.v * q.w + np.sum(q.u) + p.total(2) + sum(n.v for n in ns)")
    return HEAD + "".join(f"    {row}\n" for row in [*rows, "return s"])
