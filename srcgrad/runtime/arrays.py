"""Helpers of emitted code: shapes, zeros and sums of adjoints.

Each is plain NumPy and uses nothing but the others, so that it can be copied into a module that stands alone.  The
adjoint of a complex number z is dL/dRe(z) - i dL/dIm(z): transposes do not conjugate.
"""

from __future__ import annotations

from typing import Any

import numpy as np


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
    """As `unbroadcast`, of a derivative that does not have the shape of the operation's result; of a number a number.

    >>> summed_like(np.ones((2, 3)), 5.0)
    np.float64(6.0)
    """
    found = unbroadcast(d, x)
    return found[()] if isinstance(found, np.ndarray) else found


def masked(d: Any, partial: Any) -> Any:
    """`d * partial`, and 0 where `d` is 0, even if the partial derivative is infinite or nan there.

    >>> masked(np.array([0.0, 2.0]), np.array([np.inf, 3.0]))
    array([0., 6.])
    """
    if isinstance(d, float) and isinstance(partial, float):
        return d * partial if d else d - d
    with np.errstate(invalid="ignore"):
        product = np.multiply(d, partial)
    return np.where(np.equal(d, 0), np.zeros_like(product), product)[()]


def carried(d: Any, result: Any) -> Any:
    """`d`, or zeros if `result` holds whole numbers, which carry no derivative.

    >>> carried(np.array([1.5]), np.array([2])), carried(np.array([1.5]), np.array([2.0]))
    (array([0.]), array([1.5]))
    """
    return d if np.result_type(result).kind in "fc" else np.zeros(np.shape(d))[()]


def zeros_like(x: Any) -> Any:
    """A zero adjoint in the structure of `x`: lists for sequences, None for what has none, as integers in them.

    >>> zeros_like((1.0, np.ones(2), 3, "name")), zeros_like(3)
    ([0.0, array([0., 0.]), None, None], 0.0)
    """
    if isinstance(x, (list, tuple)):
        return [None if isinstance(item, int) else zeros_like(item) for item in x]
    if isinstance(x, dict):
        zeros = x.copy()
        for key, item in x.items():
            zeros[key] = None if isinstance(item, int) else zeros_like(item)
        return zeros
    if isinstance(x, np.ndarray):
        return np.zeros_like(x, dtype=float if x.dtype.kind in "biu" else None)
    if isinstance(x, np.generic) and x.dtype.kind in "fc":
        return x.dtype.type(0)
    return 0.0 if isinstance(x, (int, float)) else 0j if isinstance(x, complex) else None


def zero_tangent(x: Any) -> Any:
    """A zero tangent in the structure of `x`: as `zeros_like`, and 0.0 for integers, which may be taken as numbers.

    >>> zero_tangent((1.0, 2, "name"))
    [0.0, 0.0, None]
    """
    if isinstance(x, (list, tuple)):
        return [zero_tangent(item) for item in x]
    if isinstance(x, dict):
        zeros = x.copy()
        for key, item in x.items():
            zeros[key] = zero_tangent(item)
        return zeros
    return 0.0 if isinstance(x, (int, np.integer, np.bool_)) else zeros_like(x)


def accumulate(a: Any, b: Any) -> Any:
    """The sum of two adjoints of the same structure; None is zero.  Never in place.

    >>> accumulate([1.0, None], [2.0, 3.0])
    [3.0, 3.0]
    """
    if a is None or b is None:
        return b if a is None else a
    if isinstance(a, dict):
        total = a.copy()
        for key in {**a, **b}:
            total[key] = accumulate(a.get(key), b.get(key))
        return total
    if isinstance(a, (list, tuple)) or isinstance(b, (list, tuple)):
        return [accumulate(x, y) for x, y in zip(a, b, strict=True)]
    return a + b


def share_of(d: Any, x: Any) -> Any:
    """The adjoint of `x` from that of a sum of which it is a part; None where `x` is.

    >>> share_of([1.0, np.array([2.0, 3.0])], [4.0, 5.0])
    [1.0, np.float64(5.0)]
    """
    if x is None or d is None:
        return None
    if isinstance(x, dict):
        share = x.copy()
        for key, item in x.items():
            share[key] = share_of(d.get(key), item)
        return share
    if isinstance(x, (list, tuple)):
        return [share_of(part, item) for part, item in zip(d, x, strict=True)]
    found = unbroadcast(d, x)
    return found[()] if isinstance(found, np.ndarray) else found


def add_at(d: Any, index: Any, value: Any) -> None:
    """Add `value` to `d[index]`, once for every time an element is picked: the adjoint of reading `x[index]`.

    >>> d = np.zeros(3); add_at(d, [0, 0, 2], np.ones(3)); d
    array([2., 0., 1.])
    """
    if isinstance(d, (list, dict)):
        d[index] = accumulate(d[index], value)
    else:
        np.add.at(d, index, value)


def add_into(d: Any, e: Any) -> None:
    """Add the adjoint `e` to a list or dict of adjoints in place: other names refer to it.

    >>> d = [1.0, [2.0]]; add_into(d, [3.0, [4.0]]); d
    [4.0, [6.0]]
    """
    if isinstance(e, dict):
        for key, item in e.items():
            add_slot(d, key, d.get(key), item)
    elif e is not None:
        for n, item in enumerate(e):
            add_slot(d, n, d[n], item)


def add_slot(d: Any, key: Any, known: Any, item: Any) -> None:
    """Add an adjoint to a slot of a list or dict, where `known` is or None.

    >>> d = {"a": 1.0}; add_slot(d, "a", 1.0, 3.0); add_slot(d, "b", None, 2.0); d
    {'a': 4.0, 'b': 2.0}
    """
    if known is None:
        d[key] = own(item)
    elif isinstance(known, (list, dict)):
        add_into(known, item)
    else:
        d[key] = accumulate(known, item)


def column(rows: Any, n: int) -> Any:
    """The n-th item of each row.

    >>> column([(1.0, 2.0), (3.0, 4.0)], 1)
    [2.0, 4.0]
    """
    return [row[n] for row in rows]


def unzipped(d_items: Any, rows: Any) -> Any:
    """The adjoint of `rows`, from that of `zip(*rows)`, which leaves out what is longer than the shortest row.

    >>> unzipped([[1.0, 2.0], [3.0, 4.0]], [np.ones(3), (0.5, 0.5)])
    [array([1., 3., 0.]), [2.0, 4.0]]
    """
    total = zeros_like(rows)
    for d_row, d_column in zip(total, zip(*d_items)):  # noqa: B905
        for n, d in enumerate(d_column):
            if d is not None:
                d_row[n] = d
    return total


def repeated_adjoint(d: Any, items: Any) -> Any:
    """The adjoint of a list in `items * n`, from that of the result.

    >>> repeated_adjoint([1.0, 2.0, 3.0, 4.0], [0.5, 0.5])
    [4.0, 6.0]
    """
    total = zeros_like(items)
    for start in range(0, len(d), len(items) or 1):
        total = accumulate(total, d[start : start + len(items)])
    return total


def own(d: Any) -> Any:
    """A copy of an adjoint that nothing else refers to, all the way down.

    >>> own([1.0, (2.0, None)])
    [1.0, [2.0, None]]
    """
    if isinstance(d, (list, tuple)):
        return [own(item) for item in d]
    if isinstance(d, dict):
        copy = d.copy()
        for key, item in d.items():
            copy[key] = own(item)
        return copy
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
