"""Functions of NumPy that call the function they are given for each item, written out in Python.

    wave = np.vectorize(f)                  items = []
    y = wave(x)                  ->         for n in range(x_items.size):
                                                items.append(f(x_items[n].item()))
                                            y = ... the items as an array of the type of the first result

They are then differentiated as any function of the user.  Each calls what it is given as often as NumPy does:
`np.vectorize` once more than there are items, to learn the type of its result.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..frontend.bindings import EMITTED
from ..generated import run
from ..ir.program import Function
from ..runtime import of_type
from ..runtime.checks import require_items
from . import kinds as k

MAKER, ALONG_AXIS = "numpy.vectorize", "numpy.apply_along_axis"
IN_PYTHON = frozenset({MAKER, ALONG_AXIS})
ALONG_AXIS_TEXT = """\
def apply_along_axis({params}):
    before = np.moveaxis(np.asarray(arr), axis, -1)
    rows = np.reshape(before, (-1, np.shape(before)[-1]))
    require_items(rows)
    items = []
    for n in range(len(rows)):
        items.append(func1d({given}))
    first = np.asarray(items[0])
    whole = np.reshape(of_type(items, first.dtype), np.shape(before)[:-1] + np.shape(first))
    start, count = axis % np.ndim(before), np.ndim(first)
    return np.moveaxis(
        whole, tuple(range(np.ndim(before) - 1, np.ndim(before) - 1 + count)), tuple(range(start, start + count))
    )
"""


class InPython:
    """The functions that a program needs, one for each number of arguments."""

    def __init__(self, load: Any) -> None:
        self.load = load
        self.functions: dict[str, Function] = {}
        self.made: dict[int, str | None] = {}
        self.results: dict[tuple[int, int], int] = {}

    def vectorized(self, inner: k.Func, otypes: str | None, access: Any) -> k.Kind:
        """`np.vectorize(f)` as a value: what it runs is known where it is called."""
        found = self.function(f"def vectorize(pyfunc, *args):\n    return {otypes!r}\n")
        self.made[id(found)] = otypes
        return k.Func(found, (k.Held("#0", inner, access),))

    def fitted(self, func: k.Func, args: Sequence[k.Kind], keywords: dict[str, k.Kind]) -> k.Func:
        """The same function, written out for as many arguments as it is called with, and as many results."""
        if id(func.target) not in self.made or len(args) + len(keywords) == 1:
            return func
        otypes = self.made[id(func.target)]
        names = [f"x{n}" for n in range(1, len(args))] if len(args) > 2 else ["x"][: len(args) - 1]
        lists = {n for n, kind in zip([*names, *keywords], [*args[1:], *keywords.values()], strict=True)
                 if not isinstance(kind, k.Num)}  # fmt: skip
        count = len(otypes) if otypes else self.results.get((id(func.target), id(func.held[0].kind.target)), 1)  # type: ignore[union-attr]
        return k.Func(self.function(vectorized_text(names, list(keywords), lists, otypes, count)), func.held)

    def several(self, marker: k.Func, first: k.Kind) -> bool:
        """Whether the function turns out to give a tuple, so that it has to be written out anew."""
        if id(marker.target) not in self.made or not isinstance(first, k.Seq) or not first.items:
            return False
        key = (id(marker.target), id(marker.held[0].kind.target))  # type: ignore[union-attr]
        known, self.results[key] = self.results.get(key, 1), len(first.items)
        return first.kind == "tuple" and known == 1

    def along_axis(self, args: Sequence[k.Kind], keywords: dict[str, k.Kind]) -> Function:
        more = [f"arg{n}" for n in range(3, len(args))]
        words = [n for n in keywords if n not in ("func1d", "axis", "arr")]
        params = ["func1d", "axis", "arr", *more, *(["*"] if words else []), *words]
        given = ["rows[n]", *more, *(f"{n}={n}" for n in words)]
        return self.function(ALONG_AXIS_TEXT.format(params=", ".join(params), given=", ".join(given)))

    def function(self, text: str) -> Function:
        if text not in self.functions:
            name = text[4 : text.index("(")]
            filename = f"<srcgrad {name} {len(self.functions) + 1}>"
            namespace: dict[str, Any] = {"__name__": f"{EMITTED}.{name}", "np": np}
            namespace |= {"of_type": of_type, "require_items": require_items}
            found = self.load(run(filename, text, namespace)[name])
            assert found is not None, "what is written here can be read again"
            self.functions[text] = found
        return self.functions[text]


def letters(kind: k.Kind) -> str | None:
    """The types in `otypes`, as the letters NumPy has for them."""
    match kind:
        case k.Known(str(given)):
            return given
        case k.Seq(_, items) if items is not None and all(isinstance(i, k.Known) for i in items):
            try:
                return "".join(np.dtype(i.value).char for i in items if isinstance(i, k.Known))
            except TypeError:
                return None
    return None


def vectorized_text(names: list[str], words: list[str], lists: set[str], otypes: str | None, count: int) -> str:
    """`np.vectorize(pyfunc)` of so many arguments and results; `lists`: arguments that may be no arrays yet."""
    every = [*names, *words]
    shapes = ", ".join(f"np.shape({n})" for n in every)

    def opened(n: str) -> str:
        whole = f"np.asarray({n})" if n in lists else n
        return f"np.broadcast_to({whole}, shape)" if len(every) > 1 else whole

    def call(item: str) -> str:
        given = [f"{n}_items[{item}" for n in names] + [f"{w}={w}_items[{item}" for w in words]
        return f"pyfunc({', '.join(given)})"

    lines = [f"def vectorize(pyfunc, {', '.join([*names, *(['*'] if words else []), *words])}):"]
    lines.append(f"    shape = np.broadcast_shapes({shapes})" if len(every) > 1 else f"    shape = {shapes}")
    lines += [f"    {n}_items = np.reshape({opened(n)}, -1)" for n in every]
    if otypes is None:
        lines += [f"    require_items({every[0]}_items)", f"    first = {call('0]')}"]
    numbers = [""] if count == 1 else [f"_{n + 1}" for n in range(count)]
    lines += [f"    items{n} = []" for n in numbers]
    lines.append(f"    for n in range({every[0]}_items.size):")
    if count == 1:
        lines.append(f"        items.append({call('n].item()')})")
    else:
        lines.append(f"        {', '.join(f'item{n}' for n in numbers)} = {call('n].item()')}")
        lines += [f"        items{n}.append(item{n})" for n in numbers]
    made = []
    for k_th, n in enumerate(numbers):
        first = "first" if count == 1 else f"first[{k_th}]"
        dtype = repr(otypes[k_th]) if otypes is not None else f"np.asarray({first}).dtype"
        made.append(f"np.reshape(of_type(items{n}, {dtype}), shape)")
    return "\n".join([*lines, f"    return {', '.join(made)}", ""])
