"""Helpers of emitted code: slots of lists and dicts, put back as they were."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arrays import zeros_like


def put_in(items: Any, index: int, item: Any) -> None:
    """Undo `items.pop(index)`: afterwards `items[index]` is `item` again.

    >>> x = [1.0, 2.0]; put_in(x, -2, 5.0); x
    [1.0, 5.0, 2.0]
    """
    items.insert(index if index >= 0 else len(items) + 1 + index, item)


def slot(d: Any, key: Any) -> Any:
    """What a dict holds under a key, in a tuple that is empty if it holds nothing.

    >>> slot({"a": 1.0}, "a"), slot({}, "a")
    ((1.0,), ())
    """
    return (d[key],) if key in d else ()


def put_back(d: Any, key: Any, saved: Any) -> None:
    """Make a dict hold under a key what `slot` found there.

    >>> d = {"a": 1.0, "b": 2.0}; put_back(d, "a", ()); put_back(d, "b", (3.0,)); d
    {'b': 3.0}
    """
    if saved:
        d[key] = saved[0]
    else:
        del d[key]


def take_out(d: Any, key: Any, primal: Any) -> None:
    """Take the adjoint of what was stored under a key out of a dict; a zero stays if the primal had something there.

    >>> d = {"a": 1.0, "b": 2.0}; take_out(d, "a", {}); take_out(d, "b", {"b": 7.0}); d
    {'b': 0.0}
    """
    if key in primal:
        d[key] = zeros_like(primal[key])
    else:
        del d[key]


def refill(container: Any, saved: Any) -> None:
    """Put earlier contents back into a list or dict.

    >>> x = [1.0, 2.0]; refill(x, [3.0]); x
    [3.0]
    """
    container.clear()
    if isinstance(container, dict):
        container.update(saved)
    else:
        container.extend(saved)


def contents(x: Any) -> list[tuple[Any, Any]]:
    """All lists, dicts and arrays that a value is and holds, each with a copy of what is in it now.

    >>> inner = [1.0]; contents({"a": inner})
    [({'a': [1.0]}, {'a': [1.0]}), ([1.0], [1.0])]
    """
    found: dict[int, tuple[Any, Any]] = {}

    def visit(value: Any) -> None:
        if id(value) in found:
            return
        if isinstance(value, np.ndarray):
            found[id(value)] = (value, value.copy())
        elif isinstance(value, (list, dict)):
            found[id(value)] = (value, value.copy())
            for item in value.values() if isinstance(value, dict) else value:
                visit(item)
        elif isinstance(value, tuple):
            for item in value:
                visit(item)

    visit(x)
    return list(found.values())


def put_contents_back(known: Any) -> None:
    """Undo, in place, all that was done to lists, dicts and arrays since `contents` was asked for them.

    >>> inner = [2.0]; put_contents_back([(inner, [1.0])]); inner
    [1.0]
    """
    for container, saved in known:
        if isinstance(container, np.ndarray):
            container[...] = saved
        else:
            refill(container, saved)
