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
    known = list(keys) if isinstance(keys, dict) else keys
    last = {key: n for n, key in zip(range(len(values)), known[: len(values)], strict=False)}
    found = [zeros_like(value) for value in values]
    for key, n in last.items():
        found[n] = d[key]
    return np.array(found) if isinstance(values, np.ndarray) else found


def counted(xs: Any) -> Any:
    """How often each item occurs, in the order in which they are met first.

    >>> counted("abca")
    {'a': 2, 'b': 1, 'c': 1}
    """
    items = list(xs)
    found = dict.fromkeys(items, 0)
    for item in items:
        found[item] += 1
    return found


def own_items(d: Any, x: Any, later: Any) -> Any:
    """The part of the adjoint `d` of `{**x, ...}` that is x's: zero for keys in one of those that come later.

    >>> own_items({"a": 1.0, "b": 2.0}, {"a": 5.0, "b": 6.0}, (("b",),))
    {'a': 1.0, 'b': 0.0}
    """
    return {key: zeros_like(x[key]) if any(key in other for other in later) else d[key] for key in x}


def is_sequence(x: Any) -> bool:
    """Whether a sequence pattern of `match` may match: text and arrays are no sequences there.

    >>> is_sequence((1.0, 2.0)), is_sequence("ab"), is_sequence(np.ones(2))
    (True, False, False)
    """
    from collections.abc import Sequence

    return isinstance(x, Sequence) and not isinstance(x, (str, bytes, bytearray))


def is_mapping(x: Any) -> bool:
    """Whether a mapping pattern of `match` may match.

    >>> is_mapping({}), is_mapping([])
    (True, False)
    """
    from collections.abc import Mapping

    return isinstance(x, Mapping)


def without_keys(x: Any, keys: Any) -> Any:
    """The keys of a mapping but for some.

    >>> without_keys({"a": 1.0, "b": 2.0}, ("a",))
    ['b']
    """
    return [key for key in x if key not in keys]


def order_of(x: Any, key: Any = None, reverse: bool = False) -> list[int]:
    """The positions of the items of `x` in the order in which `sorted` gives them.

    >>> order_of([3.0, -1.0, 2.0], key=abs)
    [1, 2, 0]
    """
    values = list(x) if key is None else [key(item) for item in x]
    return sorted(range(len(values)), key=values.__getitem__, reverse=reverse)


def heap_order(x: Any) -> list[int]:
    """The positions of the items of `x` in the order in which `heapq.heapify` leaves them.

    >>> heap_order([3.0, -1.0, 2.0])
    [1, 0, 2]
    """
    import heapq

    entries = heap_entries(x)
    heapq.heapify(entries)
    return [e.obj for e in entries]


def heap_pushed(x: Any) -> list[int]:
    """The positions of the items of a heap after its last item is pushed onto it.

    >>> heap_pushed([1.0, 3.0, 2.0, 0.5])
    [3, 0, 2, 1]
    """
    import heapq

    entries = heap_entries(x)
    heapq.heappush(entries, entries.pop())
    return [e.obj for e in entries]


def heap_popped(x: Any) -> list[int]:
    """The positions of the items that a heap keeps when one is popped, and of that one.

    >>> heap_popped([1.0, 3.0, 2.0])
    [2, 1, 0]
    """
    import heapq

    entries = heap_entries(x)
    smallest = heapq.heappop(entries)
    return [*(e.obj for e in entries), smallest.obj]


def heap_replaced(x: Any) -> list[int]:
    """The positions of the items of a heap whose smallest one gives way to the last of `x`, and of that one.

    >>> heap_replaced([1.0, 3.0, 2.0, 0.5])
    [3, 1, 2, 0]
    """
    import heapq

    *entries, new = heap_entries(x)
    smallest = heapq.heapreplace(entries, new)
    return [*(e.obj for e in entries), smallest.obj]


def heap_exchanged(x: Any) -> list[int]:
    """The positions of the items of a heap after the last of `x` came in and the smallest went, and of that one.

    >>> heap_exchanged([1.0, 3.0, 2.0, 0.5])
    [0, 1, 2, 3]
    """
    import heapq

    *entries, new = heap_entries(x)
    smallest = heapq.heappushpop(entries, new)
    return [*(e.obj for e in entries), smallest.obj]


