"""Helpers of emitted code: reductions and cumulative operations."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import summed_like, unbroadcast


def expand_reduced(d: Any, x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """`d`, the adjoint of a reduction of `x`, with the reduced axes put back as axes of length 1.

    >>> expand_reduced(np.array([1.0, 2.0]), np.ones((2, 3)), axis=1)
    array([[1.],
           [2.]])
    """
    return d if keepdims or axis is None or np.ndim(x) == 0 else np.expand_dims(d, axis)


def exponential_shares(a: Any, out: Any, axis: Any = None, keepdims: bool = False, b: Any = None) -> Any:
    """The derivative of `out`, the logarithm of the sum of `b * exp(a)`, along each element of `a`.

    >>> exponential_shares(np.zeros(2), np.log(2.0))
    array([0.5, 0.5])
    """
    whole = expand_reduced(out, a, axis, keepdims)
    shares = np.exp(a - np.where(np.isfinite(whole), whole, 0.0))
    return shares if b is None else b * shares


def exponential_adjoint(
    d: Any, like: Any, a: Any, out: Any, axis: Any = None, keepdims: bool = False, b: Any = None
) -> Any:
    """The adjoint of `like`, which is `a` or `b`, from that of the logarithm of the sum of `b * exp(a)`.

    >>> exponential_adjoint(1.0, np.zeros(2), np.zeros(2), np.log(2.0))
    array([0.5, 0.5])
    """
    return unbroadcast(expand_reduced(d, a, axis, keepdims) * exponential_shares(a, out, axis, keepdims, b), like)


def reduced_axes(x: Any, axis: Any = None) -> tuple[int, ...]:
    """The axes of `x` that a reduction along `axis` goes over.

    >>> reduced_axes(np.ones((2, 3, 4)), (-1, 0))
    (2, 0)
    """
    if axis is None or np.ndim(x) == 0:
        return tuple(range(np.ndim(x)))
    return tuple(int(n) % np.ndim(x) for n in (axis if isinstance(axis, tuple) else (axis,)))


def count_along(x: Any, axis: Any = None, where: Any = True) -> Any:
    """How many elements of `x` each element of a reduction along `axis` is made of; an array under a mask.

    >>> count_along(np.ones((2, 3)), axis=0)
    2
    """
    if where is True:
        return int(np.prod([np.shape(x)[n] for n in reduced_axes(x, axis)], dtype=int))
    dtype = np.result_type(np.asarray(np.real(x)), np.float16)
    return np.sum(np.broadcast_to(where, np.shape(x)), axis=axis, keepdims=True, dtype=dtype)


def valid_shares(x: Any, axis: Any = None) -> Any:
    """The derivative of the mean of the elements that are not nan: 1/n for each of them, 0 for nan.

    >>> valid_shares(np.array([1.0, np.nan, 3.0]))
    array([0.5, 0. , 0.5])
    """
    valid = np.logical_not(np.isnan(x))
    return valid / count_along(x, axis, valid)


def equal_shares(x: Any, out: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """The derivative of a maximum or minimum: 1 where `x` has it, shared equally by all that have it.

    >>> equal_shares(np.array([3.0, 1.0, 3.0]), 3.0)
    array([0.5, 0. , 0.5])
    """
    best = expand_reduced(out, x, axis, keepdims)
    mask = np.equal(x, best) | np.isnan(x) & np.isnan(best)
    return mask / count_along(x, axis, mask)


def chosen_shares(x: Any, out: Any, axis: Any, keepdims: Any, where: Any, initial: Any) -> Any:
    """The derivative of a maximum or minimum over part of the elements; `initial` takes its share where it ties.

    >>> chosen_shares(np.array([3.0, 1.0, 3.0, 3.0]), 3.0, None, False, np.array([True, True, True, False]), 3.0)
    array([0.33333333, 0.        , 0.33333333, 0.        ])
    """
    best = expand_reduced(out, x, axis, keepdims)
    mask = (np.equal(x, best) | np.isnan(x) & np.isnan(best)) & np.asarray(where)
    count = count_along(x, axis, mask)
    if initial is not None:
        count = np.add(count, np.equal(best, initial), dtype=count.dtype)
    return mask / np.maximum(count, 1)


def range_shares(x: Any, axis: Any = None) -> Any:
    """The derivative of `np.ptp`, the maximum less the minimum.

    >>> range_shares(np.array([3.0, 1.0, 2.0]))
    array([ 1., -1.,  0.])
    """
    high, low = np.max(x, axis=axis, keepdims=True), np.min(x, axis=axis, keepdims=True)
    return equal_shares(x, high, axis, True) - equal_shares(x, low, axis, True)


def median_shares(x: Any, axis: Any = None) -> Any:
    """The derivative of the median: a half for each of the two middle values, shared by those that are equal.

    >>> median_shares(np.array([4.0, 1.0, 2.0, 9.0]))
    array([0.5, 0. , 0.5, 0. ])
    """
    if np.size(x) == 0:
        return np.zeros_like(x)
    low = np.quantile(x, 0.5, axis=axis, method="lower", keepdims=True)
    high = np.quantile(x, 0.5, axis=axis, method="higher", keepdims=True)
    return 0.5 * equal_shares(x, low, axis, True) + 0.5 * equal_shares(x, high, axis, True)


def spread_weights(weights: Any, x: Any, axis: Any = None) -> Any:
    """The weights of an average, in a shape that broadcasts with `x`.

    >>> spread_weights(np.array([1.0, 2.0]), np.ones((2, 3)), axis=0)
    array([[1.],
           [2.]])
    """
    if weights is None or np.shape(weights) == np.shape(x):
        return np.ones_like(x) if weights is None else np.asarray(weights)
    axes = reduced_axes(x, axis)
    shape = [size if n in axes else 1 for n, size in enumerate(np.shape(x))]
    return np.reshape(np.transpose(weights, np.argsort(axes)), shape)


def weight_shares(weights: Any, x: Any, axis: Any = None) -> Any:
    """The derivative of a weighted average with respect to each element.

    >>> weight_shares(np.array([1.0, 3.0]), np.ones(2))
    array([0.25, 0.75])
    """
    whole = np.broadcast_to(spread_weights(weights, x, axis), np.shape(x))
    return whole / np.sum(whole, axis=axis, keepdims=True)


def weight_adjoint(d: Any, weights: Any, x: Any, axis: Any = None) -> Any:
    """`d`, of the shape of `x`, summed to the shape of the weights of an average.

    >>> weight_adjoint(np.ones((2, 3)), np.ones(2), np.ones((2, 3)), axis=0)
    array([3., 3.])
    """
    if np.shape(weights) == np.shape(x):
        return d
    axes = reduced_axes(x, axis)
    summed = np.sum(d, axis=tuple(n for n in range(np.ndim(x)) if n not in axes))
    return np.transpose(summed, np.argsort(np.argsort(axes)))


def prod_partials(x: Any, axis: Any = None) -> Any:
    """The derivative of a product with respect to each factor: the product of all others, right also at zeros.

    >>> prod_partials(np.array([2.0, 0.0, 3.0]))
    array([0., 6., 0.])
    """
    axes = reduced_axes(x, axis)
    kept = [n for n in range(np.ndim(x)) if n not in axes]
    moved = np.transpose(x, (*kept, *axes))
    flat = np.reshape(moved, (*moved.shape[: len(kept)], count_along(x, axis)))
    ones = np.ones_like(flat[..., :1])
    left = np.concatenate([ones, np.cumprod(flat, -1)[..., :-1]], -1)
    right = np.concatenate([ones, np.cumprod(flat[..., ::-1], -1)[..., :-1]], -1)[..., ::-1]
    return np.transpose(np.reshape(left * right, moved.shape), np.argsort((*kept, *axes)))[()]


def chosen_prod_partials(x: Any, axis: Any, where: Any, initial: Any) -> Any:
    """The derivative of a product of part of the elements and `initial`.

    >>> chosen_prod_partials(np.array([2.0, 5.0, 3.0]), None, np.array([True, False, True]), 10.0)
    array([30.,  0., 20.])
    """
    partials = prod_partials(np.where(where, x, 1.0), axis)
    return np.where(where, partials if initial is None else partials * initial, 0.0)


def deviation_partials(x: Any, axis: Any = None, ddof: Any = 0, where: Any = True) -> Any:
    """The derivative of the variance with respect to each element.

    >>> deviation_partials(np.array([1.0, 3.0]))
    array([-1.,  1.])
    """
    centred = np.conj(np.subtract(x, np.mean(x, axis=axis, keepdims=True, where=where)))
    partials = 2.0 * centred / (count_along(x, axis, where) - ddof)
    return partials if where is True else np.where(where, partials, 0.0)


def vector_norm_partials(x: Any, out: Any, ord: Any = 2, axis: Any = None, keepdims: bool = False) -> Any:
    """The derivative of the norm of order `ord` with respect to each element; 0 where an element is 0.

    >>> vector_norm_partials(np.array([3.0, -4.0]), 7.0, 1)
    array([ 1., -1.])
    """
    whole = expand_reduced(out, x, axis, keepdims)
    if ord == 2:
        with np.errstate(divide="ignore", invalid="ignore"):
            partials = np.divide(np.conj(x), whole)
    elif np.isinf(ord):
        partials = size_partials(x) * equal_shares(np.abs(x), whole, axis, True)
    elif ord in (0, 1):
        partials = ord * size_partials(x)
    else:
        with np.errstate(divide="ignore", invalid="ignore"):
            partials = size_partials(x) * (np.abs(x) / whole) ** (ord - 1.0)
    return partials


def size_partials(x: Any) -> Any:
    """The derivative of the absolute value: the sign; of a complex number conj(x) / |x|, and 0 at 0.

    >>> size_partials(np.array([2.0, 0.0, -3.0]))
    array([ 1.,  0., -1.])
    """
    if np.iscomplexobj(x):
        size = np.abs(x)
        return np.conj(x) / np.where(size == 0.0, 1.0, size)
    return np.sign(np.real(x))


def norm_partials(x: Any, out: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    """The derivative of `np.linalg.norm` with respect to each element: vector norms and matrix norms.

    >>> norm_partials(np.array([3.0, 4.0]), 5.0)
    array([0.6, 0.8])
    """
    if ord is not None and ord != "fro" and len(reduced_axes(x, axis)) != 1:
        return matrix_norm_partials(x, ord, axis)
    return vector_norm_partials(x, out, 2 if ord is None or ord == "fro" else ord, axis, keepdims)


def matrix_norm_partials(x: Any, ord: Any, axis: Any = (-2, -1)) -> Any:
    """The derivative of a matrix norm with respect to each element: of order 1, 2, inf, their negatives, or "nuc".

    >>> matrix_norm_partials(np.array([[1.0, 2.0], [-3.0, 1.0]]), 1)
    array([[ 1.,  0.],
           [-1.,  0.]])
    """
    m = np.moveaxis(x, (-2, -1) if axis is None else axis, (-2, -1))
    if ord in ("nuc", 2, -2):
        u, s, v = np.linalg.svd(m, full_matrices=False)
        best = s[..., :1] if ord == 2 else s[..., -1:]
        shares = np.ones_like(s) if ord == "nuc" else equal_shares(s, best, -1, True)
        found = np.conj(np.matmul(u * np.expand_dims(shares, -2), v))
    else:
        along = -2 if abs(ord) == 1 else -1
        sums = np.sum(np.abs(m), axis=along, keepdims=True)
        across = -3 - along
        best = np.max(sums, axis=across, keepdims=True) if ord > 0 else np.min(sums, axis=across, keepdims=True)
        found = size_partials(m) * equal_shares(sums, best, across, True)
    return np.moveaxis(found, (-2, -1), (-2, -1) if axis is None else axis)


def diff_adjoint(d: Any, x: Any, n: int = 1, axis: int = -1) -> Any:
    """The adjoint of `np.diff`.

    >>> diff_adjoint(np.array([1.0, 10.0]), np.ones(3))
    array([-1., -9., 10.])
    """
    if np.size(d) == 0:
        return np.zeros(np.shape(x), np.result_type(d))
    before, after = [(0, 0)] * np.ndim(d), [(0, 0)] * np.ndim(d)
    before[axis], after[axis] = (1, 0), (0, 1)
    for _ in range(n):
        d = np.pad(d, before) - np.pad(d, after)
    return d


def diff_parts(d: Any, x: Any, n: int, axis: int, prepend: Any, append: Any) -> list[Any]:
    """The adjoints of `x`, `prepend` and `append` in `np.diff`.

    >>> diff_parts(np.array([1.0, 10.0]), np.ones(2), 1, -1, 0.0, None)[:2]
    [array([-9., 10.]), np.float64(-1.0)]
    """
    if n == 0:  # then NumPy leaves both out
        return [d, np.zeros(np.shape(prepend)), np.zeros(np.shape(append))]
    counts = [0 if e is None else np.shape(e)[axis] if np.ndim(e) else 1 for e in (prepend, x, append)]
    shape = list(np.shape(x))
    shape[axis] = sum(counts)
    whole = diff_adjoint(d, np.broadcast_to(0.0, shape), n, axis)
    first, own, last = np.split(whole, np.cumsum(counts)[:2], axis)
    return [own, summed_like(first, prepend), summed_like(last, append)]
