"""Small values that stand for the kinds of arguments, to call a library operation once and see what it returns."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from ..frontend.bindings import MISSING
from ..frontend.library_objects import library_object
from ..syntax import without_warnings
from . import kinds as k

PYTHON = {"float": 1.0, "int": 1, "bool": True, "complex": 1.0 + 0.0j}
DUMMY_SIZE = 2


def dummy(kind: k.Kind) -> Any:
    """An object like the value will be; MISSING where too little is known."""
    match kind:
        case k.Num(_, _, _, _, value) if value is not k.UNSET:
            return value
        case k.Num("python", dtype):
            return PYTHON.get(dtype or "", MISSING)
        case k.Num("scalar", dtype) if dtype is not None:
            return np.dtype(dtype).type(1)
        case k.Num("array", dtype, dims) if dtype is not None and isinstance(dims, tuple):
            return dummy_array(dtype, tuple(d if isinstance(d, int) else DUMMY_SIZE for d in dims))
        case k.Known(value):
            return value
        case k.Seq(kind, items) if items is not None:  # type: ignore[misc]
            found = [dummy(i) for i in items]
            return MISSING if any(f is MISSING for f in found) else (tuple if kind == "tuple" else list)(found)  # type: ignore[comparison-overlap]
        case k.Seq(_, None, element) if element is not None:
            found = [dummy(element)] * DUMMY_SIZE
            return MISSING if found[0] is MISSING else found
    return MISSING


@lru_cache(maxsize=512)
def dummy_array(dtype: str, shape: tuple[int, ...]) -> Any:
    """Identity matrices, so that factorisations and inverses go through."""
    if len(shape) >= 2:
        return np.broadcast_to(np.eye(shape[-2], shape[-1], dtype=dtype), shape)
    return np.ones(shape, dtype)


@lru_cache(maxsize=4096)
def scalar_result(op: str, operands: tuple[tuple[str, str | None], ...]) -> tuple[str, str] | None:
    """Kind and dtype of an elementwise operation, found on operands of rank 0 and kept."""
    values = []
    for kind, dtype in operands:
        if dtype is None or dtype.startswith(("str", "bytes", "void", "object", "datetime", "timedelta")):
            return None
        if kind == "python":
            values.append(PYTHON[dtype])
        else:
            values.append(np.ones((), dtype) if kind in ("array", "any") else np.dtype(dtype).type(1))  # type: ignore[arg-type]
    result = quiet_call(op, values, {})
    if isinstance(result, bool | int | float | complex) and not isinstance(result, np.generic):
        return "python", type(result).__name__
    if isinstance(result, np.generic | np.ndarray):
        return "array" if isinstance(result, np.ndarray) else "scalar", result.dtype.name
    return None


def quiet_call(op: str, args: list[Any], keywords: dict[str, Any]) -> Any:
    """The operation on dummies; MISSING if it raises."""
    try:
        with without_warnings(), np.errstate(all="ignore"):
            if op.startswith("."):
                return getattr(args[0], op[1:])(*args[1:], **keywords)
            function = library_object(op)
            return MISSING if function is MISSING else function(*args, **keywords)
    except Exception:  # dummies are not real data
        return MISSING
