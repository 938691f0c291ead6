"""Helpers of emitted code: adjoints that share memory as the values do, found by where these lie."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import accumulate, zeros_like


def shared_shadow(x: Any, shadows: Any) -> Any:
    """The adjoint memory of a value, zero at first; `shadows` has that of all memory seen so far.

    >>> a, known = np.zeros(3), {}; d_a, d_xs = shared_shadow(a, known), shared_shadow([a[1:], a], known)
    >>> d_a += 1.0; d_xs
    [array([1., 1.]), array([1., 1., 1.])]
    """
    if is_number_or_tuple(x):
        if isinstance(x, tuple):
            return [shared_shadow(item, shadows) for item in x]
        return 0.0 if isinstance(x, (int, np.integer)) else zeros_like(x)
    if isinstance(x, np.ndarray):
        return shadow_part(x, shadows)
    if id(x) in shadows:
        return shadows[id(x)][1]
    found: Any = x.copy() if isinstance(x, dict) else list(x)
    shadows[id(x)] = (x, found)
    if isinstance(x, dict):
        for key, item in x.items():
            found[key] = shared_shadow(item, shadows)
    else:
        found[:] = [shared_shadow(item, shadows) for item in x]
    return found


def moved_out(d: Any) -> Any:
    """The contents of the adjoint of a value that may have been changed where it stands; none are left there.

    >>> d_a = np.ones(2); moved_out(d_a), d_a
    (array([1., 1.]), array([0., 0.]))
    """
    if not isinstance(d, np.ndarray):
        return d
    found = d.copy()
    d[...] = 0.0
    return found


def is_number_or_tuple(x: Any) -> bool:
    """Whether a value holds no memory that could change: a tuple of numbers is a value like a number.

    >>> is_number_or_tuple((1.0, ("a", None))), is_number_or_tuple((1.0, []))
    (True, False)
    """
    if isinstance(x, tuple):
        return all(is_number_or_tuple(item) for item in x)
    return not isinstance(x, (list, dict, np.ndarray)) or isinstance(x, np.ndarray) and x.dtype.kind not in "fc"


def shadow_part(x: Any, shadows: Any) -> Any:
    """The same part of the shadow that `x` is of the array which owns its memory.

    >>> known = {}; a = np.zeros((2, 3)); shadow_part(a[0], known)[...] = 5.0; float(shadow_part(a.T, known)[1, 0])
    5.0
    """
    if x.size == 0:
        return np.zeros_like(x)
    if any(step == 0 and n > 1 for step, n in zip(x.strides, x.shape, strict=True)):
        raise ValueError("elements of an array that changes lie in the same place: make it with .copy()")
    owner = x
    while isinstance(owner.base, np.ndarray):
        owner = owner.base
    if id(owner) not in shadows:
        low, high = np.lib.array_utils.byte_bounds(owner)
        shadows[id(owner)] = (owner, np.zeros(high - low, np.uint8), low)
    _, memory, low = shadows[id(owner)]
    start = x.__array_interface__["data"][0] - low
    if owner.dtype.kind == "c" != x.dtype.kind and start % owner.itemsize:
        raise ValueError("the imaginary part of an array that changes has another name: make it with .copy()")
    return np.ndarray(x.shape, x.dtype, memory, start, x.strides)


def added(d: Any, e: Any) -> Any:
    """The adjoint `d` with `e` added: in place where it is memory.

    >>> d = [1.0, [2.0]]; added(d, [3.0, [4.0]]) is d, d
    (True, [4.0, [6.0]])
    """
    if d is None or e is None:
        return e if d is None else d
    if isinstance(d, np.ndarray):
        d += e
        return d
    if not isinstance(d, (list, dict)):
        return accumulate(d, e)
    for key, item in e.items() if isinstance(e, dict) else enumerate(e):
        d[key] = added(d[key], item)
    return d


def add_numbers(d: Any, e: Any) -> None:
    """Add the adjoint of a shallow copy to that of the original: what is memory is the same in both.

    >>> v = np.zeros(2); d = [1.0, v, [2.0]]; add_numbers(d, [3.0, v, [4.0]]); d
    [4.0, array([0., 0.]), [6.0]]
    """
    for key, item in () if d is e else e.items() if isinstance(e, dict) else enumerate(e):
        if not isinstance(item, np.ndarray) and d[key] is not item:
            d[key] = added(d[key], item)
