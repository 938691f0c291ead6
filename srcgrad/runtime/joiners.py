"""Helpers of emitted code: derivatives of `np.r_[...]` and `np.c_[...]`."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import summed_like


def joined_places(key: Any, joiner: str) -> Any:
    """For each element of `np.r_[key]` its number among all elements of the items, -1 for those that slices give.

    >>> joined_places((np.zeros(2), slice(0, 2), 5.0), "r")
    array([ 0,  1, -1, -1,  2])
    """
    marks: list[Any] = []
    first = 0
    for item in key:
        if isinstance(item, str):
            marks.append(item)
        elif isinstance(item, slice):
            marks.append(np.full(np.size(np.r_[item]), -1))
        else:
            marks.append(np.reshape(np.arange(first, first + np.size(item)), np.shape(item)))
            first += np.size(item)
    return np.asarray(np.c_[tuple(marks)] if joiner == "c" else np.r_[tuple(marks)])


def joined_pieces(d: Any, key: Any, joiner: str) -> list[Any]:
    """The parts of `d` that came from each item of `np.r_[key]`.

    >>> joined_pieces(np.array([1.0, 2.0, 3.0]), (np.zeros(2), 5.0), "r")
    [array([1., 2.]), np.float64(3.0)]
    """
    places = np.ravel(joined_places(key, joiner))
    kept = places >= 0
    flat = np.zeros(int(np.sum(kept)), np.asarray(d).dtype)
    flat[places[kept]] = np.ravel(d)[kept]
    found: list[Any] = []
    first = 0
    for item in key:
        if isinstance(item, str | slice):
            found.append(0.0)
        else:
            part = np.reshape(flat[first : first + np.size(item)], np.shape(item))
            found.append(summed_like(part, item))
            first += np.size(item)
    return found


def joined_tangent(t_key: Any, key: Any, joiner: str) -> Any:
    """The tangent of `np.r_[key]`.

    >>> joined_tangent((np.ones(2), None), (np.zeros(2), slice(0, 1)), "r")
    array([1., 1., 0.])
    """
    parts: list[Any] = []
    for t, item in zip(t_key, key, strict=True):
        if isinstance(item, str):
            parts.append(item)
        elif isinstance(item, slice):
            parts.append(np.zeros(np.size(np.r_[item])))
        else:
            parts.append(np.zeros(np.shape(item)) if t is None else t)
    return np.c_[tuple(parts)] if joiner == "c" else np.r_[tuple(parts)]
