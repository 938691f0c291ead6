"""Programs whose control flow is Python's own: exceptions, generators, nested functions, matches, early returns."""

from __future__ import annotations

from .writer import Writer

HEAD = """\
import contextlib

import numpy as np


class TooLarge(ValueError):
    pass


def checked(v, limit=1.0):
    if v > limit:
        raise TooLarge(v)
    return v * v


def scaled(u, k=0.5, *rest, shift=0.1, **more):
    u *= k
    for r in rest:
        u[0] += r * shift
    for name, each in more.items():
        u[len(name) % 3] += each
    return np.sum(u) * 0.3


def found(u, limit):
    for i, each in enumerate(u):
        if each > limit:
            u[i] = each * 0.5
            return each
        if each < -limit:
            return -each * u[0]
    else:
        u[0] += 0.1
    return limit


def items(u, k):
    total = 0.0
    for each in u:
        total = total + each * k
        if total > 2.0:
            return
        yield total


def pairs(u, v):
    for a, b in zip(u, v):
        yield a, a * b
    yield from ((a, 0.5) for a in u[:1])


def power(v, n):
    return v if n <= 0 else v * 0.7 + power(v * v * 0.5, n - 1)


def shape_of(v, u):
    match v:
        case float() if v > 1.0:
            return v * 0.5
        case (a, b):
            u[0] = a
            return a * b
        case {"k": k, **rest}:
            return k + sum(rest.values())
        case None:
            return 0.3
        case _:
            return u[1] * v


@contextlib.contextmanager
def held(u, k):
    u *= k
    try:
        yield u[1:]
    finally:
        u += 0.1


"""
LINES = (
    "{s} = {e}", "{s} = {s} * 0.5 + {e}", "{s} += {e} * 0.3", "{u} *= {e} * 0.5", "{u}[{i}] = {e}",
    "{u}[{i}] += {e}", "{u} = {u} * {e} + {v}",
    "{s} = scaled({u}, {e})", "{s} = scaled({u}, {e}, {a}, t, shift={a})",
    "{s} = scaled({u}, 0.6, *[{e}, s], ab={a}, c={e})",
    "{s} = scaled({u}, **{{'k': {e}, 'kk': s}})", "{s} = found({u}, {e} * {e} + 0.2)", "{s} = power({e}, {n})",
    "{s} = shape_of({e}, {u})",
    "{s} = shape_of(({a}, {e}), {u})", '{s} = shape_of({{"k": {e}, "m": {a}}}, {u})',
    "{s} = shape_of(None if {e} > 0.3 else s * 1.0, {u})",
    "{s} = sum(each * {e} for each in {u})", "bag = [each * {a} for each in {u} if each > {e}]",
    "{s} = sum(bag) * 0.3",
    "{s} = sum([r for each in {u} if (r := each * {e}) > 0.1]) * 0.5", "bag.append({e})", "table[{k}] = {e}",
    "{s} = table[{k}] * {a}",
    "table = {{k: w * {e} for k, w in table.items()}}", "ways[{k}] = lambda v: v * x[1] + 0.1",
    "ways[{k}] = lambda v, k={a}: v * k",
    "{s} = ways[{k}]({e})", "{s} = sum(items({u}, {e})) * 0.3",
    "for a, b in pairs({u}, {v}):\n    {s} = {s} * 0.5 + a * b",
    "for each in items({u}, {a}):\n    {v}[0] += each * 0.3",
    "{u} = np.array(list(items({v}, 0.4)) + [0.1, s, t])[:3]",
    "with held({u}, {e} * 0.5) as part:\n    part[0] = {a}\n    {s} = np.sum(part) * 0.3",
    "with contextlib.suppress(ValueError):\n    {s} = checked({e}, {a})\n    {u}[0] = {s}",
    "with contextlib.suppress(TooLarge, KeyError):\n    {u}[1] *= {a}\n    {s} = checked({e}) + table['z']",
    "{s} = next(items({u}, {e}), 0.2)",
    "def add(k, w={a}):\n    nonlocal {s}\n    {s} = {s} * 0.5 + k * w\n    {u}[0] += w\nadd({e})\nadd({a}, {e})",
    "first, *rest = {u}\n{s} = first * {e} + sum(rest) * 0.3",
    "{s} = max(bag, default={e}) * 0.5", "def twice(k):\n    return k * s + {a}\nt = twice({e})",
    "{s}, bag = bag[0], [{e}, *bag[1:2], 0.4]", "bag.sort(key=lambda v: -v)",
    "try:\n    {s} = bag.pop() * {e}\nexcept IndexError:\n    bag.append({a})", "assert np.all(np.isfinite({u}))",
    "{s} = {e} if (q := {a}) > 0.2 else q * q",
)  # fmt: skip
BLOCKS = (  # with places for blocks
    "try:\n    {s} = checked({e}, {a})\n@1\nexcept TooLarge:\n@2\nelse:\n@2",
    "try:\n@2\n    {s} = checked({e})\nexcept ValueError as error:\n    {s} = {a}\nfinally:\n@1",
    "try:\n    {s} = table['z']\nexcept (KeyError, IndexError):\n@2",
    "for k in range(3):\n@2\n    if {e} > {a}:\n        break\nelse:\n@1",
    "n = 0\nwhile n < 3:\n    n += 1\n    if {e} > 0.7:\n        continue\n@2\nelse:\n@1",
    "if {e} > {a}:\n@2\nelif {s} > 0:\n@1\nelse:\n@1", "for k in range(2):\n@2",
    "for k in range(3):\n    try:\n@1\n        if {e} > 1.0:\n            raise TooLarge\n"
    "        {s} *= 0.7\n    except TooLarge:\n        break\n    finally:\n        {u}[k] *= 0.8",
    "def inner(w, k=0.5):\n    nonlocal s, u\n@2\n    if w > k:\n        return w * k\n"
    "    s = s * 0.5\n    return s\nt = inner({e})\nt = t + inner(t, {a})",
    "for i, each in enumerate({u}):\n    if each < {e}:\n        continue\n    {v}[i] = each * 0.7\n@1",
    "match int({e} > 0) + int({a} > 0):\n    case 0:\n@1+\n    case 1 | 2 if s > 0:\n@1+\n    case _:\n@1+",
    "if {e} > 1.4:\n    return s + np.sum(u * v)",
    "for each in pairs(u, v):\n    if each[1] > {e}:\n        s = each[0]\n        break\nelse:\n@1",
    "with held({u}, 0.7) as part:\n@2",
    "while True:\n    {s} = {s} * 0.5\n@1\n    if len(bag) > 4 or {s} < 0.5:\n        break\n    bag.append({a})",
)  # fmt: skip
NUMBERS = ("s", "t", "c", "x[0]", "y[2] * 0.6", "u[0]", "v[1] * s", "np.sin(t)", "np.sum(u) * 0.3", "np.tanh(s * t)",
           "bag[-1] * 0.5", 'table["p"]',
           "np.sum(u * v) * 0.2", "abs(v[2])", "(u @ v) * 0.17", 'ways["p"](s) * 0.4',
           "len(bag) * c * 0.2")  # fmt: skip


