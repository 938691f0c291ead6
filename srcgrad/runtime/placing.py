"""Helpers of emitted code: elements put between others."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import positions, scatter, summed_like


def insert_adjoints(d: Any, x: Any, obj: Any, values: Any, axis: Any = None) -> tuple[Any, Any]:
    """The adjoints of both arrays of `np.insert`.

    >>> insert_adjoints(np.array([1.0, 2.0, 3.0]), np.ones(2), 1, 5.0)
    (array([1., 3.]), np.float64(2.0))
    """
    own = np.insert(positions(x), obj, np.full(np.shape(values), -1), axis)
    other = np.insert(np.full(np.shape(x), -1), obj, positions(values), axis)
    found = [scatter(d[places >= 0], e, places[places >= 0]) for e, places in ((x, own), (values, other))]
    return summed_like(found[0], x), summed_like(found[1], values)


def ediff_parts(d: Any, first: Any, last: Any) -> list[Any]:
    """The adjoints of what `np.ediff1d` puts first, of the differences, and of what it puts last.

    >>> ediff_parts(np.array([1.0, 2.0, 3.0]), 5.0, None)[:2]
    [np.float64(1.0), array([2., 3.])]
    """
    before, after = (0 if e is None else np.size(e) for e in (first, last))
    parts = np.split(d, [before, np.size(d) - after])
    return [np.reshape(parts[0], np.shape(first))[()] if before else None, parts[1],
            np.reshape(parts[2], np.shape(last))[()] if after else None]  # fmt: skip


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


def along_axis(x: Any, indices: Any, axis: int) -> tuple[Any, ...]:
    """The index with which `np.put_along_axis` and `np.take_along_axis` pick elements.

    >>> np.zeros((2, 3))[along_axis(np.zeros((2, 3)), np.array([[1], [2]]), 1)].shape
    (2, 1)
    """
    rank = np.ndim(x)
    grid = list(np.ogrid[tuple(slice(n) for n in np.shape(x))]) if rank > 1 else [0]
    grid[axis] = indices
    return tuple(grid)


def diagonal_places(x: Any, wrap: Any) -> Any:
    """The elements that `np.fill_diagonal` fills, as numbers in `x.flat`.

    >>> diagonal_places(np.zeros((4, 2)), False)
    array([0, 3])
    """
    filled = np.zeros(np.shape(x), bool)
    np.fill_diagonal(filled, True, wrap)
    return np.flatnonzero(filled)


def in_turn(x: Any, index: Any) -> list[tuple[Any, Any]]:
    """The turns in which `x[index]` picks elements, none twice in a turn: where they are in x, which pick it is.

    >>> in_turn(np.zeros(4), [2, 0, 2])
    [(array([0, 2]), array([1, 0])), (array([2]), array([2]))]
    """
    picked = np.ravel(positions(x)[index])
    order = np.argsort(picked, kind="stable")
    places = picked[order]
    first = np.flatnonzero(np.diff(places, prepend=-1))
    turn = np.arange(places.size) - np.repeat(first, np.diff(first, append=places.size))
    by_turn = np.argsort(turn, kind="stable")
    ends = np.cumsum(np.bincount(turn, minlength=1))[:-1]
    return list(zip(np.split(places[by_turn], ends), np.split(order[by_turn], ends), strict=True))


def resized(x: Any, *shape: Any) -> Any:
    """What `x.resize(shape)` makes of `x`: elements in memory order, cut off or filled up with zeros.

    >>> resized(np.array([[1.0, 2.0], [3.0, 4.0]]), 5)
    array([1., 2., 3., 4., 0.])
    """
    found = np.array(x, order="K")
    found.resize(*shape, refcheck=False)
    return found


def resized_adjoint(d: Any, x: Any) -> Any:
    """The adjoint of `x`, from that of `resized(x, ...)`.

    >>> resized_adjoint(np.array([1.0, 2.0, 3.0]), np.zeros((2, 2)))
    array([[1., 2.],
           [3., 0.]])
    """
    numbers = np.empty_like(x, dtype=int)
    numbers[...] = positions(x) + 1
    numbers.resize(np.shape(d), refcheck=False)
    flat = np.zeros(np.size(x) + 1, np.result_type(d))
    flat[numbers] = d
    return np.reshape(flat[1:], np.shape(x))


def with_real(z: Any, e: Any) -> Any:
    """`z` with another real part.

    >>> with_real(np.array([1 + 2j]), 3.0)
    array([3.+2.j])
    """
    found = np.array(z)
    found.real = e
    return found[()]


def with_imag(z: Any, e: Any) -> Any:
    """`z` with another imaginary part.

    >>> with_imag(np.array([1 + 2j]), 3.0)
    array([1.+3.j])
    """
    found = np.array(z)
    found.imag = e
    return found[()]
