"""Second derivatives of the corpus, right or refused: `python -m tests.second_order GROUP...`.

Of every program with a real scalar result that is smooth at its arguments, in all four ways, against differences of
the gradient and against each other, since u.Hv = v.Hu:

    forward over reverse    the tangent of the gradient along u, paired with v
    reverse over reverse    the pullback of the gradient, of v, paired with u
    reverse over forward    the gradient of the derivative along u, paired with v
    forward over forward    the tangent along v of the derivative along u

The table says what becomes of each way, in this order; programs that are right in all four are left out of it, and so
are those that take minutes and are not checked yet in one way or two: `engines.trains_a_network`,
`objects_operators.sums_of_objects`, `objects_written.base_method_of_a_subclass`, `tables_of_functions.reverse_polish`.
"""

from __future__ import annotations

import copy
import importlib
import inspect
import itertools
import json
import linecache
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

import srcgrad
from tests.checking import low_precision
from tests.trees import difference, direction, inner, leaves

MODES = ("forward over reverse", "reverse over reverse", "reverse over forward", "forward over forward")
NUMBERS = itertools.count(1)
HERE = Path(__file__).parent
TABLE = HERE / "second_order.json"
KNOWN: dict[str, dict[str, str]] = json.loads(TABLE.read_text(encoding="utf-8")) if TABLE.exists() else {}


def is_scalar(c: Any) -> bool:
    if not c.smooth or c.keywords or low_precision(c) or any(np.iscomplexobj(x) for x in leaves(list(c.args))):
        return False
    value = c.function(*copy.deepcopy(list(c.args)))
    return not isinstance(value, tuple | list | dict) and np.shape(value) == () and np.asarray(value).dtype.kind == "f"


def has_gradient(c: Any) -> bool:
    """Whether it is not refused at first order."""
    try:
        srcgrad.grad(c.function, wrt=tuple(c.wrt))(*copy.deepcopy(list(c.args)))
    except srcgrad.SrcgradError:
        return False
    return True


def outcome(c: Any, modes: tuple[str, ...] = MODES) -> list[str]:
    """For each way: "right", else the code of the refusal, "raises" where what is emitted does not run, "wrong" where
    it gives another number than differences, or than another way."""
    rng = np.random.default_rng(11)
    args = copy.deepcopy(list(c.args))
    gradient = srcgrad.grad(c.function, wrt=tuple(c.wrt))
    us = [direction(args[n], rng) for n in c.wrt]
    vs = [direction(args[n], rng) for n in c.wrt]
    numeric = [difference(gradient, args, c.wrt, us, tuple(vs), step) for step in (1e-4, 1e-5)]
    along = derivative_along(c, us)
    known: list[float] = []
    return [judged(WAYS[mode], (gradient, along), c, (args, us, vs), numeric, known) for mode in modes]


def judged(way: Any, derivatives: tuple[Any, Any], c: Any, at: Any, numeric: list[float], known: list[float]) -> str:
    args, us, vs = at
    try:
        found, scale = way(derivatives[way in OVER_FORWARD], c, copy.deepcopy(args), us, vs)
    except srcgrad.SrcgradError as e:
        return e.code
    except (TypeError, ValueError, IndexError, AttributeError, KeyError, NameError):
        return "raises"
    if min(abs(n - found) for n in numeric) > 1e-5 * scale or any(abs(k - found) > 1e-8 * scale for k in known):
        return "wrong"
    known.append(found)
    return "right"


def derivative_along(c: Any, us: list[Any]) -> Any:
    """A function, in Python text, of the program's arguments: its derivative along `us`, forward."""
    names = [f"x{n}" for n in range(len(c.args))]
    tangents = ["None"] * len(names)
    for i, n in enumerate(c.wrt):
        tangents[n] = f"u{i}"
    given, along = (f"({', '.join(each)},)" for each in (names, tangents))
    plain = inspect.isfunction(c.function) and len(inspect.signature(c.function).parameters) == len(names)
    called = "f" if plain else f"lambda {', '.join(names)}: f({', '.join(names)})"
    text = f"def along({', '.join(names)}):\n    return srcgrad.jvp({called}, {given}, {along})[1]\n"
    filename = f"<along {next(NUMBERS)}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)
    namespace = {"__name__": "along", "srcgrad": srcgrad, "f": c.function, **{f"u{i}": u for i, u in enumerate(us)}}
    exec(compile(text, filename, "exec"), namespace)
    return namespace["along"]


def forward_over_reverse(gradient: Any, c: Any, args: list[Any], us: list[Any], vs: list[Any]) -> tuple[float, float]:
    _, product = srcgrad.jvp(gradient, tuple(args), spread(c, us))
    return inner(tuple(vs), product), size(product)


def reverse_over_reverse(gradient: Any, c: Any, args: list[Any], us: list[Any], vs: list[Any]) -> tuple[float, float]:
    _, pullback = srcgrad.vjp(gradient, *args)
    product = [pullback(tuple(vs))[n] for n in c.wrt]
    return inner(us, product), size(product)


def reverse_over_forward(along: Any, c: Any, args: list[Any], us: list[Any], vs: list[Any]) -> tuple[float, float]:
    _, pullback = srcgrad.vjp(along, *args)
    found = pullback(1.0)
    product = [found[n] for n in c.wrt]
    return inner(vs, product), size(product)


def forward_over_forward(along: Any, c: Any, args: list[Any], us: list[Any], vs: list[Any]) -> tuple[float, float]:
    _, product = srcgrad.jvp(along, tuple(args), spread(c, vs))
    return float(product), 1.0 + abs(float(product))


WAYS = dict(
    zip(MODES, (forward_over_reverse, reverse_over_reverse, reverse_over_forward, forward_over_forward), strict=True)
)
OVER_FORWARD = (reverse_over_forward, forward_over_forward)


def spread(c: Any, directions: list[Any]) -> tuple[Any, ...]:
    """A tangent for each argument: None, but for those that are differentiated."""
    found: list[Any] = [None] * len(c.args)
    for n, d in zip(c.wrt, directions, strict=True):
        found[n] = d
    return tuple(found)


def size(product: Any) -> float:
    return 1.0 + sum(float(np.sum(np.abs(np.asarray(x)))) for x in leaves(list(product)))


def outcomes(group: str, modes: tuple[str, ...] = MODES) -> dict[str, str]:
    """What becomes of each program of a group that has a gradient."""
    found: dict[str, str] = {}
    for c in getattr(importlib.import_module(group), "CASES", ()):
        with np.errstate(all="ignore"):
            if not is_scalar(c) or not has_gradient(c):
                continue
            found[c.name] = " ".join(outcome(c, modes))
    return found


def campaign(groups: list[str]) -> None:
    for group in groups:
        found = outcomes(group)
        bad = [n for n, code in found.items() if "wrong" in code or "raises" in code]
        if bad:
            print(f"{group}: neither right nor refused: {', '.join(bad)}")
        KNOWN[group] = {n: code for n, code in found.items() if set(code.split()) != {"right"}}
        print(group, dict(Counter(found.values())), flush=True)
        TABLE.write_text(json.dumps(KNOWN, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.path[:0] = [str(HERE / "programs"), str(HERE / "kernels")]
    everything = [p.stem for folder in ("programs", "kernels") for p in sorted((HERE / folder).glob("*.py"))]
    campaign(sys.argv[1:] or [n for n in everything if n not in ("case", "run_emitted", "__init__")])
