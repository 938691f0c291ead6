"""Every construct in every place: programs made of an expression or statement and of what stands around it.

An expression of a number `v`, or a statement that changes an array `b`, is right by itself and may be wrong where it
stands in a comprehension, in a branch, in a function inside.  `python -m tests.contexts [part parts]` runs them all
and prints those that are wrong or raise; `test_contexts` runs a sample.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

import srcgrad
from tests import contexts_objects as more
from tests.contexts_tables import AROUND_EXPRESSIONS, AROUND_STATEMENTS, EXPRESSIONS, HEAD, LIBRARIES, STATEMENTS
from tests.loading import load as load_file


def programs() -> dict[str, str]:
    """The text of every program by its name; each is a function of three numbers."""
    found = {}
    for place, around in AROUND_EXPRESSIONS.items():
        for name, e in (EXPRESSIONS | LIBRARIES | more.EXPRESSIONS).items():
            found[f"{name}_{place}"] = around.format(E=e)
    for place, around in AROUND_STATEMENTS.items():
        for name, s in (STATEMENTS | more.STATEMENTS).items():
            found[f"{name}_{place}"] = around.format(S=s, S8=s.replace("\n    ", "\n        "))
    return {name: f"def {name}(x):\n    {body}\n" for name, body in found.items()}


def module_of(texts: dict[str, str], folder: Path) -> Any:
    path = folder / "programs_in_contexts.py"
    path.write_text(HEAD + more.HEAD + "\n\n".join(texts.values()), encoding="utf-8")
    return load_file(path)


def outcome(f: Any) -> str:
    """`right`, `refused CODE`, or what is wrong with the derivatives of a program."""
    x, d = np.array([0.61, 0.87, 0.43]), np.array([0.3, -0.7, 0.9])
    with np.errstate(all="ignore"):
        expected = f(x.copy())
        try:
            value, gradient = srcgrad.value_and_grad(f)(x.copy())
            tangent = srcgrad.jvp(f, (x.copy(),), (d,))[1]
        except srcgrad.SrcgradError as e:
            return f"refused {e.code}"
        except Exception as e:  # of emitted code
            return f"{type(e).__name__}: {e}"
        slope = float(np.dot(gradient[0] if isinstance(gradient, tuple) else gradient, d))
        differences = [(f(x + h * d) - f(x - h * d)) / (2.0 * h) for h in (1e-4, 1e-5, 1e-6)]
    if not np.array_equal(value, expected):
        return f"value {value}, not {expected}"
    if abs(slope - tangent) > 1e-9 * (1.0 + abs(slope)):
        return f"reverse {slope}, forward {tangent}"
    if min(abs(slope - n) for n in differences) > 1e-5 * (1.0 + abs(slope)):
        return f"derivative {slope}, differences {differences}"
    return "right"


def main(part: int = 0, parts: int = 1) -> int:
    """Run every `parts`-th program; 1 if one is wrong or raises."""
    texts = dict(list(programs().items())[part::parts])
    tally: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        module = module_of(texts, Path(folder))
        for name in texts:
            found = outcome(getattr(module, name))
            kind = found if found == "right" or found.startswith("refused") and found != "refused SG390" else "wrong"
            tally[kind] += 1
            if kind == "wrong":
                print(name, found, flush=True)
    print(dict(tally.most_common()))
    return 1 if tally["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
