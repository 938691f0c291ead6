"""What a call looks like: the key under which its emission is kept, and the kinds that the emission relies on.

Part of the signature are, per argument, its kind, rank, dtype and which axes have length 1; sizes are not.
"""

from __future__ import annotations

from typing import Any

import numpy as np

SIMPLE = frozenset({float, int, bool, complex})


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
    return t, id(value)
