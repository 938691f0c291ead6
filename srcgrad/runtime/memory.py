"""Helpers of emitted code: memory that is changed in place, and saved values that are used more than once."""

from __future__ import annotations

from typing import Any

import numpy as np


def stored(d: Any, index: Any) -> Any:
    """The adjoint of what was stored at `index`: where an element was stored twice, the last store counts.

    >>> stored(np.array([1.0, 2.0, 3.0]), [0, 0, 2])
    array([0., 1., 3.])
    """
    last = np.zeros(np.shape(d), np.intp)
    order = np.arange(np.size(last[index])).reshape(np.shape(last[index]))
    last[index] = order
    return np.where(last[index] == order, d[index], 0)[()]


def shadow_of(x: Any) -> Any:
    """Zeros that lie in memory as `x` does, so that the same reshapes of it are views.

    >>> x = np.ones((4, 6))[:, ::2]; d_x = shadow_of(x); np.may_share_memory(d_x.ravel(), d_x), d_x.strides == x.strides
    (False, True)
    """
    if x.flags.forc:
        return np.zeros_like(x)
    low, high = np.lib.array_utils.byte_bounds(x)
    start = x.__array_interface__["data"][0] - low
    return np.ndarray(x.shape, x.dtype, np.zeros(high - low, np.uint8), start, x.strides)


def laid_out_as(t: Any, x: Any) -> Any:
    """`t` itself if it lies in memory as `x` does, else a copy that does; so it is with lists.

    >>> x = np.ones((2, 3)).T; t = np.arange(6.0).reshape(3, 2); laid_out_as(t, x).strides == x.strides
    True
    """
    if not isinstance(x, np.ndarray) or t.strides == x.strides:
        return t
    found = shadow_of(x)
    found[...] = t
    return found


def require_alike(t_part: Any, t: Any, part: Any, x: Any) -> None:
    """Refuse a part of a tangent that is a copy where that of the primal is a view, or the other way round.

    >>> x, t = np.ones((2, 3)), np.ones((2, 3)); require_alike(t.ravel(), t, x.ravel(), x)
    """
    if np.may_share_memory(t_part, t) != np.may_share_memory(part, x):
        raise ValueError("a tangent lies in memory in another way than its primal, part of which is changed by a view")


def holds_twice(*values: Any) -> bool:
    """Whether two arrays, lists or dicts inside of some values are the same one, or overlap.

    >>> a = np.zeros(3); holds_twice([a, a[1:]]), holds_twice([a], {"b": a.copy()})
    (True, False)
    """
    bounds, seen, waiting = [], [], list(values)
    while waiting:
        x = waiting.pop()
        if isinstance(x, np.ndarray):
            if x.size:
                bounds.append(np.lib.array_utils.byte_bounds(x))
        elif isinstance(x, (list, tuple, dict)):
            if id(x) in seen and not isinstance(x, tuple):
                return True
            seen.append(id(x))
            waiting += list(x.values()) if isinstance(x, dict) else list(x)
    bounds.sort()
    return any(a[1] > b[0] for a, b in zip(bounds, bounds[1:], strict=False))


def may_share_memory(a: Any, b: Any) -> Any:
    """Whether arrays, or any arrays in lists and dicts of them, may share memory.

    >>> a = np.zeros(4); may_share_memory(np.split(a, 2), a), may_share_memory([a.copy()], a)
    (True, False)
    """
    if isinstance(a, (list, tuple)):
        return any(may_share_memory(item, b) for item in a)
    if isinstance(a, dict):
        return any(may_share_memory(item, b) for item in a.values())
    if isinstance(b, (list, tuple, dict)):
        return may_share_memory(b, a)
    return np.may_share_memory(a, b)


def private(saved: Any) -> Any:
    """`saved` with copies of all arrays in it, which share memory as the originals do.

    >>> a = np.zeros(3); b, c = private((a, a[1:])); c[0] = 5.0; float(b[1]), float(a[1])
    (5.0, 0.0)
    >>> b, c = private((a, np.lib.stride_tricks.sliding_window_view(a, 2))); b[1] = 7.0; c.tolist()
    [[0.0, 7.0], [7.0, 0.0]]
    """
    return private_copy(saved, {})


def private_copy(x: Any, owners: Any) -> Any:
    """One value of what `private` copies; `owners` are arrays that own memory, lists and dicts, with their copies.

    >>> a = [1.0]; b, c = private_copy((a, (2.0, a)), {}); b is c[1], b is a
    (True, False)
    """
    if isinstance(x, (list, dict)) and id(x) in owners:
        return owners[id(x)][1]
    if isinstance(x, list):
        items = x.copy()
        owners[id(x)] = (x, items)
        items[:] = [private_copy(item, owners) for item in x]
        return items
    if isinstance(x, tuple):
        items = [private_copy(item, owners) for item in x]
        return type(x)(*items) if hasattr(x, "_fields") else tuple(items)
    if isinstance(x, dict):
        known = x.copy()
        owners[id(x)] = (x, known)
        for key, item in x.items():
            known[key] = private_copy(item, owners)
        return known
    if not isinstance(x, np.ndarray):
        return x
    owner, base = x, x.base
    while base is not None:  # `sliding_window_view` puts an object of its own between a view and its array
        owner, base = base if isinstance(base, np.ndarray) else owner, getattr(base, "base", None)
    if id(owner) not in owners:
        owners[id(owner)] = (owner, owner.copy(order="K"))
    copy = owners[id(owner)][1]
    if copy.strides != owner.strides or x.dtype.hasobject:
        return x.copy()
    offset = x.__array_interface__["data"][0] - owner.__array_interface__["data"][0]
    return np.ndarray(x.shape, x.dtype, copy.ravel(order="K").view(np.uint8), offset, x.strides)
