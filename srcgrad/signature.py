"""What a call looks like: the key under which its emission is kept, and the kinds that the emission relies on.

Part of the signature are, per argument, its kind, rank, dtype and which axes have length 1; sizes are not.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .runtime.records import attributes_of

SIMPLE = frozenset({float, int, bool, complex})
TAKEN_APART: set[type] = set()  # classes of objects that some derivative was taken of


def key_of(value: Any) -> Any:
    """A hashable key; two values with equal keys are of the same kind."""
    t = type(value)
    if t is np.ndarray:
        return value.dtype, value.shape
    if t in SIMPLE:
        return t
    if t is tuple or t is list:
        return (t, *map(key_of, value))
    if t is dict:
        return (dict, *((name, key_of(v)) for name, v in value.items()))
    if isinstance(value, np.generic):
        return t
    if value is None or t is str:
        return value
    if t in TAKEN_APART:
        names = getattr(value, "_fields", None)
        fields = zip(names, value, strict=True) if names is not None else attributes_of(value).items()
        return (t, *((name, key_of(v)) for name, v in fields))
    return t, id(value)
