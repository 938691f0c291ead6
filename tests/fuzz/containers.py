"""Programs over deques, defaultdicts, sets and dicts with any keys, with calls that change them in expressions."""

from __future__ import annotations

from .writer import Writer

HEAD = """\
from collections import Counter, OrderedDict, defaultdict, deque

import numpy as np


def take(items, v):
    items[0] = items[0] * v
    return items[-1] + v


"""
CHANGES = (  # of q, a deque; xs, a list; d, a dict; g, a defaultdict of lists; w, one of floats; n, a list of ints
    "q.append({0})", "q.appendleft({0})", "q.extend([{0}, s])", "q.extendleft([{0}, s])", "q.rotate({1})", "q[0] = {0}",
    "q[-1] *= {0}", "q.reverse()", "q += [{0}]", "t = q[0] * {0}", "xs.append({0})", "xs[{1}:{2}] = [{0}, s]",
    "xs[{2}:{1}] = [{0}]", "del xs[{1}:{2}]; xs += [s, {0}]", "xs.insert({1}, {0})", 
    "t = xs[-1] * take(xs, {0}) + xs[0]",
    "xs[0] += take(xs, s) * xs[-1]", "xs.append(xs[0] * take(xs, 0.5))", "d[{3}] = {0}", "t = d.pop({3}, {0})",
    "t = d.get({3}, s) * d.setdefault({3}, {0})", "d.update({{{3}: {0}, 1: s}})", "d |= {{{3}: {0}}}",
    "d = d | {{{3}: {0}}}", "d = {{2: {0}, **d, {3}: s}}", "t = d.pop({3}, s) - d.pop({3}, {0})",
    "t = t + sum(v * v for v in d.values())", "t = t + sum(k * v for k, v in d.items())", "g[{3}].append({0})",
    "t = sum(g[{3}]) * s + {0}", "t = t + sum(sum(r) for r in g.values()) + len(g)", "w[{3}] += {0}", "w[{3}] *= s",
    "t = w[{3}] + {0}", "t = t + sum(w[k] * k for k in w)", "m[{3}] += {0}", "t = m[{3}] * s", "seen.add({3})",
    "seen.discard({3})", "t = {0} if {3} in seen else s * len(seen)", "t = t + sum(x[k] for k in sorted(seen))",
    "o[{3}] = {0}", "o.move_to_end(list(o)[0])", "t = t + sum(k * v for k, v in enumerate(o.values()))",
)  # fmt: skip
TAKEN = (  # what takes an item, and when there is one
    ("q", "q.pop()"), ("q", "q.popleft()"), ("len(xs) > 2", "xs.pop()"), ("len(xs) > 2", "xs.pop(0)"),
    ("d", "d.popitem()[1]"), ("n", "x[n.pop()]"), ("len(o) > 1", "o.popitem(last=False)[1]"),
)  # fmt: skip


class Containers(Writer):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.statements = [
            (0.8, self.loop), (0.8, self.branch), (7.0, self.change), (1.5, self.take), (0.8, self.drain),
            (0.8, self.choose),
        ]  # fmt: skip

    def value(self) -> str:
        return self.pick(
            "x[0]", "x[1]", "s", "t * 0.5", "xs[0] * s", "xs[-1] * 0.5", "s * x[2]", "np.sin(t)", "x[len(n)]",
            "w[1] + s", "m[0] * 0.3", "d.get(1, s)",
        )  # fmt: skip

    def change(self, depth: int) -> list[str]:
        row = self.random.choice(CHANGES)
        numbers = [self.pick("-1", "0", "1", "2", "len(n)") for _ in range(2)]
        return row.format(self.value(), *numbers, self.pick("0", "1", "2", "len(n) % 3")).split("; ")

    def simple(self, depth: int) -> list[str]:
        return [f"t = {self.value()}"]

    def test(self) -> str:
        return f"if {self.pick('s', 't', 'xs[0]')} > {self.pick('-9', '0', '0.4', '9')}:"

    def take(self, depth: int) -> list[str]:
        there, item = self.random.choice(TAKEN)
        form = self.pick("t = {1} * {0}", "t = {0} - {0} * {1}", "xs[0] = {1} + xs[0] * s", "xs.append({1})")
        return [f"if {there}:", f"    {form.replace('{0} - ', '{1} - ', 1).format(self.value(), item)}"]

    def drain(self, depth: int) -> list[str]:
        there, item = self.random.choice(TAKEN)
        return [f"while {there} and {item} > {self.pick('-0.5', '0.5')}:", f"    t = t + {self.value()}"]

    def choose(self, depth: int) -> list[str]:
        there, item = self.random.choice(TAKEN)
        return [f"t = {self.value()} + ({item} if {there} and t < 0.3 else {self.value()})"]


def program(seed: int) -> str:
    """A function `f(x, y, c)`, of which y is not used: the arguments are those of the programs over arrays."""
    w = Containers(seed)
    body = ["s = c * 1.0", "t = s * s", "xs = [x[0], s * x[1]]", "d = {k: v * s for k, v in enumerate(x)}"]
    body += ["n = [2, 1]", f"q = deque([s, x[1]], maxlen={w.pick('None', '3', 'len(x)')})"]
    body += ["g = defaultdict(list)", "seen = {1}", "w = defaultdict(float)"]
    body += ["m = Counter()", "o = OrderedDict()", "o[5] = s", *w.block(0, 4, 9)]
    body += ["t = t + sum(q) * 0.5 + sum(v * v for v in xs) + sum(d.values()) * s + sum(w.values()) + sum(o.values())"]
    body += ["return t + m[1] + sum(sum(r) for r in g.values()) + len(seen) * s"]
    return HEAD + "def f(x, y, c):\n" + "\n".join("    " + row for row in body) + "\n"
