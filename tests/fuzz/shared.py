"""Programs over lists, tuples, dicts and objects that hold arrays with other names, or one twice, or have two names."""

from __future__ import annotations

from .writer import Writer

HEAD = """\
import copy

import numpy as np


class Body:
    def __init__(self, v, t):
        self.v = v
        self.t = t

    def push(self, k):
        self.v *= k
        self.t = self.t + k


def scale(items, k):
    items[0] *= k
    items.append(items[0] * k)


def touch(p, q):
    p[0] = q[1] * 2.0
    return p


def twice(a):
    return [a, a]


"""
ARRAYS = (
    "{a}[{i}] = {v}", "{a} *= s", "{a} += {b}", "{a}[1:] = {b}[:2]", "{a} = {b}", "{a} = {b} * s", "a, b = b, a",
    "{a} = {b}.copy()", "{a} = touch({a}, {b})", "{a} = {b} if s > {n} else a * 2.0", "touch({a}, {b})",
    "{a}[:2] *= {b}[1:]", "{a} = m[{j}]", "m[{j}] *= s", "m[{j}] = {a}", "r = m.reshape(9)", "r[4:7] += {a}",
)  # fmt: skip
LISTS = (
    "{x} = [{a}, {b}]", "{x} = [{a}] * 2", "{x} = [{a} * s] * 2", "{x} = twice({a})", "{x} = {y}", "{x} = list({y})",
    "{x} = {y}[:2]", "{x} = {x} + {y}", "{x} = [{a}, *{y}]", "{x} = [v for v in {y}]", "{x} = [{a} for k in range(2)]",
    "{x} = [v * s for v in {y}]", "{x} = [row for row in m]", "{x}.append({a})", "{x}.append({b} * 0.5)",
    "{x}.append({y}[0])", "{x}[{j}] = {a}", "{x}[{j}] = {b} * s", "{x}[{j}][{i}] = {v}", "{x}[{j}] *= {v}",
    "{x}[{j}] += {a}", "{x}[{j}] += {y}[0]", "{a} = {x}[{j}]", "{x}.reverse()", "{x}.insert(0, {a})",
    "{a} = {x}.pop(); {x}.append({b})",
    "del {x}[0]; {x}.append({a})", "for v in {x}:; {t}v *= 0.9", "for v in {x}:; {t}v[{i}] = {v}", "scale({x}, s)",
    "for v, w in zip({x}, {y}):; {t}v[{i}] += w[0]", "{x}.extend({y}); del {x}[3:]", "{x}[0], {x}[1] = {x}[1], {x}[0]",
)  # fmt: skip
TUPLES = (
    "t = ({a}, {b})", "t = ({a}, {x}[0] * s)", "u, w = t", "{a}, w = t", "t[0][{i}] = {v}", "u *= 1.1", "w[{i}] += {v}",
    "t = (t[1], {a})", "t = tuple({x}[:2])", "t = (t[0], t[0])",
)  # fmt: skip
DICTS = (
    "{d}['u'] = {a}", "{d}['u'] = {a} * s", "{d}['u'][{i}] = {v}", "{d}['w'] *= s", "{d}['t'] = {d}['t'] * s + {v}",
    "{d}['t'] += {v}", "{d} = {e}", "{d} = dict({e})", "{d} = {e}.copy()", "{d} = {{**{e}, 'w': {a}}}",
    "{d} = {{'u': {a}, 'w': {b}, 't': {v}}}", "{a} = {d}['u']", "{x}.append({d}['w'])", "{d}['w'] = {d}['u']",
    "for key in ('u', 'w'):; {t}{d}[key] *= 0.8", "for v in list({d}.values())[:2]:; {t}v[{i}] = s",
)  # fmt: skip
OBJECTS = (
    "{p}.v = {a}", "{p}.v = {p}.v * s", "{p}.v *= s", "{p}.v[{i}] = {v}", "{p}.t *= s", "{p}.t = {v}", "{p} = {q}",
    "{p} = copy.copy({q})", "{p}.push(s)", "{p} = Body({a}, {v})", "{a} = {p}.v", "{p}.v, {p}.t = {q}.v, {q}.t",
    "{x}.append({p}.v)", "{d}['u'] = {p}.v",
)  # fmt: skip


class Shared(Writer):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        families = self.random.sample([LISTS, TUPLES, DICTS, OBJECTS], self.number(1, 2))
        self.rows = [ARRAYS, *families, *families]
        self.statements = [(0.5, self.loop), (0.5, self.branch), (6.0, self.change)]

    def value(self) -> str:
        return self.pick("x[0]", "x[1] * s", "s", "y[0] + y[1]", f"{self.array()}[0] * s", f"{self.array()}[2]", "0.5")

    def array(self) -> str:
        return self.pick("a", "b")

    def change(self, depth: int) -> list[str]:
        row = self.random.choice(self.random.choice(self.rows))
        x, y = self.random.sample(["xs", "ys"], 2)
        d, e = self.random.sample(["d", "e"], 2)
        p, q = self.random.sample(["p", "q"], 2)
        a, b = self.random.sample(["a", "b"], 2)
        return row.format(
            a=a, b=b, x=x, y=y if self.number(0, 2) else x, d=d, e=e, p=p, q=q, v=self.value(), t="    ",
            i=self.pick("0", "1", "2", "-1"), j=self.pick("0", "1", "-1"), n=self.pick("-9", "0.3", "9"),
        ).split("; ")  # fmt: skip

    def simple(self, depth: int) -> list[str]:
        return [f"s = s * 0.9 + {self.value()} * 0.1"]

    def test(self) -> str:
        return f"if {self.pick('s', 'x[0]', 'a[1]')} > {self.pick('-9', '0', '0.4', '9')}:"


def program(seed: int) -> str:
    w = Shared(seed)
    body = ["s = c * 1.0", "a = x * s", "b = y * 1.5", "m = np.outer(x, y)"]
    body += ["r = x * 2.0", "u, w = x * y, y * y"]
    body += [w.pick("xs = [a, b]", "xs = [a, a]", "xs = [a * s, b]"), w.pick("ys = xs", "ys = [b, x * 3.0]")]
    body += [w.pick("t = (a, b)", "t = (b * s, b)"), "d = {'u': a, 'w': x + y, 't': s}"]
    body += ["e = {'u': y * s, 'w': b, 't': x[0]}"]
    body += ["p = Body(a, s)", w.pick("q = p", "q = Body(x * y, s * s)"), *w.block(0, 4, 8)]
    kept = w.random.sample([
        "sum(v.sum() * (k + 1) for k, v in enumerate(xs))", "sum((v * v).sum() for v in ys)", "(t[0] * t[1]).sum()",
        "(d['u'] * d['w']).sum() * d['t']", "(e['u'] - e['w'] * x).sum() + e['t']", "(p.v * q.v).sum() + p.t * q.t",
        "(u * w).sum()", "m.sum()", "(r * r).sum()",
    ], 5)  # fmt: skip
    body += [f"return (a * b).sum() + s + {' + '.join(kept)}"]
    return HEAD + "def f(x, y, c):\n" + "\n".join("    " + row for row in body) + "\n"
