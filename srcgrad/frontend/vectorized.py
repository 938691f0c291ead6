"""Functions that `np.vectorize` has made at the top level of a module: live ones, and those of a file."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from .decorators import dotted

PARAMETERS = ("pyfunc", "otypes", "doc", "excluded", "cache", "signature")
TYPES = {"float": "d", "complex": "D"}


@dataclass(frozen=True)
class Way:
    """The options of `np.vectorize`, which say how the function is called; `otypes` as the letters of NumPy."""

    otypes: str | None = None
    excluded: frozenset[int | str] = frozenset()
    cache: bool = False
    signature: str | None = None


@dataclass(frozen=True)
class Vectorized:
    """`np.vectorize(pyfunc, ...)`: a live function, or a (file, name) pair."""

    pyfunc: Any
    way: Way


def of_object(value: np.vectorize) -> Vectorized:
    otypes, options = value.otypes, vars(value)  # type: ignore[attr-defined]
    letters = None if otypes is None else "".join(np.dtype(t).char for t in otypes)
    way = Way(letters, frozenset(options["excluded"]), bool(options["cache"]), options["signature"])
    return Vectorized(value.pyfunc, way)


def of_call(node: ast.expr, operation: Callable[[tuple[str, ...]], str | None], function: Any) -> Vectorized | None:
    """What a call in a file makes; `function(name)` is the (file, name) pair of a function, or None."""
    match node:
        case ast.Call(maker, [ast.Name(name), *more], keywords) if (
            operation(tuple(dotted(maker) or "?")) == "numpy.vectorize"
        ):
            given = dict(zip(PARAMETERS[1:], more, strict=False)) | {str(w.arg): w.value for w in keywords}
            way, handle = way_of_texts(given), function(name)
            return Vectorized(handle, way) if handle is not None and way is not None else None
    return None


def way_of_texts(given: dict[str, ast.expr]) -> Way | None:
    """None where the text does not tell."""
    found: dict[str, Any] = {}
    for name, e in given.items():
        match name, e:
            case "otypes", ast.List([ast.Name(of)]) if of in TYPES:
                found[name] = TYPES[of]
            case "excluded" | "signature" | "cache" | "otypes" | "doc", _:
                try:
                    found[name] = ast.literal_eval(e)
                except ValueError:
                    return None
            case _:
                return None
    return way_of(found)


def way_of(options: dict[str, Any]) -> Way | None:
    """The options with these values; None where one has none that NumPy knows."""
    otypes, excluded, signature = options.get("otypes"), options.get("excluded") or (), options.get("signature")
    known = isinstance(otypes, str | None) and isinstance(signature, str | None)
    if not known or not all(isinstance(n, int | str) for n in excluded) or set(options) - set(PARAMETERS):
        return None
    return Way(otypes, frozenset(excluded), bool(options.get("cache")), signature)
