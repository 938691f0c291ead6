"""Functions of NumPy that call the function they are given for each item, written out in Python.

    wave = np.vectorize(f)                  items = []
    y = wave(x)                  ->         for n in range(x_items.size):
                                                items.append(f(x_items[n].item()))
                                            y = ... the items as an array of the type of the first result

They are then differentiated as any function of the user.  Each calls what it is given as often as NumPy does:
`np.vectorize` once more than there are items, to learn the type of its result.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..frontend.bindings import EMITTED
from ..frontend.vectorized import PARAMETERS, Way, way_of
from ..generated import run
from ..ir import nodes as ir
from ..ir.program import Function
from ..runtime import loop_shape, of_type
from ..runtime.checks import require_items
from . import kinds as k
from .object_results import gives_objects, text_for
from .vectorized_text import Arguments, fits, vectorized_text

MAKER, ALONG_AXIS = "numpy.vectorize", "numpy.apply_along_axis"
PIECEWISE = "numpy.piecewise"
IN_PYTHON = frozenset({MAKER, ALONG_AXIS})
PIECEWISE_TEXT = """\
def piecewise({params}):
    x = np.asarray(x)
    y = np.zeros_like(x)
"""
OTHERWISE = "    others = ~np.any(np.array([{all}], bool), axis=0)\n"
PIECE = """\
    chosen = {chosen}
    if np.any(chosen):
        y[chosen] = {value}
"""
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
        self.made: dict[int, Way] = {}
        self.results: dict[tuple[int, int], int] = {}

    def vectorized(self, inner: k.Func, way: Way, access: Any) -> k.Kind:
        """`np.vectorize(f)` as a value: what it runs is known where it is called."""
        found = self.function(f"def vectorize(pyfunc, *, way):\n    return {way!r}\n")
        self.made[id(found)] = way
        return k.Func(found, (k.Held("#0", inner, access),))

    def of_objects(self, inner: k.Func, access: Any) -> k.Kind:
        """`np.frompyfunc(f, n, 1)` as a value."""
        found = self.function("def frompyfunc(pyfunc, *, way):\n    return way\n")
        return k.Func(found, (k.Held("#0", inner, access),))

    def fitted(self, func: k.Func, args: Sequence[k.Kind], keywords: dict[str, k.Kind]) -> k.Func:
        """The same function, written out for as many arguments as it is called with, and as many results."""
        way = self.made.get(id(func.target))
        if way is None:
            numbers = text_for(args[1:]) if gives_objects(func) and not keywords else None
            return k.Func(self.function(numbers), func.held) if numbers is not None else func
        names = [f"x{n}" for n in range(1, len(args))] if len(args) > 2 else ["x"][: len(args) - 1]
        every = [*names, *keywords]
        left_out = {n for place, n in [*enumerate(names), *((w, w) for w in keywords)] if place in way.excluded}
        kinds = dict(zip(every, [*args[1:], *keywords.values()], strict=True))
        lists = frozenset(n for n, kind in kinds.items() if not isinstance(kind, k.Num))
        given = Arguments(tuple(names), tuple(keywords), tuple(n for n in every if n not in left_out), lists)
        if way.signature is not None and not fits(way, way.signature, given):
            return func
        found = self.results.get((id(func.target), id(func.held[0].kind.target)), 1)  # type: ignore[union-attr]
        text = vectorized_text(given, way, len(way.otypes) if way.otypes else found)
        return k.Func(self.function(text), func.held)

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

    def piecewise(self, args: Sequence[k.Kind], keywords: dict[str, k.Kind]) -> Function | None:
        """`np.piecewise` of lists whose lengths are known, piece by piece; None where they are not."""
        if len(args) < 3 or set(keywords) & {"x", "condlist", "funclist"}:
            return None
        conditions, functions = conditions_of(args[0], args[1]), args[2].items if isinstance(args[2], k.Seq) else None
        if not conditions or not functions or len(functions) - len(conditions) not in (0, 1):
            return None
        more = [f"arg{n}" for n in range(3, len(args))]
        params = ["x", "condlist", "funclist", *more, *(["*"] if keywords else []), *keywords]
        given = ", ".join(["x[chosen]", *more, *(f"{n}={n}" for n in keywords)])
        text = PIECEWISE_TEXT.format(params=", ".join(params))
        text += OTHERWISE.format(all=", ".join(conditions)) if len(functions) > len(conditions) else ""
        for n, f in enumerate(functions):
            chosen = f"np.asarray({conditions[n]}, bool)" if n < len(conditions) else "others"
            value = f"funclist[{n}]" if is_number(f) else f"funclist[{n}]({given})"
            text += PIECE.format(chosen=chosen, value=value)
        return self.function(text + "    return y\n")

    def function(self, text: str) -> Function:
        if text not in self.functions:
            name = text[4 : text.index("(")]
            filename = f"<srcgrad {name} {len(self.functions) + 1}>"
            namespace: dict[str, Any] = {"__name__": f"{EMITTED}.{name}", "np": np}
            namespace |= {"math": math, "of_type": of_type, "require_items": require_items, "loop_shape": loop_shape}
            namespace |= of_tensorflow()
            found = self.load(run(filename, text, namespace)[name])
            assert found is not None, "what is written here can be read again"
            self.functions[text] = found
        return self.functions[text]


def of_tensorflow() -> dict[str, Any]:
    """What functions with the names of TensorFlow need."""
    from ..products import pulled
    from ..tensorflow_names import ValueAndGrads

    return {"pulled": pulled, "ValueAndGrads": ValueAndGrads}


def conditions_of(x: k.Kind, given: k.Kind) -> list[str] | None:
    """The conditions of `np.piecewise`, as text; None where it is not known how many there are."""
    numbered = [f"condlist[{n}]" for n in range(len(given.items or ()))] if isinstance(given, k.Seq) else []
    if isinstance(x, k.Num) and x.dims == ():
        return numbered
    if isinstance(given, k.Num) and given.rank == 1:  # one condition for all elements
        return ["condlist"]
    return numbered if isinstance(given, k.Seq) and not any(map(is_number, given.items or ())) else None


def is_number(kind: k.Kind) -> bool:
    return isinstance(kind, k.Num) and kind.is_scalar


def way_of_call(e: ir.Call, keywords: dict[str, k.Kind]) -> Way | None:
    """The options of a call of `np.vectorize`; None where they are not known."""
    given = dict(zip(PARAMETERS[1:], e.args[1:], strict=False)) | dict(e.keywords)
    options = {n: letters(keywords[n]) if n == "otypes" else constants(x) for n, x in given.items() if n != "doc"}
    return way_of(options) if NotImplemented not in options.values() else None


def constants(e: ir.Expr) -> Any:
    """What is written; NotImplemented where it is not constant."""
    match e:
        case ir.Const(value):
            return value
        case ir.Display("set" | "list" | "tuple", items):
            found = tuple(map(constants, items))
            return found if NotImplemented not in found else NotImplemented
    return NotImplemented


def letters(kind: k.Kind) -> Any:
    """The types in `otypes`, as the letters NumPy has for them; NotImplemented where they are not known."""
    match kind:
        case k.Known(None):
            return None
        case k.Known(str(given)):
            return given
        case k.Seq(_, items) if items is not None and all(isinstance(i, k.Known) for i in items):
            try:
                return "".join(np.dtype(i.value).char for i in items if isinstance(i, k.Known))
            except TypeError:
                return NotImplemented
    return NotImplemented
