"""Straight programs over lists, dicts, tuples and objects that have several names, and slots that are None at first.

What is written is also done, with numbers of no meaning, so that every statement finds what it changes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

HEAD = """\
import numpy as np


class P:
    def __init__(self):
        self.v = None
        self.l = []
        self.o = None

    def set(self, v):
        self.v = v * v
        self.l.append(self.v)
        return self

    def grow(self, k):
        for i in range(len(self.l)):
            self.l[i] = self.l[i] * k
        self.v = k if self.v is None else self.v * k


def fill(items, v):
    for i in range(len(items)):
        items[i] = v * (i + 1)
    return items


"""


class P:
    def __init__(self) -> None:
        self.v: Any = None
        self.l: list[Any] = []
        self.o: Any = None


class Slots:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.names: dict[str, Any] = {}
        self.rows: list[str] = []
        self.number = 0

    # ----- what is there -----

    def places(self) -> Iterator[tuple[str, Any, Any, Any]]:
        """Expressions with their values, and the container and key that they are slots of."""

        def visit(text: str, value: Any, holder: Any, key: Any, depth: int) -> Iterator[tuple[str, Any, Any, Any]]:
            yield text, value, holder, key
            if depth == 3:
                return
            if isinstance(value, list | tuple):
                for i, item in enumerate(value):
                    yield from visit(f"{text}[{i}]", item, value, i, depth + 1)
            if isinstance(value, dict):
                for k, item in value.items():
                    yield from visit(f"{text}[{k!r}]", item, value, k, depth + 1)
            if isinstance(value, P):
                for k, item in vars(value).items():
                    yield from visit(f"{text}.{k}", item, value, k, depth + 1)

        for name, value in self.names.items():
            yield from visit(name, value, None, name, 0)

    def some(self, wanted: Any) -> tuple[str, Any, Any, Any] | None:
        found = [p for p in self.places() if wanted(p)]
        return self.random.choice(found) if found else None

    def number_text(self) -> str:
        base = self.random.choice(["x[0]", "x[1]", "s", "t", "x[2] * s", "np.sin(t)"])
        place = self.some(lambda p: isinstance(p[1], float))
        if place is None or self.random.random() < 0.4:
            return base
        return self.random.choice(["{0} * {1}", "{0} + {1}", "{0}", "np.cos({0}) * {1}"]).format(place[0], base)

    def new(self) -> tuple[str, Any]:
        """A value that is made anew."""
        number = self.number_text()
        return self.random.choice([
            (number, 1.0), ("None", None), (f"[{number}, None]", [1.0, None]), ("[None] * 2", [None, None]),
            ("[]", []), (f"({number}, s)", (1.0, 1.0)), ('{"k": None}', {"k": None}),
            (f'{{"k": {number}, "m": [None]}}', {"k": 1.0, "m": [None]}), ("P()", P()),
            (f"P().set({number})", self.after_set(P())),
        ])  # fmt: skip

    @staticmethod
    def after_set(p: P) -> P:
        p.v = 1.0
        p.l.append(1.0)
        return p

    # ----- statements -----

    def statement(self) -> None:
        self.random.choice([
            self.name, self.name, self.store, self.store, self.share, self.share, self.append, self.pop, self.update,
            self.method, self.grow, self.fill, self.total, self.total, self.branch,
        ])()  # fmt: skip

    def name(self) -> None:
        self.number += 1
        text, value = self.new()
        place = self.some(lambda p: isinstance(p[1], list | dict | P))
        if place is not None and self.random.random() < 0.5:
            text, value = place[0], place[1]
        name = f"{self.random.choice('abcde')}{self.random.choice(['', '', self.number])}"
        self.names[name] = value
        self.rows.append(f"{name} = {text}")

    def put(self, place: tuple[str, Any, Any, Any], value: Any) -> None:
        _, _, holder, key = place
        if isinstance(holder, P):
            setattr(holder, key, value)
        elif holder is not None:
            holder[key] = value
        else:
            self.names[key] = value

    def slot(self, wanted: Any = lambda p: True) -> tuple[str, Any, Any, Any] | None:
        return self.some(lambda p: isinstance(p[2], list | dict | P) and wanted(p))

    def store(self) -> None:
        place = self.slot(lambda p: p[3] != "l")
        if place is not None:
            text, value = self.new()
            self.put(place, value)
            self.rows.append(f"{place[0]} = {text}")

    def share(self) -> None:
        place, other = self.slot(lambda p: p[3] != "l"), self.some(lambda p: isinstance(p[1], list | dict | P))
        if place is not None and other is not None and not holds(other[1], place[2]):
            self.put(place, other[1])
            self.rows.append(f"{place[0]} = {other[0]}")

    def append(self) -> None:
        place = self.some(lambda p: isinstance(p[1], list) and len(p[1]) < 4)
        if place is not None:
            text, value = (self.number_text(), 1.0) if place[3] == "l" else self.new()
            place[1].append(value)
            self.rows.append(f"{place[0]}.append({text})")

    def pop(self) -> None:
        place = self.some(lambda p: isinstance(p[1], list) and p[1] and isinstance(p[1][-1], float))
        if place is not None:
            place[1].pop()
            self.rows.append(f"t = t + {place[0]}.pop()")

    def update(self) -> None:
        place = self.slot(lambda p: isinstance(p[1], float))
        if place is not None:
            self.rows.append(f"{place[0]} {self.random.choice(['+=', '*='])} {self.number_text()}")

    def method(self) -> None:
        place = self.some(lambda p: isinstance(p[1], P) and len(p[1].l) < 4)
        if place is not None:
            number = self.number_text()
            self.after_set(place[1])
            if self.random.random() < 0.4:
                self.names["r"] = place[1]
            self.rows.append(("r = " if self.names.get("r") is place[1] else "") + f"{place[0]}.set({number})")

    def grow(self) -> None:
        place = self.some(lambda p: isinstance(p[1], P))
        if place is not None:
            place[1].v = 1.0
            self.rows.append(f"{place[0]}.grow({self.number_text()})")

    def fill(self) -> None:
        place = self.some(lambda p: isinstance(p[1], list) and p[3] != "l")
        if place is not None:
            number = self.number_text()
            place[1][:] = [1.0] * len(place[1])
            if self.random.random() < 0.5:
                self.rows.append(f"fill({place[0]}, {number})")
            else:
                self.rows += [f"for i in range(len({place[0]})):", f"    {place[0]}[i] = {number} * (i + 1)"]

    def total(self) -> None:
        self.rows.append(f"t = t + {self.number_text()}")

    def branch(self) -> None:
        place = self.slot(lambda p: p[1] is None or isinstance(p[1], float))
        if place is not None:
            if place[1] is None:
                self.rows.append(f"if {place[0]} is None:")
            else:
                self.rows.append(f"if x[{self.random.randrange(3)}] < 0.3:")
            self.rows.append(f"    {place[0]} = {self.number_text()}")
            self.put(place, 1.0)

    def body(self) -> list[str]:
        for _ in range(self.random.randint(6, 14)):
            self.statement()
        numbers = [p[0] for p in self.places() if isinstance(p[1], float)]
        self.random.shuffle(numbers)
        return [*self.rows, "return t + " + " + ".join([*(f"{n} * {k + 2}" for k, n in enumerate(numbers[:6])), "s"])]


def holds(value: Any, holder: Any) -> bool:
    """Whether a container is a value, or in it."""
    if value is holder:
        return True
    items = value if isinstance(value, list | tuple) else value.values() if isinstance(value, dict) else ()
    items = vars(value).values() if isinstance(value, P) else items
    return any(holds(v, holder) for v in items)


def program(seed: int) -> str:
    """A function `f(x, y, c)`, of which y is not used: the arguments are those of the programs over arrays."""
    rows = ["s = c * 1.0", "t = s * s", *Slots(seed).body()]
    return HEAD + "def f(x, y, c):\n" + "\n".join("    " + row for row in rows) + "\n"
