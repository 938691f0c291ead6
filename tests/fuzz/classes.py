"""Programs over objects of several classes in lists and under one name, with tests that ask them something."""

from __future__ import annotations

from .writer import Writer

HEAD = """\
import numpy as np


class Layer:
    gain = 1.5

    def __init__(self, w):
        self.w = w
        self.n = 0

    def __call__(self, v):
        self.n += 1
        return self.forward(v) * self.gain

    def __bool__(self):
        return bool(self.size() > 0.4)

    def __lt__(self, other):
        return self.size() < other.size()

    def __add__(self, other):
        return self.w * other.w

    def size(self):
        return np.sum(self.w)

    @property
    def area(self):
        return self.w * self.w

    @area.setter
    def area(self, v):
        self.w = v * 0.5

    def back(self, g, *, rate=0.5):
        return g * self.w * rate


class Scale(Layer):
    def forward(self, v):
        self.x = v
        return v * self.w

    def back(self, g, *, rate=1.0):
        return g * self.w * rate + self.n


class Wave(Layer):
    gain = 0.5

    def __init__(self, w, shift=0.3):
        super().__init__(w * shift)
        self.shift = shift

    def forward(self, v):
        self.y = np.sin(v + self.shift)
        return self.y

    def grow(self, k):
        self.shift = self.shift * k
        return self

    @property
    def area(self):
        return self.shift - self.w

    @area.setter
    def area(self, v):
        self.shift = v * 0.25

    def __add__(self, other):
        return self.w - other.w


class Store(Layer):
    def __init__(self, w):
        super().__init__(w)
        self.log = [w]

    def forward(self, v):
        self.log.append(v)
        return v + self.log[-1] * self.w

    def size(self):
        return super().size() + len(self.log) * 0.1


def make(kind, v):
    if kind == 0:
        return Scale(v)
    return Wave(v, shift=v) if kind == 1 else Store(v)


def through(layers, v):
    for layer in layers:
        v = layer(v)
    return v


"""
ONES = ("p", "b", "p", "layers[0]", "layers[-1]")


class Classes(Writer):
    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        forms = [
            "{0}.w = {1}", "{0}.w *= {1}", "t = t + {0}({1}) * 0.3", "{0}.area = {1}", "t = t + {0}.area",
            "p = {0}", "p = Scale({1})", "p = make({2}, {1}) if {3} else Wave({1})", "t = {0}.back({1}, rate=0.7)",
            "t = t * 0.5 + ({0} + {4})", "layers.append({0})", "layers.append(make({2}, {1}))", "layers[0] = p",
            "if {0} < {4}:\n    t = t + {1}", "t = t + {1} if {0} else t * 0.7", "p = {0} if {3} else b",
            "t = t + ({0}.shift if isinstance({0}, Wave) else {0}.w)", "b.grow({1})",
        ]  # fmt: skip
        lists = [
            "for o in layers:\n    t = t * 0.3 + o({1})", "t = t + sum(o.area for o in layers)",
            "for o in layers:\n    o.w = o.w * {1}\n    if isinstance(o, (Wave, Store)):\n        t = t + o.area",
            "t = through(layers, {1})", "u = layers[0](u)", "t = t + sum(o.w for o in layers if o)",
            "t = t + len([o for o in layers if o and {3}]) * {1}", "layers = [make(n, {1}) for n in range(3)]",
            "for o in reversed(layers):\n    t = o.back(t, rate=0.3)",
        ]  # fmt: skip
        self.statements = [
            (0.8, self.loop), (0.9, self.branch), (4.0, lambda n: self.change(forms)),
            (3.0, lambda n: self.change(lists)),
        ]  # fmt: skip

    def value(self) -> str:
        return self.pick(
            "x[0]", "x[1] * 0.6", "s", "p.w * 0.4", "b.shift * s", "t * 0.3", "u[1] * 0.5", "np.tanh(b.w)", "x[2] * s",
            "layers[0].area * 0.2", "np.sin(p.w)",
        )  # fmt: skip

    def change(self, forms: list[str]) -> list[str]:
        numbers = (self.pick("0", "1", "2"), self.pick("s > 0.3", "t < 0.5", "b.w > 0", "not b", "p or b"))
        row = self.random.choice(forms).format(self.pick(*ONES), self.value(), *numbers, self.pick(*ONES))
        return row.split("\n")

    def simple(self, depth: int) -> list[str]:
        return [f"t = {self.value()}"]

    def test(self) -> str:
        return self.pick("if s > 0.4:", "if p:", "if t < 0.4:", "if p < b:", "if isinstance(p, Scale):", "if not p:")


def program(seed: int) -> str:
    """A function `f(x, y, c)`: the arguments are those of the programs over arrays."""
    w = Classes(seed)
    body = [
        "s = c * 1.0", "b = Wave(x[0], s)", "p = Scale(x[1])", "u = y * s", "t = s * s",
        f"layers = [{w.pick('Scale', 'Wave')}(x[0]), Store(x[2])]",
        *w.block(0, 1, 4),
        "return t + p.area * b.w + np.sum(through(layers, u)) + b.shift",
    ]  # fmt: skip
    return HEAD + "def f(x, y, c):\n" + "\n".join("    " + row for row in body) + "\n"
