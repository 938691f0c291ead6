"""Functions that `np.vectorize` has made at the top level of a module: live ones, and those of a file."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from .decorators import dotted


@dataclass(frozen=True)
class Vectorized:
    """`np.vectorize(pyfunc, otypes=otypes)`: a live function, or a (file, name) pair."""

    pyfunc: Any
    otypes: str | None = None


def of_object(value: np.vectorize) -> Vectorized | None:
    """None where options change how the function is called."""
    if value.signature is not None or value.excluded or value.cache:  # type: ignore[attr-defined]
        return None
    otypes = value.otypes  # type: ignore[attr-defined]
    return Vectorized(value.pyfunc, None if otypes is None else "".join(np.dtype(t).char for t in otypes))  # type: ignore[attr-defined]


def of_call(node: ast.expr, operation: Callable[[tuple[str, ...]], str | None], function: Any) -> Vectorized | None:
    """What a call in a file makes; `function(name)` is the (file, name) pair of a function, or None."""
    match node:
        case ast.Call(maker, [ast.Name(name)], keywords) if operation(tuple(dotted(maker) or "?")) == "numpy.vectorize":
            handle = function(name)
            match keywords:
                case []:
                    return Vectorized(handle) if handle is not None else None
                case [ast.keyword("otypes", ast.Constant(str(otypes)))] if handle is not None:
                    return Vectorized(handle, otypes)
                case [ast.keyword("otypes", ast.List([ast.Name("float" | "complex" as given)]))] if handle is not None:
                    return Vectorized(handle, "d" if given == "float" else "D")
    return None