def heap_entries(x: Any) -> list[Any]:
    """The positions in `x`, which compare as the items there do.

    >>> [e.obj for e in sorted(heap_entries([3.0, -1.0, 2.0]))]
    [1, 2, 0]
    """
    from functools import cmp_to_key

    key = cmp_to_key(lambda i, j: -1 if x[i] < x[j] else 0)
    return [key(n) for n in range(len(x))]


def leading(x: Any, test: Any) -> int:
    """The number of items before the first one for which `test` fails.

    >>> leading([1.0, 2.0, -3.0, 4.0], lambda v: v > 0.0)
    2
    """
    for n, item in enumerate(x):
        if not test(item):
            return n
    return len(x)


def runs_of(keys: Any) -> list[tuple[int, int]]:
    """Where runs of equal keys start and end.

    >>> runs_of(["a", "a", "b", "a"])
    [(0, 2), (2, 3), (3, 4)]
    """
    starts = [n for n in range(len(keys)) if n == 0 or keys[n] != keys[n - 1]]
    return list(zip(starts, [*starts[1:], len(keys)], strict=True)) if starts else []


def items_of(x: Any) -> Any:
    """What an iterator over `x` goes through, by position.

    >>> items_of({"a": 1.0}), items_of((2.0, 3.0))
    (['a'], (2.0, 3.0))
    """
    return x if isinstance(x, (list, tuple, np.ndarray, str, range)) else list(x)


def following(x: Any, n: int) -> int:
    """The position after `n`, if there is an item there.

    >>> following([1.0, 2.0], 0)
    1
    """
    if n + 1 >= len(x):
        raise StopIteration
    return n + 1


def require_found(found: bool) -> None:
    """Stop where `next` finds no item.

    >>> require_found(True)
    """
    if not found:
        raise StopIteration


def error_of(attempt: Any, types: Any) -> Any:
    """The exception of these types that `attempt()` raises, None if it raises none.

    >>> error_of(lambda: [1.0][3], IndexError)
    IndexError('list index out of range')
    >>> error_of(lambda: [1.0][0], IndexError)
    """
    try:
        attempt()
    except types as e:
        return e
    return None


def raise_error(*error: Any) -> Any:
    """Raise an exception, perhaps from another one.

    >>> raise_error(ValueError("negative"))
    Traceback (most recent call last):
    ValueError: negative
    """
    if len(error) > 1:
        raise error[0] from error[1]
    raise error[0]


def try_store(container: Any, index: Any, value: Any) -> None:
    """Raise what `container[index] = value` would raise, and change nothing.

    >>> try_store(np.zeros(3), 5, 1.0)
    Traceback (most recent call last):
    IndexError: index 5 is out of bounds for axis 0 with size 3
    """
    if isinstance(container, np.ndarray) and np.ndim(value) == 0:
        np.array(container[index])[...] = value
    else:
        container.copy()[index] = value


def of_type(items: Any, dtype: Any) -> Any:
    """An array of these items, which are converted to a type: whole numbers carry no derivative.

    >>> of_type([1, 2.5], np.dtype(float)), of_type([1, 2.5], np.dtype("int64"))
    (array([1. , 2.5]), array([1, 2]))
    """
    return np.array(items, dtype=dtype)


def loop_shape(cores: Any, *arrays: Any) -> Any:
    """The shape in which a function is called for parts of arrays: what is left of their shapes without their cores.

    >>> loop_shape((("n",), ("n",), ()), np.ones((5, 1, 3)), np.ones((2, 3)), 1.0)
    (5, 2)
    """
    sizes: Any = {}
    shapes = [np.shape(a) for a in arrays]
    for shape, core in zip(shapes, cores, strict=True):
        if len(shape) < len(core):
            raise ValueError(f"an array of {len(shape)} axes has no core of {len(core)}")
        for name, size in zip(core, shape[len(shape) - len(core) :], strict=True):
            if sizes.setdefault(name, size) != size:
                raise ValueError(f"the core dimension {name!r} is {sizes[name]} and {size}")
    return np.broadcast_shapes(*(s[: len(s) - len(core)] for s, core in zip(shapes, cores, strict=True)))
