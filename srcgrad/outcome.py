"""What comes out of a gradient function: checks of the result, and gradients in the types of their arguments."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any

import numpy as np

from .analysis import kinds as k
from .diagnostics import diagnose, error
from .objects import class_link, rebuilt
from .runtime.records import record

Convert = Callable[[Any], Any]


def check_scalar_kind(name: str, kind: k.Kind) -> bool:
    """Refuse a result that is certainly no real scalar; True if that can only be seen from the value."""
    match kind:
        case k.Known(None):
            raise error(diagnose("SG406", f"`{name}` returns None, which has no gradient", hint="Return the value."))
        case k.Num(_, dtype) if dtype is not None and not dtype.startswith(("float", "longdouble")):
            refuse_dtype(name, dtype)
        case k.Num(_, dtype, dims) if isinstance(dims, tuple):
            if any(isinstance(d, int) and d != 1 or k.never_one(d) for d in dims):
                refuse_shape(name, f"an array of rank {len(dims)}")
            return dtype is None or any(d != 1 for d in dims)
        case k.Seq() | k.Dict():
            refuse_shape(name, f"a {getattr(kind, 'kind', 'dict')}")
        case k.Known(value):
            refuse_shape(name, "a str" if k.is_text(kind) else with_article(type(value).__name__))
    return True


def with_article(name: str) -> str:
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def check_scalar_value(name: str, value: Any) -> None:
    if value is None:
        raise error(diagnose("SG406", f"`{name}` returns None, which has no gradient", hint="Return the value."))
    if not isinstance(value, bool | int | float | complex | np.generic | np.ndarray) or np.size(value) != 1:
        array = isinstance(value, np.ndarray)
        refuse_shape(name, f"an array of shape {value.shape}" if array else with_article(type(value).__name__))
    dtype = np.result_type(value).name
    if not dtype.startswith(("float", "longdouble")):
        refuse_dtype(name, dtype)


def check_walked_back(name: str, e: Exception, module: Any) -> None:
    """Refuse a result that is no scalar where its cotangent, one number, did not fit the reverse sweep."""
    lines = module.text.splitlines()
    sweep = next((n for n, line in enumerate(lines, 1) if line.strip() == "# ---- reverse sweep ----"), len(lines))
    for frame, line in traceback.walk_tb(e.__traceback__):
        if frame.f_code.co_name == module.entry and frame.f_code.co_filename.startswith("<srcgrad ") and line > sweep:
            result = lines[-1].strip().removeprefix("return ").partition(",")[0]
            if result in frame.f_locals:
                check_scalar_value(name, frame.f_locals[result])


def refuse_shape(name: str, what: str) -> None:
    raise error(
        diagnose(
            "SG407", f"`{name}` returns {what}; a gradient needs a real scalar",
            hint="Return a scalar, or use srcgrad.vjp or srcgrad.jacobian.",
        )
    )  # fmt: skip


def refuse_dtype(name: str, dtype: str) -> None:
    what = "a complex number" if dtype.startswith(("complex", "clong")) else f"a value of dtype {dtype}"
    raise error(
        diagnose(
            "SG408", f"`{name}` returns {what}; a gradient needs a real scalar",
            hint="Return its real part or modulus, or use srcgrad.vjp." if "complex" in what else "Return a float.",
        )
    )  # fmt: skip


def converter(value: Any) -> Convert | None:
    """What brings a gradient into the type of the argument `value`; None if it has that type already."""
    t = type(value)
    if t is float:
        return float
    if t is complex:
        return complex
    if isinstance(value, np.generic | np.ndarray) and value.dtype.kind in "biu":
        return None  # a constant: within a container its place is None
    if isinstance(value, np.generic):
        scalar = value.dtype.type
        return lambda g: g if type(g) is scalar else scalar(np.reshape(g, ()))
    if isinstance(value, np.ndarray):
        dtype = value.dtype.newbyteorder("=")
        return lambda g: g if type(g) is np.ndarray and g.dtype == dtype else np.asarray(g, dtype)
    if t in (tuple, list):
        parts = [converter(v) for v in value]
        return lambda g: t(c(x) if c is not None else None for c, x in zip(parts, g, strict=True))
    if t is record:
        cls, fields = class_link(value), {n: converter(v) for n, v in value.items()}
        return lambda g: rebuilt(cls, {n: c(g[n]) if c is not None else None for n, c in fields.items()})
    if t is dict:
        table = {key: converter(v) for key, v in value.items()}
        return lambda g: {key: c(g[key]) if c is not None else None for key, c in table.items()}
    return None
