"""Helpers of emitted code: adjoints that depend on shapes and values known only when the program runs.

Each is plain NumPy and uses nothing but the others, so that it can be copied into a module that stands alone.  The
adjoint of a complex number z is dL/dRe(z) - i dL/dIm(z): transposes do not conjugate.
"""

from __future__ import annotations

from typing import Any

import numpy as np

# ----- shapes, zeros and sums of adjoints -----


def unbroadcast(d: Any, x: Any) -> Any:
    """Sum `d` until it has the shape of `x`, in x's dtype: the adjoint of broadcasting x.

    >>> unbroadcast(np.ones((2, 3)), np.ones(3))
    array([2., 2., 2.])
    """
    shape = np.shape(x)
    if np.shape(d) != shape:
        d = np.broadcast_to(d, np.broadcast_shapes(np.shape(d), shape))
        extra = np.ndim(d) - len(shape)
        stretched = [n for n, size in enumerate(shape, extra) if size == 1 and d.shape[n] != 1]
        d = np.reshape(np.sum(d, axis=(*range(extra), *stretched)), shape)[()]
    if np.iscomplexobj(d) and not np.iscomplexobj(x):
        d = np.real(d)
    dtype = np.result_type(x) if isinstance(x, (np.ndarray, np.generic, float, complex)) else None
    return np.asarray(d, dtype)[()] if dtype is not None and dtype.kind in "fc" and np.result_type(d) != dtype else d


def summed_like(d: Any, x: Any) -> Any:
    """As `unbroadcast`, of a derivative that does not have the shape of the operation's result.

    >>> summed_like(np.ones((2, 3)), 5.0)
    np.float64(6.0)
    """
    return unbroadcast(d, x)


def masked(d: Any, partial: Any) -> Any:
    """`d * partial`, and 0 where `d` is 0, even if the partial derivative is infinite or nan there.

    >>> masked(np.array([0.0, 2.0]), np.array([np.inf, 3.0]))
    array([0., 6.])
    """
    with np.errstate(invalid="ignore"):
        product = np.multiply(d, partial)
    return np.where(np.equal(d, 0), np.zeros_like(product), product)[()]


def zeros_like(x: Any) -> Any:
    """A zero adjoint in the structure of `x`: lists for sequences, None for what has no derivative.

    >>> zeros_like((1.0, np.ones(2), "name"))
    [0.0, array([0., 0.]), None]
    """
    if isinstance(x, (list, tuple)):
        return [zeros_like(item) for item in x]
    if isinstance(x, dict):
        return {key: zeros_like(item) for key, item in x.items()}
    if isinstance(x, np.ndarray):
        return np.zeros_like(x)
    if isinstance(x, np.generic) and x.dtype.kind in "fc":
        return x.dtype.type(0)
    return 0.0 if isinstance(x, float) else 0j if isinstance(x, complex) else None


def accumulate(a: Any, b: Any) -> Any:
    """The sum of two adjoints of the same structure; None is zero.  Never in place.

    >>> accumulate([1.0, None], [2.0, 3.0])
    [3.0, 3.0]
    """
    if a is None or b is None:
        return b if a is None else a
    if isinstance(a, dict):
        return {key: accumulate(a.get(key), b.get(key)) for key in {**a, **b}}
    if isinstance(a, (list, tuple)) or isinstance(b, (list, tuple)):
        return [accumulate(x, y) for x, y in zip(a, b, strict=True)]
    return a + b


def add_at(d: Any, index: Any, value: Any) -> None:
    """Add `value` to `d[index]`, once for every time an element is picked: the adjoint of reading `x[index]`.

    >>> d = np.zeros(3); add_at(d, [0, 0, 2], np.ones(3)); d
    array([2., 0., 1.])
    """
    if isinstance(d, (list, dict)):
        d[index] = accumulate(d[index], value)
    else:
        np.add.at(d, index, value)


def own(d: Any) -> Any:
    """A copy of an adjoint that nothing else refers to, all the way down.

    >>> own([1.0, (2.0, None)])
    [1.0, [2.0, None]]
    """
    if isinstance(d, (list, tuple)):
        return [own(item) for item in d]
    if isinstance(d, dict):
        return {key: own(item) for key, item in d.items()}
    return d.copy() if isinstance(d, np.ndarray) else d


def positions(x: Any) -> Any:
    """The number of each element of `x`: what is done to it tells where elements go.

    >>> positions([[5.0, 6.0], [7.0, 8.0]])
    array([[0, 1],
           [2, 3]])
    """
    return np.reshape(np.arange(np.size(x)), np.shape(x))


def scatter(d: Any, x: Any, places: Any) -> Any:
    """The adjoint of picking the elements of `x` at `places`: each derivative is added where its element came from.

    >>> scatter(np.array([1.0, 2.0, 3.0]), np.ones((2, 2)), [3, 0, 3])
    array([[2., 0.],
           [0., 4.]])
    """
    found = np.zeros(np.size(x), np.result_type(d))
    np.add.at(found, places, d)
    return np.reshape(found, np.shape(x))


# ----- reductions -----


