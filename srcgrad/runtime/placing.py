"""Helpers of emitted code: elements put between others."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import positions, scatter, summed_like


def insert_adjoints(d: Any, x: Any, obj: Any, values: Any, axis: Any = None) -> tuple[Any, Any]:
    """The adjoints of both arrays of `np.insert`.

    >>> insert_adjoints(np.array([1.0, 2.0, 3.0]), np.ones(2), 1, 5.0)
    (array([1., 3.]), array(2.))
    """
    own = np.insert(positions(x), obj, -1, axis)
    other = np.insert(np.full(np.shape(x), -1), obj, positions(values), axis)
    found = [scatter(d[places >= 0], e, places[places >= 0]) for e, places in ((x, own), (values, other))]
    return summed_like(found[0], x), summed_like(found[1], values)


def chosen_adjoints(d: Any, chosen: Any, choices: Any) -> list[Any]:
    """The adjoints of arrays among which `chosen` picks by number, element by element.

    >>> chosen_adjoints(np.array([1.0, 2.0]), np.array([1, 0]), [np.ones(2), 5.0])
    [array([0., 2.]), np.float64(1.0)]
    """
    return [summed_like(np.where(np.equal(chosen, n), d, 0.0), c) for n, c in enumerate(choices)]


def numbered(arrays: Any, start: int) -> tuple[Any, int]:
    """The elements of nested lists of arrays, numbered from `start`; and how far that goes.

    >>> numbered([np.ones(2), [5.0]], 0)
    ([array([0, 1]), [np.int64(2)]], 3)
    """
    if not isinstance(arrays, (list, tuple)):
        return positions(arrays) + np.array(start), start + np.size(arrays)
    found = []
    for a in arrays:
        inner, start = numbered(a, start)
        found.append(inner)
    return found, start


def block_adjoint(d: Any, arrays: Any) -> Any:
    """The adjoint of `np.block`, in nested lists as its argument.

    >>> block_adjoint(np.array([1.0, 2.0, 3.0]), [np.ones(2), 5.0])
    [array([1., 2.]), np.float64(3.0)]
    """
    places, count = numbered(arrays, 0)
    flat = np.zeros(count, np.result_type(d))
    np.add.at(flat, np.block(places), d)
    return taken_like(flat, arrays, places)


def taken_like(flat: Any, arrays: Any, places: Any) -> Any:
    """`flat` in the structure of nested lists of arrays.

    >>> taken_like(np.array([1.0, 2.0]), [5.0, [6.0]], [np.array(1), [np.array(0)]])
    [np.float64(2.0), [np.float64(1.0)]]
    """
    if isinstance(arrays, (list, tuple)):
        return [taken_like(flat, a, p) for a, p in zip(arrays, places, strict=True)]
    return summed_like(flat[places], arrays)


def partition_order(x: Any, kth: Any, axis: Any) -> Any:
    """Which element of `x` each element of `np.partition(x, kth, axis)` is: the one of the same rank.

    >>> partition_order(np.array([3.0, 1.0, 2.0]), 1, -1)
    array([1, 2, 0])
    """
    flat, axis = (np.ravel(x), -1) if axis is None else (x, axis)
    ranks = np.argsort(np.argsort(np.partition(flat, kth, axis), axis), axis)
    places = np.take_along_axis(positions(flat), np.argsort(flat, axis), axis)
    return np.take_along_axis(places, ranks, axis)
