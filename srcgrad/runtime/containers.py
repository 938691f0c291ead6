"""Helpers of emitted code: dicts, sequences and exceptions of Python."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import zeros_like


def dict_of(keys: Any, values: Any) -> Any:
    """The dict of these keys and values; the last value of a key counts.

    >>> dict_of(["a", "b"], [1.0, 2.0])
    {'a': 1.0, 'b': 2.0}
    """
    return dict(zip(keys, values, strict=False))


def values_at(d: Any, keys: Any, values: Any) -> Any:
    """The adjoint of the values that `dict_of` was given: of a key that was given twice, only the last.

    >>> values_at({"a": 1.0, "b": 2.0}, ["a", "b", "a"], [5.0, 6.0, 7.0])
    [0.0, 2.0, 1.0]
    """
    last = {key: n for n, key in zip(range(len(values)), keys[: len(values)], strict=False)}
    found = [zeros_like(value) for value in values]
    for key, n in last.items():
        found[n] = d[key]
    return np.array(found) if isinstance(values, np.ndarray) else found