class Flowing(Writer):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.statements = [(3.0, self.simple), (1.6, self.nest)]

    def fill(self, text: str) -> str:
        u, v = self.random.sample("uv", 2)
        return text.format(
            s=self.pick("s", "t"), e=self.pick(*NUMBERS), a=self.pick(*NUMBERS), u=u, v=v,
            i=self.pick("0", "-1", "1"),
            k=self.pick('"p"', '"q"'), n=self.number(0, 3),
        )  # fmt: skip

    def simple(self, depth: int) -> list[str]:
        return self.fill(self.pick(*LINES)).split("\n")

    def quiet(self, length: int) -> list[str]:
        """What may stand in `try`: what it does can be taken back."""
        return [self.fill(self.pick(*LINES[:7])) for _ in range(length)]

    def nest(self, depth: int) -> list[str]:
        if depth > 1:
            return self.simple(depth)
        rows: list[str] = []
        for row in self.fill(self.pick(*BLOCKS)).split("\n"):
            if not row.lstrip().startswith("@"):
                rows.append(row)
                continue
            quiet = any(r.lstrip().startswith("try") for r in rows)
            margin = "    " * (1 + row.endswith("+") + rows[-1].startswith("    try"))
            length = int(row.strip()[1])
            inside = self.quiet(length) if quiet else self.block(depth + 1, 1, length)
            rows += [margin + inner for inner in inside]
        return rows


def program(seed: int) -> str:
    """A function `f(x, y, c)`: the arguments are those of the programs over arrays."""
    w = Flowing(seed)
    rows = [
        "s = c * 1.1", "t = x[1] * 0.4", "u = x * c", "v = y * 0.7", "bag = [s, x[2]]", 'table = {"p": s, "q": y[0]}',
        'ways = {"p": lambda v: v * c, "q": np.sin}', *w.block(0, 4, 7),
        'return s * t + np.sum(u * v) + sum(bag) + table["p"] * table["q"] + ways["p"](t) + np.sum(x * y)',
    ]  # fmt: skip
    body = ["def run():", *("    " + row for row in ["nonlocal s, t, u, v, bag, table", *rows[7:]]), "return run()"]
    body = [*rows[:7], *body] if any(row.lstrip().startswith("nonlocal") for row in rows) else rows
    return HEAD + "def f(x, y, c):\n" + "\n".join("    " + row for row in body) + "\n"
