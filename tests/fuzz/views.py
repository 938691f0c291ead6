"""Programs in which only the run tells what memory a name has: views and copies, names that trade places, helpers."""

from __future__ import annotations

from .writer import Writer

HEAD = """\
import numpy as np


def upper(a):
    return a[:2]


def halves(a):
    return a[:, :1], a[:, 1:]


def first_of(a, b, c):
    return a if c > 0.5 else b


def mix(u, v, c):
    u *= c
    v[0] += u[-1] * c
    return np.sum(u * v)


def turned(a, c):
    a[0] *= c
    a = a.T
    a[-1] += c
    return a * a


"""
MATRICES = ("a", "b", "d")
VECTORS = ("u", "v", "r")
VIEWS = (
    "{m}[0]", "{m}[-1]", "{m}[:, 1]", "{m}.T[2]", "{m}.reshape(-1)[:3]", "{m}.T.reshape(-1)[3:6]", "{m}.ravel()[::3]",
    "upper({m})[1]", "{v}[::-1]", "{v}", "({m}[1] if s > t else {v})", "({v} if t > 0.5 else {v}.copy())",
    "np.asarray({v})", "halves({m})[0][:, 0]", "first_of({v}, {m}[2], s)", "{m}[[0, 2]][1]", "{v} * 1.0",
    'np.einsum("ii->i", {m})', 'np.einsum("ji", {m})[1]', "np.split({m}, 3)[1][0]", "{m}.conj()[2]",
    "np.diagonal({m})", "np.broadcast_to({v}, (2, 3))[1]", "np.broadcast_to({m}, (2, 3, 3))[0, 2]",
    "np.unstack({m}, axis=1)[0]", "{v}.astype(float, copy=False)", "np.diff({m}, 0)[1]",
)  # fmt: skip
WHOLES = (
    "{m}.T", "{m}", "{m}.T.reshape(3, 3)", "{m}.copy()", "first_of({m}, {n}, t)", "{m}[::-1]",
    "({m} if s > 0 else {n})", 'np.einsum("ij->ji", {m})', "{m}.astype(float)",
)  # fmt: skip


class Views(Writer):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        changes = [
            "{v} *= {s}", "{v}[0] = {s}", "{v}[1:] += {w}[:-1]", "{v}[:] = {w} * {s}", "{m} *= {s}", "{m}[1] = {v}",
            "{m}[0] += {v} * {s}", "{m}[{i}, 1] = {s}", "{v} += {w}", "{m}[:, 0], {m}[:, 2] = {m}[:, 2], {m}[:, 0]",
            "t = t + mix({v}, {w}, 0.7) * 0.1", "t = t + mix({m}[0], {m}[1], 0.6) * 0.1", "upper({m})[{i}] *= {s}",
            "{n} = turned({m}, s)", "{m} -= {n} * 0.3", "for row in {m}:\n    row *= {v}", "t = t * {s}",
            "for row in {m}:\n    if row[0] > t:\n        {v} = row", "x[0] = {s}", "{v}[[0, 0]] += {s}",
            "for col in np.unstack({m}, axis=1):\n    col *= {v}", "top, rest = np.vsplit({m}, [1]); top *= rest[0]",
            "for z in ({v}, {w}[::-1]):\n    z *= {s}", "for z in ({v}, {m}[1], {w}):\n    z[1:] += z[:-1] * {s}",
            "z = {v} + 1j * {w}; re, im = z.real, z.imag; im *= re; re[1:] += im[:-1]; {v} = re * im",
            "w = np.lib.stride_tricks.sliding_window_view({v}, 2)\n{v}[1] *= {s}\nt = t + np.sum(w * w) * 0.1",
            "left, right = {v}[:2], {v}[2:]\nleft *= {s}\nright += left[0]",
            "for part in np.array_split({v}, 2):\n    part += part[0] * {s}",
        ]  # fmt: skip
        binds = [
            *("{u} = " + part for part in VIEWS), *("{o} = " + part for part in WHOLES), "{v}, {w} = {w}, {v}",
            "{m}, {n} = {n}, {m}", "u, v, r = v, r, u", "{o}, left = {n}, {m}[:, :2]; left *= {s}",
            "left, right = halves({m}); left += right[:, :1]",
        ]  # fmt: skip
        self.statements = [
            (1.0, self.loop), (1.0, self.branch), (4.0, lambda n: self.line(changes)),
            (3.5, lambda n: self.line(binds)),
        ]  # fmt: skip

    def scalar(self) -> str:
        return self.pick("c", "s", "0.7", "t * 0.5", "x[1]", "np.tanh(u[0])", "np.sum(a) * 0.1", "y[0] * s")

    def line(self, forms: list[str]) -> list[str]:
        v, w = self.random.sample(VECTORS, 2)
        m, n = self.random.sample(MATRICES, 2)
        words = {"v": v, "w": w, "m": m, "n": n, "s": self.scalar(), "i": self.pick("0", "1", "-1"),
                 "u": self.pick(*VECTORS), "o": self.pick(*MATRICES)}  # fmt: skip
        return self.random.choice(forms).format(**words).split("\n")

    def simple(self, depth: int) -> list[str]:
        return [f"t = {self.scalar()}"]

    def test(self) -> str:
        return f"if {self.pick('s', 't', 'u[0]', 'a[1, 1]')} > {self.pick('-9', '0', '0.4', '9')}:"


def program(seed: int) -> str:
    """A function `f(x, y, c)`: the arguments are those of the programs over arrays."""
    w = Views(seed)
    body = [
        "s = c * 1.1", "t = x[1] * 0.4", "a = np.outer(x, y) * c", "b = np.outer(y, y) + x", "d = a * b",
        "u = x * c", "v = y * 0.7", "r = a[1]", *w.block(0, 4, 9),
        "return np.sum(a * b) + np.sum(u * v) + np.sum(d * r) + t + np.sum(x * y)",
    ]  # fmt: skip
    return HEAD + "def f(x, y, c):\n" + "\n".join("    " + row for row in body) + "\n"
