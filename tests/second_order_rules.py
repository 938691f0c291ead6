"""Second derivatives of every rule of the tables, right or refused: `python -m tests.second_order_rules [PART...]`.

Each sample call of a row whose name has one of the parts (of all rows: an hour) stands in a function of its own, which
sums what the call gives under an outer function and weights, so that neither derivative is constant.  The four ways
are those of `tests.second_order`; what is not right in all of them is printed.
"""

from __future__ import annotations

import itertools
import linecache
import math
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "rules")]

from row_execution import MODULES  # noqa: E402
from samples_elementwise import SAMPLES as ELEMENTWISE  # noqa: E402
from samples_structured import SAMPLES as STRUCTURED  # noqa: E402

from srcgrad.rules.pattern import qualified  # noqa: E402
from srcgrad.rules.registry import lookup  # noqa: E402
from tests.second_order import MODES, has_gradient, outcome  # noqa: E402
from tests.trees import leaves  # noqa: E402

SAMPLES = {**ELEMENTWISE, **STRUCTURED}
MISSING = {row for row in SAMPLES if row.startswith("math.") and not hasattr(math, row[5:])}  # of later Pythons
NUMBERS = itertools.count(1)


def form(value: Any) -> str:
    """The shape of a value, and whether it is complex."""
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(form(v) for v in value) + "]"
    if isinstance(value, np.ndarray):
        return "x".join(map(str, value.shape or ("0-d",))) + (" complex" if value.dtype.kind == "c" else "")
    return type(value).__name__


def calls_of(row: str) -> dict[str, Any]:
    """Programs for the sample calls of a row in full precision: one for each call and form of its arguments."""
    found: dict[str, Any] = {}
    for expression, point in SAMPLES[row]:
        name = f"{expression} at {', '.join(form(v) for v in point.values())}"
        if name not in found and in_doubt(list(point.values())):
            program = program_of(expression, point)
            if program is not None:
                found[name] = program
    return found


def in_doubt(values: list[Any]) -> bool:
    """Whether differences of these values say something: there are some, in double precision."""
    numbers = leaves(values)
    wide = all(np.asarray(v).dtype in (np.float64, np.complex128) for v in numbers)
    return bool(numbers) and wide and all(np.size(v) and np.all(np.isfinite(v)) for v in numbers)


def program_of(expression: str, point: dict[str, Any]) -> Any:
    """A function of the arguments of a call, with a real number as its result; None where no result is a float."""
    with np.errstate(all="ignore"):
        out = eval(expression, {**MODULES, **point})
    parts = {"out": out} if not isinstance(out, (tuple, list)) else {f"out[{n}]": o for n, o in enumerate(out)}
    parts = {n: o for n, o in parts.items() if leaves(o)}
    if not in_doubt(list(parts.values())):
        return None
    names = ", ".join(point)
    weights = {f"w{n}": weight(o) for n, o in enumerate(parts.values())}
    terms = " + ".join(term(n, o, w) for (n, o), w in zip(parts.items(), weights, strict=True))
    text = f"def sampled({names}):\n    out = {expression}\n    return {terms}\n"
    filename = f"<sample {next(NUMBERS)}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)
    namespace = {"__name__": "sampled", **MODULES, **weights}
    exec(compile(text, filename, "exec"), namespace)
    args = list(point.values())
    wrt = [n for n, value in enumerate(args) if leaves(value)]
    return SimpleNamespace(function=namespace["sampled"], args=args, wrt=wrt, keywords={})


def weight(out: Any) -> Any:
    count = int(np.size(out))
    found = np.reshape(np.cos(1.0 + 1.3 * np.arange(count)), np.shape(out))
    return found * (1.0 + 0.5j) if np.iscomplexobj(out) else found


def term(name: str, out: Any, weight: str) -> str:
    if np.iscomplexobj(out):
        return f"np.sum(np.real({weight} * {name} * {name}))"
    return f"np.sum({weight} * np.sin({name}))"


def outcomes(row: str, at_most: int | None = None) -> dict[str, str]:
    """What becomes of each sample call of a row that has a gradient, or of the first ones."""
    found: dict[str, str] = {}
    for name, program in itertools.islice(calls_of(row).items(), at_most):
        with np.errstate(all="ignore"):
            if has_gradient(program):
                found[name] = " ".join(outcome(program))
    return found


def rows(parts: list[str]) -> list[str]:
    """The rows with derivatives whose names have one of the parts."""
    found = [(r, lookup(qualified(r))) for r in SAMPLES if not parts or any(p in r for p in parts)]
    return [r for r, rule in found if rule is not None and rule.kind != "constant" and r not in MISSING]


def campaign(parts: list[str]) -> None:
    for row in rows(parts):
        found = outcomes(row)
        print(row, dict(Counter(found.values())), flush=True)
        for name, codes in found.items():
            if set(codes.split()) != {"right"}:
                print(f"    {name}: {codes}")


if __name__ == "__main__":
    print(", ".join(MODES))
    campaign(sys.argv[1:])
