"""Helpers of emitted code: cosine and sine transforms, whose transposes are transforms but for factors at the ends."""

from __future__ import annotations

from typing import Any

import numpy as np


def turned_type(kind: int) -> int:
    """The type of the transform that is the transpose of one: 2 and 3 are each other's.

    >>> [turned_type(n) for n in (1, 2, 3, 4)]
    [1, 3, 2, 4]
    """
    return {2: 3, 3: 2}.get(kind, kind)


def inverse_type(kind: int) -> int:
    """The type of the plain transform that an inverse transform is in proportion to.

    >>> inverse_type(2)
    3
    """
    return {2: 3, 3: 2}.get(kind, kind)


def end_factors(d: Any, axis: int, first: float, last: float) -> Any:
    """`d` times `first` at the beginning of an axis and `last` at its end.

    >>> end_factors(np.ones(3), 0, 2.0, 0.5)
    array([2. , 1. , 0.5])
    """
    shape = [1] * np.ndim(d)
    shape[axis] = np.shape(d)[axis]
    factors = np.ones(shape[axis], np.real(d).dtype)
    factors[:1] *= first
    factors[-1:] *= last
    return d * np.reshape(factors, shape)


def cosine_before(d: Any, kind: int, axis: int, norm: Any, family: str) -> Any:
    """What the transpose of a cosine or sine transform transforms; `kind` is the type of the plain transform.

    >>> cosine_before(np.ones(3), 2, 0, None, "dct")
    array([2., 1., 1.])
    """
    if norm == "ortho":
        return d
    if kind == 1 and family == "dct":
        return end_factors(d, axis, 2.0, 2.0)
    if kind == 2:
        return end_factors(d, axis, 2.0, 1.0) if family == "dct" else end_factors(d, axis, 1.0, 2.0)
    return d


def cosine_after(d: Any, kind: int, axis: int, norm: Any, family: str) -> Any:
    """What is left to do after the transform in the transpose of a cosine or sine transform.

    >>> cosine_after(np.ones(3), 3, 0, None, "dct")
    array([0.5, 1. , 1. ])
    """
    if norm == "ortho":
        return d
    if kind == 1 and family == "dct":
        return end_factors(d, axis, 0.5, 0.5)
    if kind == 3:
        return end_factors(d, axis, 0.5, 1.0) if family == "dct" else end_factors(d, axis, 1.0, 0.5)
    return d