def expand_reduced(d: Any, x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """`d`, the adjoint of a reduction of `x`, with the reduced axes put back as axes of length 1.

    >>> expand_reduced(np.array([1.0, 2.0]), np.ones((2, 3)), axis=1)
    array([[1.],
           [2.]])
    """
    return d if keepdims or axis is None or np.ndim(x) == 0 else np.expand_dims(d, axis)


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
    size, out = np.abs(x), expand_reduced(out, x, axis, keepdims)
    with np.errstate(divide="ignore", invalid="ignore"):
        if ord == 2:
            return np.divide(np.conj(x), out)
        unit = np.divide(np.conj(x), np.where(size == 0.0, 1.0, size))
        if np.isinf(ord):
            return unit * equal_shares(size, out, axis, True)
        return np.zeros_like(unit) if ord == 0 else unit * (size / out) ** (ord - 1.0)


def norm_partials(x: Any, out: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    """The derivative of `np.linalg.norm` with respect to each element: vector norms and the Frobenius norm.

    >>> norm_partials(np.array([3.0, 4.0]), 5.0)
    array([0.6, 0.8])
    """
    if ord is not None and ord != "fro" and len(reduced_axes(x, axis)) != 1:
        raise ValueError(f"no derivative of the matrix norm of order {ord!r}")
    return vector_norm_partials(x, out, 2 if ord is None or ord == "fro" else ord, axis, keepdims)


def cumsum_adjoint(d: Any, x: Any, axis: Any = None) -> Any:
    """The adjoint of a cumulative sum: the cumulative sum from the other end.

    >>> cumsum_adjoint(np.array([1.0, 2.0, 3.0]), np.ones(3))
    array([6., 5., 3.])
    """
    if axis is None:
        return np.reshape(np.cumsum(d[::-1])[::-1], np.shape(x))
    return np.reshape(np.flip(np.cumsum(np.flip(d, axis), axis), axis), np.shape(x))


def cumprod_adjoint(d: Any, x: Any, axis: Any = None) -> Any:
    """The adjoint of a cumulative product, right also at zeros.

    >>> cumprod_adjoint(np.array([0.0, 0.0, 1.0]), np.array([2.0, 0.0, 3.0]))
    array([0., 6., 0.])
    """
    if axis is None or np.ndim(x) == 0:
        return np.reshape(cumprod_adjoint(d, np.ravel(x), 0), np.shape(x))
    x, d = np.moveaxis(np.asarray(x), axis, 0), np.moveaxis(d, axis, 0)
    before = np.concatenate([np.ones_like(x[:1]), np.cumprod(x, 0)[:-1]])
    found = np.zeros(x.shape, np.result_type(d, x))
    rest = np.zeros(x.shape[1:], found.dtype)
    for n in reversed(range(len(x))):
        rest = rest + d[n]
        found[n] = rest * before[n]
        rest = rest * x[n]
    return np.moveaxis(found, 0, axis)


def cumprod_tangent(t: Any, x: Any, axis: Any = None) -> Any:
    """The tangent of a cumulative product, right also at zeros.

    >>> cumprod_tangent(np.array([0.0, 1.0, 0.0]), np.array([2.0, 0.0, 3.0]))
    array([0., 2., 6.])
    """
    if axis is None or np.ndim(x) == 0:
        return cumprod_tangent(np.ravel(t), np.ravel(x), 0)
    x, t = np.moveaxis(np.asarray(x), axis, 0), np.moveaxis(np.asarray(t), axis, 0)
    before = np.concatenate([np.ones_like(x[:1]), np.cumprod(x, 0)[:-1]])
    found = np.zeros(x.shape, np.result_type(t, x))
    for n in range(len(x)):
        found[n] = t[n] * before[n] + (found[n - 1] * x[n] if n else 0.0)
    return np.moveaxis(found, 0, axis)


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
    counts = [0 if e is None else np.shape(e)[axis] if np.ndim(e) else 1 for e in (prepend, x, append)]
    shape = list(np.shape(x))
    shape[axis] = sum(counts)
    whole = diff_adjoint(d, np.broadcast_to(0.0, shape), n, axis)
    first, own, last = np.split(whole, np.cumsum(counts)[:2], axis)
    return [own, unbroadcast(first, prepend), unbroadcast(last, append)]


# ----- differences and integrals -----


def gradient_adjoint(d: Any, f: Any, spacing: Any, axis: Any = None, edge_order: Any = 1) -> Any:
    """The adjoint of `np.gradient(f, *spacing, axis=axis)`.

    >>> gradient_adjoint(np.array([1.0, 0.0, 0.0]), np.ones(3), ())
    array([-1.,  1.,  0.])
    """
    axes = reduced_axes(f, axis)
    parts = d if isinstance(d, (list, tuple)) else [d]
    steps = [1.0] * len(axes) if len(spacing) == 0 else list(spacing) * (len(axes) if len(spacing) == 1 else 1)
    along = [gradient_adjoint_along(*p, edge_order) for p in zip(parts, steps, axes, strict=True)]
    return np.sum(along, axis=0)


def gradient_adjoint_along(d: Any, step: Any, axis: int, edge_order: Any) -> Any:
    """The adjoint of `np.gradient` along one axis.

    Each difference is made of three neighbours, so three combs of ones tell all coefficients.

    >>> gradient_adjoint_along(np.array([0.0, 1.0, 0.0]), 1.0, 0, 1)
    array([-0.5,  0. ,  0.5])
    """
    d = np.moveaxis(d, axis, 0)
    n, found = len(d), np.zeros_like(d)
    combs = np.arange(3)[:, None] == np.arange(n) % 3
    coefficients = np.gradient(combs * 1.0, step, axis=1, edge_order=edge_order).astype(np.real(d).dtype)
    first = np.clip(np.arange(n) - 1, 0, max(n - 3, 0))
    for k in range(3):
        column = np.reshape(coefficients[k], (n, *[1] * (d.ndim - 1)))
        np.add.at(found, np.minimum(first + (k - first) % 3, n - 1), column * d)
    return np.moveaxis(found, 0, axis)


def trapezoid_weights(y: Any, x: Any = None, dx: Any = 1.0, axis: int = -1) -> Any:
    """The derivative of `np.trapezoid` with respect to each ordinate.

    >>> trapezoid_weights(np.ones(3))
    array([0.5, 1. , 0.5])
    """
    axis = axis % np.ndim(y)
    shape = [np.shape(y)[n] - 1 if n == axis else 1 for n in range(np.ndim(y))]
    if x is None:
        steps = np.full(shape, dx, np.result_type(np.asarray(np.real(y)), dx))
    else:
        steps = np.reshape(np.diff(x), shape) if np.ndim(x) == 1 else np.diff(x, axis=axis)
    ends = [[(1 - late, late) if n == axis else (0, 0) for n in range(np.ndim(y))] for late in (0, 1)]
    return 0.5 * (np.pad(steps, ends[0]) + np.pad(steps, ends[1]))


def trapezoid_step(y: Any, x: Any = None, axis: int = -1) -> Any:
    """The derivative of `np.trapezoid` with respect to `dx`, which counts only without abscissae.

    >>> trapezoid_step(np.array([1.0, 3.0]))
    np.float64(2.0)
    """
    return np.trapezoid(y, axis=axis) if x is None else 0.0


def trapezoid_adjoint(d: Any, y: Any, x: Any, axis: int = -1) -> Any:
    """The adjoint of the abscissae `x` of `np.trapezoid(y, x)`.

    >>> trapezoid_adjoint(1.0, np.array([1.0, 3.0]), np.array([0.0, 1.0]))
    array([-2.,  2.])
    """
    y = np.moveaxis(y, axis, -1)
    whole = diff_adjoint(0.5 * (y[..., 1:] + y[..., :-1]) * np.expand_dims(d, -1), y)
    return unbroadcast(whole if np.ndim(x) == 1 else np.moveaxis(whole, -1, axis), x)


# ----- moving, joining and repeating -----


def element_order(order: str) -> str:
    """The order of elements, if it does not depend on how an array lies in memory.

    >>> element_order("F")
    'F'
    """
    if order not in ("C", "F"):
        raise ValueError(f"no derivative for order={order!r}: the result depends on how the array lies in memory")
    return order


def inverse_axes(axes: Any) -> Any:
    """The permutation that undoes `np.transpose(x, axes)`.

    >>> inverse_axes((1, 2, 0)), inverse_axes(None)
    ((2, 0, 1), None)
    """
    axes = axes[0] if isinstance(axes, (list, tuple)) and len(axes) == 1 and not isinstance(axes[0], int) else axes
    if axes is None or len(axes) == 0:
        return None
    return tuple(int(n) for n in np.argsort([a % len(axes) for a in axes]))


def reshape_each(d: Any, arrays: Any) -> list[Any]:
    """Adjoints in the shapes of `arrays`.

    >>> reshape_each([np.ones(1)], [2.0])
    [array(1.)]
    """
    parts = d if isinstance(d, (list, tuple)) else [d]
    return [np.reshape(part, np.shape(x)) for part, x in zip(parts, arrays, strict=True)]


def unbroadcast_each(d: Any, arrays: Any) -> list[Any]:
    """Adjoints summed to the shapes of `arrays`: the adjoint of `np.broadcast_arrays`.

    >>> unbroadcast_each([np.ones(3), np.ones(3)], [2.0, np.ones(3)])
    [np.float64(3.0), array([1., 1., 1.])]
    """
    return [unbroadcast(part, x) for part, x in zip(d, arrays, strict=True)]


def split_like(d: Any, arrays: Any, axis: Any = 0) -> Any:
    """The pieces of `d` that came from each of `arrays`: the adjoint of joining them.

    >>> split_like(np.array([1.0, 2.0, 3.0]), [np.ones(1), np.ones(2)])
    [array([1.]), array([2., 3.])]
    """
    sizes = [np.size(x) if axis is None else np.shape(x)[axis] for x in arrays]
    pieces = np.split(d, np.cumsum(sizes)[:-1], 0 if axis is None else axis)
    found = [unbroadcast(np.reshape(p, np.shape(x)), x) for p, x in zip(pieces, arrays, strict=True)]
    return np.stack(found) if isinstance(arrays, np.ndarray) else found


def split_stacked(d: Any, arrays: Any, kind: str) -> Any:
    """The adjoint of vstack, hstack, dstack or column_stack.

    >>> split_stacked(np.array([[1.0, 2.0], [3.0, 4.0]]), [np.ones(2), np.ones(2)], "column_stack")
    [array([1., 3.]), array([2., 4.])]
    """
    rank = {"hstack": 1, "vstack": 2, "column_stack": 2, "dstack": 3}[kind]
    axis = {"hstack": min(np.ndim(d) - 1, 1), "vstack": 0, "column_stack": 1, "dstack": 2}[kind]
    sizes = [np.shape(x)[axis] if np.ndim(x) >= rank else 1 for x in arrays]
    pieces = np.split(d, np.cumsum(sizes)[:-1], axis)
    found = [unbroadcast(np.reshape(p, np.shape(x)), x) for p, x in zip(pieces, arrays, strict=True)]
    return np.stack(found) if isinstance(arrays, np.ndarray) else found


def join_like(parts: Any, x: Any, axis: int = 0) -> Any:
    """Adjoints of the parts of a split, joined.

    >>> join_like([np.zeros(1), np.ones(2)], np.ones(3))
    array([0., 1., 1.])
    """
    return np.concatenate(list(parts), axis)


def fold_tiles(d: Any, x: Any, reps: Any) -> Any:
    """The sum of the copies: the adjoint of `np.tile(x, reps)`.

    >>> fold_tiles(np.array([1.0, 2.0, 3.0, 4.0]), np.ones(2), 2)
    array([4., 6.])
    """
    reps = tuple(np.ravel(reps))
    rank = max(len(reps), np.ndim(x))
    reps = (1,) * (rank - len(reps)) + reps
    shape = (1,) * (rank - np.ndim(x)) + np.shape(x)
    split = np.reshape(d, tuple(n for pair in zip(reps, shape, strict=True) for n in pair))
    return np.reshape(np.sum(split, axis=tuple(range(0, 2 * rank, 2))), np.shape(x))


def unsort(d: Any, x: Any, axis: Any = -1) -> Any:
    """The adjoint of sorting `x`: each derivative back in its old place.

    >>> unsort(np.array([1.0, 2.0, 3.0]), np.array([5.0, 4.0, 6.0]))
    array([2., 1., 3.])
    """
    if axis is None:
        return np.reshape(unsort(d, np.ravel(x), -1), np.shape(x))
    found = np.zeros(np.shape(x), np.result_type(d))
    np.put_along_axis(found, np.argsort(x, axis, kind="stable"), d, axis)
    return found


def sort_tangent(t: Any, x: Any, axis: Any = -1) -> Any:
    """The tangent of sorting `x`: in the order of x.

    >>> sort_tangent(np.array([1.0, 2.0, 3.0]), np.array([5.0, 4.0, 6.0]))
    array([2., 1., 3.])
    """
    if axis is None:
        return sort_tangent(np.ravel(t), np.ravel(x), -1)
    return np.take_along_axis(np.asarray(t), np.argsort(x, axis, kind="stable"), axis)


def pad_mode(mode: Any) -> Any:
    """The mode of `np.pad`, if it is one whose result is made of elements of the array and constants.

    >>> pad_mode("edge")
    'edge'
    """
    if mode not in ("constant", "edge", "reflect", "symmetric", "wrap"):
        raise ValueError(f"np.pad: mode {mode!r} has no derivative rule")
    return mode


def unpad(d: Any, x: Any, pad_width: Any, mode: Any) -> Any:
    """The adjoint of `np.pad`.

    >>> unpad(np.array([1.0, 2.0, 3.0, 4.0]), np.ones(3), (1, 0), "constant")
    array([2., 3., 4.])
    """
    if pad_mode(mode) != "constant":
        return scatter(d, x, np.pad(positions(x), pad_width, mode))
    return d[np.pad(np.ones(np.shape(x), bool), pad_width)].reshape(np.shape(x))


def meshgrid_adjoints(d: Any, arrays: Any, indexing: str = "xy") -> list[Any]:
    """The adjoints of the coordinates in `np.meshgrid(*arrays)`.

    >>> meshgrid_adjoints([np.ones((2, 3)), np.ones((2, 3))], [np.ones(3), np.ones(2)])
    [array([2., 2., 2.]), array([3., 3.])]
    """
    own = list(range(len(arrays)))
    if indexing == "xy" and len(arrays) > 1:
        own[:2] = [1, 0]
    summed = [np.sum(part, axis=tuple(m for m in own if m != n)) for part, n in zip(d, own, strict=True)]
    return [np.reshape(part, np.shape(x)) for part, x in zip(summed, arrays, strict=True)]


def diagonal_adjoint(d: Any, x: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    """The adjoint of `np.diagonal`.

    >>> diagonal_adjoint(np.array([1.0]), np.ones((2, 2)), 1)
    array([[0., 1.],
           [0., 0.]])
    """
    found = np.zeros(np.shape(x), np.result_type(d))
    view = np.moveaxis(found, (axis1, axis2), (-2, -1))
    n = np.arange(np.shape(d)[-1])
    view[..., n + max(-offset, 0), n + max(offset, 0)] = d
    return found


def trace_adjoint(d: Any, x: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    """The adjoint of the sum of a diagonal.

    >>> trace_adjoint(2.0, np.ones((2, 2)))
    array([[2., 0.],
           [0., 2.]])
    """
    rows, columns = np.shape(x)[axis1], np.shape(x)[axis2]
    count = max(min(rows - max(-offset, 0), columns - max(offset, 0)), 0)
    whole = np.broadcast_to(np.expand_dims(d, -1), (*np.shape(d), count))
    return diagonal_adjoint(whole, x, offset, axis1, axis2)


def diag_adjoint(d: Any, v: Any, k: int = 0) -> Any:
    """The adjoint of `np.diag`, of a vector or a matrix.

    >>> diag_adjoint(np.array([[1.0, 2.0], [3.0, 4.0]]), np.ones(2))
    array([1., 4.])
    """
    return np.diagonal(d, k).copy() if np.ndim(v) == 1 else diagonal_adjoint(d, v, k)


def linspace_adjoint(d: Any, low: Any, endpoint: Any, axis: int, x: Any) -> Any:
    """The adjoint of an end `x` of `np.linspace`, which has the weight `low` at the start and 1 - low at the end.

    >>> linspace_adjoint(np.ones(3), 1.0, True, 0, 5.0)
    np.float64(1.5)
    """
    shape = [1] * np.ndim(d)
    shape[axis] = np.shape(d)[axis]
    weights = np.linspace(low, 1.0 - low, shape[axis], endpoint, dtype=np.real(d).dtype)
    return unbroadcast(np.sum(np.reshape(weights, shape) * d, axis=axis), x)


def node_interval(x: Any, xp: Any) -> Any:
    """The interval of the nodes `xp` that holds each of `x`, and how far along it x lies; nodes beyond count as ends.

    >>> node_interval(2.5, np.array([1.0, 2.0, 4.0]))
    (np.int64(1), np.float64(0.25))
    """
    n = np.clip(np.searchsorted(xp, x, side="right") - 1, 0, len(xp) - 2)
    x = np.clip(x, xp[0], xp[-1])
    return n, (x - xp[n]) / (xp[n + 1] - xp[n])


def interp_slope(x: Any, xp: Any, fp: Any) -> Any:
    """The derivative of `np.interp` with respect to x: the slope of each interval, 0 outside.

    >>> interp_slope(np.array([0.5, 9.0]), np.array([0.0, 1.0]), np.array([3.0, 5.0]))
    array([2., 0.])
    """
    xp, fp = np.asarray(xp), np.asarray(fp)
    n, _ = node_interval(x, xp)
    slope = (fp[n + 1] - fp[n]) / (xp[n + 1] - xp[n])
    return np.where((x >= xp[0]) & (x <= xp[-1]), slope, 0.0)[()]


def interp_adjoint(d: Any, x: Any, xp: Any, left: Any = None, right: Any = None) -> Any:
    """The adjoint of the values at the nodes `xp` in `np.interp`.

    >>> interp_adjoint(1.0, 0.25, np.array([0.0, 1.0]))
    array([0.75, 0.25])
    """
    xp = np.asarray(xp)
    n, along = node_interval(x, xp)
    d = np.where(((left is not None) & (x < xp[0])) | ((right is not None) & (x > xp[-1])), 0.0, d)
    found = np.zeros(len(xp), np.result_type(d, along))
    np.add.at(found, n, d * (1.0 - along))
    np.add.at(found, n + 1, d * along)
    return found


# ----- products -----


def matmul_adjoint_left(d: Any, a: Any, b: Any) -> Any:
    """The adjoint of `a` in `a @ b`, for operands of any rank.

    >>> matmul_adjoint_left(np.array([1.0, 2.0]), np.ones((2, 2)), np.array([3.0, 4.0]))
    array([[3., 4.],
           [6., 8.]])
    """
    if np.ndim(b) == 1:
        return unbroadcast(np.expand_dims(d, -1) * np.asarray(b), a)
    if np.ndim(a) == 1:
        return unbroadcast(np.matmul(b, np.expand_dims(d, -1))[..., 0], a)
    return unbroadcast(np.matmul(d, transposed(b)), a)


def matmul_adjoint_right(d: Any, a: Any, b: Any) -> Any:
    """The adjoint of `b` in `a @ b`, for operands of any rank.

    >>> matmul_adjoint_right(np.array([1.0, 2.0]), np.array([[1.0, 0.0], [5.0, 1.0]]), np.ones(2))
    array([11.,  2.])
    """
    if np.ndim(a) == 1:
        return unbroadcast(np.expand_dims(d, -2) * np.expand_dims(a, -1) if np.ndim(b) > 1 else d * np.asarray(a), b)
    if np.ndim(b) <= 2:  # one operand for the whole stack: one product of matrices
        rows = np.reshape(a, (int(np.prod(np.shape(a)[:-1])), np.shape(a)[-1]))
        return unbroadcast(np.matmul(rows.T, np.reshape(d, (len(rows), *np.shape(b)[1:]))), b)
    return unbroadcast(np.matmul(transposed(a), d), b)


def inner_axes(a: Any, b: Any, last: bool = True) -> Any:
    """The axes that `np.inner` (last) or `np.dot` sums over, as `np.tensordot` takes them.

    >>> inner_axes(np.ones((2, 3)), np.ones((3, 4)), last=False)
    ([1], [0])
    """
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        return 0
    return [np.ndim(a) - 1], [np.ndim(b) - 1 if last or np.ndim(b) == 1 else np.ndim(b) - 2]


def tensordot_adjoint_left(d: Any, a: Any, b: Any, axes: Any = 2) -> Any:
    """The adjoint of `a` in `np.tensordot(a, b, axes)`.

    >>> tensordot_adjoint_left(np.array([1.0, 2.0]), np.ones(2), np.eye(2), 1)
    array([1., 2.])
    """
    n, m = np.ndim(a), np.ndim(b)
    pairs = (range(n - int(axes), n), range(int(axes))) if np.ndim(axes) == 0 else axes
    left, right = ([int(x) % rank for x in np.ravel(p)] for p, rank in zip(pairs, (n, m), strict=True))
    free_a, free_b = [x for x in range(n) if x not in left], [x for x in range(m) if x not in right]
    d_a = np.tensordot(d, b, (list(range(len(free_a), len(free_a) + len(free_b))), free_b))
    order = [*free_a, *(left[right.index(x)] for x in sorted(right))]
    return np.transpose(d_a, np.argsort(order))[()]


def tensordot_adjoint_right(d: Any, a: Any, b: Any, axes: Any = 2) -> Any:
    """The adjoint of `b` in `np.tensordot(a, b, axes)`.

    >>> tensordot_adjoint_right(np.array([1.0, 2.0]), np.array([2.0, 3.0]), np.eye(2), 1)
    array([[2., 4.],
           [3., 6.]])
    """
    n = np.ndim(a)
    pairs = (range(n - int(axes), n), range(int(axes))) if np.ndim(axes) == 0 else axes
    rows = n - len(np.ravel(pairs[0]))
    turned = np.transpose(d, (*range(rows, np.ndim(d)), *range(rows)))
    return tensordot_adjoint_left(turned, b, a, [np.ravel(pairs[1]), np.ravel(pairs[0])])


def dot_adjoint_left(d: Any, a: Any, b: Any) -> Any:
    """The adjoint of `a` in `np.dot(a, b)`, for operands of any rank.

    >>> dot_adjoint_left(np.array([1.0, 2.0]), 3.0, np.array([5.0, 6.0]))
    np.float64(17.0)
    """
    return tensordot_adjoint_left(d, a, b, inner_axes(a, b, False))


def dot_adjoint_right(d: Any, a: Any, b: Any) -> Any:
    """The adjoint of `b` in `np.dot(a, b)`, for operands of any rank.

    >>> dot_adjoint_right(np.array([1.0, 2.0]), 3.0, np.array([5.0, 6.0]))
    array([3., 6.])
    """
    return tensordot_adjoint_right(d, a, b, inner_axes(a, b, False))


def einsum_terms(subscripts: str, operands: Any) -> tuple[list[str], str]:
    """The subscripts of each operand and of the result, with the ellipsis and the arrow written out.

    >>> einsum_terms("...i,ij", [np.ones((5, 2)), np.ones((2, 3))])
    (['Zi', 'ij'], 'Zj')
    """
    if not isinstance(subscripts, str):
        raise TypeError("np.einsum: write the subscripts as a string")
    inputs, arrow, output = subscripts.replace(" ", "").partition("->")
    pairs = list(zip(inputs.split(","), operands, strict=True))
    spare = [c for c in "ZYXWVUTSRQPONMLKJIHGFEDCBA" if c not in subscripts]
    widths = [np.ndim(x) - len(t.replace("...", "")) if "..." in t else 0 for t, x in pairs]
    dots = "".join(spare[: max(widths)])
    terms = [t.replace("...", dots[len(dots) - w :]) for (t, _), w in zip(pairs, widths, strict=True)]
    letters = "".join(terms)
    once = "".join(sorted(c for c in set(letters) if letters.count(c) == 1 and c not in dots))
    return terms, output.replace("...", dots) if arrow else dots + once


def einsum_adjoint(d: Any, subscripts: str, operands: Any, k: int) -> Any:
    """The adjoint of operand number `k` of `np.einsum(subscripts, *operands)`.

    >>> einsum_adjoint(np.array([1.0, 2.0]), "ii->i", [np.ones((2, 2))], 0)
    array([[1., 0.],
           [0., 2.]])
    """
    terms, output = einsum_terms(subscripts, operands)
    unique = "".join(dict.fromkeys(terms[k]))
    sizes = dict(zip(terms[k], np.shape(operands[k]), strict=True))
    others = [(t, x) for n, (t, x) in enumerate(zip(terms, operands, strict=True)) if n != k]
    present = "".join(c for c in unique if c in output or any(c in t for t, _ in others))
    formula = ",".join([output, *(t for t, _ in others)]) + "->" + present
    part = np.einsum(formula, d, *(x for _, x in others), optimize=len(others) > 1)
    part = unbroadcast(part, np.empty([sizes[c] for c in present], np.result_type(part)))
    part = np.reshape(part, [sizes[c] if c in present else 1 for c in unique])
    if unique == terms[k]:
        return unbroadcast(part, operands[k])
    found = np.zeros(np.shape(operands[k]), np.result_type(part))
    np.einsum(f"{terms[k]}->{unique}", found)[...] = part
    return unbroadcast(found, operands[k])


def einsum_adjoints(d: Any, subscripts: str, operands: Any) -> list[Any]:
    """The adjoints of all operands of `np.einsum(subscripts, *operands)`.

    >>> einsum_adjoints(1.0, "i,i", [np.array([1.0, 2.0]), np.array([3.0, 4.0])])
    [array([3., 4.]), array([1., 2.])]
    """
    return [einsum_adjoint(d, subscripts, operands, k) for k in range(len(operands))]


def einsum_tangent(subscripts: str, operands: Any, tangents: Any) -> Any:
    """The tangent of `np.einsum(subscripts, *operands)`; a tangent that is None is zero.

    >>> einsum_tangent("i,i", [np.array([1.0, 2.0]), np.ones(2)], [np.ones(2), None])
    np.float64(2.0)
    """
    einsum_terms(subscripts, operands)
    total: Any = 0.0
    for k, t in enumerate(tangents):
        if t is not None:
            total = total + np.einsum(subscripts, *operands[:k], t, *operands[k + 1 :])
    return total


def kron_adjoint_left(d: Any, a: Any, b: Any) -> Any:
    """The adjoint of `a` in `np.kron(a, b)`.

    >>> kron_adjoint_left(np.array([1.0, 2.0, 3.0, 4.0]), np.ones(2), np.array([1.0, 10.0]))
    array([21., 43.])
    """
    rank = max(np.ndim(a), np.ndim(b))
    shape_a, shape_b = ((1,) * (rank - np.ndim(x)) + np.shape(x) for x in (a, b))
    split = np.reshape(d, tuple(n for pair in zip(shape_a, shape_b, strict=True) for n in pair))
    inner = list(range(1, 2 * rank, 2)), list(range(rank))
    return np.reshape(np.tensordot(split, np.reshape(b, shape_b), inner), np.shape(a))[()]


def kron_adjoint_right(d: Any, a: Any, b: Any) -> Any:
    """The adjoint of `b` in `np.kron(a, b)`.

    >>> kron_adjoint_right(np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 10.0]), np.ones(2))
    array([31., 42.])
    """
    rank = max(np.ndim(a), np.ndim(b))
    shape_a, shape_b = ((1,) * (rank - np.ndim(x)) + np.shape(x) for x in (a, b))
    split = np.reshape(d, tuple(n for pair in zip(shape_a, shape_b, strict=True) for n in pair))
    outer = list(range(0, 2 * rank, 2)), list(range(rank))
    return np.reshape(np.tensordot(split, np.reshape(a, shape_a), outer), np.shape(b))[()]


def cross_adjoint(d: Any, a: Any, b: Any, axisa: int = -1, axisb: int = -1, axisc: int = -1, axis: Any = None) -> Any:
    """The adjoint of `a` in `np.cross(a, b)` of vectors with three components.

    >>> cross_adjoint(np.array([0.0, 0.0, 1.0]), np.ones(3), np.array([1.0, 2.0, 3.0]))
    array([ 2., -1.,  0.])
    """
    axisa, axisb, axisc = (axisa, axisb, axisc) if axis is None else (axis, axis, axis)
    a, b = np.moveaxis(a, axisa, -1), np.moveaxis(b, axisb, -1)
    if np.shape(a)[-1] != 3 or np.shape(b)[-1] != 3:
        raise ValueError("np.cross: no derivative for vectors that do not have three components")
    return np.moveaxis(unbroadcast(np.cross(b, np.moveaxis(d, axisc, -1)), a), -1, axisa)


def full_convolution(d: Any, a: Any, v: Any, mode: str, start: int) -> Any:
    """The adjoint of the full convolution of `a` and `v`, of which the result is the part from `start` on.

    >>> full_convolution(np.array([1.0]), np.ones(2), np.ones(2), "valid", 1)
    array([0., 1., 0.])
    """
    found = np.zeros(np.size(a) + np.size(v) - 1, np.result_type(d))
    start = {"full": 0, "same": start, "valid": min(np.size(a), np.size(v)) - 1}[mode]
    found[start : start + np.size(d)] = d
    return found


def convolve_adjoint(d: Any, a: Any, v: Any, mode: str = "full") -> Any:
    """The adjoint of `a` in `np.convolve(a, v, mode)`.

    >>> convolve_adjoint(np.array([1.0, 0.0, 0.0]), np.ones(2), np.array([5.0, 7.0]))
    array([5., 0.])
    """
    whole = full_convolution(d, a, v, mode, (min(np.size(a), np.size(v)) - 1) // 2)
    return np.reshape(np.correlate(whole, np.conj(np.ravel(v)), "valid"), np.shape(a))


def correlate_adjoints(d: Any, a: Any, v: Any, mode: str = "valid") -> list[Any]:
    """The adjoints of both operands of `np.correlate`, the convolution of `a` with the reversed conjugate of `v`.

    >>> correlate_adjoints(np.array([1.0]), np.ones(2), np.array([5.0, 7.0]))
    [array([5., 7.]), array([1., 1.])]
    """
    n, m = np.size(a), np.size(v)
    whole = full_convolution(d, a, v, mode, n // 2 if n < m else (m - 1) // 2)
    turned = np.conj(np.ravel(v))[::-1]
    d_v = np.conj(np.correlate(whole, np.conj(np.ravel(a)), "valid")[::-1])
    return [np.reshape(np.correlate(whole, np.conj(turned), "valid"), np.shape(a)), np.reshape(d_v, np.shape(v))]


def polyval_slope(p: Any, x: Any) -> Any:
    """The derivative of `np.polyval(p, x)` with respect to x.

    >>> polyval_slope([3.0, 1.0, 5.0], 2.0)
    np.float64(13.0)
    """
    value = slope = np.zeros_like(x)[()]
    for c in p:
        value, slope = value * x + c, slope * x + value
    return slope


def polyval_adjoint(d: Any, p: Any, x: Any) -> Any:
    """The adjoint of the coefficients of `np.polyval(p, x)`.

    >>> polyval_adjoint(1.0, [0.0, 0.0, 0.0], 2.0)
    array([4., 2., 1.])
    """
    found = []
    for c in reversed(list(p)):
        found.append(unbroadcast(d, c))
        d = d * x
    return np.stack(found[::-1])


# ----- linear algebra: one matrix or a stack of them -----


def transposed(a: Any) -> Any:
    """A matrix, or each of a stack of matrices, transposed.

    >>> transposed(np.array([[1.0, 2.0], [3.0, 4.0]]))
    array([[1., 3.],
           [2., 4.]])
    """
    return np.swapaxes(a, -1, -2)


def adjoint_matrix(a: Any) -> Any:
    """The conjugate transpose of a matrix, or of each of a stack of matrices.

    >>> adjoint_matrix(np.array([[1.0, 2.0j]]))
    array([[1.-0.j],
           [0.-2.j]])
    """
    return np.conj(np.swapaxes(a, -1, -2))


def solve_like(a: Any, right: Any, b: Any) -> Any:
    """`np.linalg.solve(a, right)`, where `right` holds vectors if `b` is a vector, and matrices if not.

    >>> solve_like(np.array([np.eye(2), 2.0 * np.eye(2)]), np.ones((2, 2)), np.ones(2))
    array([[1. , 1. ],
           [0.5, 0.5]])
    """
    if np.ndim(b) == 1:
        return np.linalg.solve(a, np.expand_dims(right, -1))[..., 0]
    return np.linalg.solve(a, right)


def solve_adjoint_matrix(d_b: Any, out: Any, b: Any) -> Any:
    """The adjoint of the matrix in `np.linalg.solve(a, b)`, from that of the right side.

    >>> solve_adjoint_matrix(np.array([1.0, 2.0]), np.array([3.0, 4.0]), np.ones(2))
    array([[-3., -4.],
           [-6., -8.]])
    """
    if np.ndim(b) == 1:
        return -np.expand_dims(d_b, -1) * np.expand_dims(out, -2)
    return -np.matmul(d_b, transposed(out))


def solve_tangent(t_a: Any, a: Any, out: Any, b: Any) -> Any:
    """The tangent of `np.linalg.solve(a, b)` along that of the matrix.

    >>> solve_tangent(np.eye(2), np.eye(2), np.array([3.0, 4.0]), np.ones(2))
    array([-3., -4.])
    """
    if np.ndim(b) == 1:
        return -solve_like(a, np.matmul(t_a, np.expand_dims(out, -1))[..., 0], b)
    return -np.linalg.solve(a, np.matmul(t_a, out))


def cofactors(a: Any) -> Any:
    """The derivative of the determinant with respect to each element, also of a singular matrix.

    >>> np.round(cofactors(np.array([[1.0, 2.0], [3.0, 6.0]])), 12)
    array([[ 6., -3.],
           [-2.,  1.]])
    """
    u, s, v = np.linalg.svd(a)
    sign = np.linalg.det(u) * np.linalg.det(v)
    minors = sign[..., None] * prod_partials(s, -1)
    return np.matmul(np.conj(u) * np.expand_dims(minors, -2), np.conj(v))


def slogdet_adjoint(d: Any, a: Any, out: Any) -> Any:
    """The adjoint of `np.linalg.slogdet`: the sign of a complex determinant varies with the matrix.

    >>> slogdet_adjoint([0.0, 1.0], 2.0 * np.eye(2), [1.0, 1.4])
    array([[0.5, 0. ],
           [0. , 0.5]])
    """
    trace = d[1] + 1j * np.imag(d[0] * out[0]) if np.iscomplexobj(a) else d[1]
    return np.expand_dims(trace, (-1, -2)) * transposed(np.linalg.inv(a))


def slogdet_tangent(t: Any, a: Any, out: Any) -> tuple[Any, Any]:
    """The tangent of `np.linalg.slogdet`.

    >>> slogdet_tangent(np.eye(2), np.eye(2), [1.0, 0.0])
    (np.float64(0.0), np.float64(2.0))
    """
    trace = np.trace(np.linalg.solve(a, t), axis1=-2, axis2=-1)
    sign = 1j * np.imag(trace) * out[0] if np.iscomplexobj(a) else np.imag(trace)
    return sign, np.real(trace)


# ----- factors of matrices -----


def real_diagonal(m: Any) -> Any:
    """The real part of the diagonal, and zeros beside it.

    >>> real_diagonal(np.array([[1.0, 2.0], [3.0, 4.0]]))
    array([[1., 0.],
           [0., 4.]])
    """
    return np.where(np.eye(np.shape(m)[-1], dtype=bool), np.real(m), 0.0)


def hermitian(t: Any, upper: Any = False) -> Any:
    """The Hermitian matrix that one triangle of `t` stands for.

    >>> hermitian(np.array([[1.0, 9.0], [2.0, 3.0]]))
    array([[1., 2.],
           [2., 3.]])
    """
    own = np.triu(t, 1) if upper else np.tril(t, -1)
    return own + adjoint_matrix(own) + real_diagonal(t)


def triangle_adjoint(d: Any, upper: Any = False) -> Any:
    """The adjoint of taking a Hermitian matrix from one triangle: what belongs to the other comes to it.

    >>> triangle_adjoint(np.array([[1.0, 2.0], [2.0, 3.0]]))
    array([[1., 0.],
           [4., 3.]])
    """
    low, high = np.tril(d, -1), np.triu(d, 1)
    return (high + adjoint_matrix(low) if upper else low + adjoint_matrix(high)) + real_diagonal(d)


def half_lower(m: Any) -> Any:
    """The lower triangle, with half of the diagonal.

    >>> half_lower(np.array([[2.0, 4.0], [6.0, 8.0]]))
    array([[1., 0.],
           [6., 4.]])
    """
    return 0.5 * (np.tril(m) + np.tril(m, -1))


def cholesky_adjoint(d: Any, out: Any, upper: Any = False) -> Any:
    """The adjoint of `np.linalg.cholesky`, which reads one triangle (Murray, arXiv 1602.07527, eq. 10).

    >>> cholesky_adjoint(np.array([[1.0]]), np.array([[2.0]]))
    array([[0.25]])
    """
    low, d_low = (adjoint_matrix(out), transposed(d)) if upper else (out, np.conj(d))
    high = adjoint_matrix(low)
    inner = half_lower(np.matmul(high, d_low))
    whole = np.linalg.solve(high, adjoint_matrix(np.linalg.solve(high, adjoint_matrix(inner))))
    return triangle_adjoint(np.conj(whole), upper)


def cholesky_tangent(t: Any, out: Any, upper: Any = False) -> Any:
    """The tangent of `np.linalg.cholesky`, which reads one triangle (Murray, arXiv 1602.07527, eq. 8).

    >>> cholesky_tangent(np.array([[1.0]]), np.array([[2.0]]))
    array([[0.25]])
    """
    low = adjoint_matrix(out) if upper else out
    inner = np.linalg.solve(low, adjoint_matrix(np.linalg.solve(low, hermitian(t, upper))))
    found = np.matmul(low, half_lower(inner))
    return adjoint_matrix(found) if upper else found


def pinv_adjoint(d: Any, a: Any, out: Any) -> Any:
    """The adjoint of `np.linalg.pinv`, where the rank does not change (Golub and Pereyra, 1973).

    >>> pinv_adjoint(np.array([[1.0]]), np.array([[2.0]]), np.array([[0.5]]))
    array([[-0.25]])
    """
    p, g = adjoint_matrix(out), transposed(d)
    across = np.matmul(g, np.matmul(out, p))
    along = np.matmul(np.matmul(p, out), g)
    across = across - np.matmul(a, np.matmul(out, across))
    along = along - np.matmul(np.matmul(along, out), a)
    return np.conj(across + along - np.matmul(p, np.matmul(np.conj(d), p)))


def pinv_tangent(t: Any, a: Any, out: Any) -> Any:
    """The tangent of `np.linalg.pinv`, where the rank does not change (Golub and Pereyra, 1973).

    >>> pinv_tangent(np.array([[1.0]]), np.array([[2.0]]), np.array([[0.5]]))
    array([[-0.25]])
    """
    p, h = adjoint_matrix(out), adjoint_matrix(t)
    across = np.matmul(np.matmul(out, p), h)
    along = np.matmul(h, np.matmul(p, out))
    across = across - np.matmul(np.matmul(across, a), out)
    along = along - np.matmul(out, np.matmul(a, along))
    return across + along - np.matmul(out, np.matmul(t, out))


def power_adjoint(d: Any, a: Any, n: int) -> Any:
    """The adjoint of `np.linalg.matrix_power(a, n)`.

    >>> power_adjoint(np.array([[1.0]]), np.array([[3.0]]), 2)
    array([[6.]])
    """
    if n < 0:
        b = np.linalg.inv(a)
        return -np.matmul(transposed(b), np.matmul(power_adjoint(d, b, -n), transposed(b)))
    found = np.zeros_like(d)
    for _ in range(n):
        found, d = np.matmul(transposed(a), found) + d, np.matmul(d, transposed(a))
    return found


def power_tangent(t: Any, a: Any, n: int) -> Any:
    """The tangent of `np.linalg.matrix_power(a, n)`.

    >>> power_tangent(np.array([[1.0]]), np.array([[3.0]]), 2)
    array([[6.]])
    """
    if n < 0:
        b = np.linalg.inv(a)
        return power_tangent(-np.matmul(b, np.matmul(t, b)), b, -n)
    found = np.zeros_like(t)
    for _ in range(n):
        found, t = np.matmul(a, found) + t, np.matmul(t, a)
    return found


def chain_adjoints(d: Any, arrays: Any) -> list[Any]:
    """The adjoints of all factors of `np.linalg.multi_dot(arrays)`.

    >>> chain_adjoints(1.0, [np.array([1.0, 2.0]), np.array([3.0, 4.0])])
    [array([3., 4.]), array([1., 2.])]
    """
    factors = [np.asarray(x) for x in arrays]
    factors[0], factors[-1] = np.atleast_2d(factors[0]), np.reshape(factors[-1], (len(factors[-1]), -1))
    d = np.reshape(d, (len(factors[0]), factors[-1].shape[1]))
    found = []
    for n, x in enumerate(arrays):
        tail = d
        for f in reversed(factors[n + 1 :]):
            tail = np.matmul(tail, f.T)
        found.append(np.reshape(tail, np.shape(x)))
        d = np.matmul(factors[n].T, d)
    return found


def chain_tangent(arrays: Any, tangents: Any) -> Any:
    """The tangent of `np.linalg.multi_dot(arrays)`.

    >>> chain_tangent([np.ones((1, 1)), np.full((1, 1), 3.0)], [np.ones((1, 1)), None])
    array([[3.]])
    """
    known = [(k, t) for k, t in enumerate(tangents) if t is not None]
    return sum(np.linalg.multi_dot([*arrays[:k], t, *arrays[k + 1 :]]) for k, t in known)


def inverse_gaps(w: Any) -> Any:
    """1 / (w[j] - w[i]) for all pairs, 0 on the diagonal; infinite for equal values.

    >>> inverse_gaps(np.array([1.0, 3.0]))
    array([[ 0. ,  0.5],
           [-0.5,  0. ]])
    """
    apart = np.expand_dims(w, -2) - np.expand_dims(w, -1)
    same = np.arange(np.shape(w)[-1])
    apart[..., same, same] = np.inf
    with np.errstate(divide="ignore"):
        return 1.0 / apart


def eigh_adjoint(d: Any, out: Any, uplo: Any = "L") -> Any:
    """The adjoint of `np.linalg.eigh`; a nonzero adjoint of vectors with equal values gives infinity.

    >>> eigh_adjoint([np.array([1.0, 0.0]), np.zeros((2, 2))], [np.array([1.0, 2.0]), np.eye(2)])
    array([[1., 0.],
           [0., 0.]])
    """
    w, v = out
    inner = masked(np.matmul(adjoint_matrix(v), np.conj(d[1])), inverse_gaps(w))
    same = np.arange(np.shape(w)[-1])
    inner[..., same, same] = d[0]
    return triangle_adjoint(np.conj(np.matmul(np.matmul(v, inner), adjoint_matrix(v))), uplo in "Uu")


def eigvalsh_adjoint(d: Any, a: Any, uplo: Any = "L") -> Any:
    """The adjoint of `np.linalg.eigvalsh`.

    >>> eigvalsh_adjoint(np.array([1.0, 0.0]), np.diag([1.0, 2.0]))
    array([[1., 0.],
           [0., 0.]])
    """
    v = np.linalg.eigh(a, uplo)[1]
    return triangle_adjoint(np.matmul(np.conj(v) * np.expand_dims(d, -2), transposed(v)), uplo in "Uu")


def eigh_tangent(t: Any, out: Any, uplo: Any = "L") -> tuple[Any, Any]:
    """The tangent of `np.linalg.eigh`.

    >>> eigh_tangent(np.eye(2), [np.array([1.0, 2.0]), np.eye(2)])[0]
    array([1., 1.])
    """
    w, v = out
    inner = np.matmul(adjoint_matrix(v), np.matmul(hermitian(t, uplo in "Uu"), v))
    return np.real(np.diagonal(inner, 0, -2, -1)), np.matmul(v, masked(inner, inverse_gaps(w)))


def qr_adjoint(d: Any, a: Any, out: Any) -> Any:
    """The adjoint of `np.linalg.qr` (Walter and Lehmann, arXiv 1009.6112; wide: Roberts, arXiv 2009.10071).

    >>> qr_adjoint([np.zeros((1, 1)), np.ones((1, 1))], np.array([[3.0]]), [np.ones((1, 1)), np.array([[3.0]])])
    array([[1.]])
    """
    q, r = out
    k = np.shape(q)[-1]
    left, right, rest = np.conj(d[0]), np.conj(d[1]), a[..., k:]
    left = left + np.matmul(rest, adjoint_matrix(right[..., k:]))
    r, first = r[..., :k], right[..., :k]
    m = np.matmul(r, adjoint_matrix(first)) - np.matmul(adjoint_matrix(left), q)
    inner = left + np.matmul(q, hermitian(m))
    whole = adjoint_matrix(np.linalg.solve(r, adjoint_matrix(inner)))
    return np.conj(np.concatenate([whole, np.matmul(q, right[..., k:])], -1))


def qr_tangent(t: Any, a: Any, out: Any) -> tuple[Any, Any]:
    """The tangent of `np.linalg.qr`.

    >>> qr_tangent(np.array([[1.0]]), np.array([[3.0]]), [np.array([[1.0]]), np.array([[3.0]])])
    (array([[0.]]), array([[1.]]))
    """
    q, r = out
    k = np.shape(q)[-1]
    inner = adjoint_matrix(np.linalg.solve(adjoint_matrix(r[..., :k]), adjoint_matrix(t[..., :k])))
    m = np.matmul(adjoint_matrix(q), inner)
    turn = adjoint_matrix(half_lower(m + adjoint_matrix(m)))
    t_q = inner - np.matmul(q, turn)
    rest = np.matmul(adjoint_matrix(t_q), a[..., k:]) + np.matmul(adjoint_matrix(q), t[..., k:])
    return t_q, np.concatenate([np.matmul(turn, r[..., :k]), rest], -1)


def svd_thin(out: Any, d: Any) -> tuple[Any, Any, Any]:
    """The part of `np.linalg.svd` that belongs to singular values, if nothing else has an adjoint in `d`.

    >>> svd_thin([np.eye(2), np.ones(1), np.ones((1, 1))], [np.zeros((2, 2)), np.ones(1), np.zeros((1, 1))])[0]
    array([[1.],
           [0.]])
    """
    u, s, v = out
    k = np.shape(s)[-1]
    if np.any(d[0][..., k:]) or np.any(d[2][..., k:, :]):
        raise ValueError("np.linalg.svd: vectors without a singular value have no derivative; set full_matrices=False")
    if np.iscomplexobj(u) and (np.any(d[0]) or np.any(d[2])):
        raise ValueError("np.linalg.svd: the phase of complex vectors is arbitrary, so they have no derivative")
    return u[..., :k], s, v[..., :k, :]


def svd_adjoint(d: Any, a: Any, out: Any) -> Any:
    """The adjoint of `np.linalg.svd`, of all parts or of the values alone.

    >>> svd_adjoint(np.array([1.0, 0.0]), np.diag([3.0, 2.0]), np.array([3.0, 2.0]))
    array([[1., 0.],
           [0., 0.]])
    """
    if not isinstance(out, (tuple, list)):
        u, _, v = np.linalg.svd(a, full_matrices=False)
        return np.matmul(np.conj(u) * np.expand_dims(d, -2), np.conj(v))
    u, s, v = svd_thin(out, d)
    k = np.shape(s)[-1]
    inner = svd_inner(u, d[0][..., :k], s) + transposed(svd_inner(transposed(v), transposed(d[2][..., :k, :]), s))
    whole = np.matmul(np.matmul(np.conj(u), inner) + svd_outer(u, d[0][..., :k], s), np.conj(v))
    values = np.matmul(np.conj(u) * np.expand_dims(d[1], -2), np.conj(v))
    return whole + values + np.matmul(u, transposed(svd_outer(transposed(v), transposed(d[2][..., :k, :]), s)))


def svd_inner(u: Any, d: Any, s: Any) -> Any:
    """What the adjoint `d` of singular vectors `u` says of the matrix, as seen between singular vectors.

    >>> svd_inner(np.eye(2), np.array([[0.0, 1.0], [0.0, 0.0]]), np.array([2.0, 1.0]))
    array([[ 0.        , -0.33333333],
           [-0.66666667,  0.        ]])
    """
    m = np.matmul(transposed(u), d)
    return masked(m - transposed(m), inverse_gaps(s * s)) * np.expand_dims(s, -2)


def svd_outer(u: Any, d: Any, s: Any) -> Any:
    """The part of `d` orthogonal to the singular vectors `u`, over the singular values.

    >>> svd_outer(np.array([[1.0], [0.0]]), np.array([[5.0], [6.0]]), np.array([2.0]))
    array([[0.],
           [3.]])
    """
    rest = d - np.matmul(u, np.matmul(adjoint_matrix(u), d))
    with np.errstate(divide="ignore"):
        return masked(rest, 1.0 / np.expand_dims(s, -2))


def svd_tangent(t: Any, a: Any, out: Any) -> Any:
    """The tangent of `np.linalg.svd`, of all parts or of the values alone; nan where a vector has none.

    >>> svd_tangent(np.eye(2), np.diag([3.0, 2.0]), np.array([3.0, 2.0]))
    array([1., 1.])
    """
    whole = isinstance(out, (tuple, list))
    u, s, v = out if whole else np.linalg.svd(a, full_matrices=False)
    k = np.shape(s)[-1]
    u, v = u[..., :k], adjoint_matrix(v[..., :k, :])
    p = np.matmul(adjoint_matrix(u), np.matmul(t, v))
    values = np.real(np.diagonal(p, 0, -2, -1))
    if not whole:
        return values
    t_u = svd_vectors(u, p, s) + svd_outer(u, np.matmul(t, v), s)
    t_v = svd_vectors(v, transposed(p), s) + svd_outer(v, np.matmul(adjoint_matrix(t), u), s)
    return nan_padded(t_u, out[0]), values, transposed(nan_padded(t_v, transposed(out[2])))


def svd_vectors(u: Any, p: Any, s: Any) -> Any:
    """The tangent of singular vectors within their own span; `p` is that of the matrix between singular vectors.

    >>> svd_vectors(np.eye(2), np.array([[0.0, 1.0], [0.0, 0.0]]), np.array([2.0, 1.0]))
    array([[ 0.        , -0.33333333],
           [ 0.33333333,  0.        ]])
    """
    scaled = p * np.expand_dims(s, -2)
    return np.matmul(u, masked(scaled + transposed(scaled), inverse_gaps(s * s)))


def nan_padded(t: Any, x: Any) -> Any:
    """`t` as the first columns of an array like `x`, with nan for the others, and for all of a complex one.

    >>> nan_padded(np.ones((1, 1)), np.ones((1, 2)))
    array([[ 1., nan]])
    """
    found = np.full_like(x, np.nan)
    if not np.iscomplexobj(x):
        found[..., : np.shape(t)[-1]] = t
    return found


# ----- Python's own functions, and special functions -----


def sum_adjoint(d: Any, items: Any) -> Any:
    """The adjoint of Python's `sum`: the same for every item.

    >>> sum_adjoint(2.0, [1.0, np.float64(3.0)])
    [2.0, 2.0]
    """
    if isinstance(items, np.ndarray):
        return np.broadcast_to(d, np.shape(items))
    return [unbroadcast(d, item) for item in items]


def i0_partial(x: Any) -> Any:
    """The derivative of the Bessel function I0, I1, by its integral (Abramowitz and Stegun 9.6.19).

    >>> np.round(i0_partial(1.0), 12)
    np.float64(0.565159103992)
    """
    nodes = (np.arange(400) + 0.5) * (np.pi / 400.0)
    return np.mean(np.exp(np.multiply.outer(x, np.cos(nodes))) * np.cos(nodes), -1)


def digamma(x: float) -> float:
    """The derivative of log(gamma), by recurrence and the asymptotic series (Abramowitz and Stegun 6.3.5, 6.3.18).

    >>> round(digamma(1.0), 12)
    -0.577215664902
    """
    if x <= 0.0 and x == np.floor(x):
        return float("nan")
    if x < 0.0:
        return digamma(1.0 - x) - np.pi / np.tan(np.pi * x)
    shift = 0.0
    while x < 10.0:
        shift, x = shift - 1.0 / x, x + 1.0
    y = 1.0 / (x * x)
    series = y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y * (1 / 132 - y * 691 / 32760)))))
    return float(shift + np.log(x) - 0.5 / x - series)
