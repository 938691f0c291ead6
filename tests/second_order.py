"""Second derivatives of the corpus, right or refused: `python -m tests.second_order GROUP...`.

Of every program with a real scalar result that is smooth at its arguments: the tangent of the gradient (forward over
reverse) and the pullback of the gradient (reverse over reverse) against differences of the gradient and each other.
"""

from __future__ import annotations

import copy
import importlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

import srcgrad
from tests.checking import low_precision
from tests.trees import difference, direction, inner, leaves

HERE = Path(__file__).parent
TABLE = HERE / "second_order.json"
KNOWN: dict[str, dict[str, str]] = json.loads(TABLE.read_text(encoding="utf-8")) if TABLE.exists() else {}


def is_scalar(c: Any) -> bool:
    if not c.smooth or c.keywords or low_precision(c) or any(np.iscomplexobj(x) for x in leaves(list(c.args))):
        return False
    value = c.function(*copy.deepcopy(list(c.args)))
    return not isinstance(value, tuple | list | dict) and np.shape(value) == () and np.asarray(value).dtype.kind == "f"


def outcome(c: Any) -> tuple[str, str]:
    """For forward over reverse and reverse over reverse: "" if right, else the code of the refusal, "raises" where
    what is emitted does not run, "wrong" where it gives another number.  One is v.Hu, the other u.Hv: both are
    compared with the same difference."""
    rng = np.random.default_rng(11)
    args = copy.deepcopy(list(c.args))
    gradient = srcgrad.grad(c.function, wrt=tuple(c.wrt))
    us = [direction(args[n], rng) for n in c.wrt]
    vs = [direction(args[n], rng) for n in c.wrt]
    codes = []
    numeric = [difference(gradient, args, c.wrt, us, tuple(vs), step) for step in (1e-4, 1e-5)]
    for mode in (forward_over_reverse, reverse_over_reverse):
        try:
            found, scale = mode(gradient, c, args, us, vs)
        except srcgrad.SrcgradError as e:
            codes.append(e.code)
            continue
        except (TypeError, ValueError, IndexError, AttributeError):
            codes.append("raises")
            continue
        codes.append("" if min(abs(n - found) for n in numeric) <= 1e-5 * scale else "wrong")
    return codes[0], codes[1]


def forward_over_reverse(gradient: Any, c: Any, args: list[Any], us: list[Any], vs: list[Any]) -> tuple[float, float]:
    tangents: list[Any] = [None] * len(args)
    for n, u in zip(c.wrt, us, strict=True):
        tangents[n] = u
    _, product = srcgrad.jvp(gradient, tuple(args), tuple(tangents))
    return inner(tuple(vs), product), size(product)


def reverse_over_reverse(gradient: Any, c: Any, args: list[Any], us: list[Any], vs: list[Any]) -> tuple[float, float]:
    _, pullback = srcgrad.vjp(gradient, *args)
    product = [pullback(tuple(vs))[n] for n in c.wrt]
    return inner(us, product), size(product)


def size(product: Any) -> float:
    return 1.0 + sum(float(np.sum(np.abs(np.asarray(x)))) for x in leaves(list(product)))


def outcomes(group: str) -> dict[str, str]:
    """What becomes of each program of a group, where it is not "right right"."""
    found: dict[str, str] = {}
    for c in getattr(importlib.import_module(group), "CASES", ()):
        with np.errstate(all="ignore"):
            if not is_scalar(c):
                continue
            try:
                srcgrad.grad(c.function, wrt=tuple(c.wrt))(*copy.deepcopy(list(c.args)))
            except srcgrad.SrcgradError:
                continue  # refused at first order
            found[c.name] = " ".join(code or "right" for code in outcome(c))
    return found


def campaign(groups: list[str]) -> None:
    for group in groups:
        found = outcomes(group)
        bad = [n for n, code in found.items() if "wrong" in code or "raises" in code]
        if bad:
            print(f"{group}: WRONG or raises: {', '.join(bad)}")
        KNOWN[group] = {n: code for n, code in found.items() if code != "right right"}
        print(group, dict(Counter(found.values())), flush=True)
        TABLE.write_text(json.dumps(KNOWN, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.path[:0] = [str(HERE / "programs"), str(HERE / "kernels")]
    everything = [p.stem for folder in ("programs", "kernels") for p in sorted((HERE / folder).glob("*.py"))]
    campaign(sys.argv[1:] or [n for n in everything if n not in ("case", "run_emitted", "__init__")])
