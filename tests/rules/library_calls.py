"""Calls of functions of NumPy and SciPy as programs: what they give, both modes, both orders, or a refusal.

A call is (expression, values of its names); the names of ARRAYS need no value, nor do modules.
"""

from __future__ import annotations

import itertools
import linecache
import math
import re
from typing import Any

import numpy as np
import scipy.fft
import scipy.integrate
import scipy.linalg
import scipy.ndimage
import scipy.signal
import scipy.special
import scipy.stats

Call = tuple[str, dict[str, Any]]
NUMBERS = itertools.count(1)
MODULES = {"np": np, "scipy": scipy, "math": math}


def spread(*shape: int, shift: float = 0.0) -> Any:
    """Distinct numbers between -1.8 and 1.8 in an irregular order."""
    steps = (np.arange(int(np.prod(shape))) * 0.6180339887 + 0.31 + shift) % 1.0
    return np.reshape(3.6 * steps - 1.8, shape)


ARRAYS = {
    "x": spread(5), "y": spread(5, shift=0.37), "X": spread(4, 5), "Y": spread(4, 5, shift=0.21),
    "p": (spread(5) + 2.0) / 4.1, "z": spread(5) + 1j * spread(5, shift=0.4), "xs": np.sort(spread(5)),
    "pos": np.abs(spread(5)) + 0.4, "M": spread(4, 4) + 3.0 * np.diag([1.0, 1.3, 1.6, 1.9]), "v": spread(4),
    "a": 0.7, "b": 1.3, "c": 0.4, "x32": spread(5).astype(np.float32), "X0": spread(0, 3), "K": spread(3, 3),
    "C": spread(4, 4) + 1j * spread(4, 4, shift=0.3) + 4.0 * np.diag([1.0, 1.3, 1.6, 1.9]),
    "Z": spread(4, 5) + 1j * spread(4, 5, shift=0.4), "B": spread(2, 4, 4) + 4.0 * np.diag([1.0, 1.3, 1.6, 1.9]),
}  # fmt: skip
ARRAYS["S"] = ARRAYS["M"] @ ARRAYS["M"].T + np.eye(4)


def calls(home: str, *expressions: str, **values: Any) -> list[Call]:
    """Calls of functions in one module, at points made of ARRAYS and `values`."""
    known = {**ARRAYS, **values}
    found = []
    for e in expressions:
        text = home + e
        names = [n for n in dict.fromkeys(re.findall(r"(?<![\w.'])[A-Za-z]\w*(?!\w*[=(.])", text)) if n in known]
        names += [n for n in dict.fromkeys(re.findall(r"(?<![\w.'])([A-Za-z]\w*)(?=\.)", text)) if n in known]
        found.append((text, {n: known[n] for n in dict.fromkeys(names)}))
    return found


def program(expression: str, point: dict[str, Any]) -> Any:
    """The call as a function of its names."""
    text = f"def called({', '.join(point)}):\n    return {expression}\n"
    filename = f"<call {next(NUMBERS)}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)
    namespace: dict[str, Any] = {"__name__": "called", **MODULES}
    exec(compile(text, filename, "exec"), namespace)
    return namespace["called"]
