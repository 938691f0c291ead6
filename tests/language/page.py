"""The page of the language: every row of the list with what becomes of it: `python -m tests.language.page`."""

from __future__ import annotations

import copy
import inspect
import io
import sys
import warnings
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import numpy as np

import srcgrad
from srcgrad.diagnostics import CODES

PAGE = Path(__file__).parents[2] / "docs" / "language.md"
X = np.array([0.6, 1.1, 1.7])
STEP = 1e-6
SECTIONS = {
    "1": "Python",
    "2": "Numbers",
    "3": "Arrays in place, views and memory",
    "0": "Plain NumPy programs that tracers refuse or get wrong",
    "P": "Pitfalls of reverse mode",
}
HEAD = """\
# The language

What becomes of each construct of Python and NumPy: *differentiated* in reverse and forward mode, or *refused* with a
code of [the page of errors](errors.md). Nothing else happens: where srcgrad cannot tell what is right, it refuses.
Each line stands for one or more small programs of `tests/language/snippets.py` and `tests/programs/pitfalls.py`, whose
derivatives are compared with differences when the tests run.

This page is written by `python -m tests.language.page`; a test fails when it is not current.
"""


def sections() -> dict[str, dict[str, list[Any]]]:
    """Section -> line of the table -> its programs."""
    from tests import test_language
    from tests.language import snippets

    found: dict[str, dict[str, list[Any]]] = {key: {} for key in SECTIONS}
    for f in vars(snippets).values():
        if not inspect.isfunction(f) or f.__module__ != snippets.__name__ or not f.__doc__:
            continue
        number, _, text = f.__doc__.strip().partition(" ")
        section = number.partition(".")[0] if "." in number else "1"
        found[section].setdefault(f"{number} | {text}", []).append(f)
    for text, (f, _) in {**test_language.ROWS, **test_language.EITHER}.items():
        found["0"][f"| `{text}`"] = [f]
    effects = {"P4 effects happen once": test_language.p.formatted}
    for text, f in sorted({**test_language.PITFALLS, **effects}.items(), key=lambda row: int(row[0][1:].split()[0])):
        number, _, rest = text.partition(" ")
        found["P"].setdefault(f"{number} | {rest}", []).append(f)
    return found


def state(f: Any) -> str:
    """What becomes of one program; "wrong" is neither."""
    reverse, forward = outcome(f, "reverse"), outcome(f, "forward")
    return reverse if reverse == forward else f"{reverse} in reverse mode, {forward} in forward mode"


def outcome(f: Any, mode: str) -> str:
    with warnings.catch_warnings(), np.errstate(all="ignore"), redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        try:
            right = same(reverse(f) if mode == "reverse" else forward(f), differences(f))
        except srcgrad.SrcgradError as e:
            title = CODES[e.code].title
            return f"refused: [{e.code}](errors.md#{e.code.lower()}-{title.replace(' ', '-')})"
        except Exception as e:
            return f"wrong: {type(e).__name__}: {e}"
    return "differentiated" if right else "wrong"


def reverse(f: Any) -> Any:
    value, pullback = srcgrad.vjp(f, X.copy())
    if value is None:
        srcgrad.grad(f)(X.copy())
    return pullback(ones(value))[0]


def forward(f: Any) -> Any:
    rows = [srcgrad.jvp(f, (X.copy(),), (e,))[1] for e in np.eye(len(X))]
    if rows[0] is None:
        srcgrad.grad(f)(X.copy())
    return np.array([total(row) for row in rows])


def ones(value: Any) -> Any:
    match value:
        case tuple() | list():
            return type(value)(map(ones, value))
        case dict():
            return {key: ones(v) for key, v in value.items()}
    return np.ones_like(value) if isinstance(value, np.ndarray) else 1.0


def total(value: Any) -> float:
    """The sum of all numbers in a result."""
    match value:
        case tuple() | list():
            return sum(map(total, value))
        case dict():
            return sum(map(total, value.values()))
        case None:
            return 0.0
    return float(np.sum(value))


def differences(f: Any) -> Any:
    def at(e: Any, step: float) -> float:
        return total(copy.deepcopy(f)(X + step * e))

    return np.array([(at(e, STEP) - at(e, -STEP)) / (2 * STEP) for e in np.eye(len(X))])


def same(found: Any, expected: Any) -> bool:
    return bool(np.allclose(found, expected, rtol=1e-6, atol=1e-6))


def page() -> str:
    parts = [HEAD]
    for key, rows in sections().items():
        parts.append(f"\n## {SECTIONS[key]}\n\n| | construct | state |\n|---|---|---|\n")
        for row, programs in rows.items():
            number, _, text = row.partition("|")
            states = list(dict.fromkeys(map(state, programs)))
            parts.append(f"| {number.strip()} | {text.strip().replace('|', chr(92) + '|')} | {'; '.join(states)} |\n")
    return "".join(parts)


if __name__ == "__main__":
    for folder in ("programs", "kernels"):
        sys.path.insert(0, str(PAGE.parents[1] / "tests" / folder))
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))
